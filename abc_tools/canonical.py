"""The canonical form: one spelling of a tune for everything a language model reads or writes.

One tune, one line a field in a fixed order, numeric `Q:`, unit note 1/8, sections marked `P:`, at most
four bars a line, `w:` right below its line, no ornaments, slurs or directives. Sounding notes, their
lengths, chord symbols, ties, repeats and endings are kept; accidentals that two readings of ABC would
understand differently are written out. A person's own text is never rewritten to this form: only the
model's view of it is. Single-voice tunes; of several voices the first with notes is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.sections import Section, sections
from abc_tools.spelling import MeasureAccidentals, length_text
from abc_tools.styles import usual_tempo
from abc_tools.theory import abc_letter, parse_meter
from abc_tools.tokens import Kind, Token, tokenize
from abc_tools.tune import Measure, Note, Tune
from abc_tools.values import length_value

UNIT = Fraction(1, 8)
BARS_PER_LINE = 4
_KEPT = {Kind.TUPLET, Kind.TIE, Kind.BROKEN}


def canonical(tune: Tune, *, lyrics: bool = True, rhythm: str | None = None) -> str:
    """The tune in canonical form, with a final newline. ValueError if it has no measures.

    >>> from abc_tools.parse import parse_tune
    >>> print(canonical(parse_tune("X:7\\nT:Go\\nM:C\\nL:1/4\\nK:G\\n(GA) B/c/ {e}d|G4|]")), end="")
    X:1
    T:Go
    M:4/4
    L:1/8
    Q:1/4=100
    K:G
    G2A2 Bc d2|G8|]
    """
    measures = tune.measures
    if not measures:
        raise ValueError("a tune without measures has no canonical form")
    return header_text(tune, rhythm) + body_text(tune, lyrics=lyrics)


def header_text(tune: Tune, rhythm: str | None = None) -> str:
    """`X:` to `K:` in canonical order."""
    said = tune.field("R")
    style = (rhythm if rhythm is not None else said.value if said else "").strip().lower()
    meter = meter_text(tune)
    beat, bpm = usual_tempo(style, parse_meter(meter))
    if tune.tempo.explicit:
        speed = tune.tempo.bpm * tune.tempo.beat / beat
        bpm = max(20, min(400, round(speed)))
    lines = [
        "X:1", f"T:{tune.title or 'Untitled'}", *([f"R:{style}"] if style else []), f"M:{meter}",
        f"L:{UNIT}", f"Q:{beat}={bpm}", f"K:{tune.key.abc if tune.key_given else 'C'}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def meter_text(tune: Tune) -> str:
    """`M:` with `C` and `C|` written as numbers."""
    if tune.meter is None:
        return "none"
    return {"C": "4/4", "C|": "2/2"}.get(tune.meter.text, tune.meter.text)


def body_text(tune: Tune, *, lyrics: bool = True) -> str:
    """Everything below `K:`: sections, lines of bars, words."""
    measures = tune.measures
    parts = sections(tune)
    labelled = len(parts) > 1 and parts[0].marked
    writer = _Writer(tune)
    lines: list[str] = []
    for part in parts:
        if labelled:
            lines.append(f"P:{part.label}")
        for chunk in _chunks(part, measures):
            lines.append("".join(writer.measure(m, ends_line=m is chunk[-1]) for m in chunk))
            if lyrics:
                lines += _words(chunk)
    return "\n".join(lines) + "\n"


def _chunks(part: Section, measures: tuple[Measure, ...]) -> list[list[Measure]]:
    """Lines of at most four bars; a pickup joins the line it leads into."""
    chunks: list[list[Measure]] = [[]]
    bars = 0
    for measure in measures[part.start : part.stop]:
        pickup = not measure.full and not bars and not chunks[-1]
        if bars >= BARS_PER_LINE or (measure.ending and bars > BARS_PER_LINE):
            chunks.append([])
            bars = 0
        chunks[-1].append(measure)
        bars += 0 if pickup else measure.count
    return chunks


class _Writer:
    """Writes measures from the tokens that their spans cover."""

    def __init__(self, tune: Tune) -> None:
        self.tokens = tokenize(tune.source)
        self.starts = [token.start for token in self.tokens]
        self.key, self.meter = tune.key, tune.meter
        self.line_start = True

    def measure(self, measure: Measure, *, ends_line: bool) -> str:
        """One measure, the barline after it, and the sign that opens a repeat before it."""
        opens = any(bar.repeat_start for bar in measure.before)
        text = "|:" if opens else ""
        if measure.ending:
            text += ("[" if self.line_start or opens else "") + ",".join(map(str, measure.ending))
            text += " "
        self.line_start = ends_line
        return text + self._changes(measure) + self._content(measure) + _barline(measure, ends_line)

    def _changes(self, measure: Measure) -> str:
        """Inline fields where the key or the meter is another than before."""
        text = ""
        if measure.key != self.key:
            text += f"[K:{measure.key.abc}]"
        if measure.meter != self.meter:
            text += f"[M:{measure.meter.text if measure.meter else 'none'}]"
        self.key, self.meter = measure.key_at_end, measure.meter
        return text

    def _content(self, measure: Measure) -> str:
        notes = _notes(measure)
        scale = measure.unit / UNIT
        state = MeasureAccidentals(measure.key)
        chords = {e.symbol_span.start: e.chord_symbol for e in measure.events if e.symbol_span}
        grace = False
        started = False
        inner: list[str] = []
        for token in self._tokens(measure):
            started = started or token.kind in (Kind.NOTE, Kind.REST)
            if token.kind in (Kind.GRACE_OPEN, Kind.GRACE_CLOSE):
                grace = token.kind is Kind.GRACE_OPEN
            elif grace or token.kind is Kind.OVERLAY:
                if token.kind is Kind.OVERLAY:
                    break
            elif token.kind is Kind.NOTE and token.start in notes:
                inner.append(_note_text(notes[token.start], state, scale))
            elif token.kind is Kind.QUOTED and token.start in chords:
                inner.append(_chord_text(token.text))
            elif token.kind is not Kind.INLINE_FIELD or started:
                inner.append(_other(token, scale, measure))
        return _tidy("".join(inner))

    def _tokens(self, measure: Measure) -> list[Token]:
        low = bisect_left(self.starts, measure.span.start)
        high = bisect_left(self.starts, measure.span.end)
        return self.tokens[low:high]


def _barline(measure: Measure, ends_line: bool) -> str:
    bar = measure.after
    if bar is None:
        return "|]"
    if bar.repeat_end:
        return ":|"
    if bar.repeat_start:
        return "||" if ends_line else ""
    return bar.text if bar.text in ("|]", "||") else "|"


def _notes(measure: Measure) -> dict[int, Note]:
    return {note.span.start: note for event in measure.events for note in event.notes}


def _note_text(note: Note, state: MeasureAccidentals, scale: Fraction) -> str:
    sign = "" if note.tied and note.accidental is None else state.sign(note.written)
    return sign + abc_letter(note.written) + length_text(note.factor * scale)


def _chord_text(quoted: str) -> str:
    chord = parse_chord(quoted[1:-1])
    return f'"{chord.text}"' if chord else ""


def _other(token: Token, scale: Fraction, measure: Measure) -> str:
    if token.kind is Kind.REST:
        if token.text[0] in "ZX" and measure.expected is not None:
            return "z" + length_text(measure.expected / UNIT)
        return "z" + length_text(length_value(token.text[1:]) * scale)
    if token.kind is Kind.CHORD_CLOSE:
        return "]" + token.text[1:]
    if token.kind in _KEPT or token.kind is Kind.CHORD_OPEN:
        return "-" if token.kind is Kind.TIE else token.text
    if token.kind is Kind.INLINE_FIELD and token.text[1] == "K":
        return token.text
    return " " if token.kind in (Kind.SPACE, Kind.NEWLINE) else ""


def _tidy(text: str) -> str:
    """Single spaces, none beside broken rhythm or at the ends."""
    words = " ".join(text.split())
    for sign in ("<", ">"):
        words = words.replace(f" {sign}", sign).replace(f"{sign} ", sign)
    return words.replace("( ", "(")


def _words(chunk: list[Measure]) -> list[str]:
    """`w:` lines for a line of measures, one a verse."""
    events = [e for m in chunk for e in m.events if e.kind != "rest"]
    verses = max((len(e.syllables) for e in events), default=0)
    lines = []
    for verse in range(verses):
        said = [e.syllables[verse] if verse < len(e.syllables) else None for e in events]
        words = [
            "*" if s is None else s.replace(" ", "~").replace("\N{NON-BREAKING HYPHEN}", "\\-")
            for s in said
        ]
        while words and words[-1] == "*":
            words.pop()
        if words:
            lines.append("w:" + " ".join(words).replace("- ", "-"))
    return lines
