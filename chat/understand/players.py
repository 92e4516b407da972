"""Who plays or sings it: instruments, voices, ensembles, difficulty."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from chat.requirements import Wishes
from chat.understand.rules.voices import pattern_of
from chat.understand.scoring import scoring, spoken
from chat.understand.tables import ENSEMBLES, INSTRUMENTS, LEFT_HAND, find

_BEGINNER = re.compile(
    r"\bbeginners?\b|\bbeginning (?:piano|violin|recorder|student|player|flute|guitar)|\beasy\b|\beasier\b|\bsimple\b|\bfor (?:kids|children|young|little|my (?:kids|pupils|class|\w+ graders?))|very young|first lesson|\bgrade (?:1|one)\b|elementary|\bnovice|just (?:started|starting|began)|\bstarted learning|first (?:week|month|year)|(?:\b\w+|\d)[- ]year[- ]olds?\b|\bage[ds]? (?:[4-9]|1[0-2])\b|\bjust learn(?:ed|t)\b|\bpupils\b"
    r"|初学|入门|简单|容易|小朋友|孩子|儿童|小学生|零基础|新手|刚学|刚开始学|幼儿园|一年级|启蒙"
)
_HARD = re.compile(
    r"\b(?:advanced|virtuos\w+|difficult|challenging|hard|concert(?! (?:[a-h](?:b|#| ?flat| ?sharp)?\b|pitch))|show-?off)\b|高级|炫技|有难度|难度高|高难度"
)
_NOT_EASY = re.compile(
    r"(?:not|isn't|nothing) (?:too |so |that )?(?:easy|simple)|不(?:要太|能太|太)?简单|不(?:要太|能太|太)?容易"
)
_NOT_HARD = re.compile(
    r"(?:not|nothing|isn't) (?:too |so |that |very )?(?:hard|difficult|challenging)|不(?:要太|能太|太|用太)?难"
)
_NO_VOICES = re.compile(r"\b(?:single|one|solo) (?:voice|melody|line|part)\b|\bmonophonic\b|单声部")


def read_difficulty(text: str, lower: str, wishes: Wishes) -> None:
    """`beginner` or `advanced`."""
    if _NOT_HARD.search(lower) or (_BEGINNER.search(lower) and not _NOT_EASY.search(lower)):
        wishes.values["difficulty"] = "beginner"
    elif _HARD.search(lower):
        wishes.values["difficulty"] = "advanced"


_CHORDS_OF = re.compile(
    r"\b(?:guitar|uke|ukulele|piano|banjo) (?:chords?|chord symbols|symbols|accompaniment|backing)\b|\bchords? (?:symbols )?(?:for|on) (?:the |an? |my )?(?:guitar|uke|ukulele|banjo)\b|(?:吉他|尤克里里|钢琴)(?:的)?(?:和弦|伴奏)"
)
"""Who plays the chords, not the tune."""


def read_instrument(text: str, lower: str, wishes: Wishes) -> None:
    """The instrument that plays the tune."""
    table = {name: words for name, (_, _, _, words) in INSTRUMENTS.items()}
    lower = re.sub(
        r"\b(?:\w+-voice|(?:my|the|single|one|two|solo|first|second|third|another|harmony|lower|upper) voice)\b",
        " ",
        lower,
    )
    lower = _CHORDS_OF.sub(" ", lower)
    found = find(
        re.sub(
            r"\b(flute|violin|recorder|clarinet|cello|guitar|trumpet|ukulele|saxophone|viola|oboe|horn|trombone|bassoon|voice|pipe)s\b",
            r"\1",
            lower,
        ),
        table,
    )
    if found:
        wishes.values["instrument"] = found[0]
        whistle = re.search(r"\b([a-g])(b| ?flat)? (?:tin |penny |low )?whistle\b", lower)
        if found[0] == "tin whistle" and not {"key", "mode"} & set(wishes.values):
            tonic = whistle[1].upper() + ("b" if whistle[2] else "") if whistle else "D"
            wishes.implied["key"] = f"{tonic} major"  # the scale of its six holes


_DYNAMICS = (
    ("pp", r"\bpp\b|\bpianissimo\b|\bvery (?:soft|quiet)(?:ly)?\b|很轻|极弱"), ("ff", r"\bff\b|\bfortissimo\b|\bvery loud(?:ly)?\b|极强"),
    ("mp", r"\bmp\b|\bmezzo[- ]piano\b|中弱"), ("mf", r"\bmf\b|\bmezzo[- ]forte\b|中强"), ("f", r"\bforte\b|\bloud(?:ly)?\b"),
    ("p", r"\b(?:quiet|soft)(?:ly)?\b(?! (?:rock|jazz))"),
)  # fmt: skip


def read_dynamic(text: str, lower: str, wishes: Wishes) -> None:
    """`dynamic`: how loud it is from the beginning."""
    level = next((n for n, words in _DYNAMICS if re.search(words, lower)), "")
    if level:
        wishes.values["dynamic"] = level


_NO_PLAYERS = re.compile(
    r"\b(?:second|another) (?:part|voice) (?:of|is)\b|\b(?:second|2nd) part (?:higher|lower|louder|softer|in|goes|with|should|to be)\b|\b(?:with|and) an? trio (?:in|section)\b|\btrio (?:in the|section)\b|\b(?:minuet|scherzo|march|waltz|menuett?o?)s? (?:and|with|&|\+) (?:an? )?trio\b|\btwo parts? of\b"
)
"""Parts of a tune, which nobody plays beside another."""
_TWO_PLAYERS = re.compile(
    r"\b(?:two|2) (?:\w+ )?(?:recorder|flute|violin|fiddle|clarinet|trumpet|cello|viola|guitar|oboe|horn|whistle|sax(?:ophone)?|voice|ukulele|trombone)s\b|[两二](?:支|把|个|只)(?:长笛|竖笛|小提琴|二胡|笛子|单簧管|小号|大提琴|琴)"
)


_BELOW = re.compile(
    r"\b(?:with|and|plus|over|accompanied by|supported by) (?:an? |the |my |simple |held |soft )*(?P<name>cello|double bass|bassoon|viola|tuba|trombone|piano|guitar|harp|organ|second violin|second flute)\b(?: (?:part|line|voice))?(?: (?:underneath|below|under it|under|accompaniment|accompanying|accompanies|supporting|beneath|holding|playing|bass))"
    r"|\b(?:violin|flute|oboe|clarinet|recorder|trumpet|fiddle) (?:&|\+) (?P<plus>cello|double bass|bassoon|viola|tuba|trombone)\b|\bfor (?:an? |the )?(?:[\w ,]+ )?(?:violin|flute|oboe|clarinet|recorder|voice|trumpet|fiddle|whistle) and (?:an? |the )?(?P<two>cello|double bass|bassoon|viola|tuba|trombone)\b"
    r"|(?P<zh>大提琴|低音提琴|大管|巴松|中提琴)(?:在下面|垫底|伴奏|托底|做低音)"
)


_SIMPLE_LOWER = re.compile(
    r"\b(?:low(?:er)?|second|bottom|alto|2nd) (?:part|one|voice|line|violin|flute|trumpet|clarinet|recorder|player|fiddle|cello|guitar|sax)s?\b[^,.;]{0,24}\b(?:easy|easier|simple|simpler|long notes|slow(?:er)?|held|sustained)\b|\b(?:easy|easier|simple|simpler|held|sustained) (?:low(?:er)?|second|bottom|alto|2nd) (?:part|voice|line)|(?:低|第二|下方|下面的?)声部[^,.;]{0,6}(?:简单|容易|长音|慢)|(?:简单|容易)(?:一)?[点些]?的?(?:低|第二)声部"
)
"""A second voice that has less to do than the first."""
_PIANO_PIECE = re.compile(
    r"\b(?:piano|keyboard) (?:piece|solo|work|sonatina|sonata|study|etude|prelude|nocturne|miniature|minuet|waltz|invention|bagatelle|rag|exercise)s?\b|\b(?:piece|study|etude|prelude|nocturne|miniature|sonatina|sonata|waltz|minuet|bagatelle|invention|rag|lullaby|romance|ballade)\b[^,.;]{0,24}\bfor (?:the |my |a |solo |beginner |easy |grade \d )*(?:piano|keyboard)\b|钢琴(?:独奏)?(?:小品|曲|小曲|独奏|奏鸣曲|小奏鸣曲|练习曲|前奏曲|夜曲|作品)|(?:小|短)钢琴曲"
)
_ONE_HAND = re.compile(
    r"\b(?:one|single|right)[- ]hand(?:ed)?(?: only| alone| part)?\b|\bmelody (?:only|line)\b|\blead ?sheet\b|\b(?:tune|melody) (?:only|alone)\b|只(?:要|用|写)?(?:右手|单手|旋律)|单手|单旋律"
)


def _pair(lower: str) -> str:
    """The instrument that plays a bass below another one; empty for none."""
    match = _BELOW.search(lower)
    if match is None:
        return ""
    said = match["name"] or match["two"] or match["plus"] or match["zh"]
    return next(
        (name for name, (*_, words) in INSTRUMENTS.items() if said in words or said == name), said
    )


_LOW_PLAYERS = (
    "cello",
    "double bass",
    "bassoon",
    "viola",
    "tuba",
    "trombone",
    "guitar",
    "piano",
    "harp",
    "organ",
)


def _duo(lower: str) -> tuple[str, str] | None:
    """Two different instruments that are named together: flute and cello, 小号和长号."""
    words = {w: name for name, (*_, own) in INSTRUMENTS.items() for w in (name, *own)}
    either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    match = re.search(
        rf"(?<![a-z])({either})s?\s*(?:and|&|\+|plus|with|和|与|跟|加|同)\s*(?:an? |the |my )?({either})s?(?![a-z])",
        lower,
    )
    if match is None or words[match[1]] == words[match[2]]:
        return None
    return words[match[1]], words[match[2]]


def read_voices(text: str, lower: str, wishes: Wishes) -> None:
    """`voices`: how many; `players`: who each is; `ensemble`: which players, where that says more; `left_hand`: a bass below."""
    if _NO_VOICES.search(lower):
        wishes.values["voices"] = "1"
        return
    if players := scoring(lower):
        wishes.values["instrument"] = players[0][0]
        wishes.values["voices"] = str(len(players))
        wishes.values["players"] = spoken(players)
        wishes.details["players"] = ", ".join(f"{name}:{word}" for name, word in players)
        return
    if any(word in lower for word in LEFT_HAND) or re.search(
        r"\b(?:plus|and|with|over) (?:a |an )?(?:walking |simple )?bass\b(?! (?:clef|drum|guitar|clarinet))",
        lower,
    ):
        wishes.values["voices"] = "2"
        wishes.details["left-hand"] = pattern_of(lower) or "yes"
        wishes.values.setdefault("instrument", "piano")
        return
    if (
        _PIANO_PIECE.search(lower)
        and not _ONE_HAND.search(lower)
        and wishes.values.get("instrument") == "piano"
        and wishes.values.get("chords") != "no"
    ):
        wishes.details["left-hand"] = pattern_of(lower) or "yes"  # a piece for piano has two staves
        return
    duo = _duo(lower)
    if duo is not None and re.search(r"\bduets?\b|\bduo\b|\bfor\b|二重奏|合奏|两件", lower):
        upper, lower_one = (
            (duo[1], duo[0]) if duo[0] in _LOW_PLAYERS and duo[1] not in _LOW_PLAYERS else duo
        )
        wishes.values["instrument"] = upper
        wishes.values["voices"] = "2"
        wishes.details["below" if lower_one in _LOW_PLAYERS else "second-player"] = lower_one
        return
    if (below := _pair(lower)) and "instrument" in wishes.values:
        wishes.values["voices"] = "2"
        wishes.details["below"] = below
        return
    if _SIMPLE_LOWER.search(lower):
        wishes.details["simple-lower"] = "yes"
    found = find(_NO_PLAYERS.sub(" ", lower),
                 {name: words for name, (_, _, words) in ENSEMBLES.items()})  # fmt: skip
    if found is None:
        if _TWO_PLAYERS.search(lower):
            wishes.values["voices"] = "2"
        return
    voices, programs, _ = ENSEMBLES[found[0]]
    wishes.values["voices"] = str(voices)
    if programs:
        wishes.details["ensemble"] = found[0]
