"""`python -m chat.understand.guess.train`: the examples → `clauses.npz`, and how well it reads what it has not seen.

A linear classifier for each label against all others. Cross-validated in five parts, all sentences made of one
line in the same part; probabilities are made of the scores by one number that fits the parts kept aside. The same
examples give the same file. `--judge` only measures and prints.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from chat.understand.guess.data import Example, examples
from chat.understand.guess.features import features
from chat.understand.guess.model import MODEL
from chat.understand.guess.vectors import row

PARTS = 5
SLACK = 1.0
"""How much the classifier may err on the examples: smaller is simpler."""
RAREST = 2
"""Features of fewer examples are left out."""
HERE = Path(__file__).parent
RESULTS = Path("benchmarks/results/clauses.json")


def made_of() -> str:
    """What the shipped file was made of: a hash of the examples, the concepts and the code that counts them."""
    found = hashlib.sha256()
    room = files("chat.understand.guess")
    names = sorted(f"examples/{f.name}" for f in room.joinpath("examples").iterdir())
    for name in (*names, "concepts.txt", "data.py", "features.py", "vectors.py"):
        found.update(room.joinpath(name).read_text(encoding="utf-8").encode())
    return found.hexdigest()


class Fitted:
    """A classifier with the vocabulary that it was fitted on."""

    def __init__(self, counts: list[Counter[str]], labels: list[str], weights: list[float]) -> None:
        from sklearn.svm import LinearSVC

        seen: Counter[str] = Counter(name for found in counts for name in found)
        names = sorted(name for name, count in seen.items() if count >= RAREST)
        self.vocabulary = {name: n for n, name in enumerate(names)}
        self.rarity = {
            n: math.log((1 + len(counts)) / (1 + seen[name])) + 1 for n, name in enumerate(names)
        }
        machine = LinearSVC(C=SLACK, class_weight="balanced", random_state=0)
        machine.fit(self.matrix(counts), labels, sample_weight=weights)
        self.labels = [str(label) for label in machine.classes_]
        self.weights: Any = machine.coef_.T
        self.bias: Any = machine.intercept_

    def matrix(self, counts: list[Counter[str]]) -> Any:
        """Rows of numbers for what was counted."""
        from scipy.sparse import csr_matrix

        rows = [row(found, self.vocabulary, self.rarity) for found in counts]
        places = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
        columns = np.array([c for r in rows for c in r], dtype=np.int64)
        values = np.array([v for r in rows for v in r.values()])
        return csr_matrix((values, (places, columns)), shape=(len(rows), len(self.vocabulary)))

    def scores(self, counts: list[Counter[str]]) -> Any:
        """A score a clause and label."""
        return self.matrix(counts) @ self.weights + self.bias


def _weights(said: list[Example]) -> list[float]:
    """A line counts as much as any other, however many sentences are made of it."""
    size = Counter(example.family for example in said)
    return [3.0 / size[example.family] for example in said]


def judged(said: list[Example], counts: list[Counter[str]]) -> tuple[Any, list[str]]:
    """The scores of every example by a classifier that has not seen its line."""
    names = sorted({example.label for example in said})
    families = sorted({example.family for example in said})
    mixed = np.random.default_rng(0).permutation(len(families)) % PARTS
    part = dict(zip(families, mixed.tolist(), strict=True))
    scores = np.full((len(said), len(names)), -9.0)
    for aside in range(PARTS):
        learn = [n for n, e in enumerate(said) if part[e.family] != aside]
        test = [n for n, e in enumerate(said) if part[e.family] == aside]
        fitted = Fitted(
            [counts[n] for n in learn], [said[n].label for n in learn],
            _weights([said[n] for n in learn]),
        )  # fmt: skip
        columns = [names.index(label) for label in fitted.labels]
        scores[np.ix_(test, columns)] = fitted.scores([counts[n] for n in test])
    return scores, names


def shares(scores: Any, sharpness: float) -> Any:
    """Scores as probabilities."""
    powers = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    return powers / powers.sum(axis=1, keepdims=True)


def sharpened(scores: Any, right: Any, weights: Any) -> float:
    """The number that makes probabilities of scores true on the average."""

    def cost(sharpness: float) -> float:
        chosen = shares(scores, sharpness)[np.arange(len(right)), right]
        return float(-(np.log(chosen + 1e-9) * weights).sum())

    return min((round(0.5 * n, 1) for n in range(1, 25)), key=cost)


def report(said: list[Example], scores: Any, names: list[str]) -> dict[str, Any]:
    """Figures of the cross-validation."""
    from sklearn.metrics import f1_score

    right = np.array([names.index(e.label) for e in said])
    weights = np.array(_weights(said))
    chinese = np.array([e.language == "zh" for e in said])
    sharpness = sharpened(scores, right, weights)
    chance = shares(scores, sharpness)
    best, sure = chance.argmax(axis=1), chance.max(axis=1)
    three = (np.argsort(-scores, axis=1)[:, :3] == right[:, None]).any(axis=1)

    def share(hit: Any, of: Any = None) -> float:
        mask = np.ones(len(right), bool) if of is None else of
        return round(float((hit * weights)[mask].sum() / weights[mask].sum()), 3)

    levels = {
        f"sure {level}": {"covered": share(sure >= level), "right": share(best == right, sure >= level)}
        for level in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
    }  # fmt: skip
    return {
        "labels": len(names), "lines": len({e.family for e in said}), "sentences": len(said),
        "accuracy": share(best == right), "english": share(best == right, ~chinese),
        "chinese": share(best == right, chinese), "macro_f1": round(float(f1_score(right, best, average="macro")), 3),
        "among_three": share(three), "sharpness": sharpness,
        "calibration_error": _calibration(best == right, sure, weights), "levels": levels,
    }  # fmt: skip


def _calibration(hit: Any, sure: Any, weights: Any) -> float:
    """How far the probabilities are from how often they are right, over ten bins."""
    found = 0.0
    for n in range(10):
        inside = (sure >= n / 10) & (sure < (n + 1) / 10 + (n == 9))
        if inside.any():
            gap = np.average(hit[inside], weights=weights[inside]) - np.average(
                sure[inside], weights=weights[inside]
            )
            found += abs(float(gap)) * float(weights[inside].sum() / weights.sum())
    return round(found, 3)


def write(fitted: Fitted, sharpness: float) -> None:
    """The classifier as small integers, without pickled objects."""
    scale = np.abs(fitted.weights).max(axis=0) / 127
    np.savez_compressed(
        HERE / MODEL,
        weights=np.round(fitted.weights / scale).astype(np.int8), scale=scale.astype(np.float32),
        bias=fitted.bias.astype(np.float32), sharpness=np.float32(sharpness),
        rarity=np.array([fitted.rarity[n] for n in range(len(fitted.rarity))], np.float16),
        vocabulary=np.frombuffer("\n".join(fitted.vocabulary).encode(), np.uint8),
        labels=np.frombuffer("\n".join(fitted.labels).encode(), np.uint8),
        made_of=np.frombuffer(made_of().encode(), np.uint8),
    )  # fmt: skip


def main() -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judge", action="store_true", help="measure only, write nothing")
    parser.add_argument("--errors", action="store_true", help="print what is taken for what")
    options = parser.parse_args()
    said = examples()
    counts = [features(example.text) for example in said]
    scores, names = judged(said, counts)
    found = report(said, scores, names)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    if options.errors:
        for example, chosen in zip(said, scores.argmax(axis=1), strict=True):
            if names[chosen] != example.label:
                sys.stdout.write(f"{example.label} -> {names[chosen]}: {example.text}\n")
    if not options.judge:
        fitted = Fitted(counts, [e.label for e in said], _weights(said))
        write(fitted, found["sharpness"])
        if RESULTS.parent.is_dir():
            kept = {"command": "python -m chat.understand.guess.train", **found}
            RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
