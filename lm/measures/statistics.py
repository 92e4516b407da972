"""Features of a tune, and how far they lie outside what real tunes show.

A feature is a number computed from the notes of the first voice; `bands()` has its 5th and 95th percentile
over the training tunes of 8 to 32 bars (`python benchmarks/corpus_bands.py` makes the table). A tune's
`strangeness` is the sum of its distances outside the bands, in band widths; 0 is ordinary. What this does
not know: beauty. It keeps the odd ones out when there is a choice.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

from abc_tools.chords import parse_chord
from lm.piece import Bar, Event, Piece
from lm.spelling import UNIT

TABLE = Path(__file__).with_name("bands.json")
SHAPE = 3  # staff steps: a bar's contour is its moves, cut at a fourth


def features(piece: Piece) -> dict[str, float]:
    """The numbers of a tune; those about chords only where there are chord symbols."""
    events = list(piece.events())
    notes = [e.top for e in events if e.top]
    if len(notes) < 2:
        return {}
    steps = [p.diatonic for p in notes]
    moves = [b - a for a, b in pairwise(steps)]
    bars = [bar.voices[0] for bar in piece.bars]
    full = [
        bar for bar in bars if sum((e.duration for e in bar), Fraction(0)) == piece.full
    ] or bars
    rhythms = [tuple(e.duration for e in bar) for bar in full]
    found = {
        "leaps": sum(abs(m) > 4 for m in moves) / len(moves),
        "octaves": sum(abs(m) > 7 for m in moves) / len(moves),
        "still": sum(m == 0 for m in moves) / len(moves),
        "steps": sum(abs(m) == 1 for m in moves) / len(moves),
        "turns": sum(a * b < 0 for a, b in pairwise(moves)) / len(moves),
        "range": float(max(steps) - min(steps)),
        "last_move": float(abs(moves[-1])),
        "chromatic": sum(p.alter != piece.key.signature[p.step] for p in notes) / len(notes),
        "pitch_entropy": entropy(p.midi % 12 for p in notes),
        "rhythm_entropy": entropy(e.duration for e in events),
        "distinct_bars": len({tuple((e.top, e.duration) for e in b) for b in full}) / len(full),
        "distinct_rhythms": len(set(rhythms)) / len(full),
        "phrase_echo": echo(full, 4),
        "section_echo": echo(full, 8),
        "rests": sum(not e.pitches for e in events) / len(events),
        "density": len(notes) / float(sum((b.duration for b in piece.bars), Fraction(0)) / UNIT),
    }
    if piece.has_chords:
        found["chord_fit"] = chord_fit(piece.bars)
        found["chords"] = sum(e.chord is not None for e in events) / len(bars)
    return found


def entropy(values: Iterable[Hashable]) -> float:
    """Entropy in bits of a list of values."""
    counts = Counter(values)
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values())


def echo(bars: Sequence[Sequence[Event]], lag: int) -> float:
    """Share of bars whose contour and rhythm are those of the bar `lag` bars before; 0 for short tunes."""
    shapes = [contour(bar) for bar in bars]
    pairs = list(zip(shapes, shapes[lag:], strict=False))
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0


def contour(bar: Sequence[Event]) -> tuple[tuple[int, ...], tuple[Fraction, ...]]:
    """The moves of a bar in staff steps (wide ones alike) and its rhythm: the same on every degree."""
    steps = [e.top.diatonic for e in bar if e.top]
    moves = tuple(max(-SHAPE, min(SHAPE, b - a)) for a, b in pairwise(steps))
    return moves, tuple(e.duration for e in bar)


def chord_fit(bars: Iterable[Bar]) -> float:
    """Share of sounding time in which the melody is a note of the chord over it; 1 without chords."""
    inside = total = Fraction(0)
    sounding: frozenset[int] = frozenset()
    for bar in bars:
        for event in bar.voices[0]:
            chord = parse_chord(event.chord) if event.chord else None
            sounding = chord.pitch_classes if chord else sounding
            if event.top and sounding:
                total += event.duration
                inside += event.duration if event.top.midi % 12 in sounding else 0
    return float(inside / total) if total else 1.0


@cache
def bands() -> Mapping[str, tuple[float, float]]:
    """Feature → (5th, 95th percentile) over the training tunes."""
    table = json.loads(TABLE.read_text(encoding="utf-8"))["bands"]
    return {name: (low, high) for name, (low, high) in table.items()}


def strangeness(piece: Piece) -> float:
    """How far the tune lies outside the bands, summed over the features; 0 is ordinary."""
    total = 0.0
    for name, value in features(piece).items():
        low, high = bands()[name]
        width = max(high - low, 0.02)
        total += max(0.0, (low - value) / width, (value - high) / width)
    return total


def share_inside(piece: Piece) -> float:
    """Share of the tune's features inside their band."""
    found = features(piece)
    inside = sum(bands()[n][0] - 1e-9 <= v <= bands()[n][1] + 1e-9 for n, v in found.items())
    return inside / len(found) if found else 0.0
