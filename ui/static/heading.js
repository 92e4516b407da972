/* What stands above the score: whether it is right, and the versions that there are. */
(function (root) {
  'use strict';

  class Heading {
    constructor(pane) {
      this.pane = pane;
    }

    /** Whether every bar adds up, and what does not. */
    check(data) {
      const check = this.pane.find('.tw-check');
      const problems = data.problems || [];
      check.hidden = !data.abc || data.draft;
      check.classList.toggle('tw-bad', problems.length > 0);
      const summary = check.querySelector('summary');
      summary.textContent = problems.length
        ? this.pane.say('problems', { count: problems.length }) : this.pane.say('checked');
      summary.title = problems.length ? '' : this.pane.say('checked_title');
      const list = check.querySelector('.tw-menu-list');
      list.textContent = problems.length ? '' : this.pane.say('checked_title');
      for (const problem of problems) {
        const entry = document.createElement('button');
        entry.type = 'button';
        entry.textContent = problem.message;
        entry.addEventListener('click', () => {
          if (problem.bar !== null) this.pane.select(problem.bar, problem.bar, problem.bar);
        });
        list.append(entry);
      }
    }

    /** Every version as a button, the one that is shown in view. */
    versions(data) {
      const list = this.pane.find('.tw-versions');
      const versions = data.versions || [];
      const key = JSON.stringify([versions, data.version, this.pane.language]);
      if (list.dataset.key === key) return;
      list.dataset.key = key;
      list.classList.toggle('tw-single', versions.length < 2 && data.version !== null && data.version !== undefined);
      list.textContent = '';
      for (const version of versions) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'tw-version';
        button.dataset.version = String(version.number);
        const number = document.createElement('b');
        number.textContent = `v${version.number}`;
        const note = document.createElement('span');
        note.textContent = version.note;
        button.append(number, note);
        button.title = version.note;
        if (version.number === data.version) button.setAttribute('aria-current', 'true');
        button.addEventListener('click', () => {
          this.pane.trigger('navigate', { to: 'version', number: version.number });
        });
        list.append(button);
      }
      const current = list.querySelector('[aria-current]');
      if (current) {
        const middle = current.offsetLeft - list.offsetLeft + current.offsetWidth / 2;
        list.scrollLeft = middle - list.clientWidth / 2;
      }
    }
  }

  root.TunewrightHeading = { Heading };
})(window);
