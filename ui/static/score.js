/* The score pane: what is shown, selected, compared and played. One Pane for each page.
 *
 * Python sends one value (see ui/score.py, ScoreData); the pane draws it and answers with the events
 * 'navigate', 'open_abc', 'open_file', 'switch' and 'restore'. Sound, files, overlays, links and worksheets come
 * from server functions, which are given the text of the tune (ui/calls.py).
 * Everything that users or models wrote is set with textContent or drawn by abcjs, never as markup.
 */
(function (root) {
  'use strict';

  // Scripts arrive in any order, so the others are looked up when they are needed.

  class Pane {
    constructor(element, trigger, props, watch, server, options) {
      this.root = element.querySelector('.tw-pane');
      // Gradio keeps our styles to its own container, so what concerns the whole page is said here.
      this.layout = this.root.closest('#tw-layout') || document.body;
      this.trigger = trigger;
      this.props = props;
      this.server = server;
      this.options = options;
      this.selection = null; // {first, last, anchor}
      this.version = null;
      this.comparing = false;
      this.changedShown = false;
      this.find = (name) => this.root.querySelector(name);
      this.after = new root.TunewrightSheet.Sheet(this.find('.tw-after'));
      this.before = new root.TunewrightSheet.Sheet(this.find('.tw-before'));
      this.stage = this.find('.tw-stage');
      this.audio = this.find('audio');
      this.language = (navigator.language || 'en').startsWith('zh') ? 'zh' : 'en';
      this.transport = new root.TunewrightTransport.Transport(this);
      this.saving = new root.TunewrightSaving.Saving(this);
      this.heading = new root.TunewrightHeading.Heading(this);
      this.mixer = new root.TunewrightMixer.Mixer(this);
      this.view = new root.TunewrightView.View(this);
      this.share = new root.TunewrightDialogs.Share(this);
      this.worksheets = new root.TunewrightDialogs.Worksheets(this);
      this.taste = new root.TunewrightTaste.Taste(this);
      this.chatSheet = new root.TunewrightChatSheet.ChatSheet(this);
      this.recovery = new root.TunewrightRecovery.Recovery(this);
      this.labels();
      this.listen();
      watch('value', () => this.update());
      this.update();
    }

    get data() { return this.props.value || {}; }

    say(key, values) {
      const words = this.options.strings[this.language] || this.options.strings.en;
      let text = words[key] || key;
      for (const [name, value] of Object.entries(values || {})) {
        text = text.replace(`{${name}}`, () => value);
      }
      return text;
    }

    /** Bar numbers as words: "bar 3", "bars 2, 5". */
    listBars(bars) {
      const shown = bars.slice(0, 8).join(this.language === 'zh' ? '、' : ', ') + (bars.length > 8 ? ' …' : '');
      return this.say(bars.length === 1 ? 'bar' : 'bars_listed', { bar: shown, bars: shown });
    }

    bars(first, last) {
      return first === last ? this.say('bar', { bar: first }) : this.say('bars', { first, last });
    }

    labels() {
      for (const node of this.root.querySelectorAll('[data-say]')) {
        node.textContent = this.say(node.dataset.say);
      }
      for (const node of this.root.querySelectorAll('[data-title]')) {
        node.title = this.say(node.dataset.title);
        node.setAttribute('aria-label', node.title);
      }
      // Words that stand on the button itself are its name; a tip only explains.
      for (const node of this.root.querySelectorAll('[data-tip]')) {
        node.title = this.say(node.dataset.tip);
      }
      for (const node of this.root.querySelectorAll('[data-label]')) {
        node.setAttribute('aria-label', this.say(node.dataset.label));
      }
      this.root.lang = this.language === 'zh' ? 'zh-CN' : 'en';
      document.documentElement.lang = this.root.lang;
      this.view.label();
      this.chatSheet.label();
    }

    // ---- what Python sent ------------------------------------------------------------------------

    update() {
      const data = this.data;
      if (data.language && data.language !== this.language) {
        this.language = data.language;
        this.labels();
      }
      this.recovery.update(data);
      const banner = this.find('.tw-banner');
      if (!this.recovery.lost) {
        banner.hidden = !data.notice;
        banner.textContent = data.notice || '';
      }
      this.layout.classList.toggle('tw-score-only', this.scoreOnly || data.score_only === true);
      this.scoreOnly = this.scoreOnly || data.score_only === true;
      const fresh = data.version !== this.version || (!data.draft && data.abc !== this.after.abc);
      this.root.dataset.state = !data.abc ? 'empty' : data.draft ? 'draft' : 'ready';
      if (fresh) {
        this.transport.stop();
        this.version = data.version;
        this.select(null);
        this.changedShown = (data.changed || []).length > 0;
        this.closeSource();
        if (!data.before) this.comparing = false;
        if (!data.draft && data.abc) {
          this.recovery.answered();
          this.chatSheet.set(false);
        } else if (!data.abc) this.chatSheet.set(true);
      }
      this.heading.versions(data);
      this.find('[data-do=undo]').disabled = !data.can_undo;
      this.find('[data-do=redo]').disabled = !data.can_redo;
      const compare = this.find('[data-do=compare]');
      compare.disabled = !data.before;
      compare.setAttribute('aria-pressed', String(this.comparing));
      this.heading.check(data);
      this.draw();
      if (fresh && data.abc && !data.draft) {
        this.stage.scrollTop = 0;
        const prepared = this.transport.prepare(this.after);
        if (data.play) prepared.then(() => this.transport.toggle(this.after));
        if (data.task) this.worksheets.open(data.task, data.seed || 0);
      }
    }

    /** Draw again what is shown: how it is to be shown has changed. */
    redraw() {
      this.draw();
      this.sayBars();
    }

    draw() {
      const data = this.data;
      if (!data.abc) return;
      this.before.node.hidden = !this.comparing;
      this.root.classList.toggle('tw-comparing', this.comparing);
      this.after.tag.textContent = this.comparing
        ? this.say('after', { version: data.version }) : '';
      const facts = this.facts();
      const style = data.draft ? undefined : this.view.style(facts);
      try {
        if (this.comparing) {
          const { number, abc, bars, marks } = data.before;
          this.before.tag.textContent = this.say('before', { version: number });
          this.before.draw(root.TunewrightSheet.untitled(abc), bars, marks);
          this.before.mark('tw-old', marks);
        }
        // A comparison shows the lines that differ, one above the other.
        const crop = this.comparing ? data.marks || [] : [];
        this.after.draw(data.abc, data.draft ? [] : data.bars || [], crop, style);
        if (facts && !data.draft) this.view.decorate(this.after, facts);
      } catch {
        // A half-written draft may be beyond abcjs; the picture before it stays.
        if (!data.draft) this.find('.tw-note').textContent = this.say('cannot_draw');
      }
      this.paint();
    }

    /** What the server knows of the notes, if it is wanted and here; else it is asked for. */
    facts() {
      const data = this.data;
      if (data.draft || !data.abc || !this.view.wanted) {
        this.find('.tw-range').hidden = true;
        return null;
      }
      const promise = this.view.inspect(data.abc);
      const known = this.view.facts && this.view.facts.data;
      if (!known) promise.then(() => { if (this.data.abc === data.abc) this.draw(); }).catch(() => {});
      return known || null;
    }

    /** Say the chosen bar aloud: its notes, chords and words. */
    async sayBars() {
      const chosen = this.selection;
      if (!chosen || this.data.draft) return;
      const words = this.bars(chosen.first, chosen.last);
      const live = this.find('.tw-live');
      if (chosen.first !== chosen.last) {
        live.textContent = words;
        return;
      }
      try {
        const data = await this.view.inspect(this.data.abc);
        const found = data.bars.find((one) => one.number === chosen.first);
        if (this.selection === chosen) live.textContent = found ? found.text : words;
      } catch {
        live.textContent = words;
      }
    }

    /** Colour the bands: what is selected, what the last change touched. */
    paint() {
      const score = this.after.score;
      if (!score) return;
      const chosen = this.selection ? this.between(this.selection.first, this.selection.last) : [];
      score.mark('tw-selected', chosen);
      this.after.mark('tw-new', this.changedShown && !this.data.draft ? this.data.marks || [] : []);
    }

    between(first, last) {
      const numbers = this.after.score ? this.after.score.numbers() : [];
      return numbers.filter((number) => number >= first && number <= last);
    }

    // ---- selecting bars --------------------------------------------------------------------------

    select(first, last, anchor) {
      this.selection = first === null ? null
        : { first: Math.min(first, last), last: Math.max(first, last), anchor };
      if (this.selection) this.changedShown = false;
      this.paint();
      const chip = document.getElementById('tw-scope');
      if (chip) {
        chip.hidden = !this.selection;
        const words = this.selection ? this.bars(this.selection.first, this.selection.last) : '';
        chip.querySelector('span').textContent = words ? this.say('scope', { bars: words }) : '';
        chip.querySelector('button').setAttribute('aria-label', this.say('clear'));
      }
      const words = this.selection ? this.bars(this.selection.first, this.selection.last) : '';
      if (this.selection) this.sayBars();
      else this.find('.tw-live').textContent = '';
      this.find('.tw-loop-words').textContent = words
        ? this.say('loop_bars', { bars: words }) : this.say('loop');
    }

    /** What goes along with the next message: {version, first, last} or null. */
    scope() {
      if (!this.selection || this.data.draft) return null;
      return { version: this.version, first: this.selection.first, last: this.selection.last };
    }

    // ---- the text of the tune --------------------------------------------------------------------

    openSource() {
      const form = this.find('.tw-source');
      form.hidden = false;
      const box = form.querySelector('textarea');
      box.value = this.data.abc || '';
      box.focus();
      this.root.classList.add('tw-editing');
    }

    closeSource() {
      this.find('.tw-source').hidden = true;
      this.root.classList.remove('tw-editing');
    }

    address(path) {
      const base = (root.gradio_config && root.gradio_config.root) || '';
      return `${base}/gradio_api/file=${path}`;
    }

    // ---- wiring ----------------------------------------------------------------------------------

    act(name) {
      if (name === 'play') this.transport.toggle((this.comparing && this.transport.sheet) || this.after);
      else if (name === 'play-before') this.transport.toggle(this.before);
      else if (name === 'play-after') this.transport.toggle(this.after);
      else if (name === 'undo' || name === 'redo') this.trigger('navigate', { to: name });
      else if (name === 'compare') {
        this.comparing = !this.comparing;
        this.changedShown = this.comparing || this.changedShown;
        if (!this.comparing && this.transport.sheet === this.before) this.transport.stop();
        this.update();
      } else if (name === 'source') {
        if (this.find('.tw-source').hidden) this.openSource();
        else this.closeSource();
      } else if (name === 'close-source') this.closeSource();
      else if (name === 'use-source') {
        const abc = this.find('.tw-source textarea').value;
        this.closeSource();
        if (abc.trim() && abc !== this.data.abc) this.trigger('open_abc', { abc });
      } else if (name === 'loop') {
        this.find('[data-do=loop]').setAttribute('aria-pressed', String(this.transport.loop()));
      } else if (name === 'file') this.find('input[type=file]').click();
      else if (name === 'share') this.share.open();
      else if (name === 'worksheet') this.worksheets.open();
      else if (name === 'taste') this.taste.open();
      else if (name === 'present') this.view.present(!this.view.presenting);
      else if (name === 'language') this.trigger('switch', { language: this.language === 'zh' ? 'en' : 'zh' });
    }

    async openFile(file) {
      if (!file) return;
      if (file.size > 2000000) {
        this.find('.tw-note').textContent = this.say('too_large');
        return;
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      let text = '';
      for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
      this.trigger('open_file', { name: file.name.slice(-80), content: btoa(text) });
    }

    listen() {
      this.root.addEventListener('click', (event) => {
        const button = event.target.closest('[data-do]');
        if (button && !button.disabled) this.act(button.dataset.do);
        const kind = event.target.closest('[data-kind]');
        if (kind) this.saving.download(kind.dataset.kind);
        const closing = event.target.closest('[data-close]');
        if (closing) closing.closest('dialog').close();
        for (const menu of this.root.querySelectorAll('.tw-menu[open]')) {
          if (!menu.contains(event.target)) menu.open = false;
        }
      });
      this.choosing = new root.TunewrightSelecting.Choosing(this);
      this.find('.tw-seek').addEventListener('input', (event) => this.transport.seek(Number(event.target.value)));
      this.find('.tw-speed input').addEventListener('input', (event) => {
        this.find('.tw-speed output').textContent = `${event.target.value}%`;
        this.transport.hurry(Number(event.target.value) / 100);
      });
      this.find('input[type=file]').addEventListener('change', (event) => {
        this.openFile(event.target.files[0]);
        event.target.value = '';
      });
      this.stage.addEventListener('dragover', (event) => event.preventDefault());
      this.stage.addEventListener('drop', (event) => {
        event.preventDefault();
        this.openFile(event.dataTransfer.files[0]);
      });
      document.addEventListener('click', (event) => {
        if (event.target.closest('#tw-scope button')) this.select(null);
      });
      this.findChat();
      let waiting = null;
      new ResizeObserver(() => {
        this.root.classList.toggle('tw-narrow', this.root.clientWidth < 900);
        clearTimeout(waiting);
        waiting = setTimeout(() => this.draw(), 120);
      }).observe(this.stage);
    }

    /** The chat may be built after the pane; wait for it a little. */
    findChat(tries) {
      const chat = document.getElementById('tw-chat');
      if (chat) {
        root.TunewrightAccess.follow(chat, this);
        root.TunewrightSnippets.follow(chat, () => ({
          notes: this.say('example_notes'),
          text: this.say('example_text'),
        }));
        root.TunewrightCitations.follow(chat, (first, last) => {
          const bars = this.between(first, last);
          if (!bars.length) return;
          this.select(bars[0], bars[bars.length - 1], bars[0]);
          const band = this.after.score.bands.find((one) => one.number === bars[0]);
          this.transport.reveal(this.after.score, band.line);
        });
      } else if ((tries || 0) < 50) {
        setTimeout(() => this.findChat((tries || 0) + 1), 100);
      }
    }
  }

  root.Tunewright = {
    pane: null,
    mount(element, trigger, props, watch, server, options) {
      root.Tunewright.pane = new Pane(element, trigger, props, watch, server, options);
    },
    /** Called when a message is sent: the selection and the id of a kept taste as JSON, or an empty string. */
    scope() {
      const { pane } = root.Tunewright;
      if (!pane) return '';
      const listener = pane.taste.id;
      const along = { ...pane.scope(), ...(listener ? { listener } : {}) };
      return Object.keys(along).length ? JSON.stringify(along) : '';
    },
  };
})(window);
