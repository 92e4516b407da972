"""Changes of whole stretches of bars: they come, go, change places or are written anew.

New music is the model's, through `rewrite`; the bars around it stay. What it does not know: what is inside
the bars.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from abc_tools.edit.lengths import set_length
from abc_tools.metrics import bar_contents
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.sections import sections
from abc_tools.text import Edit, Span, apply
from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat.act.change import Change, Context, Steps, edit_step, edited, where_text
from chat.act.directed import goes, led, only_led, stepped, way_of
from chat.act.finish import goal
from chat.act.rewrite import CannotChange, rewrite
from chat.phrases import bars_text, key_name, plain, say
from chat.reasons import reason
from chat.reply import Progress
from chat.understand.operation import Operation
from chat.understand.settled import KEEP_HARMONY

NEW_SECTION = 8


def swap_bars(tune: Tune, operation: Operation, context: Context) -> Steps:
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


def delete_bars(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The bars that are named are taken out."""
    if operation.place is None:
        raise CannotChange(say(context.language, "which-bars"))
    yield edited(tune, operation, context)


def keep_bars(tune: Tune, operation: Operation, context: Context) -> Steps:
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


def new_bars(tune: Tune, operation: Operation, context: Context) -> Steps:
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


def longer(tune: Tune, operation: Operation, context: Context) -> Steps:
    """New music at the end: as many bars as were asked for, or as the last section has."""
    values = operation.values
    count = int(values["more"]) if "more" in values else _usual_more(tune)
    if "twice" in values:
        count = tune.bar_count
    near = values.get("near", "")
    for item in _append(tune, min(count, 32), context):
        if isinstance(item, Change) and near and tune.key.tonic:
            first, last = tune.bar_count + 1, item.tune.bar_count
            key = goal(tune.key, near)
            name = "mode" if near == "parallel" else "key"
            wanted = {"mode": key.mode} if near == "parallel" else {"key": key.name}
            moved = edit_step(item.tune, name, wanted, first, last)
            said = say(context.language, "keyed", where=bars_text(context.language, range(first, last + 1)),
                       key=key_name(context.language, key))  # fmt: skip
            item = Change(moved, f"{item.said} {said}")
        yield item


def _usual_more(tune: Tune) -> int:
    parts = sections(tune)
    return max(4, min(parts[-1].last - parts[-1].first + 1, NEW_SECTION)) if parts else NEW_SECTION


def _append(tune: Tune, count: int, context: Context) -> Steps:
    bar = tune.bar_count
    room = edit_step(tune, "insert-bars", {"bar": str(bar), "count": str(count), "where": "after"})
    yield from _filled(tune, room, bar + 1, bar + count, context)


def new_length(tune: Tune, operation: Operation, context: Context) -> Steps:
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
        if first + gone > tune.bar_count and (closed := _without_upbeat(new)) is not None:
            new, said = closed, f"{said} {say(language, 'upbeat-gone')}"
        yield Change(new, said)
        return
    raise CannotChange(reason(str(failed), language))


def _without_upbeat(tune: Tune) -> Tune | None:
    """The tune with its last note held to the end of the bar, where only short notes that led on came behind it."""
    measure = tune.voices[0].measures[-1]
    notes = [e for e in measure.events if e.notes]
    long = max(notes, key=lambda e: e.duration, default=None)
    if len(tune.voices) > 1 or long is None or long is notes[-1] or not tune.key.tonic:
        return None
    later = measure.events[measure.events.index(long) + 1 :]
    left = sum((e.duration for e in later), Fraction(0))
    if long.midi[-1] % 12 != tune.key.pitch_class or long.duration < 2 * left:
        return None
    try:
        return parse_tune(
            apply(tune.source, set_length(tune, [(measure, long)], long.duration + left))
        )
    except ValueError:
        return None


def _sections_fit(tune: Tune, wanted: int) -> bool:
    return any(part.last == wanted for part in sections(tune))


def rewrite_bars(tune: Tune, operation: Operation, context: Context) -> Steps:
    """New music for the bars, or for the whole tune, within what is not locked."""
    place = operation.place or Place(1, max(tune.bar_count, 1))
    language = context.language
    number = next((n for n, v in enumerate(tune.voices) if v.id == operation.voice), 0)
    wish = operation.said or context.message
    way = operation.values.get("way") or (way_of(wish) if operation.place is not None else "")
    if way and only_led(wish) and (new := led(tune, tune.voices[number], place, way)) is not None:
        where = where_text(place, language)
        yield Change(new, say(language, f"led-{way}", where=where))
        return
    keep = KEEP_HARMONY.search(context.message) is not None or bool(way)
    for item in rewrite(
        tune,
        place,
        context.message,
        context.backend,
        context.seed,
        language,
        number,
        keep,
        way,
    ):
        if isinstance(item, Progress):
            yield item
        else:
            if keep:
                item = _on_chords(_under_old_chords(tune, item, place), place)
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
            far = goes(tune, number, place, way) if way else 0.0
            if way and goes(item, number, place, way) <= far:
                item = led(item, item.voices[number], place, way) or item
            if how := operation.values.get("as"):
                said += " " + say(language, "mood-unheard", said=plain(how))
            if way and goes(item, number, place, way) <= far:
                said += " " + say(language, f"not-{way}")
            yield Change(item, said)


def _on_chords(tune: Tune, place: Place) -> Tune:
    """The tune with a tone of the chord on the first beat of each of the bars, where another note stood."""
    if not any(e.chord_symbol for m in tune.measures for e in m.events):
        return tune
    try:
        return edit_step(tune, "alter-notes", {"to": "chord", "beat": "1"}, place.first, place.last)
    except ValueError:
        return tune  # they all are, or are held


def _under_old_chords(before: Tune, now: Tune, place: Place) -> Tune:
    """The tune with the chord symbols that the bars had, each over what sounds at its moment by now."""
    edits = []
    for old, new in zip(before.measures, now.measures, strict=True):
        if not place.first <= new.number <= place.last:
            continue
        edits += [Edit(e.symbol_span, "") for e in new.events if e.symbol_span]
        for event in (e for e in old.events if e.chord_symbol):
            under = [e for e in new.events if e.onset <= event.onset]
            if under:
                start = (under[-1].grace_span or under[-1].span).start
                edits.append(Edit(Span(start, start), f'"{event.chord_symbol}"'))
    found = parse_tune(apply(now.source, edits))
    return now if errors(found) else found


def melody_steps(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The melody alone higher or lower by steps of the key: the chords over it stay."""
    language, steps = context.language, int(operation.values["steps"])
    voice = next((v for v in tune.voices if v.id == operation.voice), tune.voices[0])
    new = stepped(tune, voice, operation.place, steps)
    where = where_text(operation.place, language)
    said = "melody-up" if steps > 0 else "melody-down"
    yield Change(new, say(language, said, where=where, count=abs(steps) + 1))


def vary(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The bars a little otherwise, so that they stay the same music: figures between their notes, but for the last bar;
    written anew only where no figure fits.
    """
    place = operation.place
    if place is None:
        raise CannotChange(say(context.language, "which-bars"))
    inner = Place(place.first, max(place.first, place.last - 1), place.name)
    try:
        yield edited(tune, replace(operation, name="embellish", place=inner, values={}), context)
    except ValueError:
        yield from rewrite_bars(tune, replace(operation, name="rewrite"), context)


def harder(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Busier music for the bars, written anew."""
    yield from rewrite_bars(
        tune, operation, replace(context, message=f"{context.message} (busier, more exciting)")
    )


def restore_bars(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Some bars as another version has them, between the barlines that are there."""
    place, old = operation.place, parse_tune(operation.values["abc"])
    assert place is not None, "the bars were named"
    edits = []
    for voice, before in zip(tune.voices, old.voices, strict=False):
        was = {m.number: m for m in before.measures}
        for measure in voice.measures:
            source = was.get(measure.number)
            if not place.first <= measure.number <= place.last or source is None:
                continue
            if (source.key, source.unit, source.duration) != (
                measure.key,
                measure.unit,
                measure.duration,
            ):
                raise CannotChange(say(context.language, "no-restore"))
            text = old.source[source.span.start : source.span.end]
            edits.append(Edit(measure.span, text))
    new = parse_tune(apply(tune.source, edits))
    where = where_text(place, context.language)
    if number := operation.values.get("number"):
        yield Change(new, say(context.language, "restored-from", where=where, number=number))
    else:
        yield Change(new, say(context.language, "restored", where=where))
