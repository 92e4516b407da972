"""The melodies of a catalogue in memory, ready to be compared: arrays, and which tune has which shingle.

13,000 tunes take 25 MB. An `Index` is made from the store once, knows the store's state at that time,
and is never changed; `Shelf` keeps the newest and makes another when tunes have come. The lists of tunes by
shingle are sorted arrays: a look-up is a binary search.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from library.features import NAMES
from library.kept import load, save
from library.melody import Ints, Melody, shingles, unpack
from library.schema import TUNES
from library.store import Store

Floats = NDArray[np.float32]
_COMMON = 0.1
"""Shingles that stand in a larger share of the tunes tell nothing and are left out, in catalogues that matter."""
_SMALL = 200
_ROW_BITS = 31
"""Rows in the lower bits of a number, shingles, which are below 2^28, above them."""
_VERSION = 1
"""Of the shingles and the features: counted up when they change, so that no old cache is read."""


@dataclass(frozen=True)
class Index:
    """Melodies by row; `ids` are the tunes' ids, rising. `codes`, `starts` and `rows` are the lists by shingle."""

    state: str
    ids: Ints
    packed: tuple[bytes, ...]
    codes: Ints
    starts: Ints
    rows: NDArray[np.int32]
    features: Floats

    def __len__(self) -> int:
        return len(self.ids)

    def melody(self, row: int) -> Melody:
        """The melody of a row."""
        return unpack(self.packed[row])

    def rows_of(self, numbers: Iterable[int]) -> Ints:
        """The rows of ids, rising; those without one are left out."""
        wanted = np.unique(np.fromiter(numbers, dtype=np.int64))
        at = np.searchsorted(self.ids, wanted)
        at[at == len(self.ids)] = 0
        return at[self.ids[at] == wanted] if len(self.ids) else at[:0]

    def row_of(self, number: int) -> int | None:
        """The row of a tune's id, None if it has none."""
        at = int(np.searchsorted(self.ids, number))
        return at if at < len(self.ids) and self.ids[at] == number else None

    @cached_property
    def scales(self) -> tuple[Floats, Floats]:
        """Mean and spread of every feature."""
        if not len(self.ids):
            return np.zeros(len(NAMES), np.float32), np.ones(len(NAMES), np.float32)
        spread = self.features.std(axis=0)
        return self.features.mean(axis=0), np.where(spread < 1e-3, 1.0, spread).astype(np.float32)

    @cached_property
    def standard(self) -> Floats:
        """All features in units of their spread, limited to four of them."""
        mean, spread = self.scales
        return np.asarray(np.clip((self.features - mean) / spread, -4, 4), dtype=np.float32)

    def rarity(self, found: Ints) -> Floats:
        """How much shingles tell, by their places in `codes`: the logarithm of one over their share."""
        counts = (self.starts[found + 1] - self.starts[found]).astype(np.float32)
        told = np.log((len(self.ids) + 1) / counts)
        common = len(self.ids) > _SMALL
        return np.where(common & (counts > _COMMON * len(self.ids)), 0.0, told).astype(np.float32)

    @cached_property
    def norms(self) -> Floats:
        """For every row the square root of what all its shingles tell."""
        told = self.rarity(np.arange(len(self.codes)))
        each = np.repeat(told, np.diff(self.starts))
        sums = np.bincount(self.rows, weights=each, minlength=len(self.ids))
        return np.sqrt(np.maximum(sums, 1e-6)).astype(np.float32)

    def shared(self, melody: Melody) -> Floats:
        """For every row how many of the shingles are shared, by what they tell: 0 to 1, 1 for the same melody."""
        scores = np.zeros(len(self.ids), dtype=np.float32)
        own = shingles(melody)
        if not len(own) or not len(self.codes):
            return scores
        places = np.searchsorted(self.codes, own)
        inside = places < len(self.codes)
        places = places[inside][self.codes[places[inside]] == own[inside]]
        told = self.rarity(places)
        unknown = (len(own) - len(places)) * np.log(len(self.ids) + 1)
        places, told = places[told > 0], told[told > 0]
        counts = self.starts[places + 1] - self.starts[places]
        total = int(counts.sum())
        if not total:
            return scores
        within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = self.rows[np.repeat(self.starts[places], counts) + within]
        sums = np.bincount(rows, weights=np.repeat(told, counts), minlength=len(self.ids))
        norm = np.sqrt(float(told.sum()) + unknown)
        return np.asarray(sums / (self.norms * norm), dtype=np.float32)


def build(store: Store) -> Index:
    """The index of all tunes of a store: from the cache if the store has not changed, else made and kept."""
    state, url = f"{_VERSION} {store.state()}", str(store.url)
    kept = load("melodies", url, state)
    if kept is None:
        kept = _arrays(store)
        if len(kept["ids"]) > _SMALL:
            save("melodies", url, state, kept)
    ends = np.cumsum(kept["packed_sizes"])
    data = kept["packed"].tobytes()
    packed = tuple(
        data[end - size : end] for end, size in zip(ends, kept["packed_sizes"], strict=True)
    )
    return Index(state, kept["ids"], packed, kept["codes"], kept["starts"], kept["rows"],
                 kept["features"])  # fmt: skip


def _arrays(store: Store) -> dict[str, NDArray[Any]]:
    """What an index is made of, computed from all melodies."""
    ids, packed, numbers, pieces = [], [], [], []
    question = select(TUNES.c.id, TUNES.c.melody, TUNES.c.features).order_by(TUNES.c.id)
    for number, melody, features in store.stream(question):
        ids.append(number)
        packed.append(bytes(melody))
        numbers.append(np.frombuffer(features, "<f4"))
        # shingle and row in one number, so that one sort in place orders both: memory counts with a million tunes
        pieces.append((shingles(unpack(packed[-1])) << _ROW_BITS) | (len(ids) - 1))
    every = np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)
    pieces.clear()
    every.sort()
    rows = (every & ((1 << _ROW_BITS) - 1)).astype(np.int32)
    every >>= _ROW_BITS
    starts = np.flatnonzero(np.diff(every, prepend=-1))
    return {
        "ids": np.array(ids, dtype=np.int64), "codes": every[starts], "rows": rows,
        "starts": np.append(starts, len(every)),
        "features": np.stack(numbers) if numbers else np.zeros((0, len(NAMES)), np.float32),
        "packed": np.frombuffer(b"".join(packed), dtype=np.uint8),
        "packed_sizes": np.array([len(p) for p in packed], dtype=np.int64),
    }  # fmt: skip


class Shelf:
    """The newest index of a store; made at the first use and again when the store has changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index: Index | None = None
        self._lock = Lock()

    def index(self) -> Index:
        """The index of the store as it is now."""
        with self._lock:
            if self._index is None or self._index.state != f"{_VERSION} {self._store.state()}":
                self._index = build(self._store)
            return self._index
