"""Fields of the header, comments and the tempo."""

from __future__ import annotations

import re
from fractions import Fraction

from abc_tools.edit.pieces import line_end, line_start, next_line
from abc_tools.edit.selection import felt_beat, runs
from abc_tools.fields import parse_tempo
from abc_tools.text import Edit, Span
from abc_tools.tune import Field, Measure, Tune

HEADER_ORDER = "XTCORMLQPVK"


def set_field(tune: Tune, name: str, value: str) -> Edit:
    """Set a header field: replace its value, or insert it where the canonical order wants it."""
    if re.search(r"[\r\n%]", value):
        raise ValueError("A field's value is one line without a percent sign.")
    header = [field for field in tune.fields if field.where == "header"]
    for field in header:
        if field.name == name:
            return Edit(field.value_span, value)
    rank = HEADER_ORDER.index(name)
    place, newline = tune.span.start, f"{name}:{value}\n"
    for field in header:
        if field.name in HEADER_ORDER and HEADER_ORDER.index(field.name) < rank:
            end = tune.source.find("\n", field.span.end)
            if end < 0:
                return Edit(Span(field.span.end, field.span.end), f"\n{name}:{value}")
            place = end + 1
    return Edit(Span(place, place), newline)


def set_tempo(tune: Tune, bpm: Fraction | int, beat: Fraction | None = None) -> list[Edit]:
    """Set `Q:`; a beat is kept from the tune's own field unless one is given."""
    if not 10 <= bpm <= 400:
        raise ValueError("A tempo between 10 and 400 beats a minute can be played.")
    field = tune.field("Q")
    if beat is None:
        own = parse_tempo(field.value, tune.unit) if field else None
        beat = own.beat if own and own.explicit else felt_beat(tune)
    speed = Fraction(bpm)
    number = str(round(speed)) if speed.denominator == 1 else f"{float(speed):.1f}"
    return [set_field(tune, "Q", f"{beat}={number}")]


def set_tempo_of(tune: Tune, measures: list[Measure], bpm: int) -> list[Edit]:
    """Another tempo for some measures: an inline `[Q:…]` opens it, another restores what was before.

    The restoring field stands at the end of the last measure, inside the bars that were asked for.
    """
    if not 10 <= bpm <= 400:
        raise ValueError("A tempo between 10 and 400 beats a minute can be played.")
    voice = tune.voices[0].measures
    edits = []
    for run in runs(voice, [m for m in voice if m in measures]):
        start, end = run[0].span.start, run[-1].span.end
        edits.append(Edit(Span(start, start), f"[Q:{felt_beat(tune)}={bpm}]"))
        if run[-1] is not voice[-1]:
            before = round(tune.tempo.bpm * tune.tempo.beat / felt_beat(tune))
            edits.append(Edit(Span(end, end), f"[Q:{felt_beat(tune)}={before}]"))
    return edits


# -- any field --------------------------------------------------------------------------------

TEXT_FIELDS = frozenset("ABCDFGHNORSTWZ")


def set_any_field(tune: Tune, name: str, value: str) -> list[Edit]:
    """Set a header field by its letter or its name in words; an empty value removes it.

    Key, meter and unit length have edits of their own that change the music with them.
    """
    letter = field_letter(name)
    if letter not in TEXT_FIELDS | {"X", "Q"}:
        raise ValueError(f"“{name}” is changed together with the music, by an edit of its own.")
    if not value.strip():
        return remove_field(tune, letter)
    if letter == "X" and not value.strip().isdigit():
        raise ValueError("A tune's number is a whole number.")
    if letter == "Q" and parse_tempo(value, tune.unit) is None:
        raise ValueError(f"“{value}” is no tempo that can be read.")
    if letter in HEADER_ORDER or _header_field(tune, letter):
        return [set_field(tune, letter, value.strip())]
    anchor = _header_field(tune, "C") or _header_field(tune, "T") or _header_field(tune, "X")
    if re.search(r"[\r\n%]", value):
        raise ValueError("A field's value is one line without a percent sign.")
    place = next_line(tune.source, anchor.span.start) if anchor else tune.span.start
    if anchor and place == line_end(tune.source, anchor.span.start):
        return [Edit(Span(place, place), f"\n{letter}:{value.strip()}")]
    return [Edit(Span(place, place), f"{letter}:{value.strip()}\n")]


FIELD_NAMES = {
    "title": "T", "composer": "C", "rhythm": "R", "origin": "O", "source": "S", "notes": "N",
    "transcriber": "Z", "transcription": "Z", "book": "B", "history": "H", "area": "A",
    "author": "A", "discography": "D", "group": "G", "file": "F", "number": "X", "tempo": "Q",
    "words": "W", "标题": "T", "曲名": "T", "作曲": "C", "作曲者": "C",
}  # fmt: skip


def field_letter(name: str) -> str:
    """The letter of a field said by letter or word; ValueError for neither.

    >>> field_letter("composer"), field_letter("T")
    ('C', 'T')
    """
    said = name.strip().rstrip(":")
    if len(said) == 1 and said.isascii() and said.isalpha():
        return said
    letter = FIELD_NAMES.get(said.lower())
    if letter is None:
        raise ValueError(f"“{name}” is no field. There are: {', '.join(sorted(FIELD_NAMES))}.")
    return letter


def _header_field(tune: Tune, letter: str) -> Field | None:
    return next((f for f in tune.fields if f.name == letter and f.where == "header"), None)


def remove_field(tune: Tune, name: str) -> list[Edit]:
    """Remove every header field of this letter. ValueError for fields that the music needs."""
    letter = field_letter(name)
    if letter in "XKML":
        raise ValueError(f"The field {letter}: is needed to read the music.")
    found = [f for f in tune.fields if f.name == letter and f.where == "header"]
    if not found:
        raise ValueError(f"There is no field {letter}: in this tune.")
    edits = []
    for field in found:
        start = line_start(tune.source, field.span.start)
        edits.append(Edit(Span(start, next_line(tune.source, start)), ""))
    return edits


def add_comment(tune: Tune, text: str, measures: list[Measure] | None = None) -> list[Edit]:
    """Write a comment line above the line of music that the bars begin in (or the first one)."""
    if re.search(r"[\r\n]", text) or not text.strip() or text.lstrip().startswith("%"):
        raise ValueError("A comment is one line of text.")
    found = [m for v in tune.voices for m in v.measures if measures is None or m in measures]
    if not found:
        raise ValueError("There are no such bars.")
    place = line_start(tune.source, min(m.span.start for m in found))
    return [Edit(Span(place, place), f"% {text.strip()}\n")]


def remove_comments(tune: Tune) -> list[Edit]:
    """Take all comments away; directives (`%%`) stay."""
    edits = []
    for mark in tune.comments:
        start = line_start(tune.source, mark.span.start)
        whole = not tune.source[start : mark.span.start].strip()
        span = Span(start, next_line(tune.source, start)) if whole else mark.span
        if not whole:
            low = mark.span.start
            while low > start and tune.source[low - 1] in " \t":
                low -= 1
            span = Span(low, mark.span.end)
        edits.append(Edit(span, ""))
    if not edits:
        raise ValueError("There is no comment in this tune.")
    return edits
