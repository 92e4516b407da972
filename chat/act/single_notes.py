"""Changes of single notes: a Picardy third, a long note cut into short ones, a note longer or shorter, a sung note that
is held, two notes that change places.
"""

from __future__ import annotations

import re
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.edit.lengths import DOTTED, hold_over, set_length
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.spelling import changed_only, length_text, respell
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import Pitch
from abc_tools.tune import Event, Measure, Note, Tune
from chat.act.change import Change, Context, Steps, targeted, where_text
from chat.act.rewrite import CannotChange
from chat.phrases import bars_text, plain, say
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
    voice = next((v for v in tune.voices if v.id == operation.voice), tune.voices[0])
    bars = [m for m in targeted(tune, place) if m in voice.measures]
    if any(s for e in voice.events for s in e.syllables):
        raise CannotChange(say(language, "words-in-the-way"))
    notes = [
        (m, e) for m in bars for e in m.events if e.kind == "note" and not e.tied and not e.grace
    ]
    if not notes:
        raise CannotChange(reason("There are no notes in these bars.", language))
    measure, event = max(notes, key=lambda item: item[1].duration)
    if "lengths" in values:
        yield _cut_into(
            tune, measure, event, [Fraction(v) for v in values["lengths"].split()], language
        )
        return
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
    done = parse_tune(apply(tune.source, edits))
    said = say(language, "note-split", bar=measure.number, count=count)
    if names := values.get("pitches", "").split():
        done = _with_pitches(done, voice.id, event.span.start, names, low="low" in values)
        said = say(language, "note-split-as", bar=measure.number, notes=", ".join(names))
    yield Change(done, said)


def _cut_into(
    tune: Tune, measure: Measure, event: Event, lengths: list[Fraction], language: str
) -> Change:
    """A note as several of its pitch, of given lengths."""
    match = _NOTE.fullmatch(tune.source[event.span.start : event.span.end])
    if match is None or sum(lengths) != event.duration or event.written != event.duration:
        raise CannotChange(say(language, "no-such-split", bar=measure.number))
    head = re.sub(r"[\^_=]", "", match[1])
    texts = [length_text(n / measure.unit) for n in lengths]
    new = " ".join((match[1] if not n else head) + text for n, text in enumerate(texts))
    said = say(language, "note-split", bar=measure.number, count=len(lengths))
    return Change(parse_tune(apply(tune.source, [Edit(event.span, new + match[3])])), said)


def _with_pitches(tune: Tune, voice: str, start: int, names: list[str], *, low: bool) -> Tune:
    """The notes from a place in the text on made others: each the nearest of its name, or the one below."""
    own = next(v for v in tune.voices if v.id == voice)
    moved: dict[int, Pitch] = {}
    for measure in own.measures:
        events = [e for e in measure.events if e.notes and e.span.start >= start]
        if not events:
            continue
        for event, name in zip(events, names, strict=False):
            moved[id(event.notes[-1])] = _nearest_named(event.notes[-1].written, name, measure, low)
        edits = respell(measure, measure.key, lambda n: moved.get(id(n), n.pitch), keep_signs=False)
        return parse_tune(apply(tune.source, changed_only(tune.source, edits)))
    return tune


def _nearest_named(pitch: Pitch, name: str, measure: Measure, low: bool) -> Pitch:
    alter = {"#": 1, "b": -1}.get(name[1:2], measure.key.signature[name[0]])
    near = [Pitch(name[0], alter, pitch.octave + n) for n in (-1, 0, 1)]
    if low:
        near = [p for p in near if p.midi <= pitch.midi]
    return min(near, key=lambda p: abs(p.midi - pitch.midi))


def note_length(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Some notes of one length: the nth of the bars, the longest, the first of each bar, or all that are longer."""
    language, values = context.language, operation.values
    voice = next((v for v in tune.voices if v.id == operation.voice), tune.voices[0])
    bars = [m for m in voice.measures if any(e.notes for e in m.events)]
    if operation.place is not None:
        bars = [m for m in bars if m in targeted(tune, operation.place)]
    groups = [[m] for m in bars] if "each" in values else [bars]
    chosen = [found for group in groups if (found := _meant(group, values)) is not None]
    if "dot" in values and len(chosen) > 1:  # what fills its bar cannot be longer
        chosen = [(m, e) for m, e in chosen if e.duration * DOTTED <= m.duration]
    if "most" in values:
        most = Fraction(values["most"])
        chosen = [(m, e) for m in bars for e in m.events if e.notes and e.duration > most]
    if not chosen:
        raise CannotChange(reason("There is no such note in these bars.", language))
    new = tune
    for measure, event in reversed(
        chosen
    ):  # from the end, so that the places in the text still hold
        if "length" in values or "most" in values:
            length = Fraction(values.get("length") or values["most"])
        else:
            length = event.duration * (DOTTED if "dot" in values else Fraction(values["times"]))
        new = _with_length(new, voice.id, measure, event, length)
    where = bars_text(language, {m.number for m, _ in chosen})
    yield Change(new, say(language, "note-length", where=where, count=len(chosen)))


def _meant(bars: list[Measure], values: dict[str, str]) -> tuple[Measure, Event] | None:
    """The note that is meant in some bars; None for none."""
    notes = [(m, e) for m in bars for e in m.events if e.kind == "note" and not e.tied]
    if "if" in values:
        notes = [(m, e) for m, e in notes if e.duration == Fraction(values["if"]) and e.onset == 0]
    if not notes:
        return None
    if "nth" in values:
        place = int(values["nth"])
        place = place - 1 if place > 0 else len(notes) + place
        return notes[place] if 0 <= place < len(notes) else None
    return max(notes, key=lambda item: item[1].duration)


def _with_length(tune: Tune, voice: str, measure: Measure, event: Event, length: Fraction) -> Tune:
    own = next(v for v in tune.voices if v.id == voice)
    here = next(m for m in own.measures if m.span.start == measure.span.start)
    note = next(e for e in here.events if e.span.start == event.span.start)
    return parse_tune(apply(tune.source, set_length(tune, [(here, note)], length)))


def hold_word(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The note of a sung word held for more bars, or as long again where it stands inside a bar."""
    language, values = context.language, operation.values
    if "last" in values:
        measure = tune.voices[0].measures[-1]
        last = [e for e in measure.events if e.notes]
        if not last:
            raise CannotChange(reason("There is no such note in these bars.", language))
        new = parse_tune(
            apply(tune.source, hold_over(tune, measure, last[-1], int(values["bars"])))
        )
        yield Change(new, say(language, "last-held", count=int(values["bars"])))
        return
    found = _sung_at(tune, values["word"])
    if found is None:
        raise CannotChange(reason("There are no such words in this tune.", language))
    measure, event = found
    if measure.events[-1] is event and ("bars" in values or event.duration >= measure.duration / 2):
        bars = int(values.get("bars", "1"))
        new = parse_tune(apply(tune.source, hold_over(tune, measure, event, bars)))
        said = say(
            language, "word-held", word=plain(values["word"]), bar=measure.number, count=bars
        )
        yield Change(new, said)
        return
    edits = set_length(tune, [(measure, event)], event.duration * 2)
    said = say(language, "word-longer", word=plain(values["word"]), bar=measure.number)
    yield Change(parse_tune(apply(tune.source, edits)), said)


def _sung_at(tune: Tune, word: str) -> tuple[Measure, Event] | None:
    """The note on which a word ends, where it is sung first."""
    wanted = _letters(word)
    for voice in tune.voices:
        line = [
            (m, e, e.syllables[0]) for m in voice.measures for e in m.events if e.syllables and e.syllables[0]
        ]  # fmt: skip
        for start in range(len(line)):
            text = ""
            for measure, event, syllable in line[start:]:
                text += _letters(syllable)
                if text == wanted:
                    return measure, event
                if not wanted.startswith(text):
                    break
    return None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


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
