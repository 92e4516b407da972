"""The state of one voice while it is read: music tokens → drafts of measures.

A `VoiceReader` is fed tokens in the order of the text and resolves what depends on neighbours:
accidentals that last to the end of the bar, ties, tuplets, broken rhythm, chords, grace notes,
overlays, endings. It never fails; what does not fit is kept as a `Mark`. It knows nothing of lines,
fields' syntax or lyrics: `parse` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from abc_tools.chords import parse_chord
from abc_tools.drafts import EventDraft, MeasureDraft, Signs, Ticks, finished, scaled, ticks_of
from abc_tools.quick import builder
from abc_tools.text import Span
from abc_tools.theory import STEP_SEMITONES, Key, Meter, Pitch
from abc_tools.tokens import Kind, Token
from abc_tools.tune import Barline, Mark, Note, Tempo, Voice
from abc_tools.values import ending_numbers, length_value, note_parts

_note, _span = builder(Note), builder(Span)
_TUPLET_TIME = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}


@lru_cache(maxsize=4096)
def _pitch(step: str, alter: int | Fraction, octave: int) -> Pitch:
    return Pitch(step, alter, octave)


@dataclass
class VoiceReader:
    """Reads one voice. The public attributes are the state that fields change."""

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
    symbols: dict[str, str] = field(default_factory=dict)
    """Decorations that `U:` fields give to letters."""
    measures: list[MeasureDraft] = field(default_factory=list)
    line: list[tuple[int, EventDraft]] = field(default_factory=list)
    """(measure index, event) of the notes of the music line that is being read."""

    def __post_init__(self) -> None:
        self._bars: list[Barline] = []
        self._signs: Signs | None = None
        self._held: dict[tuple[str, int], int | Fraction] = {}
        self._broken: Fraction | None = None
        self._chord: list[Note] | None = None
        self._chord_start = 0
        self._grace: list[Note] | None = None
        self._grace_start = 0
        self._region: int | None = None  # where an overlay of several measures began
        self._cursor: int | None = None  # the measure that such an overlay has come to
        self._signature = self.key.signature
        self._lengths: dict[str, tuple[Fraction, Fraction, Ticks]] = {}
        # what a note's text means while no sign and no tie is in force, for this key, unit and clef
        self._plain: dict[str, tuple[Pitch, Pitch, int, Fraction, Fraction, Ticks]] = {}
        self._expanded: Span | None = None  # the call of the macro whose expansion is being read
        self._clear()

    def _clear(self) -> None:
        self._layers: list[list[EventDraft]] = [[]]
        self._marks: list[Mark] = []
        self._pieces: list[list[int]] = []
        self._new_piece = True
        self._accidentals: dict[tuple[str, int | None], int | Fraction] = {}
        self._ending: tuple[int, ...] = ()
        self._opening: tuple[Key, Meter | None, Fraction] | None = None
        self._last: EventDraft | None = None  # what a tie or > refers to
        self._broken = None
        self._tuplet: tuple[Fraction, int] | None = None

    # -- tokens -------------------------------------------------------------------------------

    def feed(self, tokens: Iterable[Token]) -> None:
        """Take music tokens in the order of the text."""
        for token in tokens:
            handler, touches = _HANDLERS[token.kind]
            if touches:
                self._touch(token)
            if handler is not None:
                handler(self, token)

    def feed_expansion(self, tokens: list[Token], call: Span) -> None:
        """Take the tokens that a macro stands for; everything in them stands at its call."""
        self._expanded = call
        self.feed(Token(token.kind, token.text, call.start) for token in tokens)
        self._expanded = None

    def end_line(self) -> None:
        """A music line ends: the next token starts a new piece of the measure."""
        self._new_piece = True

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end) if self._expanded is None else self._expanded

    def _touch(self, token: Token) -> None:
        if not self._layers[0]:
            self._opening = (self.key, self.meter, self.unit)
        start, end = token.start, token.start + len(token.text)
        if self._expanded is not None:
            start, end = self._expanded.start, self._expanded.end
        if self._new_piece:
            self._pieces.append([start, end])
            self._new_piece = False
        else:
            self._pieces[-1][1] = end

    def _mark(self, token: Token, kind: str = "") -> None:
        self._marks.append(Mark(kind or token.kind.value, token.text, self._expanded or token.span))

    def _note(self, token: Token) -> None:
        text, start = token.text, token.start
        plain = self._plain.get(text)
        if plain is None or self._accidentals or self._held:
            step, octave, explicit, cut, length = note_parts(text)
            alter, tied = self._alteration(step, octave, explicit)
            written = _pitch(step, alter, octave)
            pitch = self._sounding(written)
            factor, value, ticks = self._length(length)
            if not (explicit is not None or self._accidentals or self._held):
                self._plain[text] = (written, pitch, cut, factor, value, ticks)
        else:
            written, pitch, cut, factor, value, ticks = plain
            explicit, tied = None, False
        if self._expanded is None:
            span, head_end = _span(start, start + len(text)), start + cut
        else:
            span, head_end = self._expanded, self._expanded.end
        note = _note(span, head_end, pitch, written, explicit, factor, False, tied)
        if self._grace is not None:
            self._grace.append(note)
        elif self._chord is not None:
            self._chord.append(note)
        else:
            self._add("note", span, value, ticks, (note,), tied)

    def _sounding(self, written: Pitch) -> Pitch:
        """What a written pitch sounds like in the voice's clef and transposition."""
        if not (self.octaves or self.semitones):
            return written
        pitch = _pitch(written.step, written.alter, written.octave + self.octaves)
        return _shifted(pitch, self.semitones) if self.semitones else pitch

    def _length(self, text: str) -> tuple[Fraction, Fraction, Ticks]:
        """The factor that a length means, and with the unit note the length in whole notes and ticks."""
        found = self._lengths.get(text)
        if found is None:
            factor = length_value(text)
            value = factor * self.unit
            found = self._lengths[text] = (factor, value, ticks_of(value))
        return found

    def set_unit(self, unit: Fraction) -> None:
        """Change the unit note."""
        self.unit, self._lengths, self._plain = unit, {}, {}

    def set_key(self, key: Key) -> None:
        """Change the key."""
        self.key, self._signature, self._plain = key, key.signature, {}

    def set_clef(self, clef: str, octaves: int | None, semitones: int | None) -> None:
        """Change clef and transposition; empty or None keeps what is."""
        self.clef = clef or self.clef
        self.octaves = self.octaves if octaves is None else octaves
        self.semitones = self.semitones if semitones is None else semitones
        self._plain = {}

    def _alteration(
        self, step: str, octave: int, explicit: int | Fraction | None
    ) -> tuple[int | Fraction, bool]:
        """What the note's alteration is, and whether a tie holds it from the note before."""
        held = None
        if self._held and self._grace is None:
            held = self._held.get((step, octave))
        if explicit is not None:
            if self.propagate != "not":
                place = (step, octave if self.propagate == "octave" else None)
                self._accidentals[place] = explicit
            return explicit, held is not None and held == explicit
        if held is not None:
            return held, True
        if self._accidentals:
            place = (step, octave if self.propagate == "octave" else None)
            if place in self._accidentals:
                return self._accidentals[place], False
        return self._signature[step], False

    def _rest(self, token: Token) -> None:
        _, value, ticks = self._length(token.text[1:])
        span = self._span(token.start, token.start + len(token.text))
        if token.text[0] not in "ZX":
            self._add("rest", span, value, ticks, ())
            return
        count = max(1, min(int(length_value(token.text[1:])), 1000))
        length = (self.meter.length if self.meter else Fraction(1)) * count
        event = EventDraft("rest", span, ticks_of(length), length, ())
        event.measures = count
        self._append(event)

    def _add(
        self, kind: str, span: Span, written: Fraction, ticks: Ticks, notes: tuple[Note, ...],
        tied: bool = False,
    ) -> None:  # fmt: skip
        if self._tuplet is not None:
            ratio, left = self._tuplet
            ticks = scaled(ticks, ratio)
            self._tuplet = (ratio, left - 1) if left > 1 else None
        if self._broken is not None:
            ticks = scaled(ticks, self._broken)
            self._broken = None
        event = EventDraft(kind, span, ticks, written, notes)
        event.tied = tied
        self._append(event)
        if self._held and kind != "chord":
            self._held = {}

    def _append(self, event: EventDraft) -> None:
        if self._signs is not None:
            event.signs, self._signs = self._signs, None
        if self._expanded is not None:
            event.macro = True
        if self._cursor is not None:
            self._overlaid(event)
            return
        self._layers[-1].append(event)
        self._last = event
        if event.notes and len(self._layers) == 1:
            self.line.append((len(self.measures), event))

    def _open_chord(self, token: Token) -> None:
        self._chord, self._chord_start = [], token.start

    def _close_chord(self, token: Token) -> None:
        notes, self._chord = tuple(self._chord or ()), None
        span = self._span(self._chord_start, token.start + len(token.text))
        if self._grace is not None:
            self._grace.extend(notes)
        elif notes:
            # the chord's length is its first note's, times what stands behind the bracket
            _, value, ticks = self._length(token.text[1:])
            factor = notes[0].factor
            tied = any(note.tied for note in notes)
            self._add("chord", span, value * factor, scaled(ticks, factor), notes, tied)
            self._hold(note for note in notes if note.tie)
            if self._held and self._last is not None:
                self._last.tie = True
        else:
            self._marks.append(Mark("unknown", "[]", span))

    def _tie(self, token: Token) -> None:
        if self._chord:
            self._chord[-1] = replace(self._chord[-1], tie=True)
        elif self._last is not None and self._last.kind != "rest":
            notes = tuple(replace(note, tie=True) for note in self._last.notes)
            self._last.tie, self._last.notes = True, notes
            self._hold(notes)
        else:
            self._mark(token, "unknown")

    def _hold(self, notes: Iterable[Note]) -> None:
        """Let the pitches of tied notes last into the next event, over a barline too."""
        self._held = {(n.written.step, n.written.octave): n.written.alter for n in notes}

    def _broken_rhythm(self, token: Token) -> None:
        if self._last is None or self._broken is not None:  # one sign joins two notes
            self._mark(token, "unknown")
            return
        small = Fraction(1, 2 ** len(token.text))
        first, second = (2 - small, small) if token.text[0] == ">" else (small, 2 - small)
        self._last.ticks = scaled(self._last.ticks, first)
        self._broken = second

    def _open_tuplet(self, token: Token) -> None:
        numbers = [int(n) if n else 0 for n in token.text[1:].split(":")]
        p = numbers[0]
        q = numbers[1] if len(numbers) > 1 and numbers[1] else self._default_time(p)
        r = numbers[2] if len(numbers) > 2 and numbers[2] else p
        self._mark(token)
        self._tuplet = (Fraction(q, p), r)

    def _default_time(self, p: int) -> int:
        compound = self.meter is not None and self.meter.compound
        return _TUPLET_TIME.get(p, 3 if compound else 2)

    def _open_grace(self, token: Token) -> None:
        self._grace, self._grace_start = [], token.start

    def _close_grace(self, token: Token) -> None:
        signs = self._waiting()
        signs.grace = tuple(self._grace or ())
        signs.grace_span = self._span(self._grace_start, token.start + 1)
        self._grace = None

    def _waiting(self) -> Signs:
        if self._signs is None:
            self._signs = Signs()
        return self._signs

    def _quoted(self, token: Token) -> None:
        text, signs = token.text[1:-1], self._waiting()
        if text[:1] in ("^", "_", "<", ">", "@") or signs.symbol is not None:
            signs.annotations.append((text, self._expanded or token.span))
        else:
            signs.symbol, signs.symbol_span = text, self._expanded or token.span

    def _decoration(self, token: Token) -> None:
        text = self.symbols.get(token.text, token.text) if self.symbols else token.text
        self._waiting().decorations.append((text, self._expanded or token.span))

    # -- overlays -----------------------------------------------------------------------------

    def _overlay(self, token: Token) -> None:
        """`&` goes back to the start of the measure, or of the stretch that `(&` opened."""
        self._tuplet = self._broken = self._last = None
        if token.text == "(&":
            self._region = len(self.measures)
        elif token.text == "&)":
            self._region = self._cursor = None
        elif self._region is not None and self._region < len(self.measures):
            self._cursor = self._region
            for measure in self.measures[self._region :]:
                measure.layers.append([])
            self._layers.append([])
        else:
            self._layers.append([])

    def _overlaid(self, event: EventDraft) -> None:
        """An event in an overlay of several measures."""
        assert self._cursor is not None, "only called inside such an overlay"
        done = self._cursor < len(self.measures)
        layers = self.measures[self._cursor].layers if done else self._layers
        layers[-1].append(event)
        self._last = event

    # -- measures -----------------------------------------------------------------------------

    def _bar(self, token: Token) -> None:
        """Take a barline: close the measure, if there is one."""
        if self._cursor is not None and self._cursor < len(self.measures):
            self._cursor += 1
            self._accidentals = {}
            return
        bar = Barline(token.text, token.span)
        self.close(bar)
        self._bars.append(bar)

    def _number_ending(self, token: Token) -> None:
        self._ending = ending_numbers(token.text)

    def close(self, after: Barline | None) -> None:
        """End the current measure at `after` (None: the voice ends)."""
        self._grace = self._chord = None
        if not any(self._layers):
            return  # signs without a note wait for the next measure
        if self._signs is not None:
            self._leave_signs(self._signs)
        key, meter, unit = self._opening or (self.key, self.meter, self.unit)
        self.measures.append(
            MeasureDraft(
                self._layers, self._marks, self._pieces, tuple(self._bars), after,
                self._ending, self.part, key, self.key, meter, unit, self.tempo,
            )
        )  # fmt: skip
        self._bars = []
        self.part = ""
        self.tempo = None
        self._region = None if self._cursor is not None else self._region
        self._cursor = None
        self._clear()

    def _leave_signs(self, signs: Signs) -> None:
        """Signs and words right before a barline belong to it (fermata, D.C.), not to the next note."""
        for text, span in signs.decorations:
            self._marks.append(Mark("decoration", text, span))
        for text, span in signs.annotations:
            self._marks.append(Mark("annotation", text, span))
        signs.decorations, signs.annotations = [], []
        if signs.symbol and signs.symbol_span and parse_chord(signs.symbol) is None:
            self._marks.append(Mark("annotation", signs.symbol, signs.symbol_span))
            signs.symbol = signs.symbol_span = None

    def voice(self) -> Voice:
        """The voice that was read, its measures numbered."""
        self.close(None)
        return Voice(self.id, self.name, self.clef, self.program, finished(self.measures))


_HANDLERS: dict[Kind, tuple[Callable[[VoiceReader, Token], None] | None, bool]] = {
    **{kind: (VoiceReader._mark, True) for kind in Kind},
    Kind.NOTE: (VoiceReader._note, True),
    Kind.REST: (VoiceReader._rest, True),
    Kind.CHORD_OPEN: (VoiceReader._open_chord, True),
    Kind.CHORD_CLOSE: (VoiceReader._close_chord, True),
    Kind.GRACE_OPEN: (VoiceReader._open_grace, True),
    Kind.GRACE_CLOSE: (VoiceReader._close_grace, True),
    Kind.TIE: (VoiceReader._tie, True),
    Kind.BROKEN: (VoiceReader._broken_rhythm, True),
    Kind.TUPLET: (VoiceReader._open_tuplet, True),
    Kind.QUOTED: (VoiceReader._quoted, True),
    Kind.DECORATION: (VoiceReader._decoration, True),
    Kind.OVERLAY: (VoiceReader._overlay, True),
    Kind.BARLINE: (VoiceReader._bar, False),
    Kind.ENDING: (VoiceReader._number_ending, False),
    Kind.CONTINUATION: (VoiceReader._mark, False),
    Kind.SPACE: (None, False),
    Kind.BACKTICK: (None, False),
    Kind.COMMENT: (None, False),
}
"""What each kind of token does, and whether it belongs to the measure's text."""


def _shifted(pitch: Pitch, semitones: int) -> Pitch:
    """The pitch some semitones away, spelled simply; for transposing instruments."""
    octave, rest = divmod(pitch.midi + semitones, 12)
    for step, value in STEP_SEMITONES.items():
        if value == rest:
            return Pitch(step, 0, octave - 1)
    step = next(s for s, value in STEP_SEMITONES.items() if value == rest - 1)
    return Pitch(step, 1, octave - 1)
