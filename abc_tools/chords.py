"""Chord symbols: `"Am7/G"` → root, quality, bass, and the pitch classes they mean (ABC 2.1 §4.18).

A quoted string is a chord symbol if it begins with a note letter and the rest is a quality (`intervals_of`).
Conventions: pitch classes are semitones above C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from abc_tools.theory import ALTER_NAMES, STEP_SEMITONES, Interval, Key, Pitch

QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7), "maj": (0, 4, 7), "M": (0, 4, 7), "5": (0, 7),
    "m": (0, 3, 7), "min": (0, 3, 7), "-": (0, 3, 7), "mi": (0, 3, 7),
    "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9), "6/9": (0, 4, 7, 9, 14), "69": (0, 4, 7, 9, 14),
    "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "M7": (0, 4, 7, 11), "Maj7": (0, 4, 7, 11),
    "m7": (0, 3, 7, 10), "min7": (0, 3, 7, 10), "-7": (0, 3, 7, 10), "mM7": (0, 3, 7, 11),
    "m(maj7)": (0, 3, 7, 11), "mmaj7": (0, 3, 7, 11), "7sus4": (0, 5, 7, 10), "7sus": (0, 5, 7, 10),
    "9": (0, 4, 7, 10, 14), "m9": (0, 3, 7, 10, 14), "maj9": (0, 4, 7, 11, 14),
    "11": (0, 7, 10, 14, 17), "m11": (0, 3, 7, 10, 14, 17), "13": (0, 4, 7, 10, 14, 21),
    "dim": (0, 3, 6), "d": (0, 3, 6), "o": (0, 3, 6), "°": (0, 3, 6), "dim7": (0, 3, 6, 9), "o7": (0, 3, 6, 9),
    "m7b5": (0, 3, 6, 10), "ø": (0, 3, 6, 10), "ø7": (0, 3, 6, 10),
    "aug": (0, 4, 8), "+": (0, 4, 8), "aug7": (0, 4, 8, 10), "+7": (0, 4, 8, 10),
    "7#5": (0, 4, 8, 10), "7b5": (0, 4, 6, 10), "7b9": (0, 4, 7, 10, 13), "7#9": (0, 4, 7, 10, 15),
    "sus4": (0, 5, 7), "sus": (0, 5, 7), "sus2": (0, 2, 7), "add9": (0, 4, 7, 14),
    "add2": (0, 2, 4, 7), "madd9": (0, 3, 7, 14), "7#11": (0, 4, 7, 10, 18),
}  # fmt: skip
"""Quality → semitones above the root."""

_SYMBOL = re.compile(r"^\s*\(?([A-G])([#b♯♭]?)(.*?)(?:/([A-Ga-g])([#b♯♭+]?))?\)?\s*$")
_ALTER = {"": 0, "#": 1, "♯": 1, "+": 1, "b": -1, "♭": -1}  # `/f+` is how old collections write F#

_TRIAD = (("maj", "major"), ("Maj", "major"), ("M", "major"), ("Δ", "major"), ("min", "minor"),
          ("mi", "minor"), ("m", "minor"), ("-", "minor"), ("dim", "dim"), ("°", "dim"),
          ("o", "dim"), ("ø", "half"), ("aug", "aug"), ("+", "aug"))  # fmt: skip
_THIRD_FIFTH = {
    "": (4, 7),
    "major": (4, 7),
    "minor": (3, 7),
    "dim": (3, 6),
    "half": (3, 6),
    "aug": (4, 8),
}
_CHANGE = re.compile(r"(sus|add|no|omit|maj|M|[#b♯♭+-])?(\d{1,2})?")
_DEGREE = {2: 2, 3: 4, 4: 5, 5: 7, 6: 9, 7: 10, 9: 14, 11: 17, 13: 21}


@lru_cache(maxsize=512)
def intervals_of(quality: str) -> tuple[int, ...] | None:
    """Semitones above the root of a chord quality; None if it is none.

    The usual names are a table; the others are read: a triad, a seventh or more, and changes.

    >>> intervals_of("m7"), intervals_of("maj7#11"), intervals_of("7(b9)"), intervals_of("dy")
    ((0, 3, 7, 10), (0, 4, 7, 11, 18), (0, 4, 7, 10, 13), None)
    """
    if quality in QUALITIES:
        return QUALITIES[quality]
    triad, rest = next(
        ((k, quality[len(n) :]) for n, k in _TRIAD if quality.startswith(n)), ("", quality)
    )
    third, fifth = _THIRD_FIFTH[triad]
    notes: dict[int, int] = {1: 0, 3: third, 5: fifth}
    number = re.match(r"6/?9|\d{1,2}", rest)
    if number is not None:
        rest = rest[number.end() :]
        if not _add_thirds(notes, number[0], triad):
            return None
    rest = re.sub(r"[\s(),]", "", rest)
    while rest:
        change = _CHANGE.match(rest)
        if change is None or not change[0] or not _change(notes, change[1] or "", change[2]):
            return None
        rest = rest[change.end() :]
    return tuple(sorted(notes.values()))


def _add_thirds(notes: dict[int, int], number: str, triad: str) -> bool:
    """The sixth, or the seventh and what stands on it; False for a number that names no chord."""
    if number in ("69", "6/9"):
        notes.update({6: 9, 9: 14})
        return True
    top = int(number)
    if top == 5:
        notes.pop(3)
    elif top in (2, 4):
        notes[top] = _DEGREE[top]
    elif top == 6:
        notes[6] = 9
    elif top in (7, 9, 11, 13):
        notes[7] = {"major": 11, "dim": 9}.get(triad, 10)
        notes.update({degree: _DEGREE[degree] for degree in (9, 11, 13) if degree <= top})
        if top == 13:
            notes.pop(11)
    else:
        return False
    return True


def _change(notes: dict[int, int], word: str, degree: str | None) -> bool:
    """One change to a chord: `sus4`, `add9`, `no3`, `b5`, `#11`, `maj7`."""
    number = int(degree) if degree else (4 if word == "sus" else 0)
    if number not in _DEGREE:
        return False
    if word == "sus" and number in (2, 4, 7, 9, 47):
        notes.pop(3, None)
        notes[4 if number != 2 else 2] = 5 if number != 2 else 2
        if number in (7, 9):
            notes[7] = 10
    elif word in ("no", "omit"):
        notes.pop(number, None)
    elif word in ("maj", "M"):
        notes[number] = 11 if number == 7 else _DEGREE[number]
    else:
        shift = {"#": 1, "♯": 1, "+": 1, "b": -1, "♭": -1, "-": -1}.get(word, 0)
        notes[number] = _DEGREE[number] + shift
    return True


@dataclass(frozen=True)
class ChordSymbol:
    """A chord symbol; `bass` is the (step, alter) after a slash."""

    root: str
    alter: int
    quality: str
    bass: tuple[str, int] | None = None

    @property
    def text(self) -> str:
        """The symbol as written in ABC, without quotes.

        >>> ChordSymbol("F", 1, "m7", ("E", 0)).text
        'F#m7/E'
        """
        slash = f"/{self.bass[0]}{ALTER_NAMES[self.bass[1]]}" if self.bass else ""
        return f"{self.root}{ALTER_NAMES[self.alter]}{self.quality}{slash}"

    @property
    def root_class(self) -> int:
        """Pitch class of the root."""
        return (STEP_SEMITONES[self.root] + self.alter) % 12

    @property
    def intervals(self) -> tuple[int, ...]:
        """Semitones of the chord's notes above the root."""
        return intervals_of(self.quality) or ()

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Pitch classes of the chord, its bass included."""
        classes = {(self.root_class + i) % 12 for i in self.intervals}
        if self.bass:
            classes.add((STEP_SEMITONES[self.bass[0]] + self.bass[1]) % 12)
        return frozenset(classes)

    @property
    def minor_third(self) -> bool:
        """Whether the chord has a minor and no major third."""
        return 3 in self.intervals and 4 not in self.intervals

    def transposed(self, interval: Interval) -> ChordSymbol:
        """The chord an interval away."""
        root = _moved(self.root, self.alter, interval)
        bass = _moved(*self.bass, interval) if self.bass else None
        return ChordSymbol(root[0], root[1], self.quality, bass)


def _moved(step: str, alter: int, interval: Interval) -> tuple[str, int]:
    pitch = Pitch(step, alter, 4).transposed(interval)
    if not -1 <= pitch.alter <= 1:
        pitch = pitch.respelled()
    return pitch.step, int(pitch.alter)


def parse_chord(text: str) -> ChordSymbol | None:
    """Read a chord symbol; None if it is none (an annotation, `N.C.`, an unknown quality).

    >>> parse_chord("Bbm7/F").pitch_classes == {10, 1, 5, 8}
    True
    >>> parse_chord("Fine") is None
    True
    """
    match = _SYMBOL.match(text)
    if match is None:
        return None
    root, sign, quality, bass, bass_sign = match.groups()
    if intervals_of(quality) is None:
        return None
    slash = (bass.upper(), _ALTER[bass_sign]) if bass else None
    return ChordSymbol(root, _ALTER[sign], quality, slash)


_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")


def roman(chord: ChordSymbol, key: Key) -> str | None:
    """The Roman numeral of a chord in a key: capital for major, small for minor thirds.

    Chromatic roots get an accidental relative to the scale; None without a tonic.

    >>> roman(parse_chord("D7"), Key("G")), roman(parse_chord("Bb"), Key("G"))
    ('V7', 'bIII')
    """
    if not key.tonic:
        return None
    for degree, (step, alter) in enumerate(key.scale):
        if step == chord.root:
            shift = chord.alter - int(alter)
            if abs(shift) > 1:
                return None
            numeral = _NUMERALS[degree]
            name = numeral.lower() if chord.minor_third else numeral
            suffix = _suffix(chord.quality)
            return {0: "", 1: "#", -1: "b"}[shift] + name + suffix
    return None


_SUFFIXES = {
    "dim": "°", "d": "°", "o": "°", "dim7": "°7", "o7": "°7", "m7b5": "ø7", "ø": "ø7", "aug": "+", "aug7": "+7",
    "maj": "", "M": "", "M7": "maj7", "Maj7": "maj7",
}  # fmt: skip


def _suffix(quality: str) -> str:
    """What follows a Roman numeral, whose case already says major or minor."""
    if quality in _SUFFIXES:
        return _SUFFIXES[quality]
    return re.sub(r"^(?:min|mi|m(?!aj|M)|-)", "", quality)
