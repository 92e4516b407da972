/* What is heard: voices muted or alone, the metronome, the count-in.
 *
 * The server renders what is wished, so that sound and cursor stay on one timeline; a change while it plays goes
 * on at the same place of the music.
 */
(function (root) {
  'use strict';

  class Mixer {
    constructor(pane) {
      this.pane = pane;
      this.mute = new Set();
      this.solo = new Set();
      this.metronome = false;
      this.count = false;
      this.menu = pane.find('.tw-mixer');
      for (const name of ['metronome', 'count']) {
        const box = this.menu.querySelector(`[data-wish=${name}]`);
        box.addEventListener('change', () => { this[name] = box.checked; this.changed(); });
      }
    }

    /** What goes along with a request for sound; fields that say nothing are left out. */
    wish() {
      const wish = {};
      if (this.mute.size) wish.mute = [...this.mute].sort();
      if (this.solo.size) wish.solo = [...this.solo].sort();
      if (this.metronome) wish.metronome = true;
      if (this.count) wish.count = true;
      return wish;
    }

    name(voice, index) {
      if (voice.id === 'chords' || voice.id === 'bass') return this.pane.say(`voice_${voice.id}`);
      return voice.name || this.pane.say('voice', { number: index + 1 });
    }

    /** Show the voices of the tune that plays. */
    list(voices) {
      const key = JSON.stringify([voices, this.pane.language]);
      if (this.key === key) return;
      this.key = key;
      const known = new Set(voices.map((voice) => voice.id));
      for (const set of [this.mute, this.solo]) {
        for (const id of set) if (!known.has(id)) set.delete(id);
      }
      const list = this.menu.querySelector('.tw-voices');
      list.textContent = '';
      if (voices.length < 2) return;
      voices.forEach((voice, index) => {
        const row = document.createElement('div');
        row.className = 'tw-voice';
        const name = document.createElement('span');
        name.textContent = this.name(voice, index);
        row.append(name, this.button('mute', voice.id, name.textContent), this.button('solo', voice.id, name.textContent));
        list.append(row);
      });
    }

    button(kind, id, name) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = this.pane.say(kind);
      button.setAttribute('aria-label', `${this.pane.say(kind)}: ${name}`);
      button.setAttribute('aria-pressed', String(this[kind].has(id)));
      button.addEventListener('click', () => {
        if (this[kind].has(id)) this[kind].delete(id);
        else this[kind].add(id);
        button.setAttribute('aria-pressed', String(this[kind].has(id)));
        this.changed();
      });
      return button;
    }

    changed() {
      this.pane.transport.remix();
    }
  }

  root.TunewrightMixer = { Mixer };
})(window);
