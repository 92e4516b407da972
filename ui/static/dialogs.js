/* Two dialogs: a link to the tune (with its QR code, and a frame for other pages), and worksheets from it. */
(function (root) {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';

  /** Draw the rows of a QR code; dark modules are one path. */
  function drawCode(host, rows) {
    host.textContent = '';
    if (!rows) return;
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`);
    svg.setAttribute('shape-rendering', 'crispEdges');
    let path = '';
    rows.forEach((row, y) => {
      for (let x = 0; x < row.length; x += 1) if (row[x] === '1') path += `M${x} ${y}h1v1h-1z`;
    });
    const ground = document.createElementNS(SVG, 'rect');
    ground.setAttribute('width', rows.length);
    ground.setAttribute('height', rows.length);
    ground.setAttribute('fill', '#fff');
    const dark = document.createElementNS(SVG, 'path');
    dark.setAttribute('d', path);
    dark.setAttribute('fill', '#000');
    svg.append(ground, dark);
    host.append(svg);
  }

  /** Copy the text of a field; where the browser forbids it, the text is selected for the reader to copy. */
  async function copy(field, button, done) {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand('copy');
    }
    const before = button.textContent;
    button.textContent = done;
    setTimeout(() => { button.textContent = before; }, 1600);
  }

  /** Where the page itself is, without what a link adds. */
  function address() {
    return root.location.origin + root.location.pathname;
  }

  class Share {
    constructor(pane) {
      this.pane = pane;
      this.dialog = pane.find('.tw-share');
      this.link = this.dialog.querySelector('[name=link]');
      this.embed = this.dialog.querySelector('[name=embed]');
      for (const button of this.dialog.querySelectorAll('[data-copy]')) {
        button.addEventListener('click', () => {
          copy(this.dialog.querySelector(`[name=${button.dataset.copy}]`), button, pane.say('copied'));
        });
      }
    }

    async open() {
      const { abc } = this.pane.data;
      if (!abc) return;
      const note = this.dialog.querySelector('.tw-dialog-note');
      note.textContent = '';
      this.link.value = this.embed.value = '';
      drawCode(this.dialog.querySelector('.tw-code'), null);
      this.dialog.showModal();
      try {
        const answer = await this.pane.server.share({ abc, base: address(), more: '' });
        if (!answer.z) {
          note.textContent = this.pane.say('link_too_long');
          return;
        }
        this.link.value = `${address()}?z=${answer.z}`;
        this.embed.value = `<iframe src="${this.link.value}&view=score" width="100%" height="640"></iframe>`;
        drawCode(this.dialog.querySelector('.tw-code'), answer.qr);
        if (!answer.qr) note.textContent = this.pane.say('no_code');
        this.link.select();
      } catch {
        note.textContent = this.pane.say('no_server');
      }
    }
  }

  class Worksheets {
    constructor(pane) {
      this.pane = pane;
      this.dialog = pane.find('.tw-worksheet');
      this.kind = this.dialog.querySelector('select');
      this.seed = 1;
      this.made = null;
      this.kind.addEventListener('change', () => this.make());
      this.dialog.addEventListener('click', (event) => {
        const button = event.target.closest('[data-worksheet]');
        if (button) this.act(button.dataset.worksheet, button);
      });
      this.dialog.addEventListener('close', () => {
        this.pane.transport.pause();
        this.pane.root.classList.remove('tw-assigned');
      });
    }

    /** Open for a teacher, or as an assignment that a link has asked for: without the answers. */
    open(task, seed) {
      if (!this.pane.data.abc) return;
      this.assigned = Boolean(task);
      if (task) {
        this.kind.value = task;
        if (!this.kind.value) this.kind.selectedIndex = 0;
        this.seed = seed;
      }
      this.dialog.classList.toggle('tw-for-student', this.assigned);
      this.pane.root.classList.toggle('tw-assigned', this.assigned);
      this.dialog.showModal();
      this.make();
    }

    async make() {
      const request = { abc: this.pane.data.abc, task: this.kind.value, seed: this.seed, language: this.pane.language };
      const paper = this.dialog.querySelector('.tw-worksheet-paper');
      this.answersShown = false;
      try {
        const made = await this.pane.server.worksheet(request);
        this.made = made.error ? null : made;
        paper.textContent = '';
        if (made.error) {
          const sentence = document.createElement('p');
          sentence.textContent = made.error;
          paper.append(sentence);
        } else this.show(paper);
      } catch {
        this.made = null;
        paper.textContent = this.pane.say('no_server');
      }
      this.dialog.classList.toggle('tw-nothing', !this.made);
    }

    show(paper) {
      const made = this.made;
      const add = (name, text, className) => {
        const node = document.createElement(name);
        if (text) node.textContent = text;
        if (className) node.className = className;
        paper.append(node);
        return node;
      };
      paper.textContent = '';
      add('h3', made.title);
      add('p', made.instruction);
      const draw = ([abc, caption]) => {
        if (caption) add('p', caption, 'tw-quiet');
        const host = add('div', '', 'tw-worksheet-music');
        root.TunewrightEngraving.engrave(host, { text: abc, origin: (at) => at }, paper.clientWidth - 44, []);
      };
      made.sheets.forEach(draw);
      for (const question of made.questions) add('p', question);
      if (this.answersShown) {
        add('h3', this.pane.say('answer_key'));
        made.solutions.forEach(draw);
        for (const answer of made.answers) add('p', answer);
      }
      this.dialog.querySelector('[data-worksheet=listen]').hidden = !made.listen;
    }

    async act(name, button) {
      if (name === 'close') this.dialog.close();
      else if (name === 'listen') this.pane.transport.toggle(this.pane.after);
      else if (name === 'another') { this.seed += 1; this.make(); }
      else if (!this.made) return;
      else if (name === 'answers') {
        this.answersShown = !this.answersShown;
        this.show(this.dialog.querySelector('.tw-worksheet-paper'));
      } else if (name === 'print' || name === 'print-key') {
        const words = { name: this.pane.say('pupil_name'), key: this.pane.say('answer_key') };
        root.TunewrightPrinting.printWorksheet(this.made, words, name === 'print-key');
      } else if (name === 'link') this.assign(button);
    }

    /** Copy a link that opens this very exercise, without the answers. */
    async assign(button) {
      const { abc } = this.pane.data;
      const more = `&task=${this.made.kind}&seed=${this.seed}&lang=${this.pane.language}`;
      const field = this.dialog.querySelector('[name=assignment]');
      const { z } = await this.pane.server.share({ abc, base: address(), more });
      if (!z) {
        button.textContent = this.pane.say('link_too_long');
        return;
      }
      field.hidden = false;
      field.value = `${address()}?z=${z}${more}`;
      copy(field, button, this.pane.say('copied'));
    }
  }

  root.TunewrightDialogs = { Share, Worksheets, drawCode };
})(window);
