"""One more bar at the end that is a single long note."""

from __future__ import annotations

from abc_tools.edit.picked import write_notes
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.tune import Tune
from chat.act.change import Change, Context, Steps, edit_step
from chat.act.picked_sayings import picked
from chat.act.rewrite import CannotChange
from chat.phrases import bars_text
from chat.understand.operation import Operation


def note_bar(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The tune with one bar more, which the first voice fills with one note near its last; other voices rest there."""
    measures = [m for m in tune.voices[0].measures if m.number > 0]
    last = next((e for m in reversed(measures) for e in reversed(m.events) if e.notes), None)
    longer = edit_step(
        tune, "insert-bars", {"bar": str(tune.bar_count), "count": "1", "where": "after"}
    )
    added = longer.voices[0].measures[-1]
    name = operation.values["note"]
    if last is not None:
        name = nearest(name, last.notes[-1].written.midi)
    try:
        new = parse_tune(apply(longer.source, write_notes(longer, added, [name])))
    except ValueError as error:
        raise CannotChange(str(error)) from error
    where = bars_text(context.language, [new.bar_count])
    yield Change(new, picked(context.language, "note-bar", where=where, note=name))


def nearest(name: str, midi: int) -> str:
    """A note name with the octave that lies nearest to a pitch.

    >>> nearest("Bb", 72), nearest("C", 60)
    ('Bb4', 'C4')
    """
    steps = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
    base = steps[name[0]] + {"#": 1, "b": -1}.get(name[1:], 0)
    octave = min(range(1, 8), key=lambda o: abs(12 * (o + 1) + base - midi))
    return f"{name}{octave}"
