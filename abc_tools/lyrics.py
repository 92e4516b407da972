"""Words under notes: the syllables of a `w:` line and the notes they belong to (ABC 2.1 §5.1).

Conventions: a syllable inside a word keeps its hyphen (`"syl-"`); None is a note that has no syllable
of its own: skipped by `*`, or held by `_` or a second hyphen.
"""

from __future__ import annotations

import re

HOLD = "_"
SKIP = "*"
NEXT_BAR = "|"

_SYLLABLE = re.compile(r"(?:\\-|[^\s\-_*|])+-?|[_*|-]")


def split_syllables(value: str) -> list[str]:
    """The syllables and control signs of a `w:` value, in order.

    >>> split_syllables("A-ma-zing~grace_ how|*")
    ['A-', 'ma-', 'zing grace', '_', 'how', '|', '*']
    """
    pieces = []
    for match in _SYLLABLE.finditer(value):
        piece = match[0]
        if piece == "-":
            piece = HOLD  # a second hyphen holds the syllable before it
        pieces.append(piece.replace("~", " ").replace("\\-", "\N{NON-BREAKING HYPHEN}"))
    return pieces


_SYMBOL = re.compile(r'"[^"]*"|![^!\s]+!|\+[^+\s]+\+|[*|]')


def split_symbols(value: str) -> list[str]:
    """The elements of a symbol line `s:`, to be aligned like syllables.

    >>> split_symbols('"^slow" | !f! ** !p!')
    ['"^slow"', '|', '!f!', '*', '*', '!p!']
    """
    return _SYMBOL.findall(value)


def align(syllables: list[str], bars: list[int]) -> tuple[list[str | None], int]:
    """Put syllables under notes; `bars` has the measure of every note.

    Returns one entry per note (None: no syllable of its own) and how many syllables were left over.

    >>> align(["la", "|", "li"], [0, 0, 1])
    (['la', None, 'li'], 0)
    """
    placed: list[str | None] = [None] * len(bars)
    note = 0
    surplus = 0
    for syllable in syllables:
        if syllable == NEXT_BAR:
            if 0 < note < len(bars) and bars[note] == bars[note - 1]:
                bar = bars[note - 1]
                while note < len(bars) and bars[note] == bar:
                    note += 1
        elif note >= len(bars):
            surplus += syllable not in (HOLD, SKIP)
        else:
            if syllable not in (HOLD, SKIP):
                placed[note] = syllable
            note += 1
    return placed, surplus


def drop_last(value: str, count: int) -> str:
    """A `w:` value without its last `count` syllables.

    >>> drop_last("one two-three four", 2)
    'one two'
    """
    places = [m for m in _SYLLABLE.finditer(value) if m[0] not in ("-", HOLD, SKIP, NEXT_BAR)]
    if count >= len(places):
        return ""
    return value[: places[-count].start()].rstrip(" -") if count else value
