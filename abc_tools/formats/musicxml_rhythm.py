"""Rhythm of one layer of a measure in MusicXML's terms: note types, tuplets, slurs, beams.

Slurs and tuplets stand in the ABC beside the notes; they are matched to events by position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from xml.etree import ElementTree

from abc_tools.text import Span
from abc_tools.tune import Event, Measure

Element = ElementTree.Element

TYPES = {
    Fraction(8): "maxima", Fraction(4): "long", Fraction(2): "breve", Fraction(1): "whole",
    Fraction(1, 2): "half", Fraction(1, 4): "quarter", Fraction(1, 8): "eighth",
    Fraction(1, 16): "16th", Fraction(1, 32): "32nd", Fraction(1, 64): "64th",
    Fraction(1, 128): "128th", Fraction(1, 256): "256th", Fraction(1, 512): "512th",
    Fraction(1, 1024): "1024th",
}  # fmt: skip
DOTS = (Fraction(1), Fraction(3, 2), Fraction(7, 4), Fraction(15, 8))


def split_length(duration: Fraction, ratio: Fraction) -> Iterator[tuple[Fraction, str, int]]:
    """(sounding length, type, dots) of the noteheads that make up a duration, longest first.

    >>> list(split_length(Fraction(5, 8), Fraction(1)))
    [(Fraction(1, 2), 'half', 0), (Fraction(1, 8), 'eighth', 0)]
    """
    left = duration / ratio
    while left > 0:
        found = None
        for base, name in TYPES.items():
            for dots in (3, 2, 1, 0):
                length = base * DOTS[dots]
                if length == left or (dots == 0 and length < left):
                    found = (length, name, dots)
                    break
            if found:
                break
        if found is None:  # shorter than any type: the length alone tells
            yield left * ratio, "1024th", 0
            return
        yield found[0] * ratio, found[1], found[2]
        left -= found[0]


def ratios_of(measure: Measure, events: tuple[Event, ...]) -> list[Fraction]:
    """Sounding by written length of every event, 1 outside tuplets."""
    ratios = []
    for event in events:
        odd = event.duration.denominator
        while odd % 2 == 0:
            odd //= 2
        ratios.append(Fraction(1) if odd == 1 else Fraction(1 << (odd.bit_length() - 1), odd))
    for mark in (m for m in measure.marks if m.kind == "tuplet"):
        numbers = [int(n) for n in re.findall(r"\d+", mark.text)]
        inside = [i for i, e in enumerate(events) if e.span.start >= mark.span.end]
        if not inside:
            continue
        count = numbers[2] if len(numbers) > 2 else numbers[0]
        for index in inside[:count]:
            event = events[index]
            for normal in numbers[1:2] or (2, 3):
                ratio = Fraction(normal, numbers[0])
                written = event.duration / ratio
                if written == event.written and _dyadic(written):
                    ratios[index] = ratio
    return ratios


def _dyadic(value: Fraction) -> bool:
    return value.denominator & (value.denominator - 1) == 0


def tuplets_of(
    events: tuple[Event, ...], ratios: list[Fraction]
) -> dict[int, list[Element]]:  # fmt: skip
    """Index → the tuplet bracket that starts or stops there."""
    ends: dict[int, list[Element]] = {}
    start: int | None = None
    total = Fraction(0)
    for index, (event, ratio) in enumerate(zip(events, ratios, strict=True)):
        if ratio == 1:
            start = None
            continue
        if start is None or ratios[start] != ratio:
            start, total = index, Fraction(0)
        total += event.duration
        following = ratios[index + 1] if index + 1 < len(events) else None
        filled = index > start and _dyadic(total / ratio / ratio.denominator)
        if filled or following != ratio:
            if index > start:
                ends.setdefault(start, []).append(Element("tuplet", type="start", bracket="yes"))
                ends.setdefault(index, []).append(Element("tuplet", type="stop"))
            start = None
    return ends


def slurs_of(
    measure: Measure, events: tuple[Event, ...]
) -> tuple[dict[int, int], dict[int, int]]:  # fmt: skip
    """How many slurs open before and close behind each event of the layer."""
    opens: dict[int, int] = {}
    closes: dict[int, int] = {}
    if not events:
        return opens, closes
    layers = [layer for layer in (measure.events, *measure.overlays) if layer]
    for mark in measure.marks:
        if mark.kind == "slur-open":
            index = next((i for i, e in enumerate(events) if e.span.start >= mark.span.end), None)
            if index is not None and _nearest(layers, mark.span, after=True) is events:
                opens[index] = opens.get(index, 0) + 1
        elif mark.kind == "slur-close":
            behind = [i for i, e in enumerate(events) if e.span.end <= mark.span.start]
            if behind and _nearest(layers, mark.span, after=False) is events:
                closes[behind[-1]] = closes.get(behind[-1], 0) + 1
    return opens, closes


def _nearest(
    layers: list[tuple[Event, ...]], span: Span, *, after: bool
) -> tuple[Event, ...] | None:  # fmt: skip
    """The layer whose event stands next to a position."""
    best: tuple[int, tuple[Event, ...]] | None = None
    for layer in layers:
        for event in layer:
            gap = event.span.start - span.end if after else span.start - event.span.end
            if gap >= 0 and (best is None or gap < best[0]):
                best = (gap, layer)
    return best[1] if best else None


def beams_of(
    source: str, events: tuple[Event, ...], ratios: list[Fraction]
) -> dict[int, list[str]]:  # fmt: skip
    """Index → beam signs level by level; notes without a space between them hang together."""
    flags = [_flags(event, ratio) for event, ratio in zip(events, ratios, strict=True)]
    groups: list[list[int]] = [[]]
    for index, event in enumerate(events):
        if not flags[index]:
            groups.append([])
            continue
        if groups[-1]:
            between = source[events[groups[-1][-1]].span.end : event.span.start]
            if re.search(r"\s", re.sub(r"\{[^}]*\}|\"[^\"]*\"|![^!]*!", "", between)):
                groups.append([])
        groups[-1].append(index)
    beams: dict[int, list[str]] = {}
    for group in (g for g in groups if len(g) > 1):
        for place, index in enumerate(group):
            before = flags[group[place - 1]] if place else 0
            behind = flags[group[place + 1]] if place + 1 < len(group) else 0
            beams[index] = [
                _beam_sign(before >= level, behind >= level, bool(place))
                for level in range(1, flags[index] + 1)
            ]
    return beams


def _flags(event: Event, ratio: Fraction) -> int:
    """How many flags the event's note has; 0 for quarters, rests and cut lengths."""
    if not event.notes:
        return 0
    pieces = list(split_length(event.duration, ratio))
    if len(pieces) != 1:
        return 0
    names = ("eighth", "16th", "32nd", "64th", "128th", "256th")
    return names.index(pieces[0][1]) + 1 if pieces[0][1] in names else 0


def _beam_sign(before: bool, behind: bool, later: bool) -> str:
    if before and behind:
        return "continue"
    if behind:
        return "begin"
    if before:
        return "end"
    return "backward hook" if later else "forward hook"
