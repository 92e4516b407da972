"""Whether a tune is closer to a known one than chance brings unrelated tunes.

Thousands of known tunes always hold one that is near: with a short melody by half of its notes and more. How near,
was measured for tunes of each length (`benchmarks.chance`, whose quantiles stand in `chance.json`), and a tune is
called close only where it is closer than a stated share of unrelated tunes. Lengths are notes of the melody.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("chance.json")
CLOSE = 0.99
"""Share of unrelated tunes that a tune must be closer than to be called close: one false alarm in a hundred."""


@dataclass(frozen=True)
class Table:
    """Quantiles by length: for each knot (notes) and level the limits of nearness and of the longest run.

    One of the two is beyond its limit by chance in at most a share `1 - level` of unrelated tunes. `known` is how
    many tunes the catalogue had in which that was measured, `twice` by how much the limits are raised for each time
    that there are twice as many.
    """

    knots: tuple[int, ...]
    levels: tuple[float, ...]
    nearness: tuple[tuple[float, ...], ...]
    run: tuple[tuple[int, ...], ...]
    known: int = 0
    twice: Mapping[str, float] = field(default_factory=dict)

    def rarer_than(self, notes: int, nearness: float, run: int, known: int = 0) -> float | None:
        """The greatest level whose limit one of the two passes, 0 if it is none: a tune of so many notes is closer
        to one of `known` tunes than this share of unrelated tunes are. None for a tune too short to be judged.
        """
        if notes < self.knots[0]:
            return None
        more = math.log2(max(known, self.known, 1) / max(self.known, 1))
        best = 0.0
        for place, level in enumerate(self.levels):
            near = self._between(notes, [row[place] for row in self.nearness])
            long = self._between(notes, [row[place] for row in self.run])
            near += more * self.twice.get("nearness", 0.0)
            long += more * self.twice.get("run", 0.0)
            if nearness > near or run > long:
                best = max(best, level)
        return best

    def _between(self, notes: int, values: Sequence[float]) -> float:
        """The value at a number of notes, between knots by the logarithm, beyond the last one that of the last."""
        after = bisect_right(self.knots, notes)
        if after == len(self.knots):
            return values[-1]
        low, high = self.knots[after - 1], self.knots[after]
        part = math.log(notes / low) / math.log(high / low)
        return values[after - 1] + part * (values[after] - values[after - 1])


@cache
def table() -> Table:
    """The table that was measured."""
    return Table(**json.loads(FILE.read_text(encoding="utf-8")))
