/* Sound for one score: the server's recording in an <audio> element, or a small synthesiser of our own.
 *
 * Both are clocks with the same face: play(), pause(), time (seconds of the music at 100 %), duration,
 * rate. The cursor reads the clock; nothing else counts time. The synthesiser is used when the server cannot
 * make sound; it plays the same events, [start, length, midi, velocity, program], in milliseconds.
 */
(function (root) {
  'use strict';

  /** The server's recording. */
  class Recording {
    constructor(audio, url) {
      this.audio = audio;
      audio.src = url;
      audio.preservesPitch = true;
      this.kind = 'server';
    }

    get time() { return this.audio.currentTime; }
    set time(seconds) { this.audio.currentTime = seconds; }
    get duration() { return this.audio.duration || 0; }
    get playing() { return !this.audio.paused && !this.audio.ended; }
    set rate(value) { this.audio.playbackRate = value; }
    play() { return this.audio.play(); }
    pause() { this.audio.pause(); }
    dispose() {
      this.audio.pause();
      this.audio.removeAttribute('src');
      this.audio.load();
    }
  }

  const AHEAD = 0.25; // seconds of notes handed to the audio clock in advance
  const CLICK = -1; // the program of a click of the metronome
  const TICK = 60; // milliseconds between two looks at what comes next

  /** A plain synthesiser: two soft partials and an envelope for each note. */
  class Synth {
    constructor(notes, seconds) {
      this.notes = notes; // sorted by start
      this.duration = seconds;
      this.kind = 'browser';
      this.speed = 1;
      this.position = 0;
      this.playing = false;
      this.timer = null;
      this.voices = new Set();
    }

    get time() {
      if (!this.playing) return this.position;
      return this.position + (this.context.currentTime - this.began) * this.speed;
    }

    set time(seconds) {
      const was = this.playing;
      this.pause();
      this.position = Math.max(0, Math.min(seconds, this.duration));
      if (was) this.play();
    }

    set rate(value) {
      const was = this.playing;
      this.pause();
      this.speed = value;
      if (was) this.play();
    }

    async play() {
      if (this.playing) return;
      this.context = this.context || new (root.AudioContext || root.webkitAudioContext)();
      await this.context.resume();
      if (this.position >= this.duration - 0.01) this.position = 0;
      this.began = this.context.currentTime + 0.03;
      this.next = this.notes.findIndex((note) => note[0] >= this.position * 1000 - 1);
      if (this.next < 0) this.next = this.notes.length;
      this.playing = true;
      this.schedule();
      this.timer = setInterval(() => this.schedule(), TICK);
    }

    schedule() {
      const horizon = (this.time + AHEAD * this.speed) * 1000;
      while (this.next < this.notes.length && this.notes[this.next][0] <= horizon) {
        const [start, length, midi, velocity, program] = this.notes[this.next];
        const when = this.began + (start / 1000 - this.position) / this.speed;
        if (program === CLICK) this.click(Math.max(when, this.context.currentTime), velocity);
        else this.sound(Math.max(when, this.context.currentTime), length / 1000 / this.speed, midi, velocity);
        this.next += 1;
      }
      if (this.time >= this.duration) {
        this.pause();
        this.position = this.duration;
      }
    }

    sound(when, length, midi, velocity) {
      const gain = this.context.createGain();
      const loud = 0.16 * Math.pow(velocity / 127, 1.4);
      const held = Math.max(0.06, length * 0.94);
      gain.gain.setValueAtTime(0, when);
      gain.gain.linearRampToValueAtTime(loud, when + 0.012);
      gain.gain.setTargetAtTime(loud * 0.45, when + 0.02, 0.25);
      gain.gain.setTargetAtTime(0, when + held, 0.045);
      gain.connect(this.context.destination);
      const frequency = 440 * Math.pow(2, (midi - 69) / 12);
      for (const [type, times, share] of [['triangle', 1, 1], ['sine', 2, 0.25]]) {
        const oscillator = this.context.createOscillator();
        const part = this.context.createGain();
        part.gain.value = share;
        oscillator.type = type;
        oscillator.frequency.value = frequency * times;
        oscillator.connect(part).connect(gain);
        oscillator.start(when);
        oscillator.stop(when + held + 0.35);
        this.voices.add(oscillator);
        oscillator.onended = () => this.voices.delete(oscillator);
      }
    }

    /** A tick of the metronome, higher where it is accented. */
    click(when, velocity) {
      const gain = this.context.createGain();
      const oscillator = this.context.createOscillator();
      oscillator.type = 'square';
      oscillator.frequency.value = velocity > 100 ? 1600 : 1100;
      gain.gain.setValueAtTime(0.08, when);
      gain.gain.exponentialRampToValueAtTime(0.001, when + 0.05);
      oscillator.connect(gain).connect(this.context.destination);
      oscillator.start(when);
      oscillator.stop(when + 0.06);
      this.voices.add(oscillator);
      oscillator.onended = () => this.voices.delete(oscillator);
    }

    pause() {
      if (!this.playing) return;
      this.position = Math.max(0, this.time);
      this.playing = false;
      clearInterval(this.timer);
      for (const voice of this.voices) {
        try { voice.stop(); } catch { /* a voice that has not begun cannot stop */ }
        voice.disconnect();
      }
      this.voices.clear();
    }

    dispose() {
      this.pause();
      if (this.context) this.context.close();
    }
  }

  /** Index of the last timing at or before a time; timings are [ms, start, length] sorted by ms. */
  function locate(timings, milliseconds) {
    let low = 0;
    let high = timings.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (timings[middle][0] <= milliseconds) low = middle;
      else high = middle - 1;
    }
    return timings.length && timings[low][0] <= milliseconds ? low : -1;
  }

  /**
   * The shortest stretch of time that begins with the first bar and ends with the last: {start, end} in
   * milliseconds. In music with repeats this prefers the pass in which the bars follow each other.
   * `occurrences` are [ms, end ms, bar number] in the order they are played.
   */
  function stretch(occurrences, first, last) {
    let best = null;
    for (let i = 0; i < occurrences.length; i += 1) {
      if (occurrences[i][2] !== first) continue;
      for (let j = i; j < occurrences.length; j += 1) {
        if (occurrences[j][2] !== last) continue;
        const found = { start: occurrences[i][0], end: occurrences[j][1] };
        if (!best || found.end - found.start < best.end - best.start) best = found;
        break;
      }
    }
    return best;
  }

  const api = { Recording, Synth, locate, stretch };
  if (typeof module !== 'undefined' && module.exports) module.exports = api;
  else root.TunewrightPlayer = api;
})(typeof window === 'undefined' ? globalThis : window);
