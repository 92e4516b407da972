"""One order from six: the tunes themselves, and five views of what the crowd likes.

Each part is scaled to the share of its highest score and has a weight; the weights depend on how many of someone's
likes the crowd knows. They are not set by hand: some listeners of the crowd are held out, a few of their likes
are shown and the rest looked for. The mean of the best mixes of a grid is taken where it finds more than the
tunes alone do, by more than one standard error; else the tunes alone decide. The crowd's share never falls as
evidence grows.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from library.melody import Ints
from library.taste.content import Content, fitting
from library.taste.crowd import Crowd, gather
from library.taste.records import WEIGHTS, Action

Floats = NDArray[np.float32]
PARTS = ("content", "fame", "company", "tunes", "listeners", "factors")
EVIDENCE = (1, 2, 3, 5, 8, 13, 21)
"""From how many known likes on a mix of its own is used."""
_STEPS = 5
_HELD_OUT = 300
_BEST = 8
"""How many mixes are averaged: the very best of a grid is best in part by chance."""
_TOP = 10
_CANDIDATES = 100
_HIDDEN = 3
_SEED = 20261121
Mix = tuple[float, ...]
"""The weights of PARTS; their sum is 1."""
ALONE: Mix = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_GRID: tuple[Mix, ...] = tuple(
    tuple(step / _STEPS for step in steps)
    for steps in product(range(_STEPS + 1), repeat=len(PARTS)) if sum(steps) == _STEPS
)  # fmt: skip


@dataclass(frozen=True)
class Model:
    """A crowd and how much it counts, by evidence; `gains` is what a mix found more than content, with its error."""

    crowd: Crowd
    mixes: tuple[Mix, ...]
    gains: tuple[tuple[float, float], ...]

    def mix(self, rows: Ints) -> Mix:
        """The weights for someone who likes the tunes in these rows."""
        known = self.crowd.told(rows)
        fitting = [mix for least, mix in zip(EVIDENCE, self.mixes, strict=True) if least <= known]
        return fitting[-1] if fitting else ALONE


def parts_of(
    likeness: Floats, crowd: Crowd, rows: Ints, weights: Floats, without: int | None = None
) -> Floats:
    """The scaled scores of PARTS for every tune, a line each, for someone who likes the tunes in `rows`.

    `likeness` has their lines, `weights` how much each is liked; `without` is a listener to leave out of the crowd.
    """
    parts = np.stack([
        fitting(likeness, rows, weights), crowd.counts, crowd.by_company(rows), crowd.by_tunes(rows, weights),
        crowd.by_listeners(rows, weights, without), crowd.by_factors(rows, weights),
    ])  # fmt: skip
    return scaled(parts, rows)


def scaled(parts: Floats, rows: Ints) -> Floats:
    """Lines of scores as shares of the highest, those in `rows` left out and 0; what is below 0 stays."""
    parts[:, rows] = 0.0
    highest = parts.max(axis=1, keepdims=True)
    return np.asarray(
        np.where(highest > 0, parts / np.maximum(highest, 1e-9), 0.0), dtype=np.float32
    )


def fit(content: Content, likes: Mapping[int, Mapping[int, float]]) -> Model | None:
    """The crowd of some listeners (number → row → weight) with its mixes; None if they are too few."""
    tunes = len(content.index)
    crowd = gather(likes, tunes)
    if crowd is None:
        return None
    mixes, gains = [ALONE] * len(EVIDENCE), [(0.0, 0.0)] * len(EVIDENCE)
    tried = _tried(content, likes, crowd)
    for place in range(len(EVIDENCE)):
        before = mixes[place - 1] if place else ALONE
        # neighbouring evidence is looked at as well: each alone has few listeners
        near = [tried[p] for p in (place - 1, place, place + 1)
                if 0 <= p < len(tried) and len(tried[p])]  # fmt: skip
        mixes[place], gains[place] = (
            _chosen(np.concatenate(near), before) if near else (before, (0.0, 0.0))
        )
    return Model(crowd, tuple(mixes), tuple(gains))


def _chosen(found: NDArray[np.float64], before: Mix) -> tuple[Mix, tuple[float, float]]:
    """The mix for lines of what each mix of the grid found, and what it finds more than content, with its error.

    `before` is the mix for less evidence: content never has more weight than in it.
    """
    allowed = np.array([at for at, mix in enumerate(_GRID) if mix[0] <= before[0] + 1e-6])
    best = allowed[np.argsort(-found.mean(axis=0)[allowed], kind="stable")[:_BEST]]
    gain = found[:, best].mean(axis=1) - found[:, _GRID.index(ALONE)]
    error = float(gain.std() / np.sqrt(len(gain)))
    told = round(float(gain.mean()), 4), round(error, 4)
    if gain.mean() <= error:
        return before, told
    mix = np.array([_GRID[at] for at in best]).mean(axis=0)
    return tuple(round(float(weight), 4) for weight in mix), told


def _tried(
    content: Content, likes: Mapping[int, Mapping[int, float]], crowd: Crowd
) -> list[NDArray[np.float64]]:
    """By evidence what each mix of the grid finds for each held-out listener: lines of listeners."""
    rng = random.Random(_SEED)
    numbers = [int(n) for n in crowd.listeners]
    out = set(rng.sample(numbers, min(_HELD_OUT, len(numbers) // 5)))
    rest = gather({n: own for n, own in likes.items() if n not in out}, len(content.index))
    found: list[list[NDArray[np.float64]]] = [[] for _ in EVIDENCE]
    if rest is None:
        return [np.zeros((0, len(_GRID))) for _ in EVIDENCE]
    for number in sorted(out):
        own = sorted((row, w) for row, w in likes[number].items() if w >= WEIGHTS[Action.EDIT])
        rng.shuffle(own)
        rows = np.array([row for row, _ in own], dtype=np.int64)
        weights = np.array([weight for _, weight in own], dtype=np.float32)
        likeness = content.likeness(rows[: EVIDENCE[-1]].tolist())
        for place, count in enumerate(EVIDENCE):
            if len(rows) >= count + _HIDDEN:
                parts = parts_of(likeness[:count], rest, rows[:count], weights[:count])
                found[place].append(_found(parts, rows[:count], rows[count:]))
    return [np.array(lines) if lines else np.zeros((0, len(_GRID))) for lines in found]


def _found(parts: Floats, shown: Ints, hidden: Ints) -> NDArray[np.float64]:
    """What each mix of the grid finds of the hidden likes: in its first ten, and half as much in the next ten."""
    parts[:, shown] = -1.0
    first = np.unique(
        np.argpartition(-parts, min(_CANDIDATES, parts.shape[1] - 1), axis=1)[:, :_CANDIDATES]
    )
    right = np.isin(first, hidden)
    scores = np.array(_GRID, dtype=np.float32) @ parts[:, first]
    # equal scores, which are many with one like, go by row, so that the same listeners give the same mixes
    scores = scores.astype(np.float64) - 1e-12 * np.arange(len(first))
    # the first ten and the ten after them, each in any order: a whole sort would be most of the training
    ends = sorted({min(_TOP, len(first)) - 1, min(2 * _TOP, len(first)) - 1})
    order = np.argpartition(-scores, ends, axis=1)[:, : 2 * _TOP]
    hits = right[order] @ np.repeat([1.0, 0.5], _TOP)[: order.shape[1]]
    return np.asarray(hits / min(_TOP, len(hidden)))
