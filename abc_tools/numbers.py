"""Numbers as people write them: digits, English words, Chinese characters.

`NUMBER` is a regular expression (without groups) for any of them; `value` reads what it matched.
"""

from __future__ import annotations

import re

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "zero": 0,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90}  # fmt: skip
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
          "八": 8, "九": 9}  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
            "eighth": 8, "last": -1}  # fmt: skip

_WORDS = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_SMALL = rf"(?:{_WORDS})(?:[- ](?:{'|'.join(UNITS)}))?"
NUMBER = (
    rf"(?:\d{{1,5}}|(?:an?|one|two|three) hundred(?: (?:and )?{_SMALL})?|{_SMALL}"
    r"|[零〇一二两三四五六七八九十百]+)"
)


def value(text: str) -> int | None:
    """The number that `text` says, None if it says none.

    >>> value("16"), value("twenty-four"), value("a hundred and ten"), value("一百二十"), value("两")
    (16, 24, 110, 120, 2)
    """
    text = text.strip().lower()
    if text.isascii() and text.isdigit():
        return int(text)
    if text and all(c in DIGITS or c in "十百" for c in text):
        return _chinese(text)
    parts = [p for p in text.replace("-", " ").split() if p != "and"]
    total = 0
    for at, part in enumerate(parts):
        if at + 1 < len(parts) and parts[at + 1] == "hundred":
            continue
        if part == "hundred":
            before = parts[at - 1] if at else "a"
            total += 100 * (1 if before in ("a", "an") else UNITS.get(before, 1))
            continue
        if part not in UNITS and part not in TENS:
            return None
        total += UNITS.get(part, 0) + TENS.get(part, 0)
    return total if parts else None


_SPELLED = re.compile(
    rf"\b(?:(?:an?|one|two|three) hundred(?: (?:and )?{_SMALL})?|{_SMALL})\b"
    r"|(?=[零〇一二两三四五六七八九]{0,2}[十百])[零〇一二两三四五六七八九十百]{2,}(?!分)",
    re.IGNORECASE,
)


def in_digits(text: str, least: int = 20) -> str:
    """A text with the numbers from `least` on that it spells in words written in digits.

    >>> in_digits("crotchet equals sixty, 速度七十二")
    'crotchet equals 60, 速度72'
    """

    def digits(match: re.Match[str]) -> str:
        number = value(match[0])
        return match[0] if number is None or number < least else str(number)

    return _SPELLED.sub(digits, text)


def _chinese(text: str) -> int:
    if not any(c in "十百" for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = current = 0
    for c in text:
        if c in DIGITS:
            current = DIGITS[c]
        else:
            total += (current or 1) * (10 if c == "十" else 100)
            current = 0
    return total + current
