"""First and second endings made one."""

from __future__ import annotations

from abc_tools.edit.bars import delete_bars
from abc_tools.edit.layout import Step, endings_of, require_own_lines
from abc_tools.edit.seams import with_seams
from abc_tools.text import Edit
from abc_tools.tokens import Kind, tokenize
from abc_tools.tune import Tune


def one_ending(tune: Tune) -> list[Edit]:
    """Every group of endings becomes its last one, which is played each time: the repeat closes behind it.

    ValueError where there are no endings.
    """
    require_own_lines(tune)
    groups = [endings_of(voice) for voice in tune.voices]
    count = max((len(g) for g in groups), default=0)
    if not count:
        raise ValueError("There are no endings in this tune.")
    steps: list[Step] = []
    for number in reversed(range(count)):
        places = [g[number] if number < len(g) else [] for g in groups]
        steps += [_unmarked(places), _without_first(places)]
    return with_seams(tune, *steps)


Places = list[list[tuple[int, int]]]


def _unmarked(places: Places) -> Step:
    """The signs of the endings gone, the repeat closed behind the last of them."""

    def step(tune: Tune) -> list[Edit]:
        tokens = [t for t in tokenize(tune.source) if t.kind is Kind.ENDING]
        edits = []
        for voice, group in zip(tune.voices, places, strict=True):
            for at, (first, last) in enumerate(group):
                measure = voice.measures[first]
                low = voice.measures[first - 1].span.end if first else tune.span.start
                edits += [Edit(t.span, "") for t in tokens if low <= t.start < measure.span.start]
                after = voice.measures[last].after
                if after is None:
                    continue
                closing = at == len(group) - 1
                text = "|"
                if closing:
                    text = "::" if after.repeat_start else ":|"
                edits.append(Edit(after.span, text))
        return edits

    return step


def _without_first(places: Places) -> Step:
    """All endings of a group but the last taken out."""

    def step(tune: Tune) -> list[Edit]:
        gone = [
            voice.measures[n]
            for voice, group in zip(tune.voices, places, strict=True)
            for first, last in group[:-1] for n in range(first, last + 1)
        ]  # fmt: skip
        return delete_bars(tune, gone)

    return step
