/* Where to break the lines of a score, for a given width.
 *
 * Works on what abcjs has parsed, before it is drawn, and answers in abcjs's own terms: for each section
 * of music the zero-based numbers of the bar signs that end a line (a sign at the very start counts too).
 * The text is not touched, so character positions stay true.
 *
 * Rules: sections (repeats, double bars) start a new line; four bars a line where they fit, else two, else
 * one; a pickup belongs to the bar after it; a lone last bar joins the line before if there is room.
 * Knows nothing of the page: pure functions, tested under node.
 */
(function (root) {
  'use strict';

  const NOTE = 20; // what an average note needs at scale 1, in pixels
  const BAR = 18; // a bar sign and the space around it
  const MARGIN = 90; // clef, key and meter
  const LETTER = 7.5; // one letter of a syllable or chord symbol
  const CHOICES = [4, 2, 1];
  const SECTION_ENDS = new Set([
    'bar_right_repeat', 'bar_dbl_repeat', 'bar_thin_thin', 'bar_thin_thick', 'bar_thick_thin',
  ]);

  /** Width that one note, rest or chord asks for. */
  function weigh(element) {
    let width = NOTE;
    if (element.duration >= 0.5) width += 8;
    if (element.gracenotes) width += 9 * element.gracenotes.length;
    if (element.pitches && element.pitches.some((pitch) => pitch.accidental)) width += 9;
    for (const lyric of element.lyric || []) {
      width = Math.max(width, LETTER * (String(lyric.syllable || '').length + 1));
    }
    return width;
  }

  /** Measures of one voice: {width, duration, end: number of the bar sign that closes it, section}. */
  function measures(voice) {
    const found = [];
    let sign = -1;
    let open = { width: 0, duration: 0 };
    for (const element of voice) {
      if (element.el_type === 'note') {
        open.width += weigh(element);
        open.duration += element.duration || 0;
      } else if (element.el_type === 'bar') {
        sign += 1;
        if (open.width === 0) continue;
        const section = SECTION_ENDS.has(element.type) && !element.startEnding;
        found.push({ width: open.width + BAR, duration: open.duration, end: sign, section });
        open = { width: 0, duration: 0 };
      }
    }
    if (open.width > 0) {
      found.push({ width: open.width, duration: open.duration, end: sign + 1, section: true });
    }
    return found;
  }

  /** The widest of several voices, measure by measure; the first voice says where signs are. */
  function widest(voices) {
    const all = voices.map(measures);
    const first = all[0] || [];
    return first.map((measure, index) => ({
      ...measure,
      width: Math.max(...all.map((one) => (one[index] ? one[index].width : 0))),
    }));
  }

  /** Split measures into sections, a pickup joined with the bar after it. */
  function sections(list) {
    const result = [];
    let section = [];
    list.forEach((measure) => {
      const before = section[section.length - 1];
      const pickup = section.length === 1 && before.duration < measure.duration * 0.8;
      if (pickup) {
        section[0] = { ...measure, width: before.width + measure.width };
      } else {
        section.push(measure);
      }
      if (measure.section) {
        result.push(section);
        section = [];
      }
    });
    if (section.length) result.push(section);
    return result;
  }

  /** Numbers of bars for each line: `count` bars at about `target` a line, as even as can be. */
  function share(count, target, limit) {
    let lines = Math.max(1, Math.floor(count / target + 0.49));
    if (Math.ceil(count / lines) > limit) lines = Math.ceil(count / limit);
    if (count % target === 0 && count / target >= 1) lines = count / target;
    const sizes = [];
    for (let line = 0; line < lines; line += 1) {
      sizes.push(Math.floor((count - sizes.reduce((a, b) => a + b, 0)) / (lines - line)));
    }
    return sizes;
  }

  /** The most bars a line, out of CHOICES, with which no line of the section gets too narrow. */
  function chooseTarget(section, room) {
    for (const target of CHOICES) {
      let start = 0;
      let fits = true;
      for (const size of share(section.length, target, target + (target > 1 ? 1 : 0))) {
        const line = section.slice(start, start + size);
        if (size > 1 && line.reduce((sum, one) => sum + one.width, 0) > room) fits = false;
        start += size;
      }
      if (fits) return target;
    }
    return 1;
  }

  /** Line breaks for one stretch of music (all its voices) in `width` pixels. */
  function planSection(voices, width) {
    const room = width - MARGIN;
    const parts = sections(widest(voices));
    // One layout for the whole tune reads better than one for each section.
    const target = Math.min(4, ...parts.map((part) => chooseTarget(part, room)));
    const ends = [];
    for (const part of parts) {
      let start = 0;
      for (const size of share(part.length, target, target + (target > 1 ? 1 : 0))) {
        start += size;
        ends.push(part[start - 1].end);
      }
    }
    ends.pop(); // the end of the music is no break
    return ends;
  }

  /** Line breaks for lines as abcjs gives them (`tune.deline()`): one list for each with music. */
  function plan(lines, width) {
    return lines
      .filter((line) => line.staff)
      .map((line) => planSection(line.staff.flatMap((staff) => staff.voices), width));
  }

  /** The same breaks as positions in the text: where the bar signs that end a line end. */
  function planPositions(lines, width) {
    const positions = [];
    lines.filter((line) => line.staff).forEach((line) => {
      const voices = line.staff.flatMap((staff) => staff.voices);
      const signs = voices[0].filter((element) => element.el_type === 'bar');
      for (const sign of planSection(voices, width)) {
        if (signs[sign]) positions.push(signs[sign].endChar);
      }
    });
    return positions;
  }

  /**
   * Break the lines of the text itself: {text, origin}, where origin(position in the new text) is the
   * position in the old one. Needed for tunes that change key: abcjs draws such a key twice when it breaks
   * lines by itself. Only for music in one voice without words; null for anything else.
   */
  function rebreak(abc, positions) {
    const head = /^K:.*$/m.exec(abc);
    if (!head) return null;
    const start = head.index + head[0].length;
    const body = abc.slice(start);
    if (/^(V|w|s|\+):|\[V:|\\\s*$/m.test(body)) return null;
    const wanted = new Set(positions);
    const music = (line) => line.trim() !== '' && !/^([A-Za-z]:|%)/.test(line);
    let text = abc.slice(0, start);
    const map = Array.from({ length: start }, (_, index) => index);
    let at = start;
    const lines = body.split('\n');
    lines.forEach((line, number) => {
      let broken = false;
      for (const letter of line) {
        for (let unit = 0; unit < letter.length; unit += 1) map.push(at + unit);
        text += letter;
        at += letter.length;
        broken = false;
        if (wanted.has(at) && music(line)) {
          text += '\n';
          map.push(at);
          broken = true;
        }
      }
      if (number === lines.length - 1) return;
      const joins = music(line) && music(lines[number + 1]) && !broken;
      if (!broken) {
        text += joins ? ' ' : '\n';
        map.push(at);
      }
      at += 1;
    });
    map.push(at);
    return { text, origin: (position) => map[Math.min(position, map.length - 1)] };
  }

  const api = { plan, planPositions, planSection, rebreak, share, measures, sections };
  if (typeof module !== 'undefined' && module.exports) module.exports = api;
  else root.TunewrightBreaks = api;
})(typeof window === 'undefined' ? globalThis : window);
