"""How people ask for one chord of those that stand over the notes to become another: picked by its number, its bar or by
pointing, and named by symbol, degree or kind ("make the last chord major", 第三个和弦改成七和弦).

What it does not know: chords picked by their own names (`chords.one_for_other`), several in one bar (`laid`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.chords import parse_chord
from abc_tools.tune import Event, Measure
from chat.understand.rules.base import Clause, N, Rule, rule
from chat.understand.rules.chords import degree_chords, one_for_other
from chat.understand.rules.laid import as_symbols, chords_named

_FROM_END = {"last": 1, "final": 1, "closing": 1, "very last": 1, "penultimate": 2, "second to last": 2, "second last": 2,
             "next to last": 2, "last but one": 2, "third to last": 3, "third last": 3}  # fmt: skip
_NTH = re.compile(
    rf"\b(?P<end>{'|'.join(sorted((w.replace(' ', '[ -]') for w in _FROM_END), key=len, reverse=True))}) (?:\w+ )?chord\b(?! but)"
    r"|\b(?P<endb>last) chord but one\b"
    rf"|\b(?P<nth>{'|'.join(numbers.ORDINALS)}|opening|\d+(?:st|nd|rd|th)) (?:\w+ )?chord\b"
    rf"|倒数第\s*(?P<zback>{N})\s*个和弦|第\s*(?P<zn>{N})\s*个和弦|(?P<zend>最后|末尾|结尾|末)(?:那|的|一|个)*和弦|(?P<zfirst>开头|首个?)(?:那|的|第?一|个)*和弦"
)
_THE = re.compile(
    r"\b(?:the|that|this|its|bar \d+'?s) (?:[a-g](?:[#b]|m)?\w{0,4} )?chord\b|\bit\b|(?:那|这)(?:一)?个?和弦|(?:小节|拍)(?:上|里|处)?的(?:那个)?和弦|把?它|和弦"
)
_KINDS = (
    ("maj7", r"\bmajor (?:7|seven|7th|seventh)(?:th)?\b|\bmaj ?7\b|大七(?:和弦)?"),
    ("m7", r"\bminor (?:7|seven|7th|seventh)(?:th)?\b|小七(?:和弦)?"),
    ("dim7", r"\bdiminished (?:7th|seventh)\b|减七(?:和弦)?"),
    ("7", r"\b(?:dominant )?(?:seventh|7th)\b(?! (?:bar|chord (?:to|into)))|属七(?:和弦)?|(?<![大小减])七和弦"),
    ("dim", r"\bdim(?:inished)?\b|减(?:三)?和弦"),
    ("aug", r"\baug(?:mented)?\b|增(?:三)?和弦"),
    ("sus4", r"\bsus(?:pended|4)?(?: (?:4|four|fourth))?\b|挂四|挂留(?:四)?(?:和弦)?"),
    ("m", r"\bminor\b|小(?:三)?和弦|成小的"),
    ("", r"\bmajor\b|大(?:三)?和弦|成大的"),
)  # fmt: skip
"""Kinds of chords by what stands behind the root in a symbol."""
_BECOMES = re.compile(
    r"\b(?:make|made|change|changed|turn|turned|switch|swap|replace|have|want|let|should|shall|could|can|try|use|put|be|becomes?|to|into|as)\b|改|换|变|用|弄|做成|写成"
)
_OTHER = re.compile(
    r"\bwhat (?:if|would|happens)\b|\bhow would\b|要是|如果|假如|会怎么样|怎么样|\b(?:key|scale|mode|transpos\w*|capo|notes? (?:in|of|from)|melody|arpeggi\w*|strum\w*|hold|held|longer|shorter|add|insert|before|after|cadence|note by note|roll\w*)\b|调|移|琶音|分解|之前|之后|前面|后面|加"
)
Symbol = tuple[Measure, Event]


def _symbols(clause: Clause, lower: str) -> list[Symbol]:
    """The chord symbols of the bars that a text names, of all bars where it names none."""
    place = clause.bars_in(lower)
    return [
        (m, e) for m in clause.tune.measures for e in m.events
        if e.chord_symbol and m.meter is not None and (place is None or place.first <= m.number <= place.last)
    ]  # fmt: skip


def _nth(match: re.Match[str]) -> int:
    """The number of the chord that is picked, from the end where negative."""
    if match["end"]:
        return -_FROM_END[match["end"].replace("-", " ")]
    if match["endb"]:
        return -2
    if match["zend"] or match["zback"]:
        return -(numbers.value(match["zback"] or "1") or 1)
    if match["zfirst"] or match["nth"] == "opening":
        return 1
    if match["zn"]:
        return numbers.value(match["zn"]) or 0
    return numbers.ORDINALS.get(match["nth"]) or int(re.sub(r"\D", "", match["nth"]))


def _picked(clause: Clause, lower: str) -> Symbol | None:
    """The one chord symbol that a clause is about."""
    if match := _NTH.search(lower):
        there = _symbols(clause, lower[: match.start()] + " " + lower[match.end() :])
        nth = _nth(match)
        return there[nth if nth < 0 else nth - 1] if 0 < abs(nth) <= len(there) else None
    if not _THE.search(lower):
        return None
    place = clause.bars_in(lower) or clause.pointed()
    if place is None or place.first != place.last:
        return None
    there = [
        (m, e) for m in clause.tune.measures for e in m.events
        if e.chord_symbol and m.meter is not None and m.number == place.first
    ]  # fmt: skip
    return there[0] if len(there) == 1 else None


def _new(clause: Clause, lower: str, old: str) -> str | None:
    """What the chord becomes: a symbol, a degree, or its own root with another kind."""
    named = [name for name, _ in chords_named(as_symbols(clause.text)) if name != old]
    if named:
        return named[-1] if len(named) == 1 else None
    if degrees := degree_chords(clause.text, lower, clause.tune):
        return degrees[-1]
    root = re.match(r"[A-G][#b]?", old)
    kind = next((k for k, words in _KINDS if re.search(words, lower)), None)
    if root is None or kind is None:
        return None
    name = root[0] + kind
    return name if parse_chord(name) is not None else None


def one_chord(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "make the last chord major", "can I change the third chord to Gm?", 把最后一个和弦改成小和弦."""
    if _OTHER.search(clause.lower) or not _BECOMES.search(clause.lower):
        return None
    if "和弦" not in clause.lower and not re.search(r"\bchord\b", clause.lower):
        return None
    picked = _picked(clause, clause.lower)
    if picked is None:
        return None
    measure, event = picked
    # Words that only pick ("the second chord") are no kinds or degrees of the new one.
    rest = _NTH.sub(" ", clause.lower)
    new = _new(clause, rest, event.chord_symbol or "")
    if new is None or measure.meter is None:
        return None
    clause.place = None
    return {"at": f"{measure.number}:{1 + event.onset / measure.meter.beat}={new}"}


RULES: tuple[Rule, ...] = (
    rule(
        "set-chords",
        r"\b(?:should|ought to|must|needs? to|wants? to|has to|is supposed to) (?:really |rather |actually )?be(?:come)?\b",
        one_for_other,
    ),
    rule("set-chords", r"\bchord\b|和弦", one_chord),
)
