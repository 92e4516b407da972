"""What-if questions: which change a message imagines. The text that `whatif.what_if` understands."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.places import number
from abc_tools.theory import parse_key, parse_meter
from abc_tools.tune import Tune

_IF = re.compile(
    r"what (?:would |will |does |do |else )?(?:changes?|happens?|it sound|that (?:do|change)|is the effect|difference)\b.{0,30}\b(?:if|when|by|in|at|with|without|as|were|to)\b|\bwhat(?:'s| is| would be) the effect of|\bwhat (?:if|when)\b"
    r"|\bhow (?:would|will|does|do|might) .{1,30}(?:sound|change|look|feel|be|differ)\b.{0,30}\b(?:if|in|at|with|without|as|when)\b|\bsuppose\b|\bimagine\b|\bif (?:i|we|you|it|the|this|bar)\b"
    r"|\bwhat would .{1,30}(?:sound|be|look|become)\b|\bwhat (?:does|would|will) (?:raising|lowering|sharpening|flattening|making|changing|removing)\b|\beffect of (?:raising|lowering|removing|changing|playing)"
    r"|如果|假如|要是|假设|若是|倘若|会怎|的话|会有什么(?:变化|不同|效果)|会变成什么"
)
_DEGREES = {
    "second": 2, "2nd": 2, "third": 3, "3rd": 3, "mediant": 3, "fourth": 4, "4th": 4, "subdominant": 4, "fifth": 5,
    "5th": 5, "dominant": 5, "sixth": 6, "6th": 6, "submediant": 6, "seventh": 7, "7th": 7, "leading note": 7,
    "leading tone": 7, "subtonic": 7, "first": 1, "1st": 1, "tonic": 1,
}  # fmt: skip
_UP = r"rais(?:e|ed|ing)|sharp(?:en|ened|ening)?|augment(?:ed)?"
_DOWN = r"lower(?:ed|ing)?|flat(?:ten|tened|tening)?|diminish(?:ed)?"
_DEGREE = re.compile(
    rf"({_UP}|{_DOWN})\s+(?:the |its |every |all (?:the )?)?(?:scale )?(?:degree (\d)|({'|'.join(sorted(_DEGREES, key=len, reverse=True))})s?\b)"
)
_DEGREE_AFTER = re.compile(
    rf"(?:degree (\d)|({'|'.join(sorted(_DEGREES, key=len, reverse=True))})s?)(?: degree| note)?(?:s)? (?:is|are|was|were|be|would be) (?:a semitone |a half step )?({_UP}|higher|{_DOWN})"
)
_DEGREE_ZH = re.compile(
    r"(升高?|降低?)(?:半音)?(?:了)?(?:第)?([一二三四五六七1-7])(?:级|音|度)|(?:第)?([一二三四五六七1-7])(?:级|音|度)音?(?:都|被)?(升高?|降低?)|(升高?|降低?)(导音)|(导音)(?:都|被)?(升高?|降低?)"
)
_MODES = {"major": "major", "minor": "minor", "dorian": "dorian", "phrygian": "phrygian", "lydian": "lydian",
          "mixolydian": "mixolydian", "locrian": "locrian", "大调": "major", "小调": "minor", "混合利底亚": "mixolydian",
          "多利亚": "dorian", "弗里几亚": "phrygian", "利底亚": "lydian"}  # fmt: skip
_STEPS = {"semitone": 1, "half step": 1, "whole tone": 2, "whole step": 2, "tone": 2, "step": 2, "minor third": 3,
          "major third": 4, "third": 4, "fourth": 5, "perfect fourth": 5, "fifth": 7, "perfect fifth": 7,
          "sixth": 9, "半音": 1, "全音": 2, "小三度": 3, "大三度": 4, "四度": 5, "五度": 7}  # fmt: skip


def wish_of(lower: str, tune: Tune | None) -> str:
    """The change that a what-if question imagines; "" where a message asks no what-if.

    >>> wish_of("what changes if i raise the seventh?", None), wish_of("如果改成小调会怎样", None)
    ('degree 7 +1', 'mode minor')
    """
    if not _IF.search(lower):
        return ""
    finders = (_degree, _pickup, _meter, _tempo, _octave, _transposed, _key, _mode)
    return next((wish for find in finders if (wish := find(lower))), "")


def _degree(lower: str) -> str:
    if match := _DEGREE.search(lower):
        degree = int(match[2]) if match[2] else _DEGREES[match[3]]
        way = match[1]
    elif match := _DEGREE_AFTER.search(lower):
        degree = int(match[1]) if match[1] else _DEGREES[match[2]]
        way = match[3]
    elif match := _DEGREE_ZH.search(lower):
        said = match[2] or match[3]
        degree = (number(said) or 7) if said else 7
        way = next(g for g in (match[1], match[4], match[5], match[8]) if g)
    else:
        return ""
    up = bool(re.match(rf"{_UP}|higher|升", way))
    return f"degree {degree} {'+1' if up else '-1'}" if 1 <= degree <= 7 else ""


def _pickup(lower: str) -> str:
    found = re.search(
        r"(?:without|no|drop|remove|removing|left out|leave out|cut|take away|didn't have|hadn't|had no).{0,12}(?:pick-?\s?up|anacrusis|upbeat)|(?:没有|去掉|删掉|不要|去除).{0,4}(?:弱起|起拍)|(?:弱起|起拍).{0,4}(?:去掉|删掉|没有)",
        lower,
    )
    return "pickup" if found else ""


def _meter(lower: str) -> str:
    match = re.search(r"(?<!\d)(\d{1,2})\s*/\s*(\d{1,2})(?!\d)", lower)
    if match is None:
        return "meter 3/4" if re.search(r"(?:a|as a) waltz|圆舞曲|华尔兹", lower) else ""
    try:
        return f"meter {match[1]}/{match[2]}" if parse_meter(f"{match[1]}/{match[2]}") else ""
    except ValueError:
        return ""


def _tempo(lower: str) -> str:
    number_ = re.search(
        r"(?:at|to|tempo (?:is|of|was|were)?|速度(?:是|为|改成|改为)?|每分钟)\s*(\d{2,3})\b|(\d{2,3})\s*(?:bpm|beats|拍)",
        lower,
    )
    if number_:
        return f"tempo {number_[1] or number_[2]}"
    words = (
        (r"twice as fast|double(?:d)? (?:the )?(?:speed|tempo)|double time|快一倍|两倍速度", "x2"),
        (
            r"half (?:the |as )?(?:speed|tempo|fast)|twice as slow|慢一倍|一半(?:的)?速度|减半",
            "x0.5",
        ),
        (r"\bfaster|quicker|speed(?:ed)? up|快一?[点些]|更快|加快|快", "x1.25"),
        (r"\bslower|slow(?:ed)? (?:it )?down|慢一?[点些]|更慢|放慢|慢", "x0.8"),
    )
    return next((f"tempo {factor}" for pattern, factor in words if re.search(pattern, lower)), "")


def _octave(lower: str) -> str:
    if re.search(
        r"octave (?:up|higher)|up an octave|rais\w+ .{0,20}octave|高.{0,3}八度|升.{0,3}八度", lower
    ):
        return "octave 1"
    if re.search(
        r"octave (?:down|lower)|down an octave|lower\w* .{0,20}octave|低.{0,3}八度|降.{0,3}八度",
        lower,
    ):
        return "octave -1"
    return ""


def _transposed(lower: str) -> str:
    words = "|".join(sorted(_STEPS, key=len, reverse=True))
    match = re.search(
        rf"(up|down|higher|lower)\s+(?:by\s+)?(?:an?\s+)?({words})\b|\b(?:an?\s+)?({words})\s+(up|down|higher|lower)",
        lower,
    )
    if match:
        up = (match[1] or match[4]) in ("up", "higher")
        size = _STEPS[match[2] or match[3]]
        return f"transpose {size if up else -size}"
    match = re.search(rf"(升高?|移高|提高|上移|降低?|移低|下移)(?:一个)?({words})", lower)
    if match:
        return f"transpose {_STEPS[match[2]] * (1 if match[1][0] in '升提上' or match[1] == '移高' else -1)}"
    return ""


def _key(lower: str) -> str:
    match = re.search(
        r"\b([a-g])[\s-]?(sharp|flat|#|b)?[\s-](major|minor|dorian|phrygian|lydian|mixolydian)\b|(升|降)?([a-g])(大调|小调)",
        lower,
    )
    if match is None:
        return ""
    sign = {"sharp": "#", "#": "#", "flat": "b", "b": "b", "升": "#", "降": "b"}.get(
        match[2] or match[4] or "", ""
    )
    mode = match[3] or {"大调": "major", "小调": "minor"}[match[6]]
    key = parse_key(f"{(match[1] or match[5]).upper()}{sign} {mode}")
    return (
        f"key {key.abc if mode != 'major' else key.abc + ' maj'}"
        if key and abs(key.sharps) <= 7
        else ""
    )


def _mode(lower: str) -> str:
    for word, mode in sorted(_MODES.items(), key=lambda item: -len(item[0])):
        pattern = (
            rf"\b{word}\b(?! (?:second|third|sixth|seventh|chord))" if word.isascii() else word
        )
        if re.search(pattern, lower):
            return f"mode {mode}"
    return ""
