"""Seams: where bars that were moved, copied or deleted meet others, short bars may come out wrong.

A pickup that comes to stand inside the tune needs a double bar before it; a short last bar that no
pickup follows any more is filled with a rest. Only bars that an edit made wrong are mended.
"""

from __future__ import annotations

from fractions import Fraction

from abc_tools.edit.layout import Step, chain
from abc_tools.edit.retime import parts
from abc_tools.parse import parse
from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span, apply
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors

ROUNDS = 3


def with_seams(tune: Tune, *steps: Step) -> list[Edit]:
    """The edits of some steps, one after the other, with the bars at their seams mended.

    A single step that leaves all bars right gives its own edits, untouched.
    """
    wrong = len(_short(tune))
    if len(steps) == 1:
        edits = steps[0](tune)
        if len(_short(parse(apply(tune.source, edits)).tunes[_number(tune)])) <= wrong:
            return edits
    return chain(tune, *steps, *[_mender(wrong)] * ROUNDS)


def _number(tune: Tune) -> int:
    return next(n for n, t in enumerate(parse(tune.source).tunes) if t.span == tune.span)


def _short(tune: Tune) -> set[Span]:
    """Spans of the bars that are wrong."""
    return {d.span for d in errors(tune) if d.rule == "measure-length"}


def _mender(wrong: int) -> Step:
    def mend(tune: Tune) -> list[Edit]:
        spans = _short(tune)
        if len(spans) <= wrong:
            return []
        edits = []
        for voice in tune.voices:
            for index, measure in enumerate(voice.measures):
                if measure.span in spans:
                    before = voice.measures[index - 1] if index else None
                    after = voice.measures[index + 1 : index + 2]
                    edits += _mended(measure, before, after[0] if after else None)
        return list(dict.fromkeys(edits))

    return mend


def _mended(measure: Measure, before: Measure | None, after: Measure | None) -> list[Edit]:
    expected = measure.expected
    if expected is None or measure.duration > expected:
        return []
    if after is not None and _fills(measure, after) and _plain(after):
        return [Edit(after.before[-1].span, "||")]
    if before is not None and _plain(measure):
        leads = before.full and measure.duration * 2 <= expected
        if leads or _fills(before, measure):
            return [Edit(measure.before[-1].span, "||")]
    rest = expected - measure.duration
    text = "".join("z" + length_text(p / measure.unit) for p in parts(Fraction(rest)))
    return [Edit(Span(measure.span.end, measure.span.end), " " + text)]


def _fills(one: Measure, other: Measure) -> bool:
    return one.expected is not None and one.duration + other.duration == one.expected


def _plain(measure: Measure) -> bool:
    return bool(measure.before) and not measure.before[-1].boundary and not measure.ending
