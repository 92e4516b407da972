/* A visitor's kept taste: off until it is switched on, shown, downloaded and erased in one click.
 *
 * The server gives a random id, which is kept in localStorage of this browser and nowhere else, and goes along with
 * each message. Without an id nothing is asked and nothing kept. Titles are set with textContent.
 */
(function (root) {
  'use strict';

  const KEY = 'tunewright.listener';

  function read() {
    try {
      return root.localStorage.getItem(KEY) || '';
    } catch {
      return ''; // forbidden, in a frame of another site for example
    }
  }

  /** Keep or forget the id; whether the browser has done it. */
  function write(id) {
    try {
      if (id) root.localStorage.setItem(KEY, id);
      else root.localStorage.removeItem(KEY);
      return read() === id;
    } catch {
      return false;
    }
  }

  class Taste {
    constructor(pane) {
      this.pane = pane;
      this.id = read();
      this.dialog = pane.find('.tw-taste');
      this.remember = this.dialog.querySelector('[name=remember]');
      this.note = this.dialog.querySelector('.tw-dialog-note');
      this.remember.addEventListener('change', () => this.act(this.remember.checked ? 'begin' : 'erase'));
      this.dialog.addEventListener('click', (event) => {
        const button = event.target.closest('[data-taste]');
        if (button) this.act(button.dataset.taste === 'download' ? 'export' : button.dataset.taste);
      });
      this.press();
      // In another tab it may have been switched on or erased.
      root.addEventListener('storage', (event) => {
        if (event.key !== KEY && event.key !== null) return;
        this.id = read();
        this.press();
        if (this.dialog.open) this.act('show');
      });
    }

    open() {
      this.note.textContent = '';
      this.show([], null);
      this.dialog.showModal();
      this.act('show');
    }

    press() {
      this.pane.find('[data-do=taste]').setAttribute('aria-pressed', String(Boolean(this.id)));
    }

    /** Ask the server for one thing and show what is kept after it. */
    async act(wish) {
      const had = this.id;
      let answer = null;
      try {
        answer = await this.pane.server.taste({ do: wish, id: had, language: this.pane.language });
      } catch { /* said below */ }
      answer = answer || { error: this.pane.say('no_server') };
      if (answer.error) {
        this.note.textContent = answer.error;
        this.remember.checked = Boolean(this.id);
        return;
      }
      if (wish === 'begin' && !write(answer.id)) {
        // An id that nobody keeps is of no use to anybody: the empty profile goes at once.
        await this.pane.server.taste({ do: 'erase', id: answer.id, language: this.pane.language }).catch(() => {});
        this.note.textContent = this.pane.say('taste_forbidden');
        answer = { id: '', kept: [], days: answer.days };
      } else {
        if (wish !== 'begin') write(answer.id);
        if (wish === 'begin') this.note.textContent = this.pane.say('taste_on');
        else if (wish === 'erase') this.note.textContent = this.pane.say('taste_erased');
        else if (had && !answer.id) this.note.textContent = this.pane.say('taste_gone');
      }
      this.id = answer.id;
      this.press();
      this.show(answer.kept, answer.days);
      if (answer.export) {
        const text = JSON.stringify(answer.export, null, 1);
        this.pane.saving.saveBlob(new Blob([text], { type: 'application/json' }), 'tunewright-taste.json');
      }
      if (wish === 'erase') this.remember.focus();
    }

    show(kept, days) {
      const on = Boolean(this.id);
      this.remember.checked = on;
      for (const part of this.dialog.querySelectorAll('.tw-taste-kept')) part.hidden = !on;
      this.dialog.classList.toggle('tw-taste-some', kept.length > 0);
      if (days) this.dialog.querySelector('.tw-taste-days').textContent = this.pane.say('taste_days', { days });
      const list = this.dialog.querySelector('ul');
      list.textContent = '';
      for (const one of kept) {
        const row = document.createElement('li');
        for (const words of [one.title, this.pane.say(`taste_${one.action}`), one.day]) {
          const part = document.createElement('span');
          part.textContent = words;
          row.append(part);
        }
        list.append(row);
      }
    }
  }

  root.TunewrightTaste = { Taste };
})(window);
