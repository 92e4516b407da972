"""Other lengths for the notes of a measure, in place: the engine under meter and rhythm edits.

`retime` is given the sounding duration that every event shall have and writes lengths, broken
rhythm and tuplet signs so that they mean it; pitches, signs, words and spaces stay. A duration that
no single note can show is written as tied notes; `TimedEdits.added` counts them, because a `w:`
line must hold its syllable over each. Durations are fractions of a whole note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from abc_tools.spelling import length_span, length_text
from abc_tools.text import Edit, Span
from abc_tools.tokens import Kind, Token, tokenize
from abc_tools.tune import Event, Measure, Tune

SHORTEST = Fraction(1, 128)


@dataclass
class TimedEdits:
    """Edits, and after which events (by the start of their spans) tied notes were added."""

    edits: list[Edit] = field(default_factory=list)
    added: dict[int, int] = field(default_factory=dict)


class MeasureTokens:
    """The tokens of a tune's text, looked up by measure."""

    def __init__(self, tune: Tune) -> None:
        self._tokens = tokenize(tune.source)
        self._starts = [token.start for token in self._tokens]

    def within(self, span: Span) -> list[Token]:
        """The tokens that lie inside a span."""
        from bisect import bisect_left

        low = bisect_left(self._starts, span.start)
        return self._tokens[low : bisect_left(self._starts, span.end)]


def single(duration: Fraction) -> bool:
    """Whether one notehead shows this duration: a plain, dotted or double-dotted value."""
    top, bottom = duration.numerator, duration.denominator
    while top % 2 == 0:
        top //= 2
    return bottom & (bottom - 1) == 0 and top in (1, 3, 7) and duration >= SHORTEST


def parts(duration: Fraction) -> list[Fraction]:
    """The duration as the fewest single notes, longest first; ValueError if that cannot be.

    >>> [str(part) for part in parts(Fraction(5, 8))]
    ['1/2', '1/8']
    """
    if duration <= 0 or duration.denominator & (duration.denominator - 1):
        raise ValueError(f"No notes last {duration} of a whole note.")
    found: list[Fraction] = []
    left = duration
    while not single(left):
        if left < SHORTEST:
            raise ValueError("That would make notes too short to write.")
        size = SHORTEST
        while size * 2 <= left:
            size *= 2
        found.append(size)
        left -= size
    return [*found, left]


@dataclass(frozen=True)
class _Group:
    """Events whose lengths hang together: a tuplet, or notes joined by broken rhythm signs."""

    events: tuple[Event, ...]
    signs: tuple[Token, ...]
    tuplet: bool


def groups_of(measure: Measure, tokens: MeasureTokens) -> list[_Group]:
    """The events of all layers in groups; most groups are one event without signs."""
    found: list[_Group] = []
    signs = [
        t
        for piece in measure.pieces
        for t in tokens.within(piece)
        if t.kind in (Kind.BROKEN, Kind.TUPLET)
    ]
    for layer in (measure.events, *measure.overlays):
        index = 0
        while index < len(layer):
            group, index = _next_group(layer, index, signs)
            found.append(group)
    return found


def _next_group(layer: tuple[Event, ...], index: int, signs: list[Token]) -> tuple[_Group, int]:
    """The group that begins at `index`, and where the next one does."""
    begin = layer[index - 1].span.end if index else -1
    taken: list[Token] = []
    stop, tuplet = index + 1, False
    while True:
        before = len(taken)
        for sign in signs:
            if sign in taken or not begin <= sign.start:
                continue
            if sign.kind is Kind.TUPLET and begin <= sign.start < layer[stop - 1].span.start:
                size = _tuplet_size(sign.text)
                first = next(i for i in range(index, len(layer))
                             if layer[i].span.start > sign.start)  # fmt: skip
                stop, tuplet = max(stop, min(first + size, len(layer))), True
                taken.append(sign)
            elif (
                sign.kind is Kind.BROKEN
                and stop < len(layer)
                and (layer[stop - 1].span.end <= sign.start < layer[stop].span.start)
            ):
                stop += 1
                taken.append(sign)
            elif (
                sign.kind is Kind.BROKEN
                and layer[index].span.end <= sign.start < layer[stop - 1].span.start
            ):
                taken.append(sign)
        if len(taken) == before:
            return _Group(layer[index:stop], tuple(taken), tuplet), stop


def _tuplet_size(text: str) -> int:
    numbers = [int(n) if n else 0 for n in text[1:].split(":")]
    return numbers[2] if len(numbers) > 2 and numbers[2] else numbers[0]


def retime(
    tune: Tune, measure: Measure, durations: Mapping[Span, Fraction], tokens: MeasureTokens,
    unit: Fraction | None = None,
) -> TimedEdits:  # fmt: skip
    """Edits after which each event of the measure lasts what `durations` says for its span.

    Events that `durations` does not name keep their duration. ValueError if a tuplet would have to
    hold lengths that it cannot.
    """
    done = TimedEdits()
    for group in groups_of(measure, tokens):
        wanted = [durations.get(event.span, event.duration) for event in group.events]
        ratios = {new / event.duration for new, event in zip(wanted, group.events, strict=True)}
        scaled = [event.written * new / event.duration
                  for new, event in zip(wanted, group.events, strict=True)]  # fmt: skip
        if ratios == {Fraction(1)} and unit is None:
            continue
        keeps = len(ratios) == 1 and all(map(single, scaled))
        if group.tuplet and ratios != {Fraction(1)} and all(map(single, wanted)):
            keeps = False  # three notes in the time of three are no triplet
        if not keeps:
            if any(new.denominator & (new.denominator - 1) for new in wanted):
                raise ValueError(
                    f"The tuplet in bar {measure.number} cannot take the new note lengths."
                )
            scaled = wanted
            done.edits += [Edit(_sign_span(tune, sign), "") for sign in group.signs]
        for event, written in zip(group.events, scaled, strict=True):
            if not event.measures:
                _write(tune, measure, event, written, unit or measure.unit, done)
    return done


def _sign_span(tune: Tune, sign: Token) -> Span:
    return sign.span


def _write(
    tune: Tune, measure: Measure, event: Event, written: Fraction, unit: Fraction, done: TimedEdits
) -> None:
    """Write one event's length; further tied notes if one note cannot show it."""
    pieces = parts(written)
    text, span = tune.source, event.span
    place = length_span(text, event)
    scale = event.notes[0].factor if event.kind == "chord" else Fraction(1)
    first = length_text(pieces[0] / unit / scale)
    extra = ""
    for piece in pieces[1:]:
        head = text[span.start : place.start]
        join = "" if event.kind == "rest" else "-"
        extra += join + plain_head(head, event) + length_text(piece / unit / scale)
    if first + extra != place.of(text):
        done.edits.append(Edit(place, first + extra))
    if extra and event.kind != "rest":
        done.added[span.start] = done.added.get(span.start, 0) + len(pieces) - 1


def plain_head(head: str, event: Event) -> str:
    """A note or chord as it is written again after a tie: without accidentals.

    A tie carries them along, within the bar and over the barline (ABC 2.1 §4.11). Ties inside a
    chord stay, for its last piece leads on as the chord did.
    """
    if event.kind == "rest":
        return head
    return re.sub(r"[\^_=]+(?:\d*/\d*)?", "", head)
