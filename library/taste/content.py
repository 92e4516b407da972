"""How well every tune of a catalogue fits what a listener liked, from the tunes alone: no other listener is needed.

A tune is like another by the nearness of its 43 features (STYLE), by what of its melody it shares (MELODY) and
by what the catalogue says of both (LABELS). A tune's score is the mean over the liked ones, by how much
each was liked, of the likeness to the power of SHARPNESS: one close relative tells more than many distant
ones, so that a listener with two tastes gets both and not their middle.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from library.index import Index
from library.melody import Ints
from library.schema import TUNES
from library.store import Store

Floats = NDArray[np.float32]
STYLE, MELODY = 0.45, 0.15
LABELS: dict[str, float] = {
    "rhythm": 0.12,
    "style": 0.08,
    "mode": 0.08,
    "meter": 0.06,
    "region": 0.06,
}
"""What a likeness is made of; the sum is 1. Set by judgement and not fitted to any listeners."""
SHARPNESS = 4
VERSION = 0.2
"""Share of shingles in common from which two tunes count as versions of one. Of 300 pairs of versions 59 % have
more (a third shares no melody at all); of the nearest tunes that are not known to be versions, 20 %."""
_KEPT = 2048
_FAINT = 0.02


@dataclass(frozen=True)
class Content:
    """The tunes of an index ready to be compared; `labels` has a number for every value, 0 where nothing is known."""

    index: Index
    labels: NDArray[np.int32]
    _melodies: OrderedDict[int, tuple[Ints, Floats]] = field(default_factory=OrderedDict)
    _lock: Any = field(default_factory=Lock)

    @cached_property
    def _squares(self) -> Floats:
        return np.asarray((self.index.standard**2).sum(axis=1), dtype=np.float32)

    def likeness(self, rows: list[int]) -> Floats:
        """How like every tune is to each of some, from 0 to 1: a line for each of `rows`."""
        standard = self.index.standard
        apart = self._squares[rows][:, None] + self._squares - 2.0 * (standard[rows] @ standard.T)
        near = np.sqrt(np.maximum(apart, 0.0, out=apart) / standard.shape[1], out=apart)
        found = np.exp(-near / np.float32(np.sqrt(2.0)))
        found *= STYLE
        for place, row in enumerate(rows):
            others, shared = self._melody(row)
            found[place, others] += MELODY * shared
        for column, weight in enumerate(LABELS.values()):
            of = self.labels[:, column]
            known = of[rows]
            alike = (known[:, None] == of) & (known > 0)[:, None]
            found += np.float32(weight) * alike
        return np.asarray(found, dtype=np.float32)

    def versions(self, row: int) -> Ints:
        """The rows that share so much melody with one that they count as the same tune; itself among them."""
        others, shared = self._melody(row)
        return np.union1d(others[shared >= VERSION], [row])

    def shared(self, one: int, other: int) -> float:
        """How much melody two rows share, from 0 to 1."""
        others, shared = self._melody(one)
        at = int(np.searchsorted(others, other))
        return float(shared[at]) if at < len(others) and others[at] == other else 0.0

    def _melody(self, row: int) -> tuple[Ints, Floats]:
        """The rows that share melody with one, and how much; the newest asked for are kept."""
        with self._lock:
            if row in self._melodies:
                self._melodies.move_to_end(row)
                return self._melodies[row]
        shared = self.index.shared(self.index.melody(row))
        others = np.flatnonzero(shared >= _FAINT)
        with self._lock:
            self._melodies[row] = others, shared[others]
            while len(self._melodies) > _KEPT:
                self._melodies.popitem(last=False)
        return others, shared[others]


def fitting(likeness: Floats, rows: Ints, weights: Floats) -> Floats:
    """For every tune how well it fits, from lines of likeness to liked `rows` and how much each is liked.

    Each line counts in shares of its highest, the liked tunes left out: one that has no near relatives speaks
    as loudly as one that has many. For the liked tunes themselves it is 0.
    """
    sharp = likeness**SHARPNESS
    sharp[:, rows] = 0.0
    sharp /= np.maximum(sharp.max(axis=1, keepdims=True), 1e-9)
    return np.asarray((weights / weights.sum()) @ sharp, dtype=np.float32)


def content_of(store: Store, index: Index) -> Content:
    """Read what the catalogue says of the tunes of an index."""
    columns = [TUNES.c[name] for name in LABELS]
    labels = np.zeros((len(index), len(columns)), dtype=np.int32)
    numbers: list[dict[str, int]] = [{"": 0} for _ in columns]
    for number, *values in store.stream(select(TUNES.c.id, *columns)):
        row = index.row_of(number)
        if row is not None:
            for column, value in enumerate(values):
                known = numbers[column]
                labels[row, column] = known.setdefault(value, len(known))
    return Content(index, labels)
