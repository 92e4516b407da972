"""Which of several tunes is most like a tune: how far its numbers lie outside what real tunes show.

Each feature is a number computed from the notes; `BANDS` holds its 5th and 95th percentile over the
training tunes of 8 to 32 bars. A tune's `strangeness` is the sum of its distances outside the
bands, in band widths; 0 is ordinary. What this does not know: beauty. It keeps the odd ones out
when there is a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from lm.corpus import read_piece
from lm.piece import LETTERS, SEMITONES, Event, Piece, Unreadable

CHORD_TONES = {"": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "dim": (0, 3, 6, 9)}
BANDS: dict[str, tuple[float, float]] = {
    "leaps": (0.0, 0.129),
    "octaves": (0.0, 0.016),
    "still": (0.007, 0.271),
    "step": (0.280, 0.716),
    "range": (7.0, 14.0),
    "bars": (0.5, 1.0),
    "rhythms": (0.167, 0.75),
    "rests": (0.0, 0.04),
    "density": (0.435, 1.75),
    "last_move": (0.0, 4.0),
    "turns": (0.216, 0.567),
    "chord_fit": (0.694, 0.954),
    "chords": (1.0, 2.5),
}


def features(piece: Piece) -> dict[str, float]:
    """The numbers of a tune; chord fit only where there are chord symbols."""
    events = list(piece.events())
    steps = [e.pitch[0] for e in events if e.pitch]
    moves = [b - a for a, b in pairwise(steps)] or [0]
    bars = [bar for s in piece.sections for bar in s.bars]
    shapes = {tuple((e.pitch, e.duration) for e in bar) for bar in bars}
    rhythms = {tuple(e.duration for e in bar) for bar in bars}
    found = {
        "leaps": sum(abs(m) > 4 for m in moves) / len(moves),
        "octaves": sum(abs(m) > 7 for m in moves) / len(moves),
        "still": sum(m == 0 for m in moves) / len(moves),
        "step": sum(abs(m) == 1 for m in moves) / len(moves),
        "range": float(max(steps) - min(steps)) if steps else 0.0,
        "bars": len(shapes) / len(bars),
        "rhythms": len(rhythms) / len(bars),
        "rests": sum(e.pitch is None for e in events) / len(events),
        "density": len(steps) / float(len(bars) * piece.bar * 8),
        "last_move": float(abs(moves[-1])),
        "turns": sum(a * b < 0 for a, b in pairwise(moves)) / len(moves),
    }
    if piece.has_chords:
        found["chord_fit"] = chord_fit(bars)
        found["chords"] = sum(e.chord is not None for e in events) / len(bars)
    return found


def chord_fit(bars: Sequence[Sequence[Event]]) -> float:
    """Share of sounding time in which the melody is a note of the chord over it."""
    inside = total = Fraction(0)
    sounding: str | None = None
    for bar in bars:
        for event in bar:
            sounding = event.chord or sounding
            if not event.pitch or not sounding:
                continue
            total += event.duration
            if _pitch_class(event.pitch) in _tones(sounding):
                inside += event.duration
    return float(inside / total) if total else 1.0


def _pitch_class(pitch: tuple[int, int]) -> int:
    return (SEMITONES[pitch[0] % 7] + pitch[1]) % 12


def _tones(chord: str) -> set[int]:
    head = chord.partition("/")[0]
    alter = {"#": 1, "b": -1}.get(head[1:2], 0)
    root = SEMITONES[LETTERS.index(head[0])] + alter
    quality = head[1 + abs(alter) :]
    tones = CHORD_TONES.get(quality, CHORD_TONES["m" if quality.startswith("m") else ""])
    return {(root + tone) % 12 for tone in tones}


def strangeness(piece: Piece) -> float:
    """How far the tune lies outside the bands, summed over the features; 0 is ordinary."""
    total = 0.0
    for name, value in features(piece).items():
        low, high = BANDS[name]
        width = max(high - low, 1e-6)
        total += max(0.0, (low - value) / width, (value - high) / width)
    return total


def order(abcs: Sequence[str]) -> list[int]:
    """Indices of the tunes, the most ordinary first; what cannot be read comes last."""
    return sorted(range(len(abcs)), key=lambda i: (strangeness_of(abcs[i]), i))


def strangeness_of(abc: str) -> float:
    """`strangeness` of a tune's text; infinite for what the model's view cannot hold."""
    try:
        return strangeness(read_piece(abc))
    except Unreadable:
        return float("inf")
