"""Changes of repeats, endings, tags and the order of parts that mean one thing together."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.places import Place
from abc_tools.tune import Tune
from chat.understand.agreed.base import Found, names_of, with_values, without
from chat.understand.operation import Operation

# -- the shape of the whole -------------------------------------------------------------------


_OF_A_TAG = (
    ("slow-down", {"kind": "slower"}, r"\bslow(?:er|ly|ing|s)?\b|\brit|慢"),
    ("hairpin", {"kind": "softer"}, r"\bfad(?:e|es|ing)\b|\bd(?:ie|ies|ying) away\b|\bdimin|\b(?:softer|quieter)\b|渐弱|变弱|越来越(?:弱|轻)|淡出"),
)  # fmt: skip


def slower_tag(found: Found, text: str, tune: Tune) -> Found:
    """A tag that shall be slower slows down in the last bars, one that fades grows soft there."""
    tags = [o for o in found if o.name == "ending" and o.values.get("kind") == "tag"]
    end = tune.bar_count
    place = Place(max(1, end - 1), end, "last two bars")
    more = [
        Operation(name, dict(values), place)
        for name, values, words in _OF_A_TAG
        if name not in names_of(found) and any(re.search(words, o.said.lower()) for o in tags)
    ]
    return [*found, *more]


def repeats_and_endings(found: Found, text: str, tune: Tune) -> Found:
    """Repeats that go together with endings: first one ending for two, then every part once."""
    names = names_of(found)
    if "one-ending" in names and names & {"drop-repeats", "write-out-repeats"}:
        found = [
            replace(o, name="drop-repeats") if o.name == "write-out-repeats" else o
            for o in found if o.name != "ending"
        ]  # fmt: skip
        found.sort(key=lambda o: o.name == "drop-repeats")
    if {"drop-repeats", "write-out-repeats"} <= names_of(
        found
    ):  # "take them out, write each part out in full"
        full = (
            re.search(r"\bwrit\w+\b.*\b(?:full|out|twice)\b|写出来|写两遍", text.lower())
            is not None
        )
        found = without(found, {"drop-repeats" if full else "write-out-repeats"})
    at = next((o for o in found if o.name == "ending" and o.values.get("at")), None)
    if at is not None and re.search(
        r"\b(?:second|2nd)\b[^.;]{0,16}\blead|第二[^,.;]{0,6}(?:引|过渡|连)", text.lower()
    ):
        found = without(
            with_values(found, "ending", lead="yes"),
            {"rewrite", "left-aside"},
            r"\blead|引|过渡|连",
        )
    if "write-out-repeats" in names_of(found):
        found = without(found, {"delete-bars", "duplicate-bars", "repeat-bars", "copy-bars"})
    return found


def intro_on_tonic(found: Found, text: str, tune: Tune) -> Found:
    """ "Four bars of intro, the tonic chord will do"."""
    if "intro" not in names_of(found):
        return found
    words = r"\b(?:on|with|just|only)\b[^.;]{0,12}\b(?:tonic|home|one) chord|主和弦"
    rest = without(found, {"add-chords", "set-chords"}, words)
    return found if len(rest) == len(found) else with_values(rest, "intro", kind="tonic")


def parts_in_order(found: Found, text: str, tune: Tune) -> Found:
    """What else is said of the parts tells their order, too: "swap B and C, and play A twice at the end"."""
    if "order-parts" not in names_of(found):
        return found
    order = next(o for o in found if o.name == "order-parts")
    parts = order.values["parts"]
    if _SWAPS.search(order.said.lower()):
        parts += "".join(_once_more(m, parts) for m in _AT_LAST.finditer(text))
    rest = without(
        found,
        {"swap-bars", "repeat-bars", "move-bars", "delete-bars", "copy-bars", "duplicate-bars"},
    )
    return with_values(rest, "order-parts", parts=parts)


_SWAPS = re.compile(r"\b(?:swap|switch|exchange)|互换|对调|交换|换")
_AT_LAST = re.compile(
    r"\b(?:play|repeat|have|put|add|do)\b[^.;,]{0,12}?(?<![A-Za-z])(?P<a>[A-H])(?![A-Za-z'])(?P<at>[^.;,]{0,24}?)\b(?:at the (?:very )?end|to (?:finish|end|close)|last)\b"
    r"|\b(?:finish|end|close)(?: up| off)? with (?:the )?(?P<b>[A-H])(?![A-Za-z'])(?P<bt>[^.;,]{0,24})|最后(?:再)?(?:来|奏|唱|弹|放)?(?P<zt>一遍|两遍)?(?P<z>[A-H])段?(?P<yt>一遍|两遍)?"
)


def _once_more(match: re.Match[str], parts: str) -> str:
    """The part that comes at the end: once, or as often as it is said; empty for one that the tune has not."""
    letter = match["a"] or match["b"] or match["z"]
    times = f"{match['at'] or match['bt'] or ''}{match['zt'] or ''}{match['yt'] or ''}"
    twice = re.search(r"\btwice\b|\btwo times\b|两遍", times)
    return letter * (2 if twice else 1) if letter in parts else ""


def one_meter(found: Found, text: str, tune: Tune) -> Found:
    """ "It must be in 2/4, just move the bar lines: 4/4 to 2/4": one metre, said twice."""
    meters = [o for o in found if o.name == "meter" and o.place is None]
    if len(meters) < 2 or len({o.values["meter"] for o in meters}) > 1:
        return found
    last = max(meters, key=lambda o: len(o.values))
    return [o for o in found if o not in meters or o is last]


def bars_named_out(found: Found, text: str, tune: Tune) -> Found:
    """ "Two bars less, take out 5 and 6": the bars that go are those that are named."""
    if not any(o.name == "delete-bars" and o.place is not None for o in found):
        return found
    return [
        o for o in found
        if o.name != "shorter" and not (o.name == "left-aside" and _FEWER.search(o.said or o.values.get("said", "")))
    ]  # fmt: skip


_FEWER = re.compile(
    r"\bbars? (?:less|fewer|shorter)\b|\b(?:less|fewer) bars?\b|少[^,.;]{1,3}小节", re.IGNORECASE
)
