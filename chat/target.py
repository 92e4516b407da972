"""Which bars a message means: "bars 5–8", "the bridge", 最后四小节, "the B part", a selection, "it".

Bars are printed numbers, pickup = 0. A section is found by its label in the tune, by its letter, by
its place, and by likeness (the bridge is the part that differs). What cannot be found is said, with
what there is; nothing is guessed silently, because the reply names the bars that were taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from abc_tools.sections import Section, sections
from abc_tools.tune import Tune
from chat import numbers

_N = numbers.NUMBER
_BAR = r"(?:bars?|measures?|mm?\.|小节)"


@dataclass(frozen=True)
class Target:
    """Bars `first`–`last`; `name` is what the message called them ("the bridge"), or empty.

    `section` says that a whole section is meant, with the pickup that leads into it.
    """

    first: int
    last: int
    name: str = ""
    section: bool = False


@dataclass(frozen=True)
class NoTarget:
    """The message names bars that the tune has not; `code` says why, `said` what was asked for."""

    code: str
    said: str


_RANGES = (
    re.compile(rf"{_BAR}\s*({_N})\s*(?:-|to|through|thru|until|and)\s*({_N})"),
    re.compile(rf"第?\s*({_N})\s*(?:小节)?\s*(?:-|到|至|~)\s*第?\s*({_N})\s*小节"),
    re.compile(rf"({_N})\s*(?:-|to)\s*({_N})\s*{_BAR}"),
)
_SINGLE = (
    re.compile(rf"(?:bar|measure)\s*(?:number\s*|no\.?\s*|#\s*)?({_N})(?![\d-])"),
    re.compile(rf"第\s*({_N})\s*个?小节"),
    re.compile(
        r"(?:the\s+)?(first|second|third|fourth|fifth|sixth|seventh|eighth|last) (?:bar|measure)(?!s)"
    ),
    re.compile(r"(最后一?|第一|末)个?小节"),
)
_EDGE = re.compile(
    rf"(last|final|closing|first|opening|initial|最后|末尾?|前|开头|最初|后)\s*(?:的)?\s*({_N})\s*个?\s*{_BAR}"
)
_HALF = re.compile(r"(first|second|last|latter|other|前|后|上|下)\s*(?:half|半)(?:部分|段)?")
_LETTER = re.compile(
    r"(?:part|section|strain|段落?|部分)\s*['\"]?([a-h])['\"]?(?![a-z])"
    r"|(?<![a-z])([a-h])['\"]?[\s-]*(?:part|section|strain|段|部分|乐段)",
)
_ORDINAL = re.compile(
    r"(first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?:part|section|strain|phrase|verse)"
    rf"|第\s*({_N})\s*(?:段|部分|乐段|个部分|句)"
)
_NAMES: dict[str, tuple[str, ...]] = {
    "bridge": ("bridge", "middle eight", "middle section", "middle part", "桥段", "过渡段", "中段", "中间部分"),
    "chorus": ("chorus", "refrain", "副歌"),
    "verse": ("verse", "主歌"),
    "ending": ("ending", "the end", "coda", "outro", "结尾", "尾声", "结束部分", "收尾"),
    "beginning": ("beginning", "opening", "the start", "intro", "开头", "开始部分", "前奏"),
}  # fmt: skip
_ORDINAL_VALUES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4,
                   "4th": 4, "last": -1}  # fmt: skip


def find_target(
    lower: str, tune: Tune, selection: tuple[int, int] | None
) -> Target | NoTarget | None:
    """What a normalised lower-case message addresses; None if it says nothing (the whole tune)."""
    top = tune.bar_count
    low = 0 if 0 in tune.bar_numbers else 1
    for finder in (_numbered, _edge, _halves, _by_letter, _by_order, _by_name):
        found = finder(lower, tune)
        if isinstance(found, Target) and not low <= found.first <= found.last <= top:
            return NoTarget("no-such-bars", str(top))
        if found is not None:
            return found
    if selection is not None:
        return Target(*selection, name="selection")
    return None


def _numbered(lower: str, tune: Tune) -> Target | NoTarget | None:
    for pattern in _RANGES:
        if match := pattern.search(lower):
            first, last = numbers.value(match[1]), numbers.value(match[2])
            if first is not None and last is not None:
                return (
                    Target(min(first, last), max(first, last))
                    if first <= last
                    else Target(last, first)
                )
    for pattern in _SINGLE:
        if match := pattern.search(lower):
            bar = _bar_number(match[1], tune.bar_count)
            if bar is not None:
                return Target(bar, bar)
    if re.search(r"pick-?up|anacrusis|弱起小节", lower) and 0 in tune.bar_numbers:
        return Target(0, 0)
    return None


def _bar_number(text: str, top: int) -> int | None:
    if text in ("last", "最后一", "最后", "末"):
        return top
    if text == "第一":
        return 1
    return numbers.ORDINALS.get(text) or numbers.value(text)


def _edge(lower: str, tune: Tune) -> Target | NoTarget | None:
    match = _EDGE.search(lower)
    if match is None:
        return None
    count = numbers.value(match[2])
    if not count:
        return NoTarget("no-such-bars", match[0])
    if match[1] in ("first", "opening", "initial", "前", "开头", "最初"):
        return Target(1, count)
    return Target(tune.bar_count - count + 1, tune.bar_count)


def _halves(lower: str, tune: Tune) -> Target | NoTarget | None:
    match = _HALF.search(lower)
    if match is None or tune.bar_count < 2:
        return None
    middle = tune.bar_count // 2
    if match[1] in ("first", "前", "上"):
        return Target(1, middle)
    return Target(middle + 1, tune.bar_count)


def _by_letter(lower: str, tune: Tune) -> Target | NoTarget | None:
    match = _LETTER.search(lower)
    if match is None:
        return None
    letter = (match[1] or match[2]).upper()
    parts = sections(tune)
    for part in parts:
        if part.label.upper() == letter:
            return Target(part.first, part.last, letter, section=True)
    index = ord(letter) - ord("A")
    if len(parts) > index and all(len(p.label) > 1 for p in parts):
        return Target(parts[index].first, parts[index].last, letter, section=True)
    return NoTarget("no-such-section", letter)


def _by_order(lower: str, tune: Tune) -> Target | NoTarget | None:
    match = _ORDINAL.search(lower)
    if match is None:
        return None
    order = _ORDINAL_VALUES.get(match[1] or "") or numbers.value(match[2] or "")
    parts = sections(tune)
    if not order or order > len(parts):
        return NoTarget("no-such-section", match[0])
    part = parts[order - 1] if order > 0 else parts[-1]
    return Target(part.first, part.last, match[0], section=True)


def _by_name(lower: str, tune: Tune) -> Target | NoTarget | None:
    for name, words in _NAMES.items():
        word = next((w for w in words if re.search(
            rf"(?<![a-z]){w}(?![a-z])" if w.isascii() else w, lower)), None)  # fmt: skip
        if word is None:
            continue
        labelled = _labelled(tune, (name, *words))
        if labelled is not None:
            return Target(labelled.first, labelled.last, name, section=True)
        part = _implied(name, sections(tune), tune.bar_count)
        return part if part is not None else NoTarget("no-such-section", word)
    return None


def _labelled(tune: Tune, words: tuple[str, ...]) -> Section | None:
    """The section whose `P:` label, or a comment above it, says one of the words."""
    for part in sections(tune):
        label = part.label.lower()
        if any(w in label for w in words) and len(label) > 1:
            return part
    for comment in tune.comments:
        if any(w in comment.text.lower() for w in words):
            after = [s for s in sections(tune)
                     if tune.measures[s.start].span.start > comment.span.start]  # fmt: skip
            if after:
                return after[0]
    return None


def _implied(name: str, parts: list[Section], bars: int) -> Target | None:
    """Where a part without a label is: the bridge differs from the first, the ending is the end."""
    if name == "ending":
        count = 4 if bars >= 8 else max(1, bars // 2)
        return Target(bars - count + 1, bars, name)
    if name == "beginning":
        return Target(1, min(4, bars), name)
    first = parts[0].label
    other = [part for part in parts if part.label != first]
    if name == "verse" and other:
        return Target(parts[0].first, parts[0].last, name, section=True)
    if not other:
        return None
    if name == "bridge" and len(other) > 1 and any(p.label == first for p in parts[1:]):
        between = [p for p in other if p.first > parts[0].first and p.last < parts[-1].last]
        other = between or other
    return Target(other[0].first, other[0].last, name, section=True)
