"""How people ask for each change, in English and Chinese: one rule a way of asking, in `RULES`.

A rule is a pattern on the lower-case clause and a function that gives the edit's values (None: it was
not meant after all). Rules stand in order: what is more special comes first. The value "" renames the
operation (a rule for "add a voice" may find that a bass is meant). A room a subject.
"""

from __future__ import annotations

from chat.understand.rules import (
    bars,
    chords,
    copied,
    ends,
    exact,
    hard_chords,
    laid,
    lengths,
    notes,
    one_chord,
    one_note,
    page,
    picked,
    pitch,
    reach,
    returns,
    shape,
    signs,
    speed,
    times,
    voice_keys,
    voices,
    words,
)
from chat.understand.rules.base import Rule
from chat.understand.rules.kept import RULES as KEPT

RULES: tuple[Rule, ...] = (
    *pitch.LOCKS, *page.RULES, *words.RULES,
    *speed.SHARES, *copied.RULES, *reach.RULES, *voice_keys.RULES, *one_chord.RULES, *one_note.RULES,
    *hard_chords.RULES, *laid.RULES, *pitch.KEYS, *picked.RULES, *lengths.RULES, *returns.RULES, *exact.RULES,
    *notes.RULES, *KEPT, *voices.RULES,
    *shape.RULES, *chords.RULES, *bars.RULES, *ends.RULES, *signs.RULES, *times.RULES, *pitch.RULES,
    *speed.RULES, *pitch.LAST,
)  # fmt: skip
"""Every rule, in the order in which they are tried."""
