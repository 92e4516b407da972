"""What a parsed ABC text is: tunebook, tunes, voices, measures and what sounds in them.

Everything is frozen and carries the span of its text, so that a musical change can be said as edits
of spans. Durations and onsets are `Fraction`s of a whole note; pitches are sounding pitches (key,
accidentals of the bar, clef and transposition applied). Names are those of ABC 2.1; `docs/glossary.md`
lists them. An `Event` is one thing that takes time: a note, a rest, or a chord of several notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from abc_tools.text import Span
from abc_tools.theory import Key, Meter, Pitch


@dataclass(frozen=True)
class Field:
    """An information field: `name` is its letter, `where` is header, body or inline."""

    name: str
    value: str
    span: Span
    value_span: Span
    where: str


@dataclass(frozen=True)
class Tempo:
    """Tempo: `beat` (in whole notes) `bpm` times a minute; `text` is a quoted tempo word."""

    beat: Fraction
    bpm: Fraction
    text: str = ""
    explicit: bool = True

    @property
    def seconds_per_whole(self) -> Fraction:
        """How long a whole note lasts, in seconds."""
        return Fraction(60) / (self.bpm * self.beat)


@dataclass(frozen=True)
class Barline:
    """A barline. `repeat_end`/`repeat_start` say whether it closes or opens a repeat."""

    text: str
    span: Span

    @property
    def repeat_end(self) -> bool:
        """`:|` `::` `:|:` …"""
        return self.text.startswith(":") and len(self.text) > 1

    @property
    def repeat_start(self) -> bool:
        """`|:` `::` `:|:` …"""
        return self.text.endswith(":") and len(self.text) > 1

    @property
    def boundary(self) -> bool:
        """Whether a section may end here: any repeat, double or final barline."""
        return self.text not in ("|", ":", ".|", "[|]")


@dataclass(frozen=True, slots=True)
class Note:
    """One notehead. `head` covers accidental, letter and octave marks; `length` what follows.

    `head_end` is where one ends and the other begins. `written` is the pitch as spelled (key and
    accidentals of the bar applied), `pitch` the sounding one (clef octave and transposition too);
    `accidental` the sign that stands before it, if one does; `factor` the length that stands behind
    it, in unit notes.
    """

    span: Span
    head_end: int
    pitch: Pitch
    written: Pitch
    accidental: int | Fraction | None
    factor: Fraction = Fraction(1)
    tie: bool = False
    tied: bool = False

    @property
    def head(self) -> Span:
        """Accidental, letter and octave marks."""
        return Span(self.span.start, self.head_end)

    @property
    def length(self) -> Span:
        """The length behind the letter; empty if there is none."""
        return Span(self.head_end, self.span.end)


@dataclass(frozen=True, slots=True)
class Event:
    """One note, rest or chord (`kind`), at an onset within its measure.

    `written` is the length as spelled, `duration` after tuplet and broken rhythm. `tie` says that it
    is held into the next event, `tied` that it continues the one before. `syllables` has one entry a
    verse. `measures` > 0 marks a rest of whole measures (`Z`). `macro` says that the event comes from a
    macro (`m:`): its spans are those of the macro's call.
    """

    kind: str
    span: Span
    onset: Fraction
    duration: Fraction
    written: Fraction
    notes: tuple[Note, ...] = ()
    chord_symbol: str | None = None
    symbol_span: Span | None = None
    annotations: tuple[str, ...] = ()
    decorations: tuple[str, ...] = ()
    grace: tuple[Note, ...] = ()
    grace_span: Span | None = None
    tie: bool = False
    tied: bool = False
    syllables: tuple[str | None, ...] = ()
    measures: int = 0
    macro: bool = False

    @property
    def midi(self) -> tuple[int, ...]:
        """Sounding MIDI numbers, lowest first as written."""
        return tuple(note.pitch.midi for note in self.notes)


@dataclass(frozen=True)
class Mark:
    """Something in a measure that takes no time; `kind` is the token kind's value."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True)
class Measure:
    """What stands between two barlines in one voice.

    `number` is the printed number (pickup = 0; the two halves of a bar that a repeat cuts in two
    share one). `span` runs from the first to the last token, barlines and ending signs excluded;
    `pieces` are its stretches line by line. `before` are the barlines since the measure before.
    `expected` is the full length of the meter, None in free meter. `overlays` are further layers.
    """

    number: int
    span: Span
    pieces: tuple[Span, ...]
    events: tuple[Event, ...]
    marks: tuple[Mark, ...]
    overlays: tuple[tuple[Event, ...], ...]
    before: tuple[Barline, ...]
    after: Barline | None
    ending: tuple[int, ...]
    part: str
    key: Key
    key_at_end: Key
    meter: Meter | None
    unit: Fraction
    tempo: Tempo | None
    count: int = 1

    @cached_property
    def duration(self) -> Fraction:
        """Length of the main layer, in whole notes."""
        return self.events[-1].onset + self.events[-1].duration if self.events else Fraction(0)

    @cached_property
    def expected(self) -> Fraction | None:
        """What the meter asks for; None in free meter."""
        if self.meter is None or self.count == 1:
            return self.meter.length if self.meter else None
        return self.meter.length * self.count

    @cached_property
    def full(self) -> bool:
        """Whether the measure has its full length (always in free meter)."""
        return self.expected is None or self.duration == self.expected

    @cached_property
    def starts_section(self) -> bool:
        """Whether a repeat, double or part boundary stands before it."""
        return bool(self.part) or any(bar.boundary for bar in self.before)

    @cached_property
    def ends_section(self) -> bool:
        """Whether a repeat, double or final barline closes it, or nothing does."""
        return self.after is None or self.after.boundary


@dataclass(frozen=True)
class Voice:
    """One voice: its measures in the order of the text. `program` is a General MIDI number."""

    id: str
    name: str
    clef: str
    program: int
    measures: tuple[Measure, ...]

    @property
    def events(self) -> Iterator[Event]:
        """All events of the main layer."""
        for measure in self.measures:
            yield from measure.events


@dataclass(frozen=True)
class LyricLine:
    """A `w:` line after alignment: `surplus` syllables found no note, `missing` notes no syllable."""

    span: Span
    voice: str
    verse: int
    syllables: tuple[str, ...]
    surplus: int
    missing: int


@dataclass(frozen=True)
class Tune:
    """One tune. `source` is the whole text that all spans point into; `span` is the tune's part."""

    source: str
    span: Span
    fields: tuple[Field, ...]
    voices: tuple[Voice, ...]
    lyrics: tuple[LyricLine, ...]
    comments: tuple[Mark, ...]
    directives: tuple[Mark, ...]
    unknown: tuple[Mark, ...]
    key: Key
    key_given: bool
    meter: Meter | None
    unit: Fraction
    tempo: Tempo

    @property
    def text(self) -> str:
        """The tune's own text."""
        return self.span.of(self.source)

    def field(self, name: str) -> Field | None:
        """The first field with this letter, header first."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def title(self) -> str:
        """The first title, or an empty string."""
        field = self.field("T")
        return field.value if field else ""

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the voice that has most of them, the first such; () if there is no music."""
        return max((v.measures for v in self.voices), key=len, default=())

    @cached_property
    def bar_numbers(self) -> list[int]:
        """Printed bar numbers in order, each once."""
        return list(dict.fromkeys(measure.number for measure in self.measures))

    @cached_property
    def bar_count(self) -> int:
        """How many bars are printed: the highest number (a pickup is bar 0 and does not count)."""
        return max((measure.number + measure.count - 1 for measure in self.measures), default=0)


@dataclass(frozen=True)
class Tunebook:
    """A text with any number of tunes, and the fields that stand before the first one."""

    source: str
    tunes: tuple[Tune, ...]
    header: tuple[Field, ...]
