"""A tune as the model learns it: sections of full bars of events, with exact pitches and durations.

Conventions: durations are `Fraction`s of a whole note; pitches are (step, alter) with step = 7 ×
octave + letter (C = 0), so middle C is (28, 0); accidentals are absolute and become signs only when
written. What it does not know: ABC text, several voices, free meter, changes of key or meter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

LETTERS = "CDEFGAB"
SEMITONES = (0, 2, 4, 5, 7, 9, 11)
SHARP_ORDER = (3, 0, 4, 1, 5, 2, 6)  # F C G D A E B as letter numbers
# How many fifths the signature of a mode on C lies from C major.
MODE_FIFTHS = {"major": 0, "minor": -3, "dorian": -2, "mixolydian": -1, "phrygian": -4, "lydian": 1}
MODE_NAMES = {
    "": "major", "maj": "major", "ion": "major", "m": "minor", "min": "minor", "aeo": "minor",
    "dor": "dorian", "mix": "mixolydian", "phr": "phrygian", "lyd": "lydian",
}  # fmt: skip
MODE_SUFFIX = {
    "major": "", "minor": "m", "dorian": "dor", "mixolydian": "mix", "phrygian": "phr",
    "lydian": "lyd",
}  # fmt: skip
ACCIDENTALS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
SIGNS = {value: sign for sign, value in ACCIDENTALS.items()}
EIGHTH = Fraction(1, 8)
MAX_BARS_A_LINE = 4


@dataclass(frozen=True)
class Key:
    """A tonic (letter number, alteration) and a mode of `MODE_FIFTHS`."""

    letter: int
    alter: int
    mode: str

    @property
    def fifths(self) -> int:
        """Sharps (positive) or flats (negative) of the signature."""
        tonic = (0, 2, 4, -1, 1, 3, 5)[self.letter] + 7 * self.alter
        return tonic + MODE_FIFTHS[self.mode]

    @property
    def alters(self) -> tuple[int, ...]:
        """The signature: an alteration for each letter C to B."""
        table = [0] * 7
        for i in range(abs(self.fifths)):
            if self.fifths > 0:
                table[SHARP_ORDER[i % 7]] += 1
            else:
                table[SHARP_ORDER[6 - i % 7]] -= 1
        return tuple(table)

    @property
    def abc(self) -> str:
        """The value of a `K:` field: `G`, `Bb`, `Am`, `Ddor`."""
        return (
            LETTERS[self.letter] + "b#"[self.alter > 0] * abs(self.alter) + MODE_SUFFIX[self.mode]
        )

    @property
    def words(self) -> str:
        """The key in words: `B flat major` is `Bb major`."""
        return LETTERS[self.letter] + "b#"[self.alter > 0] * abs(self.alter) + " " + self.mode


@dataclass(frozen=True)
class Event:
    """A note (step, alter) or a rest (`pitch` None) of `duration` as it sounds.

    `tuplet` is 3 on each note of a triplet; `tie` joins to the next note; `chord` is the chord
    symbol over it.
    """

    duration: Fraction
    pitch: tuple[int, int] | None
    tie: bool = False
    tuplet: int = 0
    chord: str | None = None


@dataclass(frozen=True)
class Section:
    """A part of a tune: an optional pickup, then bars; `repeat` when it stands between `|:` and
    `:|`.
    """

    label: str
    bars: tuple[tuple[Event, ...], ...]
    pickup: tuple[Event, ...] = ()
    repeat: bool = False


@dataclass(frozen=True)
class Piece:
    """One tune, ready to be transposed and written."""

    title: str
    rhythm: str | None
    meter: str
    key: Key
    sections: tuple[Section, ...]
    source: str = ""
    group: str = ""
    tempo: int | None = None
    weight: float = 1.0

    @property
    def bar(self) -> Fraction:
        """The length of a full bar in whole notes."""
        return Fraction(self.meter)

    def events(self) -> Iterator[Event]:
        """All events in written order."""
        for section in self.sections:
            yield from section.pickup
            for bar in section.bars:
                yield from bar

    @property
    def n_bars(self) -> int:
        """Printed bars, pickups not counted."""
        return sum(len(s.bars) for s in self.sections)

    @property
    def has_chords(self) -> bool:
        """Whether any chord symbol stands over the tune."""
        return any(e.chord for e in self.events())

    @property
    def steps(self) -> tuple[int, int]:
        """Lowest and highest step."""
        steps = [e.pitch[0] for e in self.events() if e.pitch]
        return min(steps), max(steps)


class Unreadable(ValueError):
    """The tune holds something the model's view has no place for; the message says what."""
