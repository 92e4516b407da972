"""What a grammar fixes about a tune: sections, voices, measures, words.

Lengths are `Fraction`s of a whole note; pitches are ABC note names (`^c`, `d'`, `B,`). An accidental
holds for its letter to the barline, so `pitches` should give a letter the same signs in every octave:
then whatever sounds is one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from abc_tools.theory import Meter, parse_meter

UNIT = Fraction(1, 32)
NOTE_LENGTHS = tuple(Fraction(n, 16) for n in (1, 2, 3, 4, 6, 8, 12, 16, 24))
CHORD_MODES = ("none", "optional", "required")
LANGUAGES = ("none", "en", "zh")
MAX_VOICES, MAX_PITCHES, MAX_SLOTS, MAX_SUNG = 6, 63, 511, 127
LONGEST_BAR = 2


@dataclass(frozen=True)
class SectionSpec:
    """A part: `bars` full bars a time (the last one shorter by the pickup), between repeats or not.

    The last `endings` of its bars are a first ending, followed by as many bars of a second one.
    `pickup` and `last` are the lengths of the short first bar and of the last one where they are not
    the tune's, `turn` that of the last bar of a first ending where it is not `last`. `finals` are the
    notes its last measure may end on, `cadence` the chord symbols it may end with, `opening` those its
    first full bar may begin with; empty = any. `ending` is the shortest last note.
    """

    label: str
    bars: int
    repeat: bool = False
    finals: tuple[str, ...] = ()
    cadence: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    ending: Fraction = Fraction(0)
    endings: int = 0
    pickup: Fraction | None = None
    last: Fraction | None = None
    turn: Fraction | None = None


@dataclass(frozen=True)
class VoiceSpec:
    """A voice below the first: its own pitches and rhythm. Chord symbols stand over the first voice."""

    pitches: tuple[str, ...]
    lengths: tuple[Fraction, ...] = NOTE_LENGTHS
    rests: bool = True
    triplets: bool = True
    dotted: bool = True
    shortest_rest: Fraction = Fraction(0)


@dataclass(frozen=True)
class TuneSpec:
    """Everything about a tune that its grammar fixes.

    `header` holds the literal lines `X:` to `K:`; a line `T:` alone leaves the title to the model.
    `lengths` are the lengths of plain notes and rests; `triplets` and `dotted` (`A>B`) need their
    parts among them. `chords` is none, optional or required (each full bar then begins with a chord
    symbol); `progression` gives the chord symbols of the full bars instead, in order, again and
    again. `stack` is the largest number of notes in one `[CEG]`. `lower` are further voices.
    `words` asks for a `w:` line under each line of the first voice, one entry a note; `given` are
    lines of words (as after `w:`; "" for none), one for each line of music, that the melody must fit
    note by note; no note is then tied. `number` is the number of the first voice, where
    only lower voices are written. Rests shorter than `shortest_rest` are not written.
    """

    header: tuple[str, ...]
    meter: str
    sections: tuple[SectionSpec, ...]
    pitches: tuple[str, ...]
    pickup: Fraction = Fraction(0)
    chords: str = "none"
    chord_symbols: tuple[str, ...] = ()
    lengths: tuple[Fraction, ...] = NOTE_LENGTHS
    rests: bool = True
    triplets: bool = True
    dotted: bool = True
    labels: bool = True
    progression: tuple[tuple[str, ...], ...] = ()
    stack: int = 1
    ties: bool = True
    lower: tuple[VoiceSpec, ...] = ()
    words: str = "none"
    given: tuple[str, ...] = ()
    number: int = 1
    shortest_rest: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        """Refuse what no tune can satisfy, naming the value."""
        bar = self.bar
        if bar % Fraction(1, 16) or not 0 < bar <= LONGEST_BAR:
            raise ValueError(f"meter {self.meter} is not one the grammar can count")
        for short in (self.pickup, *(s.pickup for s in self.sections if s.pickup is not None)):
            if not 0 <= short < bar or short % UNIT:
                raise ValueError(f"pickup {short} does not fit a bar of {self.meter}")
        if self.chords not in CHORD_MODES:
            raise ValueError(f"chords {self.chords!r}: none, optional or required")
        if self.chords != "none" and not (self.chord_symbols or self.progression):
            raise ValueError("chords are wanted but no chord symbol is allowed")
        if not self.pitches or not self.lengths or not self.sections:
            raise ValueError("a tune needs at least one pitch, one length and one section")
        for section in self.sections:
            if section.bars < 1:
                raise ValueError("a section needs at least one bar")
            if section.endings and not (section.repeat and 0 < section.endings < section.bars):
                raise ValueError(f"endings {section.endings}: a part of a repeated section's bars")
        if len(self.lower) >= MAX_VOICES:
            raise ValueError(f"voices {len(self.lower) + 1}: at most {MAX_VOICES}")
        if self.words not in LANGUAGES:
            raise ValueError(f"words {self.words!r}: none, en or zh")
        if self.words != "none" and self.given:
            raise ValueError("words are either given or asked for")

    @property
    def time(self) -> Meter:
        """The meter as `abc_tools` reads it."""
        try:
            meter = parse_meter(self.meter)
        except ValueError:
            meter = None
        if meter is None:
            raise ValueError(f"meter {self.meter} is not one the grammar can count")
        return meter

    @property
    def bar(self) -> Fraction:
        """The length of a full bar."""
        return self.time.length


@dataclass(frozen=True)
class MeasureSpec:
    """A measure to fill: its length, the moment in the bar where it begins, and what it may end on.

    `chords` are chord symbols at moments of the measure, and no others, when not None. `tie` says
    what may be held over its end: nothing (""), anything ("any"), or one note that must be. `after` are
    the numbers of notes that the rest of its line may have, where words are given (else None).
    """

    length: Fraction
    start: Fraction = Fraction(0)
    finals: tuple[str, ...] = ()
    cadence: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    ending: Fraction = Fraction(0)
    chords: tuple[tuple[Fraction, str], ...] | None = None
    tie: str = ""
    after: tuple[int, ...] | None = None
