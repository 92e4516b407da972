"""What the text of single tokens means: lengths, accidentals, note heads, numbers of endings (ABC 2.1 §4)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from abc_tools.theory import ACCIDENTALS
from abc_tools.tokens import NOTE_PARTS


def length_value(text: str) -> Fraction:
    """The factor that a length means: `3/2` → 3/2, `/` → 1/2, `//` → 1/4, nothing → 1.

    >>> length_value("3//"), length_value("/4")
    (Fraction(3, 4), Fraction(1, 4))
    """
    if not text:
        return Fraction(1)
    match = re.fullmatch(r"(\d*)(/*)(\d*)", text)
    assert match is not None, f"the tokenizer lets only lengths through: {text!r}"
    numerator = int(match[1] or 1)
    slashes = len(match[2])
    if not slashes:
        return Fraction(numerator)
    denominator = int(match[3]) if match[3] else 2**slashes
    return Fraction(numerator, denominator or 1)


def accidental_value(text: str) -> int | Fraction | None:
    """Semitones of an accidental sign; microtones `^3/2` and `_/` as fractions; None for none."""
    if not text:
        return None
    if text in ACCIDENTALS:
        return ACCIDENTALS[text]
    sign = 1 if text[0] == "^" else -1
    return sign * min(length_value(text[1:]), Fraction(2))  # no sign means more than two semitones


@lru_cache(maxsize=4096)
def note_parts(text: str) -> tuple[str, int, int | Fraction | None, int, str]:
    """Step, octave, accidental, where the length begins, and the length of a NOTE token."""
    match = NOTE_PARTS.match(text)
    assert match is not None, f"a NOTE token is a note: {text!r}"
    sign, letter, marks, length = match.groups()
    octave = (5 if letter.islower() else 4) + marks.count("'") - marks.count(",")
    return letter.upper(), octave, accidental_value(sign), match.end(3), length


def ending_numbers(text: str) -> tuple[int, ...]:
    """The numbers of an ending sign; ranges are written out, to 64 at most.

    >>> ending_numbers("[1,3"), ending_numbers("1-3")
    ((1, 3), (1, 2, 3))
    """
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", text):
        low, high = int(first), int(last or first)
        numbers += range(low, min(high, low + 63) + 1)
    return tuple(numbers)
