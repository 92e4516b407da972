"""A written score as plain data: what readers of other formats fill in and `write` turns into ABC.

Conventions: durations and onsets are `Fraction`s of a whole note, onsets count from the beginning of
the bar. Pitches are as written, an octave clef applied (so a `treble-8` line holds the pitches that
sound), a transposing instrument's shift not applied. The classes are filled step by step and so are
not frozen. This module knows nothing of MusicXML, MIDI or ABC text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from abc_tools.theory import Key, Meter, Pitch
from abc_tools.tune import Tempo

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass
class Item:
    """One note, chord or (without pitches) rest.

    `ties` says for each pitch whether it is held into the next item; `ratio` is sounding by
    written length (2/3 in a triplet). `words` has one syllable a verse, `_` where one is held.
    """

    onset: Fraction
    duration: Fraction
    pitches: tuple[Pitch, ...] = ()
    ties: tuple[bool, ...] = ()
    ratio: Fraction = ONE
    hidden: bool = False
    grace: tuple[tuple[Pitch, ...], ...] = ()
    opens: int = 0
    closes: int = 0
    decorations: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    chord: str = ""
    words: tuple[str | None, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def end(self) -> Fraction:
        """Where the item ends in its bar."""
        return self.onset + self.duration


@dataclass
class Bar:
    """One bar of one line. `layers` sound together; None for key or meter: as before.

    `closes` is how often a repeat that ends here is played, 0 for none; `signs` are decorations that
    stand before the barline (`D.C.`, `fine`).
    """

    length: Fraction
    layers: list[list[Item]] = field(default_factory=lambda: [[]])
    key: Key | None = None
    meter: Meter | None = None
    free: bool = False
    opens: bool = False
    closes: int = 0
    style: str = "|"
    ending: tuple[int, ...] = ()
    part: str = ""
    signs: tuple[str, ...] = ()


@dataclass
class Line:
    """One voice. `transpose` is in semitones; `staff` numbers the staff that lines may share."""

    id: str
    bars: list[Bar]
    name: str = ""
    clef: str = ""
    transpose: int = 0
    program: int = 0
    staff: int = 0
    group: int = 0

    @property
    def octaves(self) -> int:
        """By how many octaves the clef moves what is written."""
        return {"-8": -1, "+8": 1}.get(self.clef[-2:], 0)


@dataclass
class Sheet:
    """A piece: its lines all have the same number of bars."""

    lines: list[Line]
    title: str = ""
    subtitle: str = ""
    composer: str = ""
    lyricist: str = ""
    tempo: Tempo | None = None
    fields: list[tuple[str, str]] = field(default_factory=list)
    """Further header fields (letter, value); `W` goes below the music."""


def split_at(item: Item, place: Fraction) -> tuple[Item, Item]:
    """The item cut in two at an onset inside it, held together by ties."""
    first = replace(item, duration=place - item.onset, ties=(True,) * len(item.pitches), closes=0)
    held: tuple[str | None, ...] = tuple("_" if word else None for word in item.words)
    second = Item(place, item.end - place, item.pitches, item.ties, item.ratio, item.hidden,
                  closes=item.closes, words=held)  # fmt: skip
    return first, second


def fill(layer: list[Item], length: Fraction) -> list[Item]:
    """The layer in order of onset, its gaps up to `length` filled with hidden rests."""
    filled: list[Item] = []
    now = ZERO
    for item in sorted(layer, key=lambda i: i.onset):
        if item.onset > now:
            filled.append(Item(now, item.onset - now, hidden=True))
        filled.append(item)
        now = max(now, item.end)
    if now < length:
        filled.append(Item(now, length - now, hidden=True))
    return filled


def layered(items: list[Item]) -> list[list[Item]]:
    """Items that overlap put into as many layers as they need, the earliest first."""
    layers: list[list[Item]] = []
    for item in sorted(items, key=lambda i: (i.onset, -i.duration)):
        for layer in layers:
            if layer[-1].end <= item.onset:
                layer.append(item)
                break
        else:
            layers.append([item])
    return layers or [[]]


def close_ties(line: Line) -> None:
    """Drop ties that lead to no note of the same pitch; the writer's ABC is then right.

    A tied note looks for its partner in its own layer, over the barline too.
    """
    depth = max((len(bar.layers) for bar in line.bars), default=0)
    for number in range(depth):
        held: Item | None = None
        for item in _along(line, number):
            if held is not None:
                _keep_ties(held, item)
            held = item if any(item.ties) else None
        if held is not None:
            held.ties = (False,) * len(held.pitches)


def _along(line: Line, number: int) -> Iterator[Item]:
    for bar in line.bars:
        if number < len(bar.layers):
            yield from bar.layers[number]
        elif bar.layers:
            yield Item(ZERO, bar.length, hidden=True)


def _keep_ties(held: Item, item: Item) -> None:
    there = {pitch.midi for pitch in item.pitches}
    pairs = zip(held.pitches, held.ties, strict=True)
    held.ties = tuple(tie and pitch.midi in there for pitch, tie in pairs)


def attach(bar: Bar, place: Fraction, text: str) -> None:
    """Put a chord symbol at an onset of the bar's first layer."""
    for number, item in enumerate(bar.layers[0]):
        if item.onset < place < item.end:
            bar.layers[0][number : number + 1] = item, later = split_at(item, place)
            later.chord = text
            return
        if item.onset >= place:
            item.chord = item.chord or text
            return


def cut(items: list[Item], lengths: list[Fraction]) -> list[list[Item]]:
    """Items whose onsets count from the piece's beginning → the items of every bar.

    What lies across a barline is cut and tied; what lies behind the last bar is dropped.
    """
    bars: list[list[Item]] = [[] for _ in lengths]
    ends: list[Fraction] = []
    for length in lengths:
        ends.append((ends[-1] if ends else ZERO) + length)
    number = 0
    waiting = sorted(items, key=lambda i: i.onset)
    for item in waiting:
        while number < len(ends) and ends[number] <= item.onset:
            number += 1
        place, rest = number, item
        while place < len(ends):
            start = ends[place] - lengths[place]
            if rest.end <= ends[place]:
                bars[place].append(replace(rest, onset=rest.onset - start))
                break
            first, rest = split_at(rest, ends[place])
            bars[place].append(replace(first, onset=first.onset - start))
            place += 1
    return bars


def recut(line: Line, lengths: list[Fraction]) -> None:
    """Give a line's bars other lengths; its music keeps its place in time, its keys and meters too."""
    start = ZERO
    depth = max((len(bar.layers) for bar in line.bars), default=1)
    flat: list[list[Item]] = [[] for _ in range(depth)]
    keys: list[tuple[Fraction, Bar]] = []
    for bar in line.bars:
        for number, layer in enumerate(bar.layers):
            flat[number] += [replace(i, onset=i.onset + start) for i in layer if not i.hidden]
        keys.append((start, bar))
        start += bar.length
    layers = [cut(items, lengths) for items in flat]
    line.bars, start = [], ZERO
    for number, length in enumerate(lengths):
        made = [one for layer in layers for one in layered(layer[number]) if one]
        bar = Bar(length, made or [[]])
        inside = [old for place, old in keys if start <= place < start + length]
        bar.key = next((old.key for old in reversed(inside) if old.key is not None), None)
        line.bars.append(bar)
        start += length


def join_halves(sheet: Sheet) -> None:
    """Make one bar of two that a plain barline cuts though they fill the meter only together."""
    index = 0
    while index + 1 < len(sheet.lines[0].bars):
        pairs = [(line.bars[index], line.bars[index + 1]) for line in sheet.lines]
        if all(_halves(*pair) for pair in pairs):
            for line, (first, second) in zip(sheet.lines, pairs, strict=True):
                _join(first, second)
                del line.bars[index + 1]
        else:
            index += 1


def _halves(first: Bar, second: Bar) -> bool:
    plain = first.style == "|" and not first.closes and not second.opens and not second.ending
    return (
        plain
        and first.meter is not None
        and second.meter == first.meter
        and second.key is None
        and not second.part
        and first.length + second.length == first.meter.length
    )


def _join(first: Bar, second: Bar) -> None:
    depth = max(len(first.layers), len(second.layers))
    for bar in (first, second):
        bar.layers = [fill(layer, bar.length) for layer in bar.layers]
        bar.layers += [fill([], bar.length) for _ in range(depth - len(bar.layers))]
    for layer, more in zip(first.layers, second.layers, strict=True):
        layer += [replace(item, onset=item.onset + first.length) for item in more]
    first.length += second.length
    first.style, first.closes = second.style, second.closes
    first.signs = (*first.signs, *second.signs)
