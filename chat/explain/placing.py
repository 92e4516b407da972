"""Which bars a question is about: those that it names, those chosen on the score, or the whole tune."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.places import Place, find_place
from abc_tools.tune import Tune
from chat.explain import asked_here, asked_parts, asked_players

PLACED = frozenset(
    ("mood", "chord tones", "notes", "passage", "one note", "harmony", "cadence", "degrees", "rhythm",
     "first note", "last note", *asked_here.KINDS)
)  # fmt: skip
"""Topics for which a selection counts even when the message does not point at it."""
UNPLACED = (
    "compare", "title", "count-in", "bars in all", "since", "which version", "titles", *asked_players.WHOLE, *asked_parts.WHOLE,
)  # fmt: skip
"""Topics that are about the whole tune, whatever part their words name."""

_POINTING = re.compile(
    r"\bhere\b|\bthis (?:bar|measure|passage|part|bit|section|phrase|spot|place|note|chord)\b|\bthese (?:bars|measures|notes|chords)\b|\bselect|\bthe selection"
    r"|这里|这(?:个|几|两|三|四)?小节|这几|选中|所选|选的|这(?:一)?段|这句|此处|这些小节"
)
_WHOLE = re.compile(
    r"\b(?:tune|piece|song|whole|entire|all of it|overall)\b|全曲|整首|这首|曲子|整个"
)


def place_of(
    topic: str, lower: str, tune: Tune, selection: tuple[int, int] | None
) -> Place | str | None:
    """The bars that a question of a topic is about; a sentence where it names bars that the tune has not."""
    if topic in UNPLACED:
        return None
    words = re.sub(r"pick-?\s?up|anacrusis|up-?beat|弱起|哪一?个?小节", " ", lower)
    if topic in ("last note", "first note", "cadence", "pickup", "what-if"):
        words = re.sub(r"\b(?:first|last|final|opening) (?:note|pitch|chord)\b", " ", words)
    words = re.sub(rf"what(?:'s| is) the {topic}", " ", words)
    place = _find(tune, words, topic)
    if isinstance(place, str):
        return place
    pointed = _POINTING.search(lower) or (topic in PLACED and not _WHOLE.search(lower))
    if place is None and selection is not None and tune.measures and pointed:
        return Place(*selection, name="selection")
    return place


def _find(tune: Tune, words: str, topic: str) -> Place | str | None:
    """The place that some words name; a sentence where they name bars that are not there."""
    words = re.sub(r"一(?=[共下般遍样起直定些点])", " ", words)
    try:
        return find_place(tune, words)
    except ValueError as problem:
        numbered = re.search(
            r"(?:bars?|measures?)\s*(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|第?\s*[\d一二三四五六七八九十百]+\s*(?:到|-|至)?.{0,4}小节",
            words,
        )
        asks_count = topic == "count" and not re.search(r"\bin (?:bars?|measures?)\b|第", words)
        return str(problem) if numbered and not asks_count and tune.measures else None
