"""The changes that have one right answer, as a message names them: read by code, in both languages.

`read_operations` gives the list in the order they are to be made. An operation knows nothing of bars:
the target is found apart. What needs taste ("more exciting") is an operation `rewrite`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from abc_tools.theory import Interval
from chat import numbers
from chat.requirements import _lone_mode, _spoken_key, key_of, read_bpm
from chat.vocabulary import TEMPO_WORDS, find_all

INTERVALS: dict[str, tuple[int, int]] = {
    "half step": (1, 1), "half a step": (1, 1), "half a tone": (1, 1), "half tone": (1, 1), "half-tone": (1, 1), "half-step": (1, 1),
    "semitone": (1, 1), "minor second": (1, 1), "minor 2nd": (1, 1), "半音": (1, 1), "小二度": (1, 1),
    "whole step": (1, 2), "whole tone": (1, 2), "whole-step": (1, 2), "tone": (1, 2), "step": (1, 2),
    "major second": (1, 2), "major 2nd": (1, 2), "全音": (1, 2), "大二度": (1, 2), "second": (1, 2),
    "minor third": (2, 3), "minor 3rd": (2, 3), "小三度": (2, 3),
    "major third": (2, 4), "major 3rd": (2, 4), "大三度": (2, 4), "third": (2, 4), "3rd": (2, 4),
    "三度": (2, 4),
    "perfect fourth": (3, 5), "fourth": (3, 5), "4th": (3, 5), "纯四度": (3, 5), "四度": (3, 5),
    "tritone": (3, 6), "augmented fourth": (3, 6), "三全音": (3, 6), "增四度": (3, 6),
    "perfect fifth": (4, 7), "fifth": (4, 7), "5th": (4, 7), "纯五度": (4, 7), "五度": (4, 7),
    "minor sixth": (5, 8), "小六度": (5, 8), "major sixth": (5, 9), "sixth": (5, 9), "大六度": (5, 9),
    "六度": (5, 9), "minor seventh": (6, 10), "小七度": (6, 10), "major seventh": (6, 11),
    "大七度": (6, 11), "octave": (7, 12), "八度": (7, 12),
}  # fmt: skip
STEPS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)


@dataclass(frozen=True)
class Operation:
    """One change. `kind` is transpose, key, mode, tempo, octave, title, chords or rewrite."""

    kind: str
    value: str = ""
    interval: Interval | None = None
    factor: float = 1.0


_UP = re.compile(r"\bup\b|\bhigher\b|\braise|升高|提高|移高|升上?|往上|向上|高一?个?")
_DOWN = re.compile(r"\bdown\b|\blower\b|\bdrop\b|降低|移低|降下?|往下|向下|低一?个?")
_FASTER = re.compile(r"\bfaster\b|\bquicker\b|speed (?:[^.,]{0,40} )?up|\bspeedier\b|pick up the (?:pace|tempo)|"
                     r"快一?点|快一些|更快|加快|快些|再快|提速|太慢|too slow")  # fmt: skip
_SLOWER = re.compile(
    r"\bslower\b|slow (?:[^.,]{0,40} )?down|慢一?点|慢一些|更慢|放慢|减慢|慢些|再慢|降速|太快|too fast"
)
_MUCH = re.compile(r"\bmuch\b|\ba lot\b|\bfar\b|\bway\b|很多|得多|多一点|大大")
_LITTLE = re.compile(r"\ba (?:little|bit|touch|tad)\b|\bslightly\b|\bsomewhat\b|稍微?|一点点|略")
_PERCENT = re.compile(r"(?:by\s+)?(\d{1,3})\s*(?:%|percent|per cent)")
_REWRITE = re.compile(
    r"\brewrite\b|\bre-write\b|\brecompose\b|\bvary\b|\bvariation\b|\bredo the\b|\bnew (?:melody|bridge|ending|tune|music) (?:for|in)"
    r"|\ba (?:new|different|better) (?:\w+ )?(?:bridge|ending|beginning|opening|chorus|melody|section|part|strain)\b"
    r"|more (?:exciting|interesting|lively|varied|lyrical|dramatic|flowing|playful|melodic)|less boring"
    r"|\bcalmer\b|\bdifferent\b|\bimprove\b|\bchange (?:the )?(?:bars?|melody|notes)|重写|改写|改编|换一?个(?!调)|重新写|变奏|更(?:有趣|抒情|激动|活泼|好听)"
    r"|写得更"
)


def read_operations(text: str, lower: str) -> list[Operation]:
    """The operations of a normalised message (`text` with its capitals, `lower` without)."""
    found: list[Operation] = []
    transposition = _transposition(lower)
    if transposition is not None:
        found.append(transposition)
    else:
        found += _key_or_mode(text, lower)
    found += _mood(lower) if not found else []
    found += _tempo(lower)
    found += _title(text)
    if re.search(
        r"(?:remove|delete|drop|without|no|take out|hide|删除|删掉|去掉|移除|不要)\s*(?:all )?(?:the )?(?:chords?|chord symbols|和弦)",
        lower,
    ):
        found.append(Operation("chords", "no"))
    if not found and _REWRITE.search(lower):
        found.append(Operation("rewrite"))
    return found


def _transposition(lower: str) -> Operation | None:
    """Up or down by an interval, or by octaves."""
    up, down = _UP.search(lower), _DOWN.search(lower)
    if not up and not down:
        return None
    sign = 1 if up and (not down or up.start() < down.start()) else -1
    if match := re.search(rf"({numbers.NUMBER}|a|an)?\s*个?\s*(octaves?|八度)", lower):
        count = numbers.value(match[1] or "") or 1
        return Operation("octave", str(sign * count)) if count <= 4 else None
    match = re.search(
        rf"({numbers.NUMBER})\s*个?\s*(?:semitones?|half[- ]?(?:steps?|tones?)|半音)", lower
    )
    if match and (number := numbers.value(match[1])) is not None and number <= 24:
        octaves, rest = divmod(number, 12)
        return Operation("transpose", interval=_signed(7 * octaves + STEPS[rest], number, sign))
    match = re.search(
        rf"({numbers.NUMBER})\s*个?\s*(?:whole[- ]?(?:steps?|tones?)|tones?|全音)", lower
    )
    if match and (number := numbers.value(match[1])) is not None and number <= 6:
        return Operation("transpose", interval=_signed(number, 2 * number, sign))
    for word in sorted(INTERVALS, key=len, reverse=True):
        pattern = rf"(?<![a-z]){re.escape(word)}s?(?![a-z])" if word.isascii() else word
        if re.search(pattern, lower) and not re.search(
            rf"{word} (?:part|section|half|strain)", lower
        ):
            return Operation("transpose", interval=_signed(*INTERVALS[word], sign))
    return None


def _signed(steps: int, semitones: int, sign: int) -> Interval:
    return Interval(sign * steps, sign * semitones)


def _key_or_mode(text: str, lower: str) -> list[Operation]:
    spoken = _spoken_key(text)
    if spoken is not None:
        key = key_of(spoken[0], spoken[1] or "")
        if key is None:
            return [Operation("impossible-key", f"{spoken[0]} {spoken[1] or ''}".strip())]
        name = key.name if spoken[1] else f"{key.name.split()[0]}"
        return [Operation("key", name)]
    mode = _lone_mode(lower)
    return [Operation("mode", mode)] if mode else []


_SADDER = re.compile(
    r"\b(?:sadder|more (?:sad|melancholy|mournful|sorrowful)|darker|gloomier)\b|sound sad(?:der)?\b|(?:更|再)?(?:悲伤|忧伤|伤感|忧郁)(?:一[点些]|些)"
)
_HAPPIER = re.compile(
    r"\b(?:happier|more (?:happy|cheerful|joyful)|brighter|merrier)\b|sound happ(?:y|ier)\b|(?:更|再)?(?:快乐|欢快|明亮|高兴|开心)(?:一[点些]|些)"
)


def _mood(lower: str) -> list[Operation]:
    """Sadder and happier by the means that listeners agree on: the mode, and the tempo."""
    if _SADDER.search(lower):
        return [Operation("mode", "minor"), Operation("tempo", factor=0.85)]
    if _HAPPIER.search(lower):
        return [Operation("mode", "major"), Operation("tempo", factor=1.15)]
    return []


def _tempo(lower: str) -> list[Operation]:
    bpm = read_bpm(lower)
    if bpm is not None:
        return [Operation("tempo", str(bpm))]
    if re.search(r"half (?:the )?(?:speed|tempo)|half as fast|一半的?速度|速度减半", lower):
        return [Operation("tempo", factor=0.5)]
    if re.search(
        r"(?:double|twice) (?:the )?(?:speed|tempo)|twice as fast|两倍速|速度加倍|快一倍", lower
    ):
        return [Operation("tempo", factor=2.0)]
    faster, slower = _FASTER.search(lower), _SLOWER.search(lower)
    if faster or slower:
        share = 0.1 if _LITTLE.search(lower) else 0.35 if _MUCH.search(lower) else 0.18
        if match := _PERCENT.search(lower):
            share = min(int(match[1]), 80) / 100
        return [Operation("tempo", factor=1 + share if faster else 1 - share)]
    feels = find_all(lower, TEMPO_WORDS)
    if feels and re.search(r"\bmake\b|\bplay\b|tempo|speed|速度|弹得|改成|变|\bset\b", lower):
        return [Operation("tempo", feels[0])]
    return []


_RETITLE = re.compile(
    r"(?:rename(?: it| this| the tune)?(?: to| as)?|call (?:it|this|the tune)|(?:change|set) the title to|retitle(?: it)?(?: to)?"
    r"|title it|give it the title|标题改[成为]|改名为?|题目改[成为]|取名为?|命名为?)\s*[:\"《「]?\s*([^\"》」]{1,60}?)\s*[\"》」.!]?$",
    re.IGNORECASE,
)


def _title(text: str) -> list[Operation]:
    match = _RETITLE.search(text.strip())
    return [Operation("title", match[1].strip())] if match else []


UNSUPPORTED: tuple[tuple[str, str, str], ...] = (
    ("words to a melody", "给旋律填词", r"\blyrics?\b|\bwords\b|歌词|填词"),
    ("further voices or an accompaniment", "增加声部或伴奏",
     r"(?:second|another|bass|alto|tenor) (?:voice|part|line)|\bharmoni[sz]e\b|left hand|\bsatb\b|descant|声部|左手|配和声"),
    ("adding chords", "添加和弦", r"\badd\b.*\bchords?\b|(?:加|配)(?:上)?和弦"),
    ("another meter or dance", "改变拍号或体裁",
     r"\b(?:make|turn|change|convert)\b.*\b(?:waltz|jig|reel|march|polka|hornpipe|tango|hymn|meter|metre|time signature|\d/\d)\b|(?:改|变)[成为]?.*(?:圆舞曲|进行曲|拍)"),
    ("adding, removing or moving bars", "增删或移动小节",
     (r"\b(?:delete|remove|cut|insert|duplicate|repeat|copy|swap|move)\b.*\b(?:bars?|measures?|section|part)\b|\b(?:longer|shorter|extend)\b"
     r"|(?:删|去掉|插入|重复|复制|加长|延长|缩短)")),
)  # fmt: skip
"""What people ask for and we cannot do yet: its name in English and Chinese, and how it is said."""


def unsupported(lower: str) -> tuple[str, str] | None:
    """The names (English, Chinese) of a change that is asked for and cannot be made yet."""
    for english, chinese, pattern in UNSUPPORTED:
        if re.search(pattern, lower):
            return english, chinese
    return None
