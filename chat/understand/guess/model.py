"""`clauses.npz` read back: a clause → what it probably means, best first, with probabilities.

Only numpy, and only a sum over the features that a clause has. What a label means in terms of changes stands
in `meaning`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chat.understand.guess.features import features
from chat.understand.guess.vectors import row

MODEL = "clauses.npz"


@dataclass(frozen=True)
class Guess:
    """A label and how sure it is, from 0 to 1."""

    label: str
    sure: float


@dataclass(frozen=True)
class Model:
    """Weights (a row a feature, a column a label, as small integers times `scale`), and how to read them."""

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    rarity: dict[int, float]
    weights: Any
    scale: Any
    bias: Any
    sharpness: float


@cache
def model() -> Model:
    """The classifier that comes along."""
    import numpy as np

    with files("chat.understand.guess").joinpath(MODEL).open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        names = bytes(kept["vocabulary"]).decode().split("\n")
        labels = tuple(bytes(kept["labels"]).decode().split("\n"))
        return Model(
            labels, {name: n for n, name in enumerate(names)},
            dict(enumerate(kept["rarity"].astype(float).tolist())), kept["weights"],
            kept["scale"].astype(np.float32), kept["bias"].astype(np.float32), float(kept["sharpness"]),
        )  # fmt: skip


@cache
def guesses(clause: str, count: int = 5) -> tuple[Guess, ...]:
    """What a clause probably means, the likeliest first.

    >>> guesses("shift everything up an octave")[0].label
    'octave-up'
    """
    import numpy as np

    known = model()
    values = row(features(clause), known.vocabulary, known.rarity)
    if not values:
        return ()
    columns = np.fromiter(values, dtype=np.int64)
    numbers = np.fromiter(values.values(), dtype=np.float32)
    scores = (numbers @ known.weights[columns].astype(np.float32)) * known.scale + known.bias
    powers = np.exp(known.sharpness * (scores - scores.max()))
    shares = powers / powers.sum()
    best = np.argsort(-shares, kind="stable")[:count]
    return tuple(Guess(known.labels[i], float(shares[i])) for i in best)
