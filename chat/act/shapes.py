"""Changes that several edits make together: a slowing end, a swell, one chord for another, a voice in some bars only.

Each takes a tune, an operation and the context, as those of `change.OWN` do. To add one: write the function, add it to
`SHAPES`, its sentence to `chat.phrases`.
"""

from __future__ import annotations

from collections.abc import Callable

from abc_tools import edit
from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.edit.singing import set_lyrics
from abc_tools.edit.symbols import primary_chords, triad_of
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.prosody.sung import singing_voice
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import Key
from abc_tools.tune import Event, Tune
from chat.act.change import Change, Context, Steps, edit_step, targeted, where_text
from chat.act.rewrite import CannotChange
from chat.act.single_notes import picardy, split_note, swap_notes
from chat.act.voicing import amen, canon, rest_of, rest_voice, swap_voices
from chat.phrases import plain, say
from chat.reasons import reason
from chat.understand.operation import Operation

SLOWEST, FASTEST = 0.72, 1.3
"""How much of the tempo is left at the end of a ritardando, and how much an accelerando comes to."""
CLOSING = 2
"""Bars that slow down where none are named."""


def slow_down(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A ritardando or accelerando: a tempo of its own for each bar, and the word above the first."""
    last = tune.bar_count
    place = operation.place or Place(max(1, last - CLOSING + 1), last)
    bars = [m for m in targeted(tune, place) if m in tune.voices[0].measures]
    notes = [e for m in bars for e in m.events if e.notes]
    if not notes:
        raise CannotChange(reason("There are no notes in these bars.", context.language))
    goal = SLOWEST if operation.values["kind"] == "slower" else FASTEST
    beat = edit.felt_beat(tune)
    start = float(tune.tempo.bpm * tune.tempo.beat / beat)
    edits = []
    for n, measure in enumerate(bars, 1):
        bpm = max(20, min(300, round(start * (1 + (goal - 1) * n / len(bars)))))
        edits.append(Edit(Span(measure.span.start, measure.span.start), f"[Q:{beat}={bpm}]"))
    if bars[-1] is not tune.voices[0].measures[-1]:
        edits.append(Edit(Span(bars[-1].span.end, bars[-1].span.end), f"[Q:{beat}={round(start)}]"))
    word = "rit." if operation.values["kind"] == "slower" else "accel."
    edits.append(_above(notes[0], word))
    yield Change(
        parse_tune(apply(tune.source, edits)),
        say(context.language, "slowed" if word == "rit." else "sped", where=where_text(place, context.language)),
    )  # fmt: skip


def _above(event: Event, word: str) -> Edit:
    start = (event.grace_span or event.symbol_span or event.span).start
    return Edit(Span(min(start, event.span.start), min(start, event.span.start)), f'"^{word}"')


def swell(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Soft, growing to a peak, dying away: a level, a crescendo and a diminuendo over the bars."""
    place = operation.place or Place(1, tune.bar_count)
    peak = int(operation.values.get("peak", 0)) or (place.first + 2 * place.last) // 3
    if not place.first < peak <= place.last:
        raise CannotChange(say(context.language, "which-bars"))
    notes = [
        e for m in tune.voices[0].measures if place.first <= m.number <= peak for e in m.events if e.notes
    ]  # fmt: skip
    after = [
        e for m in tune.voices[0].measures if peak < m.number <= place.last for e in m.events if e.notes
    ]  # fmt: skip
    if len(notes) < 2:
        raise CannotChange(reason("There are no notes in these bars.", context.language))
    edits = [_mark(notes[0], "!p!!<(!"), _mark(notes[-1], "!<)!!f!")]
    if len(after) > 1:
        edits += [_mark(after[0], "!>(!"), _mark(after[-1], "!>)!!pp!")]
    where = where_text(place, context.language)
    where = where[:1].upper() + where[1:]
    yield Change(
        parse_tune(apply(tune.source, edits)), say(context.language, "swelled", where=where, peak=peak)
    )  # fmt: skip


def _mark(event: Event, sign: str) -> Edit:
    return Edit(Span(event.span.start, event.span.start), sign)


# -- chords -----------------------------------------------------------------------------------


def swap_chord(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One chord for another wherever it stands (in the bars): a given one, or the simplest that shares most notes."""
    old = operation.values["old"]
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
    yield Change(parse_tune(apply(tune.source, edits)), said)


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


# -- voices -----------------------------------------------------------------------------------


def second_voice(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A second voice; where some bars are named, it rests in the others."""
    new = edit_step(tune, "second-voice", dict(operation.values))
    place = operation.place
    language = context.language
    if place is not None:
        rests = [
            Edit(m.span, rest_of(m)) for m in new.voices[-1].measures if not place.first <= m.number <= place.last
        ]  # fmt: skip
        new = parse_tune(apply(new.source, rests))
    interval = operation.values.get("interval", "third")
    said = say(language, f"second-{interval}", where=where_text(place, language))
    yield Change(new, said)


def words_at(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Given words under some bars, the others as they were."""
    place = operation.place
    assert place is not None, "the rule finds the bars"
    voice = singing_voice(tune)
    bars = [m for m in targeted(tune, place) if m in voice.measures]
    new = parse_tune(apply(tune.source, set_lyrics(tune, operation.values["text"], 1, bars)))
    where = where_text(place, context.language)
    yield Change(
        new,
        say(context.language, "words-there", where=where, words=plain(operation.values["text"])),
    )


SHAPES: dict[str, Callable[[Tune, Operation, Context], Steps]] = {
    "slow-down": slow_down, "swell": swell, "swap-chord": swap_chord, "second-voice": second_voice,
    "picardy": picardy, "split-note": split_note, "swap-notes": swap_notes, "rest-voice": rest_voice,
    "swap-voices": swap_voices, "canon": canon, "words-at": words_at, "amen": amen,
}  # fmt: skip
"""Name → the change."""
