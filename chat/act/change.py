"""A change asked for in words, made by `abc_tools.edit` or by several of its edits, or by the model.

`carry_out` gives the tune after one operation and the sentence that says what was done. The edits prove
their own promises (`abc_tools.edit.registry`); that the bars outside are byte-identical is asserted here,
where it happens. Locked bars and voices stay as they are. To add a change of our own: write the
function, add it to `OWN`. What it does not know: how a change is asked for (`chat.understand`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools import edit
from abc_tools.edit.registry import EDITS, run
from abc_tools.metrics import bar_contents
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.prosody import syllables
from abc_tools.sections import sections
from abc_tools.styles import STYLES, usual_tempo
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import key_interval, parse_key, parse_meter
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors
from chat.act.rewrite import CannotChange, assert_local, rescaled, rewrite
from chat.phrases import bars_text, key_name, plain, say, style_name, tempo_text
from chat.reasons import reason
from chat.reply import Progress
from chat.sayings import said_of
from chat.session import Lock
from chat.understand.operation import Operation
from chat.understand.tables import INSTRUMENTS
from lm.generate import Backend
from lm.plan import note_step

LEVELS = ("pp", "p", "mp", "mf", "f", "ff")
SADDER_TEMPO, HAPPIER_TEMPO = 0.85, 1.15
NEW_SECTION = 8


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


def carry_out(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Do one operation; progress, then one `Change`. CannotChange says why it cannot be done."""
    try:
        result: Change | None = None
        for item in _carried_out(tune, operation, context):
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


def _carried_out(tune: Tune, operation: Operation, context: Context) -> Steps:
    own = OWN.get(operation.name)
    if own is not None:
        yield from own(tune, operation, context)
        return
    yield _edited(tune, operation, context)


def _edited(tune: Tune, operation: Operation, context: Context) -> Change:
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


def _then(tune: Tune, operations: Sequence[Operation], context: Context) -> Steps:
    """Several operations one after the other, their sentences joined; what changes nothing is not said."""
    said: list[str] = []
    failed: CannotChange | None = None
    start = tune
    for operation in operations:
        try:
            for item in carry_out(tune, operation, context):
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


# -- tempo, mood, loudness --------------------------------------------------------------------


def _tempo_by(tune: Tune, operation: Operation, context: Context) -> Steps:
    beat = tune.tempo.beat if tune.tempo.explicit else edit.felt_beat(tune)
    before = tune.tempo.bpm * tune.tempo.beat / beat
    if "feel" in operation.values:
        bpm = _felt(operation.values["feel"], before)
    elif "add" in operation.values:
        bpm = max(20, min(360, round(float(before)) + int(operation.values["add"])))
    else:
        bpm = max(20, min(360, round(float(before) * float(operation.values["factor"]))))
    yield _set_tempo(tune, operation, context, Fraction(bpm), beat)


def _set_tempo(
    tune: Tune, operation: Operation, context: Context, bpm: Fraction, beat: Fraction
) -> Change:
    language = context.language
    before = tune.tempo.bpm * tune.tempo.beat / beat
    if operation.place is None:
        edits = edit.set_tempo(tune, bpm, beat)
        of = say(language, "of-whole")
    else:
        measures = targeted(tune, operation.place)
        edits = edit.set_tempo_of(tune, measures, round(bpm * beat / edit.felt_beat(tune)))
        of = ("of " if language == "en" else "") + where_text(operation.place, language)
    said = say(
        language, "tempoed", of=of, tempo=tempo_text(beat, bpm), before=tempo_text(beat, before)
    )
    return Change(parse_tune(apply(tune.source, edits)), said)


def _tempo(tune: Tune, operation: Operation, context: Context) -> Steps:
    beat = tune.tempo.beat if tune.tempo.explicit else edit.felt_beat(tune)
    yield _set_tempo(tune, operation, context, Fraction(operation.values["bpm"]), beat)


def _felt(feel: str, before: Fraction) -> int:
    """Beats a minute for "slow", "medium" or "fast", never against the word's direction."""
    now = float(before)
    if feel == "slow":
        return round(min(76, now * 0.8))
    return round(max(126, now * 1.2)) if feel == "fast" else 100


def _sadder(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Sadder and happier by the means that listeners agree on: the mode, and the tempo."""
    sad = operation.name == "sadder"
    there = targeted(tune, operation.place)[0].key if operation.place else tune.key
    steps = []
    if there.tonic and there.minor_third is not sad:
        steps.append(replace(operation, name="mode", values={"mode": "minor" if sad else "major"}))
    factor = SADDER_TEMPO if sad else HAPPIER_TEMPO
    if operation.place is None or not steps:
        steps.append(replace(operation, name="tempo-by", values={"factor": str(factor)}))
    yield from _then(tune, steps, context)


def _louder(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One level of dynamics up or down from what holds there (mezzo-forte where nothing is marked)."""
    first = operation.place.first if operation.place else min(tune.bar_numbers)
    marks = (
        d.strip("!+")
        for m in tune.measures
        if m.number <= first
        for e in m.events
        for d in e.decorations
    )
    held = [mark for mark in marks if mark in LEVELS]
    now = LEVELS.index(held[-1]) if held else LEVELS.index("mf")
    up = 1 if operation.name == "louder" else -1
    level = LEVELS[max(0, min(len(LEVELS) - 1, now + up))]
    yield from _then(tune, [replace(operation, name="dynamic", values={"level": level})], context)


def _simplify(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Easier to play: shorter notes left out, ornaments and involved chords taken away."""
    steps = [
        ("simplify-rhythm", {"level": "sixteenths"}), ("simplify-rhythm", {"level": "dotted"}),
        ("remove-ornaments", {}), ("simplify-chords", {"level": "triads"}),
    ]  # fmt: skip
    plain_already = True
    for level in ("", "eighths"):
        chosen = steps if not level else [("simplify-rhythm", {"level": level})]
        try:
            for item in _then(
                tune, [replace(operation, name=n, values=v) for n, v in chosen], context
            ):
                if isinstance(item, Change) and item.tune.source == tune.source:
                    continue
                plain_already = plain_already and not isinstance(item, Change)
                yield item
        except CannotChange:
            pass
        if not plain_already:
            return
    raise CannotChange(say(context.language, "simple-already"))


def _jazzy(tune: Tune, operation: Operation, context: Context) -> Steps:
    has = any(e.chord_symbol for m in tune.measures for e in m.events)
    chords = ("reharmonise", {"how": "sevenths"}) if has else ("add-chords", {"sevenths": "yes"})
    steps = [chords, ("swing", {"style": "triplet"})]
    yield from _then(tune, [replace(operation, name=n, values=v) for n, v in steps], context)


# -- dance, instrument ------------------------------------------------------------------------


def _reharmonise(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Other chords; where there are none yet, chords of that kind."""
    if any(e.chord_symbol for m in tune.measures for e in m.events):
        yield _edited(tune, operation, context)
        return
    sevenths = "no" if operation.values.get("how") == "simpler" else "yes"
    yield _edited(
        tune, replace(operation, name="add-chords", values={"sevenths": sevenths}), context
    )


def _dance(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A tune made into a dance: its meter, its name in `R:`, its usual tempo."""
    style = STYLES[operation.values["style"]]
    said: list[str] = []
    if operation.place is not None:  # some bars: their meter alone
        values = {"meter": style.meters[0]}
        yield _edited(tune, replace(operation, name="meter", values=values), context)
        return
    meters = [parse_meter(text) for text in style.meters]
    if tune.meter is None or not any(
        m is not None and m.length == tune.meter.length and m.unit == tune.meter.unit
        for m in meters
    ):
        change = _edited(tune, Operation("meter", {"meter": style.meters[0]}), context)
        tune, said = change.tune, [change.said]
    new = parse_tune(apply(tune.source, [edit.set_field(tune, "R", style.name)]))
    beat, bpm = usual_tempo(style.name, new.meter)
    new = parse_tune(apply(new.source, edit.set_tempo(new, Fraction(bpm), beat)))
    language = context.language
    said.append(
        say(
            language,
            "danced",
            style=style_name(language, style.name),
            tempo=tempo_text(beat, Fraction(bpm)),
        )
    )
    yield Change(new, "\n\n".join(said))


def _play_on(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Another sound for the first voice, and the octave that the instrument reaches."""
    name = operation.values["instrument"]
    program, low, high, words = INSTRUMENTS[name]
    tune_ = parse_tune(apply(tune.source, _program(tune, program)))
    pitches = [n for m in tune_.voices[0].measures for e in m.events for n in e.midi]
    if not pitches:
        raise CannotChange(
            reason("There is no note to write for the instrument.", context.language)
        )
    bottom, top = (note_step(text) * 12 // 7 + 12 for text in (low, high))
    best = min(
        range(-3, 4), key=lambda o: (sum(not bottom <= p + 12 * o <= top for p in pitches), abs(o))
    )
    measures = list(tune_.voices[0].measures) if len(tune_.voices) > 1 else None
    if best:
        tune_ = parse_tune(apply(tune_.source, edit.shift_octave(tune_, best, measures)))
    language = context.language
    shown = name if language == "en" else next((w for w in words if not w.isascii()), name)
    said = say(language, "played-on", instrument=shown)
    if best:
        said += " " + say(language, "octaved", where=where_text(None, language), count=abs(best),
                          direction=say(language, "up" if best > 0 else "down"))  # fmt: skip
    yield Change(tune_, said)


def _program(tune: Tune, program: int) -> list[Edit]:
    """The line that says what the first voice plays."""
    start, end = tune.span.start, tune.measures[0].span.start
    head = tune.source[start:end]
    line = f"%%MIDI program {program}\n"
    if found := re.search(r"(?m)^%%MIDI program.*\n", head):
        return [Edit(Span(start + found.start(), start + found.end()), line)]
    key = re.search(r"(?m)^K:.*\n", head)
    assert key is not None, "a tune has a key line before its music"
    return [Edit(Span(start + key.start(), start + key.start()), line)]


def _simplify_bass(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The lowest voice written anew in single notes, one for each chord."""
    if len(tune.voices) != 2:
        raise CannotChange(say(context.language, "no-left-hand"))
    steps = [("remove-voice", {"voice": tune.voices[-1].id})]
    if not any(e.chord_symbol for m in tune.measures for e in m.events):
        steps.append(("add-chords", {}))
    steps.append(("add-bass", {"pattern": "root"}))
    if len(steps) > 2:  # the symbols were not asked for
        steps.append(("remove-chords", {}))
    for name, values in steps:
        change = _edited(tune, Operation(name, values), context)
        tune = change.tune
    yield Change(tune, say(context.language, "left-hand-simplified"))


def _bass(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A bass is made from the chords: where there are none, they are chosen first; one that is there
    already gives way.
    """
    has_chords = any(e.chord_symbol for m in tune.measures for e in m.events)
    steps = [] if has_chords else [Operation("add-chords")]
    old_bass = None
    if len(tune.voices) == 2 and tune.voices[1].clef.startswith("bass"):
        old_bass = tune
        old = Operation("remove-voice", {"voice": tune.voices[1].id})
        tune = _edited(tune, old, context).tune
    for step in (*steps, operation):
        change = _edited(tune, step, context)
        tune = change.tune
    if steps:  # the symbols were not asked for
        tune = _edited(tune, Operation("remove-chords"), context).tune
    if old_bass is not None and operation.place is not None:
        tune = _bass_there(tune, old_bass, operation.place)
    yield Change(
        tune, change.said if not steps else f"{say(context.language, 'chords-first')} {change.said}"
    )


def _bass_there(tune: Tune, before: Tune, place: Place) -> Tune:
    """A tune with a new bass that keeps the old one outside some bars."""
    old, new = before.voices[-1].measures, tune.voices[-1].measures
    if len(old) != len(new) or any(a.duration != b.duration for a, b in zip(old, new, strict=True)):
        raise ValueError("The bass cannot be written for these bars alone.")
    edits = [
        Edit(b.span, rescaled(before.source[a.span.start : a.span.end].strip(), a.unit, b.unit))
        for a, b in zip(old, new, strict=True)
        if not place.first <= b.number <= place.last
    ]
    return parse_tune(apply(tune.source, edits))


def _key(tune: Tune, operation: Operation, context: Context) -> Steps:
    """To another key: a tonic alone keeps the mode, and keys inside the tune go along."""
    name, place = operation.values["key"], operation.place
    if place is None or len(name.split()) > 1:
        yield _edited(tune, operation, context)
        return
    measures = targeted(tune, place)
    new = parse_key(name)
    assert new is not None, "operations name keys that exist"
    here = measures[0].key
    interval = key_interval(here, replace(new, mode=here.mode))
    values = {"semitones": str(interval.semitones)}
    change = _edited(tune, replace(operation, name="transpose", values=values), context)
    said = say(context.language, "keyed", where=where_text(place, context.language),
               key=key_name(context.language, here.transposed(interval)))  # fmt: skip
    yield Change(change.tune, said)


# -- bars -------------------------------------------------------------------------------------


def _swap(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Two stretches of bars change places."""
    assert operation.place is not None, "a swap names its bars"
    one = (operation.place.first, operation.place.last)
    other = tuple(int(n) for n in operation.values["with"].split("-"))
    (a, b), (c, d) = sorted((one, (other[0], other[1])))
    if b >= c:
        raise CannotChange(say(context.language, "swap-overlap"))
    new = _exchanged(tune, (a, b), (c, d))
    if new is None:
        size = d - c + 1
        new = edit_step(tune, "move-bars", {"after": str(a - 1)}, c, d)
        if c > b + 1:
            new = edit_step(new, "move-bars", {"after": str(d)}, a + size, b + size)
    language = context.language
    said = say(
        language,
        "swapped",
        one=bars_text(language, range(a, b + 1)),
        other=bars_text(language, range(c, d + 1)),
    )
    yield Change(new, said)


def _exchanged(tune: Tune, one: tuple[int, int], other: tuple[int, int]) -> Tune | None:
    """The tune with as many bars here as there exchanged between their barlines, so that repeat signs stay where
    they are; None where lengths, keys, words or ties at the edges do not allow it.
    """
    edits = []
    for voice in tune.voices:
        firsts, seconds = (
            [m for m in voice.measures if low <= m.number <= high] for low, high in (one, other)
        )
        if len(firsts) != len(seconds):
            return None
        for a, b in zip(firsts, seconds, strict=True):
            alike = (a.duration, a.key, a.unit) == (b.duration, b.key, b.unit)
            events = (*a.events, *b.events)
            held = any(m.events and (m.events[0].tied or m.events[-1].tie) for m in (a, b))
            if (
                not alike
                or held
                or a.ending
                or b.ending
                or any(s for e in events for s in e.syllables)
            ):
                return None
            edits += [
                Edit(a.span, tune.source[b.span.start : b.span.end]),
                Edit(b.span, tune.source[a.span.start : a.span.end]),
            ]
    new = parse_tune(apply(tune.source, edits))
    return None if errors(new) else new


def edit_step(tune: Tune, name: str, values: dict[str, str], first: int = 0, last: int = 0) -> Tune:
    """The tune after one edit, on some bars where any are named."""
    measures = edit.select(tune, first, last) if first or last else None
    return parse_tune(apply(tune.source, run(tune, name, values, measures)))


def _delete(tune: Tune, operation: Operation, context: Context) -> Steps:
    if operation.place is None:
        raise CannotChange(say(context.language, "which-bars"))
    yield _edited(tune, operation, context)


def _new_bars(tune: Tune, operation: Operation, context: Context) -> Steps:
    """New music between bars: room is made, then filled by the model."""
    values = operation.values
    bar = tune.bar_count if values["bar"] == "end" else int(values["bar"])
    count = int(values["count"])
    room = edit_step(
        tune, "insert-bars", {"bar": str(bar), "count": str(count), "where": values["where"]}
    )
    first = bar + 1 if values["where"] == "after" else bar
    yield from _filled(tune, room, first, first + count - 1, context)


def _filled(before: Tune, room: Tune, first: int, last: int, context: Context) -> Steps:
    language = context.language
    for item in rewrite(
        room, Place(first, last), context.message, context.backend, context.seed, language
    ):
        if isinstance(item, Progress):
            yield item
        else:
            said = say(
                language,
                "added-bars",
                count=last - first + 1,
                where=bars_text(language, range(first, last + 1)),
            )
            assert bar_contents(item).keys() >= bar_contents(before).keys(), (
                "adding bars loses none"
            )
            yield Change(item, said)


def _longer(tune: Tune, operation: Operation, context: Context) -> Steps:
    """New music at the end: as many bars as were asked for, or as the last section has."""
    values = operation.values
    count = int(values["more"]) if "more" in values else _usual_more(tune)
    if "twice" in values:
        count = tune.bar_count
    yield from _append(tune, min(count, 32), context)


def _usual_more(tune: Tune) -> int:
    parts = sections(tune)
    return max(4, min(parts[-1].last - parts[-1].first + 1, NEW_SECTION)) if parts else NEW_SECTION


def _append(tune: Tune, count: int, context: Context) -> Steps:
    bar = tune.bar_count
    room = edit_step(tune, "insert-bars", {"bar": str(bar), "count": str(count), "where": "after"})
    yield from _filled(tune, room, bar + 1, bar + count, context)


def _new_length(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A given number of bars: more are written, or bars before the close are taken out."""
    wanted = (
        int(operation.values["bars"]) if "bars" in operation.values else max(1, tune.bar_count // 2)
    )
    if wanted > 200 or wanted < 1:
        raise CannotChange(say(context.language, "no-such-length", said=wanted, limit=96))
    if wanted > tune.bar_count:
        yield from _append(tune, wanted - tune.bar_count, context)
        return
    gone = tune.bar_count - wanted
    language = context.language
    if not gone:
        yield Change(tune, "")
        return
    closing = min(2, wanted - 1)
    for tail in dict.fromkeys((0 if _sections_fit(tune, wanted) else closing, 0, closing)):
        first = wanted - tail + 1
        try:
            new = edit_step(tune, "delete-bars", {}, first, first + gone - 1)
        except ValueError as error:
            failed = error
            continue
        said = say(language, "deleted", where=bars_text(language, range(first, first + gone)))
        yield Change(new, said)
        return
    raise CannotChange(reason(str(failed), language))


def _sections_fit(tune: Tune, wanted: int) -> bool:
    return any(part.last == wanted for part in sections(tune))


def _rewrite(tune: Tune, operation: Operation, context: Context) -> Steps:
    """New music for the bars, or for the whole tune, within what is not locked."""
    place = operation.place or Place(1, max(tune.bar_count, 1))
    language = context.language
    for item in rewrite(tune, place, context.message, context.backend, context.seed, language):
        if isinstance(item, Progress):
            yield item
        else:
            count = [
                sum(
                    1
                    for m in t.measures
                    if place.first <= m.number <= place.last
                    for e in m.events
                    if e.notes
                )
                for t in (item, tune)
            ]
            said = say(
                language,
                "rewritten",
                where=where_text(place, language),
                notes=count[0],
                before=count[1],
            )
            yield Change(item, said)


def _harder(tune: Tune, operation: Operation, context: Context) -> Steps:
    yield from _rewrite(
        tune, operation, replace(context, message=f"{context.message} (busier, more exciting)")
    )


# -- signs and words --------------------------------------------------------------------------


def _drop_repeats(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The repeat signs go, so that every part is played once; bars with endings keep the last one."""
    if any(m.ending for m in tune.measures):
        yield _edited(tune, Operation("write-out-repeats"), context)
        return
    edits = []
    for voice in tune.voices:
        bars = [b for m in voice.measures for b in (*m.before, m.after) if b is not None]
        for span in dict.fromkeys(
            b.span for b in bars if ":" in tune.source[b.span.start : b.span.end]
        ):
            last = voice.measures[-1].after
            closing = last is not None and last.span == span
            first = voice.measures[0].span.start > span.start
            edits.append(Edit(span, "|]" if closing else "" if first else "||"))
    if not edits:
        raise CannotChange(reason("There is no repeat in this tune.", context.language))
    yield Change(
        parse_tune(apply(tune.source, list(dict.fromkeys(edits)))),
        say(context.language, "played-once"),
    )


def _clef(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Another clef: in `V:` of the voice, or in `K:`."""
    clef = operation.values["clef"]
    start, end = tune.span.start, tune.measures[0].span.start
    head = tune.source[start:end]
    voice = operation.voice or tune.voices[0].id
    line = re.search(rf"(?m)^V: ?{re.escape(voice)}\b.*$", head) or re.search(r"(?m)^K:.*$", head)
    assert line is not None, "a tune has a key line before its music"
    plain = re.sub(r"\s*\b(?:clef=)?(?:treble|bass|alto|tenor)[+-]?\d?\b", "", line[0])
    edits = [Edit(Span(start + line.start(), start + line.end()), f"{plain} clef={clef}")]
    yield Change(
        parse_tune(apply(tune.source, edits)), say(context.language, "clef-set", clef=clef)
    )


def _hairpin(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A crescendo or diminuendo over the bars; into one bar, it begins in the bar before."""
    place = operation.place or Place(1, tune.bar_count)
    first = place.first
    if place.first == place.last and re.search(r"\b(?:in)?to\b|到|向", operation.said):
        first = max(min(tune.bar_numbers), place.first - 1)
    notes = [
        e
        for m in tune.voices[0].measures
        if first <= m.number <= place.last
        for e in m.events
        if e.notes
    ]
    if len(notes) < 2:
        raise CannotChange(reason("There are no notes in these bars.", context.language))
    sign = "<" if operation.values["kind"] == "louder" else ">"
    edits = [
        Edit(Span(e.span.start, e.span.start), f"!{sign}{side}!")
        for e, side in ((notes[0], "("), (notes[-1], ")"))
    ]
    where = where_text(Place(first, place.last), context.language)
    yield Change(
        parse_tune(apply(tune.source, edits)),
        say(context.language, "hairpin-" + operation.values["kind"], where=where),
    )


def _replace_word(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One sung word for another, in every verse; the new one has as many syllables."""
    old, new = (
        " ".join(s.text for s in syllables(operation.values[n])).replace("- ", "-")
        for n in ("old", "new")
    )
    if len(syllables(operation.values["old"])) != len(syllables(operation.values["new"])):
        raise CannotChange(say(context.language, "other-syllables"))
    edits = []
    for line in re.finditer(r"(?m)^w:.*$", tune.source[tune.span.start : tune.span.end]):
        for match in re.finditer(rf"(?<![\w-]){re.escape(old)}(?![\w-])", line[0], re.IGNORECASE):
            at = tune.span.start + line.start() + match.start()
            word = new[:1].upper() + new[1:] if match[0][:1].isupper() else new
            edits.append(Edit(Span(at, at + len(match[0])), word))
    if not edits:
        raise CannotChange(reason("There are no such words in this tune.", context.language))
    yield Change(
        parse_tune(apply(tune.source, edits)),
        say(
            context.language,
            "word-replaced",
            old=plain(operation.values["old"]),
            new=plain(operation.values["new"]),
        ),
    )


def _keep_bars(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Only some bars stay: the others are taken out, from the end first."""
    place = operation.place
    if place is None:
        raise CannotChange(say(context.language, "which-bars"))
    new = tune
    if place.last < tune.bar_count:
        new = edit_step(new, "delete-bars", {}, place.last + 1, tune.bar_count)
    low = min(tune.bar_numbers)
    if place.first > max(low, 1):
        new = edit_step(new, "delete-bars", {}, low, place.first - 1)
    yield Change(new, say(context.language, "kept-bars", where=where_text(place, context.language)))


OWN: dict[str, Callable[[Tune, Operation, Context], Steps]] = {
    "tempo": _tempo, "tempo-by": _tempo_by, "feel": _tempo_by, "sadder": _sadder, "happier": _sadder,
    "louder": _louder, "quieter": _louder, "simplify": _simplify, "jazzy": _jazzy, "dance": _dance,
    "play-on": _play_on, "simplify-bass": _simplify_bass, "add-bass": _bass, "key": _key,
    "swap-bars": _swap, "delete-bars": _delete, "new-bars": _new_bars, "longer": _longer,
    "answer-phrase": _longer, "new-length": _new_length, "shorter": _new_length, "rewrite": _rewrite,
    "harder": _harder, "reharmonise": _reharmonise, "drop-repeats": _drop_repeats, "clef": _clef,
    "hairpin": _hairpin, "replace-word": _replace_word, "keep-bars": _keep_bars,
}  # fmt: skip
"""Changes that are more than one edit by its name, or that need the model."""
