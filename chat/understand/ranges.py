"""What the value of a range means: MIDI limits, or the size of an interval; and the note with its place that people say.

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
