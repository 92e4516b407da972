"""What a voice reader collects before it can be frozen: drafts of events and measures.

A note's length is known only when the `>` behind it has been read, its syllables when the `w:` line
below it has: so the reader keeps drafts, and `finished` turns them into `Measure`s once. Lengths are
counted in ticks (integers in all but freak cases), which add much faster than `Fraction`s do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from abc_tools.quick import builder
from abc_tools.text import Span
from abc_tools.theory import Key, Meter
from abc_tools.tune import Barline, Event, Mark, Measure, Note, Tempo

WHOLE = 2**12 * 3**2 * 5 * 7 * 11 * 13
"""Ticks of a whole note: every usual tuplet of every usual note value is an integer of them."""

Ticks = int | Fraction
_event, _measure = builder(Event), builder(Measure)


def ticks_of(length: Fraction) -> Ticks:
    """A length in whole notes as ticks.

    >>> ticks_of(Fraction(1, 4)) * 4 == WHOLE
    True
    """
    exact = length * WHOLE
    return exact.numerator if exact.denominator == 1 else exact


@lru_cache(maxsize=8192)
def length_of(ticks: Ticks) -> Fraction:
    """Ticks as a length in whole notes."""
    return Fraction(ticks) / WHOLE


def scaled(ticks: Ticks, ratio: Fraction) -> Ticks:
    """Ticks times a ratio, an integer again if it can be."""
    product = ticks * ratio.numerator
    if isinstance(product, int):
        quotient, rest = divmod(product, ratio.denominator)
        if not rest:
            return quotient
    return Fraction(product) / ratio.denominator


@dataclass
class Signs:
    """Signs that wait for the next note."""

    symbol: str | None = None
    symbol_span: Span | None = None
    annotations: list[tuple[str, Span]] = field(default_factory=list)
    decorations: list[tuple[str, Span]] = field(default_factory=list)
    grace: tuple[Note, ...] = ()
    grace_span: Span | None = None


class EventDraft:
    """An event that is not finished; the attributes are those of `tune.Event`."""

    __slots__ = (
        "extra", "kind", "macro", "measures", "notes", "signs", "span", "syllables", "ticks", "tie",
        "tied", "written",
    )  # fmt: skip

    def __init__(
        self, kind: str, span: Span, ticks: Ticks, written: Fraction, notes: tuple[Note, ...]
    ) -> None:
        self.kind = kind
        self.span = span
        self.ticks = ticks
        self.written = written
        self.notes = notes
        self.signs: Signs | None = None
        self.extra: list[str] | None = None  # decorations of a symbol line
        self.syllables: list[str | None] | None = None
        self.measures = 0
        self.tie = self.tied = self.macro = False

    def finished(self, onset: Ticks) -> Event:
        """The event at its onset."""
        signs = self.signs
        if signs is None:
            symbol = symbol_span = grace_span = None
            annotations: tuple[str, ...] = ()
            decorations: tuple[str, ...] = ()
            grace: tuple[Note, ...] = ()
        else:
            symbol, symbol_span = signs.symbol, signs.symbol_span
            annotations = tuple([text for text, _ in signs.annotations])
            decorations = tuple([text for text, _ in signs.decorations])
            grace, grace_span = signs.grace, signs.grace_span
        if self.extra:
            decorations += tuple(self.extra)
        return _event(
            self.kind, self.span, length_of(onset), length_of(self.ticks), self.written, self.notes,
            symbol, symbol_span, annotations, decorations, grace, grace_span, self.tie, self.tied,
            tuple(self.syllables) if self.syllables else (), self.measures, self.macro,
        )  # fmt: skip


@dataclass
class MeasureDraft:
    """A measure whose events are drafts; `layers[0]` is the main layer, the others are overlays."""

    layers: list[list[EventDraft]]
    marks: list[Mark]
    pieces: list[list[int]]  # [start, end]
    before: tuple[Barline, ...]
    after: Barline | None
    ending: tuple[int, ...]
    part: str
    key: Key
    key_at_end: Key
    meter: Meter | None
    unit: Fraction
    tempo: Tempo | None
    number: int = 0

    @property
    def ticks(self) -> Ticks:
        """Length of the main layer."""
        return sum([event.ticks for event in self.layers[0]])

    @property
    def count(self) -> int:
        """How many measures it stands for: more than one for `Z4`."""
        for event in self.layers[0]:
            if event.measures:
                return event.measures
        return 1

    def finished(self, full: bool) -> Measure:
        """The measure with everything in it; `full` says whether it has its full length."""
        measure = _measure(
            self.number, Span(self.pieces[0][0], self.pieces[-1][1]),
            tuple([Span(start, end) for start, end in self.pieces]),
            _events(self.layers[0]), tuple(self.marks),
            tuple([_events(layer) for layer in self.layers[1:]]), self.before, self.after,
            self.ending, self.part, self.key, self.key_at_end, self.meter, self.unit, self.tempo,
            self.count,
        )  # fmt: skip
        measure.__dict__["full"] = full  # known in ticks, which compare faster than fractions
        return measure


def _events(layer: list[EventDraft]) -> tuple[Event, ...]:
    events = []
    onset: Ticks = 0
    for draft in layer:
        events.append(draft.finished(onset))
        onset += draft.ticks
    return tuple(events)


@lru_cache(maxsize=256)
def _full(meter: Meter) -> Ticks:
    return ticks_of(meter.length)


def finished(drafts: list[MeasureDraft]) -> tuple[Measure, ...]:
    """All measures of a voice, with their printed numbers.

    A short first measure is the pickup, 0. A short measure after a section boundary that completes
    the short one before it (a pickup inside the tune, or a bar cut by a repeat) shares its number.
    """
    measures: list[Measure] = []
    before: MeasureDraft | None = None
    room: Ticks = 0  # what the measure before lacks
    for draft in drafts:
        ticks, count = draft.ticks, draft.count
        lacking = 0 if draft.meter is None else _full(draft.meter) * count - ticks
        if before is None:
            draft.number = 0 if lacking > 0 and len(drafts) > 1 else 1
        else:
            starts = bool(draft.part) or any([bar.boundary for bar in draft.before])
            completes = lacking > 0 and starts and ticks <= room and before.number > 0
            draft.number = before.number if completes else before.number + before.count
        measures.append(draft.finished(lacking == 0))
        before, room = draft, lacking
    return tuple(measures)
