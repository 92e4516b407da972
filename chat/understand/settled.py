"""The changes of a message made agree: without what only gave a reason, what is said twice, and what is locked.

What this does not know: how a change is read.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.places import NoPlace, Place
from abc_tools.tune import Tune
from chat.understand.agreed import agreed
from chat.understand.operation import Operation
from chat.understand.place import rest_of

ONCE = {"add-bass", "second-voice", "add-chords", "swing", "in-notes"}
"""Changes that two ways of saying them ask for once: "a left hand, oom-pah-pah"."""
LOOSE = {"transpose": ("transpose", "octave", "limit-range", "key", "transpose-diatonic", "instrument", "alter-notes", "move-notes", "rename-notes"), "transpose-diatonic": ("transpose", "octave", "key"), "longer": ("repeat-bars", "intro", "ending"),
         "tempo-by": ("tempo",), "harder": ("reharmonise",), "simplify": ("plain-chords", "swap-for-one", "one-for-triplet", "drop-notes", "simplify-chords", "simplify-bass", "in-notes", "simplify-rhythm", "limit-range"),
         "simplify-rhythm": ("in-notes", "simplify-bass", "add-bass")}  # fmt: skip
"""A change that only gives a reason ("too high, an octave down") goes where one of these is named."""


def settled(found: list[Operation], text: str, tune: Tune) -> list[Operation]:
    """Without what only gave a reason, what nobody has to do, and with the number that a speed was given."""
    named = {o.name for o in found}
    found = agreed(found, text, tune)
    if len(found) > 1:
        found = [
            o
            for o in found
            if o.name not in ("sadder", "happier") or not _OPINION.search(o.said.lower())
        ] or found
        found = [o for o in found if o.name != "rewrite" or not _COMPLAINT.search(o.said.lower())]
    lone = [o for o in found if not (o.name in LOOSE and is_loose(o) and any(
        other is not o and other.name in LOOSE[o.name] and not (other.name == o.name and is_loose(other))
        for other in found))]  # fmt: skip
    lone = [o for n, o in enumerate(lone) if o.name != "as-is" and not any(
        (o.name, o.values, o.place) == (p.name, p.values, p.place)
        or (o.name == p.name and o.name in ONCE and o.place in (None, p.place)) for p in lone[:n])]  # fmt: skip
    if any(
        o.name == "rewrite" and o.place for o in lone
    ):  # "it feels wrong, give me another" is one wish
        lone = [o for o in lone if o.name != "rewrite" or o.place]
    if any(o.name == "add-choir" for o in lone):  # the choir's own voices are named beside it
        lone = [o for o in lone if o.name not in ("add-bass", "second-voice")]
    if KEEP_HARMONY.search(text):
        lone = [p for o in lone for p in (_lower(o) if o.name == "sadder" else [o])]
        lone = [o for o in lone if "chords" not in o.name or not KEEP_HARMONY.search(o.said)]
    given = {o.said for o in lone if o.name == "tempo"}
    lone = [o for o in lone if o.name not in ("tempo-by", "feel") or o.said not in given]
    if {"tempo-by", "feel"} & named and "tempo" not in named and (bpm := _speed_given(text, tune)):
        lone = [
            Operation("tempo", {"bpm": bpm}, o.place)
            if o.name in ("tempo-by", "feel") and "add" not in o.values
            else o
            for o in lone
        ]
    if len(lone) > 1 and any(o.name not in ("lock", "unlock") for o in lone):
        lone = [
            o for o in lone if o.name != "lock" or o.place is not None or o.values.get("voice")
        ]  # "leave the first alone" beside a change of the second
        locks = [o for o in lone if o.name == "lock"]
        lone = [
            replace(o, name="only-now") if o in locks else _beside(o, locks, tune) for o in lone
        ]
    return lone


def _speed_given(text: str, tune: Tune) -> str:
    """The number alone that a speed is to be; the one that it has ("120 is too fast, 84 please") is none."""
    found = [m[1] for m in _LONE_NUMBER.finditer(text)]
    return next((n for n in found if int(n) != round(tune.tempo.bpm)), "")


KEEP_HARMONY = re.compile(
    r"\b(?:leave|keep|don't (?:touch|change)|do not (?:touch|change)|without (?:touching|changing)|not change|same)\b[^.;]{0,12}\b(?:harmon(?:y|ies)|chords?|changes)\b|(?:和声|和弦)[^,.;]{0,4}(?:不变|别动|不动|保持|保留|留着|照旧|别改)|(?:保持|保留|不动|别动|不改)[^,.;]{0,4}(?:和声|和弦)",
    re.IGNORECASE,
)


def _lower(operation: Operation) -> list[Operation]:
    """Darker without other chords: an octave lower and softer."""
    return [
        replace(operation, name="octave", values={"octaves": "-1"}),
        replace(operation, name="dynamic", values={"level": "p"}),
    ]


def _beside(operation: Operation, locks: list[Operation], tune: Tune) -> Operation:
    """A change for no bars in particular goes where the same message locks nothing."""
    kept = next((o.place for o in locks if o.place is not None), None)
    own = operation.place
    if kept is not None and own is not None and operation.takes_bars:
        if own.first < kept.first <= own.last <= kept.last:
            return replace(operation, place=Place(own.first, kept.first - 1))
        if kept.first <= own.first <= kept.last < own.last:
            return replace(operation, place=Place(kept.last + 1, own.last))
    if kept is None or own is not None or not operation.takes_bars:
        return operation
    try:
        return replace(operation, place=rest_of(tune, kept))
    except NoPlace:
        return operation


_OPINION = re.compile(
    r"\b(?:thinks?|thought|finds?|found|says?|said|feels?|reckons?|it's|its|it is|is|was|sounds?|because|since)\b[^,.;]{0,24}\b(?:too |so |very |a bit |rather |quite )?(?:sad|gloomy|dark|mournful|melancholy|depressing|happy|cheerful|bright)\b|(?:觉得|感觉|认为|听起来|有点|太|嫌)[^,.;]{0,6}(?:悲|忧|暗|沉|欢|亮|吵)"
)
"""What somebody thinks of the tune as it is: the reason for a change, not a change."""
_COMPLAINT = re.compile(
    r"\b(?:is|are|sounds?|was)\b.{0,16}\b(?:boring|dull|weak|bad)\b|don'?t like|无聊|单调|不好听|不喜欢"
)


def is_loose(operation: Operation) -> bool:
    """Whether a change was read from a reason: "too high", "太难"."""
    if operation.name in ("transpose", "transpose-diatonic"):
        return re.search(r"\btoo (?:high|low)\b|太[高低]", operation.said.lower()) is not None and not re.search(
            r"\b(?:tone|step|semitone|third|fourth|fifth|octave)s?\b|度|个音|半音|全音", operation.said.lower())  # fmt: skip
    if operation.name in ("harder", "simplify", "simplify-rhythm"):
        return re.search(r"\btoo\b|太", operation.said.lower()) is not None
    return (
        operation.name in ("longer", "tempo-by")
        and re.search(r"\btoo\b|twice as long|太|keep up|跟不上", operation.said.lower())
        is not None
    )


def tells(operation: Operation) -> bool:
    """Whether a change was read from what somebody finds wrong: "it is boring", "that sits too high"."""
    if operation.name == "rewrite":
        return _COMPLAINT.search(operation.said.lower()) is not None
    return operation.name in LOOSE and is_loose(operation)


_LONE_NUMBER = re.compile(
    r"(?<![\d/.-])(?:number |about |around |say |maybe |to )?\b([3-9]\d|1\d\d|2[0-4]\d)\b(?!\s*(?:%|percent|bars?|measures?|小节|/|-|个|bpm more))"
)
