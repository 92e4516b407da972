"""The pieces of `w:` lines and the notes they stand under, so that words can follow their notes.

A `Row` is one `w:` line with the events of its music line (rests left out) and its pieces in order:
syllables and the signs `*` `_` `-` `|`. Pieces are changed in place; the rest of the line stays byte
for byte (ABC 2.1 §5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from abc_tools.text import Edit, Span
from abc_tools.tune import Event, LyricLine, Tune, Voice

_PIECE = re.compile(r"(?:\\-|[^\s\-_*|])+-?|[_*|-]")
SIGNS = frozenset("_*-")


@dataclass(frozen=True)
class Piece:
    """One syllable or sign; `note` is the index of the note it stands under, None for none."""

    text: str
    span: Span
    note: int | None
    skipped: tuple[int, ...] = ()
    """Notes that a `|` passes over."""

    @property
    def syllable(self) -> bool:
        """Whether it is sung, and no sign."""
        return self.text not in SIGNS and self.text != "|"


@dataclass(frozen=True)
class Row:
    """A `w:` line, the notes above it and its pieces."""

    line: LyricLine
    value: Span
    events: tuple[Event, ...]
    pieces: tuple[Piece, ...]

    def piece(self, note: int) -> Piece | None:
        """The piece under a note."""
        return next((p for p in self.pieces if p.note == note), None)


def line_start(text: str, position: int) -> int:
    """Where the line of a position begins."""
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def line_end(text: str, position: int) -> int:
    """Where the line of a position ends, its line break left out."""
    ends = [e for e in (text.find("\n", position), text.find("\r", position)) if e >= 0]
    return min(ends, default=len(text))


def next_line(text: str, position: int) -> int:
    """Where the line after that of a position begins (the text's end if there is none)."""
    end = line_end(text, position)
    return end + (2 if text[end : end + 2] == "\r\n" else 1 if end < len(text) else 0)


def rows(tune: Tune) -> list[Row]:
    """Every `w:` line of the tune that stands under notes."""
    found = []
    voices = {voice.id: _sung(voice) for voice in tune.voices}
    for line in tune.lyrics:
        sung = [p for p in voices.get(line.voice, []) if p[1].span.start < line.span.start]
        if not sung:
            continue
        start = line_start(tune.source, sung[-1][1].span.start)
        sung = [p for p in sung if p[1].span.start >= start]
        value = next((f.value_span for f in tune.fields if f.span == line.span), line.span)
        bars = [bar for bar, _ in sung]
        found.append(Row(line, value, tuple(e for _, e in sung), _pieces(tune, value, bars)))
    return found


def _sung(voice: Voice) -> list[tuple[int, Event]]:
    return [(n, e) for n, m in enumerate(voice.measures) for e in m.events if e.kind != "rest"]


def _pieces(tune: Tune, value: Span, bars: list[int]) -> tuple[Piece, ...]:
    pieces, note = [], 0
    for match in _PIECE.finditer(value.of(tune.source)):
        span = Span(value.start + match.start(), value.start + match.end())
        if match[0] == "|":
            skipped = []
            if 0 < note < len(bars) and bars[note] == bars[note - 1]:
                while note < len(bars) and bars[note] == bars[note - 1]:
                    skipped.append(note)
                    note += 1
            pieces.append(Piece("|", span, None, tuple(skipped)))
        else:
            pieces.append(Piece(match[0], span, note if note < len(bars) else None))
            note += 1
    return tuple(pieces)


def joined(texts: Iterable[str]) -> str:
    """Pieces as a `w:` value.

    >>> joined(["A-", "ma-", "zing", "_", "grace", "*"])
    'A-ma-zing_ grace *'
    """
    text = ""
    for piece in texts:
        tight = not text or piece in ("_", "-") or (text[-1] == "-" and text[-2:-1] not in " -")
        text += piece if tight else " " + piece
    return text


def hold(piece: str) -> str:
    """The sign that holds a piece over one more note."""
    return piece if piece in SIGNS else "-" if piece.endswith("-") else "_"


def held_longer(tune: Tune, added: Mapping[int, int]) -> list[Edit]:
    """Edits that hold syllables over tied notes: `added` says how many after the event at a start."""
    edits = []
    for row in rows(tune) if added else []:
        last = max((p.note for p in row.pieces if p.note is not None), default=-1)
        for index, event in enumerate(row.events):
            count = added.get(event.span.start, 0)
            piece = row.piece(index)
            if count and piece is not None and (index < last or piece.text.endswith("-")):
                edits.append(Edit(Span(piece.span.end, piece.span.end), hold(piece.text) * count))
    return edits


def bars_written_out(tune: Tune) -> list[Edit]:
    """Edits that write `*` for the notes that a `|` in a `w:` line passes over.

    Needed before barlines move, because the sign means the barlines as they stand.
    """
    return [
        Edit(piece.span, " " + "* " * len(piece.skipped))
        for row in rows(tune)
        for piece in row.pieces
        if piece.text == "|"
    ]


def without(tune: Tune, gone: frozenset[int] | set[int]) -> list[Edit]:
    """Edits that take the pieces under some notes (by the starts of their spans) away."""
    edits = []
    for row in rows(tune):
        dead = {i for i, e in enumerate(row.events) if e.span.start in gone}
        kept = [p for p in row.pieces if p.note not in dead or p.note is None]
        if len(kept) == len(row.pieces):
            continue
        for low, high in _stretches(row, dead):
            edits.append(Edit(_without_pieces(tune, row, low, high), ""))
    return edits


def _without_pieces(tune: Tune, row: Row, low: int, high: int) -> Span:
    """The text of pieces `low`–`high` with the space that they no longer need."""
    start, end = row.pieces[low].span.start, row.pieces[high].span.end
    after = row.pieces[high + 1].span.start if high + 1 < len(row.pieces) else end
    if not low:
        return Span(start, after)
    before = row.pieces[low - 1]
    if before.span.end < start or high + 1 == len(row.pieces):
        return Span(before.span.end, end)
    return Span(start, after if before.text.endswith("-") else end)


def _stretches(row: Row, dead: set[int]) -> list[tuple[int, int]]:
    """Stretches (first, last) of consecutive pieces whose notes go away."""
    found: list[tuple[int, int]] = []
    for index, piece in enumerate(row.pieces):
        inner = bool(piece.skipped) and set(piece.skipped) <= dead
        if (piece.note in dead and piece.note is not None) or inner:
            if found and found[-1][1] == index - 1:
                found[-1] = (found[-1][0], index)
            else:
                found.append((index, index))
    return found
