"""Whole analyses at three depths: for a child, for a student to hand in, for a musician.

A child's has no technical word that it does not explain; a student's has a heading for each subject;
a musician's says every fact that is known.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from abc_tools.analyse import facts
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.theory import ALTER_NAMES
from chat.explain import counts, timing, tonal
from chat.explain.scope import Scope
from chat.explain.statement import Statement, bullets

HEADINGS = {
    "key": ("Key and mode", "调与调式"), "form": ("Form", "曲式"), "harmony": ("Harmony", "和声"),
    "cadences": ("Cadences", "终止"), "melody": ("Melody", "旋律"), "rhythm": ("Meter and rhythm", "节拍与节奏"),
    "style": ("Style", "风格"), "difficulty": ("Difficulty", "难度"),
}  # fmt: skip
_SHOWN = 6
"""Most facts under one heading for a student."""


def known(s: Scope, subjects: Sequence[str]) -> list[Fact]:
    """What `abc_tools.analyse` knows of some subjects, that touches the bars."""
    found = facts(s.tune, tuple(subjects))
    return [f for f in found if s.whole or any(b in s.bars for b in f.bars)]


def of_kinds(s: Scope, subjects: Sequence[str], kinds: Sequence[str]) -> list[Fact]:
    """Those facts of some kinds, in the order of the kinds."""
    found = known(s, subjects)
    return [f for kind in kinds for f in found if f.kind == kind]


def analysis(s: Scope, language: str, depth: str) -> tuple[str, list[Fact]]:
    """The text and the facts of it."""
    if depth == "child":
        found = child(s)
        return bullets(language, found), found
    groups = _musician(s) if depth == "musician" else _student(s)
    pieces, every = [], []
    for name, group in groups.items():
        if group:
            pieces.append(f"**{HEADINGS[name][language == 'zh']}**\n{bullets(language, group)}")
            every += group
    return "\n\n".join(pieces), every


def _student(s: Scope) -> dict[str, list[Fact]]:
    return {
        "key": [*tonal.key(s), *_scale(s), *tonal.modulations(s)][: _SHOWN + 1],
        "form": [*timing.form(s)][:_SHOWN],
        "harmony": [*tonal.harmony(s)[:3], *of_kinds(
            s, ("harmony",), ("functions", "secondary dominant", "borrowed chord"))[:4]],
        "cadences": list(tonal.cadences(s)[:8]),
        "melody": melody(s),
        "rhythm": [*timing.meter(s), *timing.tempo(s)[:1], *(timing.pickup(s) if s.whole else []),
                   *of_kinds(s, ("rhythm",), ("note values", "syncopation", "no syncopation",
                                              "triplets", "rhythm cell"))[:4]],
        "style": of_kinds(s, ("style",), ("style",)),
        "difficulty": list(timing.difficulty(s)),
    }  # fmt: skip


def _scale(s: Scope) -> list[Fact]:
    return [f for f in known(s, ("key",)) if f.kind == "scale"] if s.whole else []


def melody(s: Scope) -> list[Fact]:
    """Range, moves, contour, motifs and climax."""
    found: list[Fact] = [*counts.span(s), *counts.moves(s)]
    if s.whole:
        found += of_kinds(s, ("contour",), ("contour", "widest leap"))
    found += of_kinds(s, ("motifs",), ("motif", "sequence"))[:3]
    return [*found, *counts.climax(s)]


def _musician(s: Scope) -> dict[str, list[Fact]]:
    """Every fact: the student's first, then what it leaves out."""
    student = _student(s)
    rooms = {"key": ("key", "modulation", "degrees"), "form": ("form", "phrases"),
             "harmony": ("harmony",), "melody": ("motifs", "contour"), "rhythm": ("rhythm",),
             "style": ("style",), "difficulty": ("difficulty",)}  # fmt: skip
    said = {"cadence", "written key", "difficulty", "range", "intervals", "pickup", "peak", "key"}
    for name, subjects in rooms.items():
        have = {(f.kind, f.bars) for f in student[name]}
        more = [
            f for f in known(s, subjects) if f.kind not in said and (f.kind, f.bars) not in have
        ]
        student[name] = [*student[name], *more]
    return student


# -- for children -----------------------------------------------------------------------------


def child(s: Scope) -> list[Fact]:
    """The tune for a child: bars, counting, home, colour, high and low, walking and jumping, repeats."""
    bars = tuple(b for b in s.bars if b)
    found: list[Fact] = [Statement("child bars", {"count": len(bars)}, bars or s.bars)]
    meter = next((m.meter for m in s.measures), None)
    if meter is not None:
        beats = int(meter.length / meter.beat) or 1
        counted = "–".join(str(n) for n in range(1, beats + 1))
        same = in_order(m.number for m in s.measures if m.meter == meter and m.number)
        found.append(Statement("child meter", {"beats": beats, "count": counted}, same or s.bars))
    found += _child_home(s)
    low = min(s.notes, key=lambda n: n.midi)
    high = max(s.notes, key=lambda n: n.midi)
    if low.midi != high.midi:
        value = {"low": low.pitch.name, "high": high.pitch.name,
                 "low_bars": list(in_order(n.bar for n in s.notes if n.midi == low.midi)),
                 "high_bars": list(in_order(n.bar for n in s.notes if n.midi == high.midi))}  # fmt: skip
        found.append(Statement("child range", value, s.bars))
    found += _child_moves(s)
    bpm = s.tune.tempo.bpm
    how = (["slow", "比较慢"] if bpm <= 76 else ["quick", "比较快"] if bpm >= 126
           else ["neither slow nor quick", "不快不慢"])  # fmt: skip
    if s.whole:
        found.append(Statement("child pace", {"bpm": f"{float(bpm):.0f}", "how": how}, (s.first,)))
    found += repeats(s)[:3] if s.whole else []
    same_bars = [f for f in counts.alike(s) if f.kind == "alike"]
    found += [Statement("child again", {}, f.bars) for f in same_bars[:2]]
    return found


def repeats(s: Scope) -> list[Fact]:
    """The stretches between repeat signs that touch the bars; an ending is played once and left out."""
    measures = s.tune.measures
    found: list[Fact] = []
    for first, last in s.material.repeats:
        bars = in_order(m.number for m in measures[first : last + 1] if not m.ending)
        if any(b in s.bars for b in bars):
            found.append(Statement("child repeat", {}, bars))
    return found


def _child_home(s: Scope) -> list[Fact]:
    """The tonic as home, and the colour of its third."""
    key = s.notes[-1].key
    if not key.tonic:
        return []
    home = f"{key.tonic}{ALTER_NAMES[key.alter]}"
    last = s.notes[-1]
    value: dict[str, object] = {"note": home}
    if last.midi % 12 == key.pitch_class:
        found: list[Fact] = [Statement("child home", value, (last.bar,))]
    else:
        found = [Statement("child away", {"home": home, "note": last.pitch.name}, (last.bar,))]
    step, alter = key.scale[2]
    here = [n for n in s.notes if (n.pitch.step, n.pitch.alter) == (step, alter)]
    if here:
        dark = key.minor_third
        value = {"size": ["three small steps (piano keys, black and white)", "高三个半音（钢琴上相邻的键）"] if dark
                 else ["four small steps (piano keys, black and white)", "高四个半音（钢琴上相邻的键）"],
                 "colour": ["a bit darker or sadder", "暗一点、忧伤一点"] if dark
                 else ["bright and happy", "明亮、快乐"], "third": 3 if dark else 4,
                 "key": key.name}  # fmt: skip
        found.append(Statement("child colour", value, in_order(n.bar for n in here)))
    return found


def _child_moves(s: Scope) -> list[Fact]:
    sizes = [abs(b.midi - a.midi) for a, b in itertools.pairwise(s.notes)]
    if not sizes:
        return []
    steps, leaps, same = (sum(0 < x <= 2 for x in sizes), sum(x > 2 for x in sizes),
                          sum(x == 0 for x in sizes))  # fmt: skip
    most = max((steps, ["walks to the note next door", "走到邻居音"]), (leaps, ["jumps", "跳着走"]),
               (same, ["stays on the same note", "停在同一个音上"]), key=lambda p: p[0])[1]  # fmt: skip
    value = {"how": most, "steps": steps, "leaps": leaps, "repeats": same}
    return [Statement("child moves", value, s.bars)]
