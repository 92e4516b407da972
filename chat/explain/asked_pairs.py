"""Two things of theory that shall be told apart: "a reel and a hornpipe", 大三度和小三度."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from chat.explain.asked_names import entity

_PAIRS = (
    r"(?:diff\w{0,3}r\w{0,2}n(?:ces?|t|tiates?)? (?:is there )?(?:between|in)|compare|comparing|distinguish(?:es)?|tell apart|mix(?:ing)? up|confus(?:e|ing)|confused (?:about|by|between))\s+(?P<a>.+?)\s+(?:and|from|to|with|vs\.?|versus|or)\s+(?P<b>.+?)",
    r"tell\s+(?P<a>.+?)\s+(?:and|from)\s+(?P<b>.+?)(?:\s+apart)?",
    r"what (?:sets|makes)\s+(?P<a>.+?)\s+(?:apart|different) from\s+(?P<b>.+?)",
    r"how (?:is|are|does|do|would)\s+(?P<a>.+?)\s+(?:different|differ|diff) (?:from|to|than)\s+(?P<b>.+?)",
    r"how (?:is|are|do|does)\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\s+(?:different|differ|unlike|not the same)(?: from each other)?",
    r"(?:is|are)\s+(?P<a>.+?)\s+(?:(?:really |just |basically )?the same(?: thing)? as|different (?:from|to|than))\s+(?P<b>.+?)",
    r"(?:is|are)\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\s+(?:really |just |basically )?the same(?: thing)?",
    r"(?:always |keep |often )?(?:mix|confus|muddl)\w*(?: up)?\s+(?P<a>.+?)\s+(?:and|with)\s+(?P<b>.+?)(?:\s+up)?",
    r"^(?:what's |what is |so )?(?P<a>[^,?]+?)\s+(?:vs\.?|versus)\s+(?P<b>.+?)",
    r"^(?:so |ok |is it |are they )?(?P<a>[^,?]+?)\s+(?:and|or)\s+(?P<b>[^,?]+?)\s*[,:;?-]+\s*(?:what(?:'s| is) the diff\w*|how (?:do|are) they (?:differ|different)|which is which|i (?:always|keep|often) (?:mix|confus)\w*.*|aren't they the same|which is which)",
    r"(?:分不清|搞不清|搞混|混淆|弄混|区分|分辨|对比|比较)(?:一下|了)?(?P<a>[^,?。]+?)(?:和(?![弦声])|与|跟|同|还是)(?P<b>[^,?。]+?)",
    r"(?P<a>[^,?。]+?)(?:和(?![弦声])|与|跟|同)(?P<b>[^,?。]+?)(?:到底|究竟)?(?:怎么|如何|该怎么)?(?:有什么|有啥|有何|有哪些|的|之间|是|区分|分辨|分得|分|总|老|我|不是|哪里|哪儿)+.{0,6}(?:区别|不同|差别|差在哪|异同|不一样|一回事|一样|分不清|搞混|分清|区分|开|吗)?",
    r"(?P<a>[^,?。]+?)(?:和(?![弦声])|与|跟|同)(?P<b>[^,?。]+?)(?:一样吗|不一样|区别|不同|差别|差在哪里?|差在什么)",
)  # fmt: skip
"""How two things are named whose difference is asked for."""


def two_terms(lower: str) -> tuple[str, str] | None:
    """The two terms whose difference is asked: "a jig and a reel"; None if either is unknown.

    >>> two_terms("how do i tell a reel from a hornpipe? i always forget"), two_terms("吉格和里尔怎么区分")
    (('term:reel', 'term:hornpipe'), ('term:jig', 'term:reel'))
    """
    for pattern in _PAIRS:
        for match in re.finditer(
            rf"{pattern}(?=\s*[?.!,;:，。？！]|\s+(?:in (?:music|abc|general)|please|again|exactly|actually|if any|for me|because|i )|$)",
            lower,
        ):
            found = _two(match["a"], match["b"])
            if found is not None:
                return found
    return None


def _two(left: str, right: str) -> tuple[str, str] | None:
    left, right = (
        re.sub(
            r"\s+",
            " ",
            re.sub(r"^(?:the terms?|请问|我|一下)\s*|(?:到底|究竟|这两个|这两种).*$", "", x),
        ).strip()
        for x in (left, right)
    )
    first, second = entity(left), entity(right)
    if first is None and second is not None and " " in right:
        first = entity(f"{left} {right.split()[-1]}")
    if first is None and second is not None:
        first = entity(
            left + "".join(re.findall(r"(?:小调|大调|终止|和弦|音程|调式|拍子?)$", right))
        )
    if first is None or second is None or first[:2] == second[:2]:
        return None
    return f"{first[0]}:{first[1]}", f"{second[0]}:{second[1]}"
