"""Figures of rhythm and groups of beats that were asked for, put into a new tune by code.

Everything works on the model's view of a tune (`lm.piece`): bars of events, one voice. What it does not know: how any
of it was said (`chat.understand.manner`), and whether it is enough (`chat.check`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from abc_tools.parse import parse_tune
from abc_tools.theory import Key, Pitch
from abc_tools.tune import Tune
from lm.piece import Event, Line, Piece, Unreadable
from lm.reading import read_tune
from lm.spelling import write_piece

QUARTER, EIGHTH = Fraction(1, 4), Fraction(1, 8)
LONG = Fraction(1, 2)
"""A last note from which on it is long; a whole bar is long, too."""
Pair = tuple[Event, ...]


def changed(tune: Tune, change: Callable[[Piece], Piece]) -> Tune:
    """A tune of one voice after a change of its piece; as it is where that view cannot show it."""
    try:
        piece = read_tune(tune)
        if len(piece.clefs) > 1 or piece.has_words:
            return tune
        return parse_tune(write_piece(change(piece), round(tune.tempo.bpm)))
    except Unreadable:
        return tune


def each_bar(piece: Piece, change: Callable[[int, Line], Line]) -> Piece:
    """The piece with every full bar changed; bars are numbered from 0, pickups left out."""
    number = 0
    sections = []
    for section in piece.sections:
        bars = []
        for bar in section.bars:
            if bar.duration < piece.full and bar is section.bars[0] and len(section.bars) > 1:
                bars.append(bar)
                continue
            bars.append(replace(bar, voices=(change(number, bar.voices[0]),)))
            number += 1
        sections.append(replace(section, bars=tuple(bars)))
    return replace(piece, sections=tuple(sections))


# -- figures ----------------------------------------------------------------------------------


def figures_in(bar: Sequence[tuple[Fraction, Fraction, bool]], name: str, compound: bool) -> bool:
    """Whether a bar of (onset, duration, sounding) has a figure."""
    notes = [(at, size) for at, size, sounds in bar if sounds]
    sizes = [size for _, size in notes]
    if name == "triplets":
        return any(s.denominator % 3 == 0 for s in sizes)
    if name == "sixteenths":
        return Fraction(1, 16) in sizes
    if name == "eighths":
        return EIGHTH in sizes
    if name == "rests":
        return any(not sounds for _, _, sounds in bar)
    if name == "dotted":
        return any((s * 8 / 3).denominator == 1 and s * 16 in (3, 6) for s in sizes)
    beat = Fraction(3, 8) if compound else QUARTER
    return any((at % beat != 0 and at // beat != (at + s - Fraction(1, 64)) // beat)
               or (compound and s >= QUARTER and at % beat == EIGHTH) for at, s in notes)  # fmt: skip


def with_figures(tune: Tune, names: Sequence[str], allowed: Sequence[Fraction] = ()) -> Tune:
    """The tune with figures of rhythm put in where it has too few of them."""
    for name in names:
        maker = _MAKERS[name]

        def put_in(piece: Piece, name: str = name, maker: Maker = maker) -> Piece:
            compound = piece.meter.compound
            tones = sorted({p for e in piece.events() for p in e.pitches if not _foreign(p, piece.key)},
                           key=lambda p: p.midi)  # fmt: skip
            last = piece.n_bars - 1

            def put(number: int, line: Line) -> Line:
                if number == last or figures_in(_spread(line), name, compound):
                    return line
                if name not in ("dotted", "syncopation") and number % 2:
                    return line
                if name == "rests" and number % 4 != 2:
                    return line
                new = _rewritten(line, maker, tones, compound)
                fits = all(e.duration in allowed for e in new) if allowed else True
                return new if fits else line

            return each_bar(piece, put)

        if not enough(tune, name):
            tune = changed(tune, put_in)
    return tune


def enough(tune: Tune, name: str) -> bool:
    """Whether a figure stands in at least a fourth of the bars, and in two."""
    compound = tune.meter is not None and tune.meter.compound
    bars = [m for m in tune.measures if m.number > 0]
    having = sum(
        figures_in([(e.onset, e.duration, bool(e.notes)) for e in m.events], name, compound)
        for m in bars
    )
    return having >= max(min(2, len(bars) - 1), len(bars) // 4)


def _spread(line: Line) -> list[tuple[Fraction, Fraction, bool]]:
    found, at = [], Fraction(0)
    for event in line:
        found.append((at, event.duration, bool(event.pitches)))
        at += event.duration
    return found


def _foreign(pitch: Pitch, key: Key) -> bool:
    return pitch.alter != key.signature[pitch.step]


Maker = Callable[[Pair, Event | None, Sequence[Pitch], bool], Pair | None]


def _rewritten(line: Line, maker: Maker, tones: Sequence[Pitch], compound: bool) -> Line:
    """A bar in which the first place that can is made a figure."""
    at = Fraction(0)
    for i, event in enumerate(line):
        if at % QUARTER == 0 or (compound and at % Fraction(3, 8) == 0):
            for size in (1, 2, 3, 4):
                group = line[i : i + size]
                after = line[i + size] if i + size < len(line) else None
                plain = all(e.pitches and not e.tie for e in group) and not any(
                    e.chord for e in group[1:]
                )
                before = line[i - 1] if i else None
                if len(group) < size or not plain or (before is not None and before.tie):
                    continue
                new = maker(group, after, tones, compound)
                if new is not None:
                    new = (replace(new[0], chord=group[0].chord), *new[1:])
                    assert sum(e.duration for e in new) == sum(e.duration for e in group)
                    return (*line[:i], *new, *line[i + size :])
        at += event.duration
    return line


def _sizes(group: Pair) -> tuple[Fraction, ...]:
    return tuple(e.duration for e in group)


def _note(size: Fraction, pitches: tuple[Pitch, ...]) -> Event:
    return Event(size, pitches)


def _between(
    one: tuple[Pitch, ...], other: tuple[Pitch, ...], tones: Sequence[Pitch]
) -> tuple[Pitch, ...]:
    """A tone of the tune between two notes, or the neighbour above them."""
    low, high = sorted((one[-1].midi, other[-1].midi))
    inside = [p for p in tones if low < p.midi < high]
    if inside:
        return (min(inside, key=lambda p: abs(p.midi - one[-1].midi)),)
    above = [p for p in tones if p.midi > high]
    below = [p for p in tones if p.midi < low]
    return (above[0],) if above else (below[-1],) if below else one


def _next(group: Pair, after: Event | None) -> tuple[Pitch, ...]:
    return after.pitches if after is not None and after.pitches else group[-1].pitches


def _triplets(
    group: Pair, after: Event | None, tones: Sequence[Pitch], compound: bool
) -> Pair | None:
    third = Fraction(1, 12)
    if compound:
        return None
    if _sizes(group) == (QUARTER,):
        first, goal = group[0].pitches, _next(group, after)
        middle = _between(first, goal, tones)
        return (
            _note(third, first),
            _note(third, middle),
            _note(third, first if middle == goal else _between(middle, goal, tones)),
        )
    if _sizes(group) in ((EIGHTH, EIGHTH), (Fraction(3, 16), Fraction(1, 16))):
        one, two = group[0].pitches, group[1].pitches
        return (_note(third, one), _note(third, _between(one, two, tones)), _note(third, two))
    return None


def _sixteenths(
    group: Pair, after: Event | None, tones: Sequence[Pitch], compound: bool
) -> Pair | None:
    short = Fraction(1, 16)
    if _sizes(group) == (EIGHTH, EIGHTH):
        one, two = group[0].pitches, group[1].pitches
        return (_note(short, one), _note(short, _between(one, two, tones)), replace(group[1]))
    if _sizes(group) == (QUARTER,):
        one, two = group[0].pitches, _next(group, after)
        middle = _between(one, two, tones)
        return (
            _note(EIGHTH, one),
            _note(short, middle),
            _note(short, _between(middle, two, tones)),
        )
    return None


def _eighths(
    group: Pair, after: Event | None, tones: Sequence[Pitch], compound: bool
) -> Pair | None:
    if _sizes(group) == (QUARTER,) and not compound:
        return (
            _note(EIGHTH, group[0].pitches),
            _note(EIGHTH, _between(group[0].pitches, _next(group, after), tones)),
        )
    if _sizes(group) == (Fraction(3, 8),):
        one = group[0].pitches
        middle = _between(one, _next(group, after), tones)
        return (_note(EIGHTH, one), _note(EIGHTH, middle), _note(EIGHTH, one))
    return None


def _dotted(
    group: Pair, after: Event | None, tones: Sequence[Pitch], compound: bool
) -> Pair | None:
    if compound:
        if _sizes(group) == (EIGHTH, EIGHTH, EIGHTH):
            return (
                _note(Fraction(3, 16), group[0].pitches),
                _note(Fraction(1, 16), group[1].pitches),
                replace(group[2]),
            )
        return None
    if _sizes(group) == (EIGHTH, EIGHTH):
        return (_note(Fraction(3, 16), group[0].pitches), _note(Fraction(1, 16), group[1].pitches))
    if _sizes(group) == (QUARTER, QUARTER):
        return (_note(Fraction(3, 8), group[0].pitches), _note(EIGHTH, group[1].pitches))
    if _sizes(group) == (LONG,):
        middle = _between(group[0].pitches, _next(group, after), tones)
        return (_note(Fraction(3, 8), group[0].pitches), _note(EIGHTH, middle))
    return None


def _syncopated(
    group: Pair, after: Event | None, tones: Sequence[Pitch], compound: bool
) -> Pair | None:
    if compound:
        if _sizes(group) == (QUARTER, EIGHTH):
            return (_note(EIGHTH, group[0].pitches), _note(QUARTER, group[1].pitches))
        if _sizes(group) == (EIGHTH, EIGHTH, EIGHTH):
            return (_note(EIGHTH, group[0].pitches), _note(QUARTER, group[1].pitches))
        return None
    if _sizes(group) == (QUARTER, QUARTER):
        one, two = group[0].pitches, group[1].pitches
        return (
            _note(EIGHTH, one),
            _note(QUARTER, two),
            _note(EIGHTH, _between(two, _next(group, after), tones)),
        )
    if _sizes(group) == (EIGHTH, EIGHTH, EIGHTH, EIGHTH):
        return (
            _note(EIGHTH, group[0].pitches),
            _note(QUARTER, group[1].pitches),
            _note(EIGHTH, group[3].pitches),
        )
    if _sizes(group) == (EIGHTH, EIGHTH, QUARTER):
        return (
            _note(EIGHTH, group[0].pitches),
            _note(QUARTER, group[1].pitches),
            _note(EIGHTH, group[2].pitches),
        )
    if _sizes(group) == (LONG,):
        one = group[0].pitches
        return (
            _note(EIGHTH, one),
            _note(Fraction(3, 8), _between(one, _next(group, after), tones)),
        )
    return None


def _rests(group: Pair, after: Event | None, tones: Sequence[Pitch], compound: bool) -> Pair | None:
    if _sizes(group) in ((LONG,), (Fraction(3, 4),)):
        return (_note(group[0].duration - QUARTER, group[0].pitches), Event(QUARTER))
    if _sizes(group) == (QUARTER, QUARTER):
        return (group[0], Event(QUARTER))
    if _sizes(group) == (QUARTER,) and not compound:
        return (_note(EIGHTH, group[0].pitches), Event(EIGHTH))
    if _sizes(group) == (Fraction(3, 8),):
        return (_note(QUARTER, group[0].pitches), Event(EIGHTH))
    return None


_MAKERS: dict[str, Maker] = {
    "triplets": _triplets, "sixteenths": _sixteenths, "eighths": _eighths, "dotted": _dotted,
    "syncopation": _syncopated, "rests": _rests,
}  # fmt: skip


# -- groups of beats --------------------------------------------------------------------------


def grouped(piece: Piece, groups: Sequence[int]) -> Piece:
    """The notes of each bar in another order of lengths, so that none is held over the beginning of a group."""
    unit = Fraction(1, piece.meter.unit)
    starts = {sum(groups[:n]) * unit for n in range(1, len(groups))}

    def order(_: int, line: Line) -> Line:
        if sum((e.duration for e in line), Fraction(0)) != piece.full or len(line) > 7:
            return line
        if any(e.tie for e in line[:-1]) or _meets(_sizes(line), starts):
            return line
        best = next((sizes for sizes in _orders(_sizes(line)) if _meets(sizes, starts)), None)
        if best is None:
            return line
        return tuple(replace(e, duration=size) for e, size in zip(line, best, strict=True))

    return each_bar(piece, order)


def _meets(sizes: Sequence[Fraction], starts: set[Fraction]) -> bool:
    at, found = Fraction(0), set()
    for size in sizes:
        found.add(at)
        at += size
    return starts <= found


def _orders(sizes: tuple[Fraction, ...]) -> Iterator[tuple[Fraction, ...]]:
    """The other orders of some lengths, those with more of them in their place first."""
    others = set(permutations(sizes))
    yield from sorted(others, key=lambda o: (sum(a != b for a, b in zip(o, sizes, strict=True)), o))


def group_text(tune: Tune, groups: Sequence[int]) -> Tune:
    """The meter written with its groups, and beams that end with them."""
    if tune.meter is None:
        return tune
    unit = Fraction(1, tune.meter.unit)
    starts = {sum(groups[:n]) * unit for n in range(1, len(groups))}
    text = tune.source
    edits: list[tuple[int, int, str]] = []
    for voice in tune.voices:
        for measure in voice.measures:
            for one, two in zip(measure.events, measure.events[1:], strict=False):
                between = text[one.span.end : two.span.start]
                if set("<>|\n") & set(between) or measure.number == 0:
                    continue
                space = " " if two.onset in starts else ""
                edits.append((one.span.end, two.span.start, space + between.strip()))
    for start, stop, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[stop:]
    said = "+".join(map(str, groups))
    old = f"M:{tune.meter.text}\n"
    return parse_tune(text.replace(old, f"M:({said})/{tune.meter.unit}\n", 1))
