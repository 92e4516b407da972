/* Playing: the play button, the cursor that follows, loops, tempo, and what to hear in a comparison.
 *
 * The player (see player.js) is the only clock. Timings and bars come from the server with the sound, so cursor
 * and sound are of one timeline; times are milliseconds of the music at 100 %, whatever the tempo is set to.
 */
(function (root) {
  'use strict';

  const calm = root.matchMedia('(prefers-reduced-motion: reduce)');

  function clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  }

  class Transport {
    constructor(pane) {
      this.pane = pane;
      this.player = null;
      this.sheet = null; // the one that plays
      this.answer = null; // what the server said about it
      this.speed = 1;
      this.looping = false;
    }

    /** Switch looping on or off; returns whether it is on. */
    loop() {
      this.looping = !this.looping;
      return this.looping;
    }

    /** Play at another tempo, 1 being the tune's own. */
    hurry(speed) {
      this.speed = speed;
      if (this.player) this.player.rate = speed;
    }

    /** Get sound and timings ready, so that play answers at once. */
    async prepare(sheet) {
      const note = this.pane.find('.tw-note');
      const wish = { ...this.pane.mixer.wish(), language: this.pane.language };
      try {
        const answer = await sheet.perform(this.pane.server, wish);
        this.pane.mixer.list(answer.voices || []);
        if (answer.error && sheet === this.pane.after) {
          note.textContent = answer.timings.length ? this.pane.say('browser_sound') : answer.error;
          note.title = answer.error;
        } else if (sheet === this.pane.after) {
          note.textContent = '';
          note.title = '';
        }
        if (sheet === this.pane.after && !this.player) this.showTime(0, answer.seconds);
        return answer;
      } catch {
        note.textContent = this.pane.say('no_server');
        return null;
      }
    }

    /** Something else is to be heard: go on at the same place of the music. */
    async remix() {
      const { sheet, player, answer } = this;
      if (!player) {
        if (this.pane.data.abc && !this.pane.data.draft) await this.prepare(this.pane.after);
        return;
      }
      const place = player.time - (answer.begins || 0) / 1000;
      const playing = player.playing;
      this.stop();
      await this.ready(sheet);
      if (!this.player) return;
      if (place > 0) this.player.time = place + (this.answer.begins || 0) / 1000;
      if (playing) await this.toggle(sheet);
    }

    /** Play from the first time that a bar is played. */
    async playBar(number) {
      const sheet = this.pane.after;
      if (!this.player || this.sheet !== sheet) await this.ready(sheet);
      if (!this.player) return;
      const found = (this.answer.bars || []).find((bar) => bar[2] === number);
      if (found) this.player.time = found[0] / 1000;
      if (!this.player.playing) await this.toggle(sheet);
    }

    pause() {
      if (!this.player || !this.player.playing) return;
      this.player.pause();
      this.showPlaying(false);
    }

    /** Make a player for a sheet; none where there is nothing to play. */
    async ready(sheet) {
      const { abc } = sheet;
      this.pane.root.classList.add('tw-loading');
      const answer = await this.prepare(sheet);
      this.pane.root.classList.remove('tw-loading');
      // Another version may have come while the server was at work.
      if (!answer || !answer.timings.length || !answer.notes.length || sheet.abc !== abc) return;
      this.stop();
      this.sheet = sheet;
      this.answer = answer;
      this.player = answer.url
        ? new root.TunewrightPlayer.Recording(this.pane.audio, this.pane.address(answer.url))
        : new root.TunewrightPlayer.Synth(answer.notes, answer.seconds);
      this.player.rate = this.speed;
    }

    async toggle(sheet) {
      if (this.player && this.sheet === sheet && this.player.playing) {
        this.player.pause();
        this.showPlaying(false);
        return;
      }
      if (!this.player || this.sheet !== sheet) {
        await this.ready(sheet);
        if (!this.player) return;
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
      } catch {
        this.pane.find('.tw-note').textContent = this.pane.say('no_sound');
        return;
      }
      this.showPlaying(true);
      this.tick();
    }

    /** The stretch of time to be heard, {start, end} in ms, or null for all: what is selected on the
     *  sheet that plays, or in a comparison what differs. */
    piece() {
      if (!this.answer) return null;
      const played = this.answer.bars || [];
      if (this.pane.selection && this.sheet === this.pane.after) {
        return root.TunewrightPlayer.stretch(played, this.pane.selection.first, this.pane.selection.last);
      }
      const changed = this.pane.comparing ? this.pane.data.changed || [] : [];
      if (!changed.length) return null;
      return root.TunewrightPlayer.stretch(played, Math.min(...changed), Math.max(...changed));
    }

    stop() {
      if (this.player) this.player.dispose();
      if (this.sheet && this.sheet.score) this.sheet.score.hideCursor();
      this.player = null;
      this.sheet = null;
      this.showPlaying(false);
      this.showTime(0, this.pane.data.seconds || 0); // known before the sound is
    }

    showPlaying(on) {
      this.pane.root.classList.toggle('tw-playing', on);
      const label = this.pane.say(on ? 'pause' : 'play');
      const main = this.pane.find('[data-do=play]');
      main.title = label;
      main.setAttribute('aria-label', label);
      for (const sheet of [this.pane.before, this.pane.after]) {
        sheet.button.classList.toggle('tw-on', on && this.sheet === sheet);
      }
    }

    showTime(seconds, total) {
      this.pane.find('.tw-time').textContent = `${clock(seconds)} / ${clock(total)}`;
      const bar = this.pane.find('.tw-seek');
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
      const piece = this.looping || this.pane.comparing ? this.piece() : null;
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
          this.sheet.score.hideCursor();
          player.time = 0;
          this.showTime(0, seconds);
          if (this.looping) this.toggle(this.sheet);
        }
      }
    }

    /** Cursor and lit notes for a moment of the music. */
    follow(timings, now) {
      const score = this.sheet.score;
      const index = root.TunewrightPlayer.locate(timings, now);
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
      const view = this.pane.stage.getBoundingClientRect();
      if (top >= view.top && bottom <= view.bottom) return;
      this.pane.stage.scrollBy({
        top: top - view.top - 40, behavior: calm.matches ? 'auto' : 'smooth',
      });
    }


    async seek(seconds) {
      if (!this.player) {
        await this.toggle(this.pane.after);
        if (!this.player) return;
      }
      this.player.time = seconds;
      this.follow(this.answer.timings, seconds * 1000);
      this.showTime(seconds, this.answer.seconds);
    }
  }

  root.TunewrightTransport = { Transport };
})(window);
