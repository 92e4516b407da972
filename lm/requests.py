"""What the model is asked: free words, a blank line, then one normalised line a property.

    A lively jig in G, please, 16 bars.

    rhythm: jig
    key: G major
    meter: 6/8
    bars: 16
    sections: |:A8:| |:B8:|

Either part may be missing, and any subset of the properties may be given, in the order of
`PROPERTIES`. A fill request adds a line `fill: 5-8` and, after another blank line, the tune with
each wanted measure replaced by `[...]`; the answer is those measures alone, joined by `|`. The chat
template belongs to the tokenizer.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from lm.piece import EIGHTH, Piece
from lm.spelling import note_name

PROPERTIES = (
    "title", "rhythm", "key", "meter", "tempo", "bars", "sections", "pickup", "chords", "range",
    "notes", "mood", "fill",
)  # fmt: skip
GAP = "[...]"


def write_spec(properties: Mapping[str, object]) -> str:
    """The lines of the given properties in the fixed order; an unknown name is a `ValueError`."""
    unknown = set(properties) - set(PROPERTIES)
    if unknown:
        raise ValueError(f"unknown properties: {', '.join(sorted(unknown))}")
    return "\n".join(f"{name}: {properties[name]}" for name in PROPERTIES if name in properties)


def read_request(text: str) -> tuple[str, dict[str, str]]:
    """Words and properties of a request: lines `name: value` with a known name are properties."""
    words, properties = [], {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip() in PROPERTIES:
            properties[name.strip()] = value.strip()
        else:
            words.append(line)
    return "\n".join(words).strip(), properties


def compose_messages(words: str, properties: Mapping[str, object]) -> list[dict[str, str]]:
    """The messages that ask for a new tune."""
    parts = [words.strip(), write_spec(properties)]
    return [{"role": "user", "content": "\n\n".join(p for p in parts if p)}]


def fill_messages(words: str, properties: Mapping[str, object], tune: str) -> list[dict[str, str]]:
    """The messages that ask for the measures written `[...]` in the canonical text `tune`."""
    if GAP not in tune:
        raise ValueError("the tune has no measure written [...]")
    parts = [words.strip(), write_spec(properties), tune.strip()]
    return [{"role": "user", "content": "\n\n".join(p for p in parts if p)}]


def write_sections(piece: Piece) -> str:
    """The form as the spec writes it: `|:A8:| B8`."""
    return " ".join(
        f"|:{s.label}{len(s.bars)}:|" if s.repeat else f"{s.label}{len(s.bars)}"
        for s in piece.sections
    )


def describe(piece: Piece, tempo: int) -> dict[str, str]:
    """All properties of a tune, computed from its notes."""
    events = list(piece.events())
    low, high = piece.steps
    pickup = sum((e.duration for e in piece.sections[0].pickup), Fraction(0))
    lengths = sorted({e.duration for e in events if not e.tuplet})
    properties = {"title": piece.title}
    if piece.rhythm:
        properties["rhythm"] = piece.rhythm
    properties |= {
        "key": piece.key.words,
        "meter": piece.meter,
        "tempo": str(tempo),
        "bars": str(piece.n_bars),
        "sections": write_sections(piece),
        "pickup": str(pickup) if pickup else "none",
        "chords": "yes" if piece.has_chords else "no",
        "range": f"{note_name(low)} {note_name(high)}",
        "notes": " ".join(str(d) for d in lengths),
        "mood": ", ".join(moods(piece, tempo)),
    }
    return properties


def pace(piece: Piece, tempo: int) -> str:
    """`fast`, `slow` or `medium`, from the tempo and the usual one of the meter."""
    compound = piece.meter in ("6/8", "9/8", "12/8")
    low, high = (85, 115) if compound else (84, 120)
    return "slow" if tempo < low else "fast" if tempo > high else "medium"


def moods(piece: Piece, tempo: int) -> list[str]:
    """Words for the tempo, the mode, the leaps and the note density, all computed."""
    words = []
    speed = pace(piece, tempo)
    if speed != "medium":
        words.append("lively" if speed == "fast" else "calm")
    words.append("bright" if piece.key.mode in ("major", "mixolydian", "lydian") else "dark")
    steps = [e.pitch[0] for e in piece.events() if e.pitch]
    leaps = sum(abs(a - b) > 2 for a, b in pairwise(steps)) / max(1, len(steps) - 1)
    words.append("leaping" if leaps > 0.3 else "stepwise" if leaps < 0.15 else "balanced")
    per_eighth = len(steps) / max(1.0, float(piece.n_bars * piece.bar / EIGHTH))
    words.append("busy" if per_eighth > 0.85 else "spacious" if per_eighth < 0.5 else "flowing")
    return words
