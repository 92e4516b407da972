"""Numbers about a tune and about the difference of two: used to choose, to check and to report.

Conventions: shares are 0 to 1; bars are printed numbers; pitch distances are semitones.
"""

from __future__ import annotations

import itertools
from difflib import SequenceMatcher
from fractions import Fraction

from abc_tools.theory import STEP_SEMITONES, Key
from abc_tools.tune import Event, Tune


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
                (e.midi, e.duration, e.chord_symbol, e.syllables, e.tie, e.decorations, e.grace)
                for la in layers
                for e in la
            )
            contents[measure.number] = (*contents.get(measure.number, ()), voice.id, events)
    return contents


def changed_bars(before: Tune, after: Tune) -> tuple[int, ...]:
    """Printed bars of `after` whose contents are not those of `before`; computed from the notes, never from what was
    asked. Where bars came or went, those that only moved along are the same.
    """
    old, new = bar_contents(before), bar_contents(after)
    if len(old) == len(new):
        return tuple(n for n in sorted(new) if old.get(n) != new[n])
    numbers = sorted(new)
    rows = [old[n] for n in sorted(old)], [new[n] for n in numbers]
    first, second = (list(map(repr, row)) for row in rows)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    same = {b.b + at for b in matcher.get_matching_blocks() for at in range(b.size)}
    return tuple(n for at, n in enumerate(numbers) if at not in same)
