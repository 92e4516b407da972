"""How hard a tune is for a beginner: a scale of 1 to 5 with reasons.

Points: range beyond an octave (1), beyond an octave and a half (1 more); signature of three signs (1),
five (1 more); accidentals outside the key in a tenth of the bars (1); leaps of a seventh or more (1);
notes as short as a quarter of the beat at a quick tempo (1), twice as short (1 more); syncopation in a
quarter of the bars (1); triplets (0.5); several voices or note chords (1). Level = 1 + points / 1.5,
rounded down, at most 5.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material, Sounded
from abc_tools.analyse.rhythm import syncopations

_QUICK = Fraction(4)
"""Notes a second from which a passage is quick for a beginner."""


def difficulty_facts(material: Material) -> Iterator[Fact]:
    """One fact: the level, and each reason with the bars it is true of."""
    if not material.notes:
        return
    reasons = [r for r in _reasons(material) if r[1]]
    points = sum(r[1] for r in reasons)
    level = min(5, 1 + int(points / 1.5))
    value = {
        "level": level, "points": points,
        "reasons": [{"why": why, "points": p, "bars": list(bars)} for why, p, bars in reasons],
    }  # fmt: skip
    bars = in_order(b for _, _, found in reasons for b in found)
    yield Fact("difficulty", value, bars or in_order(n.bar for n in material.notes), 0.8)


def _reasons(material: Material) -> Iterator[tuple[str, float, tuple[int, ...]]]:
    """(reason, points, bars) of everything that can make a tune hard."""
    notes = material.notes
    low, high = min(n.midi for n in notes), max(n.midi for n in notes)
    extremes = in_order(n.bar for n in notes if n.midi in (low, high))
    yield "wide range", float((high - low > 12) + (high - low > 18)), extremes
    signs = abs(material.tune.key.sharps)
    yield "many signs", float((signs >= 3) + (signs >= 5)), in_order(n.bar for n in notes)
    outside = in_order(n.bar for n in notes
                       if n.pitch.alter != n.key.signature[n.pitch.step])  # fmt: skip
    bars = max(material.tune.bar_count, 1)
    yield "accidentals", float(len(outside) * 10 >= bars), outside
    leaps = in_order(b.bar for a, b in itertools.pairwise(notes)
                     if abs(b.midi - a.midi) >= 10)  # fmt: skip
    yield "wide leaps", float(bool(leaps)), leaps
    yield _quick(material, notes)
    shifted = in_order(n.bar for n, _ in syncopations(material))
    yield "syncopation", float(len(shifted) * 4 >= bars), shifted
    triplets = in_order(n.bar for n in notes if n.event.duration.denominator % 3 == 0)
    yield "triplets", 0.5 * bool(triplets), triplets
    thick = in_order(m.number for v in material.tune.voices for m in v.measures
                     if any(len(e.notes) > 1 for e in m.events))  # fmt: skip
    if len(material.tune.voices) > 1:
        thick = in_order(m.number for m in material.tune.measures)
    yield "several notes at once", float(bool(thick)), thick


def _quick(material: Material, notes: tuple[Sounded, ...]) -> tuple[str, float, tuple[int, ...]]:
    """Bars with runs of quick notes at the tune's tempo: three or more in a row."""
    whole = material.tune.tempo.seconds_per_whole
    found, points = [], 0.0
    for a, b, c in zip(notes, notes[1:], notes[2:], strict=False):
        rates = [1 / (n.duration * whole) for n in (a, b, c) if n.duration]
        if len(rates) == 3 and min(rates) > _QUICK:
            found.append(a.bar)
            points = max(points, 2.0 if min(rates) > 2 * _QUICK else 1.0)
    return "quick notes", points, in_order(found)
