"""What the value of a range means: MIDI limits, or the size of an interval; the ranges of voices; and the note with its place that people say.

What it does not know: how people ask for a range (`compass`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line

from __future__ import annotations

import re

from abc_tools.theory import STEP_SEMITONES

SIZES = {"third": 4, "fourth": 5, "fifth": 7, "sixth": 9, "seventh": 11, "octave": 12, "ninth": 14,
         "tenth": 16, "三度": 4, "四度": 5, "五度": 7, "六度": 9, "七度": 11, "八度": 12, "九度": 14,
         "十度": 16}  # fmt: skip
PITCH = r"(?:(low|middle|high|top|中央|低音?|高音?)\s*)?([A-G][#b]?|[a-g](?=\d(?!\d))|(?<=middle )c|(?<=high )[a-g]|(?<=low )[a-g]|(?<=top )[a-g])(\d)?(?![a-zA-Z#])"
BETWEEN = re.compile(
    rf"(?i:range|ambitus|from|between|within|outside|notes|scale|keep(?:ing)? to|stick(?:ing)? to|limited to|restricted to|stay(?:ing)? in|音域|从|只(?:用|到|唱|吹|弹))[^.;]{{0,18}}?{PITCH}\s*(?:to|and|up to|-|到|至|~)\s*(?:the )?{PITCH}"
)

VOICES = (
    ("soprano", r"\bsopranos?\b|女高音", 60, 79), ("mezzo-soprano", r"\bmezzo(?:[- ]sopranos?)?s?\b|女中音", 57, 77),
    ("alto", r"\b(?:contr)?altos?\b|女低音", 55, 74), ("tenor", r"\btenors?\b|男高音", 60, 79),
    ("baritone", r"\bbaritones?\b|男中音", 57, 76), ("bass", r"\bbass(?:es)?\b|男低音", 52, 72),
    ("children", r"\b(?:kids?|children|child|class|pupils?|toddlers?|year \d)\b|孩子|儿童|小朋友|童声|小学生", 60, 74),
    ("low voice", r"\blow(?:er|ish)? (?:\w+ )?voices?\b|\bsings? (?:quite |very |rather )?low\b|\bvoice is (?:quite |very |rather )?low\b|\blow singers?\b|低声部|嗓子低|声音(?:比较)?低|低嗓", 53, 72),
    ("high voice", r"\bhigh(?:er|ish)? (?:\w+ )?voices?\b|\bsings? (?:quite |very |rather )?high\b|\bvoice is (?:quite |very |rather )?high\b|\bhigh singers?\b|高声部|嗓子高|声音(?:比较)?高|高嗓", 64, 83),
    ("voice", r"\bvoices?\b|\bsing(?:ers?|able)?\b|嗓|唱", 57, 74),
)  # fmt: skip
"""Who sings → the comfortable range of amateurs as it is written, in MIDI numbers; men read the treble clef an octave
above what they sing."""

COMPASS = re.compile(
    rf"{BETWEEN.pattern}|\b(?:low|middle|high|top|bottom) [A-G](?:#|b)?\d? (?:up |down )?(?:to|through|until) (?:the |low |middle |high |top )*[A-G](?:#|b)?\d?(?![A-Za-z#])|(?<![A-Za-z])[A-G][#b]?\d (?:up |down )?to [A-G][#b]?\d"
)
"""Two notes between which something lies: neither names a key."""


def note_of(height: int) -> str:
    """The name of a height with its octave, sharps for the black keys.

    >>> note_of(60), note_of(70)
    ('C4', 'A#4')
    """
    return f"{('C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B')[height % 12]}{height // 12 - 1}"


def range_midi(value: str) -> tuple[int | None, int | None, int]:
    """Lowest and highest MIDI number of `C4 G5` (None for `-`), and the semitones of an interval's name.

    >>> range_midi("C4 G5"), range_midi("- D5"), range_midi("octave")
    ((60, 79, 0), (None, 74, 0), (None, None, 12))
    """
    if value in SIZES:
        return None, None, SIZES[value]

    def midi(name: str) -> int | None:
        if name == "-":
            return None
        step = STEP_SEMITONES[name[0]] + (1 if "#" in name else -1 if "b" in name[1:] else 0)
        return 12 * (int(name[-1]) + 1) + step

    first, second = value.split()
    return midi(first), midi(second), 0
