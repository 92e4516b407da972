/* Choosing bars on the score: by mouse, drag, shift, finger and keyboard; and where a double click plays from. */
(function (root) {
  'use strict';

  class Choosing {
    constructor(pane) {
      this.pane = pane;
      this.drag = null; // {moved, again} while a button is held
      for (const type of ['down', 'move', 'up', 'cancel', 'leave']) {
        pane.after.paper.addEventListener(`pointer${type}`, (event) => this.pointer(event));
      }
      pane.after.paper.addEventListener('dblclick', (event) => this.playFrom(event));
      pane.root.addEventListener('keydown', (event) => this.key(event));
    }

    /** Play from the bar that was clicked twice. */
    playFrom(event) {
      const bar = this.pane.after.score && this.pane.after.score.barFromPoint(event.clientX, event.clientY);
      if (bar === null || bar === undefined || this.pane.data.draft) return;
      this.pane.select(bar, bar, bar);
      this.pane.transport.playBar(bar);
    }

    pointer(event) {
      const score = this.pane.after.score;
      if (!score || this.pane.data.draft) return;
      const bar = score.barFromPoint(event.clientX, event.clientY);
      if (event.type === 'pointerdown') {
        if (event.button !== 0 || bar === null) return;
        const old = this.pane.selection;
        const again = old && old.first === bar && old.last === bar && !event.shiftKey;
        this.drag = { moved: false, again };
        if (event.shiftKey && old) this.pane.select(old.anchor, bar, old.anchor);
        else this.pane.select(bar, bar, bar);
        if (event.pointerType === 'mouse') this.pane.after.paper.setPointerCapture(event.pointerId);
      } else if (event.type === 'pointermove') {
        if (this.drag && bar !== null && this.pane.selection) {
          const { anchor, first, last } = this.pane.selection;
          if (bar !== anchor || first !== last) this.drag.moved = true;
          if (this.drag.moved) this.pane.select(anchor, bar, anchor);
        } else if (!this.drag) {
          score.mark('tw-hover', bar === null ? [] : [bar]);
        }
      } else if (event.type === 'pointerup') {
        if (this.drag && this.drag.again && !this.drag.moved) this.pane.select(null);
        this.drag = null;
      } else {
        // The finger began to scroll: what it had touched was not meant.
        if (event.type === 'pointercancel' && this.drag) this.pane.select(null);
        if (event.type === 'pointerleave') score.mark('tw-hover', []);
        if (event.type !== 'pointerleave') this.drag = null;
      }
    }

    key(event) {
      const score = this.pane.after.score;
      if (!score || !event.target.closest('.tw-stage') || event.target.closest('textarea')) return;
      const numbers = score.numbers();
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step && numbers.length) {
        event.preventDefault();
        const old = this.pane.selection;
        const from = old ? (old.anchor === old.first ? old.last : old.first) : null;
        const index = from === null ? (step > 0 ? -1 : numbers.length) : numbers.indexOf(from);
        const to = numbers[Math.max(0, Math.min(numbers.length - 1, index + step))];
        if (event.shiftKey && old) this.pane.select(old.anchor, to, old.anchor);
        else this.pane.select(to, to, to);
      } else if (event.key === 'Escape') {
        if (!this.pane.selection && this.pane.view.presenting) this.pane.view.present(false);
        this.pane.select(null);
      } else if (event.key === ' ' && !event.target.closest('button')) {
        event.preventDefault();
        this.pane.transport.toggle(this.pane.after);
      } else if (event.key === 'Enter' && event.target === this.pane.stage) {
        event.preventDefault();
        const box = document.querySelector('#tw-message textarea');
        if (box) box.focus();
      }
    }
  }

  root.TunewrightSelecting = { Choosing };
})(window);
