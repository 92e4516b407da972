"""How people ask for a tempo: beats a minute, faster and slower, Italian and plain words."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from chat.understand.rules.base import Clause, Reader, Rule, rule
from chat.understand.tables import TEMPO_WORDS, find_all
from chat.understand.timing import FASTEST, SLOWEST, read_bpm

_FASTER = r"\b(?:bump|nudge|push|notch|crank|kick) (?:it|the (?:tempo|speed|pace)) up\b|(?:tempo|speed) up\b|\bmore (?:fast|quick)(?:ly)?\b|快起来|快点|\b(?:faster|quicker|speedier)\b|speed (?:[^.,]{0,40} )?up|\bpick up the (?:pace|tempo)|\bincrease the (?:tempo|speed)|\baccelerate\b|too slow|快一?点|快一些|更快|加快|快\s*(?:\d+|[一二三四五六七八九十]+)\s*(?:拍(?!子)|bpm)|快(?:上|了)?(?:[一二两三]成|[一二三四五六七八九十百]+分之)|快些|再快|提速|太慢"
_SLOWER = r"(?:tempo|speed) down\b|\b(?:slower|more slow(?:ly)?)\b|慢下来|慢点|slow (?:[^.,]{0,40} )?down|\bslow it\b|\b(?:can'?t|cannot|can not|couldn'?t|struggl\w+ to) keep up\b|\b(?:reduce|decrease|lower|drop|bring down|pull back) the (?:tempo|speed|pace)\b|too fast|not (?:so|that|quite so) fast|别(?:那么|这么)?快|不要(?:那么|这么)快|跟不上|慢一?点|慢一些|更慢|放慢|慢\s*(?:\d+|[一二三四五六七八九十]+)\s*(?:拍(?!子)|bpm)|慢(?:上|了)?(?:[一二两三]成|[一二三四五六七八九十百]+分之)|减慢|慢些|再慢|降速|太快"
_MUCH = re.compile(r"\bmuch\b|\ba lot\b|\bfar\b|\bway\b|\bsignificantly\b|很多|得多|大大|许多")
_LITTLE = re.compile(
    r"\ba (?:little|bit|touch|tad|smidge|tiny bit|wee bit|hair|shade|fraction|notch)\b|\bslightly\b|\bsomewhat\b|\bmarginally\b|稍微?|一点点|略"
)
_PERCENT = re.compile(
    rf"({numbers.NUMBER})\s*(?:%|percent|per cent)|百分之(\d{{1,3}}|[一二三四五六七八九十]+)"
)
_SHARES = (
    (0.5, r"\bhalf\b|一半|二分之一"), (1 / 3, r"\ba third\b|\bone third\b|三分之一"), (0.25, r"\ba quarter\b|四分之一"), (0.2, r"\ba fifth\b|五分之一|两成|二成"),
    (0.1, r"\ba tenth\b|十分之一|一成"), (0.3, r"三成"),
)  # fmt: skip
"""How much faster or slower, by a part of what it is: "slow it by a fifth"."""


_WRONG_SPEED = re.compile(
    r"\btoo (?:fast|slow|quick)\b|\b(?:can'?t|cannot|can not|couldn'?t|struggl\w+|hard|difficult|not)\b|太[快慢]|跟不上|[弹唱拉吹]不(?:了|来|上)|不行"
)
"""What somebody finds wrong with the speed that is named."""


def bpm(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The beats a minute that a clause names; so many more or fewer are none."""
    if re.search(
        r"\bby (?:about |around )?\d+ ?(?:bpm|beats|clicks)\b|[快慢加减]\s*\d+\s*(?:拍|bpm)|\d+ ?(?:bpm|beats|clicks) (?:faster|slower|more|less)",
        clause.lower,
    ):
        return None
    bpm = read_bpm(clause.lower)
    if bpm is None or (bpm == round(clause.tune.tempo.bpm) and _WRONG_SPEED.search(clause.lower)):
        return None  # "they cannot keep up at 120" tells how fast it is
    if not SLOWEST <= bpm <= FASTEST:
        return {"": "impossible-tempo", "said": str(bpm)}
    return {"bpm": str(bpm)}


_SET_TO = (
    r"^(?!.*\b(?:bars?|measures?|pages?|volume|velocity|octaves?|verses?)\b).*?\b(?:set|put|make|take|bring|drop|pull|lower|raise|bump|reduce|slow|speed|change|knock|go|try|keep|play|what about|how about)\b"
    r"(?: (?:it|this|that|things|everything|the (?:tune|song|piece|music|whole thing)))?(?: all)?(?: (?:down|up|back|out))?(?: (?:to|at|for|with|as))? (?:about |around |roughly |maybe |say |something like )?(?P<set>[4-9]\d|1\d\d|2[0-3]\d)(?: (?:instead|please|then|for now|or so|ish|max|tops))*\W*$"
    r"|^(?P<bare>[4-9]\d|1\d\d|2[0-3]\d)(?:左右)?(?:(?:就|也|应该)?(?:好|行|可以|够)(?:了|吧)?| (?:please|pls|instead|would (?:do|be (?:fine|good|better|about right))|is (?:enough|plenty|fine|better)))\W*$|(?<!\d)(?:改|调|降|升|减|设|放|换|慢|快|定|用|变)(?:慢|快|低|高)?(?:成|到|为|在|回)?\s*(?P<zset>[4-9]\d|1\d\d|2[0-3]\d)(?!\s*(?:\d|小节|%|个|度|分|拍子|页))(?:左右|就好|就行|吧|试试|即可|好了|可以了)*\W*$"
)
"""A number alone that it is set to: "make it 84", 改成84就好."""


def set_to(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A number of beats a minute that nobody calls so; a clause that names bars may mean anything by it."""
    said = match["set"] or match["zset"] or match["bare"]
    told = int(said) == round(clause.tune.tempo.bpm) and _WRONG_SPEED.search(clause.lower)
    return None if told or clause.bars_in(clause.lower) is not None else {"bpm": said}


_GETS = re.compile(
    r"\b(?:slow(?:s|ing)?|speed(?:s|ing)?) (?:it |things )?(?:down|up)\b|慢下来|放慢|快起来|加快"
)
CLOSING = 4
"""So many bars at the end are a close: to slow down there is to do so little by little."""


def _closes(clause: Clause) -> bool:
    """Whether a clause speaks of the last few bars."""
    place = clause.bars_in(clause.lower)
    if place is None or place.last != clause.tune.bar_count or place.first <= 1:
        return False
    clause.place = place
    return place.last - place.first < CLOSING


def by_share(sign: int) -> Reader:
    """Faster (1) or slower (-1), by as much as is said."""

    def read(match: re.Match[str], clause: Clause) -> dict[str, str]:
        lower = clause.lower
        if _GETS.search(lower) and _closes(clause):
            return {"": "slow-down", "kind": "slower" if sign < 0 else "faster"}
        share = 0.1 if _LITTLE.search(lower) else 0.35 if _MUCH.search(lower) else 0.18
        if found := _PERCENT.search(lower):
            share = min((numbers.value(found[1] or found[2]) or 20), 80) / 100
        elif re.search(
            r"\bby (?:about |around )?(?:an?|one|half)\b|\b(?:an?|one) (?:third|quarter|fifth|tenth) (?:slower|faster|quicker)\b|分之一|一半|[一二两三]成",
            lower,
        ):
            share = next((s for s, words in _SHARES if re.search(words, lower)), share)
        if found := re.search(
            rf"by (?:about |around )?({numbers.NUMBER})\b(?! ?(?:%|per|bars?|semi|tones?|octaves?|fifth|third))(?: (?:bpm|beats|clicks|notches))?|(?:快|慢|加|减)\s*({numbers.NUMBER})\s*(?:拍|bpm)",
            lower,
        ):
            return {"add": str(sign * (numbers.value(found[1] or found[2]) or 10))}
        return {"factor": str(round(1 + sign * share, 3))}

    return read


_PART_OF = re.compile(
    rf"(?P<e>two thirds|two-thirds|three quarters|three-quarters|one third|a third|three fifths|four fifths|a quarter|half|(?P<p>{numbers.NUMBER}) ?(?:%|percent|per cent))(?= (?:of )?(?:the |its |that |this |your |current |original |present |full |normal )*(?:speed|tempo|pace|it is|what it is|as fast))"
    r"|(?:原来|原速|原速度|现在|目前|原先)(?:的)?(?:速度)?(?:的)?(?:(?P<d>[一二两三四五六七八九十]+)分之(?P<n>[一二两三四五六七八九十]+)|(?P<c>[一二三四五六七八九])(?P<h>成半|成)|(?P<zh>一半)|百分之(?P<zp>\d+|[一二三四五六七八九十]+))"
)
_PARTS = {"two thirds": 2 / 3, "three quarters": 0.75, "one third": 1 / 3, "a third": 1 / 3, "three fifths": 0.6, "four fifths": 0.8, "a quarter": 0.25, "half": 0.5}  # fmt: skip


def share_of(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """So much of the tempo that is there: "two thirds of the speed", 原来的八成."""
    found = _PART_OF.search(clause.lower)
    if found is None or re.search(
        r"\bby (?:about )?(?:a|one|half)\b|\bnotes?\b|音符|音值|时值", clause.lower
    ):
        return None
    if found["p"] or found["zp"]:
        share = (numbers.value(found["p"] or found["zp"]) or 100) / 100
    elif found["d"]:
        share = (numbers.value(found["n"]) or 1) / (numbers.value(found["d"]) or 1)
    elif found["c"]:
        share = (numbers.value(found["c"]) or 10) / 10 + (0.05 if found["h"] == "成半" else 0)
    elif found["zh"]:
        share = 0.5
    else:
        share = _PARTS[found["e"].replace("-", " ")]
    return {"factor": str(round(share, 3))} if 0.1 <= share <= 3 else None


def feel(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Slow, medium or fast, by an Italian or a plain word."""
    feels = find_all(clause.lower, TEMPO_WORDS)
    return {"feel": feels[0]} if feels else None


_TEMPO_FEELS = "|".join(w for words in TEMPO_WORDS.values() for w in words if w.isascii())
_TEMPO_FEELS_ZH = "|".join(w for words in TEMPO_WORDS.values() for w in words if not w.isascii())


SHARES: tuple[Rule, ...] = (rule("tempo-by", _PART_OF.pattern, share_of),)
"""These come before those of metres: 三分之二 is none here."""
RULES: tuple[Rule, ...] = (
    rule(
        "tempo",
        r"\d{2,4}\s*(?:bpm|beats|拍)|(?:tempo|speed|metronome|quarter|crotchet|速度|♩|q)\D{0,16}\d{2,4}|[快慢][^,.;]{0,6},?(?:大概|大约|约|到|在|差不多)*\d{2,3}左右|[每一]分钟|\d/\d{1,2}\s*=\s*\d{2,3}|\bat (?:about |around )?\d{2,3}\b",
        bpm,
        more=True,
    ),
    rule(
        "tempo-by",
        r"half (?:the |its )?(?:speed|tempo|pace)|halve (?:the |its )?(?:speed|tempo|pace)|\b(?:cut|reduce) (?:the |its )?(?:speed|tempo) (?:in|by) half|half as fast|half-time(?: feel)?|twice as slow|一半的?速度|(?:速度|拍子|节拍)(?:[减降砍]|放慢|降低)(?:了|到|成|为|掉|个)?(?:一)?半|慢一倍|[慢放减]慢?一半",
        lambda m, c: {"factor": "0.5"},
        more=True,
    ),
    rule(
        "tempo-by",
        r"(?:double|twice) (?:the |its )?(?:speed|tempo|pace)|twice as fast|double[- ]time(?: feel)?|两倍速|速度加倍|快一倍|速度翻倍",
        lambda m, c: {"factor": "2"},
        more=True,
    ),
    rule("tempo", _SET_TO, set_to),
    rule("tempo-by", _FASTER, by_share(1), more=True),
    rule("tempo-by", _SLOWER, by_share(-1), more=True),
    rule(
        "feel",
        rf"(?:\bmake\b|\bplay\b|\btempo\b|\bspeed\b|\bset\b|\bturn\b|\bmark\b)[^,.;]{{0,30}}\b(?:{_TEMPO_FEELS})\b|(?:速度|弹得|改成|变|用|唱得|拉得)[^,.;]{{0,6}}(?:{_TEMPO_FEELS_ZH})|^(?:{_TEMPO_FEELS})[.!]?$|^(?:{_TEMPO_FEELS_ZH})$",
        feel,
        more=True,
    ),
)
