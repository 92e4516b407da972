"""One note of a bar longer or shorter, the bar as long as it was; a sung note held into a bar of its own.

A note that grows takes the time of the notes behind it; the last note of a bar takes that of those before it. A note
that shrinks leaves a rest. Other notes keep their pitches. What it does not know: which note is meant (`understand`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from abc_tools.edit.pieces import held_longer, without
from abc_tools.edit.retime import MeasureTokens, parts, retime
from abc_tools.edit.rhythm import written_without
from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span
from abc_tools.tune import Event, Measure, Tune

DOTTED = Fraction(3, 2)


def set_length(tune: Tune, chosen: Sequence[tuple[Measure, Event]], length: Fraction) -> list[Edit]:
    """Each chosen note of this length. ValueError where a sung note would go, or the bar is too short."""
    tokens = MeasureTokens(tune)
    edits: list[Edit] = []
    gone: set[int] = set()
    for measure, event in chosen:
        if event.duration < length:
            edits += _longer(tune, measure, event, length, tokens, gone)
        elif event.duration > length:
            edits += _shorter(tune, measure, event, length, tokens)
    if not edits:
        raise ValueError("These notes are so already.")
    return edits + without(tune, gone)


def _longer(
    tune: Tune, measure: Measure, event: Event, length: Fraction, tokens: MeasureTokens, gone: set[int]
) -> list[Edit]:  # fmt: skip
    """The time comes from the notes behind, then from those before; what is left of the last one stays."""
    if length > measure.duration:
        raise ValueError(f"Bar {measure.number} is shorter than that note.")
    place = measure.events.index(event)
    durations = {event.span: length}
    dropped: list[Event] = []
    missing = length - event.duration
    for other in (*measure.events[place + 1 :], *reversed(measure.events[:place])):
        if not missing:
            break
        taken = min(missing, other.duration)
        missing -= taken
        if taken < other.duration:
            durations[other.span] = other.duration - taken
            continue
        if any(other.syllables) or other.tie or other.tied:
            raise ValueError("A note that is sung or tied would have to go.")
        dropped.append(other)
    first = min((event, *dropped), key=lambda e: e.onset)
    edits = written_without(tune, measure, durations, dropped, tokens, gone)
    if first is not event and first.symbol_span is not None and event.chord_symbol is None:
        start = (event.grace_span or event.span).start
        edits.append(Edit(Span(start, start), first.symbol_span.of(tune.source)))
    return edits


def _shorter(
    tune: Tune, measure: Measure, event: Event, length: Fraction, tokens: MeasureTokens
) -> list[Edit]:
    """The rest of its time is silence."""
    if event.tie or event.measures:
        raise ValueError("A note that is sung or tied would have to go.")
    edits = retime(tune, measure, {event.span: length}, tokens).edits
    left = [length_text(p / measure.unit) for p in parts(event.duration - length)]
    end = event.span.end
    return [*edits, Edit(Span(end, end), "".join(f"z{text}" for text in left))]


def hold_over(tune: Tune, measure: Measure, event: Event, bars: int) -> list[Edit]:
    """The last note of a bar held for more bars, which come behind it: the barlines that were there stand after them.

    ValueError for several voices, or a note that is not the last of its bar.
    """
    if len(tune.voices) > 1:
        raise ValueError("Bars are put in for one voice alone only where there is no other.")
    if measure.events[-1] is not event or not event.notes or not measure.full:
        raise ValueError("Only the last note of a bar can be held into a bar of its own.")
    head = event.span.of(tune.source).rstrip("0123456789/")
    whole = [head + length_text(p / measure.unit) for p in parts(measure.duration)]
    text = "-" + "".join("|" + "-".join(whole) + ("-" if n < bars - 1 else "") for n in range(bars))
    edit = Edit(Span(event.span.end, event.span.end), text)
    return [edit, *held_longer(tune, {event.span.start: bars * len(whole)})]
