"""A grammar in which a wrong bar cannot be spelled: what a tune must be → Lark text for llguidance.

What a grammar allows is the canonical text of `lm.spelling` and nothing else, one exception apart: an
accidental that is already in force may be written again. `spec` says what can be asked, `measure`
what one measure is, `layout` in which order measures stand, `text` makes the rules. What it does not
know: which of the possible tunes is a good one.
"""

from __future__ import annotations

from lm.grammar.example import spec_of
from lm.grammar.layout import Slot, slots
from lm.grammar.spec import NOTE_LENGTHS, MeasureSpec, SectionSpec, TuneSpec, VoiceSpec
from lm.grammar.tunes import continue_grammar, fill_grammar, tune_grammar
from lm.grammar.words import words_grammar

__all__ = [
    "NOTE_LENGTHS", "MeasureSpec", "SectionSpec", "Slot", "TuneSpec", "VoiceSpec",
    "continue_grammar", "fill_grammar", "slots", "spec_of", "tune_grammar", "words_grammar",
]  # fmt: skip
