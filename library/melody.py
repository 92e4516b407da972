"""A melody as numbers, and what of it is the same in every key, notation and ornament.

`Melody` has the notes of the top line with ties joined: pitches (MIDI), lengths and starts in ticks of
1/768 of a whole note. `shingles` are short stretches turned into whole numbers, from three views of the
melody: the intervals from note to note with the ratio of lengths, the intervals between the notes that
sound on beats, and the same on half beats (thirds in compound time). The first tells tunes apart, the other
two survive ornaments and notation in other note values. All of it is the same after transposition.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from abc_tools.analyse.line import Material

TICKS = 768
"""Ticks of a whole note: thirds of 1/256 come out even."""
_WIDEST = 15
_KINDS = 3
_HEAD = struct.Struct("<HIH")
_MOST_TICKS = 65535

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Melody:
    """Pitches, lengths and starts of the notes; `beat` and `pickup` in ticks; `thirds` in compound time."""

    pitches: Ints
    lengths: Ints
    starts: Ints
    beat: int
    pickup: int
    thirds: bool

    def __len__(self) -> int:
        return len(self.pitches)


def melody_of(material: Material) -> Melody:
    """The melody of a tune; empty without notes."""
    notes = material.notes
    meter = material.tune.meter
    beat = Fraction(1, 4) if meter is None else meter.beat
    measures = material.tune.measures
    short = bool(measures) and not measures[0].full
    pickup = measures[0].duration if short else Fraction(0)
    return Melody(
        np.array([n.midi for n in notes], dtype=np.int64),
        np.array([_ticks(n.duration) for n in notes], dtype=np.int64),
        np.array([int(n.position * TICKS) for n in notes], dtype=np.int64),
        _ticks(beat), int(pickup * TICKS) if pickup < 4 else 0,
        meter is not None and meter.compound,
    )  # fmt: skip


def _ticks(length: Fraction) -> int:
    return max(1, min(int(length * TICKS), _MOST_TICKS))


def pack(melody: Melody) -> bytes:
    """The melody in bytes, to be kept; `unpack` makes it again."""
    head = _HEAD.pack(melody.beat * 2 + melody.thirds if melody.beat < 32768 else 384,
                      len(melody), melody.pickup)  # fmt: skip
    return (head + melody.pitches.astype("<u1").tobytes() + melody.lengths.astype("<u2").tobytes()
            + melody.starts.astype("<u4").tobytes())  # fmt: skip


def unpack(data: bytes) -> Melody:
    """The melody that `pack` put into bytes."""
    beat, count, pickup = _HEAD.unpack_from(data)
    at = _HEAD.size
    pitches = np.frombuffer(data, "<u1", count, at).astype(np.int64)
    lengths = np.frombuffer(data, "<u2", count, at + count).astype(np.int64)
    starts = np.frombuffer(data, "<u4", count, at + 3 * count).astype(np.int64)
    return Melody(pitches, lengths, starts, beat // 2, pickup, bool(beat % 2))


def sampled(melody: Melody, step: int) -> Ints:
    """The pitch that sounds at every `step` ticks from the first barline, the pickup left out."""
    if not len(melody) or step < 1:
        return np.zeros(0, dtype=np.int64)
    end = int(melody.starts[-1] + melody.lengths[-1])
    grid = np.arange(melody.pickup, end, step)
    at = np.searchsorted(melody.starts, grid, side="right") - 1
    return melody.pitches[at[at >= 0]]


def _codes(pitches: Ints, length: int) -> Ints:
    """Whole numbers of all stretches of `length` intervals."""
    moves = np.clip(np.diff(pitches), -_WIDEST, _WIDEST) + _WIDEST
    if len(moves) < length:
        return np.zeros(0, dtype=np.int64)
    count = len(moves) - length + 1
    code = np.zeros(count, dtype=np.int64)
    for offset in range(length):
        code = code * (2 * _WIDEST + 1) + moves[offset : offset + count]
    return code


def note_shingles(melody: Melody) -> Ints:
    """Stretches of five notes: four intervals and whether each note is shorter, as long or longer."""
    codes = _codes(melody.pitches, 4)
    if not len(codes):
        return codes
    ratio = np.sign(np.diff(melody.lengths)) + 1
    for offset in range(4):
        codes = codes * 3 + ratio[offset : offset + len(codes)]
    return codes * _KINDS


def shingles(melody: Melody) -> Ints:
    """All stretches of the three views, each once, as sorted whole numbers."""
    half = melody.beat // (3 if melody.thirds else 2)
    views = [note_shingles(melody), _codes(melody.pitches, 5) * _KINDS + 1,
             _codes(sampled(melody, melody.beat), 5) * _KINDS + 2,
             _codes(sampled(melody, half), 5) * _KINDS + 2]  # fmt: skip
    return np.unique(np.concatenate(views))


def placed_shingles(pitches: Ints) -> tuple[Ints, Ints]:
    """Stretches of three intervals without lengths, and the pitch that each begins on."""
    codes = _codes(pitches, 3)
    return codes, pitches[: len(codes)]
