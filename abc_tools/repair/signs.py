"""What to do about a bracket or a quotation mark whose partner is lost: put the partner back.

Where it goes is tried out: every place that it may have stood at, and the one that leaves the fewest
errors in the tune wins, the nearest of equals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from abc_tools.chords import parse_chord
from abc_tools.edit import all_measures
from abc_tools.parse import parse
from abc_tools.text import Edit, Span, apply
from abc_tools.tune import Event, Measure, Note, Tune
from abc_tools.validate import Diagnostic, errors

MAX_NOTES = 6
"""How many notes a chord or a group of grace notes has at most, for guessing its end."""

_CHORD_NAME = re.compile(
    r"[A-G][#b]?(?:(?:maj|min|mi|m|M|dim|aug|sus|add|\+|°|ø)?\d{0,2}(?:[#b]\d{1,2})?){1,2}(?:/[A-G][#b]?)?"
)


_FIELD = re.compile(
    r"\[(?:M:(?:\d+/\d+|C\|?|none)|L:\d+/\d+|V:\s*\w+|Q:\s*(?:\d+/\d+=)?\d+"
    r"|K:\s*(?:none|[A-G][#b]?\s*(?:maj|min|m(?!ix)|dor|phr|lyd|mix|loc|aeo|ion)?[a-z]*))"
)
"""The beginning of an inline field whose closing bracket is lost."""


_PLACES = ("^", "_", "<", ">", "@")
"""What an annotation begins with, to say where it stands."""


def partners(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """Edits that give the sign at the diagnostic its partner, the best first; none for other signs."""
    sign = diagnostic.span.of(tune.source)
    if sign == '"':
        options = list(_quotes(tune, diagnostic.span.start))
    elif sign and sign[0] in "[]{}":
        options = list(_brackets(tune, diagnostic, sign[0]))
    else:
        return
    ranked = [
        (*_damage(tune, edits), abs(edits[0].span.start - diagnostic.span.start), number, edits)
        for number, edits in enumerate(options)
    ]
    yield from (edits for *_, edits in sorted(ranked, key=lambda option: option[:4]))


def _damage(tune: Tune, edits: list[Edit]) -> tuple[int, int]:
    """How many errors are left after edits, and how many chord symbols that cannot be read."""
    tunes = parse(apply(tune.source, edits)).tunes
    if not tunes:
        return 1000, 0
    events = [event for measure in all_measures(tunes[0]) for event in measure.events]
    quoted = [event.chord_symbol for event in events if event.chord_symbol is not None]
    quoted += [t for event in events for t in event.annotations if not t.startswith(_PLACES)]
    return len(errors(tunes[0])), sum(parse_chord(text) is None for text in quoted)


def _brackets(tune: Tune, diagnostic: Diagnostic, sign: str) -> Iterator[list[Edit]]:
    at = diagnostic.span.start
    notes = _notes_around(tune, at)
    if sign == "[" and (field := _FIELD.match(tune.source, at)):
        yield [Edit(Span(field.end(), field.end()), "]")]
    if sign in "[{":
        following = [note for note in notes if note.span.start > at][:MAX_NOTES]
        for count, note in enumerate(following, start=1):
            if sign == "[" and count > 1:
                places = {note.head_end, note.span.end}
                yield from ([Edit(Span(at, at), "]")] for at in sorted(places, reverse=True))
            elif sign == "{":
                yield [Edit(Span(note.span.end, note.span.end), "}")]
        return
    before = [note for note in reversed(notes) if note.span.end <= at][:MAX_NOTES]
    for count, note in enumerate(before, start=1):
        if sign == "}" or count > 1:
            yield [Edit(Span(note.span.start, note.span.start), "[" if sign == "]" else "{")]


def _notes_around(tune: Tune, at: int) -> list[Note]:
    """All written notes on the line of text at a position, in order: of events and grace notes."""
    start = tune.source.rfind("\n", 0, at) + 1
    end = tune.source.find("\n", at)
    end = len(tune.source) if end < 0 else end
    line = [m for m in all_measures(tune) if m.span.start < end and m.span.end > start]
    notes = [
        note
        for measure in line
        for event in _events(measure)
        for note in (*event.grace, *event.notes)
    ]
    inside = {note.span.start: note for note in notes if start <= note.span.start < end}
    return [inside[position] for position in sorted(inside)]


def _events(measure: Measure) -> Iterator[Event]:
    yield from measure.events
    for layer in measure.overlays:
        yield from layer


def _quotes(tune: Tune, at: int) -> Iterator[list[Edit]]:
    """A quotation mark after a chord's name that lacks it, or before one."""
    start = tune.source.rfind("\n", 0, at) + 1
    end = tune.source.find("\n", at)
    line = tune.source[start : len(tune.source) if end < 0 else end]
    for match in re.finditer('"', line):
        name = _CHORD_NAME.match(line, match.end())
        if name is not None and name[0]:
            for stop in range(name.end(), match.end(), -1):
                yield [Edit(Span(start + stop, start + stop), '"')]
        for name in _CHORD_NAME.finditer(line, max(0, match.start() - 8), match.start()):
            if name.end() == match.start():
                yield [Edit(Span(start + name.start(), start + name.start()), '"')]
