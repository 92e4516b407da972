"""Melodies laid beside each other: how much of one is found in others, transposed or not, notes added or left out.

`best_shift` finds the transposition by vote of the stretches that two melodies share. `align` is the local
alignment of Smith and Waterman (1981) of one melody with many at once: an equal pitch counts 1, a
neighbouring one a little, a note more or less costs a part that grows with its length. `longest_run` is the longest
stretch of notes that two melodies have alike in intervals and in ratios of lengths.
"""

from __future__ import annotations

from collections.abc import Iterator

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


def best_shift(asked: Melody, other: Melody) -> int:
    """Semitones that `other` is moved by to lie on `asked` best: what shared stretches vote for.

    Without a shared stretch, the difference of the middle pitches.
    """
    codes, pitches = placed_shingles(asked.pitches[:LONGEST])
    theirs, their_pitches = placed_shingles(other.pitches[:LONGEST])
    order = np.argsort(theirs, kind="stable")
    theirs, their_pitches = theirs[order], their_pitches[order]
    left = np.searchsorted(theirs, codes, side="left")
    counts = np.searchsorted(theirs, codes, side="right") - left
    if not counts.sum():
        return int(np.median(asked.pitches) - np.median(other.pitches))
    mine = np.repeat(np.arange(len(codes)), counts)
    within = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts)
    shifts = pitches[mine] - their_pitches[left[mine] + within]
    weights = 1.0 / np.repeat(counts, counts)
    return int(np.argmax(np.bincount(shifts + 128, weights=weights)) - 128)


def _relative_lengths(melody: Melody) -> Floats:
    """Lengths as powers of two of the usual length of the melody."""
    logs = np.log2(melody.lengths[:LONGEST].astype(np.float32))
    return np.asarray(logs - np.float32(np.median(logs)), dtype=np.float32)


def align(asked: Melody, others: list[Melody], shifts: list[int]) -> Floats:
    """The score of the best local alignment with each, about the number of notes that agree."""
    best = np.zeros(len(others), dtype=np.float32)
    for row, _ in _rows(asked, others, shifts):
        np.maximum(best, row.max(axis=1), out=best)
    return best


def agreeing(asked: Melody, other: Melody, shift: int) -> tuple[int, int]:
    """Notes of equal pitch in the best local alignment, and the first note of `asked` in it; (0, 0) for none."""
    kept = [(row[0], steps[0]) for row, steps in _rows(asked, [other], [shift])]
    if not kept:
        return 0, 0
    table = np.stack([row for row, _ in kept])
    line, column = (int(n) for n in np.unravel_index(int(table.argmax()), table.shape))
    count, first = 0, line
    while line >= 0 and column >= 0 and table[line, column] > 1e-4:
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


def _rows(
    asked: Melody, others: list[Melody], shifts: list[int]
) -> Iterator[tuple[Floats, Floats]]:
    """Row by row the table of the alignment and what each pair of notes counts: (others, notes) each."""
    widest = max((min(len(o), LONGEST) for o in others), default=0)
    pitches = np.full((len(others), widest), -99, dtype=np.int16)
    lengths = np.zeros((len(others), widest), dtype=np.float32)
    for row, (other, shift) in enumerate(zip(others, shifts, strict=True)):
        size = min(len(other), LONGEST)
        pitches[row, :size] = other.pitches[:size] + shift
        lengths[row, :size] = _relative_lengths(other)
    if not widest:
        return
    # A gap along the row: the running maximum after the costs so far are added, then taken away.
    costs = np.cumsum(_gap(lengths), axis=1)
    own_lengths = _relative_lengths(asked)
    own_gaps = _gap(own_lengths)
    counts = np.full(256, _OTHER, dtype=np.float32)
    counts[: len(_MATCH)] = _MATCH
    above = np.zeros((len(others), widest), dtype=np.float32)
    for index in range(len(own_lengths)):
        apart = np.minimum(np.abs(pitches - np.int16(asked.pitches[index])), 255)
        pair = counts[apart] - _LENGTH * np.minimum(np.abs(lengths - own_lengths[index]), 2.0)
        score = pair.copy()
        score[:, 1:] += above[:, :-1]
        np.maximum(score, above - own_gaps[index], out=score)
        np.maximum(score, 0.0, out=score)
        score += costs
        np.maximum.accumulate(score, axis=1, out=score)
        score -= costs
        yield score, pair
        above = score


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
