"""What goes for the second time, what is left, and what is written out."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.numbers import in_digits
from abc_tools.places import Place
from abc_tools.play import play_order
from abc_tools.tune import Tune
from chat.understand.agreed.base import Found, names_of, without
from chat.understand.operation import Operation

# -- the second time --------------------------------------------------------------------------


def second_time(found: Found, text: str, tune: Tune) -> Found:
    """ "Repeat the ending, slower the second time": the repetition is written out, and the copy is changed. Where nothing
    is repeated by this message, repeat signs cannot say it, and the clause is left aside.
    """
    timed = [o for o in found if "time" in o.values]
    if not timed:
        return found
    again = next(
        (o for o in found if o.name in ("repeat-bars", "duplicate-bars") and o.place), None
    )
    if again is None or again.place is None or any(o.values["time"] == "1" for o in timed):
        aside = [Operation("left-aside", {"said": o.said}) for o in timed]
        return [o for o in found if o not in timed] + aside
    size = again.place.last - again.place.first + 1
    copy = Place(again.place.last + 1, again.place.last + size)
    written = replace(again, values={"way": "written"}) if again.name == "repeat-bars" else again
    later = [
        replace(o, place=copy, values={k: v for k, v in o.values.items() if k != "time"})
        for o in timed
    ]  # fmt: skip
    return [*(written if o is again else o for o in found if o not in timed), *later]


_LEFT_WITH = re.compile(
    r"\b(?:left with|leaves? (?:us |me )?(?:with|just)|only (?:need|want|have|keep)|keep (?:only|just))\b(?P<en>[^.;]*)|只(?:留|剩|要)(?P<zh>[^,.;]*)"
)


def left_with(found: Found, text: str, tune: Tune) -> Found:
    """ "Drop that line so we're left with soprano, alto and bass": the voices that are not named go, and no others."""
    match = _LEFT_WITH.search(text.lower())
    if (
        match is None
        or len(tune.voices) < 3
        or not names_of(found) & {"remove-voice", "extract-voice"}
    ):
        return found
    said = match["en"] or match["zh"] or ""
    kept = [
        v
        for v in tune.voices
        if len(v.name) > 2
        and re.search(rf"(?<![a-z]){re.escape(v.name.lower())}(?:e?s)?(?![a-z])", said)
    ]
    gone = [v for v in tune.voices if v not in kept]
    if len(kept) < 2 or not gone:
        return found
    rest = without(
        found, {"remove-voice", "extract-voice", "add-bass", "second-voice", "middle-voice"}
    )
    return [*(Operation("remove-voice", {"voice": v.id}, said=text) for v in gone), *rest]


_OUT_IN_FULL = re.compile(
    r"\bwrite (?:it|them|this|that|everything|the (?:whole )?(?:tune|thing|piece|song|music)) (?:all )?out\b(?! (?:for|again))|\bwritten out in full\b|(?:反复|重复).{0,6}(?:写出来|展开)"
)


def written_out(found: Found, text: str, tune: Tune) -> Found:
    """ "Write it out in full with no repeat signs": the signs go because the music stands there twice."""
    counted = _SO_MANY_BARS.search(in_digits(text.lower()))
    played = counted is not None and int(counted["en"] or counted["zh"]) == _bars_played(tune)
    if (_OUT_IN_FULL.search(text.lower()) or played) and "drop-repeats" in names_of(found):
        rest = without(
            found,
            {"write-out-repeats", "left-aside", "longer", "new-length"}
            if played
            else {"write-out-repeats"},
        )
        return [
            replace(o, name="write-out-repeats") if o.name == "drop-repeats" else o for o in rest
        ]
    return found


_SO_MANY_BARS = re.compile(r"\b(?P<en>\d+) (?:\w+ )?(?:bars|measures)\b|(?P<zh>\d+)个?小节")


def _bars_played(tune: Tune) -> int:
    """How many bars sound when every repeat is played."""
    return sum(tune.measures[n].number > 0 for n in play_order(tune.measures))


_BARE = re.compile(r"\b(?:bare|plain|main) notes\b|光(?:留|要)音|只(?:留|要)(?:主要的?)?音")


def bare_of_ornaments(found: Found, text: str, tune: Tune) -> Found:
    """ "Strip out the ornaments, just the bare notes": bare of ornaments, not of notes."""
    if "remove-ornaments" in names_of(found) and _BARE.search(text.lower()):
        return without(found, {"simplify"})
    return found


_COMES_HOME = re.compile(
    r"\b(?:end|ends|ending|close|closes|closing|finish|finishes|finishing|land|lands|landing|settle|settles|resolve|resolves|resolving|come|comes|coming|bring|brings|rest|lead|leads)\b[^.;]{0,24}?\b(?:home|tonic|key ?note|home note|do)\b|(?:落|停|收|结束|回|终止)(?:回|在|到)(?:了)?主音|(?:有|要)(?:终止|结束|收束)感|小节(?:来)?(?:收尾|作结|收束)"
)


def closing_bars(found: Found, text: str, tune: Tune) -> Found:
    """ "Two more bars at the end that close on the tonic": the new bars close, and none is added for that."""
    new = next(
        (o for o in found if (o.name == "new-bars" and o.values.get("bar") == "end") or (o.name == "longer" and "twice" not in o.values)),
        None,
    )  # fmt: skip
    if new is None or not _COMES_HOME.search(text.lower()):
        return found
    rest = [
        o for o in found
        if o.name != "ending" or o.values.get("kind") not in ("tonic", "held")
    ]  # fmt: skip
    return [*rest, Operation("come-home", {}, said=text)]
