/* One engraved score: drawing, bands over whole bars, the cursor and the notes that sound.
 *
 * Positions in the text are UTF-16 units here, as abcjs counts; the pane converts from the server's
 * code points before it calls. Bars are the server's: {number, start, end} stretches of text, so that a
 * pickup is bar 0 and several voices share their numbers. Text of the tune only reaches the page through
 * abcjs, which sets it as text.
 */
(function (root) {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  const REACH = 52; // how far above the highest staff they may reach
  const PAD = 8; // how far bands reach above and below the staff

  const FORMAT = {
    titlefont: 'Georgia, "Noto Serif CJK SC", "Songti SC", serif 21',
    subtitlefont: 'Georgia, "Noto Serif CJK SC", serif 15',
    composerfont: 'Georgia, serif italic 13',
    tempofont: 'Georgia, serif 13 bold',
    gchordfont: 'system-ui, "Noto Sans CJK SC", sans-serif 12',
    annotationfont: 'system-ui, sans-serif 12',
    vocalfont: 'Georgia, "Noto Serif CJK SC", serif 13',
    partsfont: 'system-ui, sans-serif 13 box',
    infofont: 'Georgia, serif italic 12',
    historyfont: 'Georgia, serif 12',
    measurefont: 'system-ui, sans-serif 10 italic',
    stretchlast: 1,
    partsbox: false,
  };

  const ROW = 15; // height of a row of labels, as in overlay.js
  const PLAIN = { zoom: 1, clef: '', rows: { below: 0, above: 0 } };

  /** The text with another clef, and where its positions stood before. */
  function withClef(abc, clef) {
    const key = /^K:[^\n%]*/m.exec(abc);
    if (!clef || !key || /clef=|bass|alto|tenor|treble/.test(key[0]) || /^V:|\[V:/m.test(abc)) {
      return { text: abc, origin: (position) => position };
    }
    const end = key.index + key[0].length;
    const added = ` clef=${clef}`;
    return {
      text: abc.slice(0, end) + added + abc.slice(end),
      origin: (position) => (position <= end ? position : Math.max(end, position - added.length)),
    };
  }

  /**
   * Draw a text into `host`; returns an Engraving. `shown` is {text, origin}: what is drawn, and where its positions
   * stand in the text of the tune. `width` is that of the page in pixels. `style` says how: {zoom, clef, rows of
   * labels below and above a system}.
   */
  function engrave(host, shown, width, bars, style = PLAIN) {
    const abcjs = root.ABCJS;
    const scale = (width < 520 ? 0.86 : 1) * style.zoom;
    const staffwidth = Math.max(220, width / scale - 24);
    const options = {
      add_classes: true,
      responsive: 'resize',
      staffwidth,
      scale: 1,
      foregroundColor: 'currentColor',
      selectTypes: false,
      paddingtop: 10,
      paddingbottom: 18 + ROW * style.rows.below,
      paddingleft: 10,
      paddingright: 10,
      format: spaced(style.rows),
    };
    const clefed = withClef(shown.text, style.clef);
    const abc = clefed.text;
    const breaks = root.TunewrightBreaks;
    const parsed = abcjs.parseOnly(abc)[0];
    let drawn = { text: abc, origin: (position) => position };
    if (parsed && parsed.lines.length) {
      const lines = parsed.deline({ lineBreaks: false });
      if (/\n[^]*?(\[[KM]:|\n[KM]:)/.test(abc.slice(abc.search(/^K:/m)))) {
        drawn = breaks.rebreak(abc, breaks.planPositions(lines, staffwidth)) || drawn;
      } else {
        options.lineBreaks = breaks.plan(lines, staffwidth);
      }
    }
    host.textContent = '';
    const tune = abcjs.renderAbc(host, drawn.text, options)[0];
    const origin = (position) => shown.origin(clefed.origin(drawn.origin(position)));
    return new Engraving(host, tune, bars, origin, style.rows);
  }

  /** Our format, with room above every staff for the rows of labels of the music above it. */
  function spaced(rows) {
    if (!rows.below && !rows.above) return FORMAT;
    const points = 0.75; // abcjs takes points where it counts pixels
    return { ...FORMAT, stafftopmargin: (ROW * rows.below + 22 * rows.above) * points };
  }

  /** What a band covers of a line of music: staves and chord symbols, not the tempo far above. */
  function frame(staves, top, bottom) {
    const own = staves.filter((box) => box.y > top && box.y < bottom);
    const staffTop = Math.min(...own.map((box) => box.y));
    return { top: own.length ? Math.max(top, staffTop - REACH) : top, bottom };
  }

  class Engraving {
    constructor(host, tune, bars, origin, rows) {
      this.origin = origin;
      this.rows = rows;
      this.host = host;
      this.svg = host.querySelector('svg');
      this.bars = bars || [];
      this.tune = tune;
      this.notes = new Map(); // start in the text → {x, end, line, nodes}
      this.lines = []; // {top, bottom, left, right}
      this.bands = []; // {number, line, left, right, top, bottom, rect}
      this.staves = []; // {y, height, line}
      this.lit = [];
      this.cursor = null;
      if (this.svg && tune && tune.makeVoicesArray) this.measure();
    }

    /** The bar that a position in the text belongs to, or null. */
    barAt(position) {
      return this.bars.find((bar) => position >= bar.start && position < bar.end) || null;
    }

    /** Read from the drawing where notes, lines and bars are. */
    measure() {
      const lineOf = new Map();
      const staves = [...this.svg.querySelectorAll('.abcjs-staff')].map((node) => node.getBBox());
      const voices = this.tune.makeVoicesArray();
      voices.forEach((voice, index) => {
        let line = null;
        let left = 0;
        let open = null;
        const close = (right) => {
          if (open && index === 0) {
            this.bands.push({ number: open.number, start: open.start, line, left, right });
          }
          open = null;
        };
        for (const item of voice) {
          if (!lineOf.has(item.line)) {
            lineOf.set(item.line, this.lines.length);
            this.lines.push(frame(staves, item.top - PAD, item.top + item.height + PAD));
          }
          const current = lineOf.get(item.line);
          const element = item.elem;
          if (current !== line) {
            close(element.x);
            line = current;
            left = null;
          }
          const text = element.abcelem || {};
          if (element.type === 'bar') {
            const box = this.boxOf(element);
            const right = box ? box.x + box.width : element.x;
            close(right);
            left = right;
            this.lines[line].right = Math.max(this.lines[line].right || 0, right);
          } else if (element.type === 'note' || element.type === 'rest') {
            const bar = this.barAt(this.origin(text.startChar));
            if (!open && bar) {
              open = bar;
              if (left === null) left = element.x - 8;
            }
            this.addNote(text, element, line);
          }
        }
        const last = this.lines[line];
        if (last) close(Math.max(last.right || 0, this.width() - 12));
      });
      this.place(staves);
      this.addLayers();
    }

    /** Which line each staff is in. */
    place(boxes) {
      this.staves = boxes.map((box) => {
        const middle = box.y + box.height / 2;
        let line = this.lines.findIndex((one) => middle >= one.top && middle <= one.bottom);
        if (line < 0) line = 0;
        return { y: box.y, height: box.height, line };
      });
    }

    /** Number of the staff of a line that is nearest to a height. */
    staffNear(y, line) {
      let best = 0;
      let distance = Infinity;
      this.staves.forEach((staff, number) => {
        const far = Math.abs(staff.y + staff.height / 2 - y);
        if (staff.line === line && far < distance) {
          best = number;
          distance = far;
        }
      });
      return best;
    }

    /** Number of the lowest staff that begins above a height, or null. */
    staffAbove(y) {
      let best = null;
      this.staves.forEach((staff, number) => {
        if (staff.y < y && (best === null || staff.y > this.staves[best].y)) best = number;
      });
      return best;
    }

    boxOf(element) {
      const node = (element.elemset || []).find((one) => one && one.getBBox);
      return node ? node.getBBox() : null;
    }

    addNote(text, element, line) {
      const nodes = (element.elemset || []).filter((one) => one && one.classList);
      if (typeof text.startChar !== 'number' || text.startChar < 0) return;
      const start = this.origin(text.startChar);
      const known = this.notes.get(start);
      if (known) known.nodes.push(...nodes);
      else {
        this.notes.set(start, {
          x: element.x, end: this.origin(text.endChar), line, nodes,
        });
      }
    }

    /** The drawn note at a position of the text; chord symbols before a note belong to it. */
    noteAt(position) {
      const exact = this.notes.get(position);
      if (exact) return exact;
      for (const [start, note] of this.notes) {
        if (position >= start && position < note.end) return note;
      }
      return null;
    }

    width() {
      return this.svg.viewBox.baseVal ? this.svg.viewBox.baseVal.width : this.svg.clientWidth;
    }

    /** Put the bands under the notes and the cursor over them. */
    addLayers() {
      this.lines.forEach((line, index) => {
        const next = this.lines[index + 1];
        if (next && next.top < line.bottom) {
          const middle = (next.top + line.bottom) / 2;
          line.bottom = middle;
          next.top = middle;
        }
      });
      const layer = document.createElementNS(SVG, 'g');
      layer.setAttribute('class', 'tw-bands');
      for (const band of this.bands) {
        const { top, bottom } = this.lines[band.line];
        const rect = document.createElementNS(SVG, 'rect');
        rect.setAttribute('class', 'tw-band');
        rect.setAttribute('x', band.left);
        rect.setAttribute('y', top);
        rect.setAttribute('width', Math.max(1, band.right - band.left));
        rect.setAttribute('height', bottom - top);
        rect.dataset.bar = String(band.number);
        band.rect = rect;
        band.top = top;
        band.bottom = bottom;
        layer.appendChild(rect);
      }
      this.svg.insertBefore(layer, this.svg.firstChild);
      this.number();
      this.cursor = document.createElementNS(SVG, 'line');
      this.cursor.setAttribute('class', 'tw-cursor');
      this.cursor.setAttribute('visibility', 'hidden');
      this.svg.appendChild(this.cursor);
    }

    /** The printed number of the first bar of every line but the first, above its clef. */
    number() {
      let before = null;
      this.bands.forEach((band, index) => {
        if (before && band.line !== before.line) {
          // The second half of a bar that a repeat cuts in two is not where a new number begins.
          const next = this.bands[index + 1];
          const first = band.number === before.number && next ? next : band;
          const staff = this.staves.find((one) => one.line === band.line);
          if (staff && first.number > 0) {
            const node = document.createElementNS(SVG, 'text');
            node.setAttribute('class', 'tw-number');
            node.setAttribute('x', 12);
            node.setAttribute('y', staff.y - 7);
            node.textContent = String(first.number);
            this.svg.appendChild(node);
          }
        }
        before = band;
      });
    }

    /** Show only the lines with bars that begin there, from the first such line to the last. */
    crop(starts) {
      const lines = this.bands.filter((band) => starts.includes(band.start)).map((band) => band.line);
      if (!lines.length) return;
      const top = this.lines[Math.min(...lines)].top - 16; // with the part's letter above
      const bottom = this.lines[Math.max(...lines)].bottom + 4 + (this.rows ? ROW * this.rows.below : 0);
      const width = this.width();
      this.svg.setAttribute('viewBox', `0 ${top} ${width} ${bottom - top}`);
      this.host.style.paddingBottom = `${(100 * (bottom - top)) / width}%`;
    }

    /** Bar number under a point of the window, or null; nearest band of the line when between bars. */
    barFromPoint(x, y) {
      const matrix = this.svg && this.svg.getScreenCTM();
      if (!matrix || !this.bands.length) return null;
      const point = new DOMPoint(x, y).matrixTransform(matrix.inverse());
      let best = null;
      let distance = Infinity;
      for (const band of this.bands) {
        const dy = point.y < band.top ? band.top - point.y : Math.max(0, point.y - band.bottom);
        const dx = point.x < band.left ? band.left - point.x : Math.max(0, point.x - band.right);
        const total = dy * 4 + dx;
        if (total < distance) {
          distance = total;
          best = { number: band.number, dx, dy };
        }
      }
      return best && best.dy <= 24 && best.dx <= 40 ? best.number : null;
    }

    /** All bar numbers, in the order of the score. */
    numbers() {
      return [...new Set(this.bands.map((band) => band.number))];
    }

    /** The same for bands by where their bars begin in the text. */
    markStarts(name, starts) {
      const wanted = new Set(starts);
      for (const band of this.bands) band.rect.classList.toggle(name, wanted.has(band.start));
    }

    /** Give the bands of the bars a class and take it from the others. */
    mark(name, numbers) {
      const wanted = new Set(numbers);
      for (const band of this.bands) band.rect.classList.toggle(name, wanted.has(band.number));
    }

    /** Show the cursor at a place between two notes: positions in the text and a share from 0 to 1. */
    moveCursor(start, next, share) {
      const from = this.noteAt(start);
      if (!this.cursor || !from) return null;
      const to = next === null ? null : this.noteAt(next);
      const { top, bottom } = this.lines[from.line];
      let x = from.x + 4;
      if (to && to.line === from.line && to.x > from.x) x += (to.x - from.x) * share;
      this.cursor.setAttribute('x1', x);
      this.cursor.setAttribute('x2', x);
      this.cursor.setAttribute('y1', top + 2);
      this.cursor.setAttribute('y2', bottom - 2);
      this.cursor.setAttribute('visibility', 'visible');
      return from.line;
    }

    hideCursor() {
      if (this.cursor) this.cursor.setAttribute('visibility', 'hidden');
      this.light([]);
    }

    /** Colour the notes that sound now. */
    light(starts) {
      for (const node of this.lit) node.classList.remove('tw-sounding');
      this.lit = [];
      for (const start of starts) {
        const note = this.noteAt(start);
        if (!note) continue;
        for (const node of note.nodes) {
          node.classList.add('tw-sounding');
          this.lit.push(node);
        }
      }
    }

    /** Rectangle of a line in the window, to scroll to it. */
    lineRect(index) {
      const matrix = this.svg.getScreenCTM();
      const line = this.lines[index];
      const top = new DOMPoint(0, line.top).matrixTransform(matrix).y;
      const bottom = new DOMPoint(0, line.bottom).matrixTransform(matrix).y;
      return { top, bottom };
    }
  }

  root.TunewrightEngraving = { engrave, Engraving, FORMAT };
})(window);
