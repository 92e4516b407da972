"""ABC text → `Tunebook`. Never fails: what is not understood is kept as a `Mark`.

Reads ABC 2.1: tunebooks with a file header, header and body fields, inline fields, several voices
(by field and inline), lyrics. Fields in the body act on the current voice (§7). Spans are offsets
into the text that was given. Judging is left to `validate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from abc_tools.fields import Macro, parse_clef, parse_macro, parse_tempo, parse_unit, parse_voice
from abc_tools.lyrics import align, split_syllables, split_symbols
from abc_tools.text import Span
from abc_tools.theory import Key, Meter, default_unit, parse_key, parse_meter
from abc_tools.tokens import Kind, Token, music_tokens, tokenize
from abc_tools.tune import Field, LyricLine, Mark, Tempo, Tune, Tunebook
from abc_tools.voices import VoiceReader

_LINE_KINDS = {Kind.FIELD, Kind.DIRECTIVE, Kind.TEXT_BLOCK, Kind.FREE_TEXT, Kind.BLANK}
DEFAULT_TEMPO = Tempo(Fraction(1, 4), Fraction(120), explicit=False)


def parse(text: str) -> Tunebook:
    """Read every tune of `text`.

    >>> tune = parse("X:1\\nT:Scale\\nM:4/4\\nL:1/4\\nK:G\\nGABc|defg|").tunes[0]
    >>> [event.midi[0] for event in tune.voices[0].measures[1].events]
    [74, 76, 78, 79]
    """
    header: list[Field] = []
    directives: list[Mark] = []
    tunes: list[Tune] = []
    for lines in _stretches(tokenize(text)):
        first = lines[0][0]
        if not any(line[0].kind is Kind.FIELD for line in lines) or not _is_tune(lines):
            for line in lines:
                if line[0].kind is Kind.FIELD:
                    header.append(_field(line[0], "file"))
                elif line[0].kind is Kind.DIRECTIVE:
                    directives.append(_mark(line[0]))
            continue
        reader = _TuneReader(text, header, directives)
        for line in lines:
            reader.read(line)
        tunes.append(reader.tune(Span(first.start, lines[-1][-1].span.end)))
    return Tunebook(text, tuple(tunes), tuple(header))


def parse_tune(text: str) -> Tune:
    """The first tune of `text`; ValueError if there is none."""
    tunes = parse(text).tunes
    if not tunes:
        raise ValueError("there is no tune in this text")
    return tunes[0]


def _stretches(tokens: list[Token]) -> Iterator[list[list[Token]]]:
    """Lines (lists of tokens, newline included) grouped by blank lines and `X:` fields."""
    group: list[list[Token]] = []
    line: list[Token] = []
    for token in [*tokens, Token(Kind.NEWLINE, "", 0)]:
        if token.kind is not Kind.NEWLINE:
            line.append(token)
            continue
        blank = not line or line[0].kind is Kind.BLANK
        starts = bool(line) and line[0].kind is Kind.FIELD and line[0].text.startswith("X:")
        if (blank or starts) and group:
            yield group
            group = []
        if not blank:
            group.append(line)
        line = []
    if group:
        yield group


def _is_tune(lines: list[list[Token]]) -> bool:
    """A stretch is a tune if it has `X:` or `K:`, or any field and music; else a file header."""
    letters = {line[0].text[0] for line in lines if line[0].kind is Kind.FIELD}
    music = any(token.kind is Kind.BARLINE for line in lines for token in line)
    return bool(letters & {"X", "K"}) or music


def _runs(line: list[Token]) -> Iterator[tuple[Token | None, list[Token]]]:
    """A music line cut at its inline fields: each field with the tokens that follow it."""
    kinds = [token[0] for token in line]
    if Kind.INLINE_FIELD not in kinds:
        yield None, line
        return
    cuts = [number for number, kind in enumerate(kinds) if kind is Kind.INLINE_FIELD]
    if cuts[0]:
        yield None, line[: cuts[0]]
    for start, end in pairwise([*cuts, len(line)]):
        yield line[start], line[start + 1 : end]


def _field(token: Token, where: str) -> Field:
    inner = token.text[1:-1] if where == "inline" else token.text
    offset = token.start + (1 if where == "inline" else 0)
    raw = inner[2:]
    value = raw.strip()
    start = offset + 2 + (len(raw) - len(raw.lstrip()) if value else 0)
    return Field(inner[0], value, token.span, Span(start, start + len(value)), where)


def _mark(token: Token) -> Mark:
    return Mark(token.kind.value, token.text, token.span)


class _TuneReader:
    """Reads the lines of one tune; what it has understood becomes a `Tune`."""

    def __init__(self, source: str, file_header: list[Field], directives: list[Mark]) -> None:
        self.source = source
        self.fields: list[Field] = []
        self.lyrics: list[LyricLine] = []
        self.macros: list[Macro] = []
        self.symbols: dict[str, str] = {}
        self.comments: list[Mark] = []
        self.directives: list[Mark] = []
        self.unknown: list[Mark] = []
        self.voices: dict[str, VoiceReader] = {}
        self.current: VoiceReader | None = None
        self.in_body = False
        self.key = Key()
        self.key_given = False
        self.meter: Meter | None = parse_meter("4/4")
        self.meter_given = False
        self.unit: Fraction | None = None
        self.tempo: Tempo | None = None
        self.tempo_value = ""
        self.clef: tuple[str, int | None, int | None] = ("", None, None)
        self.propagate = "pitch"
        self.program: dict[str, int] = {}
        self.default_program = 0
        self.part = ""
        self.verse = 0
        self.started: set[str] = set()
        for field in file_header:
            self._header_value(field.name, field.value)
        for mark in directives:
            self._directive(mark.text)

    # -- lines --------------------------------------------------------------------------------

    def read(self, line: list[Token]) -> None:
        """Take one line of tokens."""
        first = line[0]
        if line[-1].kind is Kind.COMMENT:  # a comment lasts to the end of its line
            self.comments.append(_mark(line[-1]))
        if first.kind is Kind.FIELD:
            self._read_field(first)
        elif first.kind is Kind.DIRECTIVE:
            self.directives.append(_mark(first))
            self._directive(first.text)
        elif first.kind in (Kind.FREE_TEXT, Kind.TEXT_BLOCK, Kind.BLANK):
            if first.kind is Kind.FREE_TEXT:
                self.unknown.append(_mark(first))
        elif first.kind is not Kind.COMMENT:
            self._read_music(line)

    def _read_music(self, line: list[Token]) -> None:
        self.in_body = True
        self.verse = 0
        started: dict[str, VoiceReader] = {}
        for field, tokens in _runs(line):
            if field is not None:
                self._read_inline(field)
                if not tokens and field.text[1] in "VP":
                    continue
            voice = self._voice()
            if voice.id not in started:
                voice.line = []
                started[voice.id] = voice
            if field is not None and field.text[1] not in "VP":
                voice.feed((field,))
            self._feed(voice, tokens)
        for voice in started.values():
            voice.end_line()

    def _feed(self, voice: VoiceReader, tokens: list[Token]) -> None:
        """Give a voice its tokens; macros are written out, unknown signs noted."""
        self.unknown += [_mark(token) for token in tokens if token[0] is Kind.UNKNOWN]
        if not self.macros:
            voice.feed(tokens)
            return
        skip_to = 0
        for token in tokens:
            if token.start < skip_to:
                continue
            call = self._macro_call(token)
            if call is None:
                voice.feed((token,))
            else:
                voice.feed_expansion(*call)
                skip_to = call[1].end

    def _macro_call(self, token: Token) -> tuple[list[Token], Span] | None:
        """The expansion of the macro that is called at this token, and the call's span."""
        if token.kind not in (Kind.NOTE, Kind.DECORATION, Kind.UNKNOWN, Kind.QUOTED):
            return None
        for macro in self.macros:
            found = macro.match(self.source, token.start)
            if found is not None:
                text, end = found
                return music_tokens(text, 0), Span(token.start, end)
        return None

    def _read_field(self, token: Token) -> None:
        field = _field(token, "body" if self.in_body else "header")
        self.fields.append(field)
        if field.name == "w":
            self._read_lyrics(field)
        elif field.name == "s":
            self._read_symbols(field)
        elif field.name == "m":
            self._define_macro(field.value)
        elif field.name == "U":
            self._define_symbol(field.value)
        elif field.name == "I":
            self._directive("%%" + field.value)
        elif self.in_body:
            self._body_value(field)
        else:
            self._header_value(field.name, field.value)
            if field.name == "K":
                self.in_body = True

    def _read_inline(self, token: Token) -> None:
        field = _field(token, "inline")
        self.fields.append(field)
        if field.name == "I":
            self._directive("%%" + field.value)
        elif field.name == "m":
            self._define_macro(field.value)
        elif field.name == "U":
            self._define_symbol(field.value)
        else:
            self._body_value(field)

    # -- values -------------------------------------------------------------------------------

    def _header_value(self, name: str, value: str) -> None:
        if name == "K":
            key = parse_key(value)
            self.key, self.key_given = key or self.key, key is not None or self.key_given
            self.clef = parse_clef(value)
        elif name == "M":
            self.meter, self.meter_given = _meter_or(value, self.meter), True
        elif name == "L":
            self.unit = parse_unit(value) or self.unit
        elif name == "Q":
            self.tempo_value = value
        elif name == "V":
            self._select_voice(value)
            self.current = None
        elif name == "m":
            self._define_macro(value)
        elif name == "U":
            self._define_symbol(value)

    def _define_macro(self, value: str) -> None:
        macro = parse_macro(value)
        if macro is not None:
            self.macros = [macro, *(m for m in self.macros if m.target != macro.target)]
            self.macros.sort(key=lambda m: -len(m.target))

    def _define_symbol(self, value: str) -> None:
        """`U: T = !trill!`: a letter as a decoration; `!nil!` takes its meaning away."""
        letter, _, meaning = value.partition("=")
        if len(letter.strip()) == 1 and meaning.strip():
            self.symbols[letter.strip()] = meaning.strip()

    def _body_value(self, field: Field) -> None:
        name, value = field.name, field.value
        if name == "V":
            self._select_voice(value)
        elif name == "P":
            self.part = value
        elif name in "KMLQ":
            voice = self._voice()
            if name == "K":
                voice.set_key(parse_key(value) or voice.key)
                voice.set_clef(*parse_clef(value))
            elif name == "M":
                voice.meter = _meter_or(value, voice.meter)
            elif name == "L":
                voice.set_unit(parse_unit(value) or voice.unit)
            else:
                voice.tempo = parse_tempo(value, voice.unit) or voice.tempo

    def _directive(self, text: str) -> None:
        words = text.lstrip("% ").split()
        if words[:1] == ["propagate-accidentals"] and len(words) > 1:
            self.propagate = words[1]
        elif words[:2] == ["MIDI", "program"] and words[-1].isdigit():
            program = min(int(words[-1]), 127)
            if self.current is not None:
                self.current.program = program
            else:
                self.default_program = program

    def _unit(self) -> Fraction:
        return self.unit or default_unit(self.meter if self.meter_given else None)

    def _select_voice(self, value: str) -> None:
        said = parse_voice(value)
        if said.id not in self.voices:
            self.voices[said.id] = self._new_voice(said.id)
        voice = self.voices[said.id]
        voice.name = said.name or voice.name
        voice.set_clef(said.clef, said.octaves, said.semitones)
        self.current = voice

    def _new_voice(self, id_: str) -> VoiceReader:
        reader = VoiceReader(id_, self.key, self.meter, self._unit(),
                             program=self.default_program, propagate=self.propagate,
                             symbols=self.symbols)  # fmt: skip
        reader.set_clef(*self.clef)
        return reader

    def _voice(self) -> VoiceReader:
        if self.current is None:
            id_ = next(iter(self.voices), "1")
            self._select_voice(id_)
        voice = self.current
        assert voice is not None, "selecting a voice makes it current"
        if not voice.measures and not voice.line:
            self._refresh(voice)
        if self.part:
            voice.part, self.part = self.part, ""
        return voice

    def _refresh(self, voice: VoiceReader) -> None:
        """A voice declared before `K:` `M:` `L:` takes their values when its music starts."""
        if voice.id in self.started:
            return
        self.started.add(voice.id)
        voice.set_key(self.key)
        voice.set_unit(self._unit())
        voice.meter = self.meter
        voice.propagate = self.propagate
        if not voice.clef:
            voice.set_clef(*self.clef)

    # -- lyrics -------------------------------------------------------------------------------

    def _read_lyrics(self, field: Field) -> None:
        voice = self.current or next(iter(self.voices.values()), None)
        syllables = split_syllables(field.value)
        self.verse += 1
        if voice is None:
            self.lyrics.append(LyricLine(field.span, "", self.verse, (), len(syllables), 0))
            return
        placed, surplus = align(syllables, [measure for measure, _ in voice.line])
        for (_, event), syllable in zip(voice.line, placed, strict=True):
            verses = event.syllables = event.syllables or []
            verses += [None] * (self.verse - 1 - len(verses))
            verses.append(syllable)
        missing = sum(syllable is None for syllable in placed)
        said = tuple(s for s in placed if s)
        self.lyrics.append(LyricLine(field.span, voice.id, self.verse, said, surplus, missing))

    def _read_symbols(self, field: Field) -> None:
        """A line of symbols (§4.15): decorations, chord symbols and annotations for the notes above."""
        if self.current is None:
            return
        places = [measure for measure, _ in self.current.line]
        placed, _ = align(split_symbols(field.value), places)
        for (_, event), symbol in zip(self.current.line, placed, strict=True):
            if symbol is not None:
                event.extra = [*(event.extra or ()), symbol]

    # -- result -------------------------------------------------------------------------------

    def tune(self, span: Span) -> Tune:
        """What was read, as a `Tune`."""
        unit = self._unit()
        tempo = parse_tempo(self.tempo_value, unit) if self.tempo_value else None
        voices = tuple(
            voice for voice in (reader.voice() for reader in self.voices.values()) if voice.measures
        )
        return Tune(
            self.source, span, tuple(self.fields), voices, tuple(self.lyrics),
            tuple(self.comments), tuple(self.directives), tuple(self.unknown), self.key,
            self.key_given, self.meter, unit, tempo or DEFAULT_TEMPO,
        )  # fmt: skip


def _meter_or(value: str, before: Meter | None) -> Meter | None:
    try:
        return parse_meter(value)
    except ValueError:
        return before
