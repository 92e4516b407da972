"""What shall be compared: versions, parts of the tune, two things of theory."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.tune import Tune
from chat.explain.asked_names import Asked
from chat.explain.asked_pairs import two_terms
from chat.explain.compare import two_places

_OF_VERSIONS = re.compile(
    r"version|draft|before|previous|earlier|original|\bnow\b|changed?\b|what did you|last time|\bold\b|what(?:'s| is)? new"
    r"|版|之前|原来|以前|改了|变了|变化|上一|刚才|最初|先前|哪里改"
    r"|^(?:so |and )?(?:what(?:'s| is| are)|show(?: me)?|any)? ?(?:the |it |all )*differen\w+\W*$|^(?:有)?(?:什么)?(?:区别|不同|差别)\W*$"
)
_OF_PARTS = re.compile(
    r"\b(?:these|those|them|the) (?:two|three|both)\b|\b(?:parts|sections|strains|bars|measures|halves|phrases|verses|endings|voices)\b|\b(?:each|one another|it) (?:to|with|and)\b|[两各](?:段|部分|句|个)|声部"
)


def comparison(lower: str, tune: Tune | None) -> Asked | None:
    """Comparisons of versions and parts; comparisons of two terms are theory."""
    compares = re.search(
        r"\bcompar(?:e|ed|ing|ison)\b|\bdiff\w{0,3}r\w{0,2}nc?es?\b|\bdiffer(?:s|ent)?\b|\b(?:are|is) (?:bars?|measures?|the) .{1,40}(?:and|as|with) .{1,40}(?:the same|identical|alike|similar|equal)\b|the same as (?:bars?|measures?)|what (?:has |have |did you |was |were |'s )?changed\b(?! if)|what did you change|changed (?:since|from|between)|\bversus\b|\bvs\b"
        r"|what is new|what's new|(?:have|has|share) in common|how (?:similar|alike)|same as (?:the|bar|part|section|version)"
        r"|比较(?=一下|[第前后这两ab上下开主副版一])|对比|区别|不同|不一样|一样吗|差别|改了(?:什么|哪)|变了(?:什么|哪)|有何变化|有什么变化|相比|(?:有|是)什么关系|异同|共同点|哪里改", lower
    )  # fmt: skip
    if not compares:
        return None
    if (pair := two_terms(lower)) is not None:
        return "terms", pair[0], pair[1]
    if re.search(
        r"how many different|different (?:notes|pitches|chords)|种不同|不同的(?:音|和弦)", lower
    ):
        return None
    about = _OF_VERSIONS.search(lower) or _OF_PARTS.search(lower)
    if not about and (tune is None or two_places(tune, lower) is None):
        return None
    return "compare", "", re.sub(r"\b(?:please|can|you|could)\b", " ", lower).strip(" ?")
