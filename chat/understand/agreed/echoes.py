"""Clauses that only say the change before them once more in other words."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from chat.understand.agreed.base import Found

_AGAIN = {
    "picked-length": re.compile(
        r"\W*(?:so |and |with |there (?:should|must) be |i want )*(?:no|without(?: the| that| a)?|not (?:the|that|a)) rests?(?: at the end| after it| behind it| there| please)?\W*|(?:后面|最后|末尾)?(?:不要|没有|别有|去掉)(?:那个|后面的)?休止符?(?:了|吧)?"
    ),
    "swap-picked": re.compile(
        r"\W*(?:so |please |can you |could you |just )*(?:swap|switch|exchange|flip|turn) (?:'?em|them|these|those|it)(?: over| round| around| please)*\W*|(?:请|帮我)?(?:对调|互换|换(?:过来|一下))(?:一下)?"
    ),
    "write-bar": re.compile(
        r"\W*(?:and |with )*(?:no(?:t the)?|nothing|without(?: the)?|not) (?:low|high|lower|other|second|else|more)(?: one| notes?)?\W*|别的(?:音)?(?:都)?不要"
    ),
    "lay-bar": re.compile(
        r"\W*(?:for )?(?:\w+|\d) beats? (?:each|apiece|per chord)\W*|\W*half (?:a|the) bar each\W*|(?:各|每个)(?:两|二|三|四|半)?(?:拍|小节)"
    ),
    "lay-chords": re.compile(
        r"\W*(?:with )?(?:one|a) (?:chord )?(?:a|per|each|every|in each) bar(?: each)?\W*|(?:一|每)(?:个)?小节(?:换)?一个(?:和弦)?"
    ),
    "set-chords": re.compile(
        r"\W*(?:as |like )?(?:a )?(?:little |nice )?tritone sub\w*\W*|(?:来|做|用|就是)?(?:个|一个)?三全音(?:替代|代理)(?:和弦)?"
    ),
    "remove-ornaments": re.compile(
        r"\W*(?:and )?(?:just|only|leave|leaving|keep) (?:just |only )?(?:the )?(?:bare|plain|naked|simple) (?:notes|melody|tune)\W*|只(?:留|要)(?:光|干净的?|单纯的?)?音符(?:就行|就好)?"
    ),
    "pentatonic": re.compile(
        r".{0,8}(?:4|四|fa)[和、,与](?:7|七|si)(?:这两个音)?(?:都)?(?:不要|去掉|别用|不用)(?:了)?|\W*(?:so )?(?:no|without|drop the) (?:fourths?|4ths?|4) (?:and|or) (?:sevenths?|7ths?|7)\W*"
    ),
    "drop-notes": re.compile(
        r"\W*(?:and )?(?:put|leave|have|make it) an? rest (?:there|instead|in its place)\W*|(?:用|改成|换成)?休止(?:代替|符代替)?"
    ),
}
"""Clauses behind a change that say it once more in other words."""


def said_again(found: Found, part: str) -> bool:
    """Whether a clause only repeats the change before it: "hold it for the whole bar, no rest"."""
    pattern = _AGAIN.get(found[-1].name) if found else None
    return pattern is not None and pattern.fullmatch(part.lower()) is not None
