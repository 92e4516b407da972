"""Fields of the header, comments and the tempo."""

from __future__ import annotations

import re
from fractions import Fraction

from abc_tools.edit.selection import felt_beat, runs
from abc_tools.fields import parse_tempo
from abc_tools.text import Edit, Span
from abc_tools.tune import Measure, Tune

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
