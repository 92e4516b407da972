"""Bars copied and changed in one go: a phrase again an octave higher, a bar upside down at the end, a sequence.

The bars that were there stay; only the copy is changed. What it does not know: where copies go
(`abc_tools.edit.arrange`).
"""

from __future__ import annotations

from dataclasses import replace

from abc_tools.places import Place
from abc_tools.tune import Tune
from chat.act.change import Change, Context, Steps, edited
from chat.act.rewrite import CannotChange
from chat.phrases import bars_text, say
from chat.understand.operation import Operation

_CHANGES = {"steps": "transpose-diatonic", "semitones": "transpose", "octaves": "octave"}


def copy_changed(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A copy of some bars behind a bar, moved by an interval, upside down or backwards."""
    place, values = operation.place, operation.values
    if place is None:
        raise CannotChange(say(context.language, "which-bars"))
    after = tune.bar_count if values["after"] == "end" else int(values["after"])
    copied = edited(
        tune, replace(operation, name="copy-bars", values={"after": str(after)}), context
    ).tune
    size = copied.bar_count - tune.bar_count
    new = Place(after + 1, after + size)
    kind, _, amount = values["with"].partition(":")
    change = Operation(
        _CHANGES.get(kind, kind), {kind: amount} if amount else {}, new, said=operation.said
    )
    done = edited(copied, change, context)
    said = say(
        context.language, "copied-first", where=bars_text(context.language, range(place.first, place.last + 1)),
        after=after,
    )  # fmt: skip
    yield Change(done.tune, f"{said} {done.said}")
