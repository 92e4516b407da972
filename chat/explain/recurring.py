"""Answers by counting over the tune: how often a bar is played, rhythms that return, dotted notes, sequences, the keys
in which an instrument or a voice reaches every note, and which beats are strong.
"""

# ruff: noqa: E501 - a wrapped saying is harder to read than a long line
from __future__ import annotations

from collections import Counter

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.edit.instruments import instrument
from abc_tools.timeline import unfold
from chat.explain import theory, timing
from chat.explain.analysis import of_kinds
from chat.explain.concert import key_moved
from chat.explain.scope import Scope
from chat.explain.singers import singers
from chat.explain.statement import Statement
from chat.explain.timing import meter_value, octaves_off, player_words

MOST = 6


def times_played(s: Scope, _: str = "") -> list[Fact]:
    """How often each of the bars is played, repeats and endings counted; bars that are cut in two by a repeat count once."""
    spans = {m.number: m.span.start for m in reversed(s.tune.measures)}
    played = Counter(
        m.number for m in unfold(s.tune).measures if spans.get(m.number) == m.measure.span.start
    )
    counts = {bar: played[bar] for bar in s.bars if bar}
    found: list[Fact] = []
    for times in sorted(set(counts.values())):
        bars = in_order(bar for bar, n in counts.items() if n == times)
        found.append(Statement("played times", {"count": times}, bars))
    return found


def same_rhythm(s: Scope, _: str = "") -> list[Fact]:
    """Groups of bars with the same rhythm, the largest first."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for bar in s.bars:
        lengths = tuple(str(n.duration) for n in s.notes if n.bar == bar)
        if lengths:
            groups.setdefault(lengths, []).append(bar)
    shared = sorted((b for b in groups.items() if len(b[1]) > 1), key=lambda b: (-len(b[1]), b[1]))
    if not shared:
        return [Statement("no rhythm shared", {}, s.bars)]
    return [
        Statement("rhythm shared", {"lengths": list(lengths)}, in_order(bars))
        for lengths, bars in shared[:MOST]
    ]


def dotted(s: Scope, _: str = "") -> list[Fact]:
    """The dotted notes: their lengths and bars."""
    here = [
        n
        for n in s.notes
        if n.duration.numerator == 3 and n.duration.denominator & (n.duration.denominator - 1) == 0
    ]
    if not here:
        return [Statement("no dotted notes", {}, s.bars)]
    lengths = sorted({n.duration for n in here}, reverse=True)
    return [Statement("dotted notes", {"count": sum(n.duration == x for n in here), "length": str(x)},
                      in_order(n.bar for n in here if n.duration == x)) for x in lengths]  # fmt: skip


def sequences(s: Scope, _: str = "") -> list[Fact]:
    """Figures that are repeated on other steps."""
    found = [f for f in of_kinds(s, ("motifs",), ("sequence",)) if any(b in s.bars for b in f.bars)]
    return list(found[:MOST]) or [Statement("no sequence", {}, s.bars)]


def strong_beats(s: Scope, _: str = "") -> list[Fact]:
    """The meter and which of its beats are strong."""
    meter = next((m.meter for m in s.measures if m.meter), s.tune.meter)
    if meter is None:
        return [Statement("no meter", {}, s.bars)]
    return [Statement("meter", meter_value(meter), s.bars), *theory.meter(meter.text)[0][1:]]


def suits(s: Scope, name: str) -> list[Fact]:
    """The smallest move after which an instrument or a voice reaches every note, and the key that it gives; of nobody
    in particular, the youngest singers.
    """
    if not name:
        return singers(s, "")
    player = instrument(name)
    shift = 0 if octaves_off(player) else player.written.semitones
    low, high = player.low - shift, player.high - shift
    bottom, top = min(n.midi for n in s.notes), max(n.midi for n in s.notes)
    fits = [n for n in range(-24, 25) if low <= bottom + n and top + n <= high]
    value: dict[str, object] = {"player": player_words(player)}
    if not fits:
        return timing.playable(s, name)[:1]
    move = min(fits, key=lambda n: (abs(n), n))
    key = s.key
    if not move:
        return [Statement("suits as it is", {**value, "key": key.name}, s.bars)]
    value |= {
        "count": abs(move),
        "way": ["up", "高"] if move > 0 else ["down", "低"],
        "key": key_moved(key, move).name,
    }
    return [Statement("suits moved", value, s.bars)]


SAYINGS: dict[str, tuple[str, str]] = {
    "played times": (
        "With all repeats {bars:bars} is played {count:times}.",
        "按所有反复演奏，{bars:bars}共奏{count:times}。",
    ),
    "rhythm shared": (
        "The same rhythm ({lengths:lengths}) is in {bars:bars}.",
        "{bars:bars}的节奏相同（{lengths:lengths}）。",
    ),
    "no rhythm shared": (
        "No two of {bars:bars} have the same rhythm.",
        "{bars:bars}中没有两个小节节奏相同。",
    ),
    "dotted notes": (
        "Dotted: {count:times} {length:alength}, in {bars:bars}.",
        "附点：{length:length}{count:times}，在{bars:bars}。",
    ),
    "no dotted notes": (
        "No note of the melody in {bars:bars} is dotted.",
        "{bars:bars}的旋律中没有附点音符。",
    ),
    "no sequence": (
        "No figure of {bars:bars} is repeated on other steps: there is no sequence.",
        "{bars:bars}中没有音型在别的音高上重复，即没有模进。",
    ),
    "suits as it is": (
        "The {player:word} reaches every note of {bars:bars} as it stands, in {key:key}.",
        "{player:word}照{key:key}原样就够得着{bars:bars}的每个音。",
    ),
    "suits moved": (
        "Moved {way:word} by {count:n semitone}, in {key:key}, every note of {bars:bars} lies in the usual range of the {player:word}.",
        "移{way:word}{count}个半音（{key:key}），{bars:bars}的每个音就都在{player:word}的常用音域内。",
    ),
}
