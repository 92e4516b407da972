"""How people ask for a key that suits a voice: "put it in a key for a low voice", 换个适合女中音的调.

What it does not know: ranges that are said by their notes (`notes.limits`), and "too high" (`pitch`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.edit.registry import semitones as interval
from abc_tools.tune import Tune
from chat.understand.ranges import VOICES
from chat.understand.rules.base import Clause, Rule, rule

_KEY = re.compile(
    r"\bkeys?\b|\btranspos\w+|\bpitch(?:ed)?\b|\bsits?\b|\bsuits?\b|\bfits?\b|调|移到|音高"
)
_ASKED = re.compile(
    r"\b(?:for|suits?|fits?|suitable|sing|sings|comfortable|that)\b|适合|给|方便|好唱|能唱"
)
_NO_VOICE_KEY = re.compile(
    r"\b(?:add|notes?|bottom|lowest|highest|top|octave|part|clef|line|write|compose|instrument|choir version|bars?|measures?|chorus|verse|which|what|why|how)\b|(?<![a-z])[a-g](?: flat| sharp|#|b)? (?:major|minor)\b|\b(?:in|into|to) (?:[b-g]|a(?! \w))(?: flat| sharp|#|b)?(?![a-z'])|加|写|小节|声部唱|什么|哪|(?:[升降]?[a-g][#b]?)(?:大调|小调|调)"
)
SHIFTS = range(-19, 20)


def signs_of(tune: Tune, semitones: int) -> int:
    """How many sharps or flats the key has that the tune would be in."""
    key = tune.key.transposed(interval(semitones)) if semitones else tune.key
    return sum(1 for alter in key.signature.values() if alter)


def best_shift(tune: Tune, low: int, high: int) -> int:
    """The semitones after which a tune lies best between two heights: as little outside and as central as may be, in
    a key of few signs, and moved no further than needed.
    """
    heights = [n for m in tune.voices[0].measures for e in m.events for n in e.midi]
    if not heights:
        return 0
    least, most = min(heights), max(heights)
    if low <= least and most <= high:
        return 0

    def badness(shift: int) -> float:
        outside = max(0, low - least - shift) + max(0, most + shift - high)
        return 10 * outside + signs_of(tune, shift) + abs(shift) / 2

    return min(SHIFTS, key=badness)


def suited(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A whole tune moved to where a voice can sing it."""
    if _NO_VOICE_KEY.search(clause.lower) or not _KEY.search(clause.lower):
        return None
    if not _ASKED.search(clause.lower) or len(clause.tune.voices) > 1:
        return None
    found = next((row for row in VOICES if re.search(row[1], clause.lower)), None)
    if found is None:
        return None
    name, _, low, high = found
    shift = best_shift(clause.tune, low, high)
    return {"semitones": str(shift)} if shift else {"": "suits-already", "voice": name}


RULES: tuple[Rule, ...] = (rule("transpose", "|".join(words for _, words, _, _ in VOICES), suited),)
