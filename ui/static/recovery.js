/* Nothing is lost: the tune's versions stay in this tab, and come back after a reload or a server's restart.
 *
 * Kept in sessionStorage, which ends with the tab: nothing stays on a shared computer, nothing leaves it. The
 * server's app id tells whether it is still the same one; when it is gone the page says so, waits, and goes on.
 */
(function (root) {
  'use strict';

  const PROJECT = 'tunewright.project';
  const MESSAGE = 'tunewright.message';
  const CALM = 10000; // milliseconds between two looks while all is well
  const EAGER = 1500; // and while the server does not answer

  function read(key) {
    try {
      return root.sessionStorage.getItem(key);
    } catch {
      return null; // forbidden, in a frame of another site for example
    }
  }

  function write(key, value) {
    try {
      if (value) root.sessionStorage.setItem(key, value);
      else root.sessionStorage.removeItem(key);
    } catch { /* forbidden or full: then a reload begins anew */ }
  }

  class Recovery {
    constructor(pane) {
      this.pane = pane;
      this.app = null; // the server's id
      this.lost = false;
      this.asked = false; // whether this page has looked for what was kept
      this.restoring = false;
      this.look();
      this.watchMessages();
    }

    get base() { return (root.gradio_config && root.gradio_config.root) || ''; }

    /** Keep what is shown, or ask for what was kept when nothing is. */
    update(data) {
      if (data.draft || !data.language) return;
      if (data.abc) {
        write(PROJECT, data.project);
        if (this.restoring) {
          const text = read(MESSAGE);
          setTimeout(() => this.unsent(text), 300); // after Gradio has emptied the box
        }
        this.restoring = false;
        return;
      }
      const kept = read(PROJECT);
      const linked = new URLSearchParams(root.location.search).has('z');
      if (kept && !this.asked && !linked) {
        this.asked = true;
        this.restoring = true;
        this.pane.trigger('restore', { project: kept });
      } else this.asked = true;
    }

    /** Forget the tune: a new conversation was begun. */
    forget() {
      write(PROJECT, null);
      write(MESSAGE, null);
    }

    /** Remember what is being sent until it is answered. */
    watchMessages() {
      document.addEventListener('keydown', (event) => {
        const box = event.target.closest && event.target.closest('#tw-message textarea');
        if (box && event.key === 'Enter' && !event.shiftKey) write(MESSAGE, box.value);
      }, true);
      document.addEventListener('click', (event) => {
        if (event.target.closest('#tw-message .submit-button')) {
          write(MESSAGE, document.querySelector('#tw-message textarea').value);
        }
        if (event.target.closest('#tw-chat button[title=Clear], #tw-chat button[aria-label=Clear]')) this.forget();
      }, true);
    }

    answered() { if (!this.lost) write(MESSAGE, null); }

    /** Put a message that was never answered back into the box. */
    unsent(text) {
      if (!text || text.length > 4000) return;
      const box = document.querySelector('#tw-message textarea');
      if (!box || box.value) return;
      box.value = text;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }

    async look() {
      try {
        const reply = await fetch(`${this.base}/gradio_api/app_id`, { cache: 'no-store' });
        if (!reply.ok) throw new Error(reply.statusText);
        const { app_id: app } = await reply.json();
        if (this.app !== null && app !== this.app) {
          root.location.reload();
          return;
        }
        this.app = app;
        this.show(false);
      } catch {
        this.show(true);
      }
      setTimeout(() => this.look(), this.lost ? EAGER : CALM);
    }

    show(lost) {
      if (lost === this.lost) return;
      this.lost = lost;
      const banner = this.pane.find('.tw-banner');
      banner.hidden = !lost && !this.pane.data.notice;
      banner.textContent = lost ? this.pane.say('lost') : this.pane.data.notice || '';
      this.pane.root.classList.toggle('tw-lost', lost);
    }
  }

  root.TunewrightRecovery = { Recovery };
})(window);
