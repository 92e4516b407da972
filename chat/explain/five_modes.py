"""The five modes of Chinese theory (宫商角徵羽): which of them a melody is in, by its last note and its notes."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.analyse.fact import Fact, in_order
from chat.explain.scope import Scope, note_name
from chat.explain.statement import Statement

MODES = {
    "gong": ("宫", (0, 2, 4, 7, 9)), "shang": ("商", (0, 2, 5, 7, 10)), "jue": ("角", (0, 3, 5, 8, 10)),
    "zhi": ("徵", (0, 2, 5, 7, 9)), "yu": ("羽", (0, 3, 5, 7, 10)),
}  # fmt: skip
"""Name → its Chinese name, and its notes in semitones above its own first note."""
CHURCH = {"major": "gong", "lydian": "gong", "dorian": "shang", "phrygian": "jue", "mixolydian": "zhi", "minor": "yu"}  # fmt: skip
"""The mode of the same final in seven notes, where more than five leave several open."""


def modes_said(lower: str) -> list[str]:
    """The modes that a text names.

    >>> modes_said("是宫调式还是徵调式"), modes_said("is it in the yu mode?")
    (['gong', 'zhi'], ['yu'])
    """
    return [name for name, (chinese, _) in MODES.items()
            if chinese in lower.replace("宫商角徵羽", "") or re.search(rf"\b{name}\b", lower)]  # fmt: skip


def mode(s: Scope, term: str) -> list[Fact]:
    """The mode on the last note; `term` are modes that were asked after, each that it is not is denied."""
    last = s.notes[-1]
    steps = {(n.midi - last.midi) % 12: n.pitch for n in s.notes}
    core = {name: set(scale) for name, (_, scale) in MODES.items()}
    inside = [name for name, scale in core.items() if set(steps) <= scale]
    around = [name for name, scale in core.items() if scale <= set(steps) and len(steps) <= 7]
    value: dict[str, object] = {"note": note_name(last.pitch)}
    if len(steps) == 5 and inside:
        found, kind = inside[0], "five mode"
        value["notes"] = [note_name(steps[x]) for x in sorted(steps)]
    elif around:
        usual = CHURCH.get(s.key.mode, "") if s.key.tonic else ""
        found, kind = usual if usual in around else around[0], "mode with more"
        scale = core[found]
        value["notes"] = [note_name(steps[x]) for x in sorted(scale)]
        value["more"] = [note_name(steps[x]) for x in sorted(steps) if x not in scale]
    else:
        names = [list(_name(name)) for name in inside]
        value["notes"] = [note_name(steps[x]) for x in sorted(steps)]
        if not names:
            return [Statement("no five mode", value, s.bars)]
        return [Statement("modes open", {**value, "names": names}, s.bars)]
    value["name"] = list(_name(found))
    said = [Statement(kind, value, s.bars)]
    for other in term.split():
        if other != found:
            missing = sorted(core[other] - set(steps))
            wrong = sorted(set(steps) - core[other])
            denied = {"name": list(_name(other)), "note": note_name(last.pitch)}
            if wrong:
                heard = [n for n in s.notes if (n.midi - last.midi) % 12 in wrong]
                denied["notes"] = list(dict.fromkeys(note_name(n.pitch) for n in heard))
                said.append(Statement("not five mode", denied, in_order(n.bar for n in heard)))
            elif missing:
                said.append(Statement("not that mode", denied, (last.bar,)))
    return list(said)


def _name(mode: str) -> tuple[str, str]:
    return mode, MODES[mode][0]


SAYINGS: dict[str, tuple[str, str]] = {
    "five mode": ("The melody of {bars:bars} is in the {name:word} mode on {note:pitch}: it ends on {note:pitch} and its five notes are {notes:notes}.",
                  "{bars:bars}的旋律是{note:pitch}{name:word}调式：结束在{note:pitch}上，五个音是{notes:notes}。"),
    "mode with more": ("The melody of {bars:bars} is nearest to the {name:word} mode on {note:pitch}: it ends on {note:pitch} and has its five notes {notes:notes}, with {more:notes} besides.",
                       "{bars:bars}的旋律最接近{note:pitch}{name:word}调式：结束在{note:pitch}上，有它的五个音{notes:notes}，另外还有{more:notes}。"),
    "modes open": ("The melody of {bars:bars} has only the notes {notes:notes} and ends on {note:pitch}; that fits these of the five modes: {names:words}.",
                   "{bars:bars}的旋律只有{notes:notes}这几个音，结束在{note:pitch}上，符合的调式有：{names:words}。"),
    "no five mode": ("The melody of {bars:bars} is in none of the five modes: it ends on {note:pitch} and has the notes {notes:notes}.",
                     "{bars:bars}的旋律不属于宫商角徵羽的任何一种：它结束在{note:pitch}上，用到的音是{notes:notes}。"),
    "not five mode": ("It is not the {name:word} mode: on {note:pitch} that has no {notes:notes} ({bars:bars}).", "不是{name:word}调式：以{note:pitch}为主音的{name:word}调式没有{notes:notes}（{bars:bars}）。"),
    "not that mode": ("It is not the {name:word} mode on {note:pitch}, the last note ({bars:bars}).", "不是以结束音{note:pitch}（{bars:bars}）为主音的{name:word}调式。"),
}  # fmt: skip
