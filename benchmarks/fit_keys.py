"""Fit the weights of `abc_tools.profiles`: which evidence speaks for which key and mode.

Multinomial logistic regression over 12 tonics × 4 modes (major, minor, dorian, mixolydian) on the openly
licensed tunes whose `K:` names modes, the held-out fifth of benchmarks/facts.py left out. Rare modes weigh
more than their share, so that not everything becomes major. Prints the tables `PRIOR` and `WEIGHTS`.
Run: `python -m benchmarks.fit_keys`.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from abc_tools.analyse.evidence import evidence
from abc_tools.analyse.line import Material
from abc_tools.parse import parse
from abc_tools.profiles import KINDS
from benchmarks.data import open_tunes
from benchmarks.facts import LABELLED, held_out

MODES = ("major", "minor", "dorian", "mixolydian")
REGULAR = 3e-5
BALANCE = 0.35
RARE = {"lydian": -2.0, "phrygian": -1.5, "locrian": -4.0}
"""How much rarer than the rarest fitted mode the others are taken to be, in log-weight."""


def examples(records: list[dict[str, Any]]) -> tuple[list[list[list[float]]], list[int]]:
    """Histograms (N, kinds, 12) and the index tonic × 4 + mode of each tune."""
    rows, labels = [], []
    for record in records:
        tune = parse(record["abc"]).tunes[0]
        material = Material(tune)
        if (
            tune.key.tonic
            and tune.key_given
            and tune.key.mode in MODES
            and len(material.notes) >= 8
        ):
            rows.append(evidence(material))
            labels.append(tune.key.pitch_class * len(MODES) + MODES.index(tune.key.mode))
    return rows, labels


def fit(rows: list[list[list[float]]], labels: list[int]) -> tuple[Any, Any]:
    """Weights (kinds, 12, modes) and priors (modes)."""
    import torch
    from torch.nn.functional import cross_entropy

    torch.manual_seed(0)
    x = torch.tensor(rows)  # (N, K, 12)
    turned = torch.stack([x.roll(-tonic, dims=2) for tonic in range(12)], dim=1)  # (N, 12, K, 12)
    features = turned.reshape(len(rows), 12, -1)
    y = torch.tensor(labels)
    counts = Counter(label % len(MODES) for label in labels)
    weight = torch.tensor(
        [(len(labels) / counts[label % len(MODES)]) ** BALANCE for label in labels]
    )
    w = torch.zeros(features.shape[2], len(MODES), requires_grad=True)
    b = torch.zeros(len(MODES), requires_grad=True)
    optimiser = torch.optim.LBFGS([w, b], max_iter=400, line_search_fn="strong_wolfe")

    def closure() -> Any:
        optimiser.zero_grad()
        scores = (features @ w + b).reshape(len(rows), -1)
        loss = (cross_entropy(scores, y, reduction="none") * weight).sum() / weight.sum()
        loss = loss + REGULAR * (w**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return w.detach().reshape(len(KINDS), 12, len(MODES)), b.detach()


def main() -> int:
    """Fit and print."""
    records = [r for r in open_tunes() if r["source"] in LABELLED and not held_out(r)]
    weights, priors = fit(*examples(records))
    least = min(float(p) for p in priors)
    prior = {m: round(float(p), 1) for m, p in zip(MODES, priors, strict=True)}
    prior |= {mode: round(least + less, 1) for mode, less in RARE.items()}
    sys.stdout.write(f"PRIOR = {prior}\n")
    for index, mode in enumerate(MODES):
        sys.stdout.write(f"{mode}\n")
        for kind, row in zip(KINDS, weights[:, :, index].tolist(), strict=True):
            sys.stdout.write(f"    {kind}: {[round(value, 1) for value in row]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
