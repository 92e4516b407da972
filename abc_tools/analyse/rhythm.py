"""Rhythm: note values, density, syncopation, rhythm cells, pickup.

Syncopation follows Longuet-Higgins & Lee, "The Rhythmic Interpretation of Monophonic Music" (1984): a
note that begins on a weaker place and sounds on through (or is followed by silence at) a stronger one
is syncopated by the difference of their levels. Levels are those of `line.metrical_weight`, in steps:
downbeat 3, half bar 2, beat 1, between beats 0. The sum is divided by the number of bars.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material, Sounded, metrical_weight

_LEVELS = {1.0: 3, 0.75: 2, 0.5: 1, 0.25: 0}
CELL_NAMES: dict[tuple[Fraction, ...], str] = {
    (Fraction(3, 4), Fraction(1, 4)): "dotted",
    (Fraction(1, 4), Fraction(3, 4)): "Scotch snap",
    (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)): "long–short–short",
    (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)): "short–short–long",
    (Fraction(1, 4), Fraction(1, 2), Fraction(1, 4)): "short–long–short",
    (Fraction(1, 4),) * 4: "four equal notes",
    (Fraction(1, 2), Fraction(1, 2)): "two equal notes",
    (Fraction(1, 3),) * 3: "three equal notes",
    (Fraction(2, 3), Fraction(1, 3)): "long–short in three",
    (Fraction(1, 3), Fraction(2, 3)): "short–long in three",
    (Fraction(1, 2), Fraction(1, 6), Fraction(1, 3)): "dotted group of three",
}
"""What the notes of one beat are called; lengths are shares of the beat."""


def rhythm_facts(material: Material) -> Iterator[Fact]:
    """All facts about rhythm."""
    notes = material.notes
    if not notes:
        return
    yield from _pickup(material)
    yield _values(notes)
    yield from _density(material)
    yield from _syncopation(material)
    yield from _tuplets(notes)
    yield from _cells(material)


def _pickup(material: Material) -> Iterator[Fact]:
    first = material.tune.measures[0]
    inside = [n for n in material.notes if n.index == 0]
    if first.number == 0 and first.expected and first.duration < first.expected and inside:
        value = {"length": str(first.duration), "notes": len(inside)}
        yield Fact("pickup", value, (0,))


def _values(notes: tuple[Sounded, ...]) -> Fact:
    counts = Counter(n.duration for n in notes)
    longest, shortest = max(counts), min(counts)
    usual, count = counts.most_common(1)[0]
    value = {
        "usual": str(usual), "count": count, "notes": len(notes), "longest": str(longest),
        "shortest": str(shortest),
        "longest_bars": list(in_order(n.bar for n in notes if n.duration == longest)),
        "all": {str(length): n for length, n in counts.most_common()},
    }  # fmt: skip
    return Fact("note values", value, in_order(n.bar for n in notes))


def _density(material: Material) -> Iterator[Fact]:
    """Notes a bar on average, the fullest and the emptiest full bar."""
    counts = Counter(n.index for n in material.notes)
    full = [(counts[i], m.number) for i, m in enumerate(material.tune.measures)
            if m.full and m.count == 1 and m.number]  # fmt: skip
    if len(full) < 2:
        return
    most, least = max(c for c, _ in full), min(c for c, _ in full)
    if most == least:
        return
    value = {
        "mean": round(sum(c for c, _ in full) / len(full), 1), "most": most, "least": least,
        "most_bars": list(in_order(n for c, n in full if c == most)),
        "least_bars": list(in_order(n for c, n in full if c == least)),
    }  # fmt: skip
    yield Fact("density", value, in_order(n for c, n in full if c in (most, least)))


def syncopations(material: Material) -> list[tuple[Sounded, int]]:
    """The syncopated notes with their strength by Longuet-Higgins & Lee, in order."""
    found = []
    measures = material.tune.measures
    step = {i: _grid(m.unit) for i, m in enumerate(measures)}
    for note in material.notes:
        meter = measures[note.index].meter
        if meter is None or note.weight == 1.0:
            continue
        level, strongest = _LEVELS[note.weight], 0
        place = note.onset + _lag(material, note)
        grid = step[note.index]
        at = place + grid - place % grid
        while at < place + note.duration:
            strongest = max(strongest, _LEVELS[metrical_weight(at, meter)])
            at += grid
        if strongest > level:
            found.append((note, strongest - level))
    return found


def _grid(unit: Fraction) -> Fraction:
    return min(unit, Fraction(1, 8))


def _lag(material: Material, note: Sounded) -> Fraction:
    """How far into a full bar the pickup begins."""
    measure = material.tune.measures[note.index]
    if note.index or measure.number or measure.expected is None:
        return Fraction(0)
    return max(measure.expected - measure.duration, Fraction(0))


def _syncopation(material: Material) -> Iterator[Fact]:
    found = syncopations(material)
    bars = max(material.tune.bar_count, 1)
    if found:
        value = {"notes": len(found), "sum": sum(s for _, s in found),
                 "per_bar": round(sum(s for _, s in found) / bars, 2)}  # fmt: skip
        yield Fact("syncopation", value, in_order(n.bar for n, _ in found))
    elif material.tune.meter is not None:
        yield Fact("no syncopation", {"notes": 0}, in_order(n.bar for n in material.notes))


def _tuplets(notes: tuple[Sounded, ...]) -> Iterator[Fact]:
    """Notes whose length no power of two divides: triplets and their like."""
    found = [n for n in notes if n.event.duration.denominator % 3 == 0]
    if found:
        yield Fact("triplets", {"notes": len(found)}, in_order(n.bar for n in found))


def beat_cells(material: Material) -> dict[tuple[Fraction, ...], list[int]]:
    """How the beats are filled: lengths as shares of the beat → the bars, one entry a beat.

    Only beats that begin with a note and that the notes fill exactly.
    """
    cells: dict[tuple[Fraction, ...], list[int]] = defaultdict(list)
    for measure in material.tune.measures:
        if measure.meter is None or not measure.full:
            continue
        beat = Fraction(1, 4) if measure.meter.text == "C|" else measure.meter.beat
        if measure.meter.unit == 2 or (measure.meter.unit > 4 and not measure.meter.compound):
            beat = Fraction(1, 4)
        group: list[Fraction] = []
        for event in measure.events:
            if not event.notes or (event.onset % beat and not group):
                group = []
                continue
            if event.onset % beat == 0:
                group = []
            group.append(event.duration / beat)
            if sum(group) == 1 and (event.onset + event.duration) % beat == 0:
                cells[tuple(group)].append(measure.number)
    return cells


def _cells(material: Material) -> Iterator[Fact]:
    """The rhythm cells of two notes or more that return most, at most three of them."""
    cells = {cell: bars for cell, bars in beat_cells(material).items() if len(cell) > 1}
    beats = sum(len(b) for b in beat_cells(material).values())
    ranked = sorted(cells.items(), key=lambda item: (-len(item[1]), item[0]))
    for cell, bars in ranked[:3]:
        if len(bars) >= 3:
            value = {"name": CELL_NAMES.get(cell, ""), "lengths": [str(x) for x in cell],
                     "count": len(bars), "beats": beats}  # fmt: skip
            yield Fact("rhythm cell", value, in_order(bars))
