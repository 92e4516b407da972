"""The key of a new tune, and rows of chords in it.

A key is the one asked for, the one that chords or notes are in, or one that people play in. What it does not know: the
pitches that a tune may have (`notes`).
"""

from __future__ import annotations

import random
import re
from itertools import pairwise

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.theory import STEP_SEMITONES, Key, parse_key
from chat.act.scales import chord_named
from chat.check import class_of

TONICS = {
    "major": "GDCAF", "minor": "EADG", "dorian": "DEA", "mixolydian": "GDA", "phrygian": "EA",
    "lydian": "FCG", "locrian": "B",
}  # fmt: skip


EASY = {"major": "CGFD", "minor": "ADE"}
"""Tonics of keys with few signs, for beginners and children."""
OPEN = {"major": "GD", "minor": "EA"}
"""Tonics of keys whose chords a beginner on a guitar can play."""
_LOWEST = re.compile(r"([A-G][#b]?)\d [A-G]")
"""The lowest note of a range that has both ends: beginners who know a few notes start on their tonic."""


def key_of(values: dict[str, str], rng: random.Random) -> Key:
    """The key asked for, the one that a row of chords is in, or one that people play in."""
    key = parse_key(values["key"]) if "key" in values else None
    if key is None and "progression" in values:
        key = key_of_chords(values["progression"].split(), values.get("mode"))
    if key is None and values.get("chords", "")[:1] in "ABCDEFG" and values.get("chords"):
        key = key_of_chords(values["chords"].split(), values.get("mode"))
    if key is None and "pitches" in values:
        key = _key_of_notes(values["pitches"].split(), values.get("mode"))
    if key is None and (low := _LOWEST.match(values.get("range", ""))):
        key = parse_key(f"{low[1]} {values.get('mode', 'major')}")
        key = key if key is not None and abs(key.sharps) <= 4 else None
    if key is None:
        easy = values.get("difficulty") == "beginner" or values.get("chords") == "easy"
        easy = easy or values.get("rhythm") == "nursery rhyme"
        mode = values.get("mode") or rng.choices(("major", "minor"), (1, 0) if easy else (3, 1))[0]
        usual = EASY.get(mode, TONICS[mode]) if easy else TONICS[mode]
        if values.get("chords") == "easy":
            usual = OPEN.get(mode, usual)
        tonics = [t for t in usual if f"{t} {mode}" != values.get("not-key") and not (
            {n[0] for n in values.get("without", "").split()} & _letters(f"{t} {mode}"))]  # fmt: skip
        key = parse_key(f"{rng.choice(tonics or list(TONICS[mode]))} {mode}")
    assert key is not None, "keys were read by parse_key"
    return key


def _letters(name: str) -> set[str]:
    """The letters of a key's own triad."""
    key = parse_key(name)
    assert key is not None, "a key of our own table"
    return {key.scale[d][0] for d in (0, 2, 4)}


def _key_of_notes(names: list[str], mode: str | None) -> Key | None:
    """A key for a few notes: one whose scale has them all, its tonic the lowest of them (the first of a row that
    rises, the last of one that falls), else another of them.
    """
    wanted = {class_of(n) for n in names}
    steps = ["CDEFGAB".index(n[0]) for n in names]
    falls = len(names) > 2 and all((a - b) % 7 in (1, 2) for a, b in pairwise(steps))
    row = names[::-1] if falls else names
    modes = (mode,) if mode else ("major", "minor", "dorian", "mixolydian")
    order = [(t, m) for t in row[:1] for m in modes] + [(t, m) for m in modes for t in row[1:]]
    for tonic, found in order:
        key = parse_key(f"{tonic} {found}")
        if (
            key is not None
            and abs(key.sharps) <= 6
            and wanted <= {(STEP_SEMITONES[s] + int(a)) % 12 for s, a in key.scale}
        ):
            return key
    return None


def key_of_chords(names: list[str], mode: str | None = None) -> Key | None:
    """The key that holds most notes of some chord symbols; the first chord's own where several do."""
    chords = [c for c in map(parse_chord, names) if c is not None and names[0][:1] in "ABCDEFG"]
    if not chords:
        return None
    notes = [n for c in chords for n in c.pitch_classes]
    best: tuple[float, Key] | None = None
    for tonic in ("C", "G", "D", "A", "E", "B", "F#", "F", "Bb", "Eb", "Ab", "Db"):
        for name in (mode,) if mode else ("major", "minor"):
            key = parse_key(f"{tonic} {name}")
            if key is None or abs(key.sharps) > 6:
                continue
            scale = {(STEP_SEMITONES[s] + int(a)) % 12 for s, a in key.scale}
            fits = sum(n in scale for n in notes) / len(notes)
            root = key.pitch_class
            own = [c.root_class == root and _minor(c) == bool(key.minor_third) for c in chords]
            resolved = any(
                one.root_class == (root + 7) % 12 and not _minor(one) and home
                for one, home in zip(chords, own[1:], strict=False)
            )
            score = fits + 0.1 * own[0] + 0.06 * own[-1] + 0.08 * resolved
            if best is None or score > best[0]:
                best = score, key
    return best[1] if best else None


def _minor(chord: ChordSymbol) -> bool:
    """Whether a chord has a minor third."""
    return (chord.root_class + 3) % 12 in chord.pitch_classes


_MINOR = {
    "I": "i", "Imaj7": "i7", "I7": "i7", "ii": "ii°", "ii7": "iim7b5", "iii": "III", "IV": "iv", "IV7": "iv7",
    "vi": "VI", "vi7": "VImaj7",
}  # fmt: skip
"""Degrees of a major key as they are in minor; the dominant keeps its leading note."""


def in_minor(progression: str) -> str:
    """A usual row of chords as it is played in minor.

    >>> in_minor("Imaj7 vi7 ii7 V7")
    'i7 VImaj7 iim7b5 V7'
    """
    return " ".join(_MINOR.get(chord, chord) for chord in progression.split())


def symbols(text: str, key: Key) -> list[str]:
    """The chords of a row, in names or degrees, as symbols; none of them where one cannot be read."""
    chords = [chord_named(word, key) for word in text.split()]
    return [c.text for c in chords if c is not None] if all(chords) else []
