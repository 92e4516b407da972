"""How people ask for notes of other lengths throughout some bars: none shorter than one they can read, bars filled with
short ones, those of one length as so many of another.

What it does not know: the length of one note that is picked (`exact`, `picked`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from fractions import Fraction

from chat.understand.rules.base import Clause, N, Rule, rule

_VALUE = r"(?:(?:whole|half|quarter|eighth|8th|sixteenth|16th)s?(?:[- ]?notes?)?|semibreves?|minims?|crotchets?|(?<!semi)quavers?|semiquavers?|(?:全|二分|四分|八分|十六分)(?:音符)?)"
_SIZES = (
    (Fraction(1, 16), r"sixteenth|16th|semiquaver|十六分"), (Fraction(1, 8), r"eighth|8th|(?<!semi)quaver|八分"),
    (Fraction(1, 4), r"quarter|crotchet|四分"), (Fraction(1, 2), r"half|minim|二分"), (Fraction(1), r"whole|semibreve|全"),
)  # fmt: skip
_LEVELS = {Fraction(1, 16): "sixteenths", Fraction(1, 8): "eighths", Fraction(1, 4): "quarters"}
"""The shortest note that goes → how simple the rhythm gets."""


def size_of(words: str) -> Fraction:
    """The length that a word means, as a part of a whole note.

    >>> size_of("quavers"), size_of("四分音符")
    (Fraction(1, 8), Fraction(1, 4))
    """
    return next(size for size, pattern in _SIZES if re.search(pattern, words))


# -- none that is shorter ---------------------------------------------------------------------

_LEAST = (
    rf"\b(?:only|just|nothing but|all|no(?:thing|ne| notes?)?(?: \w+)? (?:shorter|faster|quicker|smaller) than|not(?:hing)? below|at least|minimum(?: of)?|down to|shortest (?:note )?(?:\w+ ){{0,3}}?(?:is|be|being))(?: (?:use|using|with|have|an?|the))* (?P<least>{_VALUE})(?P<up> (?:or|and) (?:longer|more|slower|bigger|up|above))?"
    rf"|\b(?P<least2>{_VALUE}) (?:or|and) (?:longer|slower|more)(?: notes| only)?\b|\b(?P<least3>{_VALUE}) at (?:the |its )?(?:fastest|shortest|quickest|most)\b|\bshortest (?:note|value)s? (?:to |be |into )*(?:an? )?(?P<least4>{_VALUE})"
    rf"|\b(?:only|just) (?:reads?|knows?|plays?|can (?:read|play|do)|uses?|has|have)(?: the)? {_VALUE} & (?P<least5>{_VALUE})"
    rf"|(?:最短|最小)(?:的)?(?:音符|音|只能|只|时值)*(?:是|到|用|为|不超过|不短于)?(?P<zleast>{_VALUE})|(?:不要|没有|别有|不能有|不出现|不)(?:有)?(?:比)?(?P<zleast2>{_VALUE})(?:更|还)?(?:短|小|快|以下)|(?:不短于|不少于)(?P<zleast3>{_VALUE})|只(?:用|要|有|留)(?P<zleast4>{_VALUE})(?:和|及|或|以及|跟)?(?:更长|以上|比它长|更慢)"
)
_BANNED = (
    rf"\b(?:can'?t|cannot|can not|couldn'?t|unable to|don'?t|do not|not able to|struggle to|not yet) (?:yet |really )?(?:read|play|manage|do|handle|count|know|sing|understand|cope with)(?: (?:any|the|these|those))? (?P<banned>{_VALUE})\b"
    rf"|\b(?:haven'?t|have not|hasn'?t|not) (?:yet )?(?:learn(?:ed|t)|done|covered|had|met|got to)(?: (?:any|the|about))? (?P<banned2>{_VALUE})\b"
    rf"|\b(?:no|without|avoid|skip|get rid of|remove|lose|drop|take out|leave out|cut out)(?: (?:any|all|all the|the|more|those))? (?P<banned3>{_VALUE})\b(?! rests?)(?!(?<!s) (?:in|on|of|from the|at)\b)"
    rf"|(?:不会|看不懂|没学(?:过|到)?|读不了|弹不了|拉不了|吹不了|不认识|还不会看|不要|别用|去掉|避开|不用|不想要|没有)(?:有|用|出现)?(?P<zbanned>{_VALUE})(?!休止)|(?P<zbanned2>{_VALUE})(?:我|孩子|学生|他|她)?(?:还|都)?(?:不会|看不懂|没学过|弹不了|拉不了|吹不了|不认识|太难|去掉|不要)"
)


def none_shorter(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Which short notes go: those below the shortest that may stay, or those that nobody can read."""
    said = {k: v for k, v in match.groupdict().items() if v and k != "up"}
    name, words = next(iter(said.items()))
    size = size_of(words)
    if name == "least5":  # the shorter of the two that can be read
        size = min(size_of(word) for word in re.findall(_VALUE, match[0]))
    if "least" in name:
        if name == "least" and not match["up"] and re.match(r"only|just|all|nothing but", match[0]):
            return None  # notes of one length alone
        size /= 2
    if re.search(r"\bdott?ed\b|附点", clause.lower):
        return None
    level = _LEVELS.get(size)
    return {"level": level} if level else None


# -- as so many of another length -------------------------------------------------------------

_AS = (
    rf"(?P<a>{_VALUE})\b[^.;]{{0,24}}?\b(?:(?:in)?to|as|with|by|for|be|become)\b (?:{N} |an? |the )*(?P<b>{_VALUE})\b"
    rf"|(?P<za>{_VALUE})[^;.]{{0,10}}?(?:换|改|变|拆|分|写|做)(?:成|为)(?:{N}个)?(?P<zb>{_VALUE})"
)


def other_length(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "Those two minims as four crotchets": the bars in notes of the second length; shorter ones than the first stay."""
    one, other = (size_of(match[x] or match[f"z{x}"]) for x in "ab")
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    if one == other or re.search(r"\bdott?ed\b|附点|\brests?\b|休止|\bequals?\b|=", clause.lower):
        return None
    if re.search(
        rf"\b(?:first|second|third|fourth|last|final|long(?:est)?|opening) (?:long )?(?:{_VALUE}|note)|第.{{1,2}}个|最后[那一]?个?音",
        clause.lower,
    ):
        return None  # one note
    return {"length": str(other)} | ({"longer": "yes"} if other < one else {})


_FILLED = rf"\b(?:fill(?:ed)?|pack(?:ed)?|stuff|replace|swap)\b[^.;]{{0,40}}?\b(?:with|by|in|for)\b (?:\w+ ){{0,3}}?(?P<full>{_VALUE})|\b(?:running|continuous|constant|moving|flowing|streaming|walking) (?P<full2>{_VALUE})\b|(?:填满|塞满|铺满|填上|填)(?:连续的?|跑动的?|流动的?)*(?P<zfull>{_VALUE})|用(?:连续的?|跑动的?|流动的?)*(?P<zfull2>{_VALUE})(?:把[^,.;]{{0,6}})?(?:填满|填上|填|铺满)|(?:连续|跑动|流动|不停)的(?P<zfull3>{_VALUE})"


def filled(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars filled with notes of one short length."""
    words = next(v for v in match.groupdict().values() if v)
    if re.search(
        r"\b(?:left hand|bass|accompaniment|rests?)\b|左手|伴奏|低音|休止", clause.lower
    ) or size_of(words) > Fraction(1, 4):
        return None
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    return {"length": str(size_of(words))}


_BROKEN = r"\b(?:break(?: up)?|split(?: up)?|chop(?: up)?|divide|cut up)\b (?:the |all |those |these |any )*(?:long|held|longer|sustained) notes\b(?! (?:in)?to)|(?:把)?(?:那些|所有的?)?长音(?:都)?(?:拆开|打散|分开|拆短)"


def broken(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Long notes in pieces half as long as the longest one."""
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    lengths = [
        e.duration for m in clause.tune.measures for e in m.events
        if e.notes and (clause.place is None or clause.place.first <= m.number <= clause.place.last)
    ]  # fmt: skip
    piece = max(lengths, default=Fraction(0)) / 2
    return {"length": str(piece), "longer": "yes"} if piece >= Fraction(1, 16) else None


RULES: tuple[Rule, ...] = (
    rule("in-notes", _BROKEN, broken),
    rule("simplify-rhythm", f"{_LEAST}|{_BANNED}", none_shorter),
    rule("in-notes", _AS, other_length),
    rule("in-notes", _FILLED, filled),
)
