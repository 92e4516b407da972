"""Which subject somebody wants to teach: "how do I teach 6/8", 怎么跟学生讲切分."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.tune import Tune
from chat.explain.asked_names import Asked, entity
from chat.explain.terms import find_term

_TEACH = re.compile(
    r"\b(?:how (?:do|can|should|could|would|might|to|best to)(?: (?:i|we|you|one|a teacher))?(?: best)?|what(?:'s| is) (?:the best|a good) way to|ways? to|tips for|ideas? for|help me|i(?:'d| would)? (?:want|like|need|have) to|way of) (?:teach(?:ing)?|explain(?:ing)?|introduc(?:e|ing)|demonstrat(?:e|ing)|show(?:ing)?)\b\s*(?P<s>.*)"
)
_FEELS = re.compile(
    r"\b(?:get|help|make|let|have) (?:my |the |some |a )*(?:pupils?|students?|class|kids?|child(?:ren)?|beginners?|learners?|choir|\w+[- ]year[- ]olds?)(?: to)? (?:feel|understand|hear|learn|grasp|count|notice|get|recogni[sz]e)\b\s*(?P<s>.*)"
)
_PUPILS = re.compile(
    r"\b(?:to|with|for) (?:my |the |a |an |some |young |our )*(?:pupils?|students?|class|kids?|child(?:ren)?|beginners?|learners?|group|choir|band|friend|daughter|son|\w+[- ]year[- ]olds?|\d\w* grade\w*)\b.*|\b(?:my |the |a |our |some |young )*(?:pupils?|students?|class|kids?|child(?:ren)?|beginners?|learners?|choir)\b"
)
_TEACH_ZH = re.compile(
    r"(?:怎么|如何|怎样)(?:才能|去|来)?(?:跟|给|向|对|让|教)?(?:我的|一年级|二年级|小)?(?:学生|孩子们?|小朋友们?|小孩子?|班上|同学们?|初学者)?(?:们)?(?:讲解?|教|解释|介绍|说明|理解|学会|明白|体会)(?:清楚|一下)?(?:学生|孩子们?|小朋友们?)?(?P<s>[^?。,!]*)"
)
_PUPILS_ZH = re.compile(r"学生|孩子|小朋友|小孩|同学|班|教")


def taught(lower: str, tune: Tune | None) -> Asked | None:
    """The question how something is taught; without a tune open the subject itself is explained."""
    match = _FEELS.search(lower) or _TEACH.search(lower)
    zh = None if match else _TEACH_ZH.search(lower)
    if match is None and (zh is None or not _PUPILS_ZH.search(lower)):
        return None
    if (
        match is not None
        and match.re is _TEACH
        and not (_PUPILS.search(lower) or re.search(r"\bteach", match[0]))
    ):
        return None
    said = _PUPILS.sub(" ", match["s"]) if match else (zh["s"] if zh else "")
    said = re.sub(
        r"\b(?:the|about|what|means?|is|of|this|that|how|to|works?|feel|idea|concept|with|using|tune|piece|song|here|it)\b|[?.!的是什么]|用这首(?:曲子|歌)?|这首(?:曲子|歌)?|曲子",
        " ",
        said,
    )
    said = " ".join(said.split())
    meter = re.search(r"\d{1,2}/\d{1,2}", lower)
    if tune is not None and meter:
        return "teach", f"meter {meter[0]}", ""
    if tune is not None and re.search(
        r"\b(?:met(?:er|re)|beats?|time signature|counting|count)\b|拍子|节拍|拍号|数拍", lower
    ):
        own = next((m.meter.text for m in tune.measures if m.meter), "")
        return "teach", f"meter {own}", ""
    if tune is not None and re.search(r"\bform\b|structure|曲式|结构|段落", lower):
        return "teach", "form", ""
    found = entity(said) if said else None
    if found is None and said and (term := find_term(said)):
        found = ("term", term, "")
    if found is not None:
        return found[0], found[1], "tune" if tune is not None else ""
    return ("teach", "tune", "") if tune is not None else None
