"""How people ask for the shape of the whole: parts in an order, variations, one ending for two, twice as long."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.sections import sections
from abc_tools.tune import Tune
from chat.understand.rules.base import ADD, REMOVE, Clause, N, Rule, group_of, rule

# -- the order of the parts -------------------------------------------------------------------

_LETTERS = re.compile(
    r"(?<![A-Za-z'])([A-H](?:(?:[ ,\-–]| then | and then )*[A-H]){1,9})(?![A-Za-z'#])(?! (?:major|minor|flat|sharp|dorian))"
)
_THEN_ZH = re.compile(
    r"先(?:奏|唱|来|放|弹)?([A-H])段?.{0,4}(?:再|后|然后)(?:奏|唱|来|放|弹)?([A-H])"
)
_MORE_ZH = re.compile(
    r"(?:最后|然后|再)(?:来|奏|唱|弹)?(?:一遍|一次)([A-H])|(?:最后|然后)再?(?:来|奏|唱|弹)?(?:一遍|一次)?([A-H])段?(?:一遍|一次)?"
)


_SWAPPED = re.compile(
    r"\b(?:[Ss]wap|[Ss]witch|[Ee]xchange)\b[^.;]{0,16}?\b([A-H])(?: part)? (?:and|with) (?:the )?([A-H])\b|([A-H])段?(?:和|与|跟)([A-H])段?(?:互换|对调|交换|换)"
)


def ordered(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The letters of the parts in the order in which they shall come; None unless the tune has them all."""
    own = {p.label.upper()[:1] for p in sections(clause.tune) if p.label}
    text = clause.text
    swapped = _SWAPPED.search(text)
    header = any(f.name == "P" and f.where == "header" for f in clause.tune.fields)
    if swapped and header:
        one, other = swapped[1] or swapped[3], swapped[2] or swapped[4]
        course = _course(clause.tune)
        return (
            {"parts": course.translate(str.maketrans(one + other, other + one))}
            if {one, other} <= own
            else None
        )
    if zh := _THEN_ZH.search(text):
        more = [group_of(m) for m in _MORE_ZH.finditer(text[zh.end() :])]
        parts = "".join([zh[1], zh[2], *more])
    else:
        found = [
            re.sub(r"[^A-H]", "", re.sub(r"then|and", "", m[1])) for m in _LETTERS.finditer(text)
        ]
        parts = max(found, key=len, default="")
    if len(parts) < 2 or not set(parts) <= own or parts == _course(clause.tune):
        return None
    return {"parts": parts}


def _course(tune: Tune) -> str:
    """The parts as they are played now, by letters."""
    header = next((f.value for f in tune.fields if f.name == "P" and f.where == "header"), "")
    return re.sub(r"[^A-Z]", "", header) or "".join(p.label.upper()[:1] for p in sections(tune))


# -- length -----------------------------------------------------------------------------------


def doubled(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Twice the bars; None where note values are meant."""
    if re.search(r"\bnotes?\b|\bvalues?\b|\bword\b|时值|音符", clause.lower):
        return None
    return {"twice": "yes"}


def halved(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Half the bars; None where note values are meant."""
    if re.search(r"\bnotes?\b|\bvalues?\b|时值|音符", clause.lower):
        return None
    return {"bars": str(max(1, clause.tune.bar_count // 2))}


def more_bars(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """How many bars more."""
    number = numbers.value(group_of(match)) if group_of(match) else 8
    return {"more": str(number)} if number and 1 <= number <= 64 else None


# -- variations -------------------------------------------------------------------------------


def how_many(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """How many variations: one to five."""
    said = re.search(
        rf"({N}|a few|some|several|a couple of|几|一些)\s*(?:more |short |different |simple |easy )*(?:个|段|首|次)?(?:variations?|变奏)",
        clause.lower,
    )
    word = said[1] if said else ""
    count = (
        {"a few": 3, "some": 2, "several": 3, "a couple of": 2, "几": 3, "一些": 2}.get(word)
        or numbers.value(word)
        or 1
    )
    return {"count": str(min(5, max(1, count)))}


def _names(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Letters, sol-fa or degrees of the scale."""
    if re.search(r"\bsol-?f|\bsolf|\bdo re|唱名|哆来|do ?re", clause.lower):
        return {"kind": "sol-fa"}
    if re.search(r"\bnumbers?\b|\bdegrees?\b|\bjianpu\b|简谱|数字|音级|级数", clause.lower):
        return {"kind": "degrees"}
    return {"kind": "letters"}


RULES: tuple[Rule, ...] = (
    rule(
        "order-parts",
        r"\b(?:swap|switch|exchange)\b|互换|对调|交换|\border\b|\bsequence\b|\bform\b|\bgo(?:es)?\b|\bplay(?:ed)?\b|\bjust\b|\bshould be\b|\bmake it\b|\barrange\b|\bstructure\b|\bthen\b|先[^,.;]{0,4}[a-h]|顺序|结构|改成[a-h]{2,}|曲式",
        ordered,
    ),
    rule(
        "one-ending",
        rf"(?:{REMOVE}|\bmerge|\bcombine|\bjoin|\breplace|\bdon't need|\bmake)\b[^.;]{{0,24}}\b(?:(?:the |both |all |those )*(?:first and second|1st and 2nd|first/second|two|1st/2nd|different|alternative|alternate) (?:time )?endings?|first[- ](?:and second[- ])?time bars?|endings\b)(?! (?:chord|stronger|more))|\b(?:just |only )?one (?:plain |single |simple )?ending\b|(?:去掉|取消|不要|合并)[^,.;]{{0,6}}(?:跳房子|房子|两个结尾|一二房)|(?:跳房子|一二房)[^,.;]{{0,4}}(?:去掉|取消|不要|合并)|只(?:要|留|用)一个结尾|只(?:要|留|奏|用)(?:第)?二(?:房子|结尾|遍的?结尾)|\b(?:only |just )?keep (?:only |just )?the (?:second|2nd)(?: time)? (?:ending|bar)s?\b",
    ),
    rule(
        "add-variations",
        rf"(?:{ADD}|compose|make up|try|do|put)[^,.;]{{0,30}}\bvariations?\b|\b(?:theme and|with) variations\b|\b(?:{N}|a few|some|several) variations\b|(?:写|加|来|做|编|创作)[^,.;]{{0,8}}变奏|变奏曲|主题与变奏",
        how_many,
    ),
    rule(
        "note-names",
        r"\b(?:note|letter)[- ]?names?\b|\bnames? of the notes\b|\b(?:sol-?fa|solf[eè]ge|do re mi) (?:names|syllables|under)|\b(?:scale )?(?:degrees|numbers) (?:under|below|beneath|over|above)\b|\bletters? (?:under|below|beneath|over|above)|音名|唱名|(?:写|标|注)(?:上|出)?(?:数字)?简谱",
        _names,
    ),
    rule(
        "longer",
        r"\b(?:double|twice) (?:the |its |it's |in )?length\b|\btwice (?:as long|the length)\b|\bdouble (?:it|this|the tune|the song|the piece) in length|(?:长度|篇幅)(?:加倍|翻倍|翻一番)|(?:加|延)长一倍|长一倍|两倍长",
        doubled,
    ),
    rule(
        "new-length",
        r"\b(?:half|halve) (?:the |its |it's |as )?length\b|\bhalf (?:as long|the length)\b|\bcut (?:it|this) (?:down )?(?:in|by) half\b|(?:长度|篇幅)减半|缩短一半|砍(?:掉)?一半|一半长",
        halved,
    ),
    rule(
        "longer",
        rf"{ADD}[^,.;]{{0,8}}\b(?:another|(?<!first )(?<!last )extra|a further) ({N}) (?:more )?(?:bars|measures)\b(?! (?:intro|introduction|coda|tag|ending|rest|before|at the (?:start|front|beginning)))|{ADD}[^,.;]{{0,8}}({N}) (?:more|extra|further) (?:bars|measures)\b(?! (?:intro|introduction|coda|tag|ending|rest|before|after|at the (?:start|front|beginning)))",
        more_bars,
    ),
)
