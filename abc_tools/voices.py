"""The state of one voice while it is read: music tokens → measures.

A `VoiceReader` is fed tokens in the order of the text and resolves what depends on neighbours:
accidentals that last to the end of the bar, ties, tuplets, broken rhythm, chords, grace notes,
overlays, endings. It never fails; what does not fit is kept as a `Mark`. It knows nothing of lines,
fields' syntax or lyrics: `parse` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from abc_tools.text import Span
from abc_tools.theory import ACCIDENTALS, STEP_SEMITONES, Key, Meter, Pitch
from abc_tools.tokens import NOTE_PARTS, Kind, Token
from abc_tools.tune import Barline, Event, Mark, Measure, Note, Tempo, Voice

_TUPLET_TIME = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}


def length_value(text: str) -> Fraction:
    """The factor that a length means: `3/2` → 3/2, `/` → 1/2, `//` → 1/4, nothing → 1.

    >>> length_value("3//"), length_value("/4")
    (Fraction(3, 4), Fraction(1, 4))
    """
    if not text:
        return Fraction(1)
    match = re.fullmatch(r"(\d*)(/*)(\d*)", text)
    assert match is not None, f"the tokenizer lets only lengths through: {text!r}"
    numerator = int(match[1] or 1)
    slashes = len(match[2])
    if not slashes:
        return Fraction(numerator)
    denominator = int(match[3]) if match[3] else 2**slashes
    return Fraction(numerator, denominator or 1)


def accidental_value(text: str) -> int | Fraction | None:
    """Semitones of an accidental sign; microtones `^3/2` and `_/` as fractions; None for none."""
    if not text:
        return None
    if text in ACCIDENTALS:
        return ACCIDENTALS[text]
    sign = 1 if text[0] == "^" else -1
    return sign * min(length_value(text[1:]), Fraction(2))  # no sign means more than two semitones


@dataclass
class _Pending:
    """Signs that wait for the next note."""

    symbol: str | None = None
    symbol_span: Span | None = None
    annotations: list[str] = field(default_factory=list)
    decorations: list[str] = field(default_factory=list)
    grace: tuple[Note, ...] = ()
    grace_span: Span | None = None

    @property
    def used(self) -> bool:
        """Whether anything waits."""
        return bool(self.symbol or self.annotations or self.decorations or self.grace_span)


@dataclass
class VoiceReader:
    """Reads one voice. The public attributes are the state that fields change."""

    source: str
    id: str
    key: Key
    meter: Meter | None
    unit: Fraction
    name: str = ""
    clef: str = ""
    program: int = 0
    octaves: int = 0
    semitones: int = 0
    propagate: str = "pitch"
    tempo: Tempo | None = None
    part: str = ""
    measures: list[Measure] = field(default_factory=list)
    line: list[tuple[int, int]] = field(default_factory=list)
    """(measure index, event index) of the notes of the music line that is being read."""

    def __post_init__(self) -> None:
        self._bars: list[Barline] = []
        self._pending = _Pending()
        self._held: dict[tuple[str, int], int | Fraction] = {}
        self._broken: Fraction | None = None
        self._chord: list[Note] | None = None
        self._chord_start = 0
        self._chord_tie = False
        self._grace: list[Note] | None = None
        self._grace_start = 0
        self._slot = -1  # place in the current layer of the event that a tie or > refers to
        self._clear()

    def _clear(self) -> None:
        self._layers: list[list[Event]] = [[]]
        self._marks: list[Mark] = []
        self._pieces: list[Span] = []
        self._accidentals: dict[tuple[str, int | None], int | Fraction] = {}
        self._ending: tuple[int, ...] = ()
        self._opening: tuple[Key, Meter | None, Fraction] | None = None
        self._slot = -1
        self._broken = None
        self._tuplet: tuple[Fraction, int] | None = None

    # -- tokens -------------------------------------------------------------------------------

    def feed(self, token: Token) -> None:
        """Take one music token."""
        handler = _HANDLERS.get(token.kind)
        if token.kind is Kind.BARLINE:
            self.bar(token)
            return
        if token.kind is Kind.ENDING:
            self._ending = tuple(int(n) for n in re.findall(r"\d+", token.text))
            return
        if token.kind not in (Kind.SPACE, Kind.CONTINUATION, Kind.BACKTICK, Kind.COMMENT):
            self._touch(token.span)
        if handler is not None:
            handler(self, token)
        elif token.kind not in (Kind.SPACE, Kind.BACKTICK, Kind.COMMENT):
            self._marks.append(Mark(token.kind.value, token.text, token.span))

    def end_line(self) -> None:
        """A music line ends: the next token starts a new piece of the measure."""
        if self._pieces:
            self._pieces.append(Span(self._pieces[-1].end, self._pieces[-1].end))

    def _touch(self, span: Span) -> None:
        if not any(self._layers):
            self._opening = (self.key, self.meter, self.unit)
        if not self._pieces:
            self._pieces.append(span)
        elif self._pieces[-1].start == self._pieces[-1].end:
            self._pieces[-1] = span
        else:
            self._pieces[-1] = Span(self._pieces[-1].start, span.end)

    def _note(self, token: Token) -> None:
        note = self._read_note(token)
        if self._grace is not None:
            self._grace.append(note)
        elif self._chord is not None:
            self._chord.append(note)
        else:
            start, end = note.length.start - token.start, len(token.text)
            self._add("note", token.span, length_value(token.text[start:end]), (note,))

    def _read_note(self, token: Token) -> Note:
        match = NOTE_PARTS.match(token.text)
        assert match is not None, f"a NOTE token is a note: {token.text!r}"
        sign, letter, marks, _ = match.groups()
        step = letter.upper()
        octave = (5 if letter.islower() else 4) + marks.count("'") - marks.count(",")
        explicit = accidental_value(sign)
        alter, tied = self._alteration(step, octave, explicit)
        written = Pitch(step, alter, octave)
        pitch = Pitch(step, alter, octave + self.octaves)
        if self.semitones:
            pitch = _shifted(pitch, self.semitones)
        cut = token.start + match.end(3)
        return Note(token.span, Span(token.start, cut), Span(cut, token.start + len(token.text)),
                    pitch, written, explicit, length_value(match[4]), tied=tied)  # fmt: skip

    def _alteration(
        self, step: str, octave: int, explicit: int | Fraction | None
    ) -> tuple[int | Fraction, bool]:
        """What the note's alteration is, and whether a tie holds it from the note before."""
        place = (step, octave if self.propagate == "octave" else None)
        held = self._held.pop((step, octave), None) if self._grace is None else None
        if explicit is not None:
            if self.propagate != "not":
                self._accidentals[place] = explicit
            return explicit, held is not None and held == explicit
        if held is not None:
            return held, True
        if place in self._accidentals:
            return self._accidentals[place], False
        return self.key.signature[step], False

    def _rest(self, token: Token) -> None:
        length = length_value(token.text[1:])
        if token.text[0] in "ZX":
            count = max(1, min(int(length), 1000))
            bar = self.meter.length if self.meter else Fraction(1)
            event = Event(
                "rest", token.span, self._onset(), bar * count, bar * count, measures=count
            )
            self._append(event)
        else:
            self._add("rest", token.span, length, ())

    def _add(self, kind: str, span: Span, factor: Fraction, notes: tuple[Note, ...]) -> None:
        written = factor * self.unit
        duration = written
        if self._tuplet is not None:
            ratio, left = self._tuplet
            duration *= ratio
            self._tuplet = (ratio, left - 1) if left > 1 else None
        if self._broken is not None:
            duration *= self._broken
            self._broken = None
        tied = any(note.tied for note in notes)
        self._append(Event(kind, span, self._onset(), duration, written, notes, tied=tied))
        if kind != "chord":
            self._held = {}

    def _append(self, event: Event) -> None:
        pending = self._pending
        if pending.used:
            self._pending = _Pending()
            event = replace(
                event,
                chord_symbol=pending.symbol,
                symbol_span=pending.symbol_span,
                annotations=tuple(pending.annotations),
                decorations=tuple(pending.decorations),
                grace=pending.grace,
                grace_span=pending.grace_span,
            )
        self._layers[-1].append(event)
        self._slot = len(self._layers[-1]) - 1
        if event.kind != "rest" and len(self._layers) == 1:
            self.line.append((len(self.measures), self._slot))

    def _onset(self) -> Fraction:
        last = self._layers[-1][-1] if self._layers[-1] else None
        return last.onset + last.duration if last else Fraction(0)

    def _open_chord(self, token: Token) -> None:
        self._chord, self._chord_start = [], token.start

    def _close_chord(self, token: Token) -> None:
        notes, self._chord = tuple(self._chord or ()), None
        span = Span(self._chord_start, token.span.end)
        if self._grace is not None:
            self._grace.extend(notes)
        elif notes:
            inner = notes[0].length
            text_length = length_value(self.source[inner.start : inner.end])
            self._add("chord", span, text_length * length_value(token.text[1:]), notes)
            self._hold(note for note in notes if note.tie)
            if self._held:
                self._layers[-1][-1] = replace(self._layers[-1][-1], tie=True)
        else:
            self._marks.append(Mark("unknown", "[]", span))

    def _tie(self, token: Token) -> None:
        if self._chord:
            self._chord[-1] = replace(self._chord[-1], tie=True)
        elif self._slot >= 0 and self._layers[-1][self._slot].kind != "rest":
            event = self._layers[-1][self._slot]
            notes = tuple(replace(note, tie=True) for note in event.notes)
            self._layers[-1][self._slot] = replace(event, tie=True, notes=notes)
            self._hold(notes)
        else:
            self._marks.append(Mark("unknown", token.text, token.span))

    def _hold(self, notes: Iterable[Note]) -> None:
        """Let the pitches of tied notes last into the next event, over a barline too."""
        self._held = {(n.written.step, n.written.octave): n.written.alter for n in notes}

    def _broken_rhythm(self, token: Token) -> None:
        if self._slot < 0:
            self._marks.append(Mark("unknown", token.text, token.span))
            return
        small = Fraction(1, 2 ** len(token.text))
        first, second = (2 - small, small) if token.text[0] == ">" else (small, 2 - small)
        event = self._layers[-1][self._slot]
        self._layers[-1][self._slot] = replace(event, duration=event.duration * first)
        self._broken = second

    def _open_tuplet(self, token: Token) -> None:
        numbers = [int(n) if n else 0 for n in token.text[1:].split(":")]
        p = numbers[0]
        q = numbers[1] if len(numbers) > 1 and numbers[1] else self._default_time(p)
        r = numbers[2] if len(numbers) > 2 and numbers[2] else p
        self._marks.append(Mark("tuplet", token.text, token.span))
        self._tuplet = (Fraction(q, p), r)

    def _default_time(self, p: int) -> int:
        compound = self.meter is not None and self.meter.compound
        return _TUPLET_TIME.get(p, 3 if compound else 2)

    def _open_grace(self, token: Token) -> None:
        self._grace, self._grace_start = [], token.start

    def _close_grace(self, token: Token) -> None:
        if self._grace is None:
            self._marks.append(Mark("unknown", token.text, token.span))
            return
        self._pending.grace = tuple(self._grace)
        self._pending.grace_span = Span(self._grace_start, token.span.end)
        self._grace = None

    def _quoted(self, token: Token) -> None:
        text = token.text[1:-1]
        if text[:1] in ("^", "_", "<", ">", "@"):
            self._pending.annotations.append(text)
        elif self._pending.symbol is None:
            self._pending.symbol, self._pending.symbol_span = text, token.span
        else:
            self._pending.annotations.append(text)

    def _decoration(self, token: Token) -> None:
        self._pending.decorations.append(token.text)

    def _overlay(self, token: Token) -> None:
        self._layers.append([])
        self._slot = -1
        self._tuplet = self._broken = None

    # -- measures -----------------------------------------------------------------------------

    def bar(self, token: Token) -> None:
        """Take a barline: close the measure, if there is one."""
        bar = Barline(token.text, token.span)
        self.close(bar)
        self._bars.append(bar)

    def close(self, after: Barline | None) -> None:
        """End the current measure at `after` (None: the voice ends)."""
        self._grace = self._chord = None
        if not any(self._layers):
            return  # signs without a note wait for the next measure
        key, meter, unit = self._opening or (self.key, self.meter, self.unit)
        pieces = tuple(piece for piece in self._pieces if piece.start < piece.end)
        count = next((e.measures for e in self._layers[0] if e.measures), 1)
        self.measures.append(
            Measure(
                number=0,
                span=Span(pieces[0].start, pieces[-1].end),
                pieces=pieces,
                events=tuple(self._layers[0]),
                marks=tuple(self._marks),
                overlays=tuple(tuple(layer) for layer in self._layers[1:]),
                before=tuple(self._bars),
                after=after,
                ending=self._ending,
                part=self.part,
                key=key,
                key_at_end=self.key,
                meter=meter,
                unit=unit,
                tempo=self.tempo,
                count=count,
            )
        )
        self._bars = []
        self.part = ""
        self.tempo = None
        self._clear()

    def event(self, place: tuple[int, int]) -> Event:
        """The event at a place of `line`."""
        measure, slot = place
        done = measure < len(self.measures)
        return self.measures[measure].events[slot] if done else self._layers[0][slot]

    def put(self, place: tuple[int, int], event: Event) -> None:
        """Replace the event at a place of `line`."""
        measure, slot = place
        if measure >= len(self.measures):
            self._layers[0][slot] = event
            return
        events = list(self.measures[measure].events)
        events[slot] = event
        self.measures[measure] = replace(self.measures[measure], events=tuple(events))

    def voice(self) -> Voice:
        """The voice that was read, its measures numbered."""
        self.close(None)
        return Voice(self.id, self.name, self.clef, self.program, number_measures(self.measures))


_HANDLERS = {
    Kind.NOTE: VoiceReader._note,
    Kind.REST: VoiceReader._rest,
    Kind.CHORD_OPEN: VoiceReader._open_chord,
    Kind.CHORD_CLOSE: VoiceReader._close_chord,
    Kind.GRACE_OPEN: VoiceReader._open_grace,
    Kind.GRACE_CLOSE: VoiceReader._close_grace,
    Kind.TIE: VoiceReader._tie,
    Kind.BROKEN: VoiceReader._broken_rhythm,
    Kind.TUPLET: VoiceReader._open_tuplet,
    Kind.QUOTED: VoiceReader._quoted,
    Kind.DECORATION: VoiceReader._decoration,
    Kind.OVERLAY: VoiceReader._overlay,
}


def _shifted(pitch: Pitch, semitones: int) -> Pitch:
    """The pitch some semitones away, spelled simply; for transposing instruments."""
    octave, rest = divmod(pitch.midi + semitones, 12)
    for step, value in STEP_SEMITONES.items():
        if value == rest:
            return Pitch(step, 0, octave - 1)
    step = next(s for s, value in STEP_SEMITONES.items() if value == rest - 1)
    return Pitch(step, 1, octave - 1)


def number_measures(measures: list[Measure]) -> tuple[Measure, ...]:
    """Give every measure its printed number.

    A short first measure is the pickup, 0. A short measure after a section boundary that completes
    the short one before it (a pickup inside the tune, or a bar cut by a repeat) shares its number.
    """
    numbered: list[Measure] = []
    for index, measure in enumerate(measures):
        expected = measure.expected
        short = expected is not None and measure.duration < expected
        if index == 0:
            number = 0 if short and len(measures) > 1 else 1
        else:
            before = numbered[-1]
            completes = (
                short
                and measure.starts_section
                and before.expected is not None
                and before.duration + measure.duration <= before.expected
                and before.number > 0
            )
            number = before.number if completes else before.number + before.count
        numbered.append(replace(measure, number=number))
    return tuple(numbered)
