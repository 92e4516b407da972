"""What the model is asked: free words, a blank line, then one normalised line a property.

    A lively jig in G, please, 16 bars.

    rhythm: jig
    key: G major
    meter: 6/8
    bars: 16
    sections: |:A8:| |:B8:|

Either part may be missing, and any subset of the properties may be given, in the order of
`PROPERTIES`. A fill request adds a line `fill: 5-8` and, after another blank line, the tune with
each wanted measure replaced by `[...]`; the answer is those measures alone, joined by `|`. Other tasks
(`lm.tasks`) say their name in a line `task:` and show the tune, or the words, in the same place. The
chat template belongs to the tokenizer.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from abc_tools.theory import Pitch, abc_letter
from lm.piece import Piece
from lm.spelling import GAP, UNIT, meter_text

PROPERTIES = (
    "task", "title", "rhythm", "key", "meter", "tempo", "bars", "sections", "pickup", "chords",
    "voices", "words", "progression", "chromatic", "range", "notes", "mood", "fill",
)  # fmt: skip
BRIGHT = ("major", "mixolydian", "lydian")


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
    return task_messages(words, properties, "")


def task_messages(words: str, properties: Mapping[str, object], tune: str) -> list[dict[str, str]]:
    """The messages that ask something about the canonical text `tune` (or about other text below the
    properties).
    """
    parts = [words.strip(), write_spec(properties), tune.strip()]
    return [{"role": "user", "content": "\n\n".join(p for p in parts if p)}]


def fill_messages(words: str, properties: Mapping[str, object], tune: str) -> list[dict[str, str]]:
    """The messages that ask for the measures written `[...]` in the canonical text `tune`."""
    if GAP not in tune:
        raise ValueError("the tune has no measure written [...]")
    return task_messages(words, properties, tune)


def write_sections(piece: Piece) -> str:
    """The form as the spec writes it: `|:A8:| B8`; `|:A8/1:|` where the last bar has two endings."""
    return " ".join(
        section_word(s.label, s.size(piece.full), s.endings, s.repeat) for s in piece.sections
    )


def section_word(label: str, bars: int, endings: int, repeat: bool) -> str:
    """One section of a form: `A8`, `|:A8:|`, `|:A8/1:|`."""
    size = f"{label}{bars}" + (f"/{endings}" if endings else "")
    return f"|:{size}:|" if repeat else size


def note_name(step: int) -> str:
    """The ABC name of a staff step (`Pitch.diatonic`): 28 is `C`, 35 is `c`, 21 is `C,`."""
    return abc_letter(Pitch("CDEFGAB"[step % 7], 0, step // 7))


def describe(piece: Piece, tempo: int) -> dict[str, str]:
    """All properties of a tune, computed from its notes."""
    low, high = piece.steps
    pickup = piece.sections[0].pickup(piece.full)
    lengths = sorted(
        {e.duration for e in piece.events() if e.duration.denominator in (1, 2, 4, 8, 16)}
    )
    found = {
        "title": piece.title,
        "rhythm": piece.rhythm or "",
        "key": piece.key.name,
        "meter": meter_text(piece.meter),
        "tempo": str(tempo),
        "bars": str(piece.n_bars),
        "sections": write_sections(piece),
        "pickup": str(pickup) if pickup else "none",
        "chords": "yes" if piece.has_chords else "no",
        "voices": str(len(piece.clefs)) if len(piece.clefs) > 1 else "",
        "words": (piece.language or "yes") if piece.has_words else "",
        "chromatic": "some" if chromatic_share(piece) else "no",
        "range": f"{note_name(low)} {note_name(high)}",
        "notes": " ".join(str(d) for d in lengths),
        "mood": ", ".join(moods(piece, tempo)),
    }
    return {name: value for name, value in found.items() if value}


def chromatic_share(piece: Piece) -> float:
    """Share of the first voice's notes that are not of the key's signature."""
    notes = [p for e in piece.events() for p in e.pitches]
    return sum(p.alter != piece.key.signature[p.step] for p in notes) / max(1, len(notes))


def pace(piece: Piece, tempo: int) -> str:
    """`fast`, `slow` or `medium`, from the tempo and the usual one of the meter."""
    low, high = (85, 115) if piece.meter.compound else (84, 120)
    return "slow" if tempo < low else "fast" if tempo > high else "medium"


def moods(piece: Piece, tempo: int) -> list[str]:
    """Words for the tempo, the mode, the leaps and the note density, all computed."""
    words = []
    speed = pace(piece, tempo)
    if speed != "medium":
        words.append("lively" if speed == "fast" else "calm")
    words.append("bright" if piece.key.mode in BRIGHT else "dark")
    steps = [e.top.diatonic for e in piece.events() if e.top]
    leaps = sum(abs(a - b) > 2 for a, b in pairwise(steps)) / max(1, len(steps) - 1)
    words.append("leaping" if leaps > 0.3 else "stepwise" if leaps < 0.15 else "balanced")
    per_eighth = len(steps) / max(1.0, float(piece.n_bars * piece.full / UNIT))
    words.append("busy" if per_eighth > 0.85 else "spacious" if per_eighth < 0.5 else "flowing")
    return words
