"""What of music theory words name: keys, scales, intervals, chords, meters, instruments, terms of the dictionary."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.chords import parse_chord
from abc_tools.edit.instruments import ALIASES, INSTRUMENTS
from abc_tools.theory import Key, parse_key, parse_meter
from chat.explain.scales import INTERVALS, SCALE_WORDS
from chat.explain.terms import exact_term
from chat.explain.theory import QUALITY_NAMES
from chat.explain.timing import NAMES_ZH

Asked = tuple[str, str, str]

NOTE = r"([a-g])(?:\s?(sharp|flat)|([#b♯♭]))?"
SIGNS = {"sharp": "#", "#": "#", "♯": "#", "升": "#", "flat": "b", "b": "b", "♭": "b", "降": "b"}
_MODE = r"(major|minor|dorian|phrygian|lydian|mixolydian|locrian|maj|min|m)"
_ZH_MODE = {
    "大调": "major",
    "小调": "minor",
    "和声小调": "harmonic minor",
    "旋律小调": "melodic minor",
}
_KEY = re.compile(
    rf"(?<![a-z]){NOTE}[\s-]+(?:harmonic |melodic |natural )?{_MODE}(?![a-z])|(升|降)?(?<![a-z])([a-g])([#b])?(大调|小调|多利亚|弗里几亚|混合利底亚|利底亚)"
)

THIS = re.compile(
    r"\b(?:this|the) (?:tune|piece|song|music|melody|score)\b|\b(?:it|its|here|mine|my (?:tune|piece|song))\b|\b(?:bars?|measures?) (?:number )?\d|这首|这个曲|这里|曲子|乐曲|第.{1,4}小节|本曲|它"
)


_ARTICLE = re.compile(
    r"\ba (?=(?:major|minor) or (?:an? )?(?:major|minor)\b)|"
    r"\ba (?=[a-g](?:\s?(?:flat|sharp)|[#b])?[\s-](?:major|minor)\b)|\ba(?= (?:major|minor|dorian|phrygian|lydian|mixolydian|locrian)"
    r"(?: (?:modes?|scales?|keys?|chords?|triads?|thirds?|seconds?|sixths?|sevenths?|tunes?|pieces?|songs?|melod\w+|intervals?|sound|feel|pentatonic|key))\b)"
)
"""The article where it is no note name: "a dorian mode", "has a flat major"."""


def key_in(lower: str) -> Key | None:
    """The key that a text names.

    >>> key_in("how many flats has ab major?").name, key_in("降e大调有几个降号").name
    ('Ab major', 'Eb major')
    >>> key_in("what is a dorian mode") is None, key_in("how many sharps has a major").name
    (True, 'A major')
    """
    match = _KEY.search(_ARTICLE.sub(" ", lower))
    if match is None:
        return None
    if match[1]:
        sign = SIGNS.get(match[2] or match[3] or "", "")
        mode = {"maj": "major", "min": "minor", "m": "minor"}.get(match[4], match[4])
        return parse_key(f"{match[1].upper()}{sign} {mode}")
    sign = SIGNS.get(match[5] or match[7] or "", "")
    return parse_key(f"{match[6].upper()}{sign} {_ZH_MODE[match[8]]}")


_CHINESE = {chinese: name for name, chinese in NAMES_ZH.items() if len(chinese) > 1}
"""Chinese name → instrument or voice, as the replies say it."""
_KEYED: tuple[tuple[str, str], ...] = (
    (r"降e调?(?:的)?(?:小)?(?:单簧管|黑管)", "clarinet in e-flat"), (r"(?<!降)a调(?:的)?(?:单簧管|黑管)", "clarinet in a"),
    (r"(?<!降)c调(?:的)?(?:单簧管|黑管)", "clarinet in c"), (r"(?<!降)c调(?:的)?小号", "trumpet in c"), (r"(?<!降)d调(?:的)?小号", "trumpet in d"),
    (r"降e调?(?:的)?圆号", "horn in e-flat"), (r"上低音萨克斯", "baritone saxophone"), (r"低音单簧管|低音黑管", "bass clarinet"),
    (r"黑管", "clarinet in b-flat"), (r"法国号", "horn in f"), (r"降b调?(?:的)?萨克斯", "tenor saxophone"), (r"(?<!高音)(?<!中音)萨克斯", "alto saxophone"),
)  # fmt: skip
"""What Chinese players say of an instrument with its key, or by a second name."""


def player_in(lower: str) -> str:
    """The instrument of the table that a text names; "" for none.

    >>> player_in("my b flat clarinet"), player_in("降e单簧管"), player_in("a horn in e flat")
    ('clarinet in b-flat', 'clarinet in e-flat', 'horn in e-flat')
    """
    lower = re.sub(
        r"\b(?:on|for|with|by|to|of|from|is|fit|suit|play|if|does|do|can|when) an? (?=[a-z])",
        "on ",
        lower,
    )
    lower = re.sub(
        r"\b([a-g])[ -]?(?:flat|b)(?= (?:clarinet|trumpet|alto sax|tenor sax)\b)", r"\1-flat", lower
    )
    lower = re.sub(
        r"\b(clarinet|trumpet|horn)s? in ([a-g])[ -]?(?:flat|b)\b", r"\1 in \2-flat", lower
    )
    lower = re.sub(r"\bmezzos?\b(?!-)", "mezzo-soprano", lower)
    for said, name in _KEYED:
        if re.search(said, lower):
            return name
    for name in sorted([*INSTRUMENTS, *ALIASES, *_CHINESE], key=len, reverse=True):
        if re.search(rf"(?<![a-z]){re.escape(name)}s?(?![a-z])" if name.isascii() else name, lower):
            return _CHINESE.get(name) or ALIASES.get(name, name)
    return ""


ROMAN = re.compile(
    r"(?<![A-Za-z])(b|#)?(I{1,3}|IV|VI{0,2}|V|i{1,3}|iv|vi{0,2}|v)(°|dim|o)?(7|maj7)?(?![A-Za-z0-9])"
)

SYMBOL = re.compile(
    r"(?<![A-Za-z0-9#])([A-G](?:#|b|♯|♭)?(?:maj|min|dim|aug|sus|add|m|M|ø|°|o|\+|-)?[0-9]{0,2}(?:(?:sus|add|maj|b|#)[0-9]{1,2})*(?:/[A-G][#b]?)?)(?![A-Za-z0-9])"
)


def entity(said: str) -> Asked | None:
    """What a subject names: (topic, term, ""), or None if no table has it.

    >>> entity("a Dorian mode"), entity("Cmaj7"), entity("a minor third"), entity("6/8 time")
    (('scale', 'dorian', ''), ('chord theory', 'Cmaj7', ''), ('interval', 'minor third', ''), ('meter theory', '6/8', ''))
    """
    subject = said.strip(" \"'?.!")
    subject = re.sub(r"(?:吗|呢|吧|啊|呀)$", "", subject)
    subject = subject.rstrip(":") if re.search(r"\w", subject) else subject
    bare = re.sub(
        r"^(?:(?:an?|the|The|some|term|word|sign|symbol|abbreviation|called)\s+)+", "", subject
    )
    lower = bare.lower()
    lower = re.sub(
        r"\s+(?:sign|symbol|term|called|then|exactly|actually|really|anyway)$", "", lower
    )
    for finder in (_scale, _interval, _quality, _meter):
        if (found := finder(lower)) is not None:
            return found
    if term := exact_term(lower):
        return "term", term, ""
    symbol = re.sub(r"\s*(?:chord|和弦)$", "", bare)
    if SYMBOL.fullmatch(symbol) and parse_chord(symbol) and (len(symbol) > 1 or symbol != bare):
        return "chord theory", symbol, ""
    if ROMAN.fullmatch(symbol):
        return "numeral", symbol, ""
    if re.fullmatch(r"[Vv]7?/[IViv]+|vii°7?/[IViv]+", symbol):
        return "term", "secondary dominant", ""
    if (key := key_in(lower)) is not None and len(lower) <= 20:
        return "key theory", key.name, ""
    tail = re.sub(r"\s+(?:in|of|for|on)\s+.*$", "", lower)
    if tail != lower and not THIS.search(lower) and (term := exact_term(tail)):
        return "term", term, ""
    if re.search(r"[\u4e00-\u9fff]", lower) and (
        term := exact_term(
            re.sub(
                r"^(?:一个|一种|个|的|音乐里的|乐理中的|乐谱上的)|(?:曲子|这个词|这个术语|呢|啊)$",
                "",
                lower,
            )
        )
    ):
        return "term", term, ""
    return None


def _scale(lower: str) -> Asked | None:
    words = sorted(((w, n) for n, ws in SCALE_WORDS.items() for w in ws), key=lambda p: -len(p[0]))
    rest = re.sub(r"\s*(?:scales?|modes?|音阶|调式)$", "", lower)
    for word, name in words:
        for form in (lower, rest):
            tonic = re.fullmatch(
                rf"(?:{NOTE}[\s-])?{re.escape(word)}(?:\s*(?:scales?|modes?|音阶|调式))?", form
            )
            zh = re.fullmatch(rf"(升|降)?([a-g])([#b])?{re.escape(word)}(?:音阶|调式)?", form)
            if zh and not word.isascii():
                return "scale", f"{zh[2].upper()}{SIGNS.get(zh[1] or zh[3] or '', '')} {name}", ""
            if tonic:
                if (
                    name in ("major", "minor")
                    and "scale" not in lower
                    and "音阶" not in lower
                    and tonic[1]
                ):
                    continue
                if not tonic[1]:
                    return "scale", name, ""
                sign = SIGNS.get(tonic[2] or tonic[3] or "", "")
                return "scale", f"{tonic[1].upper()}{sign} {name}", ""
    return None


def _interval(lower: str) -> Asked | None:
    said = re.sub(r"\b(?:interval(?: of)?|an?)\b", "", lower).strip()
    said = re.sub(r"\b(\d+)(?:nd|rd|th|st)\b", lambda m: {
        "2": "second", "3": "third", "4": "fourth", "5": "fifth", "6": "sixth", "7": "seventh", "8": "octave"
    }.get(m[1], m[0]), said)  # fmt: skip
    said = {"unison": "perfect unison", "fourth": "perfect fourth", "fifth": "perfect fifth"}.get(
        said, said
    )
    if said in INTERVALS:
        return "interval", said, ""
    return next(
        (
            ("interval", name, "")
            for name, (_, _, zh) in INTERVALS.items()
            if zh == said.removesuffix("音程")
        ),
        None,
    )


def _quality(lower: str) -> Asked | None:
    for quality, (_, words) in QUALITY_NAMES.items():
        if lower in words or lower.removesuffix(" chord") in words:
            return "chord theory", f"C{quality}", ""
    match = re.fullmatch(rf"{NOTE} (.+)", lower)
    if match:
        for quality, (_, words) in QUALITY_NAMES.items():
            if match[4] in words:
                return (
                    "chord theory",
                    match[1].upper() + SIGNS.get(match[2] or match[3] or "", "") + quality,
                    "",
                )
    return None


_ZH_METERS = {
    "二拍子": "2/4",
    "三拍子": "3/4",
    "四拍子": "4/4",
    "五拍子": "5/4",
    "六拍子": "6/8",
    "九拍子": "9/8",
    "七拍子": "7/8",
}


def _meter(lower: str) -> Asked | None:
    if lower in _ZH_METERS:
        return "meter theory", _ZH_METERS[lower], ""
    match = re.fullmatch(
        r"(\d{1,2}/\d{1,2})(?:\s*(?:time|meter|metre|拍|拍子|time signature))?", lower
    )
    if match is None:
        return None
    try:
        return ("meter theory", match[1], "") if parse_meter(match[1]) else None
    except ValueError:
        return None


def scale_word(lower: str) -> str:
    """The scale, other than plain major and minor, that a text names without a tonic; "" for none."""
    words = sorted(((w, n) for n, ws in SCALE_WORDS.items() for w in ws), key=lambda p: -len(p[0]))
    for word, name in words:
        pattern = rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
        if name not in ("major", "minor") and re.search(pattern, lower):
            return name
    return ""


_FUNCTIONS = {
    "dominant seventh": "V7", "subdominant": "IV", "dominant": "V", "tonic": "I", "submediant": "VI", "diminished": "dim",
    "minor": "minor", "major": "major", "属七": "V7", "下属": "IV", "属": "V", "主": "I", "减": "dim", "小": "minor", "大": "major",
}  # fmt: skip


def chord_words(lower: str) -> str:
    """Which chords are looked for: a numeral ("V"), "minor", "major", "dim", or a symbol ("Am")."""
    match = re.search(r"(?<![a-z])([a-g])(#|b)?(m|min|maj|dim)?(7)? chords?", lower)
    if match and not (match[1] == "a" and not match[2] and not match[3] and not match[4]):
        return (
            match[1].upper()
            + (match[2] or "")
            + {"min": "m", "maj": ""}.get(match[3] or "", match[3] or "")
            + (match[4] or "")
        )
    if match := re.search(r"(?<![a-z])(i{1,3}|iv|vi{0,2}|v)(7)?(?: chords?)", lower):
        return match[1].upper() + (match[2] or "")
    return next((name for word, name in _FUNCTIONS.items() if word in lower), "I")
