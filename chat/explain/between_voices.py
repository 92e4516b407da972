"""What two voices do beside each other: same rhythm, same or opposite direction, imitation."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material, Sounded
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.explain.together import moments, singing

ENOUGH = 4
"""Notes in a row that must agree for an imitation."""


def _lines(s: Scope) -> list[tuple[Sounded, ...]]:
    found = []
    for voice in singing(s.tune):
        notes = Material(replace(s.tune, voices=(voice,))).notes
        found.append(tuple(n for n in notes if s.first <= n.bar <= s.last))
    return [line for line in found if line]


def same_rhythm(s: Scope) -> list[Fact]:
    """The bars in which two voices have the same note lengths at the same places."""
    lines = _lines(s)
    if len(lines) < 2:
        return [Statement("single voice", {}, s.bars)]
    same, sounding = [], []
    for bar in s.bars:
        rows = [tuple((n.onset, n.duration) for n in line if n.bar == bar) for line in lines[:2]]
        if all(rows):
            sounding.append(bar)
            if rows[0] == rows[1]:
                same.append(bar)
    if not same:
        return [Statement("rhythms differ", {}, s.bars)]
    kind = "rhythm same all" if len(same) == len(sounding) else "rhythm same"
    return [Statement(kind, {"count": len(same), "of": len(sounding)}, in_order(same))]


def motion(s: Scope) -> list[Fact]:
    """How often the outer voices move the same way, opposite ways, or one alone; and the bars of each."""
    if len(_lines(s)) < 2:
        return [Statement("single voice", {}, s.bars)]
    kinds: dict[str, list[int]] = {"similar": [], "contrary": [], "oblique": []}
    for a, b in pairwise(moments(s.tune, s.bars)):
        if len(a.pitches) < 2 or len(b.pitches) < 2:
            continue
        top = b.pitches[0].midi - a.pitches[0].midi
        low = b.pitches[-1].midi - a.pitches[-1].midi
        if top and low:
            kinds["similar" if (top > 0) == (low > 0) else "contrary"].append(b.bar)
        elif top or low:
            kinds["oblique"].append(b.bar)
    found: list[Fact] = []
    for kind, bars in kinds.items():
        if bars:
            found.append(Statement(f"motion {kind}", {"count": len(bars)}, in_order(bars)))
        elif kind != "oblique":
            found.append(Statement(f"motion no {kind}", {}, s.bars))
    return found or [Statement("not at once", {}, s.bars)]


def imitation(s: Scope) -> list[Fact]:
    """Where one voice takes up the first notes of another later, from any note, with the same lengths."""
    lines = _lines(s)
    if len(lines) < 2:
        return [Statement("single voice", {}, s.bars)]
    for lead in lines:
        for other in lines:
            if other is lead or len(lead) < ENOUGH:
                continue
            head = lead[:ENOUGH]
            for start in range(len(other) - ENOUGH + 1):
                tail = other[start : start + ENOUGH]
                if tail[0].position > head[0].position and _agree(head, tail):
                    value = {"count": ENOUGH, "first": [head[0].bar], "again": [tail[0].bar]}
                    bars = in_order((head[0].bar, tail[0].bar))
                    return [Statement("imitates", value, bars)]
    return [Statement("no imitation", {"count": ENOUGH}, s.bars)]


def _agree(one: tuple[Sounded, ...], other: tuple[Sounded, ...]) -> bool:
    """Whether two runs of notes have the same steps and lengths."""
    steps = [[b.pitch.diatonic - a.pitch.diatonic for a, b in pairwise(run)] for run in (one, other)]  # fmt: skip
    return steps[0] == steps[1] and [n.duration for n in one[:-1]] == [n.duration for n in other[:-1]]  # fmt: skip


SAYINGS: dict[str, tuple[str, str]] = {
    "rhythm same": ("Yes, in {bars:bars}: there both voices have the same rhythm ({count} of {of:n bar}).", "有，在{bars:bars}：两个声部节奏相同（{of}小节中的{count}小节）。"),
    "rhythm same all": ("Yes, throughout: both voices have the same rhythm in {bars:bars} ({count} of {of:n bar}).", "一样：{bars:bars}两个声部的节奏都相同（{of}小节中的{count}小节）。"),
    "rhythms differ": ("No: in none of {bars:bars} do the two voices have the same rhythm.", "没有：{bars:bars}中两个声部的节奏处处不同。"),
    "motion similar": ("The voices move in the same direction {count:times}, in {bars:bars}.", "声部同向进行{count}次，在{bars:bars}。"),
    "motion contrary": ("They move in opposite directions {count:times}, in {bars:bars}.", "反向进行{count}次，在{bars:bars}。"),
    "motion oblique": ("One moves while the other stays {count:times}, in {bars:bars}.", "一个声部动、另一个不动有{count}次，在{bars:bars}。"),
    "motion no similar": ("Nowhere in {bars:bars} do the voices move in the same direction.", "{bars:bars}没有同向进行。"),
    "motion no contrary": ("Nowhere in {bars:bars} do the voices move in opposite directions.", "{bars:bars}没有反向进行。"),
    "imitates": ("Yes: a voice takes up the first {count} notes of another, {first:bars}, in {again:bars}, with the same steps and lengths.",
                 "有模仿：一个声部在{again:bars}重复了另一个声部{first:bars}开头的{count}个音，音程走向和时值相同。"),
    "no imitation": ("No: no voice takes up the first {count} notes of another in {bars:bars}, so it is no canon.", "没有：{bars:bars}里没有一个声部模仿另一个声部开头的{count}个音，所以不是卡农。"),
}  # fmt: skip
