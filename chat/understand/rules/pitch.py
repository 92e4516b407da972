"""How people ask for other pitches, keys, tempi and moods: the rules that come after those of
`edit_rules`.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.places import Place
from abc_tools.sections import sections
from abc_tools.theory import Interval, Key
from chat.understand.pitch import key_of, lone_mode, spoken_key, without_chords
from chat.understand.place import names_bars_only
from chat.understand.rules.base import Clause, Rule, rule
from chat.understand.rules.signs import simpler
from chat.understand.rules.times import FREE, instrument
from chat.understand.rules.voices import voice_named, voice_of
from chat.understand.tables import CHINESE_MODES
from chat.understand.voices_said import line_named, voice_meant

INTERVALS: dict[str, tuple[int, int]] = {
    "half step": (1, 1), "half a step": (1, 1), "half a tone": (1, 1), "half tone": (1, 1),
    "half-tone": (1, 1), "half-step": (1, 1), "semitone": (1, 1), "minor second": (1, 1),
    "minor 2nd": (1, 1), "半音": (1, 1), "半个音": (1, 1), "小二度": (1, 1), "whole step": (1, 2),
    "whole tone": (1, 2), "full step": (1, 2), "full tone": (1, 2), "whole-step": (1, 2),
    "tone": (1, 2), "step": (1, 2), "major second": (1, 2), "major 2nd": (1, 2), "全音": (1, 2),
    "一个音": (1, 2), "大二度": (1, 2), "second": (1, 2), "minor third": (2, 3), "minor 3rd": (2, 3),
    "小三度": (2, 3), "major third": (2, 4), "major 3rd": (2, 4), "大三度": (2, 4), "third": (2, 4),
    "3rd": (2, 4), "三度": (2, 4), "perfect fourth": (3, 5), "perfect 4th": (3, 5), "fourth": (3, 5),
    "4th": (3, 5), "纯四度": (3, 5), "四度": (3, 5), "tritone": (3, 6), "augmented fourth": (3, 6),
    "diminished fifth": (4, 6), "三全音": (3, 6), "增四度": (3, 6), "减五度": (4, 6),
    "perfect fifth": (4, 7), "perfect 5th": (4, 7), "fifth": (4, 7), "5th": (4, 7), "纯五度": (4, 7),
    "五度": (4, 7), "minor sixth": (5, 8), "小六度": (5, 8), "major sixth": (5, 9), "sixth": (5, 9),
    "6th": (5, 9), "大六度": (5, 9), "六度": (5, 9), "minor seventh": (6, 10), "小七度": (6, 10),
    "seventh": (6, 10), "7th": (6, 10), "major seventh": (6, 11), "大七度": (6, 11), "octave": (7, 12),
    "八度": (7, 12),
}  # fmt: skip
"""Interval → steps, semitones; a bare "third" is a major, a bare "seventh" a minor one."""
_UP = re.compile(
    r"(?<![-\w])up\b(?! to|-)|\bhigher\b|\brais(?:e|ed|ing)\b|\babove\b|升高|提高|移高|升上?|往上(?!走)|向上(?!走)|上移|高一?个?|调高"
)
_DOWN = re.compile(
    r"\bdown\b|\blower(?:ed|ing)?\b(?! (?:voice|part|line|hand|stave|staff)\b)|\bdrop\b|\bbelow\b|\bunder\b|降低|移低|降下?|往下(?!走)|向下(?!走)|下移|低一?个?|调低"
)
_NOT_PITCH = re.compile(
    r"speed|tempo|slow|速度|volume|loud|\b(?:add|write|with) (?:an? )?(?:second|another|harmony|descant|lower|upper|bass|alto|tenor) (?:voice|line|part)s?\b|\bbass line|first ending|bpm|\d拍"
    r"|\bdoubl(?:e|ed|ing) (?:the|it|this|my)\b|\b(?:keep|catch|hurry|show|end|break|spice|warm|wind|sum|give|pick) up\b|\bknock off\b"
    r"|\b(?:beef|perk|punch|pep|brighten|cheer|tidy|clean|mix|light(?:en)?|wake|tighten|loosen|ramp|fill|dress|tart|vary) (?:\w+ ){0,3}up\b|\b(?:calm|wind|water|tone|strip|pare|cut|thin) (?:\w+ ){0,3}down\b|(?:配|加|写|来|做)[^,.;]{0,6}声部|比(?:主)?旋律|\b(?:below|above|under|than) the (?:melody|tune)\b"
)


def _direction(lower: str) -> int:
    up, down = _UP.search(lower), _DOWN.search(lower)
    if not up and not down:
        return 0
    return 1 if up and (not down or up.start() < down.start()) else -1


_SINGS_SO = re.compile(
    r"\b(?:she|he|they|i|we|(?:my|our|the) (?:\w+ ){1,3})(?:'s|'re| is| are| sings?| can sing| voice is)? (?:a (?:bit|little) |much |rather |quite )?(?:sings? )?(?:lower|higher)(?: than (?:me|us|i|her|him|them|the others?|\w+))?\W*$|\b(?:sings?|singing|voice is|voices are) (?:a (?:bit|little) |much |rather |quite )?(?:lower|higher)\b|(?:声音|嗓子|嗓音|音域|唱得?)(?:比[^,.;]{1,4})?(?:更|比较|要|偏)?[高低](?:一?[点些])?$"
)


def _transposition(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Up or down by an interval, by octaves, by semitones, or by steps of the scale."""
    sign = _direction(
        re.sub(r"[男女][高中低]音?|[高低中]音(?=\s*[a-g])|(?:太|有点|偏)[高低]", " ", clause.lower)
    )
    if not sign or _NOT_PITCH.search(clause.lower):
        return None
    if _SINGS_SO.search(clause.lower) and not re.search(
        r"\b(?:transpose|move|shift|put|take|bring|down|up|drop|raise)\b|[移升降]", clause.lower
    ):
        return None  # who sings lower is told
    if re.search(
        r"\b(?:can'?t|cannot|can not|couldn't)\b[^.;]{0,16}\b(?:get|go|reach|sing|play)\b[^.;]{0,10}\b(?:down|low)",
        clause.lower,
    ):
        return None  # what somebody cannot reach is a reason
    return moved(clause.lower, sign) or _for_a_singer(clause, sign)


_SINGERS = (
    (r"\bbass(?:es)?\b(?! (?:line|part|note|voice|clef))|男低", 48), (r"\bbaritones?\b|\bmen\b|\bmen's\b|男中|男声", 52),
    (r"\btenors?\b|男高", 57), (r"\baltos?\b|\bmezzos?\b|女低|女中", 64), (r"\bsopranos?\b|女高|女声|\btrebles?\b|\bchild(?:ren)?\b|\bkids\b|童声|孩子", 69),
)  # fmt: skip
"""Singers, and the middle of what they sing with ease (MIDI)."""


def _for_a_singer(clause: Clause, sign: int) -> dict[str, str] | None:
    """As many octaves as bring the tune nearest to a singer who is named; None where none is, or it lies well."""
    middle = next((m for words, m in _SINGERS if re.search(words, clause.text.lower())), 0)
    heights = [n for v in clause.tune.voices[:1] for e in v.events for n in e.midi]
    if not middle or not heights:
        return None
    octaves = int((middle - sum(heights) / len(heights)) / 12) or sign
    return {"": "octave", "octaves": str(octaves)} if octaves * sign > 0 else None


def moved(lower: str, sign: int) -> dict[str, str] | None:
    """How far something moves up (1) or down (-1); None where no interval is named."""
    if found := re.search(rf"({numbers.NUMBER}|an?)?\s*个?\s*(octaves?|8ve|8va|八度)", lower):
        count = numbers.value(found[1] or "") or 1
        return {"": "octave", "octaves": str(sign * count)} if count <= 4 else None
    if found := re.search(
        rf"({numbers.NUMBER})\s*个?\s*(?:semi-?tones?|half[- ]?(?:steps?|tones?)|半音)", lower
    ):
        number = numbers.value(found[1])
        return {"semitones": str(sign * number)} if number is not None and number <= 24 else None
    if found := re.search(
        rf"({numbers.NUMBER})\s*个?\s*(?:whole[- ]?(?:steps?|tones?)|(?<!semi)tones?|全音)", lower
    ):
        number = numbers.value(found[1])
        return (
            {"semitones": str(2 * sign * number)} if number is not None and number <= 12 else None
        )
    diatonic = re.search(
        r"diatonic|in(?:side| the) (?:key|scale)|within the (?:key|scale)|scale (?:step|degree)|steps? of the scale|staying in|keep(?:ing)? the key|不变调|调内|自然音级|按音阶",
        lower,
    )
    found = re.search(rf"({numbers.NUMBER}) (?:scale )?(?:steps|degrees)", lower)
    if found and (number := numbers.value(found[1])):
        return (
            {"": "transpose-diatonic", "steps": str(sign * number)}
            if diatonic
            else {"semitones": str(2 * sign * number)}
        )
    for word in sorted(INTERVALS, key=len, reverse=True):
        pattern = rf"(?<![a-z]){re.escape(word)}s?(?![a-z])" if word.isascii() else word
        if re.search(pattern, lower) and not re.search(
            rf"{word} (?:part|section|half|strain|bar|measure|ending|line|time|phrase)", lower
        ):
            steps, semitones = INTERVALS[word]
            if diatonic:
                return {"": "transpose-diatonic", "steps": str(sign * steps)}
            return {"semitones": str(sign * semitones)}
    if re.search(r"\b(?:a (?:bit|little)|slightly|稍微?|一点)\b", lower):
        return {"semitones": str(2 * sign)}
    return None


_LOOSE = re.compile(
    r"\b(?:too (?:high|low))\b|\b(?:bring|take|move|put|shift) (?:it|this|that|everything|the (?:tune|song|whole thing|melody)) (?:down|up)\b(?! (?:an?\b|by|to|one|two|three|four|half|in|into|the|\d|into))|\b(?:higher|lower)\b(?! (?:voice|part|line|hand|stave|staff|harmony|notes?\b))|太[高低]|[高低]一[点些]"
)


def _loose(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "a bit higher", "too high for me": a tone up, a third down for what is too high to sing."""
    if _NOT_PITCH.search(clause.lower):
        return None
    if _SINGS_SO.search(clause.lower):
        return None  # who sings lower is told
    word = match[0]
    way = 1 if word.startswith(("higher", "高", "too low", "太低")) or word.endswith(" up") else -1
    steps = (3, 2, 4, 5) if word in ("too high", "too low", "太高", "太低") else (2, 3, 1)
    part = clause.selection is not None or clause.bars_in(clause.lower) is not None
    return {"semitones": str(way * (steps[0] if part else _friendly(clause.tune.key, way, steps)))}


FEW_SIGNS = 4


def _friendly(key: Key, way: int, options: tuple[int, ...]) -> int:
    """The first of some numbers of semitones that leads to a key with few signs; the first one where none does."""
    if not key.tonic:
        return options[0]
    staff = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
    for semitones in options:
        new = key.transposed(Interval(way * staff[semitones], way * semitones))
        if abs(new.sharps) < FEW_SIGNS:
            return semitones
    return options[0]


_KEY_VERB = re.compile(
    r"\bkey\b|\btranspos\w*|\bin(?:to)?\b|\bto\b|\bmake\b|\bturn\b|\bchange\b|\bput\b|\bconvert\b|\bplay\b|\bmove\b|\btry\b|\bset\b|调|改|变|转|移|换"
)


_NO_KEY = re.compile(
    r"\b([h-z]) (?:sharp|flat|major|minor)\b|(?<![a-zA-Z])([H-Zh-z])(?:大调|小调|调)|\b(?:to|key of|key to|in) ([h-z])(?: (?:major|minor))?(?=$|[.,;!?])",
    re.IGNORECASE,
)


_PITCHED = re.compile(
    r"\b(?:sax(?:ophone)?|clarinet|trumpet|horn|cornet|flugelhorn|whistle|recorder|harmonica|flute|tuba|euphonium|bagpipes?|pipes)s? in (?:the key of )?[A-G](?:b|#| flat| sharp)?\b",
    re.IGNORECASE,
)
"""The pitch an instrument is built in is no key of the tune."""


def _goal_key(text: str) -> str:
    """What stands behind "to", where a key stands on both sides of it: "from D minor to D dorian"."""
    for cut in _TO_KEY.finditer(text):
        head, goal = text[: cut.start()], text[cut.end() :]
        if spoken_key(head) is not None and spoken_key(goal) is not None:
            return goal
    return text


_TO_KEY = re.compile(r"\b(?:in)?to\b|->|[改变换转移调](?:成|为|到)")


def other_key(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Another key or mode that a clause names."""
    text = without_chords(re.sub(r"\"[^\"]*\"", " ", clause.text))
    text = _PITCHED.sub(" ", text)
    text = re.sub(
        r"\b(?:major|minor) (?:second|third|sixth|seventh|2nd|3rd|6th|7th)\b",
        " ",
        text,
        flags=re.IGNORECASE,
    )
    if wrong := _NO_KEY.search(text):
        return {"": "impossible-key", "said": next(g for g in wrong.groups() if g).upper()}
    if _in_a_part(clause) or re.search(
        r"\b[A-G][#b]?(?:m|7|maj7|m7|dim)?(?: chord)? on (?:the )?(?:beat|first beat|second beat|third beat|fourth beat|last beat)\b|\b(?:swap|replace|exchange|drop|lose|avoid) (?:the |all |every |those )*[A-G][#b]?(?:m|7|maj7|m7|dim)\b|\b(?:put|add|use|have|try) an? [A-G][#b]?(?:m|7|maj7|m7|dim)?\b(?! (?:major|minor|dorian))(?! flat| sharp)",
        text,
    ):
        return None
    spoken = spoken_key(_goal_key(text))
    if spoken is None:
        found = lone_mode(clause.lower)
        if found is None and (traditional := re.search(r"([宫商角徵羽])调", text)):
            found = CHINESE_MODES[traditional[1]]
        if found is None or re.search(
            r"(?:major|minor) (?:chord|triad)s?|大三和弦|小三和弦", clause.lower
        ):
            return None
        return {"": "mode", "mode": found}
    key = key_of(spoken[0], spoken[1] or "")
    if key is None:
        return {"": "impossible-key", "said": f"{spoken[0]} {spoken[1] or ''}".strip()}
    lone = lone_mode(clause.lower) if not spoken[1] else None
    if lone and (other := key_of(spoken[0], lone)):
        return {"key": other.name}
    return {"key": key.name if spoken[1] else key.name.split()[0]}


_EASY = (
    (r"\bguitar|ukulele|\buke\b|吉他|尤克里里", "GDCAE", "EAD"), (r"fiddle|violin|mandolin|小提琴", "DGA", "ADE"), (r"whistle|flute|pipes|笛", "DG", "EA"),
    (r"clarinet|trumpet|sax|horn|brass|单簧管|小号|萨克斯|圆号|铜管", ("F", "Bb", "C", "Eb"), "DGC"), (r"", "CGF", "ADE"),
)  # fmt: skip
"""Who plays → keys that are easy there, in major and in minor."""
_WISHED_KEY = re.compile(
    r"\b(?:easy|easier|easiest|simple|simpler|friendlier|comfortable|playable|nicer|better|handier)\b[^.;]{0,30}\bkeys?\b|\bkeys?\b[^.;]{0,30}\b(?:easy|easier|simple|simpler|friendl\w+|fewer (?:sharps|flats|accidentals)|less (?:sharps|flats))\b|\bkey with (?:fewer|less) (?:sharps|flats)|(?:好|容易|简单|方便)(?:弹|拉|吹|按|演奏)?(?:一?点)?的调|(?:换|改|移)[^,.;]{0,6}(?:好|容易|简单)[^,.;]{0,4}(?:弹|拉|吹|按)?的?调"
    r"|\b(?:at most|no more than|max(?:imum)?|only|just|not more than|with) (?:one|a|two|1|2) (?:or (?:one|two|1|2) )?(?:sharps?|flats?|accidentals?)\b|\b(?:one|1|two|2) (?:sharp|flat|accidental)s?(?: or (?:sharp|flat)s?)? (?:at (?:the )?most|max(?:imum)?)\b|\b(?:without|no|with no) (?:any )?(?:sharps|flats)(?: (?:or|and) (?:sharps|flats))?\b[^.;]{0,20}\bkey|\bkeys?\b[^.;]{0,16}\b(?:without|with no) (?:any )?(?:sharps|flats)|(?:最多|不超过|至多|只有|别超过)[一1两二2]个[^,.;]{0,8}[升降]号?|(?:没有|不带|少)(?:一?点)?[升降](?:号|记号)[^,.;]{0,6}的?调|[升降]号(?:少|不多)(?:一?[点些])?的?调"
    r"|(?<![A-Za-z])[A-G](?: ?(?:flat|sharp|b|#))?(?: major)? or (?:in )?[A-G](?: ?(?:flat|sharp)|b|#)?(?: major| minor)?(?![A-Za-z])|[A-G]调?(?:或者?|还是)[A-G]调"
)
_ONE_KEY = re.compile(
    r"(?<![A-Za-z#])([A-G])(?:[ -]?(flat|sharp)|(b|#))?(?![A-Za-z#'])|([升降])([A-G])"
)


_BY_SIGNS = ((("C",), ("A",)), (("G", "F"), ("E", "D")), (("D", "Bb"), ("B", "G")))
"""Keys of none, one and two signs, in major and in minor."""
_NO_SIGNS = re.compile(
    r"\b(?:no|without|with no)\b(?! more)[^.;]{0,8}\b(?:sharps|flats|accidentals)|(?:没有|不带|没)(?:任何)?[升降]"
)
_MOST_SIGNS = re.compile(
    r"\b(?:(?P<one>one|a|1)|two|2) (?:sharp|flat|accidental|sign)|(?P<zone>[一1])个[^,.;]{0,8}[升降]|[两二2]个[^,.;]{0,8}[升降]"
)


def _few_signs(lower: str, *, minor: bool) -> list[str]:
    """The keys with no more sharps or flats than are allowed; none where their number is not said."""
    most = _MOST_SIGNS.findall(lower) if not _NO_SIGNS.search(lower) else []
    if not most and not _NO_SIGNS.search(lower):
        return []
    count = 0 if not most else 1 if most[-1][0] or most[-1][1] else 2
    return [name for row in _BY_SIGNS[: count + 1] for name in row[minor]]


def one_of_keys(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The nearest of some keys: those that are named, else those that are easy for who plays."""
    if not clause.tune.key.tonic or re.search(
        r"\bchords?\b|\bnotes?\b|\bpart\b|\bsection\b|\breplace\b|\bswap\b|\binstead\b|\beach\b|\bone of\b|\bbars?\b|(?<![a-z])[a-g](?:#|b)?(?:m|7|maj7|m7|dim)(?![a-z])|和弦|音(?!乐|域)|段|小节",
        clause.lower,
    ):
        return None
    tail = clause.text[match.start() :]
    named = []
    for found in _ONE_KEY.finditer(tail):
        letter = found[1] or found[5]
        sign = {"flat": "b", "b": "b", "降": "b", "sharp": "#", "#": "#", "升": "#"}.get(
            found[2] or found[3] or found[4] or "", ""
        )
        if (
            letter != "A"
            or not re.match(r" [a-z]", tail[found.end() :])
            or tail[found.end() :].startswith(" or")
        ):
            named.append(letter + sign)
    minor = clause.tune.key.minor_third
    easy = next((row[1 + bool(minor)] for row in _EASY if re.search(row[0], clause.lower)), "CGF")
    choices = (
        list(dict.fromkeys(named)) or _few_signs(clause.lower, minor=bool(minor)) or list(easy)
    )
    here = clause.tune.key.pitch_class
    keys = [k for name in choices if (k := key_of(name, "")) is not None]
    if not keys:
        return None

    def away(pitch_class: int) -> int:
        up = (pitch_class - here) % 12
        return min(up, 12 - up)

    moved = [k for k in keys if away(k.pitch_class)] or keys
    return {"key": min(moved, key=lambda k: away(k.pitch_class)).name.split()[0]}


def _in_a_part(clause: Clause) -> bool:
    """Whether "in B" is the tune's part B: nothing in the clause speaks of keys or of moving there."""
    if re.search(
        r"\b(?:first|second|third|last|final|opening|both|each|every|all)(?: the)? ['\"]?[A-H]['\"]?s?\b(?! (?:major|minor|flat|sharp|dorian|mixo))",
        clause.text,
    ):
        return True
    match = re.search(r"\bin ([A-H])\b(?! ?(?:major|minor|flat|sharp|dorian|#|b\b))", clause.text)
    if match is None or re.search(
        r"\b(?:key|transpos\w*|put|play|move|change|turn|write|convert|set|sing|it|this|try|be|tune|song)\b",
        clause.lower,
    ):
        return False
    if re.fullmatch(r"\W*(?:and |but |or |now |then |again )*in [a-h]\W*", clause.lower):
        return False
    return any(part.label.upper() == match[1] for part in sections(clause.tune))


_GOALS = ((r"sub-?dominant|下属", 5), (r"dominant|属", -5))
"""Keys by their function, as a transposition in semitones."""


def _relative(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """The relative or parallel key: known when the change is made."""
    for words, semitones in _GOALS:
        if re.search(words, match[0]):
            return {"": "transpose", "semitones": str(semitones)}
    if re.search(r"parallel|同主音", match[0]):
        return {"": "mode", "mode": "minor" if clause.tune.key.minor_third is False else "major"}
    key = clause.tune.key
    if key.minor_third:
        new = key.transposed(Interval(2, 3)).with_mode("major")
    else:
        new = key.transposed(Interval(-2, -3)).with_mode("minor")
    return {"": "key", "key": new.name}


_SAD = r"\b(?:sadder|more (?:sad|melancholy|melancholic|mournful|sorrowful)|darker|gloomier|moodier)\b|sounds? (?:more )?(?:sad(?:der)?|dark(?:er)?|melancholy)\b|\bmake (?:it|this|that|bars? [\d -]+|the \w+(?: \w+)?) (?:sad|dark|melancholy|gloomy|mournful)\b|(?:更|再)?(?:悲伤|忧伤|伤感|忧郁|悲|暗|阴沉)(?:一[点些]|些)|更(?:悲伤|忧伤|伤感|忧郁)|(?:改|变|写|弄)得(?:更)?(?:悲伤|忧伤|伤感|忧郁)|^(?:something |a bit )?(?:sad|dark|melancholy|mournful)(?: please)?[.!]?$|^(?:悲伤|忧伤|伤感|忧郁)(?:的|一点|一些)?[.!]?$|\b(?:scarier|spookier|creepier|eerier|more (?:scary|spooky|sinister|eerie|mysterious))\b"
_HAPPY = r"\b(?:happier|more (?:happy|cheerful|joyful|upbeat|festive|bright)|brighter|merrier|cheerier|sunnier)\b|sounds? (?:more )?(?:happ(?:y|ier)|bright(?:er)?|cheerful)\b|\bmake (?:it|this|that|bars? [\d -]+|the \w+(?: \w+)?) (?:happy|cheerful|bright|merry|joyful)\b|\bcheer (?:it|this) up\b|(?:更|再)?(?:快乐|欢快|明亮|高兴|开心|欢乐|喜庆|热闹)(?:一[点些]|些)|更(?:快乐|欢快|明亮|开心|欢乐|喜庆)|(?:改|变|写|弄)得(?:更)?(?:快乐|欢快|明亮|开心|欢乐|喜庆)|^(?:something )?(?:happy|cheerful|joyful)(?: please)?[.!]?$|^(?:快乐|欢快|开心|欢乐|喜庆)(?:的|一点|一些)?[.!]?$"

THE_REST = re.compile(
    r"\b(?:all else|everything else|anything else|the rest|the others?|nothing else|(?:everything|all|what(?:'s| is| comes| came)?) before(?: that| it| this| them)?|what(?:'s| is) (?:already )?there|rest (?=stays?|remains?|same|as|unchanged|untouched))\b|(?:前面|之前|前边)(?:的)?(?:那?部分|内容|曲子)?(?=都|就|也|全|所有|不|别|保|照|维)|其他|其余|别的|其它"
)
_ASPECT = re.compile(
    r"\b(?:tempo|speed|pace|key|meter|metre|time signature|rhythm|chords?|harmony|words|lyrics|title|range|length)\b"
    r"|\bpitch\b|速度|调号|节拍|拍号|节奏|和弦|和声|歌词|标题|长度|音高|实际"
)


def locked(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """What shall stay: a voice, a part; "as-is" where nothing has to be done for it."""
    if re.search(
        r"\byet\b|\bjust tell\b|先(?:别|不)|的话|如果|要是|\bif\b|\botherwise\b", clause.lower
    ):
        return None  # "don't change anything yet" asks for nothing
    if (
        len(clause.tune.voices) == 1
        and re.search(r"\b(?:melody|tune|notes)\b|旋律", clause.lower)
        and not re.search(r"\block|\bfreeze|\bprotect|锁", clause.lower)
    ):
        return {"": "as-is"}
    if THE_REST.search(clause.lower) or (
        _ASPECT.search(clause.lower) and not re.search(r"\block|锁", clause.lower)
    ):
        return {"": "as-is"}  # every edit leaves the rest as it is
    if part := re.search(
        r"\b(?:leave|keep|lock|touch|change) (?:the )?([A-H])\b(?! (?:major|minor|flat|sharp|string))",
        clause.text,
    ):
        clause.place = clause.bars_in("part " + part[1].lower())
    voice = voice_named(clause.tune, clause.lower) if len(clause.tune.voices) > 1 else None
    if voice is None and re.search(r"voice|melody|hand|bass|part of|声部|旋律|左手", clause.lower):
        voice = voice_of(clause.tune, clause.lower)
    return {"voice": voice} if voice else {}


def bars_kept(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "Keep the opening four bars, but …": a clause that keeps bars and says no more."""
    place = clause.bars_in(match["bars"])
    only = re.search(r"\b(?:only|just)\b", clause.lower)  # these, and no others
    if only or place is None or not names_bars_only(match["bars"]):
        return None
    clause.place = place
    return {}


def fine_so(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "The first half is fine as it is": these bars or this voice stay, for this message."""
    if re.search(r"\bif\b|\bwhen\b|\bunless\b|\?|吗|如果|要是", clause.lower):
        return None
    place = clause.bars_in(clause.lower)
    voice = line_named(clause.tune, clause.lower)
    if voice is None and len(clause.tune.voices) > 1:
        voice = voice_meant(clause.tune, clause.lower)
    if place is None and voice is not None:
        return {"voice": voice}
    if place is None or (place.first <= 1 and place.last >= clause.tune.bar_count):
        return None
    clause.place = place
    return {}


def whole_tune(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Only where no bars are named or pointed at: those are written anew."""
    if clause.bars_in(clause.lower) is not None or clause.selection is not None:
        return None
    if re.search(r"\btempo\b|\bspeed\b|\bpace\b|速度", clause.lower):
        return None  # of the tempo alone
    if re.search(
        r"\b(?:this|these|those|that) (?:bit|bars?|part|section|phrase)|\b(?:bridge|chorus|ending|verse)\b|段|句|小节|副歌|主歌|结尾",
        clause.lower,
    ):
        return None
    return {}


def upwards(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Bars that climb; an end that shall be higher is that of the last bars."""
    if re.match(r"end|finish|close", match[0]) and clause.bars_in(clause.lower) is None:
        end = clause.tune.bar_count
        clause.place = Place(max(1, end - 1), end, "last two bars")
        return {"way": "up"}
    return {}


KEYS: tuple[Rule, ...] = (rule("key", f"(?i:{_WISHED_KEY.pattern})", one_of_keys),)
"""Keys to choose from; before what reads one key alone."""
LOCKS: tuple[Rule, ...] = (
    rule(
        "lock",
        r"^(?:please |so |and |but |i'd |i want to |i'll |we'll |can you |let's )*(?:keep|leave|preserve|retain) (?P<bars>(?:the |my )?[\w -]{3,30}?)(?: please)?\W*$",
        bars_kept,
    ),
    rule(
        "only-now",
        r"^[^,.;]{2,40}?\b(?:is|are|'s|was|were|sounds?|looks?|feels?) (?:just |already |perfectly |absolutely |quite |totally )*(?:fine|ok(?:ay)?|all right|alright|(?:good|great|lovely|perfect|right|nice)(?= (?:as|the way|like|how|already|now)))(?: already)?(?: (?:as (?:it|they) (?:is|are|stands?|was|were)|as is|the way (?:it|they) (?:is|are)|like (?:that|this)|how (?:it|they) (?:is|are)|now))?\W*$"
        r"|^[^,.;]{2,14}?(?:就|已经|都|很|挺|也)*(?:没问题|没毛病|不用[改动管]|可以|这样就?[好行]|挺好|很好|不错|满意|ok)(?:了|的)?(?:不用[改动])?$",
        fine_so,
    ),
    rule(
        "unlock",
        r"\bun-?(?:lock|freeze|protect)\b|\brelease the lock|解锁|解除锁定|取消锁定",
        locked,
    ),
    rule(
        "lock",
        r"\b(?:lock|freeze|protect)\b|\b(?:don't|do not|never) (?:touch|change|alter|modify)\b|\bleave\b[^,.;]{0,30}\b(?:alone|(?:as|where|how) (?:it|they) (?:is|are)|as is|untouched|unchanged)\b|\bkeep\b[^,.;]{0,30}\b(?:as (?:it|they) (?:is|are)|as is|unchanged|untouched|the same|fixed)\b|锁定|锁住|(?:不要|别|不能)(?:动|改变?|碰)|不(?:动|变)$|\bstays?\b(?! in| within| at| on)(?: (?:as|how|where|put|the same|there)|\W*$)|\bremains?\b(?: (?:as|the same|untouched|unchanged)|\W*$)|保持[^,.;]{0,8}(?:不变|原样|原状|现状)|(?:照旧|原样|照原样|维持原样|保留原样|原封不动)$",
        locked,
    ),
)

RULES: tuple[Rule, ...] = (
    rule(
        "rewrite",
        r"\b(?:climb|soar|arch|rise|reach|end|finish|close)(?:s|ing)? (?:up |more |even |a bit |much |on something |on an? )*(?:high(?:er)?|up)\b(?!.*\b(?:octave|third|fifth|tone|semitone)s?\b)|再往上(?:爬|走|扬)|越来越高",
        upwards,
    ),
    rule(
        "key",
        r"\b(?:the )?(?:relative|parallel|dominant|sub-?dominant) (?:major|minor|key)\b|(?:下?属)调|关系(?:大|小)?调|平行(?:大|小)调|同主音(?:大|小)?调",
        _relative,
        more=True,
    ),
    rule(
        "transpose",
        r"\bup\b|(?<!anything )(?<!any )(?<!nothing )(?<!notes )(?<!everything )(?<!than )\bhigher\b|\braise|\bdown\b|\blower|\bdrop\b|\babove\b|\bbelow\b|升|降|提高|移高|移低|往上|往下|向上|向下|上移|下移|高一?个|低一?个|调高|调低|高(?=.{0,3}(?:度|音))|低(?=.{0,3}(?:度|音))",
        _transposition,
        more=True,
    ),
    rule("sadder", _SAD, more=True),
    rule("happier", _HAPPY, more=True),
    rule(
        "livelier",
        r"\b(?:livelier|more lively|more energetic|more energy|bouncier|peppier|zippier|perkier)\b|(?:更|再|稍微)?(?:活泼|有活力|轻快|有精神)(?:一?[点些]+|些)|更(?:活泼|轻快|有活力|有精神)|活泼点",
        whole_tune,
        alone=True,
    ),
    rule(
        "calmer",
        r"\b(?:calmer|gentler|more (?:calm|peaceful|relaxed|tranquil|gentle))\b|(?:更|再|稍微)?(?:平静|柔和|舒缓|温柔)(?:一?[点些]+|些)|更(?:平静|柔和|舒缓|温柔)",
        whole_tune,
        alone=True,
    ),
    rule(
        "key",
        _KEY_VERB.pattern
        + r"|大调|小调|major|minor|dorian|mixolydian|lydian|phrygian|locrian|aeolian|ionian",
        other_key,
        more=True,
    ),
    rule("transpose", _LOOSE.pattern, _loose, alone=True),
)

LAST: tuple[Rule, ...] = (
    rule(
        "transpose",
        r"^(?:请)?(?:往|向|朝)(?:着)?(?P<way>低|下|高|上)(?:的)?(?:方向|里|处|面)?(?:移|转|走|调)?(?:吧|就好)?$|^(?:and |but |so |move it |go )*(?:(?P<down>down(?:wards?)?|lower)|up(?:wards?)?|higher)(?:,? (?:not|rather than|instead of) (?:up|down|higher|lower))?(?: please)?[.!]*$",
        lambda m, c: {"semitones": "-2" if m["way"] in ("低", "下") or m["down"] else "2"},
        alone=True,
    ),
    rule(
        "simplify",
        r"\bsimpl(?:er|ify|e)\b|\beasi(?:er)\b|\beasy\b|\btoo (?:hard|difficult|complicated|busy|many notes)\b|\bless (?:difficult|complicated|busy|complex)\b|\bfewer notes\b|\bless notes\b|\bhalf (?:as many|the|the number of) notes\b|音(?:符)?(?:减|少|去掉)一半|音(?:符)?太(?:密|多|满|挤)|(?:少|减少)(?:一)?[点些]音(?:符)?|音(?:符)?(?:再|稍微|太多,?)?少(?:一)?[点些]|太碎|\bfor beginners?\b|\bthin (?:\w+ ){0,3}out\b|\bthinner\b|\b(?:strip|pare) (?:\w+ ){0,3}(?:back|down)\b|\bdumb (?:it )?down|简单一?[点些]|简化|容易一?[点些]|太难|降低难度|太复杂|适合初学",
        simpler,
        alone=True,
    ),
    rule(
        "harder",
        r"\bharder\b|\bmore (?:difficult|challenging|advanced|virtuosic)\b|\btoo (?:easy|simple)\b|难一[点些]|更难|太简单|增加难度",
        alone=True,
    ),
    rule(
        "answer-phrase",
        r"\banswer (?:this|that|the|it|my)|\bcall and response|\brespond to (?:this|that|the) (?:phrase|melody)|应答|答句|对答",
        alone=True,
    ),
    rule(
        "instrument",
        r"\b(?:for|by)\b|\b(?:play|sound|perform|put|set|arrange|write|score|transcribe|make|change|switch)\w*\b[^,.;]{0,24}\b(?:on|with|to|into|an?)\b|改(?:成|为|给)|换(?:成|给)|用|给",
        instrument,
        alone=True,
    ),
    rule("rewrite", FREE, alone=True),
)
"""Ways of asking that stand in many sentences about something else: after all others."""
