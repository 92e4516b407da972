"""The contour of a whole melody: an arch with its peak in a bar, rising, falling; made of a tune, and checked on one.

What it does not know: single bars that shall climb (`directed` leads them), and how a contour is asked for
(`understand.compass`).
"""

from __future__ import annotations

from fractions import Fraction
from statistics import mean

from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.spelling import changed_only, respell
from abc_tools.text import apply
from abc_tools.theory import Pitch
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors
from chat.act.directed import led
from chat.requirements import Wishes

CLEARLY = 2
"""Semitones by which one part of a melody must lie above another to be heard as higher."""

EARLIEST, LATEST = 0.25, 0.85
"""Where the peak of an arch may lie whose bar is not named, as shares of the way from the first bar to the last."""


def _by_bar(tune: Tune) -> list[tuple[Measure, list[int]]]:
    """The full bars of the leading voice with their heights in MIDI numbers."""
    found = [(m, [n for e in m.events for n in e.midi]) for m in tune.measures if m.number > 0]
    return [(m, heights) for m, heights in found if heights]


def has_contour(tune: Tune, value: str) -> bool:
    """Whether a melody has a contour: `arch`, `arch 6` (its highest note in bar 6), `up` or `down`.

    An arch has its highest note in one bar alone, begins and ends clearly below that bar, and begins below its middle
    height.
    """
    way, _, peak = value.partition(" ")
    bars = _by_bar(tune)
    if len(bars) < 3:
        return False
    means = [mean(heights) for _, heights in bars]
    half = len(means) // 2
    rise = mean(means[-half:]) - mean(means[:half])
    if way in ("up", "down"):
        return (rise if way == "up" else -rise) >= CLEARLY
    top = max(max(heights) for _, heights in bars)
    highest = [n for n, (_, heights) in enumerate(bars) if max(heights) == top]
    if len(highest) != 1 or (peak and bars[highest[0]][0].number != int(peak)):
        return False
    share = highest[0] / (len(bars) - 1)
    inside = 0 < share < 1 if peak else EARLIEST <= share <= LATEST
    return (
        inside
        and means[0] <= mean(means)
        and means[highest[0]] - max(means[0], means[-1]) >= CLEARLY
    )


def contoured(tune: Tune, wishes: Wishes) -> Tune:
    """The tune led along the contour that is asked for; as it is where that cannot be."""
    value = wishes.values.get("contour", "")
    if not value or has_contour(tune, value) or len(tune.voices) > 1:
        return tune
    way, _, peak = value.partition(" ")
    last = tune.bar_count
    at = min(int(peak), last) if peak else round(1 + 0.6 * (last - 1))
    new = led(tune, tune.voices[0], Place(1, last), way, at) or tune
    return new if way != "arch" or has_contour(new, value) else _peaked(new, at)


def _peaked(tune: Tune, bar: int) -> Tune:
    """The tune with its highest note in a bar: that bar's highest one goes a step of the scale above all others."""
    here = [m for m in tune.measures if m.number == bar]
    notes = [n for m in here for e in m.events for n in e.notes]
    others = [n for m in tune.measures if m.number != bar for e in m.events for n in e.midi]
    if not notes or not others:
        return tune
    best = max(notes, key=lambda n: n.pitch.midi)
    goal = _above(best.pitch, max(others), here[0])
    edits = [
        e
        for m in here
        for e in respell(m, m.key, lambda n: goal if n is best else n.pitch, keep_signs=False)
    ]
    new = parse_tune(apply(tune.source, changed_only(tune.source, edits)))
    return tune if errors(new) else new


def _above(pitch: Pitch, height: int, measure: Measure) -> Pitch:
    """The next note of the key above a height."""
    diatonic = pitch.diatonic
    while True:
        octave, place = divmod(diatonic, 7)
        step = "CDEFGAB"[place]
        found = Pitch(step, measure.key.signature.get(step, Fraction(0)), octave)
        if found.midi > height:
            return found
        diatonic += 1
