"""How people ask for parts that come back, for bars more at the end, and for a new part with a name: "bring A back after
B", 后面再加两小节, "it needs a bridge".

What it does not know: the order of all parts at once (`shape`), bars put in at a number (`bars`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.sections import Section, sections
from chat.understand.rules.base import ADD, Clause, N, Rule, rule

# -- parts that come back ---------------------------------------------------------------------

_NAMED = r"(?:(?i:the |my |its )?(?P<{0}l>[A-H])(?![A-Za-z'#])(?:[ -](?i:parts?|sections?|strains?))?|(?i:part|section) (?P<{0}m>[A-H])(?![A-Za-z])|(?i:the |my )(?P<{0}w>(?i:chorus|refrain|verse)))"
_BACK = re.compile(
    r"(?i:\bbring|\bhave|\bhear|\bget|\blet|\bwant|\blike|\bput|\bplay|\bsing|\badd|\bfinish with|\bend with|\bclose with|\bgo|\bcome|\breturn|\brestate|\breprise|\brepeat)\b[^.;]{0,12}?"
    + _NAMED.format("a")
    + r"[^.;]{0,30}?(?i:\bcom(?:e|es|ing) back|\bcome round|\bback\b|\breturns?(?:ing)?|\bonce more|\bone more time|\bagain|\bat the (?:very )?end|\bto finish|\bto close|\bafter\b)"
    + r"|"
    + _NAMED.format("b")
    + r" (?i:(?:should|could|must|can|to|needs? to|has to|ought to) )?(?i:come|comes|go|goes|return|returns|be played|be heard|reappears?)(?i: back)?(?i: (?:in|again|once more|at the end|one more time|after|behind)\b)"
    + r"|^(?i:and |then |so |now |, )*"
    + _NAMED.format("d")
    + r" (?i:again|once more|one more time)"
    + r"|(?i:\b(?:go|come|goes|comes|return|returns|going|lead|leads) back to|\breturn(?:s|ing)? to|\bend(?:ing)? (?:with|on)|\bfinish(?:ing)? (?:with|on)|\breprise(?: of)?|\brecap(?:itulate)?) "
    + _NAMED.format("c")
    + r"(?i: (?:again|at the end|once more|after|to (?:finish|end|close)))"
)
_BACK_ZH = re.compile(
    r"(?:(?:最后|结尾|末尾|之后|后面|然后|结束后|完了|[A-Ha-h]段(?:之后|后面|后|结束后?|完了?))[^,.;]{0,3})?(?:再|又|重新|还)(?:现|来|回到|接|加|奏|唱|放|重复|演奏|出现|写)(?:上)?(?:一)?(?:遍|次|个)?(?P<a>[A-Ha-h])段"
    r"|(?:最后|结尾|末尾)(?:再)?回(?:到)?(?P<b>[A-Ha-h])段|(?P<c>[A-Ha-h])段(?!之?后|结束|完)[^,.;]{0,8}(?:再现|再(?:来|奏|唱|出现|演奏|重复)(?:一)?[遍次]|回来(?:一)?[遍次]?|重现)"
)
_NO_RETURN = re.compile(
    r"\bfirst\b(?! (?:part|section|half))|\b(?:octave|tone|higher|lower|louder|softer|quieter|slower|faster|minor|major|key|twice|repeat sign|first half|words|lyrics|chords?|different|varied|undo|before|original|version|the way)\b|八度|升|降|移|快|慢|响|轻|歌?词|和弦|原来|版"
)


def _letters(parts: list[Section]) -> str:
    return "".join(p.label.upper() for p in parts)


def returning(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A part that comes once more behind the last one: by the order of the letters, or as a copy where parts have names."""
    text = clause.text
    found = _BACK.search(text) or _BACK_ZH.search(text)
    if found is None or _NO_RETURN.search(clause.lower):
        return None
    said = next(v for v in found.groupdict().values() if v)
    parts = sections(clause.tune)
    own = next((p for p in parts if p.label.lower().startswith(said.lower())), None)
    if own is None or len(parts) < 2:
        return None
    goal_said = _behind(clause, without=said)
    goal = goal_said or parts[-1]
    again = re.search(
        r"\b(?:again|back|returns?|once more|one more time|repris\w+)\b|[再又重]", clause.lower
    )
    if again is None and goal_said is None and not re.search(r"\bend\b|finish|close", clause.lower):
        return None  # "the A part after it"
    if len(said) == 1 and own == parts[-1]:
        clause.place = clause.bars_in(f"part {said.lower()}")
        return {"": "repeat-bars", "way": "signs"} if clause.place and goal == own else None
    if len(said) == 1 and goal == parts[-1] and all(len(p.label) == 1 for p in parts):
        clause.place = None
        return {"": "order-parts", "parts": _letters(parts) + said.upper()}
    clause.place = clause.bars_in(f"part {said.lower()}" if len(said) == 1 else said.lower())
    return {"after": str(goal.last)} if clause.place else None


_AFTER_PART = re.compile(
    rf"(?i:\b(?:after|behind|following|between)(?: the end of)?) (?:(?P<zx>(?i:chorus|refrain|verse))\b|{_NAMED.format('z')})|(?P<zl2>[A-Ha-h])段(?:结束|完了?)?(?:之后|后面|后)|(?P<zn>副歌|主歌)(?:结束)?(?:之后|后面|后)"
)
_ZH_NAMES = {"副歌": ("chorus", "refrain", "副歌"), "主歌": ("verse", "主歌")}


def _behind(clause: Clause, without: str = "") -> Section | None:
    """The last part of the name behind which something is to stand."""
    match = _AFTER_PART.search(clause.text)
    if match is None:
        return None
    groups = match.groupdict()
    said = next(v for v in groups.values() if v)
    names = _ZH_NAMES.get(said, (said.lower(),))
    found = [p for p in sections(clause.tune) if p.label.lower().startswith(names)]
    return found[-1] if found and said.lower() != without.lower() else None


# -- bars more at the end ---------------------------------------------------------------------

_MORE_ZH = rf"(?:后面|后头|最后|结尾|末尾|尾巴)(?:处|上|再|多|还|给我|帮我|可以)*(?:加|添|续|补|写|接|来)(?:上|写|个|出)?(?P<n>{N})个?小节|(?:再|多|还要)(?:加|添|续|补|接|写|来)(?:上|写|个)?(?P<m>{N})个?小节(?:来)?(?:收尾|结束|收束|作结|当结尾)?$"
_MORE = rf"\b(?:add|tack on|stick on|append|put|write|give (?:it|me|us)|needs?|want|could use)\b(?: (?:me|us|it|on|in))?(?: another| about)? (?P<e>{N})(?: (?:more|extra|closing|final|new|little))* (?:bars?|measures?)(?: more| extra)? (?:(?:on |right )?at the (?:very )?end|(?:on)?to the (?:very )?end|to (?:finish|close|end|round)|that (?:close|finish|end|come|bring|lead|resolve|land|settle)s?)\b|(?:^|(?<=[,.;-] ))(?P<f>{N}) (?:more|extra|further|closing) (?:bars?|measures?)(?: more| extra)? (?:on |right )?(?:at|on|to|onto) the (?:very )?end\b"
_ELSEWHERE = re.compile(
    r"前奏|引子|尾声|尾奏|休止|空|桥|间奏|开头|前面|中间|第[^,.;]{1,4}小节(?:之?后|后面)|\b(?:intro|coda|tag|rest|empty|blank|silent|silence|bridge|interlude|before|between|repeat|vamp)\b|\bafter (?:bar|measure)"
)


def more_at_end(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """New music behind the last bar, so many bars."""
    if _ELSEWHERE.search(clause.lower):
        return None
    count = numbers.value(match["n"] or match["m"] or match["e"] or match["f"])
    if not count or count > 32:
        return None
    return {"bar": "end", "count": str(count), "where": "after"}


# -- a new part with a name -------------------------------------------------------------------

_LABELS = (("Bridge", r"bridge|middle (?:eight|8)|桥段|过渡段|连接段"), ("Pre-Chorus", r"pre-?chorus|导歌|预副歌"),
           ("Chorus", r"chorus|refrain|副歌"), ("Verse", r"verse|主歌"))  # fmt: skip
_PART_WORDS = "|".join(words for _, words in _LABELS)
_NEW_PART = rf"(?:\bneeds?|\bcould (?:use|do with)|\bmissing|\blacks?|\bstill has no|{ADD})[^.;]{{0,28}}?(?P<what>\b(?:bridge|middle (?:eight|8)|pre-?chorus)\b|桥段|过渡段|连接段|导歌|预副歌)|\ban? (?:{N}[- ]bar |short |little |new |quick )*(?P<nice>bridge|middle eight|pre-?chorus)\b|^(?:and |now |then |please )*(?:an? )?(?:{N}[- ]bar |short |new )*(?P<bare>bridge|middle eight) (?:after|before|between|please|for|at)\b|(?:缺|少|差|没有?|来|写|加|配|要)(?:了|个|一个|一段|段|上)*(?:{N}个?小节的?)?(?P<zh>桥段|过渡段|连接段|导歌|预副歌)"


_OTHER = re.compile(
    r"\b(?:better|different|nicer|stronger|another|other|catchier)\b|更好|别的|另|重|换"
)


def new_part(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A new part by its name, behind the part that is named, else behind all; four bars, or eight where parts are long."""
    said = match["what"] or match["nice"] or match["bare"] or match["zh"]
    if re.search(
        rf"\b(?:the|that|this|my|its) (?:new |whole )?(?:{_PART_WORDS})\b|(?:把|这个?|那个?|给)(?:{_PART_WORDS})|\bno (?:{_PART_WORDS})|不要|去掉|删|\b(?:louder|softer|lyrics|words|chords?|key|minor|major|higher|lower)\b|歌?词|和弦|[升降高低响轻]",
        re.sub(rf"\bafter the \w+|\bbefore the \w+|{_AFTER_PART.pattern}", " ", clause.lower),
    ):
        return None
    parts = sections(clause.tune)
    label = next(name for name, words in _LABELS if re.search(words, said))
    count = re.search(rf"({N})[- ]?(?:个)?(?:bars?|measures?|小节)", clause.lower)
    number = (numbers.value(count[1]) if count else None) or min(
        8, max(4, parts[-1].bars if parts else 4)
    )
    named = _behind(clause) or _before(clause, parts)
    there = any(p.label.lower().startswith(label.lower()[:6]) for p in parts)
    goal = named or (parts[-1] if parts else None)
    if goal is None or (there and (named is None or _OTHER.search(clause.lower))):
        return None  # "a better bridge" is the one that is there
    clause.place = None
    return {"label": label, "after": str(goal.last), "count": str(min(32, number))}


def _before(clause: Clause, parts: list[Section]) -> Section | None:
    """The part that stands before the last one of the name before which something is to stand."""
    match = re.search(
        rf"(?i:\bbefore(?: the (?:last|final))?) {_NAMED.format('z')}|(?P<zn>副歌|主歌)(?:之前|前面|前)",
        clause.text,
    )
    if match is None:
        return None
    said = next(v for v in match.groupdict().values() if v)
    names = _ZH_NAMES.get(said, (said.lower(),))
    at = max((n for n, p in enumerate(parts) if p.label.lower().startswith(names)), default=0)
    return parts[at - 1] if at else None


RULES: tuple[Rule, ...] = (
    rule(
        "copy-bars",
        r"\b(?:back|again|returns?|returning|once more|one more time|at the (?:very )?end|reprise|recap\w*|reappears?|to (?:finish|close)|after|behind)\b|[再又回重][来回接加奏唱放重演出写现到新]",
        returning,
    ),
    rule("new-part", _NEW_PART, new_part),
    rule("new-bars", f"{_MORE_ZH}|{_MORE}", more_at_end),
)
