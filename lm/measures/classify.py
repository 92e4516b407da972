"""Is it real or made? A judge that learns from tunes of both kinds.

A multinomial logistic regression over features of a tune (`lm.measures.statistics`, its meter, and
counts of short runs of intervals and rhythms), trained by L-BFGS with an L2 penalty in torch. It sees
neither title nor `R:` nor tempo. What it does not know: the text.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from lm.measures.memory import melody
from lm.measures.statistics import bands, features
from lm.piece import Piece
from lm.spelling import meter_text

RUNS = (2, 3)
BUCKETS = 192
METERS = ("4/4", "2/2", "2/4", "3/4", "3/8", "6/8", "9/8", "12/8", "3/2", "6/4")


def vector(piece: Piece, with_chords: bool = False) -> list[float]:
    """The tune as numbers: features (a missing one is the middle of its band), meter, pickup, runs."""
    found = features(piece)
    names = [n for n in bands() if with_chords or not n.startswith("chord")]
    numbers = [found.get(n, sum(bands()[n]) / 2) for n in names]
    meter = meter_text(piece.meter)
    numbers += [float(meter == m) for m in METERS]
    numbers += [float(piece.sections[0].pickup(piece.full)), float(piece.n_bars) / 32]
    line = melody(piece)
    counts = [0.0] * BUCKETS
    for size in RUNS:
        grams = [line[i : i + size] for i in range(len(line) - size + 1)]
        for gram in grams:
            counts[zlib.crc32(repr(gram).encode()) % BUCKETS] += 1 / len(grams)
    return numbers + [c**0.5 for c in counts]


class Classifier:
    """Multinomial logistic regression on standardised vectors."""

    def __init__(
        self, rows: Sequence[Sequence[float]], labels: Sequence[str], penalty: float = 3.0
    ) -> None:
        import torch

        self.names = sorted(set(labels))
        x = torch.tensor(rows, dtype=torch.float64)  # (N, F)
        y = torch.tensor([self.names.index(label) for label in labels])
        self.mean, self.deviation = x.mean(0), x.std(0).clamp_min(1e-6)
        x = (x - self.mean) / self.deviation
        self.weights = torch.zeros(
            x.shape[1] + 1, len(self.names), dtype=torch.float64, requires_grad=True
        )
        balance = torch.tensor(
            [len(labels) / labels.count(n) for n in self.names], dtype=torch.float64
        )  # type: ignore[attr-defined]
        optimiser = torch.optim.LBFGS([self.weights], max_iter=200, line_search_fn="strong_wolfe")

        def loss() -> Any:
            optimiser.zero_grad()
            fit = torch.nn.functional.cross_entropy(self._logits(x), y, weight=balance)
            total = fit + penalty / len(labels) * (self.weights[:-1] ** 2).sum()
            total.backward()
            return total

        optimiser.step(loss)

    def _logits(self, x: Any) -> Any:
        return x @ self.weights[:-1] + self.weights[-1]

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[dict[str, float]]:
        """Name → probability for each row."""
        import torch

        x = (torch.tensor(rows, dtype=torch.float64) - self.mean) / self.deviation
        table = torch.softmax(self._logits(x), -1).tolist()
        return [dict(zip(self.names, row, strict=True)) for row in table]


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative (ties count half): 0.5 is no better than a coin."""
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


def real_or_made(real: Sequence[Piece], made: Sequence[Piece], folds: int = 5) -> float:
    """Area under the curve of a classifier that tells made from real tunes, cross-validated; 0.5 means
    that it cannot.
    """
    rows = [vector(p) for p in [*real, *made]]
    labels = ["real"] * len(real) + ["made"] * len(made)
    scores = [0.0] * len(rows)
    for fold in range(folds):
        held = [i for i in range(len(rows)) if i % folds == fold]
        kept = [i for i in range(len(rows)) if i % folds != fold]
        judge = Classifier([rows[i] for i in kept], [labels[i] for i in kept])
        for i, found in zip(held, judge.probabilities([rows[i] for i in held]), strict=True):
            scores[i] = found["made"]
    return area_under_curve(scores[len(real) :], scores[: len(real)])
