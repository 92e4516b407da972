"""Chord symbols, dynamics, repeats, slurs and hairpins of a music21 score, put on the items of a line."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from abc_tools.formats.score_signs import AT_THE_END, bar_style, chord_text, dynamic_name, whole
from abc_tools.formats.sheet import Bar, Item, Line, attach


def tempo_words(bar: Bar, place: Fraction) -> str:
    """The words that stand where a metronome mark stands belong to it; taken off their item."""
    for item in bar.layers[0]:
        words = [note for note in item.annotations if note.startswith("^")]
        if item.onset == place and words:
            item.annotations = tuple(note for note in item.annotations if note != words[0])
            return words[0][1:].strip()
    return ""


def insert_field(bar: Bar, place: Fraction, field: str) -> None:
    """Write an inline field before the first item at or after `place`."""
    for item in bar.layers[0]:
        if item.onset >= place:
            item.fields = (*item.fields, field)
            return


def put_harmonies(measures: list[Any], line: Line, *, first: bool) -> None:
    """Chord symbols on the items that begin with them; a longer item is cut and tied."""
    if not first:
        return
    for measure, bar in zip(measures, line.bars, strict=False):
        for harmony in measure.recurse().getElementsByClass("Harmony"):
            text = chord_text(harmony)
            place = whole(harmony.getOffsetInHierarchy(measure))
            if text:
                attach(bar, place, text)


def put_signs(measures: list[Any], line: Line, *, first: bool) -> None:
    """Dynamics, tempo words, repeats and endings of the measures."""
    for measure, bar in zip(measures, line.bars, strict=False):
        _repeats(measure, bar)
        if not first:
            continue
        items = [item for item in bar.layers[0] if item.pitches] or bar.layers[0]
        for element in measure.elements:
            name = dynamic_name(element)
            place = whole(element.offset)
            item = next((i for i in items if i.end > place), items[-1] if items else None)
            if item is None:
                continue
            if name in AT_THE_END:
                bar.signs = (*bar.signs, name)
            elif "RehearsalMark" in element.classes and element.content:
                bar.part = str(element.content)
            elif name:
                item.decorations = (name, *item.decorations)
            elif "TextExpression" in element.classes and element.content:
                item.annotations = (*item.annotations, f"^{element.content}")


def _repeats(measure: Any, bar: Bar) -> None:
    for barline in (measure.leftBarline, measure.rightBarline):
        if barline is not None and "Repeat" in barline.classes:
            if barline.direction == "start":
                bar.opens = True
            else:
                bar.closes = max(2, min(barline.times or 2, 9))
    bar.style = bar_style(measure.rightBarline)
    for bracket in measure.getSpannerSites("RepeatBracket"):
        if bracket.getFirst() is measure:
            numbers = [n for n in bracket.numberRange if isinstance(n, int) and 0 < n < 100]
            bar.ending = tuple(numbers) or (1,)


def put_spanners(score: Any, places: dict[int, tuple[Line, Item]]) -> None:
    """Slurs and hairpins whose ends lie in one line."""
    for spanner in score.recurse().getElementsByClass("Spanner"):
        slur = "Slur" in spanner.classes
        if not slur and "DynamicWedge" not in spanner.classes:
            continue
        begin = places.get(id(spanner.getFirst()))
        end = places.get(id(spanner.getLast()))
        if begin is None or end is None or begin[0] is not end[0] or begin[1] is end[1]:
            continue
        if not _in_main(begin) or not _in_main(end):
            continue
        if slur:
            begin[1].opens += 1
            end[1].closes += 1
        else:
            sign = "<" if "Crescendo" in spanner.classes else ">"
            if f"{sign}(" not in begin[1].decorations and f"{sign})" not in end[1].decorations:
                begin[1].decorations = (f"{sign}(", *begin[1].decorations)
                end[1].decorations = (*end[1].decorations, f"{sign})")


def _in_main(place: tuple[Line, Item]) -> bool:
    return any(place[1] is item for bar in place[0].bars for item in bar.layers[0])
