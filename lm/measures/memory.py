"""What a tune quotes: runs of intervals and durations that it shares with the training tunes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from lm.piece import Piece

Step = tuple[int, str]
LONG = 16
"""Notes in a row that are no coincidence: two bars of a reel."""


def melody(piece: Piece) -> list[Step]:
    """(interval in semitones, duration) of successive notes: the same in every key."""
    notes = [(e.top.midi, e.duration) for e in piece.events() if e.top]
    return [(b[0] - a[0], str(b[1])) for a, b in pairwise(notes)]


class Memory:
    """Every run of `size` steps of some pieces."""

    def __init__(self, pieces: Iterable[Piece], size: int = LONG) -> None:
        self.size = size
        self.runs: set[int] = set()
        for piece in pieces:
            line = melody(piece)
            self.runs.update(hash(tuple(line[i : i + size])) for i in range(len(line) - size + 1))

    def longest(self, piece: Piece) -> int:
        """The longest run of steps that is also in one of the pieces; runs under `size` count 0.

        Runs longer than `size` are followed by overlap, which can only overstate them.
        """
        line = melody(piece)
        best = run = 0
        for i in range(len(line) - self.size + 1):
            run = run + 1 if hash(tuple(line[i : i + self.size])) in self.runs else 0
            best = max(best, run + self.size - 1 if run else 0)
        return best


def distinct(pieces: Sequence[Piece]) -> int:
    """How many different melodies there are, whatever their key."""
    return len({tuple(melody(piece)) for piece in pieces})


def self_similarity(pieces: Sequence[Piece], size: int = 5) -> float:
    """Mean share of a tune's runs of `size` steps that another tune of the list has, too: 0 means that
    the tunes have nothing in common.
    """
    grams = [{tuple(line[i : i + size]) for i in range(len(line) - size + 1)}
             for line in map(melody, pieces)]  # fmt: skip
    count: dict[tuple[Step, ...], int] = {}
    for own in grams:
        for gram in own:
            count[gram] = count.get(gram, 0) + 1
    found = [sum(count[g] > 1 for g in own) / len(own) for own in grams if own]
    return sum(found) / len(found) if found else 0.0
