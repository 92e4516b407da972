"""Questions about the open tune's own key, chords and melody that name none of them: its relative major, whether a chord of it
is major or minor, why this chord and not that one, the scale that it is in, Roman numerals under its chords, whether it
moves by step, how it grows tense.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.chords import parse_chord
from abc_tools.theory import ALTER_NAMES
from abc_tools.tune import Tune
from chat.explain.asked_names import SYMBOL, Asked, key_in

KINDS = ("stepwise", "opening returns")
"""The topics that this module reads beside those of others."""

_ORDERS = re.compile(
    r"^(?:please |now |then |and |ok,? )*(?:make|change|turn|put|transpose|move|convert|rewrite|go|modulate)\b|[把改换移转]"
)


def _tonic(tune: Tune) -> str:
    return f"{tune.key.tonic}{ALTER_NAMES[tune.key.alter]}"


_RELATED = re.compile(
    r"\b(?:what(?:'s| is| would be)?|which(?: key)? is|name|tell me|and)\b (?:the |its |it's )?(?:(?:tune|piece|song)'s )?(?P<how>relative|parallel)(?: (?P<to>major|minor))?(?: key)?(?: (?:of|to|for) (?:this|it|the (?:tune|piece|song)|(?:the|its|this) key(?: (?:of )?(?:this|it|that|the \w+)(?: (?:piece|tune|song))?(?: (?:is|was)(?: in)?)?)?))?[ ?.!]*$|^(?:the |its )?(?P<how2>relative|parallel) (?P<to2>major|minor|key)[ ?]*$|(?:这首?(?:曲子|歌)?的?|它的)(?P<zh>关系|平行|同主音)(?P<zt>大调|小调|调)(?:是)?(?:什么|哪个)"
)


def _related(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "what's the relative major?": of the key that the tune is in."""
    match = _RELATED.search(lower)
    if match is None or _ORDERS.search(lower) or key_in(lower) is not None or not tune.key.tonic:
        return None
    how = (
        "parallel"
        if (match["how"] or match["how2"]) == "parallel" or match["zh"] == "同主音"
        else "relative"
    )
    mode = "minor" if tune.key.minor_third else "major"
    return "relation", f"related:{how} {_tonic(tune)} {mode}", ""


_SCALE = re.compile(
    r"^(?:so |and |ok,? )*(?:what|which) scale (?:is|was) (?:it|this|that)(?: in| based on)?[ ?.!]*$|\bwhat scale (?:does (?:it|this) use|is (?:it|this|the \w+) (?:based on|built on|in))\b|^(?:这|那|它)?(?:用的)?是(?:什么|哪种|哪个)音阶[?]?$"
)


def _scale(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("own scale", "", "") if _SCALE.search(lower) else None


_QUALITY = re.compile(
    r"\b(?:is|was)\b.{0,12}\b(?:major or minor|minor or major|a (?:major|minor)(?: chord)?)\b|是(?:大|小)(?:三)?和弦还是|大和弦还是小和弦|是大还是小"
)


def _in_tune(plain: str, tune: Tune) -> list[str]:
    """The chord symbols that a text names and the tune has."""
    there = {e.chord_symbol for m in tune.measures for e in m.events if e.chord_symbol}
    return [
        m[1]
        for m in SYMBOL.finditer(plain)
        if m[1] in there and (m[1] != "A" or "A chord" in plain)
    ]


def _quality(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "is the A7 major or minor?": what that chord is made of."""
    found = _in_tune(plain, tune)
    if not found or not _QUALITY.search(lower) or _ORDERS.search(lower):
        return None
    return "chord theory", found[0], ""


_WHY_NOT = re.compile(
    r"\bwhy\b[^?]{0,24}\b(?:and not|instead of|rather than|not|, not)\b|为什么[^?]{0,12}(?:而不是|不用|不是)"
)


def _why_not(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "why A7 and not Am?": of the dominant in minor why it is major, else what the chord does."""
    if not _WHY_NOT.search(lower):
        return None
    named = [m[1] for m in SYMBOL.finditer(plain)]
    there = _in_tune(plain, tune)
    if len(named) < 2 or not there:
        return None
    chord, other = parse_chord(there[0]), parse_chord(named[-1])
    dominant = (tune.key.pitch_class + 7) % 12 if tune.key.tonic else -1
    if (
        chord is not None and other is not None and tune.key.minor_third
        and chord.root_class == other.root_class == dominant
    ):  # fmt: skip
        return "term", "why the seventh is raised in minor", ""
    return "chord role", there[0], ""


_NUMERALS = re.compile(
    r"\b(?:add|write|put|show|give|display|label|mark|include|insert)\b[^?;]{0,24}\b(?:roman numerals?|chord (?:degrees|functions)|functions? of the chords)\b|(?:加|写|标|给|显示)(?:上|出|一下)?[^,?;]{0,6}(?:罗马数字|和弦级数|级数|和弦功能)"
)


def _numerals(plain: str, lower: str, tune: Tune) -> Asked | None:
    """Roman numerals are told; the page draws them under the staff."""
    return ("harmony", "", "") if _NUMERALS.search(lower) else None


_STEPWISE = re.compile(
    r"^(?:so |and |but |ok,? )*(?:is|does|do|are)\b[^?]{0,40}\b(?:by step|in steps|stepwise|step by step|conjunct|by leaps?|in leaps|disjunct|leaps? a lot)\b|(?:旋律)?(?:主要|大多|多半|基本)?(?:是|以)(?:级进|跳进)(?:为主)?(?:吗|还是)|(?:级进|跳进)(?:多|为主)(?:吗|还是)"
)


def _stepwise(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "does the melody move mostly by step?"."""
    if re.search(r"\b(?:bars?|measures?) \d|第.{1,4}小节|\bor\b|还是", lower):
        return None
    return ("stepwise", "", "") if _STEPWISE.search(lower) else None


_BUILDS = re.compile(
    r"\b(?:how|where|what)\b[^?]{0,40}\b(?:build(?:s|ing)?(?: up)?|creat\w+|grow\w*|rais\w+|increas\w+|mak\w+)\b[^?]{0,16}\b(?:tension|suspense|excitement|drama)\b|(?:怎么|如何|哪里)[^,?]{0,8}(?:制造|营造|增加|积累|推)[^,?]{0,4}(?:紧张|张力|气氛|高潮)"
)


def _builds(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("tensest", "", "") if _BUILDS.search(lower) and not _ORDERS.search(lower) else None


_COMES_BACK = re.compile(
    r"\b(?:does|do|will|did) (?:the|that|this) (?:first|opening|a|main|beginning|initial|start)\b[^?]{0,24}\b(?:come|comes|coming) back\b|\b(?:does|do|will|did) (?:the|that|this) (?:first|opening|a|main|beginning|initial|start)\b[^?]{0,24}\b(?:return|repeat|reappear|recur)s?\b|(?<!哪)(?:开头|第一句|第一段|主题|a段)(?!.*(?:哪|什么))[^,?]{0,6}(?:还会?|有没有|会不会|是否|会)*(?:再)?(?:回来|再现|出现|重复)(?:吗|过|没|[?]|$)"
)


def _comes_back(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "does the first bit ever come back or is it all new?"."""
    return (
        ("opening returns", "", "")
        if _COMES_BACK.search(lower) and not _ORDERS.search(lower)
        else None
    )


_TELLS_PUPILS = re.compile(
    r"(?:给|跟|向|对)(?:学生|孩子们?|小朋友|同学们?)[^,?]{0,14}(?:可以|能|该|应该)?(?:讲|教|说)(?:些|点)?什么|\bwhat (?:can|could|should|would) (?:i|we) (?:teach|show|tell|point out to|explain to) (?:my |the |a )?(?:pupils?|students?|class|kids?|children)\b|\bwhat (?:can|could|do) (?:my |the )?(?:pupils?|students?|class|kids?|children) learn from\b|\bteaching points?\b"
)


def _lesson(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("teach", "tune", "") if _TELLS_PUPILS.search(lower) else None


_LIKE_STYLE = re.compile(
    r"(?:和|跟|与|像|有)[^,?]{0,3}(?:民歌|民谣|古典|爵士|流行|戏曲|舞曲|进行曲|圆舞曲|摇篮曲)[^,?]{0,4}(?:有)?(?:什么|哪些|哪里)(?:像|相似|相同|共同|一样)|(?:哪里|什么地方|哪些地方)(?:像|体现了?)(?:民歌|民谣|古典|爵士|流行|舞曲|进行曲|圆舞曲|摇篮曲)|\b(?:what|which) (?:makes it|about it|features?)\b[^?]{0,20}\b(?:folk|folky|traditional|classical|like a (?:folk song|dance|march|waltz|hymn|lullaby))\b"
)


def _style(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("style", "", "") if _LIKE_STYLE.search(lower) and not _ORDERS.search(lower) else None


_PRACTISED = re.compile(
    r"^(?:那|请问)?(?:该|应该|我)?(?:怎么|如何|怎样)(?:练习?|练好|去练)(?:它|这首(?:曲子)?)?(?:比较|最|更|才)?(?:好|有效|快|呢|啊)*[?。]?$|^(?:so |and |ok,? )*how (?:should|do|can|would) (?:i|we) (?:best )?practi[sc]e(?: it| this)?(?: best| well)?[?.! ]*$"
)


def practised(lower: str, tune: Tune | None) -> Asked | None:
    """How the tune that is open is practised, where nothing else is named."""
    return ("practice", "", "") if tune is not None and _PRACTISED.search(lower) else None


FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    _related, _scale, _quality, _why_not, _numerals, _stepwise, _builds, _comes_back, _lesson, _style,
)  # fmt: skip
"""In the order in which they are asked."""
