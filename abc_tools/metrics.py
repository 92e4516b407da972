"""Numbers about a tune and about the difference of two: used to choose, to check and to report.

Conventions: shares are 0 to 1; bars are printed numbers; pitch distances are semitones.
"""

from __future__ import annotations

import itertools
from collections import Counter
from fractions import Fraction

from abc_tools.theory import STEP_SEMITONES, Key
from abc_tools.tune import Event, Measure, Tune


def melody(tune: Tune) -> list[Event]:
    """The events of the leading voice that sound, ties joined out."""
    return [e for m in tune.measures for e in m.events if e.notes and not e.tied]


def in_scale(tune: Tune, key: Key) -> float:
    """Share of the melody's time that lies on the key's scale (raised 6 and 7 count in minor)."""
    classes = {(STEP_SEMITONES[s] + int(a)) % 12 for s, a in key.scale}
    if key.mode == "minor":
        classes |= {(key.pitch_class + 9) % 12, (key.pitch_class + 11) % 12}
    total = inside = Fraction(0)
    for event in melody(tune):
        total += event.duration
        inside += event.duration * sum(m % 12 in classes for m in event.midi) / len(event.midi)
    return float(inside / total) if total else 0.0


def span_of(tune: Tune) -> int:
    """Semitones between the lowest and the highest note of the melody."""
    notes = [midi for event in melody(tune) for midi in event.midi]
    return max(notes) - min(notes) if notes else 0


def leaps(tune: Tune) -> list[int]:
    """Sizes of the melodic moves, in semitones."""
    notes = [max(event.midi) for event in melody(tune)]
    return [abs(b - a) for a, b in itertools.pairwise(notes)]


def bar_contents(tune: Tune) -> dict[int, tuple[object, ...]]:
    """What sounds in every printed bar, over all voices: key, notes, lengths, chords, words."""
    contents: dict[int, tuple[object, ...]] = {}
    for voice in tune.voices:
        for measure in voice.measures:
            layers = (measure.events, *measure.overlays)
            events = tuple(
                (e.midi, e.duration, e.chord_symbol, e.syllables, e.tie)
                for la in layers
                for e in la
            )
            contents[measure.number] = (*contents.get(measure.number, ()), voice.id, events)
    return contents


def changed_bars(before: Tune, after: Tune) -> tuple[int, ...]:
    """Printed bars whose contents differ; computed from the notes, never from what was asked."""
    old, new = bar_contents(before), bar_contents(after)
    return tuple(n for n in sorted(new) if old.get(n) != new[n])


def dullness(tune: Tune) -> float:
    """How much a melody lacks shape; 0 is fine, larger is worse. For choosing among drafts.

    Counts what listeners call wrong: notes repeated too often, wide leaps that are not taken back,
    bars that are all alike or all different, a narrow range, an ending off the tonic.
    """
    notes = [max(e.midi) for e in melody(tune)]
    if len(notes) < 4:
        return 9.0
    moves = [b - a for a, b in itertools.pairwise(notes)]
    repeated = sum(m == 0 for m in moves) / len(moves)
    wild = sum(abs(m) > 9 for m in moves) / len(moves)
    unresolved = sum(
        abs(a) > 7 and (b == 0 or (a > 0) == (b > 0)) for a, b in itertools.pairwise(moves)
    ) / len(moves)
    bars = [tuple((e.midi, e.duration) for e in m.events) for m in tune.measures]
    most = Counter(bars).most_common(1)[0][1] / len(bars)
    distinct = len(set(bars)) / len(bars)
    cost = 3 * max(0.0, repeated - 0.25) + 6 * wild + 6 * unresolved
    cost += 3 * max(0.0, most - 0.3) + (0.6 if distinct > 0.97 and len(bars) >= 8 else 0.0)
    cost += 0.1 * max(0, 9 - span_of(tune)) + 0.1 * max(0, span_of(tune) - 22)
    if tune.key.tonic and notes[-1] % 12 != tune.key.pitch_class:
        cost += 1.0
    return cost + _long_runs(tune.measures)


def _long_runs(measures: tuple[Measure, ...]) -> float:
    """Three or more identical bars in a row."""
    bars = [tuple((e.midi, e.duration) for e in m.events) for m in measures]
    runs = sum(a == b == c for a, b, c in zip(bars, bars[1:], bars[2:], strict=False))
    return 0.5 * runs
