"""Voices taken out of a tune, or taken alone. What belongs to no voice stays as it is."""

from __future__ import annotations

import re

from abc_tools.edit.pieces import line_start, next_line
from abc_tools.fields import parse_voice
from abc_tools.text import Edit, Span
from abc_tools.tune import Tune, Voice

_SCORE = re.compile(r"%%\s*(?:score|staves)\b(.*)")


def find_voice(tune: Tune, name: str) -> Voice:
    """The voice with this id or name (in any case); ValueError with what there is."""
    for voice in tune.voices:
        if name.strip().lower() in (voice.id.lower(), voice.name.lower()):
            return voice
    there = ", ".join(f"{v.id} ({v.name})" if v.name else v.id for v in tune.voices)
    raise ValueError(f"There is no voice “{name}”. There are: {there}.")


def extract_voice(tune: Tune, name: str) -> list[Edit]:
    """Leave only one voice in the tune; its text and words stay byte for byte."""
    kept = find_voice(tune, name)
    return _without(tune, {v.id for v in tune.voices} - {kept.id})


def remove_voice(tune: Tune, name: str) -> list[Edit]:
    """Take one voice out of the tune. ValueError if it is the only one."""
    gone = find_voice(tune, name)
    if len(tune.voices) < 2:
        raise ValueError("A tune needs at least one voice.")
    return _without(tune, {gone.id})


def _without(tune: Tune, gone: set[str]) -> list[Edit]:
    """Delete the lines of some voices: music, words, `V:` fields, and their places in `%%score`."""
    if not gone:
        return []
    text = tune.source
    owners: dict[int, set[str]] = {}
    for voice in tune.voices:
        for measure in voice.measures:
            for piece in measure.pieces:
                owners.setdefault(line_start(text, piece.start), set()).add(voice.id)
    for line in tune.lyrics:
        owners.setdefault(line_start(text, line.span.start), set()).add(line.voice)
    for field in tune.fields:
        if field.name == "V" and field.where != "inline":
            owners.setdefault(line_start(text, field.span.start), set()).add(
                parse_voice(field.value).id
            )
    if any(voices & gone and voices - gone for voices in owners.values()):
        raise ValueError("Voices share a line in this tune, so they cannot be taken apart.")
    edits = []
    for start, voices in sorted(owners.items()):
        if voices <= gone:
            edits.append(Edit(Span(start, _line_stop(tune, start)), ""))
    edits += _bare_lines(tune, gone, owners)
    return edits + _scores(tune, gone)


def _line_stop(tune: Tune, start: int) -> int:
    """The end of a line, its break included."""
    return next_line(tune.source, start)


def _bare_lines(tune: Tune, gone: set[str], owners: dict[int, set[str]]) -> list[Edit]:
    """Lines inside a removed voice that hold no measure: barlines alone, `s:`, its own fields."""
    edits, current = [], ""
    text = tune.source
    header_end = max((f.span.end for f in tune.fields if f.where == "header"), default=0)
    position = next_line(text, header_end)
    while position < tune.span.end:
        stop = _line_stop(tune, position)
        line = text[position:stop]
        named = re.match(r"(?:V:|\[V:)\s*([^\s\]]+)", line)
        if position in owners:
            current = next(iter(owners[position]))
        elif named:
            current = named[1]
        if position not in owners and current in gone and line.strip():
            voiced = named or re.match(r"[KMLQs]:", line) or not re.match(r"%|[A-Za-z]:", line)
            if voiced and stop > position:
                edits.append(Edit(Span(position, stop), ""))
        if stop <= position:
            break
        position = stop
    return edits


def _scores(tune: Tune, gone: set[str]) -> list[Edit]:
    edits = []
    for mark in tune.directives:
        match = _SCORE.match(mark.text)
        if match is None:
            continue
        start = mark.span.start + match.start(1)
        words = match[1]
        for id_ in gone:
            words = re.sub(rf"(?<![\w.-]){re.escape(id_)}(?![\w.-])", "", words)
        before = ""
        while before != words:
            before = words
            words = re.sub(
                r"\(\s*\)|\[\s*\]|\{\s*\}|(?<=[({\[])\s*\|\s*|\s*\|\s*(?=[)}\]])", "", words
            )
            words = re.sub(r"\|\s*\|", "|", words)
        words = re.sub(r"^\s*\|\s*|\s*\|\s*$", " ", words)
        words = re.sub(r"\(\s*([^\s(){}\[\]|]+)\s*\)", r"\1", words)
        words = " " + " ".join(words.split())
        if words != match[1]:
            edits.append(Edit(Span(start, start + len(match[1])), words))
    return edits
