"""Keys, modes and scales, as people say them."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.theory import Key, parse_key
from chat.requirements import Wishes
from chat.understand.ranges import COMPASS
from chat.understand.tables import CHINESE_MODES, MODES, SCALES, find
from chat.understand.text import without_titles

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
    r"|(?<![A-Za-z])([A-G](?:#|b| flat| sharp)?) pentatonic\b|(?<![A-Za-z])([A-G][#b]?)(?:的)?五声(?:音阶|调式)"
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
    plain = COMPASS.sub(" ", _in_letters(without_chords(without_titles(text))))
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
        plain = f"{plain} {five[1] or five[2] or five[3]} {'minor' if 'minor' in lower or '小调' in lower else 'major'}"
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
