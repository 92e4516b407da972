"""Melodies laid beside each other: how much of one is found in others, transposed or not, notes added or left out.

`best_shift` finds the transposition by vote of the stretches that two melodies share. `align` is the local
alignment of Smith and Waterman (1981) of one melody with many at once: an equal pitch counts 1, a
neighbouring one a little, a note more or less costs a part that grows with its length. `longest_run` is the longest
stretch of notes that two melodies have alike in intervals and in ratios of lengths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from library.melody import Ints, Melody, placed_shingles

LONGEST = 400
"""Notes of a melody that are aligned; more are left out."""
Floats = NDArray[np.float32]

_MATCH = (1.0, -0.3, -0.4)
"""What equal pitches count, pitches a semitone apart, and a whole tone apart."""
_OTHER = -0.9
_LENGTH = 0.15
"""What lengths that differ by a factor of two take away from an equal pitch."""
_GAP = 0.5
_TOGETHER = 32
"""Melodies whose tables are computed at once: of like lengths, and small enough for the processor's cache."""
_FARTHEST = 128
_ROW = 16
"""A code of three intervals is below 2^15; which melody it is of stands in the bits above."""


def best_shift(asked: Melody, other: Melody) -> int:
    """Semitones that `other` is moved by to lie on `asked` best: what shared stretches vote for.

    Without a shared stretch, the difference of the middle pitches.
    """
    return best_shifts(asked, [other])[0]


def best_shifts(asked: Melody, others: Sequence[Melody]) -> list[int]:
    """`best_shift` of each, found for all at once: one sorted list holds the stretches of every melody."""
    codes, pitches = placed_shingles(asked.pitches[:LONGEST])
    placed = [placed_shingles(other.pitches[:LONGEST]) for other in others]
    rows = np.repeat(np.arange(len(others)), [len(their) for their, _ in placed])
    votes: NDArray[np.float64] = np.zeros((len(others), 2 * _FARTHEST))
    if len(codes) and len(rows):
        theirs = np.concatenate([their for their, _ in placed]) + (rows << _ROW)
        their_pitches = np.concatenate([high for _, high in placed])
        order = np.argsort(theirs, kind="stable")
        theirs, their_pitches = theirs[order], their_pitches[order]
        wanted = (codes + (np.arange(len(others)) << _ROW)[:, None]).ravel()
        left = np.searchsorted(theirs, wanted, side="left")
        counts = np.searchsorted(theirs, wanted, side="right") - left
        mine = np.repeat(np.arange(len(wanted)), counts)
        within = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts)
        shifts = pitches[mine % len(codes)] - their_pitches[left[mine] + within]
        places = mine // len(codes) * 2 * _FARTHEST + shifts + _FARTHEST
        weights = 1.0 / np.repeat(counts, counts)
        votes += np.bincount(places, weights, votes.size).reshape(votes.shape)
    return [
        int(np.argmax(own)) - _FARTHEST
        if own.any()
        else int(np.median(asked.pitches) - np.median(other.pitches))
        for own, other in zip(votes, others, strict=True)
    ]


def _relative_lengths(melody: Melody) -> Floats:
    """Lengths as powers of two of the usual length of the melody."""
    logs = np.log2(melody.lengths[:LONGEST].astype(np.float32))
    return np.asarray(logs - np.float32(np.median(logs)), dtype=np.float32)


def align(asked: Melody, others: list[Melody], shifts: list[int]) -> Floats:
    """The score of the best local alignment with each, about the number of notes that agree."""
    best = np.zeros(len(others), dtype=np.float32)
    # of about one length together, so that little of a table is empty
    order = sorted(range(len(others)), key=lambda at: len(others[at]))
    for start in range(0, len(order), _TOGETHER):
        part = order[start : start + _TOGETHER]
        table = _Table(asked, [others[at] for at in part], [shifts[at] for at in part])
        highest = table.costs.copy()
        for row, _ in table.rows():
            np.maximum(highest, row, out=highest)
        if highest.size:
            best[part] = (highest - table.costs).max(axis=1)
    return best


def agreeing(asked: Melody, other: Melody, shift: int) -> tuple[int, int]:
    """Notes of equal pitch in the best local alignment, and the first note of `asked` in it; (0, 0) for none."""
    whole = _Table(asked, [other], [shift])
    kept = [(row[0] - whole.costs[0], steps[0]) for row, steps in whole.rows()]
    if not kept or not len(kept[0][0]):
        return 0, 0
    table = np.stack([row for row, _ in kept])
    line, column = (int(n) for n in np.unravel_index(int(table.argmax()), table.shape))
    count, first = 0, line
    while line >= 0 and column >= 0 and table[line, column] > 1e-3:
        corner = table[line - 1, column - 1] if line and column else 0.0
        if abs(corner + kept[line][1][column] - table[line, column]) < 1e-3:
            count += int(asked.pitches[line] == other.pitches[column] + shift)
            first = line
            line, column = line - 1, column - 1
        elif line and table[line - 1, column] > table[line, column]:
            line -= 1
        else:
            column -= 1
    return count, first


class _Table:
    """The table of an alignment of one melody with several, a row for each note of the one.

    A gap along a row is a running maximum over scores to which the `costs` of all notes so far were added. The rows
    are kept that way from the first to the last: no step has to add and to take away. What a pair of notes counts
    depends on pitch and length alone, so a row of it is computed once for each pitch and length of the melody.
    """

    def __init__(self, asked: Melody, others: Sequence[Melody], shifts: Sequence[int]) -> None:
        widest = max((min(len(o), LONGEST) for o in others), default=0)
        self.pitches = np.full((len(others), widest), -99, dtype=np.int16)
        self.lengths = np.zeros((len(others), widest), dtype=np.float32)
        for row, (other, shift) in enumerate(zip(others, shifts, strict=True)):
            size = min(len(other), LONGEST)
            self.pitches[row, :size] = other.pitches[:size] + shift
            self.lengths[row, :size] = _relative_lengths(other)
        self.own = asked.pitches[:LONGEST].astype(np.int16)
        self.own_lengths = _relative_lengths(asked)
        self.gaps = _gap(self.lengths)
        self.costs = np.cumsum(self.gaps, axis=1)

    def rows(self) -> Iterator[tuple[Floats, Floats]]:
        """Row by row the scores with the costs added, and what each pair of notes counts: (others, notes) each."""
        if not self.pitches.size:
            return
        pairs: dict[tuple[int, float], tuple[Floats, Floats]] = {}
        own_gaps = _gap(self.own_lengths)
        above = self.costs
        for pitch, length, gap in zip(self.own, self.own_lengths, own_gaps, strict=True):
            key = int(pitch), float(length)
            if key not in pairs:
                pair = self._pair(pitch, length)
                pairs[key] = pair, pair + self.gaps
            pair, raised = pairs[key]
            score = above - gap
            np.maximum(score[:, 1:], above[:, :-1] + raised[:, 1:], out=score[:, 1:])
            np.maximum(score[:, 0], raised[:, 0], out=score[:, 0])
            np.maximum(score, self.costs, out=score)
            np.maximum.accumulate(score, axis=1, out=score)
            yield score, pair
            above = score

    def _pair(self, pitch: np.int16, length: np.float32) -> Floats:
        """What a note of this pitch and length counts beside each note of the others."""
        apart = np.minimum(np.abs(self.pitches - pitch), len(_MATCH))
        counts = np.array((*_MATCH, _OTHER), dtype=np.float32)[apart]
        return np.asarray(counts - _LENGTH * np.minimum(np.abs(self.lengths - length), 2.0))


def _gap(lengths: Floats) -> Floats:
    """What it costs to leave notes of these relative lengths out."""
    return np.asarray(_GAP * np.clip(np.exp2(lengths), 0.3, 1.2), dtype=np.float32)


def likeness(score: float, one: int, other: int) -> float:
    """An alignment's score as a share of the shorter melody, careful with very short ones."""
    shorter = min(one, other, LONGEST)
    return float(np.clip(score / (shorter + 3.0) * (1 + 3.0 / 60), 0.0, 1.0)) if shorter else 0.0


def longest_run(asked: Melody, other: Melody) -> tuple[int, int]:
    """Notes of the longest stretch alike, and where it begins in `asked`; (0, 0) for none."""
    if len(asked) < 2 or len(other) < 2:
        return 0, 0
    own, theirs = _moves(asked), _moves(other)
    above = np.zeros(len(theirs) + 1, dtype=np.int32)
    best, end = 0, 0
    for index, move in enumerate(own):
        now = np.zeros_like(above)
        now[1:] = np.where(theirs == move, above[:-1] + 1, 0)
        longest = int(now.max())
        if longest > best:
            best, end = longest, index
        above = now
    return (best + 1, end - best + 1) if best else (0, 0)


def _moves(melody: Melody) -> Ints:
    """Every move as one whole number: its interval and the ratio of the two lengths."""
    ratio = np.rint(48 * np.log2(melody.lengths[1:] / melody.lengths[:-1])).astype(np.int64)
    return np.asarray(np.diff(melody.pitches) * 4096 + ratio, dtype=np.int64)
