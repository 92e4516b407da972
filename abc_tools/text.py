"""Spans of a text, edits of them, and the one function that makes new ABC out of old ABC.

Positions are Python character (code point) offsets, half open: ``text[span.start:span.end]``.
This module knows nothing of music. Whatever an edit does not name is copied byte for byte, which is
how "every edit is local" is true by construction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open stretch of a text; ``start == end`` is a place between two characters."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers.

        >>> Span(2, 4).of("abcdef")
        'cd'
        """
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Edit:
    """New text for a span; an empty span inserts, an empty text deletes."""

    span: Span
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Apply all `edits` to `text` at once; positions refer to the old text.

    Edits are sorted by position; two edits must not overlap (two insertions at one place keep their
    order). Raises ValueError for edits that overlap or lie outside the text.

    >>> apply("K:G", [Edit(Span(2, 3), "D")])
    'K:D'
    """
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        if edit.span.start < position:
            raise ValueError(f"edits overlap at {edit.span.start}")
        if edit.span.end > len(text):
            raise ValueError(f"edit {edit.span} lies outside a text of {len(text)} characters")
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    pieces.append(text[position:])
    return "".join(pieces)


def moved(position: int, edits: Iterable[Edit]) -> int:
    """Where a position of the old text lies after `edits` (positions inside an edit move to its end)."""
    shift = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        if edit.span.end <= position:
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        elif edit.span.start < position:
            return edit.span.start + shift + len(edit.text)
    return position + shift


def utf16_offset(text: str, position: int) -> int:
    """The offset of `position` counted in UTF-16 units, as JavaScript and abcjs count.

    >>> utf16_offset("T:🎵x", 3)
    4
    """
    return len(text[:position].encode("utf-16-le")) // 2


def decode(data: bytes) -> str:
    """Text of a file: UTF-8 (a byte order mark is dropped), UTF-16 by its mark, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
