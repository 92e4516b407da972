"""Verse for tunes, written on the processor at once: lines whose syllables fill given slots.

`write` gives the lines for an `Order` (slots, rhymes, theme, words that must occur, refrains, language,
seed), `sung_lines` finds the lines and slots of a tune, `plan_lines` their rhymes and refrains, `put` sets
syllables under its notes; `about` says whether words are about a theme, `fit` measures how stresses and
beats agree. For a melody made to given words, `sung_to` gives it their rhythm and `fit_text` measures it
before they are set. Lines are clauses written by hand for some sixty themes (`lm/verse/sense`); where none
fits, a small model learnt from poems in the public domain writes (`lm/weights/verse`). English and
Chinese. What it does not know: a story.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lm.verse import sense
from lm.verse.forms import plan_lines
from lm.verse.order import MIDDLE, STRONG, WEAK, Order, Shape, scheme
from lm.verse.sense import about
from lm.verse.setting import sung_to
from lm.verse.slots import Slot, SungLine, sung_lines
from lm.verse.under import Measured, fit, fit_text, measured, put

__all__ = [
    "MIDDLE", "STRONG", "WEAK", "Measured", "Order", "Shape", "Slot", "SungLine", "Verse", "about", "fit", "fit_text",
    "measured", "plan_lines", "put", "scheme", "sung_lines", "sung_to", "write",
]  # fmt: skip


@dataclass(frozen=True)
class Verse:
    """The lines of a verse, with marks at their ends, and the given words that found no place."""

    lines: tuple[str, ...]
    missing: tuple[str, ...]


def write(order: Order) -> Verse:
    """A verse for an order. ValueError for a language that has no model; OSError where the file is gone.

    Lines are composed of clauses that say something about the theme; where none fits the slots, what
    was learnt from poems writes the line.
    """
    if order.language == "en":
        from lm.verse import english as learnt
    elif order.language == "zh":
        from lm.verse import chinese as learnt  # type: ignore[no-redef]
    else:
        raise ValueError(f"no verse in the language {order.language!r}; known are en and zh")
    composed, missing = sense.write(order)
    marked = {n: learnt.marked(line, n, order) for n, line in composed.items()}
    fixed = {**order.fixed, **marked}
    open_lines = [n for n in range(len(order.shapes)) if n not in fixed and n not in order.again]
    if not open_lines:
        lines = [fixed.get(n, "") for n in range(len(order.shapes))]
        for n, earlier in sorted(order.again.items()):
            lines[n] = fixed[n] if n in fixed else learnt.marked(_bare(lines[earlier]), n, order)
        return Verse(tuple(lines), missing)
    rest, missing_still = learnt.write(replace(order, fixed=fixed, must=missing))
    return Verse(tuple(rest), tuple(missing_still))


def _bare(line: str) -> str:
    return line.rstrip(".,，。")
