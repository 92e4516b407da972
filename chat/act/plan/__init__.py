"""From wishes to what is asked of the model and what its grammar allows.

Requirements become properties of `lm.plan` (`making`, with `keys`, `lengths`, `words`); a mood or a kind of music adds
what it implies (`implied`); what the properties cannot say (a scale, a cadence, only some chords) narrows the plan's
grammar (`notes`). What it does not know: free words, and the tune that comes of it.
"""

from __future__ import annotations

from chat.act.plan.keys import in_minor
from chat.act.plan.lengths import DEFAULT_BARS
from chat.act.plan.making import make_plan
from chat.act.plan.words import sung_rows, verse_lines

__all__ = ["DEFAULT_BARS", "in_minor", "make_plan", "sung_rows", "verse_lines"]
