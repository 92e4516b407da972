"""How people ask for a copy that is changed at once: "repeat bars 1-4 an octave higher", "bar 1 upside down at the end", a
sequence that goes on.

What it does not know: copies that stay as they are (`bars`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.places import Place
from chat.understand.rules.bars import goal_of, without_goal
from chat.understand.rules.base import Clause, N, Rule, rule
from chat.understand.rules.picked import interval_in

_HOWS = (
    ("invert", r"\binver(?:t|ted|sion)\b|\bupside[- ]down\b|倒影|转位(?!和弦)|上下颠倒"),
    ("retrograde", r"\bretrograde\b|\bbackwards?\b|\bback to front\b|\breversed\b|逆行|倒着|倒序"),
)
_AS_BAR = re.compile(
    rf"\b(?:as|for|in|into|at) (?:a |the )?(?:new |extra )?(?:bar|measure) (?P<n>\d+)\b|(?:放|加|写|接)(?:在|到|成|作为?)?(?:新的?)?第\s*(?P<z>{N})\s*小节(?!后|之后|前|之前)"
)
_COPIES = r"\b(?:copy|repeat|duplicate|paste|echo)\b|\b(?:play|put|sing|add|have|write|bring back)\b[^.;]{0,40}\b(?:again|once more|another time|a second time)\b|复制|拷贝|重复|再来一遍|再(?:奏|唱|弹|写)一遍"
_ADDS = r"\b(?:add|put|append|write|tack|stick|insert|copy)\b|加|放|接|写"
_SEQUENCE = r"\bcontinue (?:the |this |that )?(?:sequence|pattern)\b|\b(?:sequence|pattern)\b[^.;]{0,30}\b(?:once more|again|one more|further|another)\b|模进"


def _with(lower: str) -> str:
    """How a copy differs, as `copy-changed` takes it; "" where it does not."""
    how = next((name for name, words in _HOWS if re.search(words, lower)), "")
    if how:
        return how
    moved = interval_in(lower)
    return f"{moved[0]}:{moved[1]}" if moved else ""


def _goal(clause: Clause) -> tuple[str | None, str]:
    """Behind which bar a copy goes, and the words without that."""
    if (found := _AS_BAR.search(clause.lower)) and (
        bar := numbers.value(found["n"] or found["z"] or "")
    ):
        return str(bar - 1), clause.lower[: found.start()] + " " + clause.lower[found.end() :]
    return goal_of(clause), without_goal(clause.lower)


def again(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars once more and otherwise; right behind themselves where no place is said."""
    change = _with(clause.lower)
    goal, rest = _goal(clause)
    place = clause.bars_in(rest) or (clause.pointed() if clause.selection else None)
    if not change or place is None or re.search(r"\bnotes?\b|\bchords?\b|个音|和弦", clause.lower):
        return None
    if goal is not None and not 0 <= _number(goal, clause) <= clause.tune.bar_count:
        return None
    clause.place = Place(place.first, place.last)
    return {"after": goal if goal is not None else str(place.last), "with": change}


def _number(goal: str, clause: Clause) -> int:
    return clause.tune.bar_count if goal == "end" else int(goal)


def added(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars upside down, backwards or elsewhere in pitch, added at a place that is said."""
    goal, _ = _goal(clause)
    how = next((name for name, words in _HOWS if re.search(words, clause.lower)), "")
    return again(match, clause) if goal is not None and how else None


def onwards(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A sequence that goes on: the last of its bars again, as much higher or lower as is said, right behind."""
    moved = interval_in(clause.lower)
    plain = _AS_BAR.sub(" ", clause.lower)
    place = clause.bars_in(plain) or clause.pointed()
    if moved is None or place is None:
        return None
    unit = 1 if place.last - place.first < 3 else (place.last - place.first + 1) // 2
    clause.place = Place(place.last - unit + 1, place.last)
    return {"after": str(place.last), "with": f"{moved[0]}:{moved[1]}"}


RULES: tuple[Rule, ...] = (
    rule("copy-changed", _SEQUENCE, onwards),
    rule("copy-changed", _COPIES, again),
    rule("copy-changed", _ADDS, added),
)
