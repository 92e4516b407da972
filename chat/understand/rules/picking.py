"""Which notes a clause picks out: by number, name, beat, sung word, or all but some.

What it does not know: what shall happen to them (`picked`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from chat.understand.rules.base import Clause, N
from chat.understand.text import in_letters

_ORD = "first|second|third|fourth|fifth|sixth|seventh|eighth|last|final|1st|2nd|3rd|4th|5th|6th|7th|8th|penultimate|opening|closing"
_PLACE = {"final": -1, "closing": -1, "penultimate": -2, "opening": 1}
NAME_SMALL = r"[a-g](?:[ -]?(?:sharp|flat|natural)|#)?"
_LEN = r"(?:(?:long|short|single|high|low|top|bottom|melody|quarter|half|eighth|whole|sixteenth|dotted) )*"
_ENDS = re.compile(
    rf"\b(?P<end>first|last|final|opening|closing) (?P<n>{N}|couple of|few) {_LEN}notes\b"
)
_TWO = re.compile(
    rf"\b(?P<a>{_ORD})(?: {_LEN}note)?(?: and|,| &| with| for) (?:the )?(?P<b>{_ORD}) {_LEN}notes?\b"
)
_ONE = re.compile(rf"\b(?P<a>{_ORD}) {_LEN}(?:note|pitch)\b(?!s)")
_COUNTED = re.compile(
    r"\bnotes? (?:number )?(?P<a>\d)(?:(?P<to> ?- ?| to )(?P<c>\d)|(?: and| &|,) (?P<b>\d))?(?![\d/])"
)
_ON_BEAT = re.compile(
    r"\bnotes? (?:that (?:is|falls|comes|sits) )?(?:on|at) (?:the )?(?:beat (?P<a>[1-9])|(?P<b>first|second|third|fourth|last) beat)\b"
)
_NAMED = re.compile(
    rf"\b(?:the|that|those|these|this|both|every|all|two|a|an) (?:(?:two|other|high|low|top|extra|lone|long|short) |of the |the )*(?P<n>{NAME_SMALL})(?:'?s)?(?![a-z'#\d])(?! (?:part|section|strain|major|minor|chord|dorian|mixolydian|string|bit|little|few|couple|lot|note higher|note lower|flat|sharp))"
)
_NTH_NAMED = re.compile(
    rf"\b(?P<o>{_ORD}) (?P<n>{NAME_SMALL})(?![a-z'#\d])(?! (?:part|section|strain|major|minor|chord|note|flat|sharp|phrase|line|half|bar))|第\s*(?P<zo>{N})\s*个(?P<zn>[a-g])(?![a-z])|(?P<zl>最后)(?:那|一|的)*个?(?P<zm>[a-g])(?![a-z段调大小])"
)
_OPENING_ZH = re.compile(r"(?:开头|一开始|起首)(?:的|那个)*(?:[升降]?[a-g](?![a-z段调])|音(?!乐))")
_BESIDE = re.compile(r"\b(?:beat ([1-9])|(first|second|third|fourth) beat)\b")
_LONG = re.compile(r"\b(?:the |that )?(?:long|longest|held) note\b|(?:那个?|这个?|的)?长音")
REST = re.compile(r"\b(?:rests?|silences?|gap)\b|休止符?|空拍")
_ZH_TWO = re.compile(
    rf"第\s*(?P<a>{N})\s*个?(?:音(?!乐))?(?:和|与|跟|,|及)(?:第)?\s*(?P<b>{N})\s*个?音(?!乐)|第(?P<c>[一二三四五六七])(?P<d>[二三四五六七八])个?音(?!乐)"
)
_ZH_ENDS = re.compile(rf"(?P<end>最后|末尾|前|头|开头)的?(?:面)?(?P<n>{N})个?音(?!乐)")
_ZH_ONE = re.compile(
    rf"第\s*(?P<a>{N})\s*个?音(?!乐)|(?P<last>最后(?:那|的)?(?:一)?个?音(?!乐)|末音|尾音)|(?P<first>首音|开头(?:的|那个)?(?:一个)?音(?!乐))|倒数第\s*(?P<back>{N})\s*个?音(?!乐)"
)
_ZH_BEAT = re.compile(rf"第\s*(?P<a>{N})\s*拍(?:上|的)?(?:的)?(?:那个)?音(?!乐)")
_ZH_NAMED = re.compile(
    r"(?:(?:小节|拍|里|中)(?:的|里的?|那个|这个)*|那个|这个|所有的?|两个)(?P<s>升|降|还原)?(?P<n>[A-Ga-g])(?P<s2>#|b)?(?![A-Za-z\d段调大小和])(?:音)?"
)
_SUNG = re.compile(
    r"\b(?:on|over|under|at|sung to|that sings?|for) (?:the )?(?:words? |syllables? |lyrics? )?\"(?P<en>[^\"]{1,40})\"|(?:唱到?|歌词是|在)\"(?P<zh>[^\"]{1,20})\"|\"(?P<zw>[^\"]{1,20})\"(?:的?那|这|上|处|两|三|四|这几|几)(?:的)?[一两二三四五几]?个?(?:音|字)"
)
PART_OR_CHORD = re.compile(r"\bchords?\b|\bkey\b|\bcapo\b|\btranspos|和弦|大调|小调|转调|移调")


def _number(word: str) -> int:
    return (
        _PLACE.get(word)
        or numbers.ORDINALS.get(word)
        or numbers.value(re.sub(r"(?:st|nd|rd|th)$", "", word))
        or 0
    )


_SPANS = (
    re.compile(
        r"\b(?:bar|measure)s? \d+,? (?:on |from )?beat (?P<a>[1-9]),? (?:-|to|till|until|through) (?:the )?(?:(?:very )?end of )?(?:bar |measure )?\d+(?:,? (?:on )?beat (?P<b>[1-9]))?"
    ),
    re.compile(r"\bbeats (?P<a>[1-9])(?: ?- ?| to | and | & )(?P<b>[1-9])\b"),
    re.compile(
        r"\bbeat (?P<a>[1-9]) (?:to|till|until) (?:the )?end\b|\bfrom beat (?P<c>[1-9])(?: on(?:wards)?)?\b"
    ),
    re.compile(r"\b(?P<half>first|second|last|latter|other) half of (?:bar|measure)\b"),
    re.compile(
        rf"第\s*{N}\s*小节的?第\s*(?P<a>{N})\s*拍(?:开始|起)?(?:到|至|-)第?\s*{N}\s*小节(?:的?第\s*(?P<b>{N})\s*拍|末尾?|结束|最后|完)?"
    ),
    re.compile(rf"第\s*(?P<a>{N})\s*(?:拍)?(?:到|至|-|,|和)第?\s*(?P<b>{N})\s*拍"),
    re.compile(r"小节的?(?P<zh>前|后)半(?:小节|部分)?"),
)
"""Some beats of a bar, or from a beat of one bar to the end or a beat of another."""
_BUT = re.compile(
    r"\b(?:except(?: for)?|apart from|all but|but not|other than)\b[^.;]{0,12}$|除了?$|除(?:了|去)?[^,.;]{0,6}$"
)


def picks(clause: Clause) -> list[tuple[str, tuple[int, int]]]:
    """The words of the picks of a clause with where they stand; none where it names no single note."""
    found = _picks(clause)
    if found and _BUT.search(in_letters(clause.text).lower()[: found[0][1][0]]):
        return [("not:" + ",".join(word for word, _ in found), found[0][1])]
    return found


def _picks(clause: Clause) -> list[tuple[str, tuple[int, int]]]:
    lower = in_letters(clause.text).lower()
    for pattern in _SPANS:
        if match := pattern.search(lower):
            groups = match.groupdict()
            if half := groups.get("half") or groups.get("zh"):
                late = half not in ("first", "前")
                return [("span:half-" if late else "not:span:half-", match.span())]
            start, stop = groups.get("a") or groups.get("c") or "", groups.get("b") or ""
            ends = "-".join(str(numbers.value(n) or "") if n else "" for n in (start, stop))
            return [(f"span:{ends}", match.span())]
    if match := _SUNG.search(clause.text):
        return [
            (f"sung:{(match['en'] or match['zh'] or match['zw']).replace(' ', '')}", match.span())
        ]
    if match := _NTH_NAMED.search(lower):
        number = -1 if match["zl"] else _number(match["o"] or match["zo"])
        said = match["n"] or match["zn"] or match["zm"]
        return [(f"{number}of:{said[0].upper()}{sign_of(said)}", match.span())] if number else []
    if match := _OPENING_ZH.search(lower):
        return [("1", match.span())]
    for pattern in (_TWO, _ZH_TWO):
        if match := pattern.search(lower):
            return [(str(_number(g)), match.span()) for g in match.groups() if g]
    for pattern in (_ENDS, _ZH_ENDS):
        if match := pattern.search(lower):
            count = 2 if match["n"] in ("couple of", "few") else numbers.value(match["n"]) or 2
            late = match["end"] in ("last", "final", "closing", "最后", "末尾")
            places = range(-count, 0) if late else range(1, count + 1)
            return [(str(n), match.span()) for n in places]
    for pattern in (_ON_BEAT, _ZH_BEAT):
        if match := pattern.search(lower):
            said = next(g for g in match.groups() if g)
            return [(f"@{_number(said)}", match.span())] if _number(said) > 0 else []
    if match := _ONE.search(lower):
        return [(str(_number(match["a"])), match.span())]
    if match := _ZH_ONE.search(lower):
        number = (
            -1
            if match["last"]
            else 1
            if match["first"]
            else _number(match["a"] or match["back"] or "")
        )
        return [(str(-number if match["back"] else number), match.span())] if number else []
    if match := _COUNTED.search(lower):
        one, other = int(match["a"]), int(match["b"] or match["c"] or match["a"])
        both = list(range(one, other + 1)) if match["to"] else sorted({one, other})
        return [(str(n), match.span()) for n in both]
    return _by_name(clause, lower)


def sign_of(said: str) -> str:
    """The sign of a note's name: "f sharp" has #."""
    names = {"sharp": "#", "flat": "b", "natural": "=", "#": "#"}
    return names.get(re.sub(r"^.[ -]?", "", said.lower()), "")


def _by_name(clause: Clause, lower: str) -> list[tuple[str, tuple[int, int]]]:
    text = in_letters(clause.text)
    beat = _BESIDE.search(lower)
    if (match := _NAMED.search(lower)) and beat is not None:
        return [(f"@{_number(next(g for g in beat.groups() if g))}", match.span())]
    if match:
        said = text[match.start("n") : match.end("n")]
        small = said[0].lower() == "a" and said == "a" and not re.search(r"\bnotes?\b", lower)
        if match["n"] == "a" and small and match[0].startswith(("a ", "an ")):
            return []
        sign = {"sharp": "#", "flat": "b", "natural": "="}.get(
            re.sub(r"^.[ -]?", "", match["n"]), ""
        )
        sign = "#" if match["n"].endswith("#") else sign
        several = re.search(r"s$", match[0]) or re.match(
            r"(?:those|these|both|every|all|two)\b", match[0]
        )
        word = match["n"][0].upper() + sign
        return [(word if several else f"one:{word}", match.span())]
    if match := _ZH_NAMED.search(text):
        sign = {"升": "#", "降": "b", "还原": "=", "#": "#", "b": "b"}.get(
            match["s"] or match["s2"] or "", ""
        )
        word = match["n"].upper() + sign
        several = re.search(r"所有|两个|都|全", text)
        start = match.start("s") if match["s"] else match.start("n")
        return [(word if several else f"one:{word}", (start, match.end()))]
    if match := _LONG.search(lower):
        return [("long", match.span())]
    return []


def picked_notes(clause: Clause, least: int = 1) -> dict[str, str] | None:
    """The pick of a clause, and its bars; None where it names no notes, or fewer than needed."""
    if PART_OR_CHORD.search(clause.lower):
        return None
    found = picks(clause)
    if len(found) < least and not (least == 2 and found and found[0][0].isalpha()):
        return None
    start, end = found[0][1]
    lower = in_letters(clause.text).lower()
    spanned = "span:" in found[0][0]
    where = lower if spanned else lower[:start] + " " + lower[end:]
    plain = where if spanned else re.sub(r"\bbeat \d|第.拍|\b\w+ beat\b", " ", where)
    clause.place = clause.bars_in(plain) or (clause.pointed() if clause.selection else None)
    return {"pick": " ".join(dict.fromkeys(word for word, _ in found))}
