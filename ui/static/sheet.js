/* One sheet of music on the page: its paper, its drawing, and what the server says about its sound. */
(function (root) {
  'use strict';

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

  /** Text with edits applied, and where its positions stood before. Edits are {start, end, text}, in order. */
  function edited(abc, edits) {
    let text = '';
    let from = 0;
    const map = [];
    const take = (until) => {
      for (let i = from; i < until; i += 1) map.push(i);
      text += abc.slice(from, until);
    };
    for (const { start, end, text: added } of edits) {
      take(start);
      for (let i = 0; i < added.length; i += 1) map.push(Math.min(start + i, Math.max(start, end - 1)));
      text += added;
      from = end;
    }
    take(abc.length);
    map.push(abc.length);
    return { text, origin: (position) => map[Math.min(position, map.length - 1)] };
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

    /** Draw a tune, only the lines with the bars of `crop` where that is not empty; whether it was drawn. */
    draw(abc, bars, crop, style) {
      // `crop` holds positions in the text, as the server counts them.
      const width = this.paper.clientWidth;
      const manner = JSON.stringify([crop, style]);
      const same = abc === this.abc && manner === this.manner;
      if (!width || (same && Math.abs(width - this.width) < 8)) return false;
      if (abc !== this.abc) this.performance = null;
      this.abc = abc;
      this.width = width;
      this.at = positions(abc);
      const own = bars.map(([number, start, end]) => ({ number, start: this.at(start), end: this.at(end) }));
      const moved = style && style.edits && style.edits.length
        ? style.edits.map((edit) => ({ ...edit, start: this.at(edit.start), end: this.at(edit.end) })) : [];
      const shown = edited(abc, moved.sort((a, b) => a.start - b.start));
      this.score = root.TunewrightEngraving.engrave(this.paper, shown, width, own, style);
      this.score.crop(crop.map(this.at));
      this.manner = manner;
      return true;
    }

    /** Mark the bars that begin at these positions, as the server counts them. */
    mark(name, starts) {
      if (this.score) this.score.markStarts(name, starts.map(positions(this.abc)));
    }

    /** Ask the server for sound and timings, once for each text and wish (see mixer.js). */
    perform(server, wish) {
      const abc = this.abc;
      const key = JSON.stringify([abc, wish]);
      if (!this.performance || this.performance.key !== key) {
        const at = positions(abc);
        const promise = server.perform({ abc, ...wish }).then((answer) => ({
          ...answer,
          timings: (answer.timings || []).map(([ms, start, length]) => [ms, at(start), length]),
        }));
        this.performance = { key, promise };
        promise.catch(() => { this.performance = null; });
      }
      return this.performance.promise;
    }
  }

  const api = { Sheet, edited, positions, untitled };
  if (typeof module !== 'undefined' && module.exports) module.exports = api;
  else root.TunewrightSheet = api;
})(typeof window === 'undefined' ? globalThis : window);
