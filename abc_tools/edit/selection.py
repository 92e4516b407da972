"""Which measures an edit means, and the small questions that every edit asks of them.

Bars are printed numbers (pickup = 0); a selection is a list of measures of every voice.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from abc_tools.text import Edit
from abc_tools.tune import Event, Measure, Tune


def select(tune: Tune, first: int, last: int, *, pickup: bool = False) -> list[Measure]:
    """The measures of all voices with printed numbers from `first` to `last`.

    A pickup inside the tune shares the number of the bar it completes but leads into the next one:
    it is left out of what ends with that bar. `pickup` takes in the one that leads into `first`, as
    people mean it when they name a section. ValueError if the tune has no such bars.
    """
    low, high = 0 if 0 in tune.bar_numbers else 1, tune.bar_count
    if not low <= first <= last <= high:
        raise ValueError(f"The tune has bars {low} to {high}.")
    chosen: list[Measure] = []
    for voice in tune.voices:
        for before, measure in zip((None, *voice.measures), voice.measures, strict=False):
            leads_on = before is not None and before.number == measure.number
            inside = first <= measure.number <= last and not (leads_on and measure.number == last)
            leads_in = measure.number == first - 1 and (leads_on or measure.number == 0)
            if inside or (pickup and leads_in):
                chosen.append(measure)
    return chosen


def all_measures(tune: Tune) -> list[Measure]:
    """Every measure of every voice."""
    return [measure for voice in tune.voices for measure in voice.measures]


def events(measure: Measure) -> Iterable[Event]:
    """Events of all layers of a measure."""
    for layer in (measure.events, *measure.overlays):
        yield from layer


def runs(all_: tuple[Measure, ...], chosen: list[Measure]) -> list[list[Measure]]:
    """Consecutive stretches of the chosen measures."""
    runs: list[list[Measure]] = []
    for before, measure in zip((None, *all_), all_, strict=False):
        if measure in chosen:
            if runs and before in runs[-1]:
                runs[-1].append(measure)
            else:
                runs.append([measure])
    return runs


def replace_measures(tune: Tune, measures: list[Measure], contents: list[str]) -> list[Edit]:
    """New contents for measures, one text each, barlines and everything else left as they are."""
    if len(measures) != len(contents):
        raise ValueError(f"{len(contents)} bars cannot replace {len(measures)}.")
    return [
        Edit(measure.span, content.strip())
        for measure, content in zip(measures, contents, strict=True)
    ]


def felt_beat(tune: Tune) -> Fraction:
    """The beat of the tune's meter, a quarter note in free meter."""
    return tune.meter.beat if tune.meter else Fraction(1, 4)
