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
      // `crop` holds positions in the text, as the server counts them.
      const width = this.paper.clientWidth;
      const same = abc === this.abc && String(crop) === this.cropped;
      if (!width || (same && Math.abs(width - this.width) < 8)) return;
      if (abc !== this.abc) this.performance = null;
      this.abc = abc;
      this.width = width;
      const at = positions(abc);
      const own = bars.map(([number, start, end]) => ({ number, start: at(start), end: at(end) }));
      this.score = root.TunewrightEngraving.engrave(this.paper, abc, width, own);
      this.score.crop(crop.map(at));
      this.cropped = String(crop);
    }

    /** Mark the bars that begin at these positions, as the server counts them. */
    mark(name, starts) {
      if (this.score) this.score.markStarts(name, starts.map(positions(this.abc)));
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

  root.TunewrightSheet = { Sheet, untitled };
})(window);
