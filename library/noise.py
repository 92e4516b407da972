"""Whole numbers drawn from the discrete Laplace distribution, exactly: for counts that name nobody.

A sampler that rounds floating-point numbers gives away the true count by which numbers it cannot give
(Mironov 2012). Here everything is a fraction: a coin with probability exp(−x) is thrown by von Neumann's
series, and the noise is put together from such coins (Canonne, Kamath and Steinke 2020, algorithms 1 and 2).
Chance comes from `secrets.randbelow`, the system's own source.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from fractions import Fraction

Draw = Callable[[int], int]
"""A source of chance: a whole number from 0 to below the one given, each alike."""


def discrete_laplace(scale: Fraction, draw: Draw = secrets.randbelow) -> int:
    """A whole number x with probability in proportion to exp(−|x| / scale). ValueError if scale is not above 0.

    Added to a count that one listener changes by s at most, with scale s / ε, it makes the count ε-private.
    """
    if scale <= 0:
        raise ValueError(f"The scale of noise is above 0, not {scale}.")
    over, under = scale.numerator, scale.denominator
    while True:
        part = draw(over)
        if not _coin_exp(Fraction(part, over), draw):
            continue
        whole = 0
        while _coin_exp(Fraction(1), draw):
            whole += 1
        size = (part + over * whole) // under
        negative = draw(2) == 1
        if not (negative and size == 0):  # or else 0 would come twice as often
            return -size if negative else size


def widest(scale: Fraction, share: float = 0.95) -> int:
    """How far noise goes at most, this share of the time: the smallest w with P(|x| ≤ w) ≥ share.

    >>> widest(Fraction(4))
    12
    """
    # P(|x| > w) = 2 q^(w+1) / (1 + q) with q = exp(−1 / scale)
    q = math.exp(-1 / float(scale))
    return max(0, math.ceil(math.log((1 - share) * (1 + q) / 2) / math.log(q)) - 1)


def _coin(chance: Fraction, draw: Draw) -> bool:
    """True with this probability."""
    return draw(chance.denominator) < chance.numerator


def _coin_exp(gamma: Fraction, draw: Draw) -> bool:
    """True with probability exp(−gamma), gamma from 0 to 1: the first failure of coins gamma / k is at an odd k."""
    k = 1
    while _coin(gamma / k, draw):
        k += 1
    return k % 2 == 1
