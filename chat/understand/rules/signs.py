"""How people ask for ornaments, dynamics and clefs."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from fractions import Fraction

from abc_tools import numbers
from abc_tools.places import Place
from chat.understand.place import bars_of, names_bars_only, sections_named
from chat.understand.rules.base import ADD, REMOVE, Clause, N, Rule, group_of, rule

SIGNS = (
    ("trill", r"trills?|颤音"), ("mordent", r"mordents?|波音"), ("turn", r"turns\b|a turn\b|gruppetto|回音"), ("roll", r"\brolls?\b|滚音"),
    ("fermata", r"fermatas?|pauses?(?: signs?| marks?)?\b|holds?\b|延长记号|延音记号"), ("staccato", r"staccat\w*|short and detached|断奏|跳音|断音"),
    ("accent", r"accents?|重音"), ("grace", r"grace notes?|\bcuts\b|appoggiaturas?|acciaccaturas?|倚音|装饰音(?!记号)"),
    ("breath", r"\bbreath(?:s|es| marks?| signs?)?\b|换气(?:记号)?|呼吸记号"), ("slur", r"\bslurs?\b|连(?:音)?线"),
)  # fmt: skip
ANY_SIGN = (
    "|".join(words for _, words in SIGNS)
    + r"|ornaments?|ornamentation|decorations?|装饰(?:音|记号)?"
)


_AT_THE_END = re.compile(
    r"\b(?:at|on|to|in) the (?:very )?(?:end|ending)\b(?! of)|^(?:在|给)?(?:结尾|最后|末尾|收尾|尾巴)(?!.{0,3}[句段])"
)


def ornament(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Which sign."""
    kind = next((n for n, words in SIGNS if re.search(words, match[0])), "")
    kind = kind or next((n for n, words in SIGNS if re.search(words, clause.lower)), "")
    if not kind:  # ornaments of no kind: dances take cuts, other tunes trills
        rhythm = next((f.value.lower() for f in clause.tune.fields if f.name == "R"), "")
        danced = re.search(r"jig|reel|hornpipe|polka|strathspey|barndance", rhythm)
        kind = "grace" if danced else "trill"
    if kind == "breath" and (
        before := re.search(rf"\bbefore (?:bar|measure) ({N})|第({N})小节(?:之前|前)", clause.lower)
    ):
        bar = (numbers.value(group_of(before)) or 2) - 1
        clause.place = Place(bar, bar)
    if kind == "fermata" and _AT_THE_END.search(clause.lower):  # the last note, not the last phrase
        clause.place = Place(clause.tune.bar_count, clause.tune.bar_count)
    if kind == "slur":
        return {"": "slur"} | every(match, clause)
    if kind == "grace":  # a kind that is named beside another: "a roll or a grace note"
        kind = (
            " ".join(n for n, words in SIGNS if n in _EITHER and re.search(words, clause.lower))
            or kind
        )
    elif kind in _EITHER:
        kind = " ".join(
            dict.fromkeys(
                [
                    kind,
                    *(n for n, words in SIGNS if n in _EITHER and re.search(words, clause.lower)),
                ]
            )
        )
    return {"kind": kind} | _how_many(clause)


_EITHER = frozenset(("trill", "mordent", "turn", "roll", "grace"))
_A_FEW = (
    (2, r"\ban? \w+(?: note)? or two\b|\bone or two\b|\ba couple(?: of)?\b|\btwo or so\b|[一两]两?个(?!小节|八度)|一两"),
    (3, r"\ba few\b|\btwo or three\b|\ban? (?:occasional|odd)\b|几个|两三个|少量|零星"),
)  # fmt: skip
_SPARSE = re.compile(
    r"\bhere and there\b|\bsparingly\b|\bnow and (?:then|again)\b|\boccasional\w*\b|偶尔|零星|点缀|少量"
)


def _anywhere(clause: Clause) -> dict[str, str]:
    """The bars that a clause names besides the beginnings that it speaks of; all, where it names none."""
    plain = re.sub(
        r"\b(?:start|beginning|opening|first note)s?\b|开头|句首|第一个音|乐?句", " ", clause.lower
    )
    clause.place = clause.bars_in(plain) or Place(1, clause.tune.bar_count)
    return {}


def _how_many(clause: Clause) -> dict[str, str]:
    """How many signs, and on which notes, if that is said."""
    if re.search(
        r"\b(?:each|every) phrase\b|\bphrase (?:starts?|beginnings?)\b|[每各](?:个|一)?(?:乐)?句",
        clause.lower,
    ) and not re.search(r"\bbars?\b|小节", clause.lower):
        return {"at": "phrases"} | _anywhere(clause)
    if re.search(
        r"\bfirst note (?:of|in) (?:each|every) (?:bar|measure)\b|\b(?:start|beginning) of (?:each|every) (?:bar|measure)\b|每(?:个|一)?小节(?:的?第一个音|开头)",
        clause.lower,
    ):
        return {"at": "bars"} | _anywhere(clause)
    if _SPARSE.search(clause.lower):
        place = clause.bars_in(clause.lower)
        bars = place.last - place.first + 1 if place else clause.tune.bar_count
        return {"most": str(max(2, bars // 3))}
    found = next((n for n, words in _A_FEW if re.search(words, clause.lower)), 0)
    return {"most": str(found)} if found else {}


def hold_last(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """A fermata on the last note."""
    last = clause.tune.bar_count
    clause.place = Place(last, last, "last bar")
    return {"kind": "fermata"}


def less_ornament(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Which signs go."""
    lower = clause.lower
    if re.search(r"dynamic|\bloud|\bsoft|volume|强弱|力度", match[0]):
        return {"kinds": "dynamics"}
    kinds = [n for n, words in SIGNS if re.search(words, lower)]
    general = re.search(
        r"all (?:the )?(?:ornaments|signs|marks)|ornament|decorat|所有|全部|装饰", lower
    )
    return {"kinds": " ".join(kinds)} if kinds and not general else {}


LEVELS = (
    ("ppp", r"\bppp\b"), ("pp", r"\bpp\b|pianissimo|very (?:soft|quiet)|极弱|很弱"), ("mp", r"\bmp\b|mezzo[- ]piano|medium soft|中弱"),
    ("mf", r"\bmf\b|mezzo[- ]forte|medium loud|中强"), ("fff", r"\bfff\b"), ("ff", r"\bff\b|fortissimo|very loud|极强|很强"),
    ("p", r"\bp\b|\bpiano\b(?! part| left| right)|\bsoft(?:ly|er)?\b|\bquiet(?:ly|er)?\b|\bhush\w*|弱|轻(?![快松盈])|小声|悄|安静"), ("f", r"\bf\b|\bforte\b|\bloud(?:ly|er)?\b|\bblast\b|强|响|大声|震"),
)  # fmt: skip


def hairpin(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Louder or softer."""
    softer = re.search(r"decresc|dimin|dim\.|fade|soft|quiet|弱|轻", match[0]) is not None
    return {"kind": "softer" if softer else "louder"}


def dynamic(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Which level."""
    if "强弱" in match[0]:
        return None  # signs in general
    level = next((n for n, words in LEVELS if re.search(words, match[0])), None)
    if re.search(r"\b(?:finish|ending|end|finale|close)$", match[0]) and level is None:
        level = "ff"
    if re.search(r"^(?:end|finish)|\b(?:finish|ending|end|finale|close)$", match[0]):
        last = clause.tune.bar_count
        clause.place = Place(max(1, last - 1), last, "last two bars")
    elif re.match(r"(?:start|begin)", match[0]):
        clause.place = Place(1, 1, "first bar")
    return {"level": level} if level else None


def level_there(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A level behind nothing but bars: "the odd bars piano", "first half forte"."""
    there = names_bars_only(match["where"]) and bars_of(match["where"], clause.tune)[0] is not None
    return dynamic(match, clause) if there or sections_named(match["where"], clause.tune) else None


def simpler(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Which notes go, where the message says it; else the change finds out."""
    if re.search(r"dotted|附点", clause.lower):
        return {"": "simplify-rhythm", "level": "dotted"}
    if re.search(r"sixteenth|semiquaver|16th|十六分", clause.lower):
        return {"": "simplify-rhythm", "level": "sixteenths"}
    if re.search(r"eighths?|quavers?|八分", clause.lower):
        return {"": "simplify-rhythm", "level": "eighths"}
    if re.search(
        r"\bthin|\bhalf (?:as many|the|the number of) notes|[减少掉]一半|\bfewer notes|\bless notes|\bbusy\b|\btoo many notes|少[^,.;]{0,4}音|音(?:符)?[^,.;]{0,3}少|太碎|太密|太满|太多音",
        clause.lower,
    ):
        place = clause.bars_in(clause.lower) or clause.pointed()
        there = [
            e.duration for m in clause.tune.measures
            if place is None or place.first <= m.number <= place.last
            for e in m.events if e.notes
        ]  # fmt: skip
        shortest = min(there, default=Fraction(1, 8))
        level = "sixteenths" if shortest < Fraction(1, 8) else "eighths"
        if shortest >= Fraction(1, 4) and place is not None:
            level = "quarters"
        return {"": "simplify-rhythm", "level": level}
    return {}


_PEAK = re.compile(
    rf"(?:to|till|until|towards|by|at|in)\s+(?:about |around |roughly )?(?:bar|measure) ({N})|(?:到|在)?第\s*({N})\s*小节"
)


def swelling(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Where a swell is loudest, if that is said; a bar that is only the peak is not the place of all."""
    found = _PEAK.search(clause.lower)
    number = numbers.value(group_of(found)) if found else None
    place = clause.bars_in(_PEAK.sub(" ", clause.lower)) if number else None
    clause.place = place or (Place(1, clause.tune.bar_count) if number else None)
    return {"peak": str(number)} if number else {}


def every(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """How many bars a slur reaches over."""
    found = re.search(
        rf"(?:each|every|per|over|[每各])\s*({N})[ -]?(?:bars?|measures?|个?小节)", clause.lower
    )
    return {"every": str((numbers.value(found[1]) if found else 1) or 1)}


def some_dynamics(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Dynamics that nobody describes: growing to the highest note, then dying away; None where levels are named."""
    plain = clause.lower.replace("强弱", "")
    if any(re.search(words, plain) for _, words in LEVELS) or re.search(
        r"\b(?:start|begin|end|build|loud|soft|quiet|grow|fade|big|cresc|dim)|强|弱(?!记号|标记)|渐|响|轻",
        plain,
    ):
        return None
    bars = [m for m in clause.tune.measures if any(e.notes for e in m.events)]
    inside = [m for m in bars[1:-1] if m.number > bars[0].number] if len(bars) > 3 else []
    if not inside:
        return None
    peak = max(
        inside, key=lambda m: (max((n for e in m.events for n in e.midi), default=0), m.number)
    )
    return {"peak": str(peak.number)}


RULES: tuple[Rule, ...] = (
    rule(
        "swell",
        rf"{ADD}[^,.;]{{0,20}}\bdynamics?(?: marks?| markings?)?\b|{ADD}[^,.;]{{0,6}}(?:力度|强弱)(?:记号|标记|变化)?",
        some_dynamics,
    ),
    rule(
        "remove-ornaments",
        rf"(?:{REMOVE}|\bcancel\b)\s*(?:all |the |those |every |any |所有的?|全部的?|这些|那些)*(?:{ANY_SIGN}|dynamics?(?: marks?| signs?| markings?)?|(?:loud|soft|loudness|volume)(?: and (?:loud|soft))? (?:signs?|marks?|markings?)|强弱记号|力度记号)|(?:去掉|删掉|删除|拿掉|去除)[^,.;]{{1,10}}的(?:{ANY_SIGN})|(?:{ANY_SIGN}|强弱记号|力度记号|力度)(?:和[^,.]{{1,6}})?(?:都|全部|全)?(?:去掉|删掉|删除|不要|抹掉|擦掉|撤掉|拿掉)",
        less_ornament,
    ),
    rule(
        "add-ornaments",
        rf"(?:{ADD}[^,.;]{{0,24}}?(?:{ANY_SIGN})|^(?:and |with |some |an? |few |wee |little |odd |occasional |couple of |lots of |plenty of )*(?:{ANY_SIGN})(?: (?:or|and) (?:an? )?(?:\w+ )?(?:{ANY_SIGN}|two))?(?=\s+(?:in|on|over|at|throughout|everywhere|from|for|under|please|here|now|before|after)\b)|\bornament (?:it|this|the)|\bstaccato\b|\bdecorate\b|加花|装饰一下)",
        ornament,
    ),
    rule(
        "slow-down",
        r"\brit(?:\.|ard(?:ando)?|enuto)?\b|\brall(?:\.|entando)?\b|\b(?:gradually|bit by bit|little by little) slow(?:er|s|ing)?\b|\bslow(?:s|er|ing)?(?: down| up)? (?:gradually|bit by bit|little by little|(?:towards?|at|into|before|for) the (?:very )?(?:end|ending|close|last bars?))|渐慢|(?:结尾|末尾|收尾|快结束|临结束|结束前|结束的时候).{0,6}(?:慢|拉宽|放缓)(?!板)|最后.{0,6}慢下来|越来越慢|逐渐(?:变|放)?慢",
        lambda m, c: {"kind": "slower"},
        more=True,
    ),
    rule(
        "slow-down",
        r"\baccel(?:\.|erando)\b|\b(?:gradually|bit by bit|little by little) (?:faster|speed)|\bspeed(?:s|ing)? up (?:gradually|bit by bit|little by little)|\b(?:faster and faster)\b|渐快|越来越快|逐渐(?:变|加)?快",
        lambda m, c: {"kind": "faster"},
        more=True,
    ),
    rule(
        "swell",
        r"\b(?:start|begin)\w*\b.{0,16}\b(?:soft|quiet|p\b)\w*.*\b(?:gr[eo]w|swell|build|louder|cresc|rise).*\b(?:die|fade|dimin|soft|quiet|away|sink)|\bswell\w* (?:and|then) (?:fade|die|dimin|sink)|先渐强(?:再|后|然后|,)?渐弱|(?:从)?弱.{0,4}强.{0,6}(?:再|又).{0,4}弱",
        swelling,
    ),
    rule(
        "slur",
        r"(?:\bslur|连线|连音线)[^.;]{0,30}(?:\b(?:each|every|per|over) (?:two|three|four|2|3|4)[ -]?bars?|[每各][两二三四234]个?小节)",
        every,
    ),
    rule(
        "slur",
        r"\blegato\b|\bslur(?:s|red)?\b(?! (?:mean|and a tie))|(?:加|用)?(?:圆滑|连音)线|加(?:上)?连线|连奏",
    ),
    rule(
        "mark-notes",
        r"\btenuto\b|保持音",
        lambda m, c: {
            "sign": "tenuto",
            "length": "short" if re.search(r"\bshort", c.lower) else "long",
        },
    ),
    rule(
        "hairpin",
        r"\bcresc(?:endo)?\b|\bbuild(?:s|ing)?(?: it| things)? up\b(?! to (?:bar|a chord))|\bbuild(?:s|ing)? (?:through|over|towards?|until|from)\b|\bgrow(?:s|ing)? (?:louder|in volume)|\bgradually (?:louder|softer|quieter)|\b(?:decresc(?:endo)?|diminuendo|dim\.|fade (?:out|away|to|into)|di(?:e|es|ing) away|tail(?:s|ing)? off)|\b(?:get|gets|getting) (?:gradually )?(?:louder|softer|quieter)|渐强|渐弱|越来越(?:响|强|弱|轻)",
        hairpin,
    ),
    rule(
        "louder",
        r"(?:a (?:bit|little) |much )?\blouder\b|响一[点些]|大声一[点些]|强一[点些]",
        more=True,
    ),
    rule(
        "quieter",
        r"(?:a (?:bit|little) |much )?\b(?:quieter|softer)\b|轻一[点些]|小声一[点些]|弱一[点些]|安静一[点些]",
        more=True,
    ),
    rule(
        "dynamic",
        r"\b(?:big|loud|strong|grand|powerful|triumphant|huge) (?:finish|ending|end|finale|close)\b|\b(?:soft|quiet|gentle|hushed) (?:finish|ending|end|close)\b|\b(?:start|begin|end|finish)(?:s|ing|es)? (?:very )?(?:soft|loud|quiet)\w*|\b(?:soft|quiet|loud)(?:ly)? (?:at first|to (?:start|begin) with|in the beginning|to open)\b|\b(?:sudden(?:ly)?|subito) (?:piano|forte|soft|loud|quiet)\b|^(?:前半|后半|[a-h]段|开头|结尾|第.{1,3}[句段])(?:部分|段)?(?:要|得|奏)?(?:很|更|极)?[弱强轻响]$",
        dynamic,
    ),
    rule(
        "dynamic",
        r"^(?P<where>[^,.;]{2,40}?)(?:(?: (?:should be|to be|is|as|at))? (?<!for )(?<!on )(?<!with )(?<!the )(?<!a )(?:p|f|piano|forte|loud|soft|quiet)|(?:要|得|弹|吹|唱|奏)?(?:[强弱]|轻(?!快)|响|小声|大声))[.! ]*$",
        level_there,
        more=True,
    ),
    rule(
        "dynamic",
        r"\b(?:ppp|pp|mp|mf|fff|ff)\b|\b(?:play|make|mark|start|begin|dynamics?|set|put)\b[^,.;]{0,30}?(?<!\ban )(?<!\bthat )(?<!\bthe )(?<!\bin )(?<!\binto )\b(?:p|f|piano|forte|loud(?:ly)?|soft(?:ly)?|quiet(?:ly)?)\b(?! part| left| version| sharp| flat| natural| major| minor|#)|(?:piano|mezzo|forte|pian|fort)issimo|mezzo[- ](?:piano|forte)|力度[^,.;]{0,6}[强弱pf]|[很极中]?[强弱](?:奏|拍?演奏)",
        dynamic,
        more=True,
    ),
)
