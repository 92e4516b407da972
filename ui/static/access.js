/* What Gradio's chat lacks for keyboards and screen readers, put in as its markup appears.
 *
 * A list of examples is marked as a list but holds buttons; a long line of ABC scrolls but cannot be reached; a
 * reply that is still growing is read aloud again and again unless the log is said to be busy.
 */
(function (root) {
  'use strict';

  function mend(chat, pane) {
    for (const list of chat.querySelectorAll('.examples[role=list]')) {
      list.setAttribute('role', 'group');
      list.setAttribute('aria-label', pane.say('examples'));
    }
    for (const block of chat.querySelectorAll('pre:not([tabindex])')) block.tabIndex = 0;
    const log = chat.querySelector('[role=log]');
    if (log) log.setAttribute('aria-busy', String(Boolean(chat.querySelector('.loading-spinner, .pending'))));
  }

  /** Keep a chat mended from now on. */
  function follow(chat, pane) {
    let waiting = null;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => mend(chat, pane), 60);
    };
    new MutationObserver(later).observe(chat, { childList: true, subtree: true });
    mend(chat, pane);
  }

  root.TunewrightAccess = { follow };
})(window);
