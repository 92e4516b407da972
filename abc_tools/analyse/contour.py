"""Range, tessitura, contour and intervals of the melody.

Conventions: the tessitura is the range in which the middle 80 % of the sounding time lies. The
contour compares the mean height of the first, middle and last third of the notes, each weighted by
its length: a difference under one semitone counts as level (after Huron, "The Melodic Arch", 1996,
who compares first, mean and last pitch). A step is a move of at most two semitones, a leap is larger.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material, Sounded
from abc_tools.theory import Pitch

_DEGREE_SIZES = {0: 0, 1: 2, 2: 4, 3: 5, 4: 7, 5: 9, 6: 11}


def contour_facts(material: Material) -> Iterator[Fact]:
    """Range, tessitura, contour, steps and leaps, widest leap, the melody's peak."""
    notes = material.notes
    if not notes:
        return
    yield _range(notes)
    yield _tessitura(notes)
    if len(notes) >= 6:
        yield contour(notes)
    moves = [b.midi - a.midi for a, b in itertools.pairwise(notes)]
    if moves:
        yield _moves(notes, moves)
        yield from _widest(notes, moves)
    yield from _peak(notes, material.length)


def _range(notes: Sequence[Sounded]) -> Fact:
    low, high = min(notes, key=lambda n: n.midi), max(notes, key=lambda n: n.midi)
    value = {
        "lowest": low.pitch.name, "highest": high.pitch.name, "semitones": high.midi - low.midi,
        "interval": interval_name(low.pitch, high.pitch),
        "lowest_bars": list(in_order(n.bar for n in notes if n.midi == low.midi)),
        "highest_bars": list(in_order(n.bar for n in notes if n.midi == high.midi)),
    }  # fmt: skip
    return Fact("range", value, in_order(n.bar for n in notes if n.midi in (low.midi, high.midi)))


def _tessitura(notes: Sequence[Sounded]) -> Fact:
    ordered = sorted(notes, key=lambda n: n.midi)
    total = sum((n.duration for n in notes), Fraction(0))
    low, high = _at(ordered, total / 10), _at(ordered, total * 9 / 10)
    inside = [n for n in notes if low.midi <= n.midi <= high.midi]
    share = sum((n.duration for n in inside), Fraction(0)) / total
    value = {"low": low.pitch.name, "high": high.pitch.name, "percent": round(100 * share)}
    return Fact("tessitura", value, in_order(n.bar for n in inside))


def _at(ordered: Sequence[Sounded], amount: Fraction) -> Sounded:
    """The note that sounds after `amount` of the time when all notes stand in order of height."""
    passed = Fraction(0)
    for note in ordered:
        passed += note.duration
        if passed >= amount:
            return note
    return ordered[-1]


def contour(notes: Sequence[Sounded]) -> Fact:
    """The shape of a stretch: arch, inverted arch, rising, falling, level or wavy."""
    third = len(notes) // 3
    a, b, c = (_mean(part) for part in (notes[:third], notes[third:-third], notes[-third:]))
    up, down = b - a, c - b
    if up >= 1 and down <= -1:
        shape = "arch"
    elif up <= -1 and down >= 1:
        shape = "inverted arch"
    elif c - a >= 1:
        shape = "rising"
    elif c - a <= -1:
        shape = "falling"
    else:
        shape = "level"
    value = {"shape": shape, "means": [round(mean, 1) for mean in (a, b, c)]}
    sure = min(1.0, (abs(up) + abs(down)) / 4) if shape != "level" else 0.7
    return Fact("contour", value, in_order(n.bar for n in notes), max(sure, 0.3))


def _mean(notes: Sequence[Sounded]) -> float:
    total = sum((n.duration for n in notes), Fraction(0)) or Fraction(1)
    return float(sum((n.midi * n.duration for n in notes), Fraction(0)) / total)


def _moves(notes: Sequence[Sounded], moves: list[int]) -> Fact:
    repeats = sum(m == 0 for m in moves)
    steps = sum(0 < abs(m) <= 2 for m in moves)
    leaps = len(moves) - repeats - steps
    value = {"moves": len(moves), "repeats": repeats, "steps": steps, "leaps": leaps,
             "up": sum(m > 0 for m in moves), "down": sum(m < 0 for m in moves)}  # fmt: skip
    return Fact("intervals", value, in_order(n.bar for n in notes))


def _widest(notes: Sequence[Sounded], moves: list[int]) -> Iterator[Fact]:
    size = max(abs(m) for m in moves)
    if size <= 2:
        return
    pairs = [(a, b) for a, b in itertools.pairwise(notes) if abs(b.midi - a.midi) == size]
    first, second = pairs[0]
    value = {
        "semitones": size, "interval": interval_name(first.pitch, second.pitch),
        "direction": "up" if second.midi > first.midi else "down", "from": first.pitch.name,
        "to": second.pitch.name, "count": len(pairs),
    }  # fmt: skip
    yield Fact("widest leap", value, in_order(b.bar for _, b in pairs))


def _peak(notes: Sequence[Sounded], length: Fraction) -> Iterator[Fact]:
    """Where the melody is highest, if it reaches that height only once or in one bar."""
    high = max(n.midi for n in notes)
    peaks = [n for n in notes if n.midi == high]
    if len({n.bar for n in peaks}) == 1 and len(notes) >= 8 and length:
        value = {"pitch": peaks[0].pitch.name,
                 "percent": round(100 * peaks[0].position / length)}  # fmt: skip
        yield Fact("peak", value, (peaks[0].bar,))


def interval_name(one: Pitch, other: Pitch) -> str:
    """The name of the interval between two pitches, by their spelling.

    >>> interval_name(Pitch("F", 0, 4), Pitch("B", 0, 4)), interval_name(Pitch("C", 0, 4), Pitch("E", -1, 5))
    ('augmented fourth', 'minor tenth')
    """
    low, high = sorted((one, other), key=lambda p: (p.midi, p.diatonic))
    steps, semitones = high.diatonic - low.diatonic, high.midi - low.midi
    numbers = ("unison", "second", "third", "fourth", "fifth", "sixth", "seventh", "octave",
               "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "double octave")  # fmt: skip
    if steps < 0:
        return f"{semitones} semitones"
    octaves, degree = divmod(steps, 7)
    off = semitones - 12 * octaves - _DEGREE_SIZES[degree]
    perfect = degree in (0, 3, 4)
    kinds = ({0: "perfect", 1: "augmented", -1: "diminished"} if perfect
             else {0: "major", -1: "minor", 1: "augmented", -2: "diminished"})  # fmt: skip
    if off not in kinds or steps >= len(numbers) or (steps == 14 and off):
        return f"{semitones} semitones"
    if degree == 0 and off == 0:
        return numbers[steps]
    return f"{kinds[off]} {numbers[steps]}"
