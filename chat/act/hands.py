"""Changes for those who play: an easier tune, another instrument, a bass, a simpler left hand.

What it does not know: whether a tune is hard (`abc_tools.analyse`), and more than two voices (`voicing`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from abc_tools import edit
from abc_tools.edit.registry import run
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.text import Edit, Span, apply
from abc_tools.tune import Tune
from chat.act.change import Change, Context, Steps, an_edit, edited, then, where_text
from chat.act.rewrite import CannotChange, rescaled
from chat.phrases import plain, say
from chat.reasons import reason
from chat.understand.operation import Operation
from chat.understand.tables import INSTRUMENTS
from lm.plan import note_step


def simplify(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Easier to play: shorter notes left out, ornaments and involved chords taken away."""
    steps = [
        ("simplify-rhythm", {"level": "sixteenths"}), ("simplify-rhythm", {"level": "dotted"}),
        ("remove-ornaments", {}), ("simplify-chords", {"level": "triads"}),
    ]  # fmt: skip
    plain_already = True
    levels = ("", "eighths", "quarters") if operation.place else ("", "eighths")
    for level in levels:
        chosen = steps if not level else [("simplify-rhythm", {"level": level})]
        try:
            for item in then(
                tune,
                [(an_edit, replace(operation, name=n, values=v)) for n, v in chosen],
                context,
            ):
                if isinstance(item, Change) and (
                    item.tune.source == tune.source
                    or (operation.place is not None and _same_notes(item.tune, tune))
                ):
                    continue  # bars that are too hard want fewer notes, not only plainer chords
                plain_already = plain_already and not isinstance(item, Change)
                yield item
        except CannotChange:
            pass
        if not plain_already:
            return
    raise CannotChange(say(context.language, "simple-already"))


def _same_notes(one: Tune, other: Tune) -> bool:
    return [(e.midi, e.duration) for v in one.voices for e in v.events] == [
        (e.midi, e.duration) for v in other.voices for e in v.events
    ]


_CLEFS = {
    "viola": "alto", "cello": "bass", "double bass": "bass", "trombone": "bass", "tuba": "bass", "bassoon": "bass",
}  # fmt: skip
"""Instruments that do not read the treble clef."""


def _voice_on(tune: Tune, operation: Operation, context: Context) -> Change:
    """One voice of several for another player: its name, its clef, its octave; what it cannot reach is brought in."""
    language, name = context.language, operation.values["instrument"]
    _, low, high, words = INSTRUMENTS[name]
    voice = next(v for v in tune.voices if v.id == operation.voice)
    start = tune.span.start
    line = re.search(rf"(?m)^V: ?{re.escape(voice.id)}\b.*$", tune.source[start:])
    shown = name if language == "en" else next((w for w in words if not w.isascii()), name)
    if line is None:
        raise CannotChange(say(language, "no-voice-line"))
    plain_line = re.sub(r'\s*\bname="[^"]*"|\s*\bclef=\S+', "", line[0]).rstrip()
    text = f'{plain_line} clef={_CLEFS.get(name, "treble")} name="{name.title()}"'
    edits = [Edit(Span(start + line.start(), start + line.end()), text)]
    if sound := _sound_of(tune, voice.id, INSTRUMENTS[name][0]):
        edits.append(sound)
    new = parse_tune(apply(tune.source, edits))
    own = next(v for v in new.voices if v.id == voice.id)
    pitches = [n for e in own.events for n in e.midi]
    bottom, top = (note_step(text) * 12 // 7 + 12 for text in (low, high))
    outside = {o: sum(not bottom <= p + 12 * o <= top for p in pitches) for o in range(-3, 4)}
    best = min(outside, key=lambda o: (outside[o], abs(o)))
    if "keep" in operation.values or 4 * outside[0] <= len(pitches):
        best = 0  # a few notes can be brought in
    if best:
        new = parse_tune(apply(new.source, edit.shift_octave(new, best, list(own.measures))))
        own = next(v for v in new.voices if v.id == voice.id)
    said = say(language, "voice-played-on", voice=plain(voice.name or voice.id), instrument=shown)
    ends = {"low": low, "high": high}
    for side, end in ends.items() if "keep" not in operation.values else ():
        value = _scientific(end)
        if any(n < bottom if side == "low" else n > top for e in own.events for n in e.midi):
            edits = run(new, "limit-range", {side: value}, list(own.measures))
            new = parse_tune(apply(new.source, edits))
            own = next(v for v in new.voices if v.id == voice.id)
            said += " " + say(language, f"brought-{side}", note=value)
    return Change(new, said)


def _sound_of(tune: Tune, voice: str, program: int) -> Edit | None:
    """The sound that is set right below a line of a voice, made that of another instrument; set where there is none."""
    own = rf"(?m)^V: ?{re.escape(voice)}\b[^\n]*\n"
    match = re.compile(rf"{own}%%MIDI program (?:\d+ )?(\d+)").search(tune.source, tune.span.start)
    if match:
        return Edit(Span(match.start(1), match.end(1)), str(program))
    music = re.compile(own).search(tune.source, _head_end(tune))
    if music is None or music.end() > tune.span.end:
        return None
    return Edit(Span(music.end(), music.end()), f"%%MIDI program {program}\n")


def _head_end(tune: Tune) -> int:
    """Where the music begins: behind the key of the head."""
    keys = [f.span.end for f in tune.fields if f.name == "K" and f.where == "header"]
    return max(keys, default=tune.span.start)


def _scientific(text: str) -> str:
    """C3 for `C,`: a note of ABC with its octave as a number."""
    octave = 4 + text[0].islower() + text.count("'") - text.count(",")
    return f"{text[0].upper()}{octave}"


def play_on(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Another sound for the first voice, and the octave that the instrument reaches; for one voice of several, that
    voice is written for it.
    """
    if operation.voice is not None and len(tune.voices) > 1:
        yield _voice_on(tune, operation, context)
        return
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
    if "keep" in operation.values:
        best = 0
    if best:
        tune_ = parse_tune(apply(tune_.source, edit.shift_octave(tune_, best, measures)))
    language = context.language
    shown = name if language == "en" else next((w for w in words if not w.isascii()), name)
    said = say(language, "played-on", instrument=shown)
    if best:
        said += " " + say(language, "octaved", where=where_text(None, language), count=abs(best),
                          direction=say(language, "up" if best > 0 else "down"))  # fmt: skip
    yield Change(tune_, said)


def player_of(tune: Tune) -> tuple[int, int] | None:
    """The lowest and highest note of whoever plays the first voice, by the program that the tune names."""
    found = re.search(r"(?m)^%%MIDI program (\d+)", tune.source[tune.span.start : tune.span.end])
    ends = [
        (low, high)
        for program, low, high, _ in INSTRUMENTS.values()
        if found and program == int(found[1])
    ]
    if not ends:
        return None
    bottom, top = (note_step(text) * 12 // 7 + 12 for text in ends[0])
    return bottom, top


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


def simplify_bass(tune: Tune, operation: Operation, context: Context) -> Steps:
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
        change = edited(tune, Operation(name, values), context)
        tune = change.tune
    yield Change(tune, say(context.language, "left-hand-simplified"))


def bass(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A bass is made from the chords: where there are none, they are chosen first; one that is there
    already gives way.
    """
    has_chords = any(e.chord_symbol for m in tune.measures for e in m.events)
    steps = [] if has_chords else [Operation("add-chords")]
    old_bass = None
    if (
        len(tune.voices) == 2
        and tune.voices[1].clef.startswith("bass")
        and _is_left_hand(tune.voices[1].name)
    ):
        old_bass = tune
        old = Operation("remove-voice", {"voice": tune.voices[1].id})
        tune = edited(tune, old, context).tune
    for step in (*steps, operation):
        change = edited(tune, step, context)
        tune = change.tune
    if steps:  # the symbols were not asked for
        tune = edited(tune, Operation("remove-chords"), context).tune
    if old_bass is not None and operation.place is not None:
        tune = _bass_there(tune, old_bass, operation.place)
    yield Change(
        tune, change.said if not steps else f"{say(context.language, 'chords-first')} {change.said}"
    )


_LEFT_HAND = re.compile(r"left|bass|\blh\b|piano|hand|左手|低音|伴奏", re.IGNORECASE)


def _is_left_hand(name: str) -> bool:
    """Whether a voice in the bass clef accompanies: a player's part with a name of its own is not written over."""
    return not name.strip() or _LEFT_HAND.search(name) is not None


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
