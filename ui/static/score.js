/* The score pane: what is shown, selected, compared and played. One Pane for each page.
 *
 * Python sends one value (see ui/score.py, ScoreData); the pane draws it and answers with the events
 * 'navigate' and 'open_abc'. Sound and files come from server functions: perform({abc}), export({abc, kind}).
 * Everything that users or models wrote is set with textContent or drawn by abcjs, never as markup.
 */
(function (root) {
  'use strict';

  // Scripts arrive in any order, so the others are looked up when the pane is made.
  let engrave;
  let Recording;
  let Synth;
  let locate;
  let stretch;
  const calm = root.matchMedia('(prefers-reduced-motion: reduce)');

  /** Function from the server's positions (code points) to ours (UTF-16 units) for one text. */
  function positions(text) {
    if (!/[\ud800-\udbff]/.test(text)) return (at) => at;
    const map = [];
    let unit = 0;
    for (const letter of text) {
      map.push(unit);
      unit += letter.length;
    }
    map.push(unit);
    return (at) => map[Math.min(at, map.length - 1)];
  }

  function clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  }

  /** The same text, letter for letter, with title and the like as comments: a sheet that saves room. */
  function untitled(abc) {
    return abc.replace(/^[TCROSZN]:/gm, '% ');
  }

  /** One sheet of music with its sound: the current version, or the one before in a comparison. */
  class Sheet {
    constructor(node) {
      this.node = node;
      this.paper = node.querySelector('.tw-paper');
      this.tag = node.querySelector('.tw-tag');
      this.button = node.querySelector('.tw-sheet-play');
      this.abc = null;
      this.width = 0;
      this.score = null;
      this.performance = null;
    }

    /** Draw a tune, only the lines with the bars of `crop` where that is not empty. */
    draw(abc, bars, crop) {
      const width = this.paper.clientWidth;
      const same = abc === this.abc && String(crop) === this.cropped;
      if (!width || (same && Math.abs(width - this.width) < 8)) return;
      if (abc !== this.abc) this.performance = null;
      this.abc = abc;
      this.width = width;
      const at = positions(abc);
      const own = bars.map(([number, start, end]) => ({ number, start: at(start), end: at(end) }));
      this.score = engrave(this.paper, abc, width, own);
      this.score.crop(crop);
      this.cropped = String(crop);
    }

    /** Ask the server for sound and timings, once for each text. */
    perform(server) {
      const abc = this.abc;
      if (!this.performance || this.performance.abc !== abc) {
        const at = positions(abc);
        const promise = server.perform({ abc }).then((answer) => ({
          ...answer,
          timings: (answer.timings || []).map(([ms, start, length]) => [ms, at(start), length]),
        }));
        this.performance = { abc, promise };
        promise.catch(() => { this.performance = null; });
      }
      return this.performance.promise;
    }
  }

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
      this.speed = 1;
      this.looping = false;
      this.player = null;
      this.playingSheet = null;
      this.find = (name) => this.root.querySelector(name);
      this.after = new Sheet(this.find('.tw-after'));
      this.before = new Sheet(this.find('.tw-before'));
      this.stage = this.find('.tw-stage');
      this.audio = this.find('audio');
      this.language = (navigator.language || 'en').startsWith('zh') ? 'zh' : 'en';
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
        this.stop();
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
        this.prepare(this.after);
      }
    }

    draw() {
      const data = this.data;
      // A comparison shows the lines that differ, one above the other.
      const crop = this.comparing ? data.changed || [] : [];
      if (!data.abc) return;
      this.before.node.hidden = !this.comparing;
      this.root.classList.toggle('tw-comparing', this.comparing);
      this.after.tag.textContent = this.comparing
        ? this.say('after', { version: data.version }) : '';
      if (this.comparing) {
        this.before.tag.textContent = this.say('before', { version: data.before.number });
        this.before.draw(untitled(data.before.abc), data.before.bars, crop);
        if (this.before.score) this.before.score.mark('tw-old', data.changed || []);
      }
      try {
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
      score.mark('tw-new', this.changedShown && !this.data.draft ? this.data.changed || [] : []);
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
        this.toggle(this.after);
      } else if (event.key === 'Enter' && event.target === this.stage) {
        event.preventDefault();
        const box = document.querySelector('#tw-message textarea');
        if (box) box.focus();
      }
    }

    // ---- playing ---------------------------------------------------------------------------------

    /** Get sound and timings ready, so that play answers at once. */
    async prepare(sheet) {
      const note = this.find('.tw-note');
      try {
        const answer = await sheet.perform(this.server);
        if (answer.error && sheet === this.after) {
          note.textContent = answer.timings.length ? this.say('browser_sound') : answer.error;
          note.title = answer.error;
        } else if (sheet === this.after) {
          note.textContent = '';
          note.title = '';
        }
        if (sheet === this.after && !this.player) this.showTime(0, answer.seconds);
        return answer;
      } catch (_) {
        note.textContent = this.say('no_server');
        return null;
      }
    }

    async toggle(sheet) {
      if (this.player && this.playingSheet === sheet && this.player.playing) {
        this.player.pause();
        this.showPlaying(false);
        return;
      }
      if (!this.player || this.playingSheet !== sheet) {
        this.root.classList.add('tw-loading');
        const answer = await this.prepare(sheet);
        this.root.classList.remove('tw-loading');
        if (!answer || !answer.timings.length) return;
        this.stop();
        this.playingSheet = sheet;
        this.answer = answer;
        this.player = answer.url
          ? new Recording(this.audio, this.address(answer.url))
          : new Synth(answer.notes, answer.seconds);
        this.player.rate = this.speed;
      }
      const piece = this.piece();
      if (piece) {
        const now = this.player.time * 1000;
        if (now < piece.start || now >= piece.end) this.player.time = piece.start / 1000;
      } else if (this.player.time >= this.answer.seconds) {
        this.player.time = 0;
      }
      try {
        await this.player.play();
      } catch (_) {
        this.find('.tw-note').textContent = this.say('no_sound');
        return;
      }
      this.showPlaying(true);
      this.tick();
    }

    address(path) {
      const base = (root.gradio_config && root.gradio_config.root) || '';
      return `${base}/gradio_api/file=${path}`;
    }

    /** The stretch of time to be heard, {start, end} in ms, or null for all: what is selected on the
     *  sheet that plays, or in a comparison what differs. */
    piece() {
      if (!this.answer) return null;
      const played = this.answer.bars || [];
      if (this.selection && this.playingSheet === this.after) {
        return stretch(played, this.selection.first, this.selection.last);
      }
      const changed = this.comparing ? this.data.changed || [] : [];
      if (!changed.length) return null;
      return stretch(played, Math.min(...changed), Math.max(...changed));
    }

    stop() {
      if (this.player) this.player.dispose();
      if (this.playingSheet && this.playingSheet.score) this.playingSheet.score.hideCursor();
      this.player = null;
      this.playingSheet = null;
      this.showPlaying(false);
      this.showTime(0, 0);
    }

    showPlaying(on) {
      this.root.classList.toggle('tw-playing', on);
      const label = this.say(on ? 'pause' : 'play');
      const main = this.find('[data-do=play]');
      main.title = label;
      main.setAttribute('aria-label', label);
      for (const sheet of [this.before, this.after]) {
        sheet.button.classList.toggle('tw-on', on && this.playingSheet === sheet);
      }
    }

    showTime(seconds, total) {
      this.find('.tw-time').textContent = `${clock(seconds)} / ${clock(total)}`;
      const bar = this.find('.tw-seek');
      bar.max = String(Math.max(total, 0.01));
      bar.value = String(seconds);
      bar.style.setProperty('--done', `${total ? (100 * seconds) / total : 0}%`);
      bar.setAttribute('aria-valuetext', clock(seconds));
    }

    tick() {
      cancelAnimationFrame(this.frame);
      const player = this.player;
      if (!player) return;
      const { timings, seconds } = this.answer;
      const now = player.time * 1000;
      const piece = this.looping || this.comparing ? this.piece() : null;
      if (piece && now >= piece.end - 8) {
        if (!this.looping) player.pause();
        player.time = piece.start / 1000;
      } else if (now >= seconds * 1000 && this.looping) player.time = 0;
      this.follow(timings, now);
      this.showTime(Math.min(player.time, seconds), seconds);
      if (player.playing) {
        this.frame = requestAnimationFrame(() => this.tick());
      } else {
        this.showPlaying(false);
        if (now >= seconds * 1000) {
          this.playingSheet.score.hideCursor();
          player.time = 0;
          this.showTime(0, seconds);
          if (this.looping) this.toggle(this.playingSheet);
        }
      }
    }

    /** Cursor and lit notes for a moment of the music. */
    follow(timings, now) {
      const score = this.playingSheet.score;
      const index = locate(timings, now);
      if (index < 0) return;
      const sounding = [];
      for (let i = index; i >= 0 && now - timings[i][0] < 8000; i -= 1) {
        if (now < timings[i][0] + timings[i][2]) sounding.push(timings[i][1]);
      }
      score.light(sounding);
      let next = index + 1;
      while (next < timings.length && timings[next][0] === timings[index][0]) next += 1;
      const [begin, start] = timings[index];
      const end = next < timings.length ? timings[next][0] : begin + timings[index][2];
      const share = end > begin ? Math.min(1, (now - begin) / (end - begin)) : 0;
      const line = score.moveCursor(start, next < timings.length ? timings[next][1] : null, share);
      if (line !== null && line !== this.line) {
        this.line = line;
        this.reveal(score, line);
      }
    }

    reveal(score, line) {
      const { top, bottom } = score.lineRect(line);
      const view = this.stage.getBoundingClientRect();
      if (top >= view.top && bottom <= view.bottom) return;
      this.stage.scrollBy({
        top: top - view.top - 40, behavior: calm.matches ? 'auto' : 'smooth',
      });
    }

    // ---- source, files, print --------------------------------------------------------------------

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

    saveBlob(blob, name) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }

    async download(kind) {
      const menu = this.find('.tw-save');
      const note = this.find('.tw-note');
      menu.open = false;
      const abc = this.data.abc;
      if (!abc) return;
      if (kind === 'print') {
        this.print(abc);
        return;
      }
      const name = (this.data.title || 'tune').replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'tune';
      if (kind === 'abc') {
        this.saveBlob(new Blob([abc], { type: 'text/vnd.abc' }), `${name}.abc`);
        return;
      }
      note.textContent = this.say('preparing');
      try {
        const answer = await this.server.export({ abc, kind });
        if (answer.error) {
          note.textContent = answer.error;
          return;
        }
        // Through a blob, because the server's own name for the file would win over ours.
        const file = await fetch(this.address(answer.url));
        if (!file.ok) throw new Error(file.statusText);
        this.saveBlob(await file.blob(), `${name}.${kind}`);
        note.textContent = '';
      } catch (_) {
        note.textContent = this.say('no_server');
      }
    }

    /** Engrave once more into a page of its own and print that: one picture a line, so that pages fill. */
    print(abc) {
      const frame = document.createElement('iframe');
      frame.className = 'tw-print';
      document.body.append(frame);
      const page = frame.contentDocument;
      page.title = this.data.title || 'Tunewright';
      const style = page.createElement('style');
      style.textContent = '@page{margin:14mm} body{margin:0;color:#000} svg{page-break-inside:avoid}';
      page.head.append(style);
      const host = page.createElement('div');
      page.body.append(host);
      root.ABCJS.renderAbc(host, abc, { staffwidth: 720, oneSvgPerLine: true, responsive: 'resize' });
      frame.contentWindow.addEventListener('afterprint', () => frame.remove());
      frame.contentWindow.print();
    }

    // ---- wiring ----------------------------------------------------------------------------------

    act(name) {
      if (name === 'play') this.toggle(this.comparing && this.playingSheet ? this.playingSheet : this.after);
      else if (name === 'play-before') this.toggle(this.before);
      else if (name === 'play-after') this.toggle(this.after);
      else if (name === 'undo' || name === 'redo') this.trigger('navigate', { to: name });
      else if (name === 'compare') {
        this.comparing = !this.comparing;
        this.changedShown = this.comparing || this.changedShown;
        if (!this.comparing && this.playingSheet === this.before) this.stop();
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
        this.looping = !this.looping;
        this.find('[data-do=loop]').setAttribute('aria-pressed', String(this.looping));
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
        if (kind) this.download(kind.dataset.kind);
        for (const menu of this.root.querySelectorAll('.tw-menu[open]')) {
          if (!menu.contains(event.target)) menu.open = false;
        }
      });
      for (const type of ['down', 'move', 'up', 'cancel', 'leave']) {
        this.after.paper.addEventListener(`pointer${type}`, (event) => this.pointer(event));
      }
      this.root.addEventListener('keydown', (event) => this.key(event));
      this.find('.tw-seek').addEventListener('input', (event) => this.seek(Number(event.target.value)));
      this.find('.tw-speed input').addEventListener('input', (event) => {
        this.speed = Number(event.target.value) / 100;
        this.find('.tw-speed output').textContent = `${event.target.value}%`;
        if (this.player) this.player.rate = this.speed;
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
        this.root.classList.toggle('tw-narrow', this.root.clientWidth < 820);
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
          this.reveal(this.after.score, band.line);
        });
      } else if ((tries || 0) < 50) {
        setTimeout(() => this.findChat((tries || 0) + 1), 100);
      }
    }

    async seek(seconds) {
      if (!this.player) {
        await this.toggle(this.after);
        if (!this.player) return;
      }
      this.player.time = seconds;
      this.follow(this.answer.timings, seconds * 1000);
      this.showTime(seconds, this.answer.seconds);
    }
  }

  root.Tunewright = {
    pane: null,
    mount(element, trigger, props, watch, server, options) {
      ({ engrave } = root.TunewrightEngraving);
      ({ Recording, Synth, locate, stretch } = root.TunewrightPlayer);
      root.Tunewright.pane = new Pane(element, trigger, props, watch, server, options);
    },
    /** Called when a message is sent: the selection as JSON, or an empty string. */
    scope() {
      const scope = root.Tunewright.pane && root.Tunewright.pane.scope();
      return scope ? JSON.stringify(scope) : '';
    },
  };
})(window);
