"""The metronome: when it clicks along a performance, and how long it counts before the first note.

A click falls on every felt beat (`theory.Meter.beat`), the first of each bar accented; where the meter
is written in groups (2+3/8) each group begins with a click. Music in free meter has no clicks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.theory import Meter
from abc_tools.timeline import Timeline
from abc_tools.tune import Tune


@dataclass(frozen=True)
class Click:
    """One click: `position` in whole notes from the beginning of the performance, `seconds` in seconds."""

    position: Fraction
    seconds: float
    accent: bool


def beats(meter: Meter) -> list[Fraction]:
    """Where the clicks of a full bar fall, in whole notes from its beginning.

    >>> from abc_tools.theory import parse_meter
    >>> [str(b) for b in beats(parse_meter("6/8"))], [str(b) for b in beats(parse_meter("2+3/8"))]
    (['0', '3/8'], ['0', '1/4'])
    """
    if len(meter.beats) > 1:
        found, at = [], Fraction(0)
        for group in meter.beats:
            found.append(at)
            at += Fraction(group, meter.unit)
        return found
    return [meter.beat * index for index in range(-(-meter.length // meter.beat))]


def clicks(timeline: Timeline) -> list[Click]:
    """The clicks of a performance. A bar shorter than its meter at the beginning is a pickup: its
    clicks are the last of a full bar; other short bars begin with the first.
    """
    found = []
    for index, timed in enumerate(timeline.measures):
        measure = timed.measure
        if measure.meter is None:
            continue
        missing = measure.meter.length - measure.duration
        skipped = missing if missing > 0 and (index == 0 or measure.number == 0) else Fraction(0)
        for bar in range(measure.count):
            for beat in beats(measure.meter):
                offset = bar * measure.meter.length + beat - skipped
                if 0 <= offset < measure.duration:
                    position = timed.position + offset
                    found.append(Click(position, timeline.seconds_at(position), beat == 0))
    return found


def count_in(tune: Tune) -> Fraction:
    """How long is counted before the first note, in whole notes: a full bar, and what a pickup lacks.

    0 in free meter.

    >>> from abc_tools.parse import parse_tune
    >>> count_in(parse_tune("X:1\\nM:3/4\\nL:1/4\\nK:C\\nG|c2d|e3|]\\n"))
    Fraction(5, 4)
    """
    first = tune.measures[0] if tune.measures else None
    if first is None or first.meter is None:
        return Fraction(0)
    missing = max(first.meter.length * first.count - first.duration, Fraction(0))
    return first.meter.length + (missing if missing < first.meter.length else Fraction(0))


def counted(tune: Tune, timeline: Timeline) -> tuple[Timeline, list[Click]]:
    """The performance begun later by the count-in, and the clicks that are counted."""
    wait = count_in(tune)
    if not wait:
        return timeline, []
    delayed = _delayed(timeline, wait)
    meter = tune.measures[0].meter
    assert meter is not None, "free meter has no count-in"
    return delayed, list(_counts(meter, wait, delayed))


def ticking(
    tune: Tune, timeline: Timeline, *, metronome: bool, count: bool
) -> tuple[Timeline, list[Click]]:
    """The performance with a count-in if one is wanted, and everything that clicks in it."""
    heard: list[Click] = []
    if count:
        timeline, heard = counted(tune, timeline)
    return timeline, [*heard, *clicks(timeline)] if metronome else heard


def _counts(meter: Meter, wait: Fraction, timeline: Timeline) -> Iterator[Click]:
    start = Fraction(0)
    while start < wait:
        for beat in beats(meter):
            if start + beat < wait:
                yield Click(start + beat, timeline.seconds_at(start + beat), beat == 0)
        start += meter.length


def _delayed(timeline: Timeline, wait: Fraction) -> Timeline:
    """Everything later by `wait`, which is counted at the first tempo."""
    rate = timeline.tempos[0][1]
    seconds = float(wait * rate)
    return replace(
        timeline,
        events=tuple(
            replace(e, position=e.position + wait, seconds=e.seconds + seconds)
            for e in timeline.events
        ),
        measures=tuple(
            replace(m, position=m.position + wait, seconds=m.seconds + seconds)
            for m in timeline.measures
        ),
        tempos=((Fraction(0), rate), *((p + wait, r) for p, r in timeline.tempos[1:])),
        length=timeline.length + wait,
        seconds=timeline.seconds + seconds,
    )
