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
    rf"(?:first|opening|last|final|closing|initial)\s+(?:{_N}|few|couple of)\s+(?:bars?|measures?)|(?:{_O}|latter)\s+(?:bar|measure|phrase|line|half)"
    rf"|(?:first|opening|last|final|closing)\s+note|(?:bars?|measures?)\s+{_N}(?:\s*(?:-|to|and)\s*{_N})?(?![\d-])"
    r"|start|beginning|opening|end|ending|close|top"
)
_ROW = (
    rf"(?:{_O})\s+(?:phrase|line|row|system|stave)|(?:line|phrase|row|system)\s+(?:number\s+)?{_N}"
)
_NAMED_PART = (
    rf"(?:part|section|strain|tune)\s*['\"]?[a-h]\b['\"]?|['\"]?[a-h]['\"]?[\s-]*(?:part|section|strain)|(?:{_O})\s+(?:part|section|strain|half|verse|chorus)"
    rf"|(?:chorus|verse|part|section)\s+{_N}|{_ROW}|chorus|verse|bridge|trio|intro(?:duction)?|refrain"
)
_PART = rf"{_NAMED_PART}|[a-h](?=\s*(?:$|[,.;!?]|(?:and|only|with|up|down|but|please|shorter|longer|louder|softer)\b))"
_OF = re.compile(
    rf"(?P<inner>{_INNER})\s+(?:bars?\s+)?(?:of|in)\s+(?:the\s+)?(?P<outer>{_PART}|it\b)"
)
_HAS = re.compile(
    rf"(?P<outer>{_NAMED_PART}|(?<![a-z])[a-h](?='s\s))(?:'s|,)?\s+(?P<inner>(?:first|opening|last|final|closing)\s+(?:{_N}|few|couple of)\s+(?:bars|measures)|(?:{_O})\s+(?:bar|measure)|(?:bar|measure)s?\s+\d+(?:\s*(?:-|to|and)\s*\d+)?(?![\d-]))(?! of\b| in\b)"
)
"""The part first: "the B part's last bar", "B section bar 3"."""
_PART_ZH = rf"第\s*{_N}\s*[段遍次个]?(?:副歌|主歌)|最后一?[段遍次](?:副歌|主歌)|[a-h]段|副歌|主歌|桥段|(?:前|后|上|下)半(?:部分|段|首|曲)?|第\s*{_N}\s*(?:段|乐句|句|行)|最后一?(?:段|乐句|句|行)|[首末尾](?:句|行)"
_OF_ZH = re.compile(
    rf"(?P<outer>{_PART_ZH})(?:里|中)?(?:面)?的?(?P<inner>(?:前|后|最后|头|末|倒数)(?:面)?{_N}个?小节|倒数第\s*{_N}\s*个?小节|最后一?句|第\s*{_N}\s*句|第\s*{_N}(?:\s*(?:-|到|至|,|和)\s*第?{_N})?\s*个?小节|最后一?小节|(?:最后(?:那)?一?个?|末|尾)音(?!乐)|(?:第一个|首)音(?!乐)|(?:开头|结尾|末尾)(?!再|又|重复|加|也)|前半|后半)"
    rf"|(?<![a-z])(?P<letter>[a-h])(?P<half>[前后]半)"
)
_FROM_END = re.compile(
    rf"\b(?P<en>{_O})[- ](?:to|from)[- ](?:the[- ])?last (?:bar|measure)|\blast (?:bar|measure) but (?P<but>one|two|three)|\blast but (?P<lb>one|two|three) (?:bar|measure)|\b(?:next|second) to (?:the )?last (?:bar|measure)|\bpenultimate (?:bar|measure)|\b(?P<th>{_O}) (?:bar|measure) (?:from|before) the (?:very )?(?:end|last)|(?:倒数|最后)第\s*(?P<zh>{_N})\s*个?小节"
)
_SPAN_FROM_END = re.compile(
    rf"(?:倒数|最后)第\s*(?P<a>{_N})\s*(?:个?小节)?\s*(?:,|和|与|及|到|至|-)\s*(?:倒数)?第?\s*(?P<b>{_N})\s*个?小节"
)
"""Two bars counted from the end: 倒数第三和第二小节."""
PHRASE, CLOSE = 4, 2
"""Bars of a phrase, and of what is called the beginning or the end of a part."""


def split(lower: str) -> tuple[str, str] | None:
    """What is meant of a part, and the part; None where no part of a part is named.

    >>> split("the first four bars of the b part"), split("b段第一句")
    (('first four bars', 'b part'), ('第一句', 'b段'))
    """
    match = _OF.search(lower) or _HAS.search(lower) or _OF_ZH.search(lower)
    if match is None:
        return None
    if match.groupdict().get("half"):
        return match["half"], f"{match['letter']}段"
    return match["inner"], match["outer"]


def inside(words: str, first: int, last: int) -> tuple[int, int] | None:
    """The bars that words like "last two bars" mean within the bars `first` to `last`; None if there are not so many.

    >>> inside("last two bars", 9, 16), inside("第一句", 9, 16), inside("end", 1, 8)
    ((15, 16), (9, 12), (7, 8))
    """
    size = last - first + 1
    late = (
        re.match(r"last|latter|final|closing|end|close|最后|末|尾|后|结尾|倒数", words) is not None
    )
    if found := re.match(_COUNTED, words):
        return _counted(found, first, last)
    if re.search(r"note|音", words):
        return (last, last) if late else (first, first)
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


_COUNTED = rf"(?:bars?|measures?)\s+(?P<a>{_N})(?:\s*(?:-|to|and)\s*(?P<b>{_N}))?|(?P<back>倒数)?第\s*(?P<za>{_N})(?:\s*(?:-|到|至|,|和)\s*第?(?P<zb>{_N}))?\s*个?小节"


def _counted(match: re.Match[str], first: int, last: int) -> tuple[int, int] | None:
    """Bars of a part by their numbers in it; by those of the tune where only these lie in the part."""
    one = numbers.value(match["a"] or match["za"]) or 0
    other = numbers.value(match["b"] or match["zb"] or "") or one
    if match["back"]:
        return (last - one + 1, last - one + 1) if 0 < one <= last - first + 1 else None
    if 0 < one <= other <= last - first + 1:
        return first + one - 1, first + other - 1
    return (one, other) if first <= one <= other <= last else None


def _count(words: str) -> int:
    """How many bars some words say; 0 for none."""
    if re.search(r"few|couple", words):
        return 2
    found = re.search(rf"({_N})\s*个?(?:bars?|measures?|小节)", words)
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
    elif match["th"]:
        back = max(numbers.ORDINALS.get(match["th"], 2), 2)
        back += "before the last" in match[0]
    elif match["but"] or match["lb"]:
        back = (numbers.value(match["but"] or match["lb"]) or 1) + 1
    else:
        back = (numbers.value(match["zh"]) or 2) if match["zh"] else 2
    return bars - back + 1


_BEFORE_LAST = re.compile(
    rf"(?:(?P<n>{_N}) )?(?:bars?|measures?) (?:right |just |directly )?before the (?:last|final)(?: (?P<m>{_N}))?(?! note| chord| beat)|最后(?P<zm>{_N})?个?小节(?:之?前|前面|前边)的?(?:那)?(?P<zn>{_N})?个?小节"
)


def span_from_end(lower: str, bars: int) -> tuple[int, int] | None:
    """Two bars next to each other or a stretch, both counted from the end.

    >>> span_from_end("倒数第三和第二小节", 16), span_from_end("the two bars before the last two", 16)
    ((14, 15), (13, 14))
    """
    if before := _BEFORE_LAST.search(lower):
        count = numbers.value(before["n"] or before["zn"] or "") or 1
        last = bars - (numbers.value(before["m"] or before["zm"] or "") or 1)
        return (last - count + 1, last) if last - count + 1 > 0 else None
    match = _SPAN_FROM_END.search(lower)
    if match is None:
        return None
    ends = sorted(bars - (numbers.value(match[name]) or 1) + 1 for name in ("a", "b"))
    return (ends[0], ends[1]) if ends[0] > 0 else None
