"""New music on certain notes alone: "4 more bars, still the same three notes", "only B, A and G", 还是这三个音.

What the model has written is moved to the nearest of these notes; rhythm stays. What this does not know: which bars are
written, and a range without certain notes (`limit-range`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.edit.picked import repitched
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.text import apply
from abc_tools.theory import Pitch
from abc_tools.tune import Tune
from chat.requirements import Wishes
from chat.understand.compass import read_pitches

_SAME_NOTES = re.compile(
    r"\b(?:still|only|just|again|with|using|use|on|of|from|to|and)\b[^.;]{0,16}\b(?:the |these |those |her |his |my |our )?(?:same|these|those)(?: (?:\d|two|three|four|five|six|few))? (?:notes|pitches|tones)\b"
    r"|\bsame (?:\d|two|three|four|five|six|few) (?:notes|pitches|tones)\b|\b(?:no|without(?: any)?|don'?t (?:use|add)(?: any)?) (?:new|other|more|further|different) (?:notes|pitches|tones)\b|\b(?:only|just) (?:the )?notes (?:that )?(?:\w+ ){1,3}(?:knows?|has|have|can play|learned|learnt)\b"
    r"|(?:还是|只|就|仍然?|同样|也)(?:用|是|要)?(?:这|那|原来|同样|一样)的?(?:几|[两二三四五六]|\d)?个?音(?!乐|域|区)|(?:同样|一样|相同|原来)的?(?:几|[两二三四五六]|\d)?个?音(?!乐|域|区)|(?:不要|别|不)(?:用|加|出现)?(?:别的|新的?|其他的?)音(?!乐|域|区)",
    re.IGNORECASE,
)


def notes_meant(message: str, tune: Tune, place: Place, voice: int = 0) -> frozenset[Pitch]:
    """The only notes that a message allows in some bars; none where it says nothing of the kind."""
    line = tune.voices[voice].measures
    there = {
        n.written
        for m in line
        if not place.first <= m.number <= place.last
        for e in m.events
        for n in e.notes
    }
    if _SAME_NOTES.search(message):
        return frozenset(there)
    wishes = Wishes()
    read_pitches(message, message.lower(), wishes)
    names = wishes.values.get("pitches", "").split()
    if not names:
        return frozenset()
    signs = {"#": 1, "b": -1, "": 0}
    heights = [p.midi for p in there] or [60, 76]
    found = {Pitch(name[0], signs[name[1:]], octave) for name in names for octave in range(2, 7)}
    near = {p for p in found if min(heights) - 2 <= p.midi <= max(heights) + 2}
    return frozenset(near or found)


def kept_to(tune: Tune, place: Place, notes: frozenset[Pitch], voice: int = 0) -> Tune:
    """The tune with the notes of some bars of a voice on the nearest of certain notes."""
    if not notes:
        return tune
    new = []
    for measure in tune.voices[voice].measures:
        if not place.first <= measure.number <= place.last:
            continue
        for event in measure.events:
            own = [_nearest(n.written, notes) for n in event.notes]
            if own != [n.written for n in event.notes]:
                new.append((measure, event, own))
    return parse_tune(apply(tune.source, repitched(tune, new))) if new else tune


def _nearest(pitch: Pitch, notes: frozenset[Pitch]) -> Pitch:
    return min(notes, key=lambda p: (abs(p.midi - pitch.midi), p.midi))
