"""What a change is, and how one is carried out: a tune, an operation and a context in, a new tune and a sentence out.

`edited` makes one edit of `abc_tools` by its name; the edits prove their own promises
(`abc_tools.edit.registry`), and that the bars outside are byte-identical is asserted here, where it happens.
Locked bars and voices stay as they are. What it does not know: which changes there are beside the edits (`own`), and
how a change is asked for (`chat.understand`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from abc_tools import edit
from abc_tools.edit.registry import EDITS, run
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.text import apply
from abc_tools.tune import Measure, Tune
from chat.act.rewrite import CannotChange, assert_local
from chat.phrases import bars_text, plain, say
from chat.reasons import reason
from chat.reply import Progress
from chat.sayings import said_of
from chat.session import Lock
from chat.understand.operation import Operation
from lm.generate import Backend


@dataclass(frozen=True)
class Change:
    """A tune after one operation and the sentence that says what was done."""

    tune: Tune
    said: str


@dataclass(frozen=True)
class Context:
    """What a change may need besides the tune: who writes new music, and what is locked."""

    backend: Backend
    message: str
    language: str
    seed: int
    locks: tuple[Lock, ...] = ()


Steps = Iterator[Progress | Change]
Act = Callable[[Tune, Operation, Context], Steps]
"""What makes one kind of change: progress, then one `Change`."""


def carry_out(act: Act, tune: Tune, operation: Operation, context: Context) -> Steps:
    """Do one operation; progress, then one `Change`. CannotChange says why it cannot be done."""
    try:
        result: Change | None = None
        for item in act(tune, operation, context):
            if isinstance(item, Change):
                result = item
            else:
                yield item
    except CannotChange:
        raise
    except ValueError as error:
        raise CannotChange(reason(str(error), context.language)) from error
    assert result is not None, "a change is made or refused"
    check_locks(tune, result.tune, context)
    yield result


def an_edit(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The edit of `abc_tools` that an operation names: the act of every name that is not in `own.OWN`."""
    yield edited(tune, operation, context)


def edited(tune: Tune, operation: Operation, context: Context) -> Change:
    """One edit of `abc_tools` by its name."""
    measures = _measures(tune, operation, context)
    values = {k: str(tune.bar_count) if v == "end" else v for k, v in operation.values.items()}
    edits = run(tune, operation.name, values, measures)
    if measures is not None and operation.name in _LOCAL_TEXT:
        assert_local(tune, edits, measures)
    new = parse_tune(apply(tune.source, edits))
    where = where_text(operation.place, context.language)
    if operation.place is None and measures is not None:
        where = bars_text(context.language, {m.number for m in measures})
    if operation.voice is not None and len(tune.voices) > 1:
        voice = next(v for v in tune.voices if v.id == operation.voice)
        where += f" ({plain(voice.name or voice.id)})"
    return Change(new, said_of(operation.name, values, where, tune, new, context.language))


_LOCAL_TEXT = {"transpose", "octave", "mode", "remove-chords", "simplify-chords", "swing", "straighten",
               "simplify-rhythm", "transpose-diatonic", "add-chords", "reharmonise"}  # fmt: skip
"""Edits whose text lies inside the bars; others also write words below or fields before."""


def _measures(tune: Tune, operation: Operation, context: Context) -> list[Measure] | None:
    """The measures an edit is for: those of its place, or all but the locked ones; None for the tune."""
    kind = EDITS.get(operation.name)
    if kind is None or kind.scope == "tune":
        return None
    if operation.voice is not None:
        own = next(v for v in tune.voices if v.id == operation.voice).measures
        inside = operation.place
        return [m for m in own if inside is None or inside.first <= m.number <= inside.last]
    if operation.place is not None:
        return targeted(tune, operation.place)
    if {"pitch", "rhythm"} <= set(kind.keeps):
        return None  # it leaves every note as it is, locked or not
    free = _unlocked(tune, context.locks)
    if len(free) == sum(len(v.measures) for v in tune.voices):
        return None
    if not free:
        raise CannotChange(say(context.language, "all-locked"))
    return free


def _unlocked(tune: Tune, locks: Sequence[Lock]) -> list[Measure]:
    return [
        m for v in tune.voices for m in v.measures
        if not any(_covers(lock, v.id, m.number) for lock in locks)
    ]  # fmt: skip


def _covers(lock: Lock, voice: str, bar: int) -> bool:
    inside = lock.place is None or lock.place.first <= bar <= lock.place.last
    return inside and lock.voice in (None, voice)


def check_locks(before: Tune, after: Tune, context: Context) -> None:
    """Locked bars sound as before: the promise of a lock. Bars may have been counted anew."""
    for lock in context.locks:
        kept = [
            _sounding(m) for v in before.voices for m in v.measures if _covers(lock, v.id, m.number)
        ]
        there = [_sounding(m) for v in after.voices for m in v.measures]
        at = any(there[i : i + len(kept)] == kept for i in range(len(there) - len(kept) + 1))
        if kept and not at and not _in_order(kept, there):
            bars = (
                bars_text(context.language, range(lock.place.first, lock.place.last + 1))
                if lock.place
                else say(context.language, "whole")
            )
            raise CannotChange(say(context.language, "locked", where=bars))


def _sounding(measure: Measure) -> tuple[object, ...]:
    return tuple((e.midi, e.duration) for e in measure.events)


def _in_order(kept: list[tuple[object, ...]], there: list[tuple[object, ...]]) -> bool:
    rest = iter(there)
    return all(any(bar == other for other in rest) for bar in kept)


def targeted(tune: Tune, place: Place) -> list[Measure]:
    """The measures that a place means."""
    return edit.select(tune, place.first, place.last, pickup=place.section)


def where_text(place: Place | None, language: str) -> str:
    """The bars of a place, or the whole tune, in words."""
    if place is None:
        return say(language, "whole")
    return bars_text(language, range(place.first, place.last + 1))


def edit_step(tune: Tune, name: str, values: dict[str, str], first: int = 0, last: int = 0) -> Tune:
    """The tune after one edit, on some bars where any are named."""
    measures = edit.select(tune, first, last) if first or last else None
    return parse_tune(apply(tune.source, run(tune, name, values, measures)))


def then(tune: Tune, steps: Sequence[tuple[Act, Operation]], context: Context) -> Steps:
    """Several acts one after the other, their sentences joined; what changes nothing is not said."""
    said: list[str] = []
    failed: CannotChange | None = None
    start = tune
    for act, operation in steps:
        try:
            for item in carry_out(act, tune, operation, context):
                if isinstance(item, Change):
                    if item.tune.source != tune.source:
                        said.append(item.said)
                    tune = item.tune
                else:
                    yield item
        except CannotChange as error:
            failed = error
    if tune.source == start.source and failed is not None:
        raise failed
    yield Change(tune, "\n\n".join(said))
