"""The rhythm of one bar fitted into a bar of another length: which moment goes where.

The moments at which notes begin or end are moved in order; a search finds the placing that costs
least. Strong beats should stay strong, values simple and in proportion, and no new syncopation should
arise. Positions and lengths are fractions of a whole note, counted from the start of the full bar.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from abc_tools.edit.retime import single
from abc_tools.theory import Meter

GRIDS = (Fraction(1, 16), Fraction(1, 32), Fraction(1, 64))


def strength(position: Fraction, meter: Meter) -> int:
    """How strong a place in a bar is: 3 the downbeat, 2 the middle, 1 a beat, 0 half a beat, else -1.

    >>> from abc_tools.theory import parse_meter
    >>> [strength(Fraction(n, 8), parse_meter("4/4")) for n in range(5)]
    [3, 0, 1, 0, 2]
    """
    beat = Fraction(1, 4) if meter.text in ("C|", "2/2") else meter.beat
    beats = meter.length / beat
    if position == 0:
        return 3
    if beats % 2 == 0 and position == meter.length / 2:
        return 2
    if position % beat == 0:
        return 1
    part = beat / 3 if meter.compound else beat / 2
    return 0 if position % part == 0 else -1


@dataclass(frozen=True)
class Stretch:
    """The time between two moments; `tuplet` says how many equal notes share it (0: no tuplet)."""

    length: Fraction
    tuplet: int = 0


@lru_cache(maxsize=4096)
def fitted(
    stretches: tuple[Stretch, ...], old: Meter, new: Meter, start: Fraction, new_start: Fraction,
    total: Fraction,
) -> tuple[Fraction, ...]:  # fmt: skip
    """New lengths of the stretches, which add up to `total`.

    `start` and `new_start` are where the first of them stands in the full bar (pickups stand late).
    ValueError if there are too many notes for the bar.
    """
    for grid in GRIDS:
        if len(stretches) * grid <= total and total % grid == 0:
            found = _search(stretches, old, new, start, new_start, total, grid)
            if found is not None:
                return found
    raise ValueError("There are too many notes in a bar for that meter.")


def _search(
    stretches: tuple[Stretch, ...], old: Meter, new: Meter, start: Fraction, new_start: Fraction,
    total: Fraction, grid: Fraction,
) -> tuple[Fraction, ...] | None:  # fmt: skip
    """The cheapest placing on a grid, by dynamic programming over (stretch, place)."""
    ratio = math.log2(new.length / old.length)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    slots = int(total / grid)
    position = start
    for number, stretch in enumerate(stretches):
        left = len(stretches) - number - 1
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for place, (cost, sizes) in best.items():
            low = slots - place if not left else 1
            for size in range(low, slots - place - left + 1):
                price = cost + _price(
                    stretch, size * grid, position, new_start + place * grid, old, new, ratio
                )
                there = following.get(place + size)
                if price < math.inf and (there is None or price < there[0]):
                    following[place + size] = (price, (*sizes, size))
        best, position = following, position + stretch.length
    return tuple(size * grid for size in best[slots][1]) if slots in best else None


@lru_cache(maxsize=65536)
def _price(
    stretch: Stretch, size: Fraction, position: Fraction, place: Fraction, old: Meter, new: Meter,
    ratio: float,
) -> float:  # fmt: skip
    if stretch.tuplet and not _holds(stretch, size):
        return math.inf
    beat = max(0, strength(position - position % old.beat, old))
    price = abs(math.log2(size / stretch.length) - ratio) * (1 + 0.08 * beat)
    price -= 0.25 if size == stretch.length else 0.0
    price += 0.0 if single(size) else 1.5
    price += 0.6 if size < Fraction(1, 16) else 0.2 if size.numerator > 1 else 0.0
    was, now = strength(position, old), strength(place, new)
    price += 1.0 * max(0, was - now) + 0.3 * max(0, now - was)
    if _syncopated(place, size, new) and not _syncopated(position, stretch.length, old):
        price += 1.2
    return price


def _holds(stretch: Stretch, size: Fraction) -> bool:
    """Whether a tuplet can last so long: halved, doubled, or as plain notes."""
    if size / stretch.length in (Fraction(1, 4), Fraction(1, 2), 1, 2):
        return True
    return single(size / stretch.tuplet)


def _syncopated(place: Fraction, size: Fraction, meter: Meter) -> bool:
    """Whether a note that begins here sounds over a stronger place."""
    own = strength(place, meter)
    step = Fraction(1, 8)
    inner = (place // step + 1) * step
    while inner < place + size:
        if strength(inner, meter) > max(own, 0):
            return True
        inner += step
    return False
