"""Scales that are not just a key's: which notes they have, as pitch classes above the tonic and as ABC names."""

from __future__ import annotations

from collections.abc import Sequence

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.theory import ALTER_NAMES, ALTER_SIGNS, STEP_SEMITONES, Key
from lm.plan import note_step
from lm.requests import note_name

PENTATONIC = {
    "major": (0, 2, 4, 7, 9), "lydian": (0, 2, 4, 7, 9), "mixolydian": (0, 2, 5, 7, 9),
    "minor": (0, 3, 5, 7, 10), "dorian": (0, 2, 5, 7, 10), "phrygian": (0, 3, 5, 8, 10),
    "locrian": (0, 3, 5, 8, 10),
}  # fmt: skip
"""The five notes by the mode whose name the key has: 宫 major, 商 dorian, 角 phrygian, 徵 mixolydian, 羽 minor."""
BLUES = {True: (0, 3, 5, 6, 7, 10), False: (0, 3, 4, 5, 7, 9, 10)}  # by whether the third is minor
EASY_CHORDS = frozenset("C D E G A Am Dm Em C7 D7 E7 G7 A7 B7".split())  # noqa: SIM905
"""Chords that a beginner on a guitar can play: no finger lies over all strings."""
OVERTONES = (0, 2, 4, 7)
"""What a horn without valves plays, as fanfares do."""
FIXED = {
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11), "melodic minor": (0, 2, 3, 5, 7, 8, 9, 10, 11),
    "whole tone": (0, 2, 4, 6, 8, 10),
}  # fmt: skip


def classes(scale: str, key: Key) -> frozenset[int]:
    """The pitch classes (0 is C) of a scale on a key's tonic."""
    above: tuple[int, ...]
    if scale == "pentatonic":
        above = PENTATONIC[key.mode]
    elif scale == "blues":
        above = BLUES[bool(key.minor_third)]
    elif scale == "overtones":
        above = OVERTONES
    elif scale in FIXED:
        above = FIXED[scale]
    elif scale == "diatonic":
        return frozenset((STEP_SEMITONES[s] + int(a)) % 12 for s, a in key.scale)
    else:
        return frozenset(range(12))
    return frozenset((key.pitch_class + n) % 12 for n in above)


def scale_names(scale: str, key: Key, low: str, high: str) -> tuple[str, ...]:
    """ABC names of the notes of a scale from `low` to `high`; a letter that has two notes comes with
    signs for both.
    """
    return names_of(classes(scale, key), key, low, high)


def names_of(wanted: frozenset[int], key: Key, low: str, high: str) -> tuple[str, ...]:
    """ABC names of the notes of some pitch classes from `low` to `high`, as a key writes them."""
    names: list[str] = []
    first, last = sorted((note_step(low), note_step(high)))
    for letter in "CDEFGAB":
        own = int(key.signature[letter])
        alters = [a for a in _alters(own) if (STEP_SEMITONES[letter] + a) % 12 in wanted]
        alters = [a for a in alters if a == own or not _plain_elsewhere(letter, a, key, wanted)]
        for step in range(first, last + 1):
            plain = note_name(step)
            if plain[0].upper() != letter:
                continue
            names += [plain] * (own in alters)
            if len(alters) > 1 or own not in alters:
                names += [ALTER_SIGNS[a] + plain for a in alters if a in ALTER_SIGNS]
    return tuple(dict.fromkeys(names))


def _alters(own: int) -> Sequence[int]:
    return [a for a in (own, own - 1, own + 1) if -1 <= a <= 1]


def _plain_elsewhere(letter: str, alter: int, key: Key, wanted: frozenset[int]) -> bool:
    """Whether another letter of the signature has this pitch class already (no E sharp beside F)."""
    sounding = (STEP_SEMITONES[letter] + alter) % 12
    return any(
        (STEP_SEMITONES[s] + int(a)) % 12 == sounding and s != letter
        for s, a in key.signature.items()
    )


# -- numerals ---------------------------------------------------------------------------------

_ORDER = ("I", "II", "III", "IV", "V", "VI", "VII")


def chord_named(word: str, key: Key) -> ChordSymbol | None:
    """The chord of a symbol (`Am7`) or of a Roman numeral in a key (`vi7`, `bVII`); None if it is neither.

    Upper case is major, lower case minor, whatever the key's own chord there is.
    """
    if word[:1] in "ABCDEFG" and parse_chord(word) is not None:
        return parse_chord(word)
    body, shift = word, 0
    if word[:1] in "b#":
        body, shift = word[1:], -1 if word[0] == "b" else 1
    numeral = next(
        (n for n in sorted(_ORDER, key=len, reverse=True) if body.upper().startswith(n)), None
    )
    if numeral is None:
        return None
    rest = body[len(numeral) :]
    step, alter = key.scale[_ORDER.index(numeral)]
    if shift:  # bVII counts from the major scale, as players say it
        alter = key.with_mode("major").scale[_ORDER.index(numeral)][1] + shift
        step = key.with_mode("major").scale[_ORDER.index(numeral)][0]
    quality = (
        "m" if body[: len(numeral)].islower() and not rest.startswith(("°", "o", "dim")) else ""
    )
    rest = (
        rest.replace("°", "dim")
        .replace("o", "dim")
        .removeprefix("m" if rest.startswith("m") and not rest.startswith("maj") else "\0")
    )
    return parse_chord(f"{step}{ALTER_NAMES[int(alter)]}{quality}{rest}")
