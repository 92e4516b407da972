"""Questions about what stands on the page and what it asks of a player: endings, keys as ABC writes them, notes outside the
key, a capo, the time at another tempo, single words, what the words tell; and a written analysis that is ordered.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.numbers import NUMBER
from abc_tools.numbers import value as number
from abc_tools.theory import MODES
from abc_tools.tune import Tune
from chat.explain.asked_names import Asked, key_in
from chat.explain.terms import find_term

KINDS = ("capo",)
"""The topics that this module reads beside those of others."""

_ORDERS = re.compile(
    r"\b(?:make|add|put|write|change|remove|delete|take|give|merge|turn|transpose|move|want|need|compose)\b|[把请加删去写改换]"
)

# -- endings ---------------------------------------------------------------------------------------

_ENDINGS = re.compile(
    r"\b(?:1 and (?:a )?2|1\.? (?:and|&) 2\.?|one and two)\b.{0,30}\b(?:above|over|on top|bars?|brackets?|mean|for|there)\b|\b(?:numbers?|little|small|brackets?|lines?) ?(?:with )?(?:the )?(?:numbers? )?(?:1|one)\.? (?:and|&) (?:the )?(?:2|two)\b|\b(?:first|1st)[- ](?:and|&) (?:second|2nd)[- ](?:time )?(?:endings?|bars?|brackets?)\b|\b(?:volta|ending) (?:brackets?|signs?)\b|\b(?:which|what|where)\b.{0,24}\b(?:first|second|1st|2nd)(?:[- ]time)? (?:ending|bar|bracket)s?\b"
    r"|(?:一房子|二房子|跳房子|房子记号|第[一二]结尾|结尾括号|[12]和[12]).{0,14}(?:哪|什么|干|意思|怎么|分别|几|在)|(?:哪|什么).{0,10}(?:一房子|二房子|跳房子|第[一二]结尾)|上面的?[1１]和[2２]"
)


def _endings(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _ORDERS.search(lower) and not re.search(r"什么|哪|怎么", lower):
        return None
    return ("endings", "", "") if _ENDINGS.search(lower) else None


# -- keys, notes outside them -------------------------------------------------------------------------

_CUT = re.compile(
    r"(?<![a-z])c\s?\||\bcut c\b|¢|\bc with (?:a|the) (?:line|stroke|slash)|带(?:竖)?线的c|c加(?:一)?竖"
)


def cut_time(lower: str) -> Asked | None:
    """ "what does C| mean, and how is it not 4/4?"."""
    if not _CUT.search(lower) or not re.search(
        r"\bmean|\bwhat\b|\bdiff|\bhow\b|\bwhy\b|意思|什么|区别|不同|怎么", lower
    ):
        return None
    if re.search(r"4/4|\bcommon time\b|四四拍|四拍", lower):
        return "terms", "term:cut time", "meter theory:4/4"
    return "term", "cut time", ""


_IN_ABC = re.compile(
    r"(?:\bwhat\b.{0,20}\b|\bmean\w*\b.{0,12}|\bk: ?|^)(?:k: ?)?(?P<n>[a-g])(?P<s>#|b)? ?(?P<m>dor|mix|phr|lyd|loc|min|maj|aeo|ion)\b(?!\w)(?=.{0,30}(?:\bmean|\bis\b|\bstand|\?|$|是|什么))"
)


def key_in_abc(lower: str) -> Asked | None:
    """ "what does Ador actually mean?": the scale that ABC's short name of a key means.

    >>> key_in_abc("what does ador actually mean?"), key_in_abc("what does k:bbmix mean"), key_in_abc("what does adorable mean")
    (('scale', 'A dorian', ''), ('scale', 'Bb mixolydian', ''), None)
    """
    if not re.search(r"\bmean|\bstand|what is|what's|意思|什么", lower):
        return None
    match = _IN_ABC.search(lower)
    if match is None:
        return None
    mode = next(
        m
        for m in (*MODES, "minor", "major")
        if m.startswith({"aeo": "minor", "ion": "major"}.get(match["m"], match["m"]))
    )
    return "scale", f"{match['n'].upper()}{match['s'] or ''} {mode}", ""


_TWO_DOTS = re.compile(
    r"\btwo (?:little |small |tiny )?dots\b(?=.*\b(?:lines?|bar|end|beginning|start|thick|double)\b)|\bdots (?:by|next to|beside|before|after|at) (?:the |a )?(?:thick |double |bar ?)+lines?\b|两个(?:小)?点(?=.*(?:线|结尾|最后|开头))|(?:竖线|粗线|小节线|双线)(?:旁边?|前面?|后面?)的?(?:两个)?(?:小)?点"
)
_TR = re.compile(
    r"(?<![a-z])tr(?![a-z])(?=.*(?:\b(?:above|over|on top|note|bar|letters?|mean|play|sign|written)\b|[?上面标音]))|\bletters? tr\b"
)
_SHORT_CADENCES = {"HC": "half cadence", "PAC": "perfect cadence", "IAC": "authentic cadence", "AC": "authentic cadence",
                   "PC": "plagal cadence", "DC": "deceptive cadence"}  # fmt: skip
_SHORT_CADENCE = re.compile(r"(?<![A-Za-z.])(HC|PAC|IAC|AC|PC|DC)(?![A-Za-z.])")
_ASKS = re.compile(
    r"\?|\b(?:what|how|mean|means|stand|explain|right|why)\b|什么|怎么|意思|对吗|对不对"
)


def sign_by_looks(plain: str, lower: str) -> Asked | None:
    """A sign by how it looks, or by its letters: two dots beside a line, "tr", a teacher's "HC".

    >>> sign_by_looks("what are the two dots at the end?", "what are the two dots at the end?")
    ('term', 'repeat sign', 'tune')
    """
    if not _ASKS.search(lower) or re.search(
        r"^(?:please )?(?:add|put|write|remove|make)\b|[加去删]", lower
    ):
        return None
    if _TWO_DOTS.search(lower):
        return "term", "repeat sign", "tune"
    if _TR.search(lower):
        return "term", "trill", ""
    if (match := _SHORT_CADENCE.search(plain)) and re.search(
        r"\b(?:cadence|bars?|measures?|phrase|teacher|mean\w*|stands? for|wrote|written)\b|小节|老师|意思|终止|乐句|写",
        lower,
    ):
        term = find_term(_SHORT_CADENCES[match[1]])
        return ("term", term, "tune") if term else None
    return None


_JIANPU_KEY = re.compile(
    r"(?<!\d)1\s*=\s*(?P<a>[#b♯♭升降])?\s*(?P<n>[a-g])\s*(?P<b>[#b♯♭])?(?![a-z])"
)
_KEY_ASKED = re.compile(
    r"调号|[升降]号|什么调|哪个调|几个[升降]|五线谱|是什么意思|什么意思|\b(?:key|signature|sharps?|flats?|mean|staff)\b"
)


def jianpu_key(lower: str) -> Asked | None:
    """The signature of the major key that jianpu writes as 1=.

    >>> jianpu_key("1=bb是什么调号"), jianpu_key("1=d有几个升号"), jianpu_key("改成1=d")
    (('key theory', 'Bb major', ''), ('key theory', 'D major', ''), None)
    """
    match = _JIANPU_KEY.search(lower)
    if (
        match is None
        or not _KEY_ASKED.search(lower)
        or re.search(r"改|转|移|换|写一|唱什么", lower)
    ):
        return None
    sign = {"♯": "#", "升": "#", "#": "#", "♭": "b", "降": "b", "b": "b"}.get(
        match["a"] or match["b"] or "", ""
    )
    return "key theory", f"{match['n'].upper()}{sign} major", ""


_TEMPO_WORDS = r"largo|larghetto|lento|grave|adagio|adagietto|andante|andantino|moderato|allegretto|allegro|vivace|vivo|presto|prestissimo"
_TEMPO_WORD = re.compile(
    rf"\b(?P<w>{_TEMPO_WORDS})\b.{{0,50}}?(?:\b(?:fast|slow|quick|speed|tempo|mean|bpm|lively|brisk)\w*\b.{{0,12}}(?:\?|$|\bor\b)|快还是慢|多快|多慢|什么意思|快吗|慢吗|什么速度|是快|是慢)|\bhow (?:fast|slow|quick) (?:is|are|should|does|do)\b.{{0,24}}\b(?P<v>{_TEMPO_WORDS})\b|\b(?:is|are|does) (?:an? )?(?P<u>{_TEMPO_WORDS})\b.{{0,24}}\b(?:fast|slow|quick)"
)


def tempo_word(lower: str) -> Asked | None:
    """ "it says Allegretto at the top. fast or slow??": what a tempo word means.

    >>> tempo_word("it says allegretto, fast or slow?"), tempo_word("make it allegro, not so slow")
    (('term', 'allegretto', ''), None)
    """
    match = _TEMPO_WORD.search(lower)
    if match is None or re.search(
        r"^(?:please )?(?:make|set|change|play|mark|write|put)\b|[改换]", lower
    ):
        return None
    term = find_term(match["w"] or match["v"] or match["u"])
    return ("term", term, "") if term else None


_FIND_RELATIVE = re.compile(
    r"(?:怎么|如何|怎样)(?:能|才能|去|来|快速)*(?:找|求|推|算|知道|判断|得出)[^?]{0,8}(?:关系|平行)(?P<zh>小调|大调|大小调|调)|\bhow\b.{0,40}\b(?:find|work out|figure out|get(?: to)?|know|identify|calculate|tell)\b.{0,30}\brelative (?P<en>minor|major|key)"
)


def relative_asked(lower: str) -> Asked | None:
    """How the relative key of any key is found; one that is named has its own answer."""
    if not _FIND_RELATIVE.search(lower) or key_in(lower) is not None:
        return None
    return "term", "relative key", ""


_PICKUP = re.compile(
    r"\bnotes?\b.{0,20}\b(?:before|ahead of|in front of)\b.{0,12}\b(?:first|1st) (?:full |whole |proper |real )?(?:bar|measure|bar ?line|downbeat|beat)|\bnotes?\b.{0,20}\bbefore (?:bar|measure) (?:1|one)\b|\b(?:short|tiny|incomplete|odd|extra|little) (?:bar|measure|bit|note)\b.{0,16}\b(?:at the (?:start|beginning)|before)\b|第一小节(?:之)?前(?:面)?的?.{0,4}音"
)


def _pickup(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "one lonely note before the first full bar: what do you call that?"."""
    asks = re.search(r"\?|\bwhat\b|\bwhy\b|\bcall", lower) or "什么" in lower
    return (
        ("pickup", "", "") if asks and _PICKUP.search(lower) and not _ORDERS.match(lower) else None
    )


_OUTSIDE = re.compile(
    r"\b(?:which|what|any|where|are there|is there|does|do)\b.{0,40}\b(?:(?:notes?|bars?|anything|something|it|tune|melody)\b.{0,24})?\b(?:outside|out of|not in|aren't in|isn't in|don't belong to|doesn't belong to|foreign to|strays? from|leaves?)\b.{0,12}\b(?:the |its |my )?(?:key(?! signature has)|scale|[a-g](?:[ -]?(?:flat|sharp)|[#b])? (?:major|minor|dorian|mixolydian|pentatonic))"
    r"|(?:哪|有没有|什么|哪里).{0,10}(?:调外|变化|不在调内|调性?以外|离调)(?:的)?(?:音)?"
)


def _outside(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _ORDERS.search(lower) or re.search(r"\bchords?\b|和弦", lower):
        return None
    return ("outside", "", "") if _OUTSIDE.search(lower) else None


# -- capo, tempo ------------------------------------------------------------------------------------

_CAPO = re.compile(
    rf"\bcapo\w*\b.{{0,24}}?(?P<a>{NUMBER})|(?P<b>{NUMBER})(?:st|nd|rd|th)?[ -]?(?:fret)?.{{0,8}}\bcapo|变调夹.{{0,6}}?(?P<c>{NUMBER})|(?P<d>{NUMBER})品.{{0,6}}变调夹"
)
_ORDINALS = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "sixth": "6",
    "seventh": "7",
}


def _capo(plain: str, lower: str, tune: Tune) -> Asked | None:
    if not re.search(r"\bcapo\b|变调夹", lower) or re.search(
        r"\bwhat (?:is|'s) a capo\b|什么是变调夹", lower
    ):
        return None
    if _ORDERS.search(lower) and not re.search(
        r"\b(?:what|which|where|how|do i|should)\b|什么|怎么|哪", lower
    ):
        return None
    said = re.sub(r"\b(?:" + "|".join(_ORDINALS) + r")\b", lambda m: _ORDINALS[m[0]], lower)
    match = _CAPO.search(said)
    fret = number(next(g for g in match.groups() if g)) if match else None
    if fret is not None and not 0 < fret <= 12:
        return None
    return "capo", str(fret or ""), ""


_HOW_LONG = re.compile(
    r"\bhow (?:long|many (?:seconds|minutes))\b|\bhow much time\b|\blast\b|多久|多长时间|多长|几分钟|多少秒|几秒"
)
_AT_TEMPO = re.compile(
    r"(?P<unit>附点四分音符|附点二分音符|四分音符|二分音符|八分音符|dotted (?:crotchet|quarter(?: note)?|minim|half(?: note)?)|crotchet|quarter(?: note)?|minim|half(?: note)?|quaver|eighth(?: note)?|♩\.?)?\s*(?:=|等于|为|of|at)\s*(?P<a>\d{2,3})(?!\d|/)|(?P<b>\d{2,3})\s*(?:bpm|beats? (?:a|per) min|拍每分钟|拍/分)|每分钟\s*(?P<c>\d{2,3})\s*拍|(?:速度|tempo|speed)\s*(?:是|为|of|at|=)?\s*(?P<d>\d{2,3})(?!\d)"
)
_UNITS = {"附点四分音符": "3/8", "附点二分音符": "3/4", "四分音符": "1/4", "二分音符": "1/2", "八分音符": "1/8", "dotted crotchet": "3/8",
          "dotted quarter": "3/8", "dotted minim": "3/4", "dotted half": "3/4", "crotchet": "1/4", "quarter": "1/4", "minim": "1/2",
          "half": "1/2", "quaver": "1/8", "eighth": "1/8", "♩.": "3/8", "♩": "1/4"}  # fmt: skip


def _lasting(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "how long does it take at 60?": (beats a minute, the beat in whole notes or "")."""
    match = _AT_TEMPO.search(lower)
    if (
        match is None
        or not _HOW_LONG.search(lower)
        or re.match(r"(?:make|set|put|change)\b|[把请]", lower)
    ):
        return None
    rate = next(g for g in (match["a"], match["b"], match["c"], match["d"]) if g)
    unit = re.sub(r" note$", "", match["unit"] or "")
    return "lasting", f"{rate} {_UNITS.get(unit, '')}".strip(), ""


# -- words, analyses ---------------------------------------------------------------------------------

_WORD = re.compile(
    r"\b(?:what|which)(?:'s| is| are)? (?:is )?(?:the )?(?P<w>first|last|final) (?:sung )?(?:word|syllable)s?\b|\b(?P<w2>first|last|final) (?:word|syllable)\?|(?P<z>第一个|最后一个)(?:字|词)(?:是|唱)?(?:什么|哪个|啥)"
    r"|\b(?:what|which|any|a) (?:\w+ ){0,2}?(?:word|syllable)s?\b[^?.;]{0,24}\b(?:on|under|to|over|with|for|falls? on|lands? on|has) (?:the )?(?:very )?(?P<w3>first|last|final) note\b|\b(?:the )?(?:very )?(?P<w4>first|last|final) note\b[^?.;]{0,20}\b(?:sung|word|syllable|sing)\b|(?P<z2>第一个|最后一个)音[^,.;?]{0,6}(?:唱|配|是|对应|有)(?:的)?(?:是|没有)?(?:什么|哪个|哪|歌)(?:一)?个?(?:字|词)"
)
_PEAK = re.compile(
    r"\b(?:peaks?|climax|top note|high point)\b.{0,40}\b(?:word|syllable)\b|\b(?:highest|top|lowest|longest) note\b.{0,40}\b(?:word|syllable)\b|(?:最高音|高潮|最高点).{0,14}(?:哪|什么)(?:一)?个?(?:字|词)"
)
_ABOUT = re.compile(
    r"\bwhat(?:'s| is| are| does)\b.{0,24}\b(?:song|words|lyrics|text|it|tune|piece)\b.{0,8}\babout\b|\bwhat (?:does|do) the (?:song|words|lyrics) (?:say|tell|mean)\b|(?:歌|歌词|曲子|它)(?:里)?(?:是)?(?:在)?(?:讲|说|唱|写|表达)(?:的)?(?:是)?(?:什么|啥)|(?:讲|说|唱|写)的是什么(?:内容|故事)?"
)


def _words(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _PEAK.search(lower):
        which = "lowest" if "lowest" in lower else "longest" if "longest" in lower else "highest"
        return "word at", which, ""
    match = _WORD.search(lower)
    if match is not None:
        said = next(g for g in match.groups() if g)
        return "word at", "first" if said in ("first", "第一个") else "last", ""
    return (
        ("words", "", "")
        if _ABOUT.search(lower) and not re.search(r"小节|\bbars?\b", lower)
        else None
    )


_WRITTEN = re.compile(
    r"(?:please |can you |could you |i need you to |now )*\b(?:write|do|give|make|prepare|draft|produce|need|want)\b(?: me| us| up)?\s+(?:(?:an?|the|my|some|short|brief|quick|full|detailed|proper|complete|style|stylistic|music|musical|written|one|two|page|paragraph|formal|little|\d+)[\s-]+)*(?:style |harmonic |melodic |rhythmic |formal |structural )?(?:analysis|analyses|essay|commentary|programme notes?|program notes?)\b(?! of (?:irish|jigs|reels|\w+ (?:jigs|reels|music)))"
    r"|(?:写|做|来|给|要)[^,.;]{0,8}(?:风格|音乐|作品|曲式|乐曲)?(?:的)?(?:分析|赏析|鉴赏|评论)(?!.{0,6}(?:的曲|的歌))"
)


def _written(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "write a short style analysis that I can hand in"."""
    if _WRITTEN.search(lower) is None or re.search(
        r"\b(?:tune|song|piece) (?:and|with|plus)\b|[一两]首", lower
    ):
        return None
    only = _OF_ONE.search(lower)
    if only is None:
        return "analysis", "", ""
    said = next(g for g in only.groups() if g)
    return next(topic for start, topic in _ONE.items() if said.startswith(start)), "", ""


_OF_ONE = re.compile(
    r"\b(?:analysis|commentary|essay|notes?) (?:of|on|about) (?:the |its |this tune's )?(harmon\w+|chords?|rhythms?|melod\w+|form|structure|cadences?)\b|\b(harmonic|rhythmic|melodic|formal|structural) analysis|(和声|节奏|旋律|曲式|结构|终止)(?:的)?(?:分析|赏析)"
)
_ONE = {"harmon": "harmony", "chord": "harmony", "rhythm": "rhythm", "melod": "melody", "form": "form", "struct": "form",
        "cadence": "cadence", "和声": "harmony", "节奏": "rhythm", "旋律": "melody", "曲式": "form", "结构": "form", "终止": "cadence"}  # fmt: skip


FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    _written, _pickup, _endings, _capo, _lasting, _words, _outside,
)  # fmt: skip
"""In the order in which they are asked."""
