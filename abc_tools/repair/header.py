"""What to do about a header that is missing, unreadable or at odds with the bars: `M:`, `L:` and `K:`.

The bars tell the length of a measure, the way notes are written together tells 6/8 from 3/4, the
rhythm named in `R:` tells a jig from a march. A lost key is sought among the fifteen signatures: the
written letters and their accidentals must make sense under it, and music21 has the last word.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.edit import all_measures, set_field
from abc_tools.parse import parse
from abc_tools.profiles import PROFILES
from abc_tools.score import judged_keys
from abc_tools.spelling import notes_in_order
from abc_tools.styles import STYLES
from abc_tools.text import Edit, apply
from abc_tools.theory import STEP_SEMITONES, STEPS, Key, Meter, parse_meter
from abc_tools.tune import Field, Measure, Tune

USUAL: dict[tuple[str, Fraction], int] = {
    (meter, Fraction(1, unit)): count
    for meter, unit, count in (
        ("6/8", 8, 2827), ("4/4", 8, 2280), ("2/2", 8, 1436), ("3/4", 8, 1185), ("2/4", 8, 1164),
        ("4/4", 4, 1011), ("2/4", 16, 726), ("3/4", 4, 284), ("9/8", 8, 283), ("3/8", 8, 177),
        ("6/4", 4, 106), ("6/4", 8, 64), ("4/4", 16, 60), ("3/2", 4, 59), ("3/2", 8, 57),
        ("12/8", 8, 55), ("2/2", 4, 53), ("2/4", 4, 49), ("3/8", 16, 32), ("5/4", 4, 27),
        ("6/8", 16, 19), ("9/4", 4, 14), ("3/4", 16, 14), ("5/4", 8, 11),
    )
}  # fmt: skip
"""How often meters and unit lengths go together in 12,197 openly licensed tunes."""

FINALISTS, SECOND_JUDGE, CLEAR_ENOUGH = 4, 3.0, 8
"""How many keys music21 is asked about, what its word weighs, and how many notes it must have heard."""
MISSING = 1000
"""How much likelier a field is at fault that is not there at all."""
UNITS = tuple(Fraction(1, n) for n in (8, 4, 16, 2, 32))


def common_length(tune: Tune) -> Fraction | None:
    """The length that most inner bars have, if it is one that the meter does not ask for.

    Three bars in five must agree on it and hardly any be right: then the meter or the unit length is
    wrong, not the bars.
    """
    inner = [m for v in tune.voices for m in v.measures[1:-1] if m.meter and m.meter == tune.meter]
    length = _agreed(inner)
    if length is None or length == inner[0].expected:
        return None
    return None if sum(m.full for m in inner) * 5 > len(inner) else length


def _agreed(measures: list[Measure]) -> Fraction | None:
    """The length that three in five measures have; of two or three, all must have it."""
    if len(measures) < 2:
        return None
    length, count = Counter(m.duration for m in measures).most_common(1)[0]
    needed = len(measures) if len(measures) < 4 else len(measures) * 3 / 5
    return length if count >= needed else None


def other_meter(tune: Tune, length: Fraction) -> Iterator[list[Edit]]:
    """Another `M:` or another `L:`, the more usual pair of them first."""
    assert tune.meter is not None, "free meter has no common wrong length"
    choices: list[tuple[float, list[Edit]]] = []
    for meter in meters_of(tune, length):
        weight = _weight(tune, meter, tune.unit) * (1 if tune.field("M") else MISSING)
        choices.append((weight, [set_field(tune, "M", meter.text)]))
    ratio = tune.meter.length / length
    if ratio in (2, 4, Fraction(1, 2), Fraction(1, 4)):
        weight = _weight(tune, tune.meter, tune.unit * ratio) * (1 if tune.field("L") else MISSING)
        choices.append((weight, [set_field(tune, "L", str(tune.unit * ratio))]))
    yield from (edits for _, edits in sorted(choices, key=lambda c: -c[0]))


def _weight(tune: Tune, meter: Meter, unit: Fraction) -> float:
    """How usual a meter is with a unit length, and with the rhythm that the tune calls itself."""
    name = {"C": "4/4", "C|": "2/2"}.get(meter.text, meter.text)
    weight = float(USUAL.get((name, unit), 1))
    if meter.length in (Fraction(3, 4), Fraction(3, 2)):
        threes = _in_threes(tune, meter.length)
        weight *= 1 if threes is None or meter.compound == threes else 0.01
    field = tune.field("R")
    style = STYLES.get(field.value.strip().lower()) if field else None
    if style is not None:
        weight *= 20 if name in style.meters else 1
    return weight


def meters_of(tune: Tune, length: Fraction) -> list[Meter]:
    """Meters of this length, the likeliest first: notes in threes are heard in 6/8."""
    names = [name for name, _ in USUAL if Fraction(name) == length]
    names = list(dict.fromkeys(names))
    if not names:
        for unit in (4, 8, 16, 32):
            if (length * unit).denominator == 1 and length * unit <= 128:
                names = [f"{length * unit}/{unit}"]
                break
    return [meter for meter in (parse_meter(name) for name in names) if meter is not None]


def _in_threes(tune: Tune, length: Fraction) -> bool | None:
    """Whether measures of this length fall into dotted beats rather than plain ones.

    Notes that sound across the middle of the measure speak against it, groups of three eighths
    written without a space for it. None if there is no measure of this length.
    """
    across = total = threes = plain = 0
    for measure in all_measures(tune):
        if measure.duration != length:
            continue
        total += 1
        middle = length / 2
        across += any(
            e.onset < middle < e.onset + e.duration < length + e.onset for e in measure.events
        )
        for group in _groups(tune, measure):
            threes += group == Fraction(3, 8)
            plain += group in (Fraction(1, 4), Fraction(1, 2))
    if not total:
        return None
    if across * 6 > total:
        return False
    return threes > plain or (not threes and not plain)


def _groups(tune: Tune, measure: Measure) -> Iterator[Fraction]:
    """The lengths of the groups of notes that are written without a space."""
    group = Fraction(0)
    for event, after in zip(measure.events, (*measure.events[1:], None), strict=True):
        group += event.duration
        if after is None or " " in tune.source[event.span.end : after.span.start]:
            if group < measure.duration:
                yield group
            group = Fraction(0)


# -- unreadable fields ----------------------------------------------------------------------------


def readable_meter(tune: Tune, field: Field) -> Iterator[list[Edit]]:
    """A meter for an `M:` that cannot be read: the one that the bars have."""
    inner = [m for v in tune.voices for m in v.measures[1:-1]]
    length = (
        _agreed(inner) or Counter(m.duration for m in inner).most_common(1)[0][0] if inner else None
    )
    meters = meters_of(tune, length) if length else []
    meters.sort(key=lambda meter: -_weight(tune, meter, tune.unit))
    for meter in meters:
        yield [Edit(field.value_span, meter.text)]
    yield [Edit(field.value_span, "none")]


def readable_unit(tune: Tune, field: Field) -> Iterator[list[Edit]]:
    """A unit length for an `L:` that cannot be read: the one under which the bars are full."""
    inner = [m for v in tune.voices for m in v.measures[1:-1]]
    length = _agreed(inner)
    units = list(UNITS)
    if length and tune.meter is not None:
        fitting = tune.unit * tune.meter.length / length
        units = [fitting] if fitting.numerator == 1 else units
    yield from ([Edit(field.value_span, str(unit))] for unit in units)


# -- the key --------------------------------------------------------------------------------------


def lost_key(tune: Tune) -> Key:
    """The key of a tune whose `K:` is missing or unreadable, from its letters, signs and chords.

    A signature is likely if the notes make a clear key under it whose tonic ends the tune, if the
    chord symbols belong to it, and if no sign says what it would say anyway. Between the likeliest
    music21 decides, which hears the notes as each of them would make them sound.
    """
    notes = [n for m in all_measures(tune) for n in notes_in_order(m)]
    if not notes:
        return Key()
    scored = [
        (_sense(tune, key), -order, key)
        for order, key in enumerate(_candidates(notes[-1].written.step))
    ]
    best = sorted(scored, key=lambda item: item[:2], reverse=True)[:FINALISTS]
    if len(notes) < CLEAR_ENOUGH:
        return best[0][2]
    return max(best, key=lambda item: item[0] + SECOND_JUDGE * _heard_as(tune, item[2]))[2]


def _heard_as(tune: Tune, key: Key) -> float:
    """How clearly music21 hears a key with this signature if the tune is written under it."""
    written = apply(tune.source, [set_field(tune, "K", key.abc)])
    signed = next(iter(parse(written).tunes), None)
    judged = judged_keys(signed) if signed is not None else []
    return max((clear for heard, clear in judged if heard.sharps == key.sharps), default=0.0)


def signed_key(tune: Tune) -> Key | None:
    """The key of a tune that has no `K:` but writes out every sign of one; None for other tunes."""
    alters: dict[str, set[int | Fraction]] = {}
    for measure in all_measures(tune):
        for note in notes_in_order(measure):
            alters.setdefault(note.written.step, set()).add(note.written.alter)
    steady = {step: next(iter(found)) for step, found in alters.items() if len(found) == 1}
    altered = {step: alter for step, alter in steady.items() if alter}
    if len(steady) < len(alters) or not altered:
        return None
    last = [n for m in all_measures(tune) for n in notes_in_order(m)][-1].written.step
    fitting = [
        key
        for key in _candidates(last)
        if {step: alter for step, alter in key.signature.items() if alter} == altered
    ]
    return max(fitting, key=lambda key: _sense(tune, key), default=None)


def _candidates(last: str) -> list[Key]:
    """Keys on any step, the final note's first; major and minor before the church modes."""
    steps = [last, *(s for s in STEPS if s != last)]
    keys = []
    for mode in ("major", "minor", "dorian", "mixolydian"):
        for step in steps:
            for alter in (0, -1, 1):
                key = Key(step, alter, mode)
                if abs(key.sharps) <= 6:
                    keys.append(key)
    return keys


_SEEN = {
    "G": 3249, "D": 2467, "C": 1043, "F": 1005, "A": 927, "Bb": 662, "Eb": 471, "Ab": 281, "E": 251,
    "Gm": 233, "Am": 259, "Em": 260, "Dm": 159, "Db": 100, "B": 84, "Cm": 60, "Fm": 60, "Bm": 56,
    "Dmix": 60, "Ddor": 50, "Gb": 37, "Amix": 62, "Ador": 54, "F#m": 32, "F#": 26, "Edor": 40,
}  # fmt: skip
"""How often keys head 12,197 openly licensed tunes; others are rarer."""


def _sense(tune: Tune, key: Key) -> float:
    """How well the tune makes sense in a key; higher is better."""
    signature = key.signature
    weights = [0.0] * 12
    superfluous = signs = 0
    last = tonic_class = key.pitch_class
    for measure in all_measures(tune):
        state: dict[str, int | Fraction] = {}
        for note in notes_in_order(measure):
            step = note.written.step
            if note.accidental is not None:
                signs += 1
                superfluous += note.accidental == state.get(step, signature[step])
                state[step] = note.accidental
            pitch_class = round(STEP_SEMITONES[step] + state.get(step, signature[step])) % 12
            weights[pitch_class] += float(note.factor)
            last = pitch_class
    score = _correlation(weights, PROFILES[key.mode], tonic_class)
    score += 0.25 * math.log(_SEEN.get(key.abc, 10))
    score += 0.5 if last == tonic_class else 0.0
    score -= 1.5 * superfluous / max(signs, 1) if signs else 0.0
    return score + 1.5 * _chord_fit(tune, key)


def _correlation(weights: list[float], profile: tuple[float, ...], tonic: int) -> float:
    turned = [weights[(tonic + n) % 12] for n in range(12)]
    mean, level = sum(turned) / 12, sum(profile) / 12
    top = sum((w - mean) * (p - level) for w, p in zip(turned, profile, strict=True))
    below = sum((w - mean) ** 2 for w in turned) * sum((p - level) ** 2 for p in profile)
    return top / below**0.5 if below else 0.0


def _chord_fit(tune: Tune, key: Key) -> float:
    """Share of the chord symbols' notes that lie in the key's scale."""
    scale = {round(STEP_SEMITONES[s] + a) % 12 for s, a in key.scale}
    inside = total = 0
    for measure in all_measures(tune):
        for event in measure.events:
            chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
            if chord is not None:
                total += len(chord.pitch_classes)
                inside += len(chord.pitch_classes & scale)
    return inside / total if total else 0.0
