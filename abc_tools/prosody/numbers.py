"""Numbers as English words, so that they can be sung."""

from __future__ import annotations

import re

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()  # noqa: SIM905
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def number_words(number: int) -> str:
    """A number from 0 to 999999 as English words; digit by digit beyond. Years are read in pairs.

    >>> number_words(21), number_words(300), number_words(1984), number_words(2005)
    ('twenty-one', 'three hundred', 'nineteen eighty-four', 'two thousand five')
    """
    if not 0 <= number < 1_000_000:
        return " ".join(_SMALL[int(d)] for d in str(number) if d.isdigit())
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    if 1100 <= number < 2000 and number % 100 > 9:
        return f"{number_words(number // 100)} {number_words(number % 100)}"
    size, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    count, rest = divmod(number, size)
    return f"{number_words(count)} {name}" + (f" {number_words(rest)}" if rest else "")


_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth",
             "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}  # fmt: skip


def ordinal_words(number: int) -> str:
    """The ordinal of a number as English words.

    >>> ordinal_words(1), ordinal_words(22), ordinal_words(30)
    ('first', 'twenty-second', 'thirtieth')
    """
    words = number_words(number)
    last = re.split(r"[- ]", words)[-1]
    head = words.removesuffix(last)
    last = last[:-1] + "ieth" if last.endswith("y") else _ORDINALS.get(last, last + "th")
    return head + last
