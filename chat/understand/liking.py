"""What somebody says of tunes that were recommended: liked, disliked; and whether more for that taste is wanted."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers

LIKE, DISLIKE = "like", "dislike"
_ORDINAL = "first|second|third|fourth|fifth|last|middle"
_NAMED = re.compile(
    rf"\b({_ORDINAL})\b|(?:number|no\.|tune|#)\s*({numbers.NUMBER})|第\s*({numbers.NUMBER})\s*(?:首|个|条)|(最后一首)"
)
_ALL = re.compile(
    r"\b(?:all|both|every one|each) of (?:them|these|those)\b|\bthem all\b|\bnone of (?:them|these|those)\b|\bany of (?:them|these|those)\b|这些|那些|都不?喜欢|全都"
)
_BAD = re.compile(
    r"(?:do not|don't|didn't|did not|doesn't|not|never|nothing|none|no more|less|without|skip|hate[ds]?|dislike[ds]?|bor(?:ed|ing)|awful|terrible)\b|不(?:太)?(?:喜欢|爱|好听|要|想)|讨厌|难听|没意思|别再?|除了"
)
_GOOD = re.compile(
    r"\b(?:like[ds]?|love[ds]?|enjoy(?:ed)?|prefer|beautiful|great|lovely|nice|more (?:like|of)|similar|such as|favou?rite)\b|喜欢|爱听|好听|不错|像|类似|棒"
)
_MORE = re.compile(
    r"\bmore\b|\bother(?:s)?\b|\banother\b|\belse\b|\bagain\b|\brecommend|\bsuggest|\bfind\b|\bsimilar\b|\bless\b|\bnext\b|\bnone\b|再|还有|推荐|更多|多来|换|别的|其他|类似"
)
_TASTE = re.compile(
    r"\b(?:my|our) taste\b|\bi (?:would|'d|might|may|will|could) (?:like|enjoy|love)\b.*\?|\bbased on what i\b|\bfrom what i (?:like|liked)\b|\b(?:tunes?|something|music|one) (?:that |which )?(?:i (?:would|'d|might|may|will)|i'?ll) (?:like|enjoy|love)\b|what (?:would|might) i (?:like|enjoy)|我的(?:口味|喜好)|我会喜欢|合我(?:的)?(?:口味|心意)|按我的"
)
_PARTS = re.compile(r"[,;.!?]|\bbut\b|\band not\b|\bthough\b|但是?|不过|而")


def feedback(lower: str, offered: int) -> tuple[tuple[int, str], ...]:
    """(place among the `offered` tunes from 1, "like" or "dislike") of each that is spoken of.

    >>> feedback("i liked the second one but not the first, more please", 3)
    ((2, 'like'), (1, 'dislike'))
    >>> feedback("再来几首像第一首那样的", 3), feedback("play the second one", 3)
    (((1, 'like'),), ())
    """
    found: dict[int, str] = {}
    feeling = ""
    for part in _PARTS.split(lower):
        if _BAD.search(part):
            feeling = DISLIKE
        elif _GOOD.search(part):
            feeling = LIKE
        if feeling:
            for place in _places(part, offered):
                found[place] = feeling
    return tuple(found.items())


def _places(part: str, offered: int) -> list[int]:
    if _ALL.search(part):
        return list(range(1, offered + 1))
    places = []
    for match in _NAMED.finditer(part):
        said = next(group for group in match.groups() if group)
        if said in ("last", "最后一首"):
            place = offered
        elif said == "middle":
            place = (offered + 1) // 2
        else:
            place = numbers.ORDINALS.get(said) or numbers.value(said) or 0
        if 1 <= place <= offered:
            places.append(place)
    return places


def wants_more(lower: str) -> bool:
    """Whether other tunes are asked for, after some were recommended."""
    return _MORE.search(lower) is not None


_STYLE_ASKED = re.compile(
    r"\b(?:what|which) (?:folk |musical )?(?:styles?|traditions?|genres?|repertoires?|kind of (?:folk )?(?:music|tunes?))\b[^?]{0,40}\b(?:closest|nearest|close to|resembl\w+|most like|sounds? like|belongs? to|fits?)\b|\b(?:closest|nearest)\b[^?]{0,20}\b(?:style|tradition|genre)s?\b|\bmore like an? [\w ]{3,20} or an? \w+"
    r"|(?:最?接近|最像|更像|属于|像)(?:的是)?(?:哪[一]?[种个类]|什么)(?:音乐)?(?:风格|流派|体裁|民歌|舞曲)"
)


def asks_for_style(lower: str) -> bool:
    """Whether it is asked which style of the catalogue the tune is closest to."""
    return _STYLE_ASKED.search(lower) is not None


def asks_for_taste(lower: str) -> bool:
    """Whether tunes for the speaker's own taste are asked for.

    >>> asks_for_taste("recommend something for my taste"), asks_for_taste("i would like a jig in g")
    (True, False)
    """
    return _TASTE.search(lower) is not None
