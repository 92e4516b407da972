"""Requirements checked on a tune, by code. A name without a check is a promise we do not make.

`check(tune, wishes)` gives every requirement with `met` True or False. Add a requirement: read it in
`requirements`, check it here, phrase it in `phrases`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from abc_tools.analyse import chord_at
from abc_tools.chords import roman
from abc_tools.edit import felt_beat
from abc_tools.metrics import in_scale, leaps, melody, span_of
from abc_tools.sections import form
from abc_tools.styles import STYLES
from abc_tools.theory import MODES, STEP_SEMITONES, parse_key, parse_meter
from abc_tools.tune import Tune
from chat.requirements import Requirement
from chat.vocabulary import INSTRUMENTS

SLOW, FAST = 92, 104
"""Felt beats a minute: at most this is slow, at least this is fast; compound meters are felt slower."""


def check(tune: Tune, values: dict[str, str]) -> tuple[Requirement, ...]:
    """Every requirement with whether the tune meets it."""
    return tuple(
        Requirement(name, value, CHECKS[name](tune, value) if name in CHECKS else False)
        for name, value in values.items()
    )


def _key(tune: Tune, value: str) -> bool:
    key = parse_key(value)
    if key is None or tune.key.name != key.name:
        return False
    notes = melody(tune)
    return in_scale(tune, key) >= 0.85 and bool(notes) and _closes_on(tune, key.pitch_class)


def _closes_on(tune: Tune, pitch_class: int) -> bool:
    """Whether the last note, or the last chord, is the tonic."""
    chords = chord_at(tune)
    last = melody(tune)[-1]
    by_note = any(midi % 12 == pitch_class for midi in last.midi)
    return by_note or (bool(chords) and chords[-1][2].root_class == pitch_class)


def _mode(tune: Tune, value: str) -> bool:
    return value in MODES and tune.key.mode == value


def _meter(tune: Tune, value: str) -> bool:
    wanted = parse_meter(value)
    return (
        wanted is not None
        and tune.meter is not None
        and (tune.meter.length == wanted.length and tune.meter.unit == wanted.unit)
        and all(m.meter is not None and m.meter.length == wanted.length for m in tune.measures)
    )


def _tempo(tune: Tune, value: str) -> bool:
    beat = felt_beat(tune)
    bpm = tune.tempo.bpm * tune.tempo.beat / beat
    own = tune.tempo.bpm
    if value.isdigit():
        return int(value) in (round(own), round(bpm))
    quarter = beat if tune.meter is None or not tune.meter.compound else Fraction(3, 8)
    felt = tune.tempo.bpm * tune.tempo.beat / quarter
    if value == "slow":
        return felt <= SLOW
    if value == "fast":
        return felt >= FAST
    return SLOW - 12 <= felt <= FAST + 26


def _bars(tune: Tune, value: str) -> bool:
    return tune.bar_count == int(value)


def _rhythm(tune: Tune, value: str) -> bool:
    field = tune.field("R")
    style = STYLES[value]
    meters = {parse_meter(text) for text in style.meters}
    lengths = {m.length for m in meters if m is not None}
    return (
        field is not None
        and field.value == value
        and (
            tune.meter is not None
            and (tune.meter.length in lengths or value in ("song", "folk song"))
        )
    )


def _form(tune: Tune, value: str) -> bool:
    return form(tune) == value or form(tune).replace("'", "") == value


def _chords(tune: Tune, value: str) -> bool:
    found = chord_at(tune)
    if value == "no":
        return not found
    with_chord = {measure.number for measure, _, _ in found}
    bars = [m.number for m in tune.measures if m.full]
    covered = sum(bar in with_chord for bar in bars) >= len(bars) / 2
    if value == "yes":
        return bool(found) and covered
    allowed = {numeral.removesuffix("7") for numeral in value.split()}
    used = {(roman(chord, measure.key) or "?").removesuffix("7") for measure, _, chord in found}
    return bool(found) and used <= allowed


def _title(tune: Tune, value: str) -> bool:
    return tune.title == value


def _theme(tune: Tune, value: str) -> bool:
    words = [w for w in value.lower().split() if w not in ("the", "a", "an", "my", "our")]
    return any(word in tune.title.lower() for word in words) if words else True


def _difficulty(tune: Tune, value: str) -> bool:
    shortest = min((e.duration for e in melody(tune)), default=Fraction(1))
    return span_of(tune) <= 17 and shortest >= Fraction(1, 8) and max(leaps(tune), default=0) <= 12


def _note_values(tune: Tune, value: str) -> bool:
    allowed = {Fraction(v) for v in value.split()}
    return all(e.duration in allowed for e in melody(tune))


def _range(tune: Tune, value: str) -> bool:
    if value == "octave":
        return span_of(tune) <= 12
    low, high = range_midi(value)
    notes = [midi for event in melody(tune) for midi in event.midi]
    return bool(notes) and low <= min(notes) and max(notes) <= high


def range_midi(value: str) -> tuple[int, int]:
    """MIDI limits of a spoken range: `C A` (from middle C upwards) or `C4 G5`."""

    def midi(name: str, above: int) -> int:
        step = STEP_SEMITONES[name[0]] + (1 if "#" in name else -1 if "b" in name[1:] else 0)
        if name[-1].isdigit():
            return 12 * (int(name[-1]) + 1) + step
        number = 60 + step
        while number <= above:
            number += 12
        return number

    first, second = value.split()
    low = midi(first, 0)
    return low, midi(second, low)


def _instrument(tune: Tune, value: str) -> bool:
    return all(voice.program == INSTRUMENTS[value][0] for voice in tune.voices)


def _voices(tune: Tune, value: str) -> bool:
    return len(tune.voices) == int(value)


def _lyrics(tune: Tune, value: str) -> bool:
    return any(line.syllables for line in tune.lyrics)


def _scale(tune: Tune, value: str) -> bool:
    classes = {midi % 12 for event in melody(tune) for midi in event.midi}
    if value == "diatonic":
        return in_scale(tune, tune.key) == 1.0 and not any(
            note.accidental is not None for event in melody(tune) for note in event.notes
        )
    return len(classes) <= 5 and in_scale(tune, tune.key) == 1.0


def _pickup(tune: Tune, value: str) -> bool:
    return (tune.measures[0].number == 0) == (value == "yes")


CHECKS: dict[str, Callable[[Tune, str], bool]] = {
    "key": _key, "mode": _mode, "meter": _meter, "tempo": _tempo, "bars": _bars, "rhythm": _rhythm,
    "form": _form, "chords": _chords, "title": _title, "theme": _theme, "difficulty": _difficulty,
    "note_values": _note_values, "range": _range, "instrument": _instrument, "voices": _voices,
    "lyrics": _lyrics, "scale": _scale, "pickup": _pickup,
}  # fmt: skip
