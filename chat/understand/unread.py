"""What a wish for a new tune says beyond what was read of it.

A part of the message is read if the wishes change without it, or if it says something by itself. What is left and
speaks of music is either a change that can be made when the tune is there ("staccato throughout"), or has to be
named in the reply: nothing asked for is dropped in silence. What this does not know: how anything is read.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from functools import cache

from chat.explain.terms import terms
from chat.requirements import Wishes
from chat.understand.text import clauses, normalise, spelled
from chat.understand.wishes import as_piece, read

_CUT = re.compile(
    r"\s*(?:\b(?:with|w/?|which|that|where|whose|using|grouped|featuring|while|except|so)\b|:|\((?=\D)|\)|(?<=[\u4e00-\u9fff])(?:而且|带有?|要有|其中|最后|结尾|中间|开头)(?=[\u4e00-\u9fff]))\s*",
    re.IGNORECASE,
)
_GENERAL = (
    "melody tune key mode modes tonality harmony form structure rhythm meter metre beat pulse bar bars measure measures"
    " phrase phrases chord chords verse chorus bridge interval intervals pitch octave octaves lyrics words range step"
    " leap turn cut tap fine slide hold shake tail close solo figure air round abc rest rests period tempo pause march"
    " marches reel reels jig jigs waltz waltzes hymn ballad rag suite repeat repeats flat sharp natural major minor skip"
    " contour progression dot dotted degrees study studies etude etudes exercise exercises sight-reading sight|reading solfege unison development double|bar barline"
)
"""Words of the dictionary that say too little alone, or that the readers of wishes know in their own way."""
_MORE = re.compile(
    r"\b(?:snaps?|trio|staccato|legato|slurs?|slurred|accents?|trills?|rolls?|ornaments?|grace notes?|swing|swung|shuffle|drones?|brass|strings?|woodwinds?|percussion|drums?|call (?:and|&|\+|n|then) response|canon|fugue|(?<!going )(?<!go )(?<!goes )(?<!all )(?<!year )rounds?"
    r"|(?:(?:two|three|four|five|six|[2-6]|a few|several|some) )?variations?|sequences?|ostinato|counter-?melod\w+|descant|harmonics|pizz\w*|vibrato|tremolo|glissand\w*|fermatas?|rit\w*|rall\w*|accel\w*|rubato|crescendos?|diminuendos?|slow(?:s|ing)? down|speed(?:s|ing)? up|(?:get|grow)(?:s|ting|ing)? (?:louder|softer|quieter|faster|slower)|hairpins?|dynamics|(?:first|second|two|different) endings?|codas?|intros?|outros?|interludes?|key changes?"
    r"|triplets?|syncopat\w*|dotted|arpeggi\w+|alberti|oom-?pah|walking bass|suspensions?|passing notes?|chromatic\w*|modal\w*|blue notes?|picardy|(?:end|finish|close)s?(?:ing)? on (?:an? |the )?(?:[b-g]\b|a\b(?! \w)|fifth|third|dominant|second)|(?:start|begin|end|finish)(?:s|ing|es)? (?:very )?(?:soft|loud|quiet)\w*|\d\+\d(?:\+\d)*|latin|cadenza|turnarounds?|pedal|low strings?|open strings?|double stops?|voicings?|inversions?|9ths?|ninths?|11ths?|13ths?|sus ?[24]?|diminished|augmented|fanfare|in the style of \w+|bowings?|fingerings?|breath marks?|(?:first|second|third|fourth|1st|2nd|3rd|4th) position|(?:part|section|half|phrase|strain) (?:should |must |to |has to )?(?:go(?:es)?|be|is|lies?|sits?|climbs?) (?:very |up )?(?:high|low)(?:er)?|(?:part|section|half|phrase|strain) (?:higher|lower) than\b[^,.;]*|(?:phrase|line|part|section)s? (?:is |are |should be |being )?(?:the )?(?:same|identical) (?:as|to)\b[^,.;]*|(?:phrase|line|melody|part|half)s? (?:that |which )?(?:rises?|falls?|rising|falling|ascends?|descends?|ascending|descending|climbs?)|(?:octave|sixth|seventh|fifth|wide|big) (?:leap|jump)s?|no (?:meter|metre|bar ?lines?)|unmetered|without bar ?lines|neapolitan|borduns?|bourdons?|burdons?|(?:long|common|short) met(?:re|er)|long notes?|calypso|samba|mambo|rumba|cha-?cha|reggae|ska|funk|soul|gospel|bluegrass|klezmer|flamenco|fado|k-?pop|hip[- ]?hop|rap|techno|house music|metal|punk|disco|augmented sixth|secondary dominants?|tritone sub\w*|borrowed chords?|modal mixture|hemiolas?|polyrhythm\w*|different keys|left hand (?:only|alone)|on the [a-g](?:,? (?:and|or|&) [a-g])? strings?|up and down the \w+(?: \w+)? scale)\b"
    r"|跳音|断奏|连音|连奏|连线|装饰音|颤音|倚音|波音|滑音|摇摆|切分|三连音|附点|渐强|渐弱|渐慢|渐快|强弱|力度|尾声|前奏|间奏|(?:带|加|有)(?:一?[个段])?引子|卡农|赋格|轮唱|变奏|模进|复调|对位|和弦外音|琶音|分解和弦|柱式|持续音|铜管|弦乐|木管|打击乐|鼓|华彩|转位|皮卡迪|散板|泛音|弱起|拉丁|下行|上行|左手|右手|低声部|高声部|长音|回音|滚音|swing|雷鬼|放克|说唱|摇滚|电子乐|迪斯科|京剧|昆曲|越剧|黄梅戏|弓法|指法|号角|结尾[^,.;]{0,4}(?:希望|光明)"
)
"""Words of music that a wish may hold besides those of the dictionary."""
LONGEST = 90


_DOING = re.compile(
    r"(?:compos|writ|play|count|find|tell|read|learn|practi[sc]|improvis|transpos|mak|choos|sing|tun)(?:e|es|ing|s)?\b",
    re.IGNORECASE,
)
"""Entries of the dictionary that say how something is done: nothing that a tune could have."""


@cache
def _musical() -> re.Pattern[str]:
    """Any word of music that says what a tune should be like."""
    english = {
        name.lower()
        for term in terms().values()
        for name in term.english
        if re.fullmatch(r"[A-Za-z][A-Za-z -]{3,}", name) and not _DOING.match(name)
    }
    chinese = {
        name
        for term in terms().values()
        for name in term.chinese
        if re.fullmatch(r"[\u4e00-\u9fff]{2,}", name)
    }
    general_zh = {
        "视奏",
        "视唱",
        "练习曲",
        "小品",
        "引子",
        "乐段",
        "独唱",
        "齐唱",
        "独奏",
        "旋律",
        "调",
        "调式",
        "和声",
        "曲式",
        "节奏",
        "拍子",
        "小节",
        "乐句",
        "和弦",
        "主歌",
        "副歌",
        "音程",
        "歌词",
        "音域",
        "速度",
        "音高",
        "八度",
        "大调",
        "小调",
    }
    words = sorted(english - {w.replace("|", " ") for w in _GENERAL.split()}, key=len, reverse=True)
    said = rf"\b(?:{'|'.join(map(re.escape, words))})\b|" + "|".join(
        map(re.escape, sorted(chinese - general_zh, key=len, reverse=True))
    )
    return re.compile(f"{_MORE.pattern}|{said}")


def names_music(lower: str) -> bool:
    """Whether a text in lower case has a word that says what music should be like."""
    return _musical().search(lower) is not None


def unread(message: str) -> list[str]:
    """The parts of a wish that speak of music and that nothing has read, in the order they are said.

    >>> unread("a reel in G, staccato throughout, for my sister's wedding")
    ['staccato throughout']
    """
    text = as_piece(spelled(normalise(message)).strip())
    wishes = read(text)
    whole = _seen(wishes)
    found: list[str] = []
    for start, end in _parts(text):
        part = text[start:end].strip(" ,.;:()")
        if len(part) <= LONGEST and _musical().search(part.lower()):
            without = text[:start] + " " + text[end:]
            if _seen(read(without)) == whole and not _says(part):
                found.append(part)
            else:
                found += _words(text, start, end, whole)
    told = [words for name, words in _TOLD if name in wishes.values or name in wishes.details]
    return [
        p for p in dict.fromkeys(found) if not any(re.search(words, p.lower()) for words in told)
    ]


_TOLD = (
    (
        "canon",
        r"canon|rounds?\b|imitat|counterpoint|contrapuntal|polyphon|卡农|轮唱|复调|对位|声部",
    ),
    ("exercise", r"semitone|half.step|ascend|descend|\bup\b|\bdown\b|上行|下行|逐级|半音"),
    ("progression", r"dominant sevenths|twelve-bar|12-bar"),
    ("range", r"register|right hand|右手|音区|middle c|accidentals|\bhigh|\blow|高音|低音"),
    (
        "instrument",
        r"(?:first|1st) position$|open string|one string|^strings?$|descant|alto|tenor|soprano|treble|bass$",
    ),
    ("left-hand", r"left hand|right hand|左手|右手"),
    ("voices", r"^(?:低|高)声部$"),
    ("cadence", r"ending on|cadence|终止"),
    (
        "cadences",
        r"ending on|cadence|antecedent|consequent|phrase|period|question|answer|终止|乐段|乐句",
    ),
    ("last_note", r"tonic|long note|dominant|长音|ending|finish"),
    ("figures", r"rhythm|节奏"),
    ("chord_colours", r"9ths?|7ths?|ninths?|sevenths?|九|七"),
    ("bright_end", r"end|hope|结尾|希望|picardy|皮卡迪"),
    ("expression", r"rubato|free|散板|散"),
    ("groups", r"group|[2-4]\+[2-4]"),
    ("endings", r"endings?|second time|first time|结尾"),
    ("loop", r"loop|smooth|循环"),
    ("register", r"strings?|register|音区"),
    ("scale", r"accidentals|临时记号|升降号"),
    ("modulation", r"dominant|relative|parallel|key change|modulat|属|转调"),
)
"""What a requirement that was read speaks of, too: its words say nothing more."""


def _words(text: str, start: int, end: int, whole: object) -> list[str]:
    """Single words of music in a part that is read for the rest of it."""
    return [
        match[0]
        for match in _musical().finditer(text[start:end].lower())
        if not _says(match[0])
        and _seen(read(text[: start + match.start()] + " " + text[start + match.end() :])) == whole
    ]


def _parts(text: str) -> list[tuple[int, int]]:
    """Where the smallest parts stand that may say a thing of their own."""
    found = []
    for start, end in clauses(text):
        at = start
        for match in _CUT.finditer(text, start, end):
            found.append((at, match.start()))
            at = match.end()
        found.append((at, end))
    return [(a, b) for a, b in found if text[a:b].strip()]


def _says(part: str) -> bool:
    """Whether a part says something by itself that another part has said, too."""
    alone = read(part)
    return bool(alone.values or alone.mood or alone.genre or alone.problems or alone.words)


def _seen(wishes: Wishes) -> object:
    """Everything that was read, to be compared."""
    return (
        sorted(wishes.values.items()), wishes.mood, wishes.genre, sorted(wishes.implied.items()), wishes.count,
        wishes.words, wishes.must, sorted(wishes.details.items()), wishes.problems,
    )  # fmt: skip
