"""A tune as the model learns it: sections of bars of events, in one or several voices.

Pitches, keys and meters are those of `abc_tools.theory`; durations are `Fraction`s of a whole note as
they sound; accidentals are absolute and become signs only when written. Of ornaments, slurs, dynamics
and directives nothing is kept. What it does not know: ABC text (`lm.reading` and `lm.spelling` do),
free meter, changes of key or meter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property

from abc_tools.chords import parse_chord
from abc_tools.theory import Interval, Key, Meter, Pitch


class Unreadable(ValueError):
    """The tune holds something the model's view has no place for; the message says what."""


@dataclass(frozen=True, slots=True)
class Event:
    """A note, a chord (several pitches, lowest first) or a rest (none) of `duration` as it sounds.

    `tie` holds it into the next event of its voice. `chord` is the chord symbol over it; `syllables`
    has one entry a verse (None where the verse holds the syllable before).
    """

    duration: Fraction
    pitches: tuple[Pitch, ...] = ()
    tie: bool = False
    chord: str | None = None
    syllables: tuple[str | None, ...] = ()

    @property
    def top(self) -> Pitch | None:
        """The highest pitch; None for a rest."""
        return self.pitches[-1] if self.pitches else None


Line = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands between two barlines: the events of each voice. `ending` is 1 or 2 where a first or
    second ending begins.
    """

    voices: tuple[Line, ...]
    ending: int = 0

    @property
    def duration(self) -> Fraction:
        """Length of the first voice, in whole notes."""
        return sum((e.duration for e in self.voices[0]), Fraction(0))


@dataclass(frozen=True)
class Section:
    """A part of a tune: bars in order (a pickup is a short first bar); `repeat` when it is played
    twice, from `|:` to `:|`. Bars with endings come last: those of the first time, then the second.
    """

    label: str
    bars: tuple[Bar, ...]
    repeat: bool = False

    def pickup(self, full: Fraction) -> Fraction:
        """Length of the short bar it begins with, 0 if there is none."""
        first = self.bars[0].duration
        return first if first < full and len(self.bars) > 1 else Fraction(0)

    def size(self, full: Fraction) -> int:
        """Bars of one time through, the pickup not counted (a second ending is not counted either)."""
        return len(self.bars) - bool(self.pickup(full)) - self.endings

    @cached_property
    def endings(self) -> int:
        """Bars of the second ending; 0 without endings."""
        starts = [i for i, bar in enumerate(self.bars) if bar.ending == 2]
        return len(self.bars) - starts[0] if starts else 0


@dataclass(frozen=True)
class Piece:
    """One tune, ready to be transposed and written. `clefs` has one entry a voice."""

    title: str
    rhythm: str | None
    meter: Meter
    key: Key
    sections: tuple[Section, ...]
    clefs: tuple[str, ...] = ("treble",)
    tempo: int | None = None
    language: str | None = None
    source: str = ""
    group: str = ""
    weight: float = 1.0

    @property
    def full(self) -> Fraction:
        """The length of a full bar in whole notes."""
        return self.meter.length

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """All bars in written order, pickups among them."""
        return tuple(bar for section in self.sections for bar in section.bars)

    def events(self, voice: int = 0) -> Iterator[Event]:
        """All events of a voice in written order."""
        for bar in self.bars:
            yield from bar.voices[voice]

    @cached_property
    def n_bars(self) -> int:
        """Printed bars: the two short halves of a bar that a repeat cuts in two count as one."""
        return sum(len(s.bars) - bool(s.pickup(self.full)) for s in self.sections)

    @cached_property
    def has_chords(self) -> bool:
        """Whether any chord symbol stands over the tune."""
        return any(e.chord for e in self.events())

    @cached_property
    def has_words(self) -> bool:
        """Whether words stand under the first voice."""
        return any(e.syllables and e.syllables[0] for e in self.events())

    @cached_property
    def steps(self) -> tuple[int, int]:
        """Lowest and highest staff step (`Pitch.diatonic`) of the first voice."""
        steps = [p.diatonic for e in self.events() for p in e.pitches]
        return min(steps), max(steps)

    def mapped(self, change: object) -> Piece:
        """The piece with every event replaced by `change(event)`."""
        assert callable(change)
        sections = tuple(
            replace(s, bars=tuple(
                replace(b, voices=tuple(tuple(change(e) for e in line) for line in b.voices))
                for b in s.bars
            ))
            for s in self.sections
        )  # fmt: skip
        return replace(self, sections=sections)


@cache
def moved_pitch(pitch: Pitch, steps: int, semitones: int) -> Pitch:
    """`Pitch.transposed`, remembered: the same few hundred pitches come again and again."""
    return pitch.transposed(Interval(steps, semitones))


@cache
def moved_chord(text: str, steps: int, semitones: int) -> str | None:
    """A chord symbol moved by an interval; None if it is none."""
    chord = parse_chord(text)
    return chord.transposed(Interval(steps, semitones)).text if chord else None


def transpose(piece: Piece, interval: Interval) -> Piece:
    """Move every voice and chord symbol by an interval."""
    steps, semitones = interval.steps, interval.semitones
    if not steps and not semitones:
        return piece

    def move(event: Event) -> Event:
        return replace(
            event,
            pitches=tuple(moved_pitch(p, steps, semitones) for p in event.pitches),
            chord=moved_chord(event.chord, steps, semitones) if event.chord else None,
        )

    return replace(piece.mapped(move), key=piece.key.transposed(interval))


def without_chords(piece: Piece) -> Piece:
    """The tune without chord symbols."""
    return piece.mapped(lambda e: replace(e, chord=None) if e.chord else e)


def without_words(piece: Piece) -> Piece:
    """The tune without words."""
    return piece.mapped(lambda e: replace(e, syllables=()) if e.syllables else e)


def with_voices(piece: Piece, voices: tuple[int, ...]) -> Piece:
    """Only some voices of the tune, in the given order."""
    sections = tuple(
        replace(
            s, bars=tuple(replace(b, voices=tuple(b.voices[v] for v in voices)) for b in s.bars)
        )
        for s in piece.sections
    )
    return replace(piece, sections=sections, clefs=tuple(piece.clefs[v] for v in voices))
