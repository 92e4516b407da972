"""What is special in one bar or a stretch: each thing compared with the rest of the tune.

Answers questions such as "why does bar 6 sound sad?": minor chords, a lowered third or other altered
degree, a falling line, the longest or highest note, an accidental, a dissonance against the chord,
silence, denser or calmer rhythm, syncopation, a cadence. What is not there is not said.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from abc_tools.analyse.contour import interval_name
from abc_tools.analyse.degrees import accidentals, degree
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.harmony import numerals
from abc_tools.analyse.line import Material, Sounded

DISSONANCES = {1: "minor second", 2: "major second", 6: "tritone", 10: "minor seventh",
               11: "major seventh"}  # fmt: skip


def passage_facts(material: Material, first: int, last: int) -> Iterator[Fact]:
    """What is special in bars `first` to `last` (printed numbers)."""
    bars = tuple(dict.fromkeys(
        m.number for m in material.tune.measures if first <= m.number <= last))  # fmt: skip
    notes = [n for n in material.notes if first <= n.bar <= last]
    if not notes:
        yield Fact("bar silence", {"melody": 0}, bars)
        return
    yield _third(notes, bars)
    yield from _chords(material, first, last, bars)
    yield _line(notes, bars)
    yield from _extremes(material, notes)
    yield from _pace(material, notes, bars)
    yield from _altered(material, first, last)
    yield from _dissonances(material, notes)
    yield from _low_lying(material, notes, bars)


def _third(notes: Sequence[Sounded], bars: tuple[int, ...]) -> Fact:
    """The key there and the size of its third."""
    key = notes[0].key
    kind = "" if not key.tonic else "minor" if key.minor_third else "major"
    return Fact("bar key", {"key": key.name, "third": kind}, bars)


def _chords(material: Material, first: int, last: int, bars: tuple[int, ...]) -> Iterator[Fact]:
    """The chords that sound, how many are minor or diminished, and how many are elsewhere."""
    begin = min(material.starts[i] for i, m in enumerate(material.tune.measures)
                if first <= m.number <= last)  # fmt: skip
    end = max(material.starts[i] + m.duration for i, m in enumerate(material.tune.measures)
              if first <= m.number <= last)  # fmt: skip
    here = [n for n in numerals(material.chords)
            if n.harmony.position < end and n.harmony.end > begin]  # fmt: skip
    if not here:
        return
    every = material.chords
    dark = [n for n in here if n.harmony.chord.minor_third]
    value = {
        "chords": [{"symbol": n.harmony.chord.text, "numeral": n.roman,
                    "minor": n.harmony.chord.minor_third} for n in here],
        "minor": len(dark), "total": len(here),
        "minor_percent_tune": round(100 * sum(h.chord.minor_third for h in every) / len(every)),
    }  # fmt: skip
    yield Fact("bar chords", value, bars)


def _line(notes: Sequence[Sounded], bars: tuple[int, ...]) -> Fact:
    """Where the line goes: from the first to the last note, and how many moves go down."""
    moves = [b.midi - a.midi for a, b in itertools.pairwise(notes)]
    fall = notes[-1].midi - notes[0].midi
    value = {
        "from": notes[0].pitch.name, "to": notes[-1].pitch.name,
        "direction": "falls" if fall < 0 else "rises" if fall > 0 else "returns",
        "semitones": abs(fall), "down": sum(m < 0 for m in moves), "up": sum(m > 0 for m in moves),
        "interval": interval_name(notes[0].pitch, notes[-1].pitch),
    }  # fmt: skip
    return Fact("bar line", value, bars)


def _extremes(material: Material, notes: Sequence[Sounded]) -> Iterator[Fact]:
    """The tune's highest, lowest or longest note, if it is here and not everywhere."""
    every = material.notes
    measures: dict[str, Callable[[Sounded], Fraction | int]] = {
        "highest": lambda n: n.midi,
        "lowest": lambda n: -n.midi,
        "longest": lambda n: n.duration,
    }
    for kind, measure in measures.items():
        top = max(measure(n) for n in every)
        all_bars = {n.bar for n in every if measure(n) == top}
        here = [n for n in notes if measure(n) == top]
        if here and len(all_bars) * 4 <= max(len({n.bar for n in every}), 4):
            value = {"which": kind, "pitch": here[0].pitch.name, "length": str(here[0].duration)}
            yield Fact("bar extreme", value, in_order(n.bar for n in here))


def _pace(material: Material, notes: Sequence[Sounded], bars: tuple[int, ...]) -> Iterator[Fact]:
    """Notes longer or shorter than usual by at least 15 %."""
    mean = _mean_length(notes)
    usual = _mean_length(material.notes)
    if usual and abs(mean - usual) * 100 >= 15 * usual:
        value = {"percent": round(100 * abs(mean / usual - 1)),
                 "longer": mean > usual}  # fmt: skip
        yield Fact("bar pace", value, bars)


def _mean_length(notes: Sequence[Sounded]) -> Fraction:
    return sum((n.duration for n in notes), Fraction(0)) / len(notes) if notes else Fraction(0)


def _altered(material: Material, first: int, last: int) -> Iterator[Fact]:
    """Accidentals in these bars with their reason, lowered degrees named."""
    for note, why in accidentals(material):
        if first <= note.bar <= last:
            shift = note.pitch.alter - note.key.signature[note.pitch.step]
            value = {"note": note.pitch.name, "why": why, "key": note.key.name,
                     "degree": degree(note.pitch.step, note.key),
                     "way": "raised" if shift > 0 else "lowered"}  # fmt: skip
            yield Fact("bar accidental", value, (note.bar,), 0.5 if why == "altered" else 0.9)


def _dissonances(material: Material, notes: Sequence[Sounded]) -> Iterator[Fact]:
    """Melody notes on a beat that do not belong to the chord and rub against its root."""
    for note in notes:
        held = material.chord_at(note.position)
        if held is None or note.weight < 0.5 or note.midi % 12 in held.chord.pitch_classes:
            continue
        above = (note.midi - held.chord.root_class) % 12
        if above in DISSONANCES:
            value = {"note": note.pitch.name, "chord": held.chord.text,
                     "interval": DISSONANCES[above]}  # fmt: skip
            yield Fact("bar dissonance", value, (note.bar,))


def _low_lying(
    material: Material, notes: Sequence[Sounded], bars: tuple[int, ...]
) -> Iterator[Fact]:
    """Whether the stretch lies at least two semitones lower or higher than the whole melody."""
    difference = _height(notes) - _height(material.notes)
    if abs(difference) >= 2:
        value = {"semitones": round(abs(difference), 1), "lower": difference < 0}
        yield Fact("bar height", value, bars)


def _height(notes: Sequence[Sounded]) -> float:
    total = sum((n.duration for n in notes), Fraction(0)) or Fraction(1)
    return float(sum((n.midi * n.duration for n in notes), Fraction(0)) / total)


def touching(facts: Sequence[Fact], first: int, last: int) -> list[Fact]:
    """Facts of the whole tune that are about these bars: cadences, turns and rarities."""
    wanted = {"cadence", "secondary dominant", "borrowed chord", "chromatic chord", "modulation",
              "key change", "sequence", "widest leap", "syncopation", "triplets", "peak"}  # fmt: skip
    return [f for f in facts if f.kind in wanted and any(first <= b <= last for b in f.bars)]
