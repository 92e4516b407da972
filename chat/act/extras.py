"""What a wish for a new tune asks beyond what the model is told: changes made when the tune is there.

"Staccato throughout", "swing feel", "slow down at the end": each part of the wish that no reader of wishes knows is
read as a change of the tune that was written, by the rules and the classifier that read changes. Only changes that
add to a tune are made. What nobody understands is handed back, to be named in the reply.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat.act.change import Context
from chat.act.edits import Made, made_of
from chat.check import check
from chat.reply import Progress
from chat.understand.guess.reading import completed
from chat.understand.operation import Operation
from chat.understand.operations import Around
from chat.understand.unread import unread

ADDING = frozenset((
    "mark-notes", "slur", "swing", "straighten", "add-ornaments", "hairpin", "swell", "slow-down", "dynamic", "louder",
    "quieter", "intro", "ending", "add-drone", "add-bass", "second-voice", "add-choir", "add-pickup", "repeat-bars",
    "write-out-repeats", "drop-repeats", "picardy", "jazzy", "amen", "canon", "clef", "add-variations",
))  # fmt: skip
"""Changes that a new tune may be given; the others would undo what the wish has been read for."""


@dataclass(frozen=True)
class Extras:
    """A tune with what was added, the sentences for it, the parts of the wish that were left aside, and those that
    were understood and could not be done, each with the reason.
    """

    tune: Tune
    said: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    longer: int = 0


LENGTHENING = frozenset(("intro", "amen", "add-variations"))
"""Changes whose bars come to those that were asked for."""


_IS_AN_INTRO = re.compile(
    r"\b(?:intro|outro|introduction|sting|ident|jingle|opener|opening|theme|closing)(?: \w+)? (?:for|to) (?:my|our|the|an?|his|her) (?:\w+ ){0,3}(?:podcast|videos?|show|channel|vlog|stream|radio|programme|program|film|movie|game|episode|youtube|assembly|ceremony|service|talk|presentation)\b|\b(?:podcast|video|vlog|channel|youtube|show|stream|radio) (?:intro|outro|opener|theme)\b|(?:播客|视频|节目|直播|短片|vlog|频道|片子|微课)[^,.;]{0,6}(?:片头|片尾|开头|开场|前奏|引子|主题)"
)
"""A piece that opens something else, not bars before a tune."""


def with_extras(
    tune: Tune, request: str, context: Context, asked: Mapping[str, str] | None = None
) -> Iterator[Progress | Extras]:
    """The tune with everything that its wish asks beside; progress, then one `Extras`. What would take away one of the
    requirements `asked` that are met is left out; bars of an intro come to those that were asked for.
    """
    longer = 0
    made = Made(tune)
    aside: list[str] = []
    failed: list[tuple[str, str]] = []
    itself = "seconds" in (asked or {}) or _IS_AN_INTRO.search(request.lower()) is not None
    for part in unread(request):
        operations = [o for o in _read(part, made.tune) if o.name in ADDING or _is_last_note(o)]
        if itself and any(o.name in ("intro", "ending") for o in operations):
            continue
        if operations and all(_holds(made.tune, o) for o in operations):
            continue
        before = made
        operations = [_melody_only(o, before.tune) for o in operations]
        for item in made_of(Made(before.tune, before.said), operations, context):
            if isinstance(item, Made):
                made = item
            else:
                yield item
        if any(o.name in LENGTHENING for o in operations) and made.done and not errors(made.tune):
            longer += made.tune.bar_count - before.tune.bar_count
            continue
        lost = _broken(before.tune, made.tune, asked)
        if lost and (other := _gentler(operations)) is not None:
            made = before
            for item in made_of(Made(before.tune, before.said), other, context):
                if isinstance(item, Made):
                    made = item
            lost = _broken(before.tune, made.tune, asked)
        if lost or not made.done or errors(made.tune):
            if made.failed and not lost:
                failed.append((part, made.failed))
            else:
                aside.append(part)
            made = before
    yield Extras(made.tune, made.said, tuple(aside), tuple(failed), longer)


def _holds(tune: Tune, operation: Operation) -> bool:
    """Whether a tune is already as a change would make it: it ends on a long tonic."""
    if operation.name != "ending" or operation.values.get("kind") != "tonic":
        return False
    last = next((e for e in reversed(list(tune.voices[0].events)) if e.notes), None)
    return (
        last is not None
        and last.midi[-1] % 12 == tune.key.pitch_class
        and last.duration >= Fraction(1, 2)
    )


def _broken(before: Tune, after: Tune, asked: Mapping[str, str] | None) -> bool:
    """Whether a requirement that was met is not met any more."""
    if not asked or before.source == after.source:
        return False
    met = {r.name for r in check(before, dict(asked)) if r.met}
    return any(r.name in met and not r.met for r in check(after, dict(asked)))


def _melody_only(operation: Operation, tune: Tune) -> Operation:
    """A swing for the melody over a left hand, whose beats stay even."""
    low = len(tune.voices) == 2 and "bass" in tune.voices[1].clef
    if operation.name == "swing" and low and operation.voice is None:
        return replace(operation, voice=tune.voices[0].id)
    return operation


def _gentler(operations: list[Operation]) -> list[Operation] | None:
    """The same changes in another way that may keep what was asked for: quarters dotted, not eighths."""
    if any(o.name == "swing" and o.values.get("of") == "either" for o in operations):
        return [
            replace(o, values={**o.values, "of": "quarters"}) if o.name == "swing" else o
            for o in operations
        ]
    return None


def _is_last_note(operation: Operation) -> bool:
    """Whether a change is about the last note alone."""
    return operation.name == "alter-notes" and operation.values.get("nth") == "-1"


def _read(part: str, tune: Tune) -> list[Operation]:
    """The changes that a part of the wish asks for; those of places that the tune has not are none."""
    return [o for o in completed(part, tune, Around()) if o.wrong is None]
