"""One step of the history taken back while what came after it stays: three texts, merged.

Every step is a list of places where the text of the tune changed. The step goes back where none of the later changes
lies in the same place; otherwise there is no such text. What this does not know: which step is meant (`brought_back`).
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from abc_tools.parse import parse
from abc_tools.validate import errors

_TOKENS = re.compile(
    r"\"[^\"\n]*\"|![^!\n]*!|\n|[ \t]+|[\^_=]*[A-Ga-gzx][,']*[\d/]*|\w+|.", re.DOTALL
)

Change = tuple[int, int, list[str]]
"""The tokens from one number to another, and what stands in their place."""


def without_step(before: str, after: str, now: str) -> str | None:
    """The text `now` with the step from `before` to `after` taken back; None where what came later changed the same
    places, or where no tune would be left.

    >>> without_step("K:C\\nC D|E F|\\n", "K:C\\nC2|E F|\\n", "Q:60\\nK:C\\nC2|E F|\\n")
    'Q:60\\nK:C\\nC D|E F|\\n'
    >>> without_step("C D|E F|", "C2|E F|", "D2|E F|") is None
    True
    """
    base = _TOKENS.findall(after)
    back, later = _changes(base, _TOKENS.findall(before)), _changes(base, _TOKENS.findall(now))
    if any(_meet(one, other) for one in back for other in later):
        return None
    found: list[str] = []
    at = 0
    for start, stop, tokens in sorted([*back, *later], key=lambda c: (c[0], c[1])):
        found += base[at:start] + tokens
        at = stop
    text = "".join(found + base[at:])
    tunes = parse(text).tunes
    header = "K:" in text
    return text if not header or (tunes and not errors(tunes[0])) else None


def _changes(old: list[str], new: list[str]) -> list[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(a, b, new[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _meet(one: Change, other: Change) -> bool:
    """Whether two changes lie in the same place."""
    if one[0] == one[1] and other[0] == other[1]:
        return one[0] == other[0]
    if one[0] == one[1] or other[0] == other[1]:
        point, (first, last, _) = (one[0], other) if one[0] == one[1] else (other[0], one)
        return first < point < last
    return one[0] < other[1] and other[0] < one[1]
