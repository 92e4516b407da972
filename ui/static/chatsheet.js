/* On a phone the chat is a sheet over the score: open while one talks, closed when a score has come. */
(function (root) {
  'use strict';

  class ChatSheet {
    constructor(pane) {
      this.pane = pane;
      this.find();
      document.addEventListener('click', (event) => {
        if (event.target.closest('#tw-chat-handle')) this.set(!this.open);
      });
      document.addEventListener('keydown', (event) => {
        const box = event.target.closest && event.target.closest('#tw-message textarea');
        if (box && event.key === 'Enter' && !event.shiftKey) this.set(true);
      });
      this.set(true);
    }

    /** The handle may be built after the pane. */
    find(tries) {
      this.handle = document.getElementById('tw-chat-handle');
      if (this.handle) this.label();
      else if ((tries || 0) < 50) setTimeout(() => this.find((tries || 0) + 1), 100);
    }

    label() {
      if (!this.handle) return;
      this.handle.textContent = this.pane.say(this.open ? 'chat_close' : 'chat_open');
      this.handle.setAttribute('aria-expanded', String(this.open));
    }

    set(open) {
      this.open = open;
      this.pane.layout.classList.toggle('tw-chat-open', open);
      this.label();
    }
  }

  root.TunewrightChatSheet = { ChatSheet };
})(window);
