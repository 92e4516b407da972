"""How people tell of chords that they cannot play: each gives way to an easier one, wherever it stands.

What it does not know: chords that others are named for (`chords`), and the only chords somebody knows (`chords`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.chords import parse_chord
from chat.understand.rules.base import Clause, Rule, rule

_CHORD = r"[A-G](?:#|b)?(?:maj7|m7b5|m7|maj|m|dim|sus4|sus2|7|6|9)?(?![A-Za-z#])"
_CHORDS = re.compile(rf"(?<![A-Za-z]){_CHORD}")
OPEN = frozenset((
    "C", "D", "E", "G", "A", "Am", "Dm", "Em", "A7", "B7", "C7", "D7", "E7", "G7", "Am7", "Dm7", "Em7",
    "Cmaj7", "Dmaj7", "Fmaj7", "Gmaj7", "Amaj7", "Asus2", "Asus4", "Dsus2", "Dsus4", "Esus4", "Cadd9",
))  # fmt: skip
"""Chords of a guitar that need no barre."""
_HARD = (
    r"\b(?:can'?t|cannot|can not|couldn'?t|unable to|don'?t know(?: how to)?|never learn\w+|struggle with|hate|stuck on|trip over)\b|\b(?:too )?(?:hard|difficult|tricky|awkward)\b|\b(?:easier|simpler|something (?:else|easy|simple)|friendlier|playable|anything but)\b|\b(?:avoid|without|no|get rid of|lose|drop|remove|skip)\b"
    r"|按不[了好住]|弹不[了好]|不会[按弹]|不好按|难按|太难|(?:好按|简单|容易)(?:一?点)?的|别用|不要|避开|去掉"
)
_GIVEN = re.compile(
    r"\b(?:to|with|for|by|into|instead of|use|try|put|play) (?:an? )?[A-G][#b]?(?:m|7|maj7|m7)?(?![A-Za-z#])(?! (?:and|with|or|is|are)\b)|[换改]成[A-G]|用[A-G]|代替"
)
_OTHER = re.compile(
    r"\b(?:only|just|key|scale|notes?|capo|bars? \d|transpos\w+|sharp|flat|reach|sing|mean|what|which|why|how)\b|只|调(?!和弦)|音(?!乐)|什么|哪|为什么"
)


def out_of_hand(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Which chords of the tune go: those that are named, or all that need a barre."""
    there = {e.chord_symbol for m in clause.tune.measures for e in m.events if e.chord_symbol}
    if not there or _OTHER.search(clause.lower):
        return None
    barre = re.search(r"\bbarr?e\b|\bbar chords\b|横按|大横按", clause.lower)
    names = [n for n in _CHORDS.findall(clause.text) if n in there and parse_chord(n) is not None]
    spoken = re.search(r"\bchords?\b|和弦|按|弹", clause.lower) or any(len(n) > 1 for n in names)
    if barre and not names:
        names = sorted(n for n in there if n not in OPEN and parse_chord(n) is not None)
    if not names or (not barre and (not spoken or _GIVEN.search(clause.text))):
        return None
    return {"old": " ".join(dict.fromkeys(names))}


RULES: tuple[Rule, ...] = (rule("swap-chord", _HARD, out_of_hand),)
