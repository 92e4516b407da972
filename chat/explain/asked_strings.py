"""What players of strings ask of the tune that is open: below which string it goes, whether first position is enough,
which strings it needs. The topics are those of `strings`.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.tune import Tune
from chat.explain.asked_names import Asked, player_in
from chat.explain.strings import OPEN, PLAYERS

KINDS = ("below string", "position", "strings")
"""The topics that this module reads beside those of others."""

_ORDERS = re.compile(
    r"^(?:please |now |then |and |can you |could you |would you )*(?:make|change|turn|put|set|write|transpose|move|keep|give|add|rewrite|arrange|simplify|bring|take)\b|^(?:请|帮我)?(?:把|将|让|改|写|移|别|不要)|(?:改成|改到|移到|写成)|\bso (?:that )?(?:it|i|we)\b"
)
_STRING = re.compile(
    r"\b(?P<w>below|under|lower than|beneath|off|past|beyond)\b[^.?!]{0,20}?\b(?P<a>[a-e]|g)[ -]?strings?\b|(?P<z>低于|比|不到|低过|在)[^,.?]{0,4}?(?P<b>[a-g])弦(?:还|更)?(?:低|以下|下面)?"
)
_POSITION = re.compile(
    r"\b(?:1st|first) (?:hand )?position\b|\bopen position\b|\b(?:need|have|got|get|want|do i|do we|must i|any|are there|is there)\b[^.?!]{0,24}\b(?:to )?(?:shift(?:s|ing)?|change positions?|position changes?|go (?:up|out of) (?:the neck|first))\b|第?一把(?:位)?|换把|(?:^|[^第])上把"
)
_NEEDED = re.compile(
    r"\b(?:which|what|how many) strings?\b|\b(?:is|are) (?:the |my )?(?P<c>[a-e]|g)[ -]?string\b[^.?!]{0,12}\b(?:used|needed|played|necessary|touched)\b|\b(?:do|does|will|would|is|are) [^.?!]{0,24}\b(?:use|need|on|play|touch)\b[^.?!]{0,16}\b(?:the )?(?P<a>[a-e]|g)[ -]?string\b|(?:哪|几)(?:些|几)?根?弦|(?:用(?:得着|得到|不着|不到|不用|到)?|要(?:不要)?用|需要)(?P<b>[a-g])弦"
)
_ASKS = re.compile(
    r"\?|^(?:so |and |but |ok,? )?(?:is|are|do|does|did|can|could|will|would|which|what|how|any|where|anything|have)\b|\b(?:can|could|does|do|will) (?:i|we|he|she|it|they|this|my \w+)\b|吗|哪|几|有没有|是不是|会不会|能不能|要不要|够不够|多少|么"
)


def _player(lower: str) -> str:
    name = player_in(lower)
    return name if name in PLAYERS else ""


def _below(plain: str, lower: str, tune: Tune) -> Asked | None:
    match = _STRING.search(lower)
    if match is None or (
        match["z"] and not re.search(r"弦(?:还|更)?(?:低|以下|下面)|低于|低过", match[0])
    ):
        return None
    letter = (match["a"] or match["b"]).upper()
    return "below string", f"{_player(lower).replace(' ', '_')} {letter}", ""


def _position(plain: str, lower: str, tune: Tune) -> Asked | None:
    if not _POSITION.search(lower):
        return None
    shift = (
        " shift"
        if re.search(r"\bshift|\bchange position|\bposition change|\bgo (?:up|out)|换把", lower)
        else ""
    )
    return "position", f"{_player(lower)}{shift}", ""


def _needed(plain: str, lower: str, tune: Tune) -> Asked | None:
    match = _NEEDED.search(lower)
    if match is None:
        return None
    letter = (match["a"] or match["b"] or match["c"] or "").upper()
    return "strings", f"{_player(lower).replace(' ', '_')} {letter}".rstrip(), ""


def _of_strings(plain: str, lower: str, tune: Tune) -> Asked | None:
    """One of them, where a question is asked and nothing is to be changed."""
    if _ORDERS.search(lower) or not _ASKS.search(lower):
        return None
    if re.search(
        r"\bwhat (?:is|'s|does|do) (?:a |the )?(?:first position|shift\w*|open string)\b|什么是|是什么意思",
        lower,
    ):
        return None
    other = player_in(lower)
    if other and other not in PLAYERS:
        return None
    return next(
        (found for find in (_below, _position, _needed) if (found := find(plain, lower, tune))),
        None,
    )


FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (_of_strings,)
"""In the order in which they are asked."""

_OPEN = re.compile(
    r"\b(?:what|which|name|how many)\b[^?]{0,40}\bstrings?\b|\bstrings?\b[^?]{0,24}\b(?:tuned|tuning|called|notes)\b|\b(?:tuning|tuned)\b[^?]{0,24}\b(?:of|for|on|an?|the)\b|(?:哪|几|各|四|六|两|每)(?:些|几)?根?(?:空)?弦|(?:空弦|定弦|弦)(?:分别)?(?:是|为|有|定)(?:什么|哪|几)|定弦(?:音)?(?:是|$|[?])"
)


def strings_asked(lower: str, tune: Tune | None) -> Asked | None:
    """ "what are the strings of a violin?": the instrument whose open strings are asked for."""
    if not _OPEN.search(lower) or _ORDERS.search(lower):
        return None
    if tune is not None and re.search(r"\b(?:it|this|i|we|need|use|play)\b|这首|用", lower):
        return None
    name = player_in(lower)
    return ("relation", f"open strings:{name}", "") if name in OPEN else None
