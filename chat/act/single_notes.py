"""Changes of single notes: a Picardy third, a long note cut into short ones, two notes that change places."""

from __future__ import annotations

import re
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.spelling import changed_only, length_text, respell
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import Pitch
from abc_tools.tune import Event, Measure, Note, Tune
from chat.act.change import Change, Context, Steps, targeted, where_text
from chat.act.rewrite import CannotChange
from chat.phrases import say
from chat.reasons import reason
from chat.understand.operation import Operation


def picardy(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The last chord of a tune in minor becomes major: its third in every voice, its symbol, wherever they are."""
    language = context.language
    if not tune.key.tonic or not tune.key.minor_third:
        raise CannotChange(say(language, "picardy-major"))
    third = (tune.key.pitch_class + 3) % 12
    raised: dict[int, Pitch] = {}
    for voice in tune.voices:
        measure = voice.measures[-1]
        start = max((e.onset for e in measure.events if e.chord_symbol), default=Fraction(0))
        start = min([start, *(e.onset for e in measure.events[-1:])])
        late = [n for e in measure.events if e.onset >= start for n in e.notes]
        raised |= {
            id(n): Pitch(n.pitch.step, n.pitch.alter + 1, n.pitch.octave)
            for n in late if n.pitch.midi % 12 == third
        }  # fmt: skip
    edits = [
        e
        for m in (v.measures[-1] for v in tune.voices)
        for e in respell(m, m.key, lambda n: raised.get(id(n), n.pitch), keep_signs=False)
    ]
    edits = changed_only(tune.source, edits)
    edits += _major_symbol(tune)
    if not edits:  # nothing sounds a third and no symbol says one: the tonic gets its chord
        last = next((e for e in reversed(tune.measures[-1].events) if e.notes), None)
        if last is None:
            raise CannotChange(reason("There are no notes in these bars.", language))
        name = tune.key.name.split()[0]
        edits = [Edit(Span(last.span.start, last.span.start), f'"{name}"')]
    yield Change(
        parse_tune(apply(tune.source, edits)), say(language, "picardy", bar=tune.bar_count)
    )


def _major_symbol(tune: Tune) -> list[Edit]:
    """The last chord symbol without its minor third, if it is the tonic's."""
    found = [e for m in tune.measures[-1:] for e in m.events if e.chord_symbol and e.symbol_span]
    if not found:
        return []
    chord = parse_chord(found[-1].chord_symbol or "")
    if chord is None or chord.root_class != tune.key.pitch_class:
        return []
    plain = re.sub(r"^([A-G][#b]?)(?:min|m|-)(?!aj)", r"\1", found[-1].chord_symbol or "")
    assert found[-1].symbol_span is not None, "chosen for having one"
    return [Edit(found[-1].symbol_span, f'"{plain}"')] if plain != found[-1].chord_symbol else []


_NOTE = re.compile(r"(.*?[\^_=]*[A-Ga-g][,']*)([\d/]*)(-?)$", re.DOTALL)


def split_note(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The longest note of the bars as several of the same pitch: so many, or of such a length."""
    language, values = context.language, operation.values
    place = operation.place
    if place is None:
        raise CannotChange(say(language, "which-bars"))
    bars = [m for m in targeted(tune, place) if m in tune.voices[0].measures]
    if any(s for e in tune.voices[0].events for s in e.syllables):
        raise CannotChange(say(language, "words-in-the-way"))
    notes = [
        (m, e) for m in bars for e in m.events if e.kind == "note" and not e.tied and not e.grace
    ]
    if not notes:
        raise CannotChange(reason("There are no notes in these bars.", language))
    measure, event = max(notes, key=lambda item: item[1].duration)
    length = Fraction(values["length"]) if "length" in values else None
    count = int(values["count"]) if "count" in values else 0
    count = count or (int(event.duration / length) if length else 2)
    if count < 2 or count > 16 or (length is not None and length * count != event.duration):
        raise CannotChange(say(language, "no-even-split"))
    text = tune.source[event.span.start : event.span.end]
    match = _NOTE.fullmatch(text)
    if match is None or event.written != event.duration:
        raise CannotChange(say(language, "no-even-split"))
    head = re.sub(r"[\^_=]", "", match[1])
    one = length_text(event.duration / count / measure.unit)
    pieces = [match[1] + one, *[head + one] * (count - 1)]
    new = " ".join(pieces) if event.duration / count >= Fraction(1, 4) else "".join(pieces)
    edits = [Edit(event.span, new + match[3])]
    said = say(language, "note-split", bar=measure.number, count=count)
    yield Change(parse_tune(apply(tune.source, edits)), said)


def swap_notes(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Two notes of the bars, by their names, in each other's place."""
    language = context.language
    one, other = operation.values["one"], operation.values["other"]
    place = operation.place or Place(1, tune.bar_count)
    moved: dict[int, Pitch] = {}
    bars: list[Measure] = []
    for measure in targeted(tune, place):
        own = _named(measure.events, one), _named(measure.events, other)
        if own[0] and own[1]:
            bars.append(measure)
            a, b = own[0][0], own[1][0]
            moved |= {id(a): b.pitch, id(b): a.pitch}
    if not moved:
        raise CannotChange(say(language, "no-such-notes", one=one, other=other))
    edits = [
        e
        for m in bars
        for e in respell(m, m.key, lambda n: moved.get(id(n), n.pitch), keep_signs=False)
    ]
    said = say(
        language, "notes-swapped", one=one, other=other, where=where_text(operation.place, language)
    )
    yield Change(parse_tune(apply(tune.source, changed_only(tune.source, edits))), said)


def _named(events: tuple[Event, ...], name: str) -> list[Note]:
    """The notes that have a name: a letter alone means it with whatever sign it has there."""
    alter = {"#": 1, "b": -1, "=": 0}.get(name[1:2])
    return [
        n for e in events for n in e.notes
        if n.pitch.step == name[0] and (alter is None or n.pitch.alter == alter)
    ]  # fmt: skip
