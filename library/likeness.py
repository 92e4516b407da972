"""Tunes like a tune: by melody, whatever the key, notation and ornaments, and by style.

Melody likeness has two stages. All tunes are ranked by the shingles they share with the one asked about
(`index`); the first `CANDIDATES` are then aligned note by note in the transposition that their shared stretches
vote for (`align`). Style likeness is the nearness of the features, in units of their spread. A tune's
score is its melody likeness where that is more than chance, else style likeness, always below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.align import agreeing, align, best_shifts, likeness, longest_run
from library.embedding import Order
from library.index import Index
from library.melody import Ints, Melody
from library.reasons import Part, part

CANDIDATES = 64
ALIKE = 0.45
"""Melody likeness from which notes are spoken of. Forty pairs of tunes drawn by chance reached 0.38 at
most; the best of thousands can reach more by chance, above all with a short melody."""
_OPENING = 8
_NEAR = 0.6
_LOOKED_AT = 8
_TITLE = 0.5
"""How far the same title lifts a score towards 1: versions of a song may have lost most of their melody."""
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Asked:
    """A tune that others are compared with: its melody, its features, and the row `describe` made."""

    melody: Melody
    features: Floats
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Match:
    """A row of the index that was compared: melody, style and title likeness, the shift of the alignment.

    `style` is what numbers say, and what reasons speak of; `ranked` is the style likeness that it is ranked by.
    """

    row: int
    melody: float
    style: float
    shift: int
    title: float = 0.0
    ranked: float = 0.0

    @property
    def score(self) -> float:
        """One number for ranking: melodies that are alike come before styles that are."""
        if self.melody >= ALIKE:
            value = self.melody + 0.02 * self.ranked * (1 - self.melody)
        else:
            value = 0.5 * self.melody + 0.5 * ALIKE * self.ranked
        return value + _TITLE * self.title * (1 - value)


def melody_matches(
    index: Index, asked: Melody, allowed: Ints | None = None, more: Sequence[int] = ()
) -> list[tuple[int, float, int]]:
    """(row, likeness, shift) of the tunes with the likest melodies, best first; rows `more` are compared too.

    `allowed` are the only rows that count.
    """
    shared = index.shared(asked)
    if allowed is not None:
        mask = np.zeros(len(index), dtype=bool)
        mask[allowed] = True
        shared = np.where(mask, shared, 0.0)
    count = min(CANDIDATES, int((shared > 0).sum()))
    first = np.argpartition(-shared, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
    rows = list(dict.fromkeys([*(int(row) for row in first), *more]))
    if not rows or not len(asked):
        return []
    others = [index.melody(row) for row in rows]
    shifts = best_shifts(asked, others)
    scores = align(asked, others, shifts)
    found = [
        (row, likeness(float(score), len(asked), len(other)), shift)
        for row, score, other, shift in zip(rows, scores, others, shifts, strict=True)
    ]
    return sorted(found, key=lambda m: (-m[1] - 0.05 * float(shared[m[0]]), m[0]))


def style_likeness(index: Index, features: Floats) -> Floats:
    """Nearness in features for every row: 1 for the same numbers, falling with the distance."""
    mean, spread = index.scales
    own = np.clip((features - mean) / spread, -4, 4)
    apart = np.sqrt(((index.standard - own) ** 2).mean(axis=1))
    return np.asarray(np.exp(-apart / np.sqrt(2.0)), dtype=np.float32)


def matches(
    index: Index, asked: Asked, top: int, allowed: Ints | None = None,
    titled: Mapping[int, float] | None = None, reorder: Order | None = None,
) -> list[Match]:  # fmt: skip
    """The `top` tunes that are likest, best first; `titled` has rows with nearly the same title.

    `reorder` is a language model's say in style likeness.
    """
    if not len(index):
        return []
    style = style_likeness(index, asked.features)
    ranked = style if reorder is None else reorder(style)
    titles = titled or {}

    def match(row: int, melody: float, shift: int) -> Match:
        return Match(
            row, melody, float(style[row]), shift, titles.get(row, 0.0), float(ranked[row])
        )

    found = {row: match(row, value, shift)
             for row, value, shift in melody_matches(index, asked.melody, allowed, list(titles))}  # fmt: skip
    rows = allowed if allowed is not None else np.arange(len(index))
    for row in rows[np.argsort(-ranked[rows], kind="stable")[: top + len(found)]]:
        if int(row) not in found:
            found[int(row)] = match(int(row), 0.0, 0)
    return sorted(found.values(), key=lambda m: (-m.score, m.row))[:top]


def reasons(index: Index, asked: Asked, match: Match, row: Any) -> tuple[Part, ...]:
    """Why a tune was matched; each part is computed from the two tunes. `row` is its catalogue row."""
    parts: list[Part] = []
    other = index.melody(match.row)
    if row.digest == asked.row["digest"]:
        parts.append(part("same tune"))
    elif match.melody >= ALIKE:
        parts += _melodic(asked.melody, other, match.shift)
    elif (count := _same_opening(asked.melody, other)) >= _OPENING:
        parts.append(part("opening", count=count))
    own = asked.row
    if row.title and row.title.casefold() == str(own["title"]).casefold():
        parts.append(part("same title"))
    elif match.title:
        parts.append(part("title", title=row.title))
    for kind, name, shown in (("rhythm", "rhythm", "style"), ("form", "form", "form"),
                              ("mode", "mode", "mode"), ("meter", "meter", "meter")):  # fmt: skip
        value = getattr(row, name)
        if value and value == own[name] and len(value) > (name == "form"):
            parts.append(part(kind, **{shown: value}))
    if match.style >= _NEAR and match.melody < ALIKE:
        parts.append(part("rhythms"))
    if not parts and row.high - row.low == own["high"] - own["low"]:
        parts.append(part("range", range=row.high - row.low))
    return tuple(parts)


def _melodic(asked: Melody, other: Melody, shift: int) -> list[Part]:
    """What of two melodies agrees, and the longest run."""
    count, _ = agreeing(asked, other, shift)
    share = round(100 * count / max(1, min(len(asked), len(other))))
    parts = [part("notes", share=share) if not shift else
             part("moved", share=share, semitones=f"{shift:+d}")]  # fmt: skip
    run, _ = longest_run(asked, other)
    if run >= _OPENING:
        parts.append(part("run", run=run))
    return parts


def _same_opening(one: Melody, other: Melody) -> int:
    """Notes from the first on whose intervals are the same in both."""
    a, b = np.diff(one.pitches), np.diff(other.pitches)
    size = min(len(a), len(b))
    differ = np.flatnonzero(a[:size] != b[:size])
    return int(differ[0] if len(differ) else size) + 1


def closest(
    index: Index, asked: Melody, allowed: Ints | None = None
) -> tuple[int, int, int, float, float] | None:
    """(row, run, at, share, likeness) of the tune that has most of the asked one; None where nothing is shared.

    Of the likest melodies, the one of the greatest `nearness`; `allowed` are the only rows that count.
    """
    found = melody_matches(index, asked, allowed)
    if not found:
        return None
    best: tuple[float, tuple[int, int, int, float, float]] | None = None
    for row, value, shift in found[:_LOOKED_AT]:
        other = index.melody(row)
        run, at = longest_run(asked, other)
        count, _ = agreeing(asked, other, shift)
        share = count / max(1, len(asked))
        rank = nearness(value, run, share, len(asked))
        if best is None or rank > best[0]:
            best = (rank, (row, run, at, share, value))
    return best[1] if best else None


def nearness(value: float, run: int, share: float, notes: int) -> float:
    """One number for how much of a tune of `notes` notes another has, 0 to 1: by likeness, run or share."""
    return max(value, min(1.0, run / max(1, notes)), 0.9 * share)
