"""Numbers that tell a style, and the dances and songs that a tune is closest to.

`features` gives a vector with names; `FEATURES` says what each number is. `closest_styles` is a set of
rules: a style's meter must fit, then rhythm cells, lengths, form, words and chords speak for or against it.
The rules follow how the dances are described in dance-music handbooks: a jig runs in eighth notes
in 6/8, a slip jig in 9/8, a reel in even eighths, a hornpipe in dotted or swung ones with
firm closing beats, a strathspey has Scotch snaps, a waltz is in 3/4, a polka is short-breathed in 2/4.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material
from abc_tools.analyse.rhythm import beat_cells, syncopations

FEATURES: dict[str, str] = {
    "notes_per_beat": "melody notes in a beat, on average",
    "running": "share of beats filled by the fastest usual equal notes (four, or three in compound time)",
    "pairs": "share of beats filled by two equal notes",
    "quick": "share of beats that are running or pairs",
    "dotted": "share of beats that are dotted, long before short",
    "snaps": "share of beats with a Scotch snap, short before long",
    "skipping": "share of beats that are long–short in compound time",
    "plain": "share of beats that are one note of the beat's length",
    "triplets": "share of notes in triplets",
    "syncopated": "share of notes that are syncopated",
    "steps": "share of moves by a step or repeated note",
    "leaps": "share of moves wider than a fourth",
    "range": "semitones between the lowest and the highest note",
    "chords_per_bar": "written chord symbols a bar",
    "words": "share of notes that carry a syllable",
    "voices": "number of voices",
    "repeated_notes": "share of moves that repeat a note",
    "long_ends": "share of sections that end with a note of a beat or more",
    "three_ends": "share of sections whose last bar begins with equal beats, as hornpipes and marches close",
    "repeats": "share of sections that are repeated",
    "bars": "number of bars",
    "pickup": "length of the pickup, in beats",
}
"""Feature → what the number is."""


def features(material: Material) -> dict[str, float]:
    """The feature vector of a tune, by the names of FEATURES; {} without notes."""
    notes = material.notes
    if not notes:
        return {}
    cells = beat_cells(material)
    beats = sum(len(b) for b in cells.values()) or 1
    share = {cell: len(bars) / beats for cell, bars in cells.items()}
    meter = material.tune.meter
    beat = Fraction(1, 4) if meter is None or not meter.compound else meter.beat
    moves = [b.midi - a.midi for a, b in itertools.pairwise(notes)] or [0]
    total = sum((n.duration for n in notes), Fraction(0))
    bars = max(material.tune.bar_count, 1)
    parts = material.sections
    long_, three = _ends(material, beat)
    first = material.tune.measures[0]
    running = share.get((Fraction(1, 4),) * 4, 0.0) + share.get((Fraction(1, 3),) * 3, 0.0)
    pairs = share.get((Fraction(1, 2),) * 2, 0.0)
    values = {
        "notes_per_beat": float(len(notes) * beat / total) if total else 0.0,
        "running": running,
        "pairs": pairs, "quick": running + pairs,
        "dotted": share.get((Fraction(3, 4), Fraction(1, 4)), 0.0),
        "snaps": share.get((Fraction(1, 4), Fraction(3, 4)), 0.0),
        "skipping": share.get((Fraction(2, 3), Fraction(1, 3)), 0.0),
        "plain": share.get((Fraction(1),), 0.0),
        "triplets": sum(n.event.duration.denominator % 3 == 0 for n in notes) / len(notes),
        "syncopated": len(syncopations(material)) / len(notes),
        "steps": sum(abs(m) <= 2 for m in moves) / len(moves),
        "leaps": sum(abs(m) > 5 for m in moves) / len(moves),
        "range": float(max(n.midi for n in notes) - min(n.midi for n in notes)),
        "chords_per_bar": len(material.chords) / bars,
        "words": sum(any(n.event.syllables) for n in notes) / len(notes),
        "voices": float(len(material.tune.voices)),
        "repeated_notes": sum(m == 0 for m in moves) / len(moves),
        "long_ends": long_, "three_ends": three,
        "repeats": sum(p.repeated for p in parts) / max(len(parts), 1),
        "bars": float(bars),
        "pickup": float(first.duration / beat) if first.number == 0 else 0.0,
    }  # fmt: skip
    return {name: round(values[name], 4) for name in FEATURES}


def _ends(material: Material, beat: Fraction) -> tuple[float, float]:
    """Shares of sections that end on a long note, and whose last bar starts with two equal beats."""
    ends = three = 0
    for part in material.sections:
        inside = [n for n in material.notes if part.start <= n.index < part.stop]
        if not inside:
            continue
        ends += inside[-1].duration >= beat
        last = [n.duration for n in inside if n.index == inside[-1].index]
        three += len(last) >= 2 and last[0] == last[1] == beat
    count = max(len(material.sections), 1)
    return ends / count, three / count


@dataclass(frozen=True)
class StyleGuess:
    """A style by rule, its share of the scores, and why."""

    style: str
    share: float
    reasons: tuple[str, ...]


_BASE: dict[str, dict[str, float]] = {
    # how usual a dance is in a meter; meters by their written fraction
    "6/8": {"jig": 3.0, "march": 0.8, "song": 0.9},
    "9/8": {"slip jig": 3.0, "song": 0.6}, "12/8": {"slide": 2.5, "jig": 1.0, "song": 0.6},
    "4/4": {"reel": 2.0, "hornpipe": 1.4, "march": 0.6, "strathspey": 0.3, "song": 1.3, "hymn": 0.6},
    "2/2": {"reel": 2.0, "hornpipe": 1.4, "march": 0.6, "song": 1.2, "hymn": 0.6},
    "2/4": {"reel": 1.0, "polka": 1.0, "march": 0.9, "song": 1.0, "hornpipe": 0.7},
    "3/4": {"waltz": 1.6, "song": 1.3, "hymn": 0.6, "mazurka": 0.4, "minuet": 0.8},
    "3/8": {"waltz": 0.8, "minuet": 0.8, "jig": 0.8, "song": 0.6},
    "3/2": {"hornpipe": 1.5, "hymn": 1.0, "song": 0.8}, "6/4": {"jig": 1.2, "song": 1.0},
    "4/2": {"hymn": 1.5, "song": 0.8},
}  # fmt: skip


_RULES: tuple[tuple[str, str, float, float, str], ...] = (
    # style, feature, from which value on (negative: up to), points, reason
    ("jig", "running", 0.3, 1.2, "running threes"), ("jig", "skipping", 0.3, 0.8, "skipping beats"),
    ("reel", "quick", 0.6, 1.6, "running notes"), ("reel", "dotted", -0.08, 0.4, "even notes"),
    ("reel", "three_ends", -0.4, 0.3, ""), ("reel", "long_ends", -0.6, 0.3, ""),
    ("hornpipe", "dotted", 0.2, 1.5, "dotted notes"), ("hornpipe", "triplets", 0.04, 0.9, "triplets"),
    ("hornpipe", "three_ends", 0.4, 2.3, "firm closing beats"),
    ("hornpipe", "quick", 0.5, 0.5, "running notes"),
    ("strathspey", "snaps", 0.06, 4.0, "Scotch snaps"),
    ("march", "plain", 0.3, 0.7, "plain beats"), ("march", "dotted", 0.12, 0.7, "dotted notes"),
    ("march", "skipping", 0.35, 0.3, "skipping beats"),
    ("polka", "running", -0.4, 0.7, "few running notes"),
    ("polka", "notes_per_beat", 1.5, 0.7, "two or three notes a beat"),
    ("waltz", "plain", 0.25, 0.6, "plain beats"), ("waltz", "chords_per_bar", 0.3, 0.7, "chords"),
    ("waltz", "words", -0.05, 0.4, ""),
    ("minuet", "running", 0.08, 0.6, "running notes"), ("minuet", "triplets", 0.03, 0.4, "triplets"),
    ("mazurka", "dotted", 0.2, 1.2, "dotted notes"),
    ("hymn", "plain", 0.5, 1.6, "plain beats"), ("hymn", "voices", 3.0, 1.0, "several voices"),
    ("hymn", "chords_per_bar", 1.5, 1.0, "many chords"), ("hymn", "words", 0.5, 1.6, "words"),
    ("hymn", "repeats", -0.01, 0.8, "no repeats"), ("hymn", "bars", -24.0, 0.5, ""),
    ("hymn", "words", -0.05, -1.5, ""),
    ("song", "words", 0.3, 2.5, "words"), ("song", "repeats", -0.01, 1.0, "no repeats"),
    ("song", "quick", -0.45, 0.9, "few running notes"), ("slip jig", "running", 0.2, 0.5, "running threes"),
    ("slide", "skipping", 0.2, 0.6, "skipping beats"),
)  # fmt: skip
STYLE_NAMES = tuple(dict.fromkeys(name for base in _BASE.values() for name in base))
_METERS = {"C": "4/4", "C|": "2/2"}


def closest_styles(material: Material) -> list[StyleGuess]:
    """The styles that a tune is closest to by rule, best first; [] in other meters than the table's.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:6/8\\nL:1/8\\nK:D\\n|:AFA dAF|GBd cBA|AFA dfe|dAF D3:|\\n")
    >>> closest_styles(Material(tune))[0].style
    'jig'
    """
    meter = material.tune.meter
    numbers = features(material)
    if meter is None or not numbers:
        return []
    base = _BASE.get(_METERS.get(meter.text, meter.text))
    if base is None:
        return []
    scores = dict(base)
    reasons = {style: ["meter"] for style in base}
    for style, feature, limit, points, reason in _RULES:
        value = numbers[feature]
        met = value <= -limit if limit < 0 else value >= limit
        if style in scores and met:
            scores[style] += points
            if reason:
                reasons[style].append(reason)
    total = sum(math.exp(s) for s in scores.values())
    return [StyleGuess(style, math.exp(score) / total, tuple(reasons[style]))
            for style, score in sorted(scores.items(), key=lambda item: -item[1])]  # fmt: skip


def style_facts(material: Material) -> Iterator[Fact]:
    """The closest style with its reasons and the next one; the features as a fact of their own."""
    guesses = closest_styles(material)
    bars = in_order(n.bar for n in material.notes)
    if guesses:
        best = guesses[0]
        meter = material.tune.meter
        value = {
            "style": best.style, "reasons": list(best.reasons), 
            "meter": _METERS.get(meter.text, meter.text) if meter else "",
            "percent": round(100 * best.share),
            "next": guesses[1].style if len(guesses) > 1 else "",
        }  # fmt: skip
        yield Fact("style", value, bars, round(best.share, 2))
    numbers = features(material)
    if numbers:
        yield Fact("features", numbers, bars)
