"""Words that ask for tunes → what is meant: how many, which kind, how hard, from where, in which mood.

Read by tables in English and Chinese at once. What no table knows stays as words that are looked up in titles and
texts. A mood becomes targets that can be computed: the third of the mode, the pace, how smoothly a tune moves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from abc_tools.analyse.terms import KEY_MODES
from abc_tools.numbers import NUMBER, value
from abc_tools.styles import STYLES
from abc_tools.theory import MODES
from library.records import Query

MOST = 50


@dataclass(frozen=True)
class Mood:
    """What a mood means in numbers, None where it says nothing.

    `minor` is the third of the mode, `pace` quarter notes a minute that are aimed at, `smooth` the share of steps.
    """

    word: str
    minor: bool | None = None
    pace: float | None = None
    smooth: float | None = None


@dataclass(frozen=True)
class Wish:
    """What was asked for. `study` asks for the next tune to learn, `like_mine` for tunes like one's own."""

    query: Query
    count: int | None = None
    moods: tuple[Mood, ...] = ()
    words: str = ""
    study: bool = False
    like_mine: bool = False


_MOODS: dict[str, tuple[tuple[bool | None, float | None, float | None], str]] = {
    "sad": ((True, 80, 0.7), ("sad|sorrowful|mournful|melanchol\\w*|gloomy|tearful|grief|griev\\w*|heartbr\\w*|blue"
            "|伤感|悲伤|忧伤|难过|悲|哀伤|忧郁|凄凉|伤心")),
    "happy": ((False, 170, None), ("happy|cheerful|joyful|merry|jolly|glad|bright|uplifting|sunny"
              "|快乐|欢快|欢乐|高兴|开心|喜悦|明亮|阳光|愉快")),
    "calm": ((None, 75, 0.75), ("calm\\w*|peaceful|gentle|quiet|tranquil|relax\\w*|soft|soothing|sleepy|serene"
             "|安静|平静|宁静|温柔|柔和|舒缓|放松|安详")),
    "lively": ((None, 200, None), ("lively|energetic|fast|quick|exciting|upbeat|danc(?:e|ing|eable)|brisk|party"
               "|活泼|热烈|激动|快速|快的|轻快|热闹|跳舞|有活力")),
    "slow": ((None, 66, None), "slow|slowly|慢的|缓慢|慢板|慢一点|慢速"),
    "dark": ((True, 90, None), "dark|mysterious|spooky|haunting|eerie|stormy|神秘|阴暗|黑暗|诡异"),
    "rainy": ((True, 80, 0.7), "rainy?|autumn\\w*|winter\\w*|lonely|loneliness|evening|night|下雨|雨天|雨夜|秋天|孤独|寂寞|夜晚"),
    "solemn": ((None, 72, 0.75), "solemn|majestic|noble|dignified|serious|grand|庄严|庄重|雄伟|肃穆"),
    "tender": ((None, 85, 0.75), "tender|romantic|loving|lyrical|sweet|浪漫|抒情|甜美|柔情"),
}  # fmt: skip
"""Mood → (minor third, quarter notes a minute, share of steps), and the words for it."""

_LEVELS: tuple[tuple[str, int | None, int | None], ...] = (
    (
        r"(?:absolute |total |complete )?beginners?|very easy|easiest|simplest|初学者?|新手|入门|零基础|最简单|刚开始学",
        None,
        2,
    ),
    (
        r"not (?:too|very|so) (?:hard|difficult)|easy|simple|children|kids|简单|容易|不(?:太)?难|浅易|小朋友|儿童",
        None,
        2,
    ),
    (r"intermediate|moderate(?:ly difficult)?|medium|中等(?:难度|水平)?|中级", 3, 3),
    (
        r"advanced|difficult|hard|challenging|virtuos\w*|expert|难的|高难度|高级|有挑战|困难|难度大",
        4,
        None,
    ),
)

_PLACES: tuple[tuple[str, str], ...] = (
    ("China", r"chin(?:a|ese)|中国|中华|华夏"), ("Ireland", r"ireland|irish|celtic|爱尔兰|凯尔特"),
    ("Scotland", r"scotland|scottish|scots?|scotch|苏格兰"), ("England", r"england|english|英格兰|英国"),
    ("Germany", r"german(?:y|s)?|德国|德意志"), ("United States", r"america\w*|usa?|united states|美国"),
    ("France", r"france|french|法国"), ("Luxembourg", r"luxemb\w*|卢森堡"), ("Italy", r"ital(?:y|ian)|意大利"),
    ("Austria", r"austrian?|奥地利"), ("Poland", r"poland|polish|波兰"), ("Wales", r"wales|welsh|威尔士"),
    ("Sweden", r"swed(?:en|ish)|瑞典"), ("Shaanxi", r"shaanxi|陕西|陕北"),
)  # fmt: skip
"""Place as collections write it → the words for it."""

_COMPOSERS: tuple[tuple[str, str], ...] = (
    ("Bach", r"j\.? ?s\.? ?bach|bach|巴赫"), ("Mozart", r"mozart|莫扎特"), ("Haydn", r"haydn|海顿"),
    ("Beethoven", r"beethoven|贝多芬"), ("Monteverdi", r"monteverdi|蒙特威尔第"), ("Josquin", r"josquin|若斯坎"),
    ("Handel", r"h(?:a|ä)ndel|亨德尔"), ("Schumann", r"schumann|舒曼"), ("Chopin", r"chopin|肖邦"),
    ("Joplin", r"joplin|乔普林"), ("Schubert", r"schubert|舒伯特"), ("Carolan", r"o'?carolan|carolan|卡罗兰"),
)  # fmt: skip

_SONGS = {"folk song", "song", "ballad", "nursery rhyme", "carol"}
"""Kinds that many collections do not write down: they are looked for by style and words."""
_GENERAL = {"air"}
_STUDY = re.compile(
    r"(?:what|which).{0,30}\b(?:study|learn|practi[sc]e|play)\b.{0,20}\bnext\b|\bnext (?:tune|piece|step)\b"
    r"|(?:接下来|下一步|然后|下一首).{0,8}(?:学|练|弹|拉|吹)|(?:学|练)(?:什么|哪)", re.IGNORECASE
)  # fmt: skip
_MINE = re.compile(
    r"\b(?:like|similar to|resembl\w+|close to) (?:this|mine|my|it|that|these)\b|像(?:这|我|它)|类似(?:这|我|的)|相似|差不多的",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\d/])({NUMBER})(?![\d/]|[\s-]*(?:bars?|measures?|sharps?|flats?|voices?|小节|声部))\s*"
    r"(?:[首个支曲段]|(?=[^.,;]{0,40}?\b(?:tunes?|songs?|pieces?|\w+s)\b))", re.IGNORECASE
)  # fmt: skip
_SEVERAL = ((re.compile(r"\ba (?:few|handful)\b|\bsome\b|几[首个支曲]|一些", re.I), 3),
            (re.compile(r"\ba couple\b|一两[首个支]", re.I), 2))  # fmt: skip
_BARS = re.compile(rf"({NUMBER})[- ]?(?:bars?\b|measures?\b|小节)", re.IGNORECASE)
_METER = re.compile(
    r"(?<!\d)(\d{1,2}/(?:1|2|4|8|16))(?!\d)|([二三四六八九]|十二)[/分]?拍|([四八二])分之([二三四六九]|十二)"
)
_FORM = re.compile(r"(?<![A-Za-z])([A-D]{3,8})(?![a-z])(?:\s*(?:form|曲式))?")
_FILLER = re.compile(
    r"\b(?:please|can|could|would|you|me|i|we|some|any|few|a|an|the|for|to|of|in|on|with|that|which|is|are|be|and|or|it"
    r"|airs?|recommend\w*|suggest\w*|find|show|give|list|want|need|looking|look|search|play|tunes?|songs?|pieces?|music|melod(?:y|ies)"
    r"|something|anything|what|should|like|my|mine|this|these|similar|good|nice|day|level|style|from|by|about|have|has|do"
    r"|there|learn|study|practi[sc]e|next|meter|time|key|mode|form|key of|more|couple|handful|folk|traditional|bars?"
    r"|student|students|players?|learners?|short|long|very|not|too|so|written|written by|composed|tell|know|s"
    r"|got|get|gets|your|our|his|her|their|its|collection|library|catalogue|catalog|possible|possibly|if|maybe|perhaps|ideally|preferably|please|thanks"
    r"|thank|hello|hi|hey|here|who|how|when|where|will|might|may|must|else|other|others|another|also|just|only|really|kind|sort|type|stuff|thing|things"
    r"|one|ones|us|them|they|he|she|but|then|than|as|at|yes|ok|okay)\b"
    r"|推荐|给我|帮我|请|找|想要|想听|我|要|几首|一些|首|曲子|歌曲|音乐|乐曲|旋律|的|一|适合|有没有|什么|应该|接下来|学|练"
    r"|像|类似|这|那|个|和|与|给|听|来|吧|呢|吗|能|可以|带|歌词|和弦|拍|调|曲|支|些|段|作品|传统|难度|水平|级", re.IGNORECASE
)  # fmt: skip


def read(text: str) -> Wish:
    """What words ask for. Never fails: words that mean nothing here are kept to be looked up.

    >>> wish = read("recommend three jigs for beginners")
    >>> wish.count, wish.query.rhythm, wish.query.max_difficulty
    (3, 'jig', 2)
    >>> wish = read("推荐几首中国民歌")
    >>> wish.count, wish.query.region, wish.query.style
    (3, 'China', 'folk song')
    """
    left = text
    count, left = _count(left)
    query, left = _facts(left)
    moods = []
    for (minor, pace, smooth), pattern in _MOODS.values():
        match = _word(pattern).search(left)
        if match:
            moods.append(Mood(match[0], minor, pace, smooth))
            left = _word(pattern).sub(" ", left)
    study, mine = bool(_STUDY.search(text)), bool(_MINE.search(text))
    words = " ".join(_FILLER.sub(" ", _STUDY.sub(" ", _MINE.sub(" ", left))).split())
    return Wish(query, count, tuple(moods), words.strip(" ,.?!，。？！、"), study, mine)


def _word(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words in English, and of parts of text in Chinese."""
    return re.compile(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", re.IGNORECASE)


def _count(text: str) -> tuple[int | None, str]:
    """How many are asked for, and the text without that."""
    for pattern, usual in _SEVERAL:
        if pattern.search(text):
            return usual, pattern.sub(" ", text)
    match = _COUNT.search(text)
    number = value(match[1]) if match else None
    if match is None or not number:
        return None, text
    return min(number, MOST), text[: match.start()] + " " + text[match.end() :]


def _facts(text: str) -> tuple[Query, str]:
    """What can be compared, and the text without it."""
    query = Query()
    query, text = _numbers(query, text)
    for pattern, least, most in _LEVELS:
        if _word(pattern).search(text):
            query = replace(query, min_difficulty=least, max_difficulty=most)
            text = _word(pattern).sub(" ", text)
            break
    query, text = _kind(query, text)
    for name, table in (("region", _PLACES), ("composer", _COMPOSERS)):
        for place, pattern in table:
            if _word(pattern).search(text):
                query = (
                    replace(query, region=place)
                    if name == "region"
                    else replace(query, composer=place)
                )
                text = _word(pattern).sub(" ", text)
                break
    query, text = _keys(query, text)
    if re.search(r"\bwith (?:guitar )?chords?\b|chord symbols?|带和弦|有和弦", text, re.I):
        query = replace(query, chords=True)
        text = re.sub(r"\b(?:chords?|guitar|symbols?)\b", " ", text, flags=re.I)
    if re.search(r"\bwith (?:words|lyrics)\b|to sing\b|带歌词|有歌词|能唱", text, re.I):
        query = replace(query, sung=True)
        text = re.sub(r"\b(?:words|lyrics|sing)\b", " ", text, flags=re.I)
    return query, text


_CHINESE_METERS = {"二": "2", "三": "3", "四": "4", "六": "6", "八": "8", "九": "9", "十二": "12"}


def _numbers(query: Query, text: str) -> tuple[Query, str]:
    match = _METER.search(text)
    if match and match[1]:
        query = replace(query, meter=match[1])
    elif match and match[3]:
        query = replace(query, meter=f"{_CHINESE_METERS[match[4]]}/{_CHINESE_METERS[match[3]]}")
    if match and (match[1] or match[3]):
        text = text[: match.start()] + " " + text[match.end() :]
    match = _BARS.search(text)
    bars = value(match[1]) if match else None
    if match and bars:
        query = replace(query, min_bars=bars, max_bars=bars)
        text = text[: match.start()] + " " + text[match.end() :]
    match = _FORM.search(text)
    if match and len(set(match[1])) > 1 and match[1].startswith("A"):
        query = replace(query, form=match[1])
        text = text[: match.start()] + " " + text[match.end() :]
    return query, text


def _kind(query: Query, text: str) -> tuple[Query, str]:
    """The dance or song type; the longest name that is found."""
    names = sorted(((word, style.name) for style in STYLES.values()
                    for word in (style.name, *style.words)), key=lambda item: -len(item[0]))  # fmt: skip
    for word, name in names:
        if name in _GENERAL or word in ("rag", "歌", "歌曲", "song"):
            continue
        plural = rf"{re.escape(word)}(?:e?s)?" if word.isascii() else re.escape(word)
        if word.endswith("y"):
            plural += f"|{re.escape(word[:-1])}ies"
        pattern = _word(plural)
        if pattern.search(text):
            field = "style" if name in _SONGS else "rhythm"
            kind: dict[str, Any] = {field: name}
            return replace(query, **kind), pattern.sub(" ", text)
    return query, text


_MODE_WORDS = "|".join((*MODES, *KEY_MODES.values()))
_KEY = re.compile(
    rf"\b(?:in|key of) ([A-G])[ -]?(sharp|flat|#|b|♯|♭)?(?:[ -]({'|'.join(MODES)}))?(?![a-z])"
    rf"|([升降])?([A-G])([#b♯♭])?\s*({'|'.join(KEY_MODES.values())}|调)", re.IGNORECASE
)  # fmt: skip
_SIGNS = {"sharp": "#", "#": "#", "♯": "#", "flat": "b", "b": "b", "♭": "b", "升": "#", "降": "b"}


def _keys(query: Query, text: str) -> tuple[Query, str]:
    """A key ("in D minor", D小调) or else a mode alone."""
    chinese = {zh: en for en, zh in KEY_MODES.items()}
    match = _KEY.search(text)
    if match and (match[1] or "").isupper() | bool(match[5]):
        tonic = (match[1] or match[5]).upper()
        sign = _SIGNS.get((match[2] or match[4] or match[6] or "").lower(), "")
        mode = (match[3] or "").lower() or chinese.get(match[7] or "", "")
        text = text[: match.start()] + " " + text[match.end() :]
        return replace(query, key=f"{tonic}{sign} {mode}".strip()), text
    match = re.search(rf"(?<![A-Za-z])({_MODE_WORDS})(?![A-Za-z])", text, re.IGNORECASE)
    if match:
        mode = match[1].lower()
        text = text[: match.start()] + " " + text[match.end() :]
        return replace(query, mode=chinese.get(mode, mode)), text
    return query, text
