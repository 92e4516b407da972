"""Which dance is it? A judge for choosing between drafts, and for naming the dances of unnamed training tunes.

A linear classifier over what a dancer hears: meter, the rhythm of bars, how often they come, where notes fall in
the bar, and how the melody moves between them. The training tunes that name their dance are cut in two by family:
one half makes the judge that chooses (its weights lie beside this file, `python -m lm.measures.dances` makes them),
the other the judge that `lm.evaluate` marks with, so that nothing is marked by the judge that chose it. What it
does not know: title, `R:`, tempo.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from lm.measures.statistics import bands, features
from lm.piece import Bar, Piece
from lm.spelling import meter_text

DANCES = (
    "hornpipe", "hymn", "jig", "march", "minuet", "reel", "slip jig", "song", "strathspey", "waltz",
)  # fmt: skip
ALIKE = {"air": "song", "carol": "hymn"}
"""Names that are another's for this judge."""
FILE = Path(__file__).with_name("dances.npz")
CHOOSES, MARKS = 0, 1
"""The halves of the families."""
RAREST = 10
"""Clues of fewer tunes are left out."""
SLACK = 0.2


def dance_of(piece: Piece) -> str | None:
    """The dance that a tune names, in this judge's words."""
    name = ALIKE.get(piece.rhythm or "", piece.rhythm)
    return name if name in DANCES else None


def clues(piece: Piece) -> dict[str, float]:
    """What is heard, by name: 1 for what is there, shares of bars or notes for the rest (their square roots, so
    that a rare bar counts), global features in the middle of their band as 0 and at its ends as ±1.
    """
    found: dict[str, float] = {
        f"meter {meter_text(piece.meter)}": 1.0,
        f"mode {piece.key.mode}": 1.0,
    }
    found["pickup"] = float(piece.sections[0].pickup(piece.full))
    found["repeats"] = float(any(s.repeat for s in piece.sections))
    bars = piece.bars
    counts: Counter[str] = Counter()
    for bar in bars:
        counts.update(_bar_clues(bar))
    for bar, after in pairwise(bars):
        counts[f"rhythms {_rhythm(bar)} | {_rhythm(after)}"] += 1
    counts[f"last {_rhythm(bars[-1])}"] += len(bars)
    found |= {name: (n / len(bars)) ** 0.5 for name, n in counts.items()}
    for name, value in features(piece).items():
        if not name.startswith("chord"):
            low, high = bands()[name]
            found[f"feature {name}"] = max(
                -3.0, min(3.0, (2 * value - low - high) / max(high - low, 0.02))
            )
    return found


def _rhythm(bar: Bar) -> str:
    return " ".join(f"{'' if e.pitches else 'z'}{e.duration}" for e in bar.voices[0])


def _bar_clues(bar: Bar) -> list[str]:
    found = [f"rhythm {_rhythm(bar)}"]
    at = Fraction(0)
    before: Any = None
    for event in bar.voices[0]:
        found.append(f"at {at} {event.duration}")
        if event.top and before:
            move = max(-7, min(7, event.top.diatonic - before.diatonic))
            found += [f"move {move}", f"move at {at} {move}"]
        before = event.top or before
        at += event.duration
    found.append(f"notes {len(bar.voices[0])}")
    return found


class Listener:
    """A judge of some `dances`: what each clue says for each of them, (clues, dances), and what is said without
    any clue.
    """

    def __init__(
        self, names: Sequence[str], dances: Sequence[str], weights: Any, bias: Any
    ) -> None:
        self.rows = {name: row for row, name in enumerate(names)}
        self.dances, self.weights, self.bias = tuple(dances), weights, bias

    def heard(self, piece: Piece) -> dict[str, float]:
        """Dance → probability; they sum to 1."""
        import numpy as np

        scores = np.array(self.bias, float)
        for name, value in clues(piece).items():
            if name in self.rows:
                scores += value * self.weights[self.rows[name]]
        powers = np.exp(scores - scores.max())
        return dict(zip(self.dances, (powers / powers.sum()).tolist(), strict=True))

    def guess(self, piece: Piece) -> str:
        """The likeliest dance."""
        chances = self.heard(piece)
        return max(chances, key=lambda name: chances[name])

    def save(self, path: Path) -> None:
        """Write the judge; half precision is enough."""
        import numpy as np

        np.savez_compressed(
            path, clues=_packed(self.rows), dances=_packed(self.dances), bias=self.bias,
            weights=self.weights.astype(np.float16),
        )  # fmt: skip


def _packed(words: Iterable[str]) -> Any:
    import numpy as np

    return np.frombuffer("\n".join(words).encode(), np.uint8)


@cache
def chooser() -> Listener:
    """The judge that ships."""
    import numpy as np

    with np.load(FILE) as table:
        names, dances = (bytes(table[key]).decode().splitlines() for key in ("clues", "dances"))
        return Listener(names, dances, table["weights"].astype(float), table["bias"])


def named(pieces: Sequence[Piece], least: float) -> list[Piece]:
    """The pieces, those without a rhythm called by the dance that is heard with a probability of `least` or more."""
    found = []
    for piece in pieces:
        if piece.rhythm is None:
            name, chance = max(chooser().heard(piece).items(), key=lambda item: item[1])
            piece = replace(piece, rhythm=name) if chance >= least else piece
        found.append(piece)
    return found


# ----------------------------------------------------------------------------------------- training
def half_of(piece: Piece) -> int:
    """Which judge may learn from the tune; all tunes of a family are on one side."""
    return zlib.crc32(piece.group.encode()) % 2


def of_one_voice(pieces: Iterable[Piece]) -> list[tuple[Piece, str]]:
    """The tunes that name their dance, with it."""
    return [(p, n) for p in pieces if len(p.clefs) == 1 and (n := dance_of(p))]


def train(pieces: Iterable[Piece], half: int) -> Listener:
    """A judge from the named tunes of one half; each dance counts alike."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    known = [(clues(p), name) for p, name in of_one_voice(pieces) if half_of(p) == half]
    dances = sorted({name for _, name in known})
    seen = Counter(name for row, _ in known for name in row)
    if len(dances) < 2 or max(seen.values()) < RAREST:  # nothing to tell apart
        return Listener(
            [],
            dances or ["none"],
            np.zeros((0, max(1, len(dances)))),
            np.zeros(max(1, len(dances))),
        )
    rows = [{n: v for n, v in row.items() if seen[n] >= RAREST} for row, _ in known]
    vectorizer = DictVectorizer()
    machine = LogisticRegression(C=SLACK, max_iter=400, class_weight="balanced")
    machine.fit(vectorizer.fit_transform(rows), [name for _, name in known])
    weights, bias = machine.coef_.T, machine.intercept_
    if len(dances) == 2:  # one column that speaks for the second
        weights, bias = (
            np.hstack([-weights / 2, weights / 2]),
            np.array([-bias[0] / 2, bias[0] / 2]),
        )
    return Listener(list(vectorizer.get_feature_names_out()), dances, weights, bias)


def right(listener: Listener, pieces: Iterable[Piece]) -> tuple[Counter[str], Counter[str]]:
    """(tunes heard as what they are called, tunes) by dance."""
    found, of = Counter[str](), Counter[str]()
    for piece, name in of_one_voice(pieces):
        of[name] += 1
        found[name] += listener.guess(piece) == name
    return found, of


def main() -> None:
    """Make the judge that chooses; say how often it is right on held-out tunes and on the other half."""
    from lm.data import load_split
    from lm.recipe import EvaluateRecipe

    sources = EvaluateRecipe(out="").sources()
    pieces = load_split(sources, "train")
    train(pieces, CHOOSES).save(FILE)
    chooser.cache_clear()
    for title, part in (
        ("held out", load_split(sources, "valid")),
        ("the other half", [p for p in pieces if half_of(p) == MARKS]),
    ):
        found, of = right(chooser(), part)
        each = ", ".join(f"{n} {found[n]}/{of[n]}" for n in DANCES)
        sys.stdout.write(f"{title}: {found.total()}/{of.total()} right: {each}\n")


if __name__ == "__main__":
    main()
