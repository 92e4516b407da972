"""Changes of loudness: a level up or down, a hairpin, a swell.

They are signs in the first voice; no note is changed. What it does not know: how loud a sign is played.
"""

from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.text import Edit, Span, apply
from abc_tools.tune import Event, Tune
from chat.act.change import Change, Context, Steps, an_edit, then, where_text
from chat.act.rewrite import CannotChange
from chat.phrases import say
from chat.reasons import reason
from chat.understand.operation import Operation

LEVELS = ("pp", "p", "mp", "mf", "f", "ff")


def louder(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One level of dynamics up or down from what holds there (mezzo-forte where nothing is marked)."""
    first = operation.place.first if operation.place else min(tune.bar_numbers)
    marks = (
        d.strip("!+")
        for m in tune.measures
        if m.number <= first
        for e in m.events
        for d in e.decorations
    )
    held = [mark for mark in marks if mark in LEVELS]
    now = LEVELS.index(held[-1]) if held else LEVELS.index("mf")
    up = 1 if operation.name == "louder" else -1
    level = LEVELS[max(0, min(len(LEVELS) - 1, now + up))]
    step = replace(operation, name="dynamic", values={"level": level})
    yield from then(tune, [(an_edit, step)], context)


def hairpin(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A crescendo or diminuendo over the bars; into one bar, it begins in the bar before."""
    place = operation.place or Place(1, tune.bar_count)
    first = place.first
    if place.first == place.last and re.search(r"\b(?:in)?to\b|到|向", operation.said):
        first = max(min(tune.bar_numbers), place.first - 1)
    notes = [
        e
        for m in next((v for v in tune.voices if v.id == operation.voice), tune.voices[0]).measures
        if first <= m.number <= place.last
        for e in m.events
        if e.notes
    ]
    if len(notes) < 2:
        raise CannotChange(reason("There are no notes in these bars.", context.language))
    sign = "<" if operation.values["kind"] == "louder" else ">"
    edits = [
        Edit(Span(e.span.start, e.span.start), f"!{sign}{side}!")
        for e, side in ((notes[0], "("), (notes[-1], ")"))
    ]
    where = where_text(Place(first, place.last), context.language)
    yield Change(
        parse_tune(apply(tune.source, edits)),
        say(context.language, "hairpin-" + operation.values["kind"], where=where),
    )


def swell(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Soft, growing to a peak, dying away: a level, a crescendo and a diminuendo over the bars."""
    place = operation.place or Place(1, tune.bar_count)
    peak = int(operation.values.get("peak", 0)) or (place.first + 2 * place.last) // 3
    if not place.first < peak <= place.last:
        raise CannotChange(say(context.language, "which-bars"))
    notes = [
        e for m in tune.voices[0].measures if place.first <= m.number <= peak for e in m.events if e.notes
    ]  # fmt: skip
    after = [
        e for m in tune.voices[0].measures if peak < m.number <= place.last for e in m.events if e.notes
    ]  # fmt: skip
    if len(notes) < 2:
        raise CannotChange(reason("There are no notes in these bars.", context.language))
    edits = [_mark(notes[0], "!p!!<(!"), _mark(notes[-1], "!<)!!f!")]
    if len(after) > 1:
        edits += [_mark(after[0], "!>(!"), _mark(after[-1], "!>)!!pp!")]
    where = where_text(place, context.language)
    where = where[:1].upper() + where[1:]
    yield Change(
        parse_tune(apply(tune.source, edits)), say(context.language, "swelled", where=where, peak=peak)
    )  # fmt: skip


def _mark(event: Event, sign: str) -> Edit:
    return Edit(Span(event.span.start, event.span.start), sign)
