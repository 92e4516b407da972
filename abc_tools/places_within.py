"""Bars within a part: "the first four bars of the B part", "the end of A", B段第一句, and bars counted from the end.

Only arithmetic on words: `split` takes a part and what is meant of it apart, `inside` counts within given bars. What a
part is called, and where it is, is known to `places`.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers

_N = numbers.NUMBER
_O = "first|second|third|fourth|fifth|sixth|seventh|eighth|last|final|1st|2nd|3rd|4th"
_INNER = (
    rf"(?:first|opening|last|final|closing|initial)\s+(?:{_N}|few|couple of)\s+bars?|(?:{_O})\s+(?:bar|measure|phrase|line|half)"
    r"|start|beginning|opening|end|ending|close|top"
)
_PART = (
    rf"(?:part|section|strain)\s*['\"]?[a-h]\b['\"]?|['\"]?[a-h]['\"]?[\s-]*(?:part|section|strain)|(?:{_O})\s+(?:part|section|strain|half|verse|chorus)"
    r"|chorus|verse|bridge|trio|intro(?:duction)?|refrain|[a-h](?=\s*(?:$|[,.;!?]|(?:and|only|with|up|down|but|please|shorter|longer|louder|softer)\b))"
)
_OF = re.compile(
    rf"(?P<inner>{_INNER})\s+(?:bars?\s+)?(?:of|in)\s+(?:the\s+)?(?P<outer>{_PART}|it\b)"
)
_PART_ZH = r"[a-h]段|副歌|主歌|桥段|(?:前|后|上|下)半(?:部分|段|首)?|第[一二三四]段"
_OF_ZH = re.compile(
    rf"(?P<outer>{_PART_ZH})(?:里|中)?的?(?P<inner>(?:前|后|最后|头|末)(?:面)?{_N}个?小节|最后一?句|第\s*{_N}\s*句|第\s*{_N}\s*个?小节|最后一?小节|(?:开头|结尾|末尾)(?!再|又|重复|加|也)|前半|后半)"
)
_FROM_END = re.compile(
    rf"\b(?P<en>{_O})[- ](?:to|from)[- ](?:the[- ])?last (?:bar|measure)|\blast (?:bar|measure) but (?P<but>one|two|three)|\bpenultimate (?:bar|measure)|倒数第\s*(?P<zh>{_N})\s*个?小节"
)
PHRASE, CLOSE = 4, 2
"""Bars of a phrase, and of what is called the beginning or the end of a part."""


def split(lower: str) -> tuple[str, str] | None:
    """What is meant of a part, and the part; None where no part of a part is named.

    >>> split("the first four bars of the b part"), split("b段第一句")
    (('first four bars', 'b part'), ('第一句', 'b段'))
    """
    match = _OF.search(lower) or _OF_ZH.search(lower)
    return (match["inner"], match["outer"]) if match else None


def inside(words: str, first: int, last: int) -> tuple[int, int] | None:
    """The bars that words like "last two bars" mean within the bars `first` to `last`; None if there are not so many.

    >>> inside("last two bars", 9, 16), inside("第一句", 9, 16), inside("end", 1, 8)
    ((15, 16), (9, 12), (7, 8))
    """
    size = last - first + 1
    late = re.match(r"last|final|closing|end|close|最后|末|后|结尾", words) is not None
    count = _count(words)
    if re.search(r"half|半", words):
        late = late or words.startswith("second")
        return (first + size // 2, last) if late else (first, first + size // 2 - 1)
    if nth := re.match(
        rf"({_O})\s+(?:bar|measure|phrase|line)\b|第\s*({_N})\s*(?:个?小节|句)", words
    ):
        unit = PHRASE if re.search(r"phrase|line|句", words) else 1
        place = numbers.ORDINALS.get(nth[1] or "") or numbers.value((nth[2] or nth[1])[:1]) or 0
        if late or place < 0:
            return max(first, last - unit + 1), last
        start = first + (place - 1) * unit
        return (start, min(start + unit - 1, last)) if place and start <= last else None
    if re.match(r"最后一?(?:句|小节)", words):
        return last - (PHRASE if "句" in words else 1) + 1, last
    count = count or min(CLOSE, size)
    if count > size:
        return None
    return (last - count + 1, last) if late else (first, first + count - 1)


def _count(words: str) -> int:
    """How many bars some words say; 0 for none."""
    if re.search(r"few|couple", words):
        return 2
    found = re.search(rf"({_N})\s*个?(?:bars?|小节)", words)
    return (numbers.value(found[1]) or 0) if found else 0


def from_end(lower: str, bars: int) -> int | None:
    """The bar that is counted from the end: "the last bar but one", 倒数第二小节.

    >>> from_end("the penultimate bar", 16), from_end("倒数第三小节", 16)
    (15, 14)
    """
    match = _FROM_END.search(lower)
    if match is None:
        return None
    if match["en"]:
        back = max(numbers.ORDINALS.get(match["en"], 2), 2)
    elif match["but"]:
        back = (numbers.value(match["but"]) or 1) + 1
    else:
        back = (numbers.value(match["zh"]) or 2) if match["zh"] else 2
    return bars - back + 1
