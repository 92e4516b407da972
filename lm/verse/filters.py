"""A set of hashes that remembers what stands in the poems, so that nothing long is copied.

A Bloom filter: what was put in is always found; of what was not, `WRONG` is found by mistake. A line
that is found is not used, so a mistake costs a line and never lets one through.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

WRONG = 0.01
ROUNDS = 7
Bits = npt.NDArray[np.uint8]


def _places(text: str, size: int) -> list[int]:
    data = text.encode()
    one, two = zlib.crc32(data), zlib.adler32(data) * 2654435761 + zlib.crc32(data, 0x9E3779B9)
    return [(one + n * two + n * n) % size for n in range(ROUNDS)]


def remember(texts: Iterable[str]) -> Bits:
    """The filter of these texts."""
    known = set(texts)
    size = max(64, math.ceil(-len(known) * math.log(WRONG) / math.log(2) ** 2 / 8) * 8)
    bits = np.zeros(size, dtype=bool)
    for text in known:
        bits[_places(text, size)] = True
    return np.packbits(bits)


def remembered(bits: Bits, text: str) -> bool:
    """Whether a text is in the filter (or, rarely, only looks so).

    >>> bits = remember(["one two", "three"])
    >>> remembered(bits, "three"), remembered(bits, "four")
    (True, False)
    """
    return all(bits[p >> 3] >> (7 - (p & 7)) & 1 for p in _places(text, 8 * len(bits)))
