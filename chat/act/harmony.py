"""Changes of harmony: other chords, one chord for another, jazz, another key.

What it does not know: which chord fits a melody (`abc_tools.edit` does), and who plays the chords (`hands`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.edit.pitch import shift_octave
from abc_tools.edit.symbols import primary_chords, triad_of
from abc_tools.parse import parse_tune
from abc_tools.text import Edit, apply
from abc_tools.theory import Key, key_interval, parse_key
from abc_tools.tune import Tune
from chat.act.change import Act, Change, Context, Steps, an_edit, edited, targeted, then, where_text
from chat.act.hands import player_of
from chat.act.rewrite import CannotChange
from chat.phrases import key_name, plain, say
from chat.understand.operation import Operation


def reharmonise(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Other chords; where there are none yet, chords of that kind."""
    if any(e.chord_symbol for m in tune.measures for e in m.events):
        change = edited(tune, operation, context)
        ways = iter(
            ("relative", "simpler", "tritone") if operation.values.get("how") == "sevenths" else ()
        )
        while change.tune.source == tune.source and (way := next(ways, "")):
            change = edited(tune, replace(operation, values={"how": way}), context)
        yield change
        return
    sevenths = "no" if operation.values.get("how") == "simpler" else "yes"
    yield edited(
        tune, replace(operation, name="add-chords", values={"sevenths": sevenths}), context
    )


def jazzy(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Jazzier: seventh chords and swung quavers."""
    has = any(e.chord_symbol for m in tune.measures for e in m.events)
    chords: tuple[Act, Operation] = (
        (reharmonise, replace(operation, name="reharmonise", values={"how": "sevenths"}))
        if has
        else (an_edit, replace(operation, name="add-chords", values={"sevenths": "yes"}))
    )
    swing = replace(operation, name="swing", values={"style": "triplet"})
    yield from then(tune, [chords, (an_edit, swing)], context)


def swap_chord(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One chord for another wherever it stands (in the bars): a given one, or the simplest that shares most notes; so
    for each of several.
    """
    said = []
    for old in operation.values["old"].split():
        tune, done = _swapped(tune, old, operation, context)
        said.append(done)
    yield Change(tune, " ".join(said))


def _swapped(tune: Tune, old: str, operation: Operation, context: Context) -> tuple[Tune, str]:
    """The tune with one chord exchanged, and what is said of it."""
    place = operation.place
    bars = tune.measures if place is None else targeted(tune, place)
    found = [(m, e) for m in bars for e in m.events if e.chord_symbol == old and e.symbol_span]
    if not found:
        raise CannotChange(say(context.language, "no-such-chord", chord=plain(old)))
    edits = []
    names: dict[str, None] = {}
    for measure, event in found:
        name = operation.values.get("new") or _easier(old, measure.key)
        assert event.symbol_span is not None, "chosen for having one"
        names[name] = None
        edits.append(Edit(event.symbol_span, f'"{name}"'))
    said = say(context.language, "chord-swapped", old=plain(old), new=", ".join(names), count=len(found),
               where=where_text(place, context.language))  # fmt: skip
    return parse_tune(apply(tune.source, edits)), said


def _easier(name: str, key: Key) -> str:
    """The plain triad, or the chord of I, IV and V that shares most notes with it."""
    chord = parse_chord(name)
    if chord is None or not key.tonic:
        raise ValueError(f"“{name}” is no chord that can be exchanged here.")
    triad = triad_of(chord)
    if triad.text != chord.text:
        return triad.text
    others = [c for c in primary_chords(key) if c.text != chord.text]
    shared: Callable[[ChordSymbol], int] = lambda c: len(c.pitch_classes & chord.pitch_classes)  # noqa: E731
    return max(others, key=shared).text


def _in_reach(before: Tune, change: Change, context: Context) -> Change:
    """The tune in its new key an octave away, where the player who is named in it reaches more of its notes there."""
    player = player_of(before)
    if player is None:
        return change
    low, high = player

    def outside(tune: Tune, octaves: int) -> int:
        own = [n + 12 * octaves for e in tune.voices[0].events for n in e.midi]
        return sum(not low <= n <= high for n in own)

    if outside(change.tune, 0) <= outside(before, 0):
        return change
    best = min((0, 1, -1), key=lambda o: (outside(change.tune, o), abs(o)))
    if not best:
        return change
    own = list(change.tune.voices[0].measures)
    new = parse_tune(apply(change.tune.source, shift_octave(change.tune, best, own)))
    said = say(context.language, "in-reach-up" if best > 0 else "in-reach-down")
    return Change(new, f"{change.said} {said}")


def another_key(tune: Tune, operation: Operation, context: Context) -> Steps:
    """To another key: a tonic alone keeps the mode, and keys inside the tune go along."""
    name, place = operation.values["key"], operation.place
    if place is None or len(name.split()) > 1:
        change = edited(tune, operation, context)
        yield _in_reach(tune, change, context) if place is None else change
        return
    measures = targeted(tune, place)
    new = parse_key(name)
    assert new is not None, "operations name keys that exist"
    here = measures[0].key
    interval = key_interval(here, replace(new, mode=here.mode))
    values = {"semitones": str(interval.semitones)}
    change = edited(tune, replace(operation, name="transpose", values=values), context)
    said = say(context.language, "keyed", where=where_text(place, context.language),
               key=key_name(context.language, here.transposed(interval)))  # fmt: skip
    yield Change(change.tune, said)
