"""Changes of whole voices: a second one, one that rests for some bars, two that change places, a canon, an Amen.

What it does not know: what an accompaniment plays (`hands`).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from statistics import mean

from abc_tools import edit
from abc_tools.edit.registry import run
from abc_tools.edit.second_voice import add_doubling
from abc_tools.parse import parse_tune
from abc_tools.spelling import length_text
from abc_tools.text import Edit, apply
from abc_tools.theory import Pitch, abc_letter
from abc_tools.tune import Event, Measure, Tune, Voice
from chat.act.change import Change, Context, Steps, edit_step, where_text
from chat.act.rewrite import CannotChange
from chat.act.scales import chord_named
from chat.phrases import plain, say
from chat.understand.operation import Operation

CLASHES = frozenset((1, 2, 6, 10, 11))
"""Intervals in semitones, octaves apart, that sound harsh between two voices."""
A_LINE = 4
"""Bars on a line."""


def rest_of(measure: Measure) -> str:
    """A bar of rest, as long as the bar."""
    return "z" + length_text(Fraction(measure.duration, measure.unit))


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


def no_voice(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A voice was named that the tune has not: nothing changes in its stead."""
    language = context.language
    names = [plain(v.name or v.id) for v in tune.voices]
    said = plain(operation.values["said"])
    if len(names) < 2:
        raise CannotChange(say(language, "no-such-voice-one", said=said))
    listed = ("、" if language == "zh" else ", ").join(names)
    raise CannotChange(say(language, "no-such-voice", said=said, there=listed))
    yield


def suits_already(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A key was wished that suits a voice, and the tune lies well for it: nothing is moved."""
    pitches = sorted(
        (n.written for m in tune.voices[0].measures for e in m.events for n in e.notes),
        key=lambda p: p.midi,
    )
    language = context.language
    raise CannotChange(say(language, "suits-already", low=pitches[0].name, high=pitches[-1].name))
    yield


def doubling_voice(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A voice more, that plays what another one has, in its octave or in another one."""
    language, values = context.language, operation.values
    octaves = int(values["octaves"])
    edits = add_doubling(tune, values["of"], octaves, values.get("name", "Double"))
    one = next(v for v in tune.voices if v.id == values["of"])
    name = "doubling-voice" if octaves else "doubling-unison"
    said = say(
        language, name, other=plain(one.name or one.id), count=abs(octaves), name=plain(values.get("name", "Double")),
        direction=say(language, "higher" if octaves > 0 else "lower"),
    )  # fmt: skip
    yield Change(parse_tune(apply(tune.source, edits)), said)


def add_drone(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A drone of tonic and fifth, or of the one note that is said; it rests outside the bars that are named."""
    language, place = context.language, operation.place
    new = edit_step(tune, "add-drone", {})
    note = operation.values.get("note", "")
    edits = []
    for measure in new.voices[-1].measures:
        if place is not None and not place.first <= measure.number <= place.last:
            edits.append(Edit(measure.span, rest_of(measure)))
        elif note:
            edits += [Edit(e.span, _one_note(new, e, note)) for e in measure.events if e.notes]
    new = parse_tune(apply(new.source, edits))
    where = where_text(place, language)
    said = "drone-note" if note else "drone"
    yield Change(new, say(language, said, where=where, note=plain(note)))


def _one_note(tune: Tune, event: Event, name: str) -> str:
    """The text of a drone's chord as one low note, as long and tied as it is."""
    text = tune.source[event.span.start : event.span.end]
    alter = {"#": 1, "b": -1}.get(name[1:2], 0)
    octave = 2 if name[0] in "GAB" else 3
    sign = {1: "^", -1: "_"}.get(alter, "")
    return sign + abc_letter(Pitch(name[0], alter, octave)) + text.partition("]")[2]


def rest_voice(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One voice is silent in the bars."""
    language, place = context.language, operation.place
    voice = next((v for v in tune.voices if v.id == operation.values.get("voice")), None)
    if voice is None or place is None:
        raise CannotChange(say(language, "which-voice" if voice is None else "which-bars"))
    _no_words(voice, language)
    bars = [m for m in voice.measures if place.first <= m.number <= place.last and m.full]
    edits = [Edit(m.span, rest_of(m)) for m in bars]
    said = say(
        language,
        "voice-rests",
        voice=plain(voice.name or voice.id),
        where=where_text(place, language),
    )
    yield Change(parse_tune(apply(tune.source, edits)), said)


def double_voice(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One voice plays what another one has, in the octave in which it lay."""
    language, place = context.language, operation.place
    one, other = (
        next(v for v in tune.voices if v.id == operation.values[n]) for n in ("voice", "of")
    )
    _no_words(one, language)
    pairs = [
        (n, a, b) for n, (a, b) in enumerate(zip(one.measures, other.measures, strict=False))
        if place is None or place.first <= a.number <= place.last
    ]  # fmt: skip
    if any(a.duration != b.duration or a.unit != b.unit for _, a, b in pairs):
        raise CannotChange(say(language, "two-voices-only"))
    edits = [Edit(a.span, _without_chords(tune, b)) for _, a, b in pairs]
    new = parse_tune(apply(tune.source, edits))
    octaves = round((_height(one) - _height(other)) / 12)
    if octaves:
        own = next(v for v in new.voices if v.id == one.id)
        measures = [own.measures[n] for n, _, _ in pairs]
        new = parse_tune(apply(new.source, run(new, "octave", {"octaves": str(octaves)}, measures)))
    names = {key: plain(v.name or v.id) for key, v in (("one", one), ("other", other))}
    yield Change(
        new,
        say(
            language,
            "voice-doubles",
            where=where_text(place, language),
            count=abs(octaves),
            **names,
        ),
    )


def _no_words(voice: Voice, language: str) -> None:
    if any(s for e in voice.events for s in e.syllables):
        raise CannotChange(say(language, "words-in-the-way"))


def swap_voices(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The music of two voices exchanged, each moved by octaves to where the other one lay."""
    language = context.language
    if len(tune.voices) != 2:
        raise CannotChange(say(language, "two-voices-only"))
    top, low = tune.voices
    for voice in (top, low):
        _no_words(voice, language)
    if len(top.measures) != len(low.measures):
        raise CannotChange(say(language, "two-voices-only"))
    place = operation.place
    pairs = [
        (n, one, other)
        for n, (one, other) in enumerate(zip(top.measures, low.measures, strict=True))
        if place is None or place.first <= one.number <= place.last
    ]
    edits = []
    for _, one, other in pairs:
        edits += [
            Edit(one.span, tune.source[other.span.start : other.span.end]),
            Edit(other.span, tune.source[one.span.start : one.span.end]),
        ]
    new = parse_tune(apply(tune.source, edits))
    apart = round((_height(top) - _height(low)) / 12)
    if apart:
        for at, octaves in ((0, apart), (1, -apart)):
            measures = [new.voices[at].measures[n] for n, _, _ in pairs]
            new = parse_tune(
                apply(new.source, run(new, "octave", {"octaves": str(octaves)}, measures))
            )
    said = "voices-swapped" if place is None else "voices-swapped-there"
    yield Change(new, say(language, said, where=where_text(place, language)))


def _height(voice: Voice) -> float:
    heights = [n for e in voice.events for n in e.midi]
    return mean(heights) if heights else 60.0


# -- canon ------------------------------------------------------------------------------------


def canon(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The melody as a canon: each voice the same, some bars later. What clashes is said, not hidden."""
    language = context.language
    voices, entry = (
        int(operation.values.get("voices", "2")),
        int(operation.values.get("entry", "2")),
    )
    new = in_canon(tune, voices, entry)
    if new is None:
        raise CannotChange(say(language, "no-canon"))
    share = round(100 * clashes(new))
    yield Change(new, say(language, "canon", voices=voices, entry=entry, share=share))


def in_canon(tune: Tune, voices: int, entry: int) -> Tune | None:
    """The tune with its melody entering `voices` times, `entry` bars apart, repeats left out; None where that
    cannot be written: several voices, words, changes of key or meter, a pickup, endings.
    """
    if len(tune.voices) != 1 or not 2 <= voices <= 4 or not 1 <= entry <= 8:
        return None
    bars = tune.voices[0].measures
    simple = all(m.full and m.key == tune.key and not m.ending and not m.overlays for m in bars)
    if not simple or any(s for v in tune.voices for e in v.events for s in e.syllables):
        return None
    melody = [tune.source[m.span.start : m.span.end].strip() for m in bars]
    bare = [_without_chords(tune, m) for m in bars]
    rest = rest_of(bars[0])
    late = entry * (voices - 1)
    key = next(f for f in tune.fields if f.name == "K")
    head = tune.source[: tune.source.index("\n", key.span.start)]
    lines = [head]
    for number in range(voices):
        own = melody if not number else bare
        line = [rest] * (entry * number) + own + [rest] * (late - entry * number)
        lines.append(f"V:{number + 1} clef=treble")
        for at in range(0, len(line), A_LINE):
            end = "|]" if at + A_LINE >= len(line) else "|"
            lines.append("|".join(line[at : at + A_LINE]) + end)
    return parse_tune("\n".join(lines) + "\n")


def _without_chords(tune: Tune, measure: Measure) -> str:
    text = tune.source[measure.span.start : measure.span.end]
    gone = [e.symbol_span for e in measure.events if e.symbol_span]
    for span in reversed(gone):
        text = text[: span.start - measure.span.start] + text[span.end - measure.span.start :]
    return text.strip()


def clashes(tune: Tune) -> float:
    """The share of beats on which two voices that both sound stand in a harsh interval; 0 for one voice."""
    beat = edit.felt_beat(tune)
    harsh = total = 0
    for at, first in enumerate(tune.voices[0].measures):
        columns = [v.measures[at] for v in tune.voices if at < len(v.measures)]
        moment = Fraction(0)
        while moment < first.duration:
            notes = [h for m in columns if (h := _sounding(m, moment)) is not None]
            if len(notes) > 1:
                total += 1
                harsh += any(abs(a - b) % 12 in CLASHES for a, b in combinations(notes, 2))
            moment += beat
    return harsh / total if total else 0.0


def _sounding(measure: Measure, moment: Fraction) -> int | None:
    """The highest note at a moment of a bar; None for a rest."""
    for event in measure.events:
        if event.onset <= moment < event.onset + event.duration:
            return max(event.midi, default=None)
    return None


# -- amen -------------------------------------------------------------------------------------


def amen(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Two bars at the end, subdominant and tonic, in every voice by the shortest way: a plagal cadence."""
    language, key = context.language, tune.key
    if not key.tonic:
        raise CannotChange(say(language, "needs-key"))
    room = edit_step(tune, "ending", {"kind": "tag", "bars": "2"})
    names = [chord_named(n, key) for n in (("iv", "i") if key.minor_third else ("IV", "I"))]
    symbols = any(e.chord_symbol for m in tune.measures for e in m.events)
    edits = []
    for number, voice in enumerate(room.voices):
        step = next(
            (e.notes[0].pitch for e in reversed(list(tune.voices[number].events)) if e.notes), None
        )
        if step is None:
            continue
        steps = step.diatonic
        for measure, degrees, chord in zip(
            voice.measures[-2:], ((3, 5, 0), (0, 2, 4)), names, strict=True
        ):
            wanted = degrees[:1] if number == len(room.voices) - 1 and number else degrees
            steps = _nearest(steps, [key.scale[d][0] for d in wanted])
            letter = abc_letter(Pitch("CDEFGAB"[steps % 7], 0, steps // 7))
            symbol = f'"{chord.text}"' if chord is not None and symbols and not number else ""
            length = length_text(Fraction(measure.duration, measure.unit))
            edits.append(Edit(measure.span, f"{symbol}{letter}{length}"))
    new = parse_tune(apply(room.source, edits))
    yield Change(new, say(language, "amen", first=new.bar_count - 1, last=new.bar_count))


def _nearest(steps: int, letters: list[str]) -> int:
    """The staff step nearest to one that has one of the letters; the lower of two."""
    return min(
        (s for s in range(steps - 7, steps + 8) if "CDEFGAB"[s % 7] in letters),
        key=lambda s: (abs(s - steps), s),
    )
