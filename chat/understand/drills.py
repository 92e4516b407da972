"""Scales and arpeggios to practise, where they are what is to be written: "D major scale, two octaves", 写一个C大调音阶练习.

What it does not know: questions about a scale ("what is …"), and tunes that only use the notes of one.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from chat.requirements import Wishes
from chat.understand.pitch import key_of
from chat.understand.timing import named_lengths

_WARM_UP = re.compile(
    r"\b(?:vocal|choir|choral|singing|voice|singers?'?) warm[- ]?ups?\b|\bwarm[- ]?ups?\b[^.;]{0,30}\b(?:choir|singers?|voices?|chorus|sing)\b|\bwarm[- ]?up\b[^.;]{0,40}\b(?:semitones?|half[- ]steps?)\b|练声|开嗓|发声练习"
)
_KINDS = (
    ("broken thirds", r"\b(?:broken|in) thirds\b|三度(?:音阶|模进|进行)"),
    ("arpeggio", r"\barpeggi(?:o|os|ated chords?)\b|琶音|分解和弦练习"),
    (
        "scale",
        r"\bscales?\b|音阶|\b(?:harmonic|melodic|natural) minor\b(?=.*\b(?:up and down|octaves?|ascending|descending)\b)",
    ),
)
_HALF_STEPS = re.compile(r"\bhalf[- ]?(?:steps?|tones?)\b")
_OTHER_WARM_UP = re.compile(
    r"\brounds?\b|\bcanon\b|\b(?:song|hymn|lyrics|words|about)\b|卡农|轮唱|歌词|歌曲|一首"
)
"""Singers warm up with these, too."""
_WRITES = re.compile(
    r"\b(?:write|notate|print|make|need|want|give|do|draw|prepare|create|compose|put)\b|\bexercises?\b|\bstud(?:y|ies)\b|\bpractic?[es]\w*\b|\bdrills?\b|\bwarm-?ups?\b|\bup and (?:back )?down\b|\b(?:going|goes|run(?:ning|s)?|climbs?) up\b|\bascending\b|\bdescending\b|\b(?:one|two|three|1|2|3) octaves?\b|写|练习|上行|下行|上下|来一?[个条段]|八度"
)
_USES = re.compile(
    r"\b(?:using|uses?|on|from|based on|built on|out of|only|with|within|notes of|in) (?:only |just )?(?:the |an? )?(?:[\w#]+ ){0,4}scales?\b(?! exercise)|\b(?:tune|song|piece|melody|jig|reel|waltz|march|hymn|lullaby|solo|blues|air|polka|minuet|raga?)\b|\bscalic\b|用[^,.;]{0,10}音阶(?!练习)|曲(?!谱)|歌|旋律"
)
"""A tune whose notes are a scale's; it is no exercise."""
_ASKS = re.compile(
    r"^(?:so |and |but |ok(?:ay)?,? )*(?:what|which|how|why|is|are|does|do(?! (?:me|us|an?|the)\b)|explain|tell|show|where|who)\b|什么|哪|怎么|为什么|吗\W*$|\?\s*$"
)
_OF = re.compile(
    r"\b(?:scale|arpeggio)s?(?: exercise| study| practice)? (?:going up |going down |up |down |starting )?(?:of|on|in|from) (?:the )?(?P<tonic>[A-Ga-g](?: ?(?:sharp|flat)|#|b)?)(?![a-z])(?: (?P<mode>major|minor))?"
)
_BEFORE = re.compile(
    r"(?<![A-Za-z])(?P<tonic>[A-G](?: ?(?:sharp|flat)|#|b)?) (?P<mode>major|minor)?\s?(?:\w+ ){0,2}?(?:scale|arpeggio|broken thirds)"
)
_OCTAVES = re.compile(rf"\b({numbers.NUMBER}) octaves?\b|({numbers.NUMBER})个?八度")


def drill_of(lower: str) -> str:
    """Which exercise a message wants written: `scale`, `arpeggio`, `broken thirds`; "" for none.

    >>> drill_of("write out the d major scale"), drill_of("a jig on the blues scale"), drill_of("what is a scale?")
    ('scale', '', '')
    >>> drill_of("写一个g大调琶音练习")
    'arpeggio'
    """
    other = (
        _OTHER_WARM_UP.search(lower)
        or _ASKS.search(lower)
        or named_lengths(_HALF_STEPS.sub(" ", lower))
    )
    if _WARM_UP.search(lower) and not other:
        return "vocal warm-up"
    kind = next((name for name, words in _KINDS if re.search(words, lower)), "")
    if not kind or _USES.search(lower) or _ASKS.search(lower) or not _WRITES.search(lower):
        return ""
    return kind


def read_drill(text: str, lower: str, wishes: Wishes) -> None:
    """`exercise`: what is to be practised; `details` say how many octaves and which way it goes."""
    kind = drill_of(lower)
    if not kind:
        return
    wishes.values["exercise"] = kind
    of = _OF.search(text) or _BEFORE.search(text)
    if of and "key" not in wishes.values:
        key = key_of(of["tonic"], of["mode"] or wishes.values.get("mode", "major"))
        if key is not None:
            wishes.values["key"] = key.name
    if kind == "vocal warm-up":
        lower = re.sub(r"warm[- ]?ups?", " ", lower)
        wishes.values.pop("range", "")  # that of the five notes, which go from key to key
        if "key" in wishes.values:
            wishes.details["first-key"] = wishes.values.pop("key")
    if octaves := _OCTAVES.search(lower):
        wishes.details["octaves"] = str(min(3, numbers.value(octaves[1] or octaves[2]) or 1))
    up = re.search(r"\bascending\b|\bup\b|\bupwards?\b|上行|上下", lower)
    down = re.search(r"\bdescending\b|\bdown\b|\bdownwards?\b|下行|上下", lower)
    if bool(up) != bool(down):
        wishes.details["direction"] = "up" if up else "down"
    if own := re.search(r"(和声|旋律)(?:小调)?音阶", lower):
        wishes.values["scale"] = "harmonic minor" if own[1] == "和声" else "melodic minor"
        if wishes.values.get("chords") == "yes":
            wishes.values.pop("chords")  # a word of the scale's name
    if len(unit := named_lengths(lower)) == 1 and "note_values" not in wishes.values:
        wishes.details["drill-unit"] = unit[0]
    wishes.values.pop("voices", None)  # a choir warms up in unison
    wishes.details.pop("ensemble", None)
    if wishes.values.get("range", "") == "octave":
        wishes.values.pop("range")  # as many octaves as it climbs
    wishes.values.pop("theme", None)
