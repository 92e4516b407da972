"""Changes of chords, loudness and closes that mean one thing together."""

from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.tune import Tune
from chat.understand.agreed.base import Found, names_of, without
from chat.understand.operation import Operation

# -- chords and loudness ----------------------------------------------------------------------


def simple_chords(found: Found, text: str, tune: Tune) -> Found:
    """ "Some chords, simple ones will do"."""
    if "add-chords" not in names_of(found):
        return found
    told = [
        o for o in found
        if o.name == "simplify" and not re.search(r"旋律|节奏|melody|rhythm|notes", o.said.lower())
    ]  # fmt: skip
    if not told:
        return found
    return [
        replace(o, values={"only": "I IV V", **o.values}) if o.name == "add-chords" else o
        for o in found if o not in told
    ]  # fmt: skip


def chords_allowed(found: Found, text: str, tune: Tune) -> Found:
    """ "I only know G and D, write other chords": those that may be used are named, so none are made richer; "Bm is too
    hard, an easier one": that one is what gets easier.
    """
    given = {o.values["old"] for o in found if o.name == "swap-chord" and "new" in o.values}
    found = [
        o for o in found
        if o.name != "swap-chord" or "new" in o.values or o.values["old"] not in given
    ]  # fmt: skip
    if "swap-chord" in names_of(found):
        found = without(
            found,
            {"simplify", "simplify-chords"},
            r"\b(?:easier|simpler|easy|simple)\b|简单|容易|好按",
        )
    named = any(o.name == "add-chords" and o.values.get("only") for o in found)
    if not named:
        return found
    again = [o for o in found if o.name == "add-chords" and o.values.get("only")]
    found = [o for o in found if o.name != "add-chords" or o is again[0]]
    return without(found, {"reharmonise", "swap-chord"})


def levels_said(found: Found, text: str, tune: Tune) -> Found:
    """Dynamics in general beside levels that are said: what is said is enough."""
    if not names_of(found) & {"dynamic", "louder", "quieter", "hairpin"}:
        return found
    exact = [_bars(o) for o in found if o.name == "dynamic"]
    return [
        o for o in without(found, {"swell"})
        if o.name not in ("louder", "quieter") or _bars(o) not in exact
    ]  # fmt: skip


def _bars(operation: Operation) -> tuple[int, int] | None:
    place = operation.place
    return (place.first, place.last) if place is not None else None


def closer_said(found: Found, text: str, tune: Tune) -> Found:
    """ "Dot it up: dotted crotchets in bars 1-4": what is said once more with its bars is said there."""
    return [
        o for n, o in enumerate(found)
        if o.place is not None or o.name not in _ONCE or not any(p.name == o.name and p.place for p in found[n + 1 :])
    ]  # fmt: skip


_ONCE = {"swing", "in-notes", "add-chords", "add-ornaments", "simplify-rhythm", "slur"}


def bare_bars(found: Found, text: str, tune: Tune) -> Found:
    """ "A two bar intro, no words over it": bars that are added carry no words, those that are there keep theirs."""
    if not names_of(found) & {"intro", "ending", "insert-bars", "new-bars"}:
        return found
    return without(found, {"remove-words"}, r"\b(?:over|on|under|for|in) (?:it|that|them)\b")


def simpler_once(found: Found, text: str, tune: Tune) -> Found:
    """ "Easier, fewer notes" is one wish: the more exact one, where both are for the same bars."""
    exact = [(_bars(o), o.voice) for o in found if o.name == "simplify-rhythm"]
    found = [
        o for n, o in enumerate(found)
        if o.name != "simplify-rhythm" or not any(
            p.name == o.name and _bars(p) == _bars(o) and p.voice == o.voice and "sixteenths" not in p.values.values()
            for p in found[:n]
        )
    ]  # fmt: skip
    return [o for o in found if o.name != "simplify" or (_bars(o), o.voice) not in exact]


_ONE_LONG = re.compile(
    r"\b(?:one|a|single) (?:single )?long note\b|一个长音|只[^,.;]{0,4}(?:最后一|末)个?小节"
    r"|\b(?:in|only|just|touch|change)\b[^.;]{0,12}\b(?:last|final) (?:bar|measure)\b"
)
"""The close is to be in the last bar that is there."""


def one_close(found: Found, text: str, tune: Tune) -> Found:
    """ "More final, a proper cadence" is one close."""
    anew = any(o.name == "rewrite" and o.place and o.place.last == tune.bar_count for o in found)
    if anew:  # "write the last two bars anew, with a strong close"
        found = [
            o for o in found if o.name != "ending" or o.values.get("kind") not in ("tonic", "held")
        ]
    if any(o.name == "ending" and o.values.get("kind") == "tonic" for o in found) and (
        _ONE_LONG.search(text.lower())
    ):
        found = [
            replace(o, values={"kind": "held"}) if o.name == "ending" and o.values.get("kind") == "tonic" else o
            for o in without(found, {"add-drone"})
        ]  # fmt: skip
    kinds = [o.values.get("kind") for o in found if o.name == "ending"]
    if "cadence" not in kinds and "held" not in kinds:
        return found
    return [o for o in found if o.name != "ending" or o.values.get("kind") != "tonic"]
