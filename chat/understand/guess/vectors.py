"""Counted features → one row of numbers: each kind of feature has its own length and its own weight.

Rare features count more (inverse document frequency). What this does not know: what a feature is, except its
first letter.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

WEIGHTS = {"w": 1.0, "b": 0.7, "n": 0.5, "c": 1.5, "d": 1.3, "m": 1.5, "l": 0.1}
"""Kind of feature → its share: what words mean counts more than how they are spelled."""


def row(
    counts: Counter[str], vocabulary: Mapping[str, int], rarity: Mapping[int, float]
) -> dict[int, float]:
    """Column → number, for one clause. Features that the vocabulary has not are left out."""
    kinds: dict[str, list[tuple[int, float]]] = {}
    for name, count in counts.items():
        column = vocabulary.get(name)
        if column is not None:
            kinds.setdefault(name[0], []).append((column, (1 + math.log(count)) * rarity[column]))
    total = math.sqrt(sum(WEIGHTS[kind] ** 2 for kind in kinds)) or 1.0
    found = {}
    for kind, pairs in kinds.items():
        length = math.sqrt(sum(value * value for _, value in pairs))
        found.update({column: value / length * WEIGHTS[kind] / total for column, value in pairs})
    return found
