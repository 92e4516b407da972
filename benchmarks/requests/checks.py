"""All checks of a turn, and whether the reply's own ✓ are true.

`judge(turn, checks)` says everything that is wrong. `dishonest(turn)` takes the requirements that the reply
says are met and looks at the music itself; a requirement whose value cannot be read here is left out. A tune that
changed although the reply says `changed: false` counts too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from benchmarks.requests import on_chords, on_edits, on_music, on_reply, on_shape
from benchmarks.requests.registry import CHECKS, judge
from benchmarks.requests.score import Turn

__all__ = ["CHECKS", "TABLES", "Turn", "dishonest", "judge"]

TABLES = (on_chords, on_edits, on_music, on_reply, on_shape)
"""The modules whose checks are in the table."""

_NUMBER = re.compile(r"\d+")
_KEY = re.compile(r"[A-G][#b]? [a-z]+")
_FORM = re.compile(r"[A-H]{2,8}")
_DEGREES = re.compile(r"(?:VII|VI|V|IV|III|II|I)(?: (?:VII|VI|V|IV|III|II|I))*")
_LENGTHS = re.compile(r"\d+/\d+(?: \d+/\d+)*")
_COMPASS = re.compile(r"([A-G][#b]?\d) ([A-G][#b]?\d)")
_YES = {"yes": True, "no": False}


def _claim(name: str, value: str) -> dict[str, Any] | None:
    """The check of the table that a declared requirement amounts to; None if it is not known here."""
    exact: dict[str, tuple[str, re.Pattern[str], Callable[[str], Any]]] = {
        "key": ("key", _KEY, str),
        "bars": ("bars", _NUMBER, int),
        "voices": ("voices", _NUMBER, int),
        "tempo": ("tempo", _NUMBER, int),
        "meter": ("meter", re.compile(r"\d+/\d+"), str),
        "form": ("form", _FORM, str),
        "note_values": ("lengths", _LENGTHS, str.split),
        "range": ("within", _COMPASS, str.split),
    }
    if name in exact:
        check, pattern, read = exact[name]
        known = pattern.fullmatch(value)
        return {"check": check, "value": read(value)} if known else None
    if name in ("chords", "pickup", "lyrics") and value in _YES:
        return {"check": name, "value": _YES[value]}
    if name == "chords" and _DEGREES.fullmatch(value):
        return {"check": "chords_only", "value": value.split()}
    if name == "title" and value:
        return {"check": "title", "value": value}
    if name == "scale" and value == "pentatonic":
        return {"check": "pentatonic", "value": "any"}
    return None


def dishonest(turn: Turn) -> list[str]:
    """What the reply says of itself although the music says otherwise: met, or unchanged."""
    claims = [
        claim
        for requirement in turn.reply.get("requirements") or []
        if requirement.get("met") is True
        and (claim := _claim(str(requirement.get("name")), str(requirement.get("value"))))
    ]
    hidden = turn.after != turn.before and turn.reply.get("changed") is False
    found = ["changed, and said not to be"] if hidden else []
    return found + [f"said to be met: {w}" for w in (judge(turn, claims) if turn.after else [])]
