"""Pitches, chord symbols and voices of a key: what a grammar may offer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from abc_tools.chords import parse_chord
from abc_tools.theory import ALTER_SIGNS, Key
from lm.requests import note_name

# Chords by mode: (degree 0-6, quality), the tonic first; degrees are those of the mode's own scale.
CHORDS = {
    "major": ((0, ""), (3, ""), (4, ""), (4, "7"), (1, "m"), (5, "m"), (2, "m")),
    "minor": ((0, "m"), (3, "m"), (4, "m"), (4, "7"), (2, ""), (5, ""), (6, "")),
    "dorian": ((0, "m"), (3, ""), (6, ""), (2, ""), (4, "m")),
    "mixolydian": ((0, ""), (3, ""), (6, ""), (1, "m"), (4, "m")),
    "phrygian": ((0, "m"), (1, ""), (2, ""), (6, "m")),
    "lydian": ((0, ""), (1, ""), (4, ""), (5, "m")),
    "locrian": ((0, "dim"), (1, ""), (2, "m"), (5, "")),
}  # fmt: skip
# Notes outside the scale that tunes of a mode use: (degree, semitones above the scale's own), the
# usual ones first. "no" keeps to the leading note of minor, "some" takes all that make up 0.1 % or
# more of the notes of the open tunes and hymns.
LEADING = {"minor": ((6, 1),)}
CHROMATIC = {
    "major": ((3, 1), (6, -1), (2, -1), (4, 1), (0, 1), (5, -1)),
    "minor": ((6, 1), (5, 1), (2, 1), (1, -1), (3, 1)),
    "mixolydian": ((6, 1), (2, -1)),
    "dorian": ((6, 1), (3, 1), (5, -1)),
    "phrygian": ((6, 1), (2, 1)),
    "lydian": ((3, -1),),
}  # fmt: skip
SUNG_RANGE, PLAYED_RANGE = ("B,", "f"), ("A,", "b")
# Lowest and highest note and clef of each voice, from the 5th to the 95th percentile of the hymns and
# chorales in four parts.
VOICES = {
    2: (("B,", "g", "treble"), ("G,", "d", "treble")),
    3: (("C", "g", "treble"), ("G,", "c", "treble"), ("E,,", "D", "bass")),
    4: (("C", "g", "treble"), ("G,", "c", "treble"), ("D,", "G", "bass"), ("D,,", "D", "bass")),
}  # fmt: skip


def note_step(name: str) -> int:
    """The staff step of an ABC note name, accidentals ignored: middle C is 28."""
    match = re.fullmatch(r"[_=^]*([A-Ga-g])([,']*)", name)
    if not match:
        raise ValueError(f"note {name!r}: write it as in ABC, like D or g'")
    step = "CDEFGAB".index(match[1].upper()) + (35 if match[1].islower() else 28)
    return step + 7 * (match[2].count("'") - match[2].count(","))


def scale_pitches(
    key: Key, low: str, high: str, chromatic: bool = True, more: bool = False
) -> tuple[str, ...]:
    """ABC names of the notes a tune in a key may use from `low` to `high`.

    `chromatic` adds the leading note of minor, `more` all the usual notes outside the scale; such a note
    comes with the sign that takes it back, in every octave.
    """
    first, last = sorted((note_step(low), note_step(high)))
    plain = [note_name(step) for step in range(first, last + 1)]
    names = list(plain)
    if key.tonic:
        changes = CHROMATIC.get(key.mode, ()) if more else LEADING.get(key.mode, ())
        for degree, change in changes if chromatic or more else ():
            letter = key.scale[degree][0]
            own = int(key.signature[letter])
            if own + change not in ALTER_SIGNS:
                continue
            places = [n for n in plain if n[0].upper() == letter]
            for alter in (own + change, own):
                names += [ALTER_SIGNS[alter] + n for n in places]
    return tuple(dict.fromkeys(names))


def chord_symbols(key: Key) -> tuple[str, ...]:
    """The chord symbols of a key, its tonic first."""
    table = CHORDS.get(key.mode, CHORDS["major"])
    return tuple(_degree_name(key, degree) + quality for degree, quality in table)


def _degree_name(key: Key, degree: int) -> str:
    letter, alter = key.scale[degree]
    return letter + "b#"[alter > 0] * abs(int(alter))


def tonic_notes(key: Key, pitches: Sequence[str]) -> tuple[str, ...]:
    """The pitches that are the tonic without an accidental."""
    return tuple(p for p in pitches if p[0].upper() == key.tonic)


def read_progression(text: str) -> tuple[tuple[str, ...], ...]:
    """`Am F C G` is a chord a bar, again and again; `Am F|C G` says which chords share a bar.

    Raises `ValueError` naming what is no chord symbol.
    """
    bars = [bar.split() for bar in text.split("|")] if "|" in text else [[c] for c in text.split()]
    bars = [bar for bar in bars if bar]
    wrong = [c for bar in bars for c in bar if parse_chord(c) is None]
    if wrong or not bars:
        raise ValueError(f"progression {text!r}: {wrong[0] if wrong else 'nothing'} is no chord")
    return tuple(tuple(bar) for bar in bars)


def read_voices(text: str) -> int:
    """The number of voices of `2`, `4` or `SATB`; `ValueError` for what is not offered."""
    count = 4 if text.strip().upper() == "SATB" else int(text) if text.strip().isdigit() else 0
    if count != 1 and count not in VOICES:
        raise ValueError(f"voices {text!r}: from 1 to {max(VOICES)}, or SATB")
    return count
