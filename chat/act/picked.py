"""Changes of single notes that are picked out: the acts behind `abc_tools.edit.picked`.

What it does not know: which notes a message means (`chat.understand.rules.picked`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from abc_tools.edit import picked as edits_of
from abc_tools.edit.lengths import set_length
from abc_tools.edit.picked import Picked
from abc_tools.parse import parse_tune
from abc_tools.text import Edit, apply
from abc_tools.theory import Pitch, in_key
from abc_tools.tune import Event, Measure, Tune, Voice
from chat.act.change import Change, Context, Steps, targeted
from chat.act.picked_sayings import SIGNS_ZH, picked
from chat.act.rewrite import CannotChange
from chat.act.scales import classes
from chat.phrases import bars_text, pitch_name, say
from chat.sayings import INTERVAL_NAMES, STEP_NAMES
from chat.understand.operation import Operation


def _voice(tune: Tune, operation: Operation) -> Voice:
    return next((v for v in tune.voices if v.id == operation.voice), tune.voices[0])


def _bars(tune: Tune, operation: Operation, *, needed: bool = False) -> list[Measure]:
    """The bars of the voice that is meant; all of them where none are named."""
    own = _voice(tune, operation).measures
    if operation.place is None:
        return list(own)
    return [m for m in targeted(tune, operation.place) if m in own]


def _chosen(tune: Tune, operation: Operation, context: Context) -> Picked:
    words = operation.values["pick"].split(" ")
    if operation.place is None and words[0].startswith(("span:", "not:")):
        raise CannotChange(say(context.language, "which-bars"))
    counted = operation.place is None and any(w.lstrip("-").isdigit() for w in words)
    ends = {"1", "-1"} >= set(words) or all(w.startswith("-") for w in words)
    if (counted and not ends) or (operation.place is None and words[0][0] in "@r"):
        raise CannotChange(say(context.language, "which-bars"))
    return edits_of.pick(_bars(tune, operation), words)


def _changed(tune: Tune, edits: Iterable[Edit], said: str) -> Change:
    return Change(parse_tune(apply(tune.source, list(edits))), said)


def _where(language: str, chosen: Picked) -> str:
    return bars_text(language, sorted({m.number for m, _ in chosen}))


def _names(language: str, events: Iterable[Event]) -> str:
    """The notes of some events as one says them, a rest as 0 or "rest"."""
    rest = "休止" if language == "zh" else "rest"
    names = [pitch_name(e.notes[-1].pitch) if e.notes else rest for e in events]
    return ("、" if language == "zh" else ", ").join(names)


def drop_notes(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Notes become rests."""
    chosen = _chosen(tune, operation, context)
    where = _where(context.language, chosen)
    said = picked(context.language, "dropped", where=where, count=len(chosen))
    yield _changed(tune, edits_of.drop(tune, chosen), said)


def swap_picked(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Two notes change places."""
    chosen = _chosen(tune, operation, context)
    edits = edits_of.swap(tune, chosen)
    one, other = (_names(context.language, [e]) for _, e in chosen)
    where = _where(context.language, chosen)
    yield _changed(
        tune, edits, picked(context.language, "swapped", where=where, one=one, other=other)
    )


def join_notes(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Neighbours become one note."""
    chosen = _chosen(tune, operation, context)
    edits = edits_of.join(tune, chosen)
    first = min(chosen, key=lambda one: one[1].onset)[1]
    said = picked(
        context.language, "joined", where=_where(context.language, chosen), count=len(chosen),
        note=_names(context.language, [first]),
    )  # fmt: skip
    yield _changed(tune, edits, said)


def tie_notes(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Two notes tied, or slurred where they differ: the last of a bar and the first behind, unless others are said."""
    if "pick" in operation.values:
        chosen = _chosen(tune, operation, context)
    else:
        bars = [[(m, e) for e in m.events if e.notes] for m in _bars(tune, operation)]
        chosen = [bars[0][-1], bars[-1][0]] if len(bars) > 1 and bars[0] and bars[-1] else []
    if len(chosen) < 2:
        raise CannotChange(say(context.language, "which-bars"))
    edits, tie = edits_of.bind(tune, chosen)
    name = "tied" if tie else "slurred"
    yield _changed(
        tune, edits, picked(context.language, name, where=_where(context.language, chosen))
    )


def move_notes(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Notes moved by steps or semitones, by themselves."""
    chosen = _chosen(tune, operation, context)
    steps = int(operation.values.get("steps", "0"))
    semitones = int(operation.values.get("semitones", "0"))
    edits = edits_of.move(tune, chosen, steps, semitones)
    zh = context.language == "zh"
    size = abs(steps or semitones)
    interval = (
        STEP_NAMES[min(size, 7)][zh]
        if steps
        else INTERVAL_NAMES.get(size, (str(size), str(size)))[zh]
    )
    name = "moved-up" if steps + semitones > 0 else "moved-down"
    said = picked(
        context.language,
        name,
        where=_where(context.language, chosen),
        count=len(chosen),
        interval=interval,
    )
    yield _changed(tune, edits, said)


def rename_notes(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Notes made others, by name."""
    chosen = _chosen(tune, operation, context)
    edits = edits_of.rename(tune, chosen, operation.values["to"].split())
    new = parse_tune(apply(tune.source, edits))
    said = picked(
        context.language, "renamed", where=_where(context.language, chosen), count=len(chosen),
        notes=_names(context.language, _same(tune, new, chosen, operation)),
    )  # fmt: skip
    yield Change(new, said)


def _same(old: Tune, new: Tune, chosen: Picked, operation: Operation) -> Iterator[Event]:
    """The events of a changed tune at the places of the chosen ones: the rhythm is the same in both."""
    one, other = (_voice(t, operation) for t in (old, new))
    for measure, event in chosen:
        at = next(n for n, m in enumerate(one.measures) if m is measure)
        yield other.measures[at].events[measure.events.index(event)]


def mark_picked(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A sign on the notes that are meant, and on no others."""
    chosen = _chosen(tune, operation, context)
    sign = operation.values["sign"]
    edits = edits_of.mark(tune, chosen, sign)
    shown = SIGNS_ZH[sign] if context.language == "zh" else sign
    said = picked(
        context.language,
        "marked",
        where=_where(context.language, chosen),
        count=len(chosen),
        sign=shown,
    )
    yield _changed(tune, edits, said)


def picked_length(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Notes of another length; `fill` holds them to the end of their bar, over the rests there."""
    chosen = _chosen(tune, operation, context)
    voice, new = _voice(tune, operation).id, tune
    for measure, event in reversed(chosen):
        length = (
            _filling(measure, event)
            if "fill" in operation.values
            else Fraction(operation.values["length"])
        )
        own = next(v for v in new.voices if v.id == voice)
        here = next(m for m in own.measures if m.span.start == measure.span.start)
        note = next(e for e in here.events if e.span.start == event.span.start)
        new = parse_tune(apply(new.source, set_length(new, [(here, note)], length)))
    name = "filled-up" if "fill" in operation.values else "longer"
    where = _where(context.language, chosen)
    yield Change(new, picked(context.language, name, where=where, count=len(chosen)))


def _filling(measure: Measure, event: Event) -> Fraction:
    """How long a note is that lasts over the rests behind it; the whole bar where no rest is behind."""
    end = event.onset + event.duration
    rest = Fraction(0)
    for other in measure.events[measure.events.index(event) + 1 :]:
        if other.notes:
            break
        rest += other.duration
    return event.duration + rest if rest or end < measure.duration else measure.duration


def fill_rests(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Rests become notes."""
    if operation.place is None:
        raise CannotChange(say(context.language, "which-bars"))
    bars = _bars(tune, operation)
    length = Fraction(operation.values["length"]) if "length" in operation.values else None
    edits = edits_of.fill_rests(tune, bars, length, int(operation.values.get("way", "0")))
    new = parse_tune(apply(tune.source, edits))
    where = bars_text(
        context.language, [m.number for m in bars if any(e.kind == "rest" for e in m.events)]
    )
    kept = {e.span.start for m in bars for e in m.events if e.notes}
    shift, fresh = 0, []
    for edit in sorted(edits, key=lambda e: e.span.start):
        start = edit.span.start + shift
        fresh += [
            e
            for e in _voice(new, operation).events
            if start <= e.span.start < start + len(edit.text) and e.notes
        ]
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    assert kept or fresh, "a rest was filled"
    yield Change(
        new, picked(context.language, "filled", where=where, notes=_names(context.language, fresh))
    )


def write_bar(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The notes of one bar, by their names."""
    measure = _one_bar(tune, operation, context)
    edits = edits_of.write_notes(tune, measure, operation.values["notes"].split())
    yield _bar_said(tune, operation, context, measure, edits, "written")


def bar_rhythm(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The rhythm of one bar."""
    measure = _one_bar(tune, operation, context)
    lengths = [Fraction(n) for n in operation.values["lengths"].split()]
    edits = edits_of.set_rhythm(tune, measure, lengths, rest_last="rest" in operation.values)
    yield _bar_said(tune, operation, context, measure, edits, "rhythm")


def _bar_said(
    tune: Tune, operation: Operation, context: Context, measure: Measure, edits: list[Edit], name: str
) -> Change:  # fmt: skip
    new = parse_tune(apply(tune.source, edits))
    at = next(n for n, m in enumerate(_voice(tune, operation).measures) if m is measure)
    own = _voice(new, operation).measures[at].events
    where = bars_text(context.language, [measure.number])
    return Change(
        new,
        picked(
            context.language,
            name,
            where=where[:1].upper() + where[1:],
            notes=_names(context.language, own),
        ),
    )


def _one_bar(tune: Tune, operation: Operation, context: Context) -> Measure:
    bars = [m for m in _bars(tune, operation) if m.events]
    if operation.place is None or len(bars) != 1:
        raise CannotChange(say(context.language, "which-bars"))
    return bars[0]


def one_for_triplet(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Each triplet becomes its first note."""
    bars = _bars(tune, operation)
    edits, count = edits_of.first_of_triplets(tune, bars)
    where = bars_text(context.language, range(bars[0].number, bars[-1].number + 1))
    yield _changed(tune, edits, picked(context.language, "one-for-three", where=where, count=count))


def pentatonic(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The notes outside the five of the key on the nearest of them; chords and rhythm stay."""
    language = context.language
    if not tune.key.tonic:
        raise CannotChange(say(language, "needs-key"))
    own = classes("pentatonic", tune.key)
    bars = list(tune.measures) if operation.place is None else targeted(tune, operation.place)
    measures = [m for v in tune.voices for m in v.measures if operation.place is None or m in bars]
    if operation.voice is not None:
        measures = [m for m in measures if m in _voice(tune, operation).measures]
    moved = [
        (m, e, [_inside(n.written, m, own) for n in e.notes])
        for m in measures for e in m.events if any(n.pitch.midi % 12 not in own for n in e.notes)
    ]  # fmt: skip
    if not moved:
        raise CannotChange(say(language, "pentatonic-already"))
    new = parse_tune(apply(tune.source, edits_of.repitched(tune, moved)))
    said = picked(
        language,
        "pentatonic",
        where=_where(language, [(m, e) for m, e, _ in moved]),
        count=len(moved),
    )
    yield Change(new, said)


def _inside(pitch: Pitch, measure: Measure, own: frozenset[int]) -> Pitch:
    """The nearest note of the key among the five, the lower one of two."""
    if pitch.midi % 12 in own:
        return pitch
    near = [in_key(measure.key, pitch.diatonic + n) for n in (-2, -1, 0, 1, 2)]
    fitting = [p for p in near if p.midi % 12 in own]
    return min(fitting, key=lambda p: (abs(p.midi - pitch.midi), p.midi)) if fitting else pitch


PICKED = {
    "pentatonic": pentatonic,
    "drop-notes": drop_notes, "swap-picked": swap_picked, "join-notes": join_notes, "tie-notes": tie_notes,
    "move-notes": move_notes, "rename-notes": rename_notes, "mark-picked": mark_picked, "picked-length": picked_length,
    "fill-rests": fill_rests, "write-bar": write_bar, "bar-rhythm": bar_rhythm, "one-for-triplet": one_for_triplet,
}  # fmt: skip
"""Name of an operation → what makes the change."""
