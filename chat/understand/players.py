"""Who plays or sings it: instruments, voices, ensembles, difficulty."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from chat.requirements import Wishes
from chat.understand.tables import ENSEMBLES, INSTRUMENTS, LEFT_HAND, find

_BEGINNER = re.compile(
    r"\bbeginners?\b|\bbeginning (?:piano|violin|recorder|student|player|flute|guitar)|\beasy\b|\beasier\b|\bsimple\b|\bfor (?:kids|children|young|little|my (?:kids|pupils|class|\w+ graders?))|very young|first lesson|\bgrade (?:1|one)\b|elementary|\bnovice|just (?:started|starting|began)|\bstarted learning|first (?:week|month|year)|(?:\b\w+|\d)[- ]year[- ]olds?\b"
    r"|初学|入门|简单|容易|小朋友|孩子|儿童|小学生|零基础|新手|刚学|刚开始学|幼儿园|一年级|启蒙"
)
_HARD = re.compile(
    r"\b(?:advanced|virtuos\w+|difficult|challenging|hard|concert(?! (?:[a-h]\b|pitch))|show-?off)\b|高级|炫技|有难度|难度高|高难度"
)
_NOT_EASY = re.compile(
    r"(?:not|isn't|nothing) (?:too |so |that )?(?:easy|simple)|不(?:要太|能太|太)?简单|不(?:要太|能太|太)?容易"
)
_NOT_HARD = re.compile(
    r"(?:not|nothing|isn't) (?:too |so |that |very )?(?:hard|difficult|challenging)|不(?:要太|能太|太|用太)?难"
)
_NO_VOICES = re.compile(r"\b(?:single|one|solo) (?:voice|melody|line|part)\b|\bmonophonic\b|单声部")


def read_difficulty(text: str, lower: str, wishes: Wishes) -> None:
    """`beginner` or `advanced`."""
    if _NOT_HARD.search(lower) or (_BEGINNER.search(lower) and not _NOT_EASY.search(lower)):
        wishes.values["difficulty"] = "beginner"
    elif _HARD.search(lower):
        wishes.values["difficulty"] = "advanced"


def read_instrument(text: str, lower: str, wishes: Wishes) -> None:
    """The instrument that plays the tune."""
    table = {name: words for name, (_, _, _, words) in INSTRUMENTS.items()}
    lower = re.sub(
        r"\b(?:\w+-voice|(?:my|the|single|one|two|solo|first|second|third|another|harmony|lower|upper) voice)\b",
        " ",
        lower,
    )
    found = find(
        re.sub(
            r"\b(flute|violin|recorder|clarinet|cello|guitar|trumpet|ukulele|saxophone|viola|oboe|horn|trombone|bassoon|voice|pipe)s\b",
            r"\1",
            lower,
        ),
        table,
    )
    if found:
        wishes.values["instrument"] = found[0]


def read_voices(text: str, lower: str, wishes: Wishes) -> None:
    """`voices`: how many; `ensemble`: which players, where that says more; `left_hand`: a bass below."""
    if _NO_VOICES.search(lower):
        wishes.values["voices"] = "1"
        return
    if any(word in lower for word in LEFT_HAND) or re.search(
        r"\b(?:plus|and|with|over) (?:a |an )?(?:walking |simple )?bass\b(?! (?:clef|drum|guitar|clarinet))",
        lower,
    ):
        wishes.values["voices"] = "2"
        wishes.details["left-hand"] = "yes"
        wishes.values.setdefault("instrument", "piano")
        return
    found = find(re.sub(r"\b(?:second|another) (?:part|voice) (?:of|is)\b", " ", lower),
                 {name: words for name, (_, _, words) in ENSEMBLES.items()})  # fmt: skip
    if found is None:
        return
    voices, programs, _ = ENSEMBLES[found[0]]
    wishes.values["voices"] = str(voices)
    if programs:
        wishes.details["ensemble"] = found[0]
