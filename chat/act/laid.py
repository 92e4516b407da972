"""Chords laid out as they were said, and a close made of what is there.

What it does not know: which chords fit a melody (`abc_tools.edit`), and how they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.edit.registry import run
from abc_tools.edit.symbols import primary_chords
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.text import Edit, apply
from abc_tools.tune import Event, Measure, Tune
from chat.act.change import Change, Context, Steps, edit_step, targeted, where_text
from chat.act.rewrite import CannotChange
from chat.phrases import plain, say
from chat.understand.operation import Operation


def _lead(tune: Tune, place: Place | None) -> list[Measure]:
    """The full bars of the first voice that are meant."""
    own = tune.voices[0].measures
    bars = own if place is None else [m for m in own if m in targeted(tune, place)]
    return [m for m in bars if m.number > 0 and m.meter is not None]


def lay_chords(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A row of chords over the bars, from its beginning again where it ends; other chords there go."""
    row, each = operation.values["chords"].split(), Fraction(operation.values["each"])
    spots = []
    at = Fraction(0)
    for measure in _lead(tune, operation.place):
        assert measure.meter is not None, "only bars of a meter are laid out"
        beats = measure.duration / measure.meter.beat
        step = Fraction(0)
        while step < 1:
            if (at / each).denominator == 1:
                spots.append(
                    f"{measure.number}:{1 + beats * step}={row[int(at / each) % len(row)]}"
                )
            at += min(each, Fraction(1))
            step += min(each, Fraction(1))
    yield _laid(tune, operation, context, spots, " ".join(row))


def lay_bar(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Several chords in one bar, and no others there."""
    spots = operation.values["at"].split()
    yield _laid(tune, operation, context, spots, " ".join(s.partition("=")[2] for s in spots))


def _laid(tune: Tune, operation: Operation, context: Context, spots: list[str], row: str) -> Change:
    if not spots:
        raise CannotChange(say(context.language, "which-bars"))
    place = operation.place
    bars = None if place is None else targeted(tune, place)
    if any(e.chord_symbol for m in (bars or tune.measures) for e in m.events):
        tune = parse_tune(apply(tune.source, run(tune, "remove-chords", {}, bars)))
    new = edit_step(tune, "set-chords", {"at": " ".join(spots)})
    said = say(
        context.language,
        "chords-laid",
        where=where_text(place, context.language),
        chords=plain(row),
    )
    return Change(new, said)


def plain_chords(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Chord symbols without the bass note behind the slash."""
    bars = tune.measures if operation.place is None else targeted(tune, operation.place)
    edits: list[Edit] = []
    for event in (
        e for m in bars for e in m.events if e.symbol_span and "/" in (e.chord_symbol or "")
    ):
        name = (event.chord_symbol or "").split("/")[0]
        assert event.symbol_span is not None, "chosen for having one"
        if parse_chord(name) is not None:
            edits.append(Edit(event.symbol_span, f'"{name}"'))
    if not edits:
        raise CannotChange(say(context.language, "no-slash"))
    said = say(
        context.language,
        "slashes-gone",
        count=len(edits),
        where=where_text(operation.place, context.language),
    )
    yield Change(parse_tune(apply(tune.source, edits)), said)


def cadence_here(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The last two bars close on the dominant and the tonic: chords, and the notes that would clash with them."""
    language, end = context.language, tune.bar_count
    if not tune.key.tonic:
        raise CannotChange(say(language, "needs-key"))
    bars = _lead(tune, Place(max(1, end - 1), end))
    if len(bars) < 2:
        raise CannotChange(say(language, "too-short-cadence"))
    tonic, _, dominant = primary_chords(tune.key)
    fifth = dominant.text if dominant.text.endswith("7") else f"{dominant.text}7"
    before, last = bars[-2], bars[-1]
    beat = _half(before)
    symbols = any(e.chord_symbol for m in tune.measures for e in m.events)
    work = _cleared(tune, before, last, beat)
    work = edit_step(
        work, "set-chords", {"at": f"{before.number}:{beat}={fifth} {last.number}:1={tonic.text}"}
    )
    work = _fitted(work, before.number, beat)
    work = _fitted(work, last.number, Fraction(1))
    name = re.match(r"[A-G][#b]?", tonic.text)
    assert name is not None, "a chord has a root"
    work = _try(work, "alter-notes", {"to": name[0], "nth": "-1"}, last.number)
    if not symbols:
        work = edit_step(work, "remove-chords", {})
    if work.source == tune.source:
        raise CannotChange(say(language, "cadence-already"))
    said = say(
        language,
        "cadence-here",
        before=before.number,
        last=last.number,
        fifth=fifth,
        tonic=tonic.text,
    )
    yield Change(work, said)


def _half(measure: Measure) -> Fraction:
    """The beat on which the second half of a bar begins."""
    assert measure.meter is not None, "only bars of a meter are laid out"
    beats = measure.duration / measure.meter.beat
    return 1 + (beats / 2 if (beats / 2).denominator == 1 else beats - 1)


def _cleared(tune: Tune, before: Measure, last: Measure, beat: Fraction) -> Tune:
    """Without the chords that stand where the close comes."""
    assert before.meter is not None, "only bars of a meter are laid out"
    late = (beat - 1) * before.meter.beat
    edits = [
        Edit(e.symbol_span, "")
        for m in (before, last) for e in m.events
        if e.symbol_span is not None and e.chord_symbol and (m is last or e.onset >= late)
    ]  # fmt: skip
    return parse_tune(apply(tune.source, edits)) if edits else tune


def _fitted(tune: Tune, bar: int, first: Fraction) -> Tune:
    """The notes of a bar from a beat on that are no tones of its chord, on the nearest one."""
    measure = next(m for m in tune.voices[0].measures if m.number == bar)
    assert measure.meter is not None, "only bars of a meter are laid out"
    start = (first - 1) * measure.meter.beat
    chord = next(
        (parse_chord(e.chord_symbol) for e in reversed(measure.events) if e.chord_symbol), None
    )
    for event in measure.events:
        foreign = (
            chord and event.notes and not set(n % 12 for n in event.midi) <= chord.pitch_classes
        )
        at = event.onset / measure.meter.beat
        if event.onset >= start and foreign and at.denominator == 1:
            tune = _try(tune, "alter-notes", {"to": "chord", "beat": str(1 + at)}, bar)
    return tune


def _try(tune: Tune, name: str, values: dict[str, str], bar: int) -> Tune:
    """An edit where it changes anything."""
    try:
        return edit_step(tune, name, values, bar, bar)
    except ValueError:
        return tune


def swap_for_one(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Some chords, each for the one of a few that has most of the notes that sound over it."""
    old, new = operation.values["old"].split(), operation.values["new"].split()
    choices = [c for n in new if (c := parse_chord(n)) is not None]
    edits, taken = [], []
    for n, _, event in _with_symbols(tune, operation.place):
        if event.chord_symbol not in old or event.symbol_span is None:
            continue
        sounding = _under(tune, n, event.onset)
        best = max(
            choices,
            key=lambda c: sum(length for pitch, length in sounding if pitch in c.pitch_classes),
        )
        edits.append(Edit(event.symbol_span, f'"{best.text}"'))
        taken.append(best.text)
    if not edits:
        raise CannotChange(say(context.language, "no-such-chord", chord=plain(" ".join(old))))
    said = say(
        context.language, "chord-swapped", old=plain(", ".join(old)), new=", ".join(dict.fromkeys(taken)),
        count=len(edits), where=where_text(operation.place, context.language),
    )  # fmt: skip
    yield Change(parse_tune(apply(tune.source, edits)), said)


def _with_symbols(tune: Tune, place: Place | None) -> Iterator[tuple[int, Measure, Event]]:
    """The chord symbols of some bars, with the index of their bar."""
    bars = None if place is None else targeted(tune, place)
    for n, measure in enumerate(tune.measures):
        if bars is None or measure in bars:
            for event in measure.events:
                if event.chord_symbol:
                    yield n, measure, event


def _under(tune: Tune, bar: int, start: Fraction) -> list[tuple[int, Fraction]]:
    """Pitch classes and lengths of the melody from a chord to the next one."""
    measure = tune.measures[bar]
    stops = [e.onset for e in measure.events if e.chord_symbol and e.onset > start]
    stop = min(stops, default=measure.duration)
    return [(n % 12, e.duration) for e in measure.events if start <= e.onset < stop for n in e.midi]


LAID = {
    "lay-chords": lay_chords, "lay-bar": lay_bar, "plain-chords": plain_chords, "cadence-here": cadence_here,
    "swap-for-one": swap_for_one,
}  # fmt: skip
"""Name of an operation → what makes the change."""
