"""What a mood or a kind of music adds to what was asked for; only what nobody said otherwise.

What it does not know: which words stand for a mood (`chat.understand.tables`).
"""

from __future__ import annotations

import random
import re

from abc_tools.styles import STYLES
from chat.act.plan.lengths import SHORT_BARS
from chat.requirements import Wishes

MOODS = {
    "sad": {"mode": "minor", "tempo": "slow"}, "happy": {"mode": "major", "tempo": "fast"},
    "calm": {"mode": "major", "tempo": "slow"}, "angry": {"mode": "minor", "tempo": "fast"},
}  # fmt: skip
"""What listeners expect of a mood; only what nobody said otherwise."""


LONG = 24
"""Bars from which a piece that is no dance is not played twice over."""


def settled(wishes: Wishes, rng: random.Random) -> dict[str, str]:
    """The values asked for, completed by what a kind of music or a mood implies."""
    values = dict(wishes.values)
    implied = dict(wishes.implied)
    if "style" in implied and "rhythm" not in values and "meter" not in values:
        values["rhythm"] = rng.choice([s for s in _styles(implied.pop("style")) if s in STYLES])
    implied.pop("style", None)
    if values.get("scale") == "diatonic" and implied.get("scale") == "pentatonic":
        values["scale"] = "pentatonic"  # five of the seven
    if values.get("scale") == "whole tone":
        values.setdefault("chords", "no")  # no chord of a key is in it
    if "not-key" in wishes.details:
        values["not-key"] = wishes.details["not-key"]
    if "seconds" in values or "form" in values:
        implied.pop("bars", None)
    if "seconds" in values:  # a few seconds have no room for the form of a song
        implied.pop("form", None)
    if "bars" in values and "form" in implied and int(values["bars"]) < 2 * len(implied["form"]):
        implied.pop("form")
    if "progression" in values:  # its row goes round, whatever the kind of music
        implied.pop("form", None)
    if values.get("chords") in ("no",) or "progression" in values:
        implied.pop("progression", None)
        implied.pop("chords", None)
    style = STYLES.get(implied.get("rhythm", ""))
    if style is not None and "meter" in values and values["meter"] not in style.meters:
        implied.pop("rhythm")
    if "1/1" in values.get("note_values", "").split() and not {"meter", "rhythm"} & set(values):
        implied["meter"] = "4/4"  # a bar that holds a whole note
    if "progression" in wishes.values and not {"meter", "rhythm"} & set(values):
        implied.setdefault("meter", "4/4")  # what chords go round in
    if "key" in values:
        implied.pop("mode", None)
    for name, value in (*implied.items(), *MOODS.get(wishes.mood, {}).items()):
        if name == "mode" and "key" in values:
            continue
        values.setdefault(name, value)
    if int(values.get("bars", "0")) >= LONG and not {"rhythm", "form", "repeats"} & set(values):
        values["repeats"] = "no"  # so many bars are all that is played
    if "short" in wishes.details and not {"bars", "seconds", "form", "progression"} & set(values):
        values["bars"] = str(SHORT_BARS)
    return values


def _styles(text: str) -> list[str]:
    names = sorted(STYLES, key=len, reverse=True)
    found = [n for n in names if re.search(rf"\b{n}\b", text)]
    return [n for n in found if not any(n != other and n in other for other in found)]
