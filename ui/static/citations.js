/* Bars that a reply names can be clicked: "bars 5–8" in the chat chooses bars 5 to 8 on the score.
 *
 * The chat's markup is Gradio's and is left alone: citations are painted with the CSS highlight interface, and a
 * click is looked up in the text under it. Without that interface they still work, only without the underline.
 */
(function (root) {
  'use strict';

  const PATTERN = /\bbars?\s+(\d{1,4})(?:\s*(?:–|-|to|and)\s*(\d{1,4}))?|第\s*(\d{1,4})\s*(?:(?:–|-|至|到)\s*第?\s*(\d{1,4})\s*)?小节/gi;

  /** Every citation in a text: {start, end, first, last}. */
  function find(text) {
    const found = [];
    for (const match of text.matchAll(PATTERN)) {
      const first = Number(match[1] ?? match[3]);
      const last = Number(match[2] ?? match[4] ?? first);
      if (last >= first) {
        found.push({ start: match.index, end: match.index + match[0].length, first, last });
      }
    }
    return found;
  }

  function texts(node) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const list = [];
    while (walker.nextNode()) list.push(walker.currentNode);
    return list;
  }

  /** Underline the citations of all replies below `chat`. */
  function paint(chat) {
    const ranges = [];
    for (const bubble of chat.querySelectorAll('.bot.message')) {
      const before = ranges.length;
      for (const node of texts(bubble)) {
        for (const citation of find(node.data)) {
          const range = new Range();
          range.setStart(node, citation.start);
          range.setEnd(node, citation.end);
          ranges.push(range);
        }
      }
      bubble.classList.toggle('tw-cites', ranges.length > before);
    }
    if (root.CSS && CSS.highlights) CSS.highlights.set('tw-citation', new Highlight(...ranges));
  }

  /** The citation under a point of the window, or null. */
  function under(x, y) {
    let node;
    let offset;
    if (document.caretPositionFromPoint) {
      const place = document.caretPositionFromPoint(x, y);
      if (place) ({ offsetNode: node, offset } = place);
    } else if (document.caretRangeFromPoint) {
      const range = document.caretRangeFromPoint(x, y);
      if (range) ({ startContainer: node, startOffset: offset } = range);
    }
    if (!node || node.nodeType !== Node.TEXT_NODE) return null;
    return find(node.data).find((one) => offset >= one.start && offset <= one.end) || null;
  }

  /** Follow a chat from now on; `choose(first, last)` is called for a citation that is clicked. */
  function follow(chat, choose) {
    let waiting = null;
    new MutationObserver(() => {
      clearTimeout(waiting);
      waiting = setTimeout(() => paint(chat), 150);
    }).observe(chat, { childList: true, subtree: true, characterData: true });
    chat.addEventListener('click', (event) => {
      if (!event.target.closest('.bot.message') || !getSelection().isCollapsed) return;
      const citation = under(event.clientX, event.clientY);
      if (citation) choose(citation.first, citation.last);
    });
  }

  const api = { find, follow };
  if (typeof module !== 'undefined' && module.exports) module.exports = api;
  else root.TunewrightCitations = api;
})(typeof window === 'undefined' ? globalThis : window);
