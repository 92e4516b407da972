/* The score pane: what is shown, selected, compared and played. One Pane for each page.
 *
 * Python sends one value (see ui/score.py, ScoreData); the pane draws it and answers with the events
 * 'navigate' and 'open_abc'. Sound and files come from server functions: perform({abc}), export({abc, kind}).
 * Everything that users or models wrote is set with textContent or drawn by abcjs, never as markup.
 */
(function (root) {
  'use strict';

  // Scripts arrive in any order, so the others are looked up when they are needed.

  class Pane {
    constructor(element, trigger, props, watch, server, options) {
      this.root = element.querySelector('.tw-pane');
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
    }

    // ---- what Python sent ------------------------------------------------------------------------

    update() {
      const data = this.data;
      if (data.language && data.language !== this.language) {
        this.language = data.language;
        this.labels();
      }
      const fresh = data.version !== this.version || (!data.draft && data.abc !== this.after.abc);
      this.root.dataset.state = !data.abc ? 'empty' : data.draft ? 'draft' : 'ready';
      if (fresh) {
        this.transport.stop();
        this.version = data.version;
        this.select(null);
        this.changedShown = (data.changed || []).length > 0;
        this.closeSource();
        if (!data.before) this.comparing = false;
      }
      this.drawVersions(data);
      this.find('[data-do=undo]').disabled = !data.can_undo;
      this.find('[data-do=redo]').disabled = !data.can_redo;
      const compare = this.find('[data-do=compare]');
      compare.disabled = !data.before;
      compare.setAttribute('aria-pressed', String(this.comparing));
      this.drawCheck(data);
      this.draw();
      if (fresh && data.abc && !data.draft) {
        this.stage.scrollTop = 0;
        this.transport.prepare(this.after);
      }
    }

    draw() {
      const data = this.data;
      if (!data.abc) return;
      this.before.node.hidden = !this.comparing;
      this.root.classList.toggle('tw-comparing', this.comparing);
      this.after.tag.textContent = this.comparing
        ? this.say('after', { version: data.version }) : '';
      try {
        if (this.comparing) {
          const { number, abc, bars, marks } = data.before;
          this.before.tag.textContent = this.say('before', { version: number });
          this.before.draw(root.TunewrightSheet.untitled(abc), bars, marks);
          this.before.mark('tw-old', marks);
        }
        // A comparison shows the lines that differ, one above the other.
        const crop = this.comparing ? data.marks || [] : [];
        this.after.draw(data.abc, data.draft ? [] : data.bars || [], crop);
      } catch (_) {
        // A half-written draft may be beyond abcjs; the picture before it stays.
        if (!data.draft) this.find('.tw-note').textContent = this.say('cannot_draw');
      }
      this.paint();
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

    /** Whether every bar adds up, and what does not. */
    drawCheck(data) {
      const check = this.find('.tw-check');
      const problems = data.problems || [];
      check.hidden = !data.abc || data.draft;
      check.classList.toggle('tw-bad', problems.length > 0);
      const summary = check.querySelector('summary');
      summary.textContent = problems.length
        ? this.say('problems', { count: problems.length }) : this.say('checked');
      summary.title = problems.length ? '' : this.say('checked_title');
      const list = check.querySelector('.tw-menu-list');
      list.textContent = problems.length ? '' : this.say('checked_title');
      for (const problem of problems) {
        const entry = document.createElement('button');
        entry.type = 'button';
        entry.textContent = problem.message;
        entry.addEventListener('click', () => {
          if (problem.bar !== null) this.select(problem.bar, problem.bar, problem.bar);
        });
        list.append(entry);
      }
    }

    drawVersions(data) {
      const list = this.find('.tw-versions');
      const versions = data.versions || [];
      const key = JSON.stringify([versions, data.version, this.language]);
      if (list.dataset.key === key) return;
      list.dataset.key = key;
      list.textContent = '';
      for (const version of versions) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'tw-version';
        button.dataset.version = String(version.number);
        const number = document.createElement('b');
        number.textContent = `v${version.number}`;
        const note = document.createElement('span');
        note.textContent = version.note;
        button.append(number, note);
        button.title = version.note;
        if (version.number === data.version) button.setAttribute('aria-current', 'true');
        button.addEventListener('click', () => {
          this.trigger('navigate', { to: 'version', number: version.number });
        });
        list.append(button);
      }
      const current = list.querySelector('[aria-current]');
      if (current) {
        const middle = current.offsetLeft - list.offsetLeft + current.offsetWidth / 2;
        list.scrollLeft = middle - list.clientWidth / 2;
      }
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
      this.find('.tw-live').textContent = words;
      this.find('.tw-loop-words').textContent = words
        ? this.say('loop_bars', { bars: words }) : this.say('loop');
    }

    /** What goes along with the next message: {version, first, last} or null. */
    scope() {
      if (!this.selection || this.data.draft) return null;
      return { version: this.version, first: this.selection.first, last: this.selection.last };
    }

    pointer(event) {
      const score = this.after.score;
      if (!score || this.data.draft) return;
      const bar = score.barFromPoint(event.clientX, event.clientY);
      if (event.type === 'pointerdown') {
        if (event.button !== 0 || bar === null) return;
        const old = this.selection;
        const again = old && old.first === bar && old.last === bar && !event.shiftKey;
        this.drag = { moved: false, again };
        if (event.shiftKey && old) this.select(old.anchor, bar, old.anchor);
        else this.select(bar, bar, bar);
        if (event.pointerType === 'mouse') this.after.paper.setPointerCapture(event.pointerId);
      } else if (event.type === 'pointermove') {
        if (this.drag && bar !== null && this.selection) {
          const { anchor, first, last } = this.selection;
          if (bar !== anchor || first !== last) this.drag.moved = true;
          if (this.drag.moved) this.select(anchor, bar, anchor);
        } else if (!this.drag) {
          score.mark('tw-hover', bar === null ? [] : [bar]);
        }
      } else if (event.type === 'pointerup') {
        if (this.drag && this.drag.again && !this.drag.moved) this.select(null);
        this.drag = null;
      } else {
        // The finger began to scroll: what it had touched was not meant.
        if (event.type === 'pointercancel' && this.drag) this.select(null);
        if (event.type === 'pointerleave') score.mark('tw-hover', []);
        if (event.type !== 'pointerleave') this.drag = null;
      }
    }

    key(event) {
      const score = this.after.score;
      if (!score || !event.target.closest('.tw-stage') || event.target.closest('textarea')) return;
      const numbers = score.numbers();
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step && numbers.length) {
        event.preventDefault();
        const old = this.selection;
        const from = old ? (old.anchor === old.first ? old.last : old.first) : null;
        const index = from === null ? (step > 0 ? -1 : numbers.length) : numbers.indexOf(from);
        const to = numbers[Math.max(0, Math.min(numbers.length - 1, index + step))];
        if (event.shiftKey && old) this.select(old.anchor, to, old.anchor);
        else this.select(to, to, to);
      } else if (event.key === 'Escape') {
        this.select(null);
      } else if (event.key === ' ' && !event.target.closest('button')) {
        event.preventDefault();
        this.transport.toggle(this.after);
      } else if (event.key === 'Enter' && event.target === this.stage) {
        event.preventDefault();
        const box = document.querySelector('#tw-message textarea');
        if (box) box.focus();
      }
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
    }

    async openFile(file) {
      if (!file) return;
      if (file.size > 200000) {
        this.find('.tw-note').textContent = this.say('too_large');
        return;
      }
      this.trigger('open_abc', { abc: await file.text() });
    }

    listen() {
      this.root.addEventListener('click', (event) => {
        const button = event.target.closest('[data-do]');
        if (button && !button.disabled) this.act(button.dataset.do);
        const kind = event.target.closest('[data-kind]');
        if (kind) this.saving.download(kind.dataset.kind);
        for (const menu of this.root.querySelectorAll('.tw-menu[open]')) {
          if (!menu.contains(event.target)) menu.open = false;
        }
      });
      for (const type of ['down', 'move', 'up', 'cancel', 'leave']) {
        this.after.paper.addEventListener(`pointer${type}`, (event) => this.pointer(event));
      }
      this.root.addEventListener('keydown', (event) => this.key(event));
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
    /** Called when a message is sent: the selection as JSON, or an empty string. */
    scope() {
      const scope = root.Tunewright.pane && root.Tunewright.pane.scope();
      return scope ? JSON.stringify(scope) : '';
    },
  };
})(window);
