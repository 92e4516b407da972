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
        this.print(abc);
        return;
      }
      const name = (this.pane.data.title || 'tune').replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'tune';
      if (kind === 'abc') {
        this.saveBlob(new Blob([abc], { type: 'text/vnd.abc' }), `${name}.abc`);
        return;
      }
      note.textContent = this.pane.say('preparing');
      try {
        const answer = await this.pane.server.export({ abc, kind });
        if (answer.error) {
          note.textContent = answer.error;
          return;
        }
        // Through a blob, because the server's own name for the file would win over ours.
        const file = await fetch(this.pane.address(answer.url));
        if (!file.ok) throw new Error(file.statusText);
        this.saveBlob(await file.blob(), `${name}.${kind}`);
        note.textContent = '';
      } catch (_) {
        note.textContent = this.pane.say('no_server');
      }
    }

    /** Engrave once more into a page of its own and print that: one picture a line, so that pages fill. */
    print(abc) {
      const frame = document.createElement('iframe');
      frame.className = 'tw-print';
      document.body.append(frame);
      const page = frame.contentDocument;
      page.title = this.pane.data.title || 'Tunewright';
      const style = page.createElement('style');
      style.textContent = '@page{margin:14mm} body{margin:0;color:#000} svg{page-break-inside:avoid}';
      page.head.append(style);
      const host = page.createElement('div');
      page.body.append(host);
      root.ABCJS.renderAbc(host, abc, { staffwidth: 720, oneSvgPerLine: true, responsive: 'resize' });
      frame.contentWindow.addEventListener('afterprint', () => frame.remove());
      frame.contentWindow.print();
    }
  }

  root.TunewrightSaving = { Saving };
})(window);
