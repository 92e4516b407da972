"""What other listeners tell: who likes the same tunes, which tunes are liked together, and what lies behind both.

Five views of one table (listeners by tunes, how much each is liked): how many like a tune, how many like it
together with a liked one, the cosine of tunes, shrunk where few tell, the nearest listeners, and a factorisation
for implicit feedback (Hu, Koren and Volinsky 2008, by the package implicit). A listener's own likes are folded in
at each question, so feedback counts at once and nothing is trained again. Tunes that fewer than SUPPORT listeners
like are left out, and below CROWD listeners there is no crowd at all: a few people would see each other's
likes. Kept in memory only, so that erasing is erasing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
CROWD = 20
"""Listeners with LIKES or more that it takes for a crowd."""
LIKES = 3
SUPPORT = 3
"""Listeners who like a tune before others hear of it."""
NEIGHBOURS = 50
_SHRINK = 10.0
FACTORS, REGULAR, ALPHA, _ROUNDS, _SEED = 128, 5.0, 4.0, 15, 20261121


@dataclass(frozen=True)
class Crowd:
    """Who likes what: `table` has listeners (their numbers in `listeners`, rising) by rows of the index."""

    listeners: Ints
    table: Any
    factors: Floats

    @property
    def tunes(self) -> int:
        """How many tunes there are, liked or not."""
        return int(self.table.shape[1])

    @cached_property
    def counts(self) -> Floats:
        """By how many listeners each tune is liked."""
        return np.asarray(self._binary.sum(axis=0), dtype=np.float32).ravel()

    @cached_property
    def _binary(self) -> Any:
        plain = self.table.copy()
        plain.data = np.ones_like(plain.data)
        return plain

    @cached_property
    def _by_tune(self) -> Any:
        return self._binary.T.tocsr()

    @cached_property
    def _norms(self) -> Floats:
        sums = np.asarray(self.table.multiply(self.table).sum(axis=1)).ravel()
        return np.asarray(np.sqrt(np.maximum(sums, 1e-9)), dtype=np.float32)

    def told(self, rows: Ints) -> int:
        """How many of some liked tunes the crowd knows: the evidence that it has about someone."""
        return int((self.counts[rows] > 0).sum())

    def together(self, row: int, without: int | None = None) -> Floats:
        """With every tune, how many listeners like it and the one in `row`; `without` is the number of one left out."""
        return np.asarray(
            self._binary[self._who(row, without)].sum(axis=0), dtype=np.float32
        ).ravel()

    def sharing(self, row: int, rows: Ints, without: int | None = None) -> int:
        """How many listeners like a tune and one of `rows` at least."""
        own = self._binary[self._who(row, without)][:, rows].sum(axis=1)
        return int((np.asarray(own) > 0).sum())

    def _who(self, row: int, without: int | None) -> Ints:
        """The lines of the listeners who like a tune."""
        who = np.asarray(self._by_tune[row].indices, dtype=np.int64)
        return who if without is None else who[self.listeners[who] != without]

    def by_company(self, rows: Ints) -> Floats:
        """How often tunes are liked together with those in `rows`; one that many like has less of a say."""
        both = (self._by_tune[rows] @ self._binary).tocoo()
        total = np.zeros(self.tunes, dtype=np.float32)
        np.add.at(total, both.col, both.data / np.sqrt(self.counts[rows][both.row]))
        return total

    def by_tunes(self, rows: Ints, weights: Floats) -> Floats:
        """Tunes that are liked with those in `rows`, by the cosine of who likes them, shrunk where few do."""
        total = np.zeros(self.tunes, dtype=np.float32)
        both = (self._by_tune[rows] @ self._binary).tocoo()
        norm = np.sqrt(self.counts[rows][both.row] * self.counts[both.col]) + _SHRINK
        np.add.at(total, both.col, weights[both.row] * both.data / norm)
        return total

    def by_listeners(self, rows: Ints, weights: Floats, without: int | None = None) -> Floats:
        """Tunes of the NEIGHBOURS listeners whose likes are nearest; `without` is the number of one left out."""
        own = np.zeros(self.tunes, dtype=np.float32)
        own[rows] = weights
        near = np.asarray(self.table @ own) / (self._norms * np.sqrt((weights**2).sum()))
        if without is not None:
            near[self.listeners == without] = 0.0
        best = np.argsort(-near, kind="stable")[:NEIGHBOURS]
        best = best[near[best] > 0]
        return np.asarray(near[best] @ self._binary[best], dtype=np.float32).ravel()

    def by_factors(self, rows: Ints, weights: Floats) -> Floats:
        """How near every tune is to someone with these likes, folded into the factors.

        One step of the training, for one listener: weights become the confidence ALPHA · weight, as in implicit.
        """
        some = self.factors[rows]
        more = ALPHA * weights
        left = self._gram + (some * (more - 1.0)[:, None]).T @ some
        folded = np.linalg.solve(left, some.T @ more)
        return np.asarray(self.factors @ folded, dtype=np.float32)

    @cached_property
    def _gram(self) -> Floats:
        own = self.factors
        return np.asarray(own.T @ own + REGULAR * np.eye(own.shape[1]), dtype=np.float32)


def gather(likes: Mapping[int, Mapping[int, float]], tunes: int) -> Crowd | None:
    """The crowd of listeners (number → row → weight); None if they are too few."""
    from scipy.sparse import csr_matrix

    who = sorted(n for n, own in likes.items() if sum(w > 0 for w in own.values()) >= LIKES)
    if len(who) < CROWD:
        return None
    entries = [(at, row, weight) for at, number in enumerate(who)
               for row, weight in sorted(likes[number].items()) if weight > 0]  # fmt: skip
    at, rows, weights = (np.array(column) for column in zip(*entries, strict=True))
    heard = np.bincount(rows, minlength=tunes) >= SUPPORT
    kept = heard[rows]
    table = csr_matrix(
        (weights[kept].astype(np.float32), (at[kept], rows[kept])), shape=(len(who), tunes)
    )
    return Crowd(np.array(who, dtype=np.int64), table, _factors(table))


def _factors(table: Any) -> Floats:
    """A vector for each tune, trained on all listeners; the same table gives the same vectors."""
    from implicit.als import AlternatingLeastSquares
    from threadpoolctl import threadpool_limits

    size = max(1, min(FACTORS, table.shape[0] // 8))
    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(
            factors=size, regularization=REGULAR, alpha=ALPHA, iterations=_ROUNDS,
            random_state=_SEED, num_threads=1, dtype=np.float32,
        )  # fmt: skip
        model.fit(table, show_progress=False)
    return np.asarray(model.item_factors, dtype=np.float32)
