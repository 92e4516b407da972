/* Saving the tune that is shown: as ABC, as a file made by the server, or on paper. */
(function (root) {
  'use strict';

  class Saving {
    constructor(pane) {
      this.pane = pane;
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
      const menu = this.pane.find('.tw-save');
      const note = this.pane.find('.tw-note');
      menu.open = false;
      const abc = this.pane.data.abc;
      if (!abc) return;
      if (kind === 'print') {
        root.TunewrightPrinting.printTune(this.pane.data.title, abc);
        return;
      }
      const name = (this.pane.data.title || 'tune').replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'tune';
      if (kind === 'abc') {
        this.saveBlob(new Blob([abc], { type: 'text/vnd.abc' }), `${name}.abc`);
        return;
      }
      note.textContent = this.pane.say('preparing');
      try {
        // Sound is saved as it is heard: with the voices that are on, and the metronome if it ticks.
        const heard = ['mp3', 'ogg', 'wav'].includes(kind) ? this.pane.mixer.wish() : {};
        const more = kind === 'project' ? { project: this.pane.data.project } : heard;
        const language = this.pane.language;
        const answer = await this.pane.server.export({ abc, kind, language, ...more });
        if (answer.error) {
          note.textContent = answer.error;
          return;
        }
        // Through a blob, because the server's own name for the file would win over ours.
        const file = await fetch(this.pane.address(answer.url));
        if (!file.ok) throw new Error(file.statusText);
        this.saveBlob(await file.blob(), `${name}.${kind === 'project' ? 'zip' : kind}`);
        note.textContent = '';
      } catch {
        note.textContent = this.pane.say('no_server');
      }
    }
  }

  root.TunewrightSaving = { Saving };
})(window);
