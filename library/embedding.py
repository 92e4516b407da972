"""What a language model makes of tunes: the door through which its vectors come, and the table that keeps them.

The library knows no model. Who has one gives an `Embedder`: a function from ABC to a vector, with the digest of the
model. Vectors are kept as float16 by tune and digest; another digest is another model, whose vectors are made
anew. Without an embedder nothing here is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from library.schema import TUNES, VECTORS
from library.store import Store

Floats = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many tunes have a vector and how many shall."""
BATCH = 32
"""Vectors kept in one transaction: a kill loses one to two seconds of work."""
COSINE = 0.5
"""What the cosine of two vectors counts beside the likeness of the numbers; from 0.3 to 1 nothing changes much."""
_ASKED = 16
_MOST = 65504.0
"""The greatest number that float16 holds."""


class Embedder(Protocol):
    """What the library asks of a language model."""

    @property
    def digest(self) -> str:
        """Another text, of at most 64 characters, wherever the same tune would have another vector."""

    def vector(self, abc: str) -> Any:
        """Numbers for a tune, always as many; None where the model cannot be shown it."""


@dataclass(frozen=True)
class Neighbours:
    """The rows of an index that have a vector, ready to be compared by cosine, numbers in units of their spread."""

    rows: NDArray[np.int64]
    table: Floats
    mean: Floats
    spread: Floats

    @staticmethod
    def of(vectors: dict[int, Floats]) -> Neighbours:
        """From vectors by row."""
        rows = np.array(sorted(vectors), dtype=np.int64)
        plain = np.stack([vectors[int(row)] for row in rows])
        mean, spread = plain.mean(axis=0), np.maximum(plain.std(axis=0), 1e-6)
        return Neighbours(rows, _unit((plain - mean) / spread), mean, spread)

    def ordered(self, likeness: Floats, own: Floats) -> Floats:
        """Style likeness of all rows, where those that have a vector have changed places by their cosine to `own`.

        They share out the values that they had, so that none of them gains on a row that has no vector.
        """
        cosine = self.table @ _unit(((own - self.mean) / self.spread)[None, :])[0]
        had = likeness[self.rows]
        result: Floats = likeness.copy()
        order = np.argsort(-(had + COSINE * cosine), kind="stable")
        result[self.rows[order]] = np.sort(had)[::-1]
        return result


Order = Callable[[Floats], Floats]
"""Style likeness of all rows by numbers → the same with a model's say."""


class Vectors:
    """The vectors of one catalogue by one model."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store, self._embedder = store, embedder
        self.digest = embedder.digest
        self.of = lru_cache(_ASKED)(self._of)
        """The vector of a tune that is asked about, rounded as those that are kept; None if it has none."""

    def _of(self, abc: str) -> Floats | None:
        return _unpacked(_packed(self._embedder.vector(abc)))

    def known(self) -> dict[int, Floats | None]:
        """By the tune's id; None where the model could not be shown the tune."""
        question = select(VECTORS.c.tune_id, VECTORS.c.numbers)
        rows = self._store.rows(question.where(VECTORS.c.model == self.digest))
        return {row.tune_id: _unpacked(bytes(row.numbers)) for row in rows}

    def missing(self, numbers: Iterable[int]) -> list[int]:
        """Those of some tunes that the model has not been shown, in their order."""
        question = select(VECTORS.c.tune_id).where(VECTORS.c.model == self.digest)
        known = {row.tune_id for row in self._store.rows(question)}
        return [number for number in numbers if number not in known]

    def fill(self, numbers: Sequence[int], progress: Progress | None = None) -> int:
        """Show the model those tunes that it has not been shown; how many. A kill loses one batch; call it again."""
        left = self.missing(numbers)
        done = len(numbers) - len(left)
        for start in range(0, len(left), BATCH):
            texts = self._store.by_ids(left[start : start + BATCH], TUNES.c.text)
            made = {n: _packed(self._embedder.vector(row.text)) for n, row in texts.items()}
            self._store.write(lambda connection, made=made: self._keep(connection, made))  # type: ignore[misc]
            if progress is not None:
                progress(done + min(start + BATCH, len(left)), len(numbers))
        return len(left)

    def _keep(self, connection: Connection, made: dict[int, bytes]) -> None:
        """Insert what no other program has inserted meanwhile."""
        own = VECTORS.c.model == self.digest
        taken = set(
            connection.scalars(select(VECTORS.c.tune_id).where(own, VECTORS.c.tune_id.in_(made)))
        )
        rows = [{"model": self.digest, "tune_id": number, "numbers": numbers}
                for number, numbers in made.items() if number not in taken]  # fmt: skip
        if rows:
            connection.execute(VECTORS.insert(), rows)

    def forget_others(self) -> int:
        """Delete the vectors of all other models; how many there were."""
        others = VECTORS.c.model != self.digest
        count = int(self._store.rows(select(func.count()).select_from(VECTORS).where(others))[0][0])
        self._store.write(lambda connection: connection.execute(VECTORS.delete().where(others)))
        return count


def _unit(table: Floats) -> Floats:
    held = np.clip(table, -4, 4)
    size = np.linalg.norm(held, axis=1, keepdims=True)
    return np.asarray(held / np.maximum(size, 1e-6), dtype=np.float32)


def _packed(vector: Any) -> bytes:
    """As float16; no bytes for None and for what is no vector of finite numbers."""
    if vector is None:
        return b""
    numbers = np.asarray(vector, dtype=np.float32).ravel()
    if not np.isfinite(numbers).all():
        return b""
    return np.clip(numbers, -_MOST, _MOST).astype("<f2").tobytes()


def _unpacked(data: bytes) -> Floats | None:
    return np.frombuffer(data, "<f2").astype(np.float32) if data else None
