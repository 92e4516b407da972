"""Sections of a tune: where they begin and end, what they are called, which are alike.

Boundaries are part labels (`P:`), repeats and double bars; a tune without any is cut into phrases of
eight (or four) bars when that divides it. Labels are `P:`'s own, or letters given by likeness, so
that AABA comes out as A A B A. Bars are printed numbers; a pickup belongs to what follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import TYPE_CHECKING

from abc_tools.tune import Measure, Tune

if TYPE_CHECKING:
    from abc_tools.places import Place

ALIKE = 0.72
"""Share of equal events from which two sections get the same letter."""


@dataclass(frozen=True)
class Section:
    """Bars `first`–`last` (printed); `start`–`stop` index the voice's measures, half open."""

    label: str
    first: int
    last: int
    start: int
    stop: int
    repeated: bool
    marked: bool

    @property
    def bars(self) -> int:
        """How many printed bars."""
        return self.last - self.first + 1


def sections(tune: Tune) -> list[Section]:
    """The tune's sections in order, [] if it has no music.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:C\\nCD|EC:|\\nGE|DC|]\\n")
    >>> [(s.label, s.first, s.last, s.repeated) for s in sections(tune)]
    [('A', 1, 2, True), ('B', 3, 4, False)]
    """
    measures = tune.measures
    if not measures:
        return []
    starts = _starts(measures)
    marked = len(starts) > 1 or bool(measures[0].part)
    if not marked:
        starts = _phrases(measures)
    found: list[Section] = []
    for start, stop in zip(starts, [*starts[1:], len(measures)], strict=True):
        part = measures[start:stop]
        first = part[0].number or (part[1].number if len(part) > 1 else 0)
        if found and first <= found[-1].last and len(part) > 1:
            first = found[-1].last + 1
        label = part[0].part or _letter(part, found, measures)
        repeated = any(m.after is not None and m.after.repeat_end for m in part)
        found.append(
            Section(
                label, first, part[-1].number + part[-1].count - 1, start, stop, repeated, marked
            )
        )
    return found


def _starts(measures: tuple[Measure, ...]) -> list[int]:
    """Indices where a section begins. Endings and their repeat stay in their section."""
    starts = [0]
    for index, measure in enumerate(measures[1:], start=1):
        if measure.ending:
            continue
        if measure.part or (measure.starts_section and index - starts[-1] >= 2):
            starts.append(index)
    return starts


def _phrases(measures: tuple[Measure, ...]) -> list[int]:
    pickup = 1 if measures[0].number == 0 else 0
    bars = len(measures) - pickup
    size = next((n for n in (8, 4) if bars % n == 0 and bars // n > 1), bars)
    return [0, *range(pickup + size, len(measures), size)]


def _letter(part: tuple[Measure, ...], found: list[Section], measures: tuple[Measure, ...]) -> str:
    """The letter of the earlier section that `part` is most like, or the next free one."""
    best, score = "", ALIKE
    for section in found:
        value = likeness(part, measures[section.start : section.stop])
        if value >= score:
            best, score = section.label, value
    if best:
        return best
    used = {section.label for section in found}
    return next(c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 9 if c not in used or len(used) > 25)


def likeness(one: tuple[Measure, ...], other: tuple[Measure, ...]) -> float:
    """Share of events (pitch and length) that two stretches have in common, in order; 0 to 1."""
    a, b = _events(one), _events(other)
    if not a or not b:
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _events(measures: tuple[Measure, ...]) -> list[tuple[tuple[int, ...], Fraction]]:
    return [(e.midi, e.duration) for m in measures for e in m.events]


_BESIDE = re.compile(r"(?i)intro|outro|coda|tag|ending|pickup|前奏|尾声|间奏")
"""Parts that stand beside the form."""


def form(tune: Tune) -> str:
    """The form in letters, repeats written out: `AABB`, `AABA`. A part with a name among parts with letters ("Bridge")
    has the next letter; parts that have only names have none.
    """
    found = [s for s in sections(tune) if not _BESIDE.match(s.label)]
    letters = {s.label: s.label for s in found if len(s.label) == 1}
    for label in dict.fromkeys(s.label for s in found if letters):
        free = (c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in letters.values())
        letters.setdefault(label, next(free, ""))
    return "".join(letters.get(s.label, "") * (2 if s.repeated else 1) for s in found)


def find(tune: Tune, words: str) -> Place:
    """The bars that words mean in this tune: `places.find_place`.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:C\\nP:A\\nCD|EC|\\nP:B\\nGE|DC|]\\n")
    >>> find(tune, "the B part").first
    3
    """
    from abc_tools.places import find_place

    return find_place(tune, words)
