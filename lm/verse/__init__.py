"""Verse for tunes, written on the processor at once: lines whose syllables fill given slots.

`write` gives the lines for an `Order` (slots, rhymes, theme, words that must occur, refrains, language,
seed), `sung_lines` finds the lines and slots of a tune, `plan_lines` their rhymes and refrains, `put` sets
syllables under its notes; `fit` measures how stresses and beats agree. For a melody made to given words,
`sung_to` gives it their rhythm and `fit_text` measures it before they are set. The model is one small file
learnt from poems in the public domain (`lm/weights/verse`); English and Chinese. What it does not know:
what the words mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from lm.verse.forms import plan_lines
from lm.verse.order import MIDDLE, STRONG, WEAK, Order, Shape, scheme
from lm.verse.setting import sung_to
from lm.verse.slots import Slot, SungLine, sung_lines
from lm.verse.under import Measured, fit, fit_text, measured, put

__all__ = [
    "MIDDLE", "STRONG", "WEAK", "Measured", "Order", "Shape", "Slot", "SungLine", "Verse", "fit", "fit_text",
    "measured", "plan_lines", "put", "scheme", "sung_lines", "sung_to", "write",
]  # fmt: skip


@dataclass(frozen=True)
class Verse:
    """The lines of a verse, with marks at their ends, and the given words that found no place."""

    lines: tuple[str, ...]
    missing: tuple[str, ...]


def write(order: Order) -> Verse:
    """A verse for an order. ValueError for a language that has no model; OSError where the file is gone."""
    if order.language == "en":
        from lm.verse.english import write as writer
    elif order.language == "zh":
        from lm.verse.chinese import write as writer
    else:
        raise ValueError(f"no verse in the language {order.language!r}; known are en and zh")
    lines, missing = writer(order)
    return Verse(tuple(lines), tuple(missing))
