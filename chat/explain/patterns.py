"""Patterns that have a name: the figure in which an accompaniment plays its chords, and the uneven rhythm that returns.

What it does not know: figures of the melody (`timing.motif`), and bars of equal rhythm (`recurring`).
"""

# ruff: noqa: E501 - a wrapped saying is harder to read than a long line
from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.tune import Event, Measure
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.phrases import plain

# -- accompaniments ----------------------------------------------------------------------------

STEP, OCTAVE, FIFTH = 2, 12, 7
FIGURES: dict[str, tuple[str, str]] = {
    "alberti": ("an Alberti bass (each chord broken in the order lowest, highest, middle, highest)", "阿尔贝蒂低音（分解和弦，按最低、最高、中间、最高的次序）"),
    "broken": ("broken chords (an arpeggio: the notes of a chord one after another)", "分解和弦（琶音：和弦的音一个接一个）"),
    "oompah": ("an oom-pah (a bass note, then chords above it)", "“嘣嚓”型伴奏（先低音，再和弦）"),
    "block": ("block chords (the notes of a chord together)", "柱式和弦（和弦的音同时奏）"),
    "octaves": ("octaves (a note and the same one an octave away)", "八度（同名音相隔八度交替）"),
    "root-fifth": ("root and fifth in turn", "根音与五音交替"),
    "drone": ("a drone (one note again and again, or held)", "持续音（同一个音反复或长音保持）"),
    "walking": ("a walking bass (even notes, mostly by step)", "行走低音（均匀的音符，多为级进）"),
    "held": ("long notes, one or two a bar", "长音，每小节一两个"),
}  # fmt: skip
"""Figures of an accompaniment, with what each is."""


def _sounding(measure: Measure) -> list[Event]:
    return [e for e in measure.events if e.notes and not e.tied]


def figure_of(events: Sequence[Event]) -> str:
    """The name of the figure that a bar of an accompaniment plays; "" for none of ours."""
    chords = [e for e in events if len(e.notes) > 1]
    if not events:
        return ""
    if chords:
        low = min(chords[0].midi)
        bass = len(events[0].notes) == 1 and max(events[0].midi) <= low and len(chords) > 0
        if bass and len(chords) * 2 >= len(events) and len(events) > 1:
            return "oompah"
        return "block" if len(chords) * 2 > len(events) else ""
    midis = [max(e.midi) for e in events]
    moves = [abs(a - b) for a, b in itertools.pairwise(midis)]
    if len(set(midis)) == 1:
        return "drone" if len(midis) > 1 else "held"
    fours = [midis[n : n + 4] for n in range(0, len(midis) - 3, 4)]
    if fours and all(a < c < b and b == d for a, b, c, d in fours):
        return "alberti"
    if all(m == OCTAVE for m in moves):
        return "octaves"
    if len(set(midis)) == 2 and all(m in (FIFTH, OCTAVE - FIFTH) for m in moves):
        return "root-fifth"
    if len(midis) > 2 and all(m > STEP for m in moves if m):
        return "broken"
    if len(midis) <= 2:
        return "held"
    even = len({e.duration for e in events}) == 1
    return "walking" if even and sum(m <= STEP for m in moves) * 2 >= len(moves) else ""


def accompaniment(s: Scope, voice: str = "") -> list[Fact]:
    """The figures of the lowest voice (or of the one that is named), with their bars."""
    if len(s.tune.voices) < 2:
        return [Statement("no accompaniment", {}, s.bars)]
    chosen = next((v for v in s.tune.voices if v.id == voice), s.tune.voices[-1])
    bars: dict[str, list[int]] = {}
    for measure in chosen.measures:
        if s.first <= measure.number <= s.last and (events := _sounding(measure)):
            bars.setdefault(figure_of(events), []).append(measure.number)
    name = plain(chosen.name) if chosen.name else ""
    who = [
        f"The part “{name}”" if name else "The lowest voice",
        f"“{name}”声部" if name else "最低的声部",
    ]
    found: list[Fact] = [
        Statement("accompaniment", {"voice": who, "id": chosen.id, "figure": figure, "what": list(FIGURES[figure])}, in_order(there))
        for figure, there in sorted(bars.items(), key=lambda b: -len(b[1])) if figure
    ]  # fmt: skip
    return found[:3] or [Statement("accompaniment unnamed", {"voice": who}, s.bars)]


# -- rhythms -----------------------------------------------------------------------------------

LEAST = 3
"""A rhythm that comes so often returns."""
RHYTHMS: dict[tuple[int, ...], tuple[str, str]] = {
    (3, 1): ("a dotted rhythm, long–short", "附点节奏，长短"),
    (1, 3): ("a Scotch snap (Lombard rhythm), short–long", "反附点节奏（苏格兰促音），短长"),
    (1, 2, 1): ("a syncopation, short–long–short", "切分节奏，短长短"),
    (2, 1, 1): ("long–short–short", "长短短（如八分加两个十六分，俗称前八后十六）"),
    (1, 1, 2): ("short–short–long", "短短长（如两个十六分加八分，俗称前十六后八）"),
    (2, 1): ("long–short", "长短"),
    (1, 2): ("short–long", "短长"),
    (3, 1, 2): ("a siciliana rhythm, dotted–short–long", "西西里节奏，附点、短、长"),
}  # fmt: skip
"""Lengths in proportion → what the rhythm is called."""
Cell = tuple[Fraction, ...]


def cells(s: Scope) -> dict[Cell, list[int]]:
    """Uneven rhythms of two to four notes that begin on a beat and fill one or two beats: their bars, one for each time."""
    found: dict[Cell, list[int]] = {}
    for _, group in itertools.groupby(s.notes, key=lambda n: n.index):
        notes = list(group)
        meter = next((m.meter for m in s.measures if m.number == notes[0].bar), None)
        if meter is None:
            continue
        for size in (2, 3, 4):
            for n in range(len(notes) - size + 1):
                row = notes[n : n + size]
                lengths = tuple(x.duration for x in row)
                joined = all(a.end == b.position for a, b in itertools.pairwise(row))
                whole = sum(lengths, Fraction(0)) in (meter.beat, 2 * meter.beat)
                if joined and whole and row[0].onset % meter.beat == 0 and len(set(lengths)) > 1:
                    found.setdefault(lengths, []).append(row[0].bar)
    return found


def returning_rhythm(s: Scope, _: str = "") -> list[Fact]:
    """The uneven rhythm that comes most often, by its name where it has one."""
    often = sorted(cells(s).items(), key=lambda c: (-len(c[1]), len(c[0])))
    if not often or len(often[0][1]) < LEAST:
        return [Statement("no rhythm returns", {}, s.bars)]
    lengths, bars = often[0]
    part = min(lengths)
    ratio = tuple(int(x / part) if (x / part).denominator == 1 else 0 for x in lengths)
    value: dict[str, object] = {"lengths": [str(x) for x in lengths], "count": len(bars)}
    if ratio in RHYTHMS:
        value["what"] = list(RHYTHMS[ratio])
        return [Statement("rhythm named", value, in_order(bars))]
    return [Statement("rhythm returns", value, in_order(bars))]


# -- the way from note to note -----------------------------------------------------------------


def stepwise(s: Scope, _: str = "") -> list[Fact]:
    """Whether more than half of the moves of the melody are by step."""
    sizes = [abs(b.midi - a.midi) for a, b in itertools.pairwise(s.notes)]
    if not sizes:
        return [Statement("term not there", {}, s.bars)]
    steps = sum(0 < x <= STEP for x in sizes)
    share = round(100 * steps / len(sizes))
    kind = "mostly steps" if steps * 2 > len(sizes) else "not mostly steps"
    return [Statement(kind, {"moves": len(sizes), "steps": steps, "share": share}, s.bars)]


def opening_returns(s: Scope, _: str = "") -> list[Fact]:
    """Whether the bars with which the melody opens, four or two of them, come again note for note."""
    bars: dict[int, list[tuple[int, Fraction]]] = {}
    for note in s.material.notes:
        bars.setdefault(note.bar, []).append((note.midi, note.duration))
    full = [n for n in sorted(bars) if n > 0]
    for size in (4, 2):
        head = [bars[n] for n in full[:size]]
        again = [
            full[at] for at in range(size, len(full) - size + 1)
            if [bars[n] for n in full[at : at + size]] == head and full[at + size - 1] - full[at] == size - 1
        ]  # fmt: skip
        if again and len(full) > size:
            where = in_order(n for at in again for n in range(at, at + size))
            return [Statement("opening returns", {"head": full[:size]}, where)]
    head_bars = full[: min(2, len(full))]
    return [Statement("opening alone", {"head": head_bars}, in_order(full))]


SAYINGS: dict[str, tuple[str, str]] = {
    "no accompaniment": (
        "{bars:bars} have one voice, so there is no accompaniment to name.",
        "{bars:bars}只有一个声部，没有伴奏音型可说。",
    ),
    "accompaniment": (
        "{voice:word} plays {what:word} in {bars:bars}.",
        "{voice:word}在{bars:bars}奏的是{what:word}。",
    ),
    "accompaniment unnamed": (
        "{voice:word} has no figure in {bars:bars} that has a name: it is a line of its own.",
        "{voice:word}在{bars:bars}没有固定名称的音型，是一条独立的旋律线。",
    ),
    "rhythm named": (
        "The uneven rhythm that comes most often is {lengths:lengths}, {count:times}, in {bars:bars}: {what:word}.",
        "出现最多的不均匀节奏是{lengths:lengths}，{count:times}，在{bars:bars}：{what:word}。",
    ),
    "rhythm returns": (
        "The uneven rhythm that comes most often is {lengths:lengths}, {count:times}, in {bars:bars}; it has no name of its own.",
        "出现最多的不均匀节奏是{lengths:lengths}，{count:times}，在{bars:bars}；它没有专门的名称。",
    ),
    "mostly steps": (
        "Mostly by step: of {moves:n move} in {bars:bars}, {steps} are steps ({share} %).",
        "以级进为主：{bars:bars}的{moves}次进行中有{steps}次是级进（{share}%）。",
    ),
    "not mostly steps": (
        "Not mostly by step: of {moves:n move} in {bars:bars}, {steps} are steps ({share} %).",
        "并非以级进为主：{bars:bars}的{moves}次进行中有{steps}次是级进（{share}%）。",
    ),
    "opening returns": (
        "The opening ({head:bars}) comes back note for note in {bars:bars}.",
        "开头（{head:bars}）在{bars:bars}原样再现。",
    ),
    "opening alone": (
        "The opening ({head:bars}) does not come back note for note in {bars:bars}.",
        "在{bars:bars}中，开头（{head:bars}）没有原样再现。",
    ),
    "no rhythm returns": (
        "No uneven rhythm of one or two beats comes three times in {bars:bars}.",
        "{bars:bars}中没有一两拍长的不均匀节奏出现三次以上。",
    ),
}
