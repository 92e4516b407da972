/* On paper: music engraved once more into a page of its own, one picture a line, so that pages fill.
 *
 * Text is set as text; the page that is printed has no scripts.
 */
(function (root) {
  'use strict';

  const STYLE = '@page{margin:14mm} body{margin:0;color:#000;font:15px/1.5 Georgia,"Noto Serif CJK SC",serif}'
    + ' svg{page-break-inside:avoid} h1{font-size:22px;margin:0 0 4px} p{margin:6px 0}'
    + ' .caption{font-style:italic} li{margin:10px 0;list-style:none} ul{padding:0}'
    + ' .name{float:right;color:#444} .key{page-break-before:always} ';

  function element(page, name, text, className) {
    const node = page.createElement(name);
    if (text) node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  /** Engrave a tune into a node of some page, for paper. */
  function engrave(host, abc) {
    root.ABCJS.renderAbc(host, abc, { staffwidth: 720, oneSvgPerLine: true, responsive: 'resize' });
  }

  /** Open a page, let `fill(page, body)` write it, and print it. */
  function print(title, fill) {
    const frame = document.createElement('iframe');
    frame.className = 'tw-print';
    document.body.append(frame);
    const page = frame.contentDocument;
    page.title = title || 'Tunewright';
    page.head.append(element(page, 'style', STYLE));
    fill(page, page.body);
    frame.contentWindow.addEventListener('afterprint', () => frame.remove());
    frame.contentWindow.print();
    return frame;
  }

  function printTune(title, abc) {
    return print(title, (page, body) => {
      const host = element(page, 'div');
      body.append(host);
      engrave(host, abc);
    });
  }

  /** A worksheet: what is worked on, and with `key` the answers on a page of their own. */
  function printWorksheet(made, words, key) {
    return print(made.title, (page, body) => {
      const part = (sheets, questions, className) => {
        const section = element(page, 'section', '', className);
        for (const [abc, caption] of sheets) {
          if (caption) section.append(element(page, 'p', caption, 'caption'));
          const host = element(page, 'div');
          section.append(host);
          engrave(host, abc);
        }
        const list = element(page, 'ul');
        for (const question of questions) list.append(element(page, 'li', question));
        section.append(list);
        body.append(section);
        return section;
      };
      body.append(element(page, 'div', words.name, 'name'), element(page, 'h1', made.title),
        element(page, 'p', made.instruction));
      part(made.sheets, made.questions, 'work');
      if (key) {
        const answers = part(made.solutions, made.answers, 'key');
        answers.prepend(element(page, 'h1', `${made.title}: ${words.key}`));
      }
    });
  }

  root.TunewrightPrinting = { printTune, printWorksheet };
})(window);
