/* What is drawn onto the notes: scale degrees, note names, Roman numerals, functions, form and cadences.
 *
 * The server says what stands where (ui/overlay.py), the engraving says where that is on the page. Labels of
 * notes stand below their own staff, chords below the whole system, form above it. All text is set as text.
 */
(function (root) {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  const STEP = 15; // height of one row of labels
  const NOTE_LAYERS = ['names', 'degrees'];
  const CHORD_LAYERS = ['roman', 'functions'];
  const TOP_LAYERS = ['form'];

  function make(name, attributes, text) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  }

  /** Rows of labels that some layers need below and above each system. */
  function rows(layers) {
    const below = [...NOTE_LAYERS, ...CHORD_LAYERS].filter((name) => layers.has(name)).length
      + (layers.has('cadences') && !layers.has('roman') ? 1 : 0);
    return { below, above: TOP_LAYERS.filter((name) => layers.has(name)).length };
  }

  /** Digit of a degree ("♭7" → 7), for its colour. */
  function digit(degree) {
    return degree.replace(/[^1-7]/g, '');
  }

  class Overlay {
    /** `score` is an Engraving, `data` the server's answer, `at` turns its positions into ours. */
    constructor(score, data, at) {
      this.score = score;
      this.data = data;
      this.at = at;
      this.layer = null;
    }

    clear() {
      for (const old of this.score.svg.querySelectorAll('.tw-overlay')) old.remove();
      this.layer = null;
      for (const node of this.score.svg.querySelectorAll('[data-degree]')) delete node.dataset.degree;
      for (const node of this.score.svg.querySelectorAll('.tw-outside')) node.classList.remove('tw-outside');
    }

    /** Draw these layers (a Set of names), instead of those before. */
    draw(layers) {
      if (!this.score.svg) return;
      this.clear();
      this.layer = make('g', { class: 'tw-overlay', 'aria-hidden': 'true' });
      this.floors = this.bottoms();
      if (layers.has('degrees')) this.colour();
      NOTE_LAYERS.filter((name) => layers.has(name)).forEach((name, row) => this.labels(name, row));
      const used = NOTE_LAYERS.filter((name) => layers.has(name)).length;
      this.systemFloors = this.systems(used);
      let row = 0;
      for (const name of CHORD_LAYERS) {
        if (layers.has(name)) this.chords(name, row++);
      }
      if (layers.has('cadences')) this.cadences(layers.has('roman') ? Math.max(0, row - 1) : row, layers.has('roman'));
      if (layers.has('form')) this.form();
      this.score.svg.appendChild(this.layer);
    }

    /** The drawn note of each entry: {entry, note, staff}. */
    placed() {
      if (!this.cached) {
        this.cached = [];
        for (const entry of this.data.notes) {
          const note = this.score.noteAt(this.at(entry.start));
          if (!note || !note.nodes.length) continue;
          const heads = note.nodes.flatMap((node) => [...node.querySelectorAll('.abcjs-notehead')]);
          const boxes = (heads.length ? heads : note.nodes).map((node) => node.getBBox());
          boxes.sort((a, b) => a.y - b.y);
          const middle = boxes[0].y + boxes[0].height / 2;
          this.cached.push({ entry, note, heads, boxes, staff: this.score.staffNear(middle, note.line) });
        }
      }
      return this.cached;
    }

    /** Lowest point of what stands on each staff: notes, stems, words. */
    bottoms() {
      const floors = this.score.staves.map((staff) => staff.y + staff.height + 4);
      for (const { note, staff } of this.placed()) {
        for (const node of note.nodes) {
          const box = node.getBBox();
          floors[staff] = Math.max(floors[staff], box.y + box.height);
        }
      }
      for (const word of this.score.svg.querySelectorAll('.abcjs-lyric')) {
        const box = word.getBBox();
        const staff = this.score.staffAbove(box.y);
        if (staff !== null) floors[staff] = Math.max(floors[staff], box.y + box.height);
      }
      return floors;
    }

    /** Highest point of what stands on each system: notes, chord symbols. */
    ceilings() {
      const tops = this.score.lines.map((_line, index) => Math.min(...this.score.staves
        .filter((staff) => staff.line === index).map((staff) => staff.y - 8)));
      const raise = (box, line) => { tops[line] = Math.min(tops[line], box.y); };
      for (const { note } of this.placed()) {
        for (const node of note.nodes) raise(node.getBBox(), note.line);
      }
      for (const symbol of this.score.svg.querySelectorAll('.abcjs-chord')) {
        const box = symbol.getBBox();
        const below = this.score.staves.find((staff) => staff.y > box.y);
        if (below) raise(box, below.line);
      }
      return tops;
    }

    /** Lowest point of each system, below the labels of its notes. */
    systems(noteRows) {
      return this.score.lines.map((line, index) => Math.max(line.bottom - 10, ...this.score.staves
        .map((staff, number) => (staff.line === index ? this.floors[number] + noteRows * STEP : 0))));
    }

    text(x, y, said, name, title) {
      const node = make('text', { x, y, class: `tw-label ${name}`, 'text-anchor': 'middle' }, said);
      if (title) node.appendChild(make('title', {}, title));
      this.layer.appendChild(node);
      return node;
    }

    labels(name, row) {
      const last = new Map(); // staff → right edge of the last label
      for (const { entry, boxes, staff } of this.placed()) {
        const said = entry[name].join(' ');
        if (!said) continue;
        const x = boxes[0].x + boxes[0].width / 2;
        const y = this.floors[staff] + STEP * (row + 1) - 3;
        const crowded = last.has(staff) && x - last.get(staff) < 11;
        const node = this.text(x, y, said, `tw-${name}`);
        if (crowded) node.classList.add('tw-crowded');
        if (name === 'degrees') node.dataset.degree = digit(entry.degrees[0] || '');
        last.set(staff, x);
      }
    }

    /** Give each head the colour of its degree; the number below says the same without colour. */
    colour() {
      for (const { entry, heads, note } of this.placed()) {
        if (heads.length === entry.degrees.length) {
          const order = heads.map((head) => [head.getBBox().y, head]).sort((a, b) => a[0] - b[0]);
          order.forEach(([, head], index) => { head.dataset.degree = digit(entry.degrees[index]); });
        } else if (heads.length === 0) {
          for (const node of note.nodes) node.dataset.degree = digit(entry.degrees[0]);
        }
      }
    }

    chords(name, row) {
      for (const chord of this.data.chords) {
        const note = this.score.noteAt(this.at(chord.start));
        const said = name === 'roman' ? chord.roman : chord.function;
        if (!note || !said) continue;
        const y = this.systemFloors[note.line] + STEP * (row + 1);
        const node = this.text(note.x + 6, y, said, `tw-${name}`, chord.title);
        if (name === 'functions') node.dataset.function = chord.function;
      }
    }

    cadences(row, beside) {
      for (const cadence of this.data.cadences) {
        const note = this.score.noteAt(this.at(cadence.start));
        if (!note) continue;
        const y = this.systemFloors[note.line] + STEP * (row + 1);
        this.text(note.x + (beside ? 34 : 6), y, cadence.label, 'tw-cadence', cadence.title);
      }
    }

    /** A bracket over the bars of each section, on every line that it crosses. */
    form() {
      const tops = this.ceilings();
      const marks = [...this.score.svg.querySelectorAll('.abcjs-tempo, .abcjs-part')].map((node) => node.getBBox());
      this.data.sections.forEach((section, number) => {
        const starts = new Set(section.starts.map(this.at));
        const bands = this.score.bands.filter((band) => starts.has(band.start));
        const lines = [...new Set(bands.map((band) => band.line))];
        lines.forEach((line, index) => {
          const own = bands.filter((band) => band.line === line);
          const right = Math.max(...own.map((band) => band.right)) - 3;
          const y = tops[line] - 9;
          // A tempo or a part's letter at the same height comes first.
          const beside = marks.filter((box) => box.y < y + 8 && box.y + box.height > y - 14 && box.x < right - 40);
          const left = Math.max(Math.min(...own.map((band) => band.left)) + 3, ...beside.map((box) => box.x + box.width + 6));
          const ends = `${index === 0 ? `M${left} ${y + 6}V${y}` : `M${left} ${y}`}H${right}`
            + (index === lines.length - 1 ? `V${y + 6}` : '');
          const path = make('path', { d: ends, class: 'tw-bracket' });
          path.dataset.section = String(number % 6);
          this.layer.appendChild(path);
          if (index === 0) {
            const node = this.text((left + right) / 2, y - 3, section.label, 'tw-section');
            node.dataset.section = String(number % 6);
          }
        });
      });
    }

    /** Mark the notes that an instrument cannot play; returns the bars they are in. */
    outside(low, high) {
      const bars = new Set();
      for (const { entry, note } of this.placed()) {
        if (!entry.midi.some((midi) => midi < low || midi > high)) continue;
        for (const node of note.nodes) node.classList.add('tw-outside');
        const bar = this.score.barAt(this.at(entry.start));
        if (bar) bars.add(bar.number);
      }
      return [...bars].sort((a, b) => a - b);
    }
  }

  const api = { Overlay, rows, digit };
  if (typeof module !== 'undefined' && module.exports) module.exports = api;
  else root.TunewrightOverlay = api;
})(typeof window === 'undefined' ? globalThis : window);
