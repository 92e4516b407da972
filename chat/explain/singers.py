"""Who can sing a tune, and where singers miss: range against the ages of school, leaps of a fifth and more.

The ranges are those that books for school singing usually give; a choir of one's own may differ.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import itertools

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Sounded
from chat.explain.scope import Scope, distance
from chat.explain.statement import Statement
from chat.explain.timing import pitch_of

AGES: tuple[tuple[int, int, int, int, int], ...] = (
    (4, 6, 62, 71, 7), (7, 8, 60, 74, 9), (9, 10, 58, 76, 12), (11, 12, 57, 77, 12), (13, 99, 57, 79, 16),
)  # fmt: skip
"""(from age, to age, lowest and highest note (MIDI), widest leap in semitones) for singing at school."""
NAMES: tuple[tuple[str, str], ...] = (
    ("children of 4 to 6 (kindergarten)", "4—6岁（幼儿园）"), ("children of 7 and 8 (grades 1 and 2, UK years 3 and 4)", "7—8岁（一、二年级）"),
    ("children of 9 and 10 (grades 3 and 4, UK years 5 and 6)", "9—10岁（三、四年级）"), ("children of 11 and 12 (grades 5 and 6, UK years 7 and 8)", "11—12岁（五、六年级）"),
    ("unchanged voices from 13 on and most adult choirs in octaves", "13岁以上（未变声）和一般的成人合唱"),
)  # fmt: skip
WIDE = 7
MOST = 5


def group_of(age: int) -> int:
    """The place in AGES of an age."""
    return next((n for n, (_, to, *_rest) in enumerate(AGES) if age <= to), len(AGES) - 1)


def _largest(s: Scope) -> int:
    return max((abs(b.midi - a.midi) for a, b in itertools.pairwise(s.notes)), default=0)


def singers(s: Scope, term: str) -> list[Fact]:
    """The youngest that can sing it as it stands or moved, by range and leaps; `term` is an age that was named."""
    low, high = min(n.midi for n in s.notes), max(n.midi for n in s.notes)
    leap = _largest(s)
    found: list[Fact] = []
    if term:
        n = group_of(int(term))
        found += _for_group(s, n, low, high, leap)
    else:
        fitting = [n for n, (_, _, a, b, most) in enumerate(AGES) if a <= low and high <= b and leap <= most]  # fmt: skip
        moved = [n for n, (_, _, a, b, most) in enumerate(AGES) if high - low <= b - a and leap <= most]  # fmt: skip
        if fitting:
            found.append(_statement("sung from", s, fitting[0]))
        if moved and (not fitting or moved[0] < fitting[0]):
            found.append(_moved(s, moved[0], low, high))
        if not fitting and not moved:
            found.append(_statement("sung by none", s, len(AGES) - 1))
    value = {"low": pitch_of(low), "high": pitch_of(high)}
    lowest = min(s.notes, key=lambda n: n.midi).pitch
    highest = max(s.notes, key=lambda n: n.midi).pitch
    value = {"low": lowest.name, "high": highest.name, "interval": distance(lowest, highest)}
    found.append(Statement("range", value, s.bars))
    return [*found, *wide_leaps(s)]


def _statement(kind: str, s: Scope, n: int) -> Statement:
    value = {"who": list(NAMES[n]), "low": pitch_of(AGES[n][2]), "high": pitch_of(AGES[n][3])}
    return Statement(kind, value, s.bars)


def _moved(s: Scope, n: int, low: int, high: int) -> Statement:
    """Where a group could sing it, a number of semitones lower or higher."""
    _, _, bottom, top, _ = AGES[n]
    shift = top - high if high > top else bottom - low
    value = {"who": list(NAMES[n]), "semitones": abs(shift), "way": ["lower", "低"] if shift < 0 else ["higher", "高"],
             "low": pitch_of(bottom), "high": pitch_of(top)}  # fmt: skip
    return Statement("sung moved", value, s.bars)


def _for_group(s: Scope, n: int, low: int, high: int, leap: int) -> list[Fact]:
    _, _, bottom, top, most = AGES[n]
    if bottom <= low and high <= top and leap <= most:
        return [_statement("sung yes", s, n)]
    out = [x for x in s.notes if not bottom <= x.midi <= top]
    found: list[Fact] = []
    if out:
        value = {"who": list(NAMES[n]), "low": pitch_of(bottom), "high": pitch_of(top),
                 "notes": list(dict.fromkeys(x.pitch.name for x in out))}  # fmt: skip
        found.append(Statement("sung not", value, in_order(x.bar for x in out)))
        if high - low <= top - bottom:
            found.append(_moved(s, n, low, high))
    if leap > most:
        pairs = [p for p in itertools.pairwise(s.notes) if abs(p[1].midi - p[0].midi) > most]
        bars = in_order(x.bar for p in pairs for x in p)
        found.append(Statement("sung leaps", {"who": list(NAMES[n])}, bars))
    return found


def wide_leaps(s: Scope) -> list[Fact]:
    """Leaps of a fifth and more, the widest first; the widest of all where there is none so wide."""
    pairs = [(a, b) for a, b in itertools.pairwise(s.material.notes)
             if s.first <= b.bar <= s.last]  # fmt: skip
    wide = [p for p in pairs if abs(p[1].midi - p[0].midi) >= WIDE]
    if not pairs or all(a.midi == b.midi for a, b in pairs):
        return [Statement("no interval", {}, s.bars)]
    widest = max(pairs, key=lambda p: abs(p[1].midi - p[0].midi))
    if not wide:
        return [Statement("no wide leap", {}, s.bars), _said("widest leap there", widest)]
    bars = in_order(x.bar for p in wide for x in p)
    found: list[Fact] = [Statement("wide leaps", {"count": len(wide)}, bars)]
    wide.sort(key=lambda p: -abs(p[1].midi - p[0].midi))
    return [*found, *(_said("leap there", p) for p in wide[:MOST])]


def _said(kind: str, pair: tuple[Sounded, Sounded]) -> Statement:
    one, other = pair
    low, high = sorted((one.pitch, other.pitch), key=lambda p: p.midi)
    value = {"first": one.pitch.name, "to": other.pitch.name, "interval": distance(low, high)}
    return Statement(kind, value, in_order((one.bar, other.bar)))


SAYINGS: dict[str, tuple[str, str]] = {
    "sung from": ("By its range and leaps {bars:bars} can be sung as it stands from {who:word} on, who usually have {low:pitch} to {high:pitch}.",
                  "按音域和跳进，{bars:bars}照原调从{who:word}起就能唱，他们一般能唱{low:pitch}到{high:pitch}。"),
    "sung moved": ("Sung {semitones:n semitone} {way:word}, {bars:bars} would lie within {low:pitch} to {high:pitch}, the usual range of {who:word}.",
                   "移{way:word}{semitones}个半音，{bars:bars}就在{who:word}一般的音域（{low:pitch}到{high:pitch}）之内。"),
    "sung by none": ("The range or the leaps of {bars:bars} go beyond what {who:word} usually sing ({low:pitch} to {high:pitch}), in any key.",
                     "{bars:bars}的音域或跳进超出了{who:word}一般的范围（{low:pitch}到{high:pitch}），移调也不行。"),
    "sung yes": ("Yes: {bars:bars} lies within {low:pitch} to {high:pitch}, the usual range of {who:word}, and no leap is too wide for them.",
                 "可以：{bars:bars}在{who:word}一般的音域（{low:pitch}到{high:pitch}）之内，跳进也不算大。"),
    "sung not": ("Not as it stands: {notes:notes} in {bars:bars} lie outside {low:pitch} to {high:pitch}, the usual range of {who:word}.",
                 "照原调不合适：{bars:bars}的{notes:notes}超出了{who:word}一般的音域（{low:pitch}到{high:pitch}）。"),
    "sung leaps": ("The leaps in {bars:bars} are wide for {who:word}.", "{bars:bars}的跳进对{who:word}来说大了些。"),
    "wide leaps": ("Yes: there are {count:n leap} of a fifth or more ({bars:bars}), where singers miss most easily.", "有：五度以上的大跳有{count}处（{bars:bars}），最容易唱不准。"),
    "no wide leap": ("No leap of {bars:bars} is as wide as a fifth.", "{bars:bars}没有五度以上的大跳。"),
}  # fmt: skip
