/* How the score is shown: which layers are drawn onto it, for which instrument, how large; presentation.
 *
 * Choices are kept in this tab only. The overlay is asked for when a layer is switched on, once for each text.
 */
(function (root) {
  'use strict';

  const LAYERS = ['degrees', 'names', 'roman', 'functions', 'form', 'cadences'];
  const KEY = 'tunewright.view';
  const LARGE = 1.55;

  function remembered() {
    try {
      return JSON.parse(root.sessionStorage.getItem(KEY)) || {};
    } catch {
      return {}; // storage may be forbidden, in a frame of another site for example
    }
  }

  class View {
    constructor(pane) {
      this.pane = pane;
      const kept = remembered();
      this.layers = new Set((kept.layers || []).filter((name) => LAYERS.includes(name)));
      this.large = kept.large === true;
      this.player = pane.options.players.find((one) => one.id === kept.player) || null;
      this.overlay = null;
      this.facts = null; // {key, promise}
      this.build();
    }

    keep() {
      const state = { layers: [...this.layers], large: this.large, player: this.player && this.player.id };
      try {
        root.sessionStorage.setItem(KEY, JSON.stringify(state));
      } catch { /* see remembered() */ }
    }

    build() {
      const menu = this.pane.find('.tw-view .tw-menu-list');
      for (const box of menu.querySelectorAll('[data-layer]')) {
        box.checked = this.layers.has(box.dataset.layer);
        box.addEventListener('change', () => {
          if (box.checked) this.layers.add(box.dataset.layer);
          else this.layers.delete(box.dataset.layer);
          this.changed();
        });
      }
      const large = menu.querySelector('[data-large]');
      large.checked = this.large;
      large.addEventListener('change', () => { this.large = large.checked; this.changed(); });
      const select = menu.querySelector('select');
      select.addEventListener('change', () => {
        this.player = this.pane.options.players.find((one) => one.id === select.value) || null;
        this.changed();
      });
      document.addEventListener('fullscreenchange', () => {
        if (!document.fullscreenElement && this.presenting) this.present(false);
      });
    }

    /** Fill the menu of instruments in the reader's language. */
    label() {
      const select = this.pane.find('.tw-view select');
      select.textContent = '';
      const add = (value, text) => {
        const option = document.createElement('option');
        option.value = value;
        option.textContent = text;
        select.append(option);
      };
      add('', this.pane.say('as_written'));
      for (const one of this.pane.options.players) add(one.id, one[this.pane.language]);
      select.value = this.player ? this.player.id : '';
    }

    changed() {
      this.keep();
      this.pane.redraw();
    }

    /** Whether anything must be asked of the server to draw. */
    get wanted() { return this.layers.size > 0 || this.player !== null; }

    /** The overlay's data for a text, asked for once; also what a screen reader says of each bar. */
    inspect(abc) {
      const request = { abc, language: this.pane.language, player: this.player && this.player.id };
      const key = JSON.stringify(request);
      if (!this.facts || this.facts.key !== key) {
        const promise = this.pane.server.inspect(request);
        this.facts = { key, promise };
        promise.then((data) => { if (this.facts && this.facts.key === key) this.facts.data = data; })
          .catch(() => { this.facts = null; });
      }
      return this.facts.promise;
    }

    /** How a sheet is to be engraved. `data` is the overlay's, if it is known. */
    style(data) {
      const zoom = (this.large ? LARGE : 1) * (this.presenting ? 1.3 : 1);
      const rows = root.TunewrightOverlay.rows(this.layers);
      const clef = this.player && this.player.clef !== 'treble' ? this.player.clef : '';
      return { zoom, edits: this.player && data ? data.edits : [], clef, rows };
    }

    /** Draw the layers onto a sheet that has just been engraved. */
    decorate(sheet, data) {
      if (!sheet.score || !sheet.score.svg) return;
      this.overlay = new root.TunewrightOverlay.Overlay(sheet.score, data, sheet.at);
      this.overlay.draw(this.layers);
      this.judge(data);
    }

    /** Say whether the tune lies within the instrument's range. */
    judge(data) {
      const line = this.pane.find('.tw-range');
      line.hidden = !this.player;
      if (!this.player) return;
      const name = this.player[this.pane.language];
      if (!data.fits) {
        line.textContent = this.pane.say('not_for', { player: name });
        return;
      }
      const bars = this.overlay.outside(this.player.low, this.player.high);
      const level = data.level ? ` · ${this.pane.say('level', { level: data.level })}` : '';
      line.textContent = (bars.length
        ? this.pane.say('out_of_range', { player: name, bars: this.pane.listBars(bars) })
        : this.pane.say('in_range', { player: name })) + level;
    }

    /** Show the score alone and large, for a projector. */
    present(on) {
      this.presenting = on;
      this.pane.layout.classList.toggle('tw-presenting', on);
      this.pane.find('[data-do=present]').setAttribute('aria-pressed', String(on));
      if (on && this.pane.root.requestFullscreen) {
        this.pane.root.requestFullscreen().catch(() => { /* the page fills the window then */ });
      } else if (!on && document.fullscreenElement) {
        document.exitFullscreen();
      }
      setTimeout(() => this.pane.redraw(), 60);
    }
  }

  root.TunewrightView = { View, LAYERS };
})(window);
