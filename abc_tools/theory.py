"""Pitches, intervals, keys, modes and meters: complete tables and pure functions.

Conventions: steps are the letters C D E F G A B; `alter` counts semitones (sharp +1, flat -1; a
Fraction for microtones); octave 4 begins at middle C, MIDI 60. Durations are fractions of a whole
note. Chord symbols have a module of their own (`chords`). This module knows nothing of ABC text
beyond the spelling of its pitches and keys (ABC 2.1 §3.1.14, §4.1, §4.2, §4.6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

STEPS = "CDEFGAB"
STEP_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SHARP_ORDER = "FCGDAEB"
ACCIDENTALS = {"__": -2, "_": -1, "=": 0, "^": 1, "^^": 2}
ALTER_SIGNS = {alter: sign for sign, alter in ACCIDENTALS.items()}
ALTER_NAMES = {-2: "bb", -1: "b", 0: "", 1: "#", 2: "##"}

MODES: dict[str, int] = {
    "major": 0, "minor": -3, "dorian": -2, "phrygian": -4, "lydian": 1, "mixolydian": -1,
    "locrian": -5,
}  # fmt: skip
"""Mode → how many sharps its signature has more than the major key on the same tonic."""

MODE_ABBREVIATIONS = {
    "": "major", "maj": "major", "ion": "major", "m": "minor", "min": "minor", "aeo": "minor",
    "dor": "dorian", "phr": "phrygian", "lyd": "lydian", "mix": "mixolydian", "loc": "locrian",
}  # fmt: skip
MODE_SUFFIXES = {
    "major": "", "minor": "m", "dorian": "dor", "phrygian": "phr", "lydian": "lyd",
    "mixolydian": "mix", "locrian": "loc",
}  # fmt: skip


@dataclass(frozen=True)
class Interval:
    """A directed interval: diatonic steps and semitones, both signed (major third up: 2, 4)."""

    steps: int
    semitones: int

    def __neg__(self) -> Interval:
        return Interval(-self.steps, -self.semitones)


@dataclass(frozen=True)
class Pitch:
    """A spelled pitch.

    >>> Pitch("F", 1, 4).midi
    66
    """

    step: str
    alter: int | Fraction
    octave: int

    @cached_property
    def midi(self) -> int:
        """MIDI number; microtones are rounded to the nearest semitone."""
        return round(12 * (self.octave + 1) + STEP_SEMITONES[self.step] + self.alter)

    @cached_property
    def diatonic(self) -> int:
        """Number of the staff step, counted from C0."""
        return 7 * self.octave + STEPS.index(self.step)

    @property
    def name(self) -> str:
        """Readable name: ``F#4``; microtones show their fraction."""
        alter = ALTER_NAMES.get(int(self.alter)) if self.alter == int(self.alter) else None
        return f"{self.step}{f'({self.alter})' if alter is None else alter}{self.octave}"

    def transposed(self, interval: Interval) -> Pitch:
        """The pitch an interval away, spelled by the interval's steps; double alterations at most.

        >>> Pitch("E", 0, 4).transposed(Interval(2, 4)).name
        'G#4'
        """
        octave, index = divmod(self.diatonic + interval.steps, 7)
        step = STEPS[index]
        natural = 12 * (octave + 1) + STEP_SEMITONES[step]
        exact = 12 * (self.octave + 1) + STEP_SEMITONES[self.step] + self.alter + interval.semitones
        pitch = Pitch(step, exact - natural, octave)
        return pitch if -2 <= pitch.alter <= 2 else pitch.respelled()

    def respelled(self) -> Pitch:
        """An enharmonic spelling with at most one sharp or flat."""
        for step in STEPS:
            for alter in (0, 1, -1):
                for octave in (self.octave - 1, self.octave, self.octave + 1):
                    other = Pitch(step, alter, octave)
                    if other.midi == self.midi:
                        return other
        raise AssertionError(f"every MIDI number has a spelling: {self}")


def abc_letter(pitch: Pitch) -> str:
    """Letter and octave marks of a pitch in ABC, without its accidental.

    >>> abc_letter(Pitch("C", 0, 3)), abc_letter(Pitch("G", 0, 5)), abc_letter(Pitch("A", 0, 6))
    ('C,', 'g', "a'")
    """
    if pitch.octave >= 5:
        return pitch.step.lower() + "'" * (pitch.octave - 5)
    return pitch.step + "," * (4 - pitch.octave)


@dataclass(frozen=True)
class Key:
    """A key: tonic, mode and accidentals of its own beyond the mode (``K:D phr ^f``).

    `tonic` is "" for `K:none`; `explicit` lists (step, alter) pairs that override the signature.
    """

    tonic: str = "C"
    alter: int = 0
    mode: str = "major"
    explicit: tuple[tuple[str, int | Fraction], ...] = ()

    @property
    def sharps(self) -> int:
        """Sharps of the signature (flats negative), the explicit accidentals left out."""
        if not self.tonic:
            return 0
        return SHARP_ORDER.index(self.tonic) - 1 + 7 * self.alter + MODES[self.mode]

    @cached_property
    def signature(self) -> dict[str, int | Fraction]:
        """Alteration of every step."""
        return _altered(self)

    @property
    def name(self) -> str:
        """Readable name.

        >>> Key("B", -1, "minor").name
        'Bb minor'
        """
        if not self.tonic:
            return "no key"
        return f"{self.tonic}{ALTER_NAMES[self.alter]} {self.mode}"

    @property
    def abc(self) -> str:
        """The value of a `K:` field that means this key."""
        if not self.tonic:
            return "none"
        extra = "".join(
            f" {ALTER_SIGNS[int(alter)]}{step.lower()}" for step, alter in self.explicit
        )
        return f"{self.tonic}{ALTER_NAMES[self.alter]}{MODE_SUFFIXES[self.mode]}{extra}"

    @property
    def pitch_class(self) -> int:
        """Semitones of the tonic above C."""
        return (STEP_SEMITONES[self.tonic] + self.alter) % 12 if self.tonic else 0

    @property
    def scale(self) -> tuple[tuple[str, int | Fraction], ...]:
        """The seven (step, alter) pairs from the tonic upwards."""
        start = STEPS.index(self.tonic or "C")
        signature = self.signature
        return tuple((s, signature[s]) for s in (STEPS * 2)[start : start + 7])

    @property
    def minor_third(self) -> bool:
        """Whether the third above the tonic is minor (minor, dorian, phrygian, locrian)."""
        third, alter = self.scale[2]
        return (STEP_SEMITONES[third] + int(alter) - self.pitch_class) % 12 == 3

    def with_mode(self, mode: str) -> Key:
        """The parallel key: same tonic, other mode, respelled if that needs over seven accidentals.

        >>> Key("G").with_mode("minor").abc, Key("D", -1).with_mode("minor").abc
        ('Gm', 'C#m')
        """
        return _spellable(Key(self.tonic, self.alter, mode))

    def transposed(self, interval: Interval) -> Key:
        """The key an interval away, in a spelling with at most seven sharps or flats."""
        if not self.tonic:
            return self
        tonic = Pitch(self.tonic, self.alter, 4).transposed(interval)
        if not -1 <= tonic.alter <= 1:
            tonic = tonic.respelled()
        moved = tuple(
            (p.step, p.alter)
            for p in (Pitch(s, a, 4).transposed(interval) for s, a in self.explicit)
        )
        return _spellable(Key(tonic.step, int(tonic.alter), self.mode, moved))


@cache
def _altered(key: Key) -> dict[str, int | Fraction]:
    altered: dict[str, int | Fraction] = dict(_signature(key.sharps))
    altered.update(key.explicit)
    return altered


@cache
def _signature(sharps: int) -> tuple[tuple[str, int], ...]:
    altered = dict.fromkeys(STEPS, 0)
    for n in range(abs(sharps)):
        step = SHARP_ORDER[n % 7] if sharps > 0 else SHARP_ORDER[6 - n % 7]
        altered[step] += 1 if sharps > 0 else -1
    return tuple(altered.items())


def _spellable(key: Key) -> Key:
    if abs(key.sharps) <= 7:
        return key
    for step in STEPS:
        for alter in (0, 1, -1):
            other = Key(step, alter, key.mode, key.explicit)
            if other.pitch_class == key.pitch_class and abs(other.sharps) <= 6:
                return other
    raise AssertionError(f"every tonic has a spelling with six accidentals: {key}")


def in_key(key: Key, diatonic: int) -> Pitch:
    """The pitch on a place of the staff (`Pitch.diatonic`) with the sign that the key gives it.

    >>> in_key(Key("G"), Pitch("F", 0, 4).diatonic).name
    'F#4'
    """
    octave, index = divmod(diatonic, 7)
    return Pitch(STEPS[index], key.signature[STEPS[index]], octave)


def key_interval(old: Key, new: Key, *, direction: int = 0) -> Interval:
    """The interval that takes the tonic of `old` to that of `new`.

    `direction` > 0 goes up, < 0 down, 0 the nearer way (a tritone goes up).
    """
    steps = (STEPS.index(new.tonic) - STEPS.index(old.tonic)) % 7
    semitones = (new.pitch_class - old.pitch_class) % 12
    if steps == 0 and semitones > 6:
        semitones -= 12
    if steps == 6 and semitones < 6:
        semitones += 12
    down = direction < 0 or (direction == 0 and semitones > 6)
    if down and (steps, semitones) != (0, 0):
        return Interval(steps - 7, semitones - 12)
    return Interval(steps, semitones)


@dataclass(frozen=True)
class Meter:
    """A meter: the beats of one measure and the note that counts one (ABC 2.1 §3.1.6).

    `beats` has several numbers for `2+3/8`; `text` is what stood in the field.
    """

    beats: tuple[int, ...]
    unit: int
    text: str

    @cached_property
    def length(self) -> Fraction:
        """Length of a full measure in whole notes."""
        return Fraction(sum(self.beats), self.unit)

    @cached_property
    def compound(self) -> bool:
        """6/8, 9/8, 12/8 …: beats of three."""
        total = sum(self.beats)
        return len(self.beats) == 1 and self.unit >= 8 and total % 3 == 0 and total > 3

    @property
    def beat(self) -> Fraction:
        """The felt beat in whole notes: 3/8 in compound meters, 1/2 in cut time, else the unit."""
        if self.compound:
            return Fraction(3, self.unit)
        return Fraction(1, 2) if self.text == "C|" else Fraction(1, self.unit)


_METER = re.compile(r"^\(?\s*(\d+(?:\s*\+\s*\d+)*)\s*\)?\s*/\s*(\d+)$")


def parse_meter(text: str) -> Meter | None:
    """Read the value of `M:`; None for free meter (`none`, empty). ValueError if unreadable.

    >>> parse_meter("C|").length, parse_meter("(2+3)/8").length
    (Fraction(1, 1), Fraction(5, 8))
    """
    value = text.strip()
    if value.lower() in ("none", ""):
        return None
    if value in ("C", "C|"):
        return Meter((4,), 4, value) if value == "C" else Meter((2,), 2, value)
    match = _METER.match(value)
    if match is None:
        raise ValueError(f"not a meter: {value!r}")
    beats = tuple(int(n) for n in match[1].split("+"))
    unit = int(match[2])
    if 0 in beats or unit not in (1, 2, 4, 8, 16, 32, 64) or sum(beats) > 128:
        raise ValueError(f"not a meter: {value!r}")
    return Meter(beats, unit, value)


def default_unit(meter: Meter | None) -> Fraction:
    """The unit note length when no `L:` says it (ABC 2.1 §3.1.7): 1/16 below 3/4, else 1/8."""
    if meter is not None and meter.length < Fraction(3, 4):
        return Fraction(1, 16)
    return Fraction(1, 8)


_KEY = re.compile(r"^([A-G])([#b]?)\s*([A-Za-z]*)")
_KEY_ACCIDENTAL = re.compile(r"(?<![\w/])(\^\^|__|[\^_=])([A-Ga-g])(?![\w=])")


def parse_key(text: str) -> Key | None:
    """Read the value of `K:`; None if it names no key (a clef alone, or nothing that can be read).

    Modes by their first three letters in any case (ABC 2.1 §3.1.14); `HP`/`Hp` is the bagpipe
    scale; `exp` takes only the accidentals that follow.

    >>> parse_key("Amix").name, parse_key("F# minor").sharps, parse_key("clef=bass")
    ('A mixolydian', 3, None)
    """
    value = text.strip()
    explicit = tuple((m[2].upper(), ACCIDENTALS[m[1]]) for m in _KEY_ACCIDENTAL.finditer(value))
    if value[:2] in ("HP", "Hp"):
        return Key("A", 0, "mixolydian")
    if value.lower().startswith("none"):
        return Key("", 0, "major", explicit)
    match = _KEY.match(value)
    if match is None:
        return Key("", 0, "major", explicit) if explicit and value[0] in "^_=" else None
    tonic, sign, word = match.groups()
    alter = {"#": 1, "b": -1, "": 0}[sign]
    lowered = word.lower()
    if lowered == "exp" or _word(value, match.end(2)) == "exp":
        return Key("", 0, "major", explicit)
    mode = "minor" if lowered == "m" else MODE_ABBREVIATIONS.get(lowered[:3])
    if mode is None:
        # "Gclef=bass", "G treble": what follows is a clef, the key is major
        mode = "major" if re.match(r"(clef|treble|bass|alto|tenor|perc|stafflines|octave|middle"
                                   r"|transpose|shift|sound|name|snm|nm|cue)", lowered) else None  # fmt: skip
    return None if mode is None else Key(tonic, alter, mode, explicit)


def _word(value: str, start: int) -> str:
    rest = value[start:].split()
    return rest[0].lower() if rest else ""
