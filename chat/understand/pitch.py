"""Keys, modes, scales and ranges, as people say them."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.theory import Key, parse_key
from chat.requirements import Wishes
from chat.understand.tables import CHINESE_MODES, MODES, SCALES, find
from chat.understand.text import in_letters, without_titles

_MODE_WORDS = "|".join(
    sorted((w for ws in MODES.values() for w in ws if w.isascii()), key=len, reverse=True)
)
_ACC = r"(?:[\s-]?(?:sharp|flat)|#|b(?![a-z]))?"
_KEY_EN = re.compile(
    rf"(?<![A-Za-z#'])([A-Ha-h]{_ACC})[\s-]+({_MODE_WORDS})(?![a-z])", re.IGNORECASE
)
_KEY_TURNED = re.compile(
    rf"\b({_MODE_WORDS}) (?:on|in|from|with final) ([A-G]{_ACC})(?![A-Za-z#\d])", re.IGNORECASE
)
_KEY_SHORT = re.compile(r"(?<![A-Za-z#'])([A-G][#b]?)m(?![a-zA-Z\d])")
_KEY_BARE = re.compile(
    rf"(?:\b[Ii]n|\b[Cc]oncert|\b[Kk]ey of|\bkey:?|\bto|\binto|\btry)\s+(?:the key of\s+)?([A-H]{_ACC})(?![A-Za-z#\d])"
    rf"|\bkey\s*(?:是|为|用|=|:)\s*([A-G]{_ACC})(?![A-Za-z#])|(?:调性?|key)(?:是|为|用)\s*([A-G]{_ACC})(?![A-Za-z#])|(?<![A-Za-z\d])1\s*=\s*([A-G]{_ACC})(?![A-Za-z#])|(?<![A-Za-z])([A-G][#b])的(?!音|和弦)"
    rf"|\bkey(?:\s+(?:of|is|to|in))?:?\s+([a-gA-G]{_ACC})(?![A-Za-z#'])"
    rf"|\b(?:in|to|into)\s+([b-g]{_ACC}|a(?:[\s-]?(?:sharp|flat)|#|b(?![a-z])))(?=$|[,.;!?]|\s(?:with|please|for|and|but|instead|then)\b)"
    r"|(?:^|[,;.]\s*)(?:maybe |perhaps |say |how about )?([A-G](?:#|b| flat| sharp)?)(?=$|[,.;?!]|\s*$)"
)
_MODE_ZH = "|".join(
    sorted((w for ws in MODES.values() for w in ws if not w.isascii()), key=len, reverse=True)
)
_KEY_ZH = re.compile(rf"([升降]?)\s*([A-Ha-h])\s*([#b]?)\s*(?:自然|和声|旋律)?({_MODE_ZH}|调)")
_TRADITIONAL = re.compile(r"([升降]?)\s*([A-Ga-g])\s*([#b]?)\s*([宫商角徵羽])(?:调式?|音阶|调)?")
_LONE_TRADITIONAL = re.compile(r"([宫商角徵羽])(?:调式?|音阶)")
_SEVEN_NOTES = re.compile(r"清乐|雅乐|燕乐|七声")
_WORD_OF_MODE = {word: mode for mode, words in MODES.items() for word in words}


SOLFEGE = {
    "do": "C",
    "ut": "C",
    "re": "D",
    "ré": "D",
    "mi": "E",
    "fa": "F",
    "sol": "G",
    "la": "A",
    "si": "B",
    "ti": "B",
}
_SOLFEGE = re.compile(
    r"\b(do|ut|r[eé]|mi|fa|sol|la|si|ti)(?:[ -](sharp|flat|#|b|dièse|bémol|bemol|sostenido|diesis))? (major|minor|mayor|menor|majeur|mineur|maggiore|minore|dur|moll)\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"\b(no|zero|one|two|three|four|five|six|seven|[0-7])\s+(sharps?|flats?)\b(?:[^.;,]{0,14}?\b(?:no|zero|or)\s+(?:sharps?|flats?))?|(没有|无|[零一二三四五六七两0-7])\s*个?\s*(升号|降号)"
)
_MOST = re.compile(r"\b(?:as many|the most|lots of|many) (sharps|flats)\b")
_NOT_KEY = re.compile(
    r"\b(?i:not|never|anything but|other than|except|avoid) (?:in |the key of )?([A-G][#b]?)(?: (major|minor))?\b(?! (?:sharp|flat))|(?:不要|别用|不用|除了)([A-G][#b]?)(大调|小调|调)"
)


_FIVE_NOTES_ON = re.compile(
    r"\bpentatonic (?:scale )?(?:on|in|of|from) (?:the note )?([A-G](?:#|b| flat| sharp)?)(?![A-Za-z#])(?! (?:major|minor))"
)


def _in_letters(text: str) -> str:
    """Keys by their Romance names in letters: "la minor" is "A minor"."""

    def letters(match: re.Match[str]) -> str:
        sign = {"": "", "sharp": "#", "#": "#", "dièse": "#", "sostenido": "#", "diesis": "#"}.get(
            (match[2] or "").lower(), "b"
        )
        mode = "major" if match[3].lower().startswith(("ma", "du")) else "minor"
        return f"{SOLFEGE[match[1].lower()]}{sign} {mode}"

    return _SOLFEGE.sub(letters, text)


def _by_signature(lower: str, mode: str | None) -> str:
    """The key with so many sharps or flats; "" where none is named."""
    most = _MOST.search(lower)
    match = _SIGNATURE.search(lower)
    if most is None and match is None:
        return ""
    if most is not None:
        count, kind = (7 if "most" in most[0] or "as many" in most[0] else 5), most[1]
    else:
        assert match is not None, "one of the two was found"
        said, kind = match[1] or match[3], match[2] or match[4]
        count = 0 if said in ("no", "zero", "没有", "无", "零", "0") else numbers.value(said) or 0
    sharps = count if kind.startswith(("sharp", "升")) else -count
    if count == 0 and not re.search(r"sharps?\b.*flats?\b|flats?\b.*sharps?\b|升降", lower):
        return ""  # "no sharps" alone speaks of accidentals
    for tonic in (
        "C",
        "G",
        "D",
        "A",
        "E",
        "B",
        "F#",
        "C#",
        "F",
        "Bb",
        "Eb",
        "Ab",
        "Db",
        "Gb",
        "Cb",
        "D#",
        "G#",
        "A#",
    ):
        key = parse_key(f"{tonic} {mode or 'major'}")
        if key is not None and key.sharps == sharps:
            return key.name
    return ""


_NO_LETTER = re.compile(
    r"\b([hj-uw-z])[ -](?:sharp|flat|major|minor)\b|\bkey (?:of|is|:) ?([hj-uw-z])\b(?!['’])|(?<![a-zA-Z])([hj-uw-z])(?:大调|小调|调(?!式))",
    re.IGNORECASE,
)
"""Letters that name no note; i and v may be Roman numerals."""


def read_key(text: str, lower: str, wishes: Wishes) -> None:
    """The key, or the mode where no tonic is named; 宫商角徵羽 bring their five-note scale."""
    plain = _BETWEEN.sub(" ", _in_letters(without_chords(without_titles(text))))
    if denied := _NOT_KEY.search(plain):
        wishes.details["not-key"] = (denied[1] or denied[3]) + {
            "minor": " minor",
            "小调": " minor",
        }.get(denied[2] or denied[4] or "", " major")
        plain = _NOT_KEY.sub(" ", plain)
    if match := _NO_LETTER.search(plain):
        wishes.problems.append(("no-such-key", next(g for g in match.groups() if g).upper()))
        return
    if five := _FIVE_NOTES_ON.search(plain):
        plain = f"{plain} {five[1]} {'minor' if 'minor' in lower or '小调' in lower else 'major'}"
    traditional = _TRADITIONAL.search(plain) or _LONE_TRADITIONAL.search(plain)
    if traditional and not _SEVEN_NOTES.search(plain):
        wishes.values["scale"] = "pentatonic"
    found = spoken_key(plain)
    if found is None and (name := _by_signature(lower, lone_mode(lower))):
        wishes.values["key"] = name
        return
    if found is None:
        mode = lone_mode(lower)
        if mode:
            wishes.values["mode"] = mode
        return
    name, mode = found
    key = key_of(name, mode or lone_mode(lower) or "")
    if key is None:
        wishes.problems.append(("no-such-key", f"{name} {mode or ''}".strip()))
        return
    wishes.values["key"] = key.name
    if others := other_keys(plain, key):
        wishes.details["other-key"] = others[0]


def other_keys(text: str, key: Key) -> list[str]:
    """Further keys that a text names: "C major ... E minor" asks for what cannot both be."""
    found = [key_of(m[1], _WORD_OF_MODE[m[2].lower()]) for m in _KEY_EN.finditer(text)
             if m[1] != "a"]  # fmt: skip
    return [k.name for k in found if k is not None and k.name != key.name]


def without_chords(text: str) -> str:
    """The text without rows of chord symbols, which are no keys."""
    return _CHORD_ROW.sub(" ", text)


_CHORD = r"[A-G](?:#|b)?(?:maj|min|m|dim|aug|sus[24]?|add\d)?\d{0,2}(?:/[A-G][#b]?)?"
_CHORD_ROW = re.compile(
    rf"(?<![A-Za-z]){_CHORD}(?:\s*[-,|>/ ]+\s*(?:and\s+)?{_CHORD}){{2,}}(?![A-Za-z])"
)


_OTHER_MODE = re.compile(
    r"(?:\b(?:relative|parallel)(?: key of| key,?)? |关系|平行|同主音)(minor|major|大|小)(?:调)?"
)


def lone_mode(lower: str) -> str | None:
    """A mode named without a tonic: "in a minor key", 小调."""
    plain = re.sub(r"(?:minor|major) (?:second|third|sixth|seventh)", " ", lower)
    relative = _OTHER_MODE.search(plain)
    found = find(_OTHER_MODE.sub(" ", plain), MODES)
    if found is None and relative:  # what goes to its relative minor is major
        return "minor" if relative[1] in ("major", "大") else "major"
    return found[0] if found else None


def spoken_key(text: str) -> tuple[str, str | None] | None:
    """(tonic as said, mode or None) of the first key that a text names."""
    for match in _KEY_EN.finditer(text):
        name, word = match[1], match[2].lower()
        closed = re.match(r"\s*(?:[,.;!?]|$)", text[match.end() :])  # "8 bars, a minor"
        article = (
            name == "a"
            and not closed
            and (
                not re.search(r"(?:in|of|to|into|key:?)\s+$", text[: match.start()], re.IGNORECASE)
                or re.match(r"\s+(?!with|and|about|at|for|please|,)[a-z]", text[match.end() :])
            )
        )
        if not article and not re.match(r"\s*(?:third|second|sixth|seventh)", text[match.end() :]):
            return name, _WORD_OF_MODE[word]
    if turned := _KEY_TURNED.search(text):
        return turned[2], _WORD_OF_MODE[turned[1].lower()]
    if chinese := _KEY_ZH.search(text):
        sign = {"升": "#", "降": "b", "": chinese[3]}[chinese[1]]
        return chinese[2].upper() + sign, _WORD_OF_MODE.get(chinese[4])
    if mode := _TRADITIONAL.search(text):
        sign = {"升": "#", "降": "b", "": mode[3]}[mode[1]]
        return mode[2].upper() + sign, CHINESE_MODES[mode[4]]
    if bare := _KEY_BARE.search(text):
        return next(g for g in bare.groups() if g), None
    if short := _KEY_SHORT.search(text):
        return short[1], "minor"
    return None


def key_of(name: str, mode: str) -> Key | None:
    """The key with a spoken tonic ("b flat", "F#") and mode; None if there is none such.

    >>> key_of("b flat", "minor").name
    'Bb minor'
    """
    letter = name[0].upper()
    rest = name[1:].strip(" -").lower()
    sign = {"": "", "#": "#", "b": "b", "sharp": "#", "flat": "b"}.get(rest)
    if sign is None or letter not in "ABCDEFG":
        return None
    key = parse_key(f"{letter}{sign} {mode or 'major'}")
    if key is None or abs(key.sharps) <= 7:
        return key
    return None


_SOLFA = re.compile(
    r"(?:only|just|nothing but|只用|只有|只会|就用|只要|仅用|用)[^.;]{0,24}?(?<![a-z])((?:(?:do|re|mi|fa|sol?|la|ti|si)(?![a-z])[\s,]*(?:and )?){3,7})"
)


_DEGREES_ONLY = re.compile(
    r"(?:只用|仅用|只有|只要|就用|只能用|只许用|用)\s*((?:[1-7]\s*[,\s]?\s*){2,7})(?=这?[几两二三四五六个]*个?音|$|[.;]|,|写|编|来|作|弹|唱)|\b(?:only|just) (?:the )?(?:scale )?degrees ((?:[1-7]\s*(?:,|and|\s)\s*)+[1-7])\b"
)
"""Degrees in figures, as jianpu has them."""
_BLUES_ON = re.compile(r"(?<![A-Za-z])([A-G][#b]?)[ -]?(?:minor )?(?:blues|布鲁斯|蓝调)")


def read_scale(text: str, lower: str, wishes: Wishes) -> None:
    """A scale that is not just the key's: pentatonic, blues, harmonic minor, diatonic …"""
    if sung := _SOLFA.search(lower):
        said = set(re.findall(r"do|re|mi|fa|so|la|ti", sung[1].replace("si", "ti")))
        if len(said) < 5:
            names = dict(zip(("do", "re", "mi", "fa", "so", "la", "ti"), "CDEFGAB", strict=True))
            wishes.values.setdefault("pitches", " ".join(n for s, n in names.items() if s in said))
            return
        if said <= {"do", "re", "mi", "so", "la"}:
            wishes.values["scale"] = "pentatonic"
            wishes.implied["mode"] = "major"
            return
    if degrees := _DEGREES_ONLY.search(lower):
        said = set(re.findall("[1-7]", degrees[1]))
        if said == set("12356"):
            wishes.values["scale"] = "pentatonic"
            return
        key = parse_key(wishes.values.get("key", "C major"))
        if key is not None and len(said) > 1:
            letters = [key.scale[int(d) - 1] for d in sorted(said)]
            wishes.values["pitches"] = " ".join(
                s + {1: "#", -1: "b", 0: ""}[int(a)] for s, a in letters
            )
            return
    found = find(re.sub(r"\bblues\b(?! scale)", " ", lower), SCALES)
    if found is None or (found[0] == "chromatic" and "no chromatic" in lower):
        return
    wishes.values["scale"] = found[0]
    if found[0] == "blues" and (named := _BLUES_ON.search(text)) and "key" not in wishes.values:
        wishes.values["key"] = f"{named[1]} major"
    key = parse_key(wishes.values.get("key", ""))
    if found[0] == "blues" and key is not None and "blues scale" in lower and "major" not in lower:
        wishes.values["key"] = key.with_mode("minor").name  # its third is the minor one
    if found[0].endswith("minor") and "key" not in wishes.values:
        wishes.values["mode"] = "minor"


# -- ranges -----------------------------------------------------------------------------------

SIZES = {"third": 4, "fourth": 5, "fifth": 7, "sixth": 9, "seventh": 11, "octave": 12, "ninth": 14,
         "tenth": 16, "三度": 4, "四度": 5, "五度": 7, "六度": 9, "七度": 11, "八度": 12, "九度": 14,
         "十度": 16}  # fmt: skip
_PITCH = r"(?:(low|middle|high|top|中央|低音?|高音?)\s*)?([A-G][#b]?|[a-g](?=\d(?!\d))|(?<=middle )c|(?<=high )[a-g]|(?<=low )[a-g]|(?<=top )[a-g])(\d)?(?![a-zA-Z#])"
_BETWEEN = re.compile(
    rf"(?i:range|ambitus|from|between|within|outside|notes|scale|keep(?:ing)? to|stick(?:ing)? to|limited to|restricted to|stay(?:ing)? in|音域|从|只(?:用|到|唱|吹|弹))[^.;]{{0,18}}?{_PITCH}\s*(?:to|and|up to|-|到|至|~)\s*(?:the )?{_PITCH}"
)
_AT_MOST = re.compile(
    rf"(?i:no(?:t|thing)? (?:go )?(?:higher|above|over|past|beyond)(?: than)?|not (?:to )?(?:go|exceed) (?:above|higher than)?|(?:can'?t|cannot|can not|don'?t|won'?t|unable to|never|must not|mustn't) (?:get|go|reach|sing|play|manage|be)(?: any)? (?:above|higher than|over|past|beyond)|(?:highest|top)(?: note)?(?: is| of| being| must be| should be):?|(?:highest|top) note:?|最高(?:音)?(?:不超过|别超过|别高过|到|是)?|(?:别|不要?|不能)(?:超过|高于|高过))\s*(?:the |a )?{_PITCH}"
)
_AT_LEAST = re.compile(
    rf"(?i:no(?:t|thing)? (?:go )?(?:lower|below|under)(?: than)?|(?:can'?t|cannot|can not|don'?t|won'?t|unable to|never|must not|mustn't) (?:get|go|reach|sing|play|manage|be)(?: any)? (?:below|lower than|under)|(?:lowest|bottom)(?: note)?(?: is| of| being| must be| should be):?|(?:lowest|bottom) note:?|最低(?:音)?(?:不低于|别低于|到|是)?|(?:别|不要?|不能)(?:低于|低过))\s*(?:the |a )?{_PITCH}"
)
_WITHIN = re.compile(
    rf"(?:doesn't|does not|don't|not|never|shouldn't|won't|can't) (?:to )?(?:go|goes|exceed|span|be|cover|use|reach)[^.;,]{{0,12}}?(?:over|beyond|more than|wider than|past|exceed)?\s*(?:an?|one)\s+({'|'.join(w for w in SIZES if w.isascii())})\b(?! (?:part|section|bar|time|note))|(?:within|in|range of|span(?:ning)?|of|inside|no more than|(?:no|not|nothing|never|none) (?:wider|larger|bigger|greater|broader) than|not more than|less than|at most|under)\s+(?:the range of |the span of )?(?:an?|one|a single|a perfect|a major)\s+({'|'.join(w for w in SIZES if w.isascii())})\b"
    rf"|(?:不要?|别|不能)超过(?:一个)?({'|'.join(w for w in SIZES if not w.isascii())})|(?:一个)?({'|'.join(w for w in SIZES if not w.isascii())})(?:以内|之内|范围)|音域[^,.;]{{0,6}}?(?:一个)?({'|'.join(w for w in SIZES if not w.isascii())})"
)
_OF_LEAPS = re.compile(r"\b(?:leaps?|jumps?|skips?|intervals?|steps?)\b[^,.;]{0,40}")
"""What is said of the way from note to note, not of the highest and the lowest one."""
OCTAVES = {
    "low": 3,
    "低": 3,
    "低音": 3,
    "middle": 4,
    "中央": 4,
    "high": 5,
    "top": 5,
    "高": 5,
    "高音": 5,
}


_POSITION = re.compile(
    r"(?<![A-Za-z])([A-G]) (?:five[- ]finger |hand |major |pentascale )*position\b|([A-G])(?:大调)?(?:五指)?(?:位置|把位|手位)"
)
_FIVE_FINGERS = re.compile(r"\bfive[- ]fingers?\b|\b5[- ]finger|五指|五个音(?:以内|范围)")
_FINGERS_FROM = re.compile(rf"{_PITCH}\s*(?:to|-|–|到|至)\s*{_PITCH}")
_ABOVE = re.compile(
    rf"(?:one |an |a single )?octave (?:above|up from|from|starting (?:on|at|from)) {_PITCH}|从{_PITCH}(?:开始|起)?(?:的|往上)?一个八度"
)


def read_range(text: str, lower: str, wishes: Wishes) -> None:
    """`C4 G5` (lowest and highest note; `-` where one is open) or the name of an interval."""
    text = in_letters(without_chords(text))
    if found := _POSITION.search(text):
        low = (found[1] or found[2]) + "4"
        wishes.values["range"] = f"{low} {_fifth_above(low)}"
        return
    if re.search(r"\bdo (?:to|up to|-) sol?\b|do到sol?", lower):
        wishes.values["range"] = "fifth"
        return
    if match := _ABOVE.search(text):
        place, name, octave = (g for g in match.groups()[:3]) if match[2] else match.groups()[3:]
        low = _pitch(place, name, octave, 4)
        wishes.values["range"] = f"{low} {low[:-1]}{int(low[-1]) + 1}"
        return
    if match := _BETWEEN.search(text):
        low = _pitch(match[1], match[2], match[3], 4)
        high = _pitch(match[4], match[5], match[6], int(low[-1]))
        if not match[6] and not match[4] and _height(high) <= _height(low):
            high = high[:-1] + str(int(high[-1]) + 1)
        if (
            match[1] == "low"
            and not match[3]
            and low[0] in "CDEF"
            and _height(high) - _height(low) >= 24
        ):
            low = f"{low[:-1]}4"  # the low D of a whistle and its high one
        wishes.values["range"] = f"{low} {high}"
        return
    if _FIVE_FINGERS.search(lower):
        home = parse_key(wishes.values.get("key", ""))
        low = f"{home.tonic}4" if home is not None and home.tonic and not home.alter else ""
        wishes.values["range"] = f"{low} {_fifth_above(low)}" if low else "fifth"
        if ends := _FINGERS_FROM.search(text):
            low = _pitch(ends[1], ends[2], ends[3], 4)
            wishes.values["range"] = f"{low} {_fifth_above(low)}"
            if key := key_of(ends[2], lone_mode(lower) or "major"):
                wishes.values["key"] = key.name  # five fingers stand on the tonic
        return
    if re.search(
        r"\b(?:not|nothing|isn't|don't (?:go|make it)) too high\b|(?:别|不要?|不能)(?:太|唱得?太|吹得?太|写得?太)高|音(?:区)?别高",
        lower,
    ):
        wishes.values["range"] = "- D5"
        return
    top, bottom = _AT_MOST.search(text), _AT_LEAST.search(text)
    if top or bottom:
        low = _pitch(bottom[1], bottom[2], bottom[3], 4) if bottom else "-"
        high = _pitch(top[1], top[2], top[3], 5) if top else "-"
        if bottom and bottom[1] == "low" and not bottom[3] and low[0] in "CDEF":
            low = f"{low[:-1]}4"
        wishes.values["range"] = f"{low} {high}"
    elif re.search(
        r"(?:^|[,.;:]\s*)(?:only |just |within )?(?:one|1)[- ]octave(?: only| range)?(?=\s*(?:[,.;]|$))|\b(?:one|1|single)[- ]octave (?:range|span|compass)\b|\b(?:range|span|compass)(?: of)? (?:just |only |about )?(?:one|1|an) octave\b",
        lower,
    ) or re.search(
        r"\b(?:an?|one|1|single) octave (?:from|between) (?:the )?(?:bottom|top|lowest|highest|low|high)|\b(?:inside|within|keep (?:it |everything )?to) (?:just )?(?:one|a single|1) octave\b|(?:最高音?[和与跟到]最低音?|最低音?[和与跟到]最高音?|从低到高|上下)[^,.;]{0,10}(?:一个)?八度",
        lower,
    ):
        wishes.values["range"] = "octave"
    elif match := _WITHIN.search(_OF_LEAPS.sub(" ", lower)):
        said = next(g for g in match.groups() if g)
        wishes.values["range"] = next(w for w, n in SIZES.items() if n == SIZES[said])


def _fifth_above(low: str) -> str:
    steps = "CDEFGAB"
    octave, index = divmod(steps.index(low[0]) + 4, 7)
    return f"{steps[index]}{int(low[-1]) + octave}"


def _pitch(place: str | None, name: str, octave: str | None, usual: int) -> str:
    number = int(octave) if octave else OCTAVES.get(place or "", usual)
    return f"{name[0].upper()}{name[1:]}{number}"


def _height(pitch: str) -> int:
    return "C D EF G A B".index(pitch[0]) + 12 * int(pitch[-1])


# -- single notes -----------------------------------------------------------------------------

_ONLY_LETTERS = re.compile(
    r"(?:only|just|nothing but|notes:|(?:five|four|three|six|two|these) notes(?: only)?:|use only|using only|(?:has |have |'ve )?(?:only |just |so far )?(?:learned|learnt|been taught)|学(?:了|过|会了?)|(?:only|just) (?:know|knows|have|has|play|plays|can play)[^.;:A-G]{0,24}|只用|只有|只会|仅用|只含)\s*:?\s*(?:the )?(?:notes? |pitches |音(?:符)?|音:)?((?:[A-G](?:[#b]|[ -](?:sharp|flat))?(?:\d)?(?:\s*(?:,|and|&|or|和|、|/|\s)\s*)?){2,7})(?:\b|(?=[.,;]|$))(?!\s*(?:major|minor|chords?|和弦|大调|小调))"
    r"|((?:(?<![A-Za-z])[A-G][#b]?(?:\s*(?:,|and|&|和|、|\s)\s*)){1,6}(?<![A-Za-z])[A-G][#b]?) (?:notes )?only\b"
)
_TRIAD = re.compile(
    r"(?:only|just|nothing but|只用|只有)[^.;,]{0,24}?\b(?:notes|tones|音)[^.;,]{0,12}?\b([A-G][#b]?)\s*(major|minor|大|小)?[- ]?(?:三和弦|triad|chord|arpeggio|和弦)"
)
_NEVER = re.compile(
    r"(?:never|without|no|avoid(?:s|ing)?|skip|leave out|doesn't|does not|not)\s+(?:ever )?(?:us(?:e|es|ing)\s+|play(?:ing)? )?(?:the )?(?:note |pitch |any )([A-G][#b]?)(?:'s|s)?\b|(?:不用|没有|避免|不出现)([A-G][#b]?)音"
)


_ONE_PITCH = re.compile(
    r"\b(?:on|using|with) (?:just |only )?(?:one|a single|the same) (?:note|pitch)\b(?! (?:per|a|each|to|in))|\b(?:one|single)[- ](?:note|pitch) (?:rhythm|exercise|tune)|\bclapping (?:exercise|rhythm|piece|study)|(?:只用|用)(?:同)?一个音(?:高)?(?!符)|节奏练习"
)


def read_pitches(text: str, lower: str, wishes: Wishes) -> None:
    """`pitches`: the only notes, by letter; `without`: a note that never comes."""
    if match := _TRIAD.search(text):
        key = key_of(match[1], "minor" if match[2] in ("minor", "小") else "major")
        if key is not None:
            triad = [key.scale[d] for d in (0, 2, 4)]
            wishes.values["pitches"] = " ".join(
                s + {1: "#", -1: "b", 0: ""}[int(a)] for s, a in triad
            )
            wishes.values.setdefault("key", key.name)
        return
    if _ONE_PITCH.search(lower):
        wishes.values["pitches"] = "G"
        wishes.values.setdefault("chords", "no")
        return
    match = _ONLY_LETTERS.search(text)
    if match and re.search(r"[A-G][#b]?7", match[0]):
        return  # "only C, F and G7" names chords
    if match and "chord" not in lower and "和弦" not in lower:
        spoken = re.sub(r"[ -]sharp", "#", re.sub(r"[ -]flat", "b", match[1] or match[2]))
        names = re.findall(r"[A-G][#b]?", spoken)
        if len(set(names)) > 1:
            wishes.values["pitches"] = " ".join(dict.fromkeys(names))
            if not re.search(r"major|minor|key|大调|小调", lower):
                wishes.values.pop("key", None)  # "only B A G" was read as a key
    if sign := _NO_SIGN.search(text):
        wishes.values["without"] = sign[1] + {"s": "#", "f": "b", "n": "="}[sign[2][0].lower()]
    elif match := _NEVER.search(text):
        wishes.values["without"] = match[1] or match[2]


_NO_SIGN = re.compile(
    r"\b(?:no|without(?: any)?|avoid(?:ing)?|skip|leave out|never (?:uses?|plays?)?)(?: the| any)? ?([A-G])[ -]?(sharp|flat|natural)s?\b"
)
_STEPS_ONLY = re.compile(
    r"\b(?:by step|stepwise(?! descending bass)|conjunct|only steps|steps only)\b|级进"
)
_LEAP = re.compile(
    rf"(?:no|without|avoid)(?: any)? (?:big |large |wide )?(?:leaps?|jumps?|skips?)[^;.]{{0,40}}?(?:(?:bigger|larger|wider|more|greater|over|beyond|above)(?: than)?|than) (?:an? )?({'|'.join(w for w in SIZES if w.isascii())})"
    rf"|(?:leaps?|jumps?|intervals?)[^;.]{{0,16}}?(?:up to|at most|no (?:bigger|larger|wider|more) than|smaller than|within|nothing (?:bigger|larger) than) (?:an? )?({'|'.join(w for w in SIZES if w.isascii())})"
    rf"|(?:跳|音程)[^;.]{{0,10}}?(?:不超过|不大于|小于|最多)({'|'.join(w for w in SIZES if not w.isascii())})"
)
_NO_LEAPS = re.compile(
    r"\b(?:no|without|avoid)(?: any)? (?:big |large |wide )?(?:leaps|jumps)\b|不要(?:有)?大跳|没有大跳"
)


_TWICE = r"(?:twice|two times|more than once)"
_SAME_AGAIN = re.compile(
    rf"\b(?:no|without(?: any)?|avoid(?:ing)?(?: any)?|never(?: any)?) (?:immediate(?:ly)? |direct(?:ly)? )?(?:repeated|repeating|repetitions? of|repeats? of) (?:notes?|pitch(?:es)?|tones?|the same note)\b"
    rf"|\b(?:no|not? any|never (?:the same|any|a)|don't (?:play|hit|strike|repeat|use)[^,.;]{{0,14}}) (?:single )?(?:note|pitch|tone)s?\b[^,.;]{{0,24}}\b(?:{_TWICE} (?:running|in a row|in succession|together|successively|consecutively)|repeated|in a row|immediately|back to back|straight away|(?:right )?after itself)"
    rf"|\b(?:never|don't|do not|not|without) (?:repeat|repeating) (?:a|any|the same) (?:note|pitch|tone)\b|\b(?:no two|two) (?:\w+ )?(?:consecutive|successive|adjacent|neighbou?ring)? ?(?:notes|pitches) (?:in a row |running )?(?:(?:must|should|may|can) (?:not|never) be|are|being|should be|that are) (?:the same|alike|equal|identical)"
    r"|(?:不要|不能|不可|不许|别|避免|不得|没有|不)(?:有|出现|用)?(?:连续)?(?:的)?(?:同音反复|同音重复|重复音|重复的音|相邻的?同音|连续的?(?:相同|同样|同一)的?音|连续(?:两次|重复)[^,.;]{0,4}(?:同|音))|(?:相邻|前后|连续)的?(?:两个)?(?:的)?音(?:高|符)?(?:都)?(?:不要|不能|不可|不许|不得|不)(?:能|可)?(?:相同|一样|重复|同音)|同一个音(?:不要|不能|不可|不许|不得|别)(?:连续|连着|重复|接连)|(?:不要|不能|别)(?:连续|连着|接连)[^,.;]{0,6}(?:同一个|相同的?|同样的?)音"
)
"""No note is struck again at once."""


def read_leaps(text: str, lower: str, wishes: Wishes) -> None:
    """`leap`: the widest interval from note to note, in semitones; `repeated_notes`: none at once."""
    if _SAME_AGAIN.search(lower):
        wishes.values["repeated_notes"] = "no"
        wishes.details.pop("twice", None)  # of a note, not of its chord
    _read_leap(lower, wishes)


def _read_leap(lower: str, wishes: Wishes) -> None:
    """`leap`: the widest interval from note to note, in semitones."""
    if match := _LEAP.search(lower):
        wishes.values["leap"] = str(SIZES[next(g for g in match.groups() if g)])
    elif _NO_LEAPS.search(lower):
        wishes.values["leap"] = "5"
    elif _STEPS_ONLY.search(lower):
        wishes.values["leap"] = "4"
