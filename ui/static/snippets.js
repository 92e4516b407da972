/* Notes in a reply are drawn: a fence of ABC in the chat becomes a small score, its text one click away.
 *
 * Only what is inside the fence's own box is touched, so that Gradio can write a bubble anew at any time. The text
 * stays in the page, because the box's copy button reads it.
 */
(function (root) {
  'use strict';

  const ZOOM = 0.72;
  const WIDEST = 640;

  /** Whether a text is a tune that can be drawn: it has its key and a barline behind it. */
  function isTune(text) {
    const key = /^K:[^\n]*\n/m.exec(text);
    return /^X:/m.test(text) && key !== null && text.slice(key.index).includes('|');
  }

  /** The tune without what is said elsewhere: its tempo and comments; a single bar has no meter to be read. */
  function forSmallScore(text) {
    const plain = text.replace(/^%(?!%).*\n/gm, '').replace(/^Q:.*\n/gm, '');
    const music = plain.slice(plain.search(/^K:/m)).replace(/^\S:.*\n/gm, '');
    return (music.match(/\|/g) || []).length > 1 ? plain : plain.replace(/^M:.*\n/m, 'M:none\n');
  }

  function draw(code, words) {
    const box = code.closest('pre').parentElement;
    if (box.querySelector('.tw-snippet') && box.dataset.twDrawn === code.textContent) return;
    const text = code.textContent.trim() + '\n';
    box.querySelector('.tw-snippet')?.remove();
    box.dataset.twDrawn = code.textContent;
    if (!isTune(text)) return;
    const figure = document.createElement('figure');
    figure.className = 'tw-snippet';
    const host = document.createElement('div');
    figure.append(host);
    box.prepend(figure);
    const width = Math.min(WIDEST, Math.max(220, box.clientWidth - 8)) / ZOOM;
    try {
      root.ABCJS.renderAbc(host, forSmallScore(text), {
        responsive: 'resize',
        add_classes: true,
        staffwidth: width,
        foregroundColor: 'currentColor',
        paddingtop: 2,
        paddingbottom: 2,
        paddingleft: 0,
        paddingright: 0,
        wrap: { minSpacing: 1.5, maxSpacing: 2.6, preferredMeasuresPerLine: 4 },
        format: { titleleft: true, stretchlast: 0, titlefont: 'Georgia, "Noto Serif CJK SC", serif 16' },
      });
    } catch {
      figure.remove(); // the text is still there
      return;
    }
    host.setAttribute('role', 'img');
    host.setAttribute('aria-label', words.notes);
    const toggle = document.createElement('button');
    toggle.type = 'button';
    toggle.className = 'tw-snippet-text';
    toggle.textContent = words.text;
    toggle.setAttribute('aria-expanded', 'false');
    toggle.addEventListener('click', (event) => {
      event.stopPropagation();
      const open = box.classList.toggle('tw-open');
      toggle.setAttribute('aria-expanded', String(open));
    });
    figure.append(toggle);
    box.classList.add('tw-drawn');
  }

  /** Follow a chat from now on; `words` are what is read of a drawing and what its button says. */
  function follow(chat, words) {
    let waiting = null;
    const look = () => {
      for (const code of chat.querySelectorAll('.bot.message pre code')) draw(code, words());
    };
    new MutationObserver(() => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 120);
    }).observe(chat, { childList: true, subtree: true, characterData: true });
    look();
  }

  const api = { isTune, forSmallScore, follow };
  if (typeof module !== 'undefined' && module.exports) module.exports = api;
  else root.TunewrightSnippets = api;
})(typeof window === 'undefined' ? globalThis : window);
