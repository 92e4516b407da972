"""What a tune is like, as a vector of numbers computed from its melody: for style, not for the very notes.

`NAMES` says what each number is. Shares run from 0 to 1, by count of moves or by time; pitch classes are counted
from the tonic. `style_vector` is longer: it adds how often each pair of intervals and each pair of lengths comes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from abc_tools.theory import MODES, Meter
from library.melody import Melody

Floats = NDArray[np.float32]

_SIZES = (0, 1, 2, 3, 4, 5, 7)
_RATIOS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
NAMES: tuple[str, ...] = (
    *(f"moves of {size} semitones" for size in _SIZES), "wider moves", "moves up",
    *(f"time on class {n}" for n in range(12)),
    "notes a beat", *(f"notes of {ratio} beats" for ratio in _RATIOS), "other lengths",
    "short before long", "long before short", "equal neighbours",
    "range in octaves", "compound", "triple", "beats a bar", "minor third", "quarter notes a second",
    "ends on the tonic", "begins on the tonic", "chords", "words", "several voices",
)  # fmt: skip
"""What each number of `features` is."""
PAIRS = 225
CELLS = 49


def features(
    melody: Melody, meter: Meter | None, tonic: int, mode: str, bpm: float,
    *, chords: bool, words: bool, voices: int,
) -> Floats:  # fmt: skip
    """The numbers of NAMES; `tonic` is a pitch class, `bpm` quarter notes a minute. Zeros without notes."""
    if not len(melody):
        return np.zeros(len(NAMES), dtype=np.float32)
    moves = np.diff(melody.pitches)
    sizes = np.abs(moves) if len(moves) else np.zeros(1, dtype=np.int64)
    motion = [float(np.mean(sizes == size)) for size in _SIZES]
    wider = 1.0 - sum(motion)
    rising = float(np.mean(moves > 0)) if len(moves) else 0.0
    classes = np.bincount((melody.pitches - tonic) % 12, melody.lengths, 12) / melody.lengths.sum()
    beats = melody.lengths / melody.beat
    shares = [float(np.mean(np.isclose(beats, ratio, rtol=0.01))) for ratio in _RATIOS]
    time = float(beats.sum())
    turns = np.sign(np.diff(melody.lengths)) if len(moves) else np.zeros(1)
    total = sum(meter.beats) if meter else 4
    span = (int(melody.pitches.max()) - int(melody.pitches.min())) / 12
    numbers = [
        *motion, wider, rising, *classes, len(melody) / max(time, 1.0), *shares, 1.0 - sum(shares),
        float(np.mean(turns > 0)), float(np.mean(turns < 0)), float(np.mean(turns == 0)),
        span, float(meter is not None and meter.compound), float(total % 3 == 0), min(total, 12) / 4,
        float(MODES.get(mode, 0) <= -2), bpm / 60,
        float(melody.pitches[-1] % 12 == tonic), float(melody.pitches[0] % 12 == tonic),
        float(chords), float(words), float(voices > 1),
    ]  # fmt: skip
    return np.array(numbers, dtype=np.float32)


def style_vector(melody: Melody, numbers: Floats) -> Floats:
    """`features` with the shares of pairs of intervals (PAIRS) and of lengths (CELLS), as square roots."""
    return np.concatenate([numbers, interval_pairs(melody), length_pairs(melody)])


def interval_pairs(melody: Melody) -> Floats:
    """How often each pair of successive intervals comes: square roots of shares, intervals within a fifth."""
    moves = np.clip(np.diff(melody.pitches), -7, 7) + 7
    return _shares(moves, 15)


def length_pairs(melody: Melody) -> Floats:
    """How often each pair of successive lengths comes, lengths as powers of two of the beat, thirds kept apart."""
    logs = np.log2(np.maximum(melody.lengths / melody.beat, 1e-3))
    sizes = np.clip(np.rint(logs * 1.5) + 4, 0, 6).astype(np.int64)
    return _shares(sizes, 7)


def _shares(values: NDArray[np.int64], base: int) -> Floats:
    if len(values) < 2:
        return np.zeros(base * base, dtype=np.float32)
    counts = np.bincount(values[:-1] * base + values[1:], minlength=base * base)
    return np.sqrt(counts / (len(values) - 1)).astype(np.float32)
