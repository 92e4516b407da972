"""Requirements checked on a tune, by code. A name without a check is a promise we do not make.

`check(tune, wishes)` gives every requirement with `met` True or False. Add a requirement: read it in
`understand`, check it here, phrase it in `phrases`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from abc_tools.analyse import chord_at, facts
from abc_tools.chords import ChordSymbol
from abc_tools.edit import felt_beat
from abc_tools.metrics import in_scale, leaps, melody, span_of
from abc_tools.prosody.sung import verses_of
from abc_tools.sections import Section, form, sections
from abc_tools.styles import STYLES
from abc_tools.theory import MODES, STEP_SEMITONES, Key, parse_key, parse_meter
from abc_tools.timeline import unfold
from abc_tools.tune import Event, Tune, Voice
from chat.act.closing import class_said
from chat.act.contour import has_contour
from chat.act.finish import cadences_of, goal
from chat.act.moving import LONG, enough, figures_in
from chat.act.responses import has_no_melody, has_response
from chat.act.scales import EASY_CHORDS, chord_named, classes
from chat.requirements import Requirement
from chat.understand.ranges import range_midi
from chat.understand.tables import INSTRUMENTS, range_of
from lm.verse import about

MOSTLY = 0.7
"""Share of the notes that are in the key; a blues or a modulation has others, too."""
NEAR = 0.2
"""How far from the seconds asked for a tune may be, as a share of them."""
SLOW, FAST = 92, 104
"""Felt beats a minute: at most this is slow, at least this is fast; compound meters are felt slower."""


def check(tune: Tune, values: dict[str, str]) -> tuple[Requirement, ...]:
    """Every requirement with whether the tune meets it."""
    return tuple(
        Requirement(name, value, CHECKS[name](tune, value) if name in CHECKS else False)
        for name, value in values.items()
    )


def _key(tune: Tune, value: str) -> bool:
    key = parse_key(value)
    if key is None or tune.key.name != key.name:
        return False
    notes = melody(tune)
    return in_scale(tune, key) >= MOSTLY and bool(notes)


def _mode(tune: Tune, value: str) -> bool:
    return value in MODES and tune.key.mode == value


def _meter(tune: Tune, value: str) -> bool:
    wanted = parse_meter(value)
    return (
        wanted is not None
        and tune.meter is not None
        and (tune.meter.length == wanted.length and tune.meter.unit == wanted.unit)
        and all(m.meter is not None and m.meter.length == wanted.length for m in tune.measures)
    )


def _tempo(tune: Tune, value: str) -> bool:
    beat = felt_beat(tune)
    bpm = tune.tempo.bpm * tune.tempo.beat / beat
    own = tune.tempo.bpm
    if value.isdigit():
        return int(value) in (round(own), round(bpm))
    quarter = beat if tune.meter is None or not tune.meter.compound else Fraction(3, 8)
    felt = tune.tempo.bpm * tune.tempo.beat / quarter
    if value == "slow":
        return felt <= SLOW
    if value == "fast":
        return felt >= FAST
    return SLOW - 12 <= felt <= FAST + 26


def _bars(tune: Tune, value: str) -> bool:
    return tune.bar_count == int(value)


def _rhythm(tune: Tune, value: str) -> bool:
    field = tune.field("R")
    style = STYLES[value]
    meters = {parse_meter(text) for text in style.meters}
    lengths = {m.length for m in meters if m is not None}
    return (
        field is not None
        and field.value == value
        and (
            tune.meter is not None
            and (tune.meter.length in lengths or value in ("song", "folk song"))
        )
    )


def _form(tune: Tune, value: str) -> bool:
    parts = sections(tune)
    names = list(dict.fromkeys(s.label for s in parts))
    letters = "".join(
        "ABCDEFGHIJ"[names.index(s.label) % 10] * (2 if s.repeated else 1) for s in parts
    )
    said = form(tune)
    once = "".join("ABCDEFGHIJ"[names.index(s.label) % 10] for s in parts)
    played = (said, said.replace("'", ""), letters, once)  # AB with both repeated is AB and AABB
    return value in played and _letters_true(tune, parts)


def _letters_true(tune: Tune, parts: Sequence[Section]) -> bool:
    """Whether parts of one letter share at least half of their bars' notes, and others are not the same."""
    bars = [
        [tuple((e.midi, e.duration) for e in m.events) for m in tune.measures[s.start : s.stop]]
        for s in parts
    ]
    for (one, first), (other, second) in itertools.combinations(zip(parts, bars, strict=True), 2):
        alike = sum(a == b for a, b in zip(first, second, strict=False))
        if one.label == other.label and 2 * alike < min(len(first), len(second)):
            return False
        shared = min(len(first), len(second))
        if one.label != other.label and first[:shared] == second[:shared]:
            return False
    return True


def _chords(tune: Tune, value: str) -> bool:
    found = chord_at(tune)
    if value == "no":
        return not found
    with_chord = {measure.number for measure, _, _ in found}
    bars = [m.number for m in tune.measures if m.full]
    covered = sum(bar in with_chord for bar in bars) >= len(bars) / 2
    if value == "yes":
        return bool(found) and covered
    if value == "easy":
        return bool(found) and all(chord.text in EASY_CHORDS for _, _, chord in found)
    return bool(found) and all(
        any(_same(chord, word, measure.key) for word in value.split())
        for measure, _, chord in found
    )


def _same(chord: ChordSymbol, word: str, key: Key) -> bool:
    """Whether a chord is the one that a symbol or numeral names; a seventh may be left out or added."""
    named = chord_named(word, key)
    if named is None:
        return False
    own, wanted = set(chord.pitch_classes), set(named.pitch_classes)
    return chord.root_class == named.root_class and (own <= wanted or wanted <= own)


def _progression(tune: Tune, value: str) -> bool:
    """The chords of the full bars are those of the row, again and again."""
    row = value.split()
    sounding: dict[int, list[ChordSymbol]] = {}
    for measure, _, chord in chord_at(tune):
        sounding.setdefault(measure.number, []).append(chord)
    bars = [m for m in tune.measures if m.number > 0]
    if not sounding or not bars:
        return False
    last: list[ChordSymbol] = []
    for at, measure in enumerate(bars):
        last = sounding.get(measure.number, last)
        if not last or not _same(last[0], row[at % len(row)], measure.key):
            return False
    return True


def _cadence(tune: Tune, value: str) -> bool:
    """The last chord and the one before it, or the last note where there are no chords."""
    chords = [c for _, _, c in chord_at(tune)]
    notes = melody(tune)
    if not notes or not tune.key.tonic:
        return False
    last = notes[-1].midi[-1] % 12
    degree = (last - tune.key.pitch_class) % 12
    if not chords:
        return degree in ((7, 2, 11, 10) if value == "half" else (0, 4, 3))
    roots = [(c.root_class - tune.key.pitch_class) % 12 for c in chords[-2:]]
    if value == "half":
        return roots[-1] == 7 and last in chords[-1].pitch_classes
    if value == "deceptive":
        return roots[-1] in (8, 9)
    before = {"authentic": 7, "plagal": 5}[value]
    return roots[-1] == 0 and len(roots) > 1 and roots[0] == before


def _modulation(tune: Tune, value: str) -> bool:
    """Some bars stand in the key that was named, and the tune ends at home, or stays away from some point on."""
    wanted = goal(tune.key, value)
    keys = [m.key for m in tune.measures]
    late = keys[-max(1, len(keys) // 4) :]
    return any(k == wanted for k in keys) and (
        keys[-1] == tune.key or all(k == wanted for k in late)
    )


def _seconds(tune: Tune, value: str) -> bool:
    lasts = unfold(tune).seconds
    return abs(float(lasts) - float(value)) <= NEAR * float(value)


def _repeats(tune: Tune, value: str) -> bool:
    signs = any(s.repeated for s in sections(tune))
    return signs == (value == "yes")


def _title(tune: Tune, value: str) -> bool:
    return tune.title == value


def _words(tune: Tune, value: str) -> bool:
    """Whether every word that was asked for is sung."""
    sung = " ".join(re.sub(r"[^\w\s\u3400-\u9fff]", "", verse) for verse in verses_of(tune)).lower()
    sung = re.sub(r"\s+", " ", sung)
    wanted = [re.sub(r"[^\w\s]", "", word).strip().lower() for word in value.split(";")]
    return bool(sung) and all(
        word in (sung if word.isascii() else sung.replace(" ", "")) for word in wanted
    )


def _theme(tune: Tune, value: str) -> bool:
    """Whether what is sung is about it; without words, whether the title names it."""
    if sung := "\n".join(verses_of(tune)):
        return about(sung, value)
    words = [w for w in value.lower().split() if w not in ("the", "a", "an", "my", "our")]
    return any(word in tune.title.lower() for word in words) if words else True


def _difficulty(tune: Tune, value: str) -> bool:
    if value == "advanced":
        return any(f.value["level"] >= 3 for f in facts(tune, ("difficulty",)))
    shortest = min((e.duration for e in melody(tune)), default=Fraction(1))
    return span_of(tune) <= 17 and shortest >= Fraction(1, 8) and max(leaps(tune), default=0) <= 12


def _note_values(tune: Tune, value: str) -> bool:
    allowed = {Fraction(v) for v in value.split()}
    return all(e.duration in allowed for e in melody(tune))


def _range(tune: Tune, value: str) -> bool:
    low, high, size = range_midi(value)
    if size:
        return span_of(tune) <= size
    notes = [midi for event in melody(tune) for midi in event.midi]
    return (
        bool(notes) and (low is None or low <= min(notes)) and (high is None or max(notes) <= high)
    )


def _instrument(tune: Tune, value: str) -> bool:
    return tune.voices[0].program == INSTRUMENTS[value][0]  # others may accompany it


def _players(tune: Tune, value: str) -> bool:
    return [v.program for v in tune.voices] == [INSTRUMENTS[name][0] for name in value.split(", ")]


def _voices(tune: Tune, value: str) -> bool:
    return len(tune.voices) == int(value)


def _lyrics(tune: Tune, value: str) -> bool:
    sung = " ".join(s for e in melody(tune) for s in e.syllables if s)
    if value == "no":
        return not sung
    if value == "zh":
        return bool(re.search(r"[\u4e00-\u9fff]", sung))
    if value == "en":
        return bool(re.search(r"[A-Za-z]", sung))
    return bool(sung)


def _scale(tune: Tune, value: str) -> bool:
    used = {midi % 12 for event in melody(tune) for midi in event.midi}
    if value == "harmonic minor" and (tune.key.pitch_class + 11) % 12 not in used:
        return False
    if value == "whole tone" and len(used) < 5:
        return False
    if value == "chromatic":
        return in_scale(tune, tune.key) < 1.0
    signs = any(note.accidental is not None for event in melody(tune) for note in event.notes)
    return used <= classes(value, tune.key) and not (value == "diatonic" and signs)


def _pickup(tune: Tune, value: str) -> bool:
    first = tune.measures[0]
    if value in ("yes", "no"):
        return (first.number == 0) == (value == "yes")
    return first.number == 0 and first.duration == Fraction(value)


def _pitches(tune: Tune, value: str) -> bool:
    wanted = {class_of(name) for name in value.split()}
    used = {midi % 12 for event in melody(tune) for midi in event.midi}
    return bool(used) and used <= wanted


def _without(tune: Tune, value: str) -> bool:
    """No note of those letters; with a sign, none that sounds like it."""
    letters = {name for name in value.split() if len(name) == 1}
    sounding = {class_of(name) for name in value.split() if len(name) > 1}
    notes = [note for event in melody(tune) for note in event.notes]
    heights = {midi % 12 for event in melody(tune) for midi in event.midi}
    return all(note.written.step not in letters for note in notes) and not heights & sounding


def class_of(name: str) -> int:
    """The pitch class of a note's name: `F#` is 6."""
    return (STEP_SEMITONES[name[0]] + name.count("#") - name[1:].count("b")) % 12


def _dynamic(tune: Tune, value: str) -> bool:
    """Whether the first note carries the level."""
    first = next((e for m in tune.measures for e in m.events if e.notes), None)
    return first is not None and value in {d.strip("!+") for d in first.decorations}


def _end_dynamic(tune: Tune, value: str) -> bool:
    """Whether the last sign of loudness is that level, in the second half."""
    signs = [
        (m.number, d.strip("!+")) for m in tune.measures for e in m.events for d in e.decorations
    ]
    levels = [(n, d) for n, d in signs if re.fullmatch("p{1,3}|f{1,3}|m[pf]", d)]
    return bool(levels) and levels[-1][1] == value and levels[-1][0] > tune.bar_count / 2


def _sung_notes(tune: Tune) -> list[Event]:
    return [e for m in tune.measures for e in m.events if e.notes]


def _first_note(tune: Tune, value: str) -> bool:
    notes = _sung_notes(tune)
    return bool(notes) and _is_called(notes[0], value, tune.key)


def _opening_notes(tune: Tune, value: str) -> bool:
    notes, names = _sung_notes(tune), value.split()
    return len(notes) >= len(names) and all(
        _is_called(e, name, tune.key) for e, name in zip(notes, names, strict=False)
    )


def _last_note(tune: Tune, value: str) -> bool:
    """The letter or degree, and for a long one a half note or a whole bar."""
    notes = _sung_notes(tune)
    if not notes or tune.meter is None:
        return False
    names = [w for w in value.split() if w != "long"]
    own = notes[-1]
    held = own.duration >= min(LONG, tune.measures[-1].duration, tune.meter.length)
    return (held or "long" not in value.split()) and all(
        _is_called(own, name, tune.key) for name in names
    )


def _is_called(event: Event, name: str, key: Key) -> bool:
    """Whether the highest note of an event has a letter, or is a degree of a key."""
    step, alter = class_said(name, key)
    if name.isdigit():
        return event.midi[-1] % 12 == (STEP_SEMITONES[step] + alter) % 12
    written = event.notes[-1].written
    return written.step == step and (len(name) == 1 or event.midi[-1] % 12 == class_of(name))


def _figures(tune: Tune, value: str) -> bool:
    return all(enough(tune, name) for name in value.split())


def _no_figures(tune: Tune, value: str) -> bool:
    compound = tune.meter is not None and tune.meter.compound
    bars = [[(e.onset, e.duration, bool(e.notes)) for e in m.events] for m in tune.measures]
    return not any(figures_in(bar, name, compound) for bar in bars for name in value.split())


def _groups(tune: Tune, value: str) -> bool:
    """No more than one bar in eight holds a note over the beginning of a group."""
    if tune.meter is None:
        return False
    groups = [int(n) for n in value.split("+")]
    starts = {sum(groups[:n]) * Fraction(1, tune.meter.unit) for n in range(1, len(groups))}
    bars = [m for m in tune.measures if m.full]
    good = sum(starts <= {e.onset for e in m.events} or len(m.events) == 1 for m in bars)
    return sum(groups) * Fraction(1, tune.meter.unit) == tune.meter.length and 8 * good >= 7 * len(
        bars
    )


def _cadences(tune: Tune, value: str) -> bool:
    """At each bar: the dominant and one of its notes, or the tonic with its own note on top."""
    chords = [(m.number, chord) for m, _, chord in chord_at(tune)]
    for at, kind in cadences_of({"cadences": value}):
        until = [c for n, c in chords if n <= int(at)]
        notes = [e for m in tune.measures if m.number == int(at) for e in m.events if e.notes]
        if not notes or not tune.key.tonic:
            return False
        last = notes[-1].midi[-1] % 12
        roots = [(c.root_class - tune.key.pitch_class) % 12 for c in until[-2:]]
        if kind == "half":
            sounding = (
                until[-1].pitch_classes
                if until
                else {(tune.key.pitch_class + n) % 12 for n in (7, 11, 2)}
            )
            good = last in sounding and (not roots or roots[-1] == 7)
        else:
            good = last == tune.key.pitch_class and (not roots or roots == [7, 0])
        if not good:
            return False
    return True


def _register(tune: Tune, value: str) -> bool:
    """Whether the notes lie in the lower or the upper part of the instrument's range."""
    heights = sorted(midi for e in melody(tune) for midi in e.midi)
    if not heights:
        return False
    low, high = limits_of(tune)
    middle = heights[len(heights) // 2]
    return middle <= (low + high) / 2 if value == "low" else middle >= (low + high) / 2


def limits_of(tune: Tune) -> tuple[int, int]:
    """The comfortable range of the instrument that plays a tune, or that of a usual tune."""
    program = tune.voices[0].program
    name = next((n for n, row in INSTRUMENTS.items() if row[0] == program), "") if program else ""
    return range_of(name) if name else (57, 83)


def _endings(tune: Tune, value: str) -> bool:
    """Whether parts have a first and a second ending."""
    having = re.findall(r"(?:\||\[)1", tune.source), re.findall(r"(?:\||\[)2", tune.source)
    count = 1 if value in "AB" else max(1, sum(s.repeated for s in sections(tune)))
    return len(having[0]) >= count and len(having[1]) >= count


def _loop(tune: Tune, value: str) -> bool:
    """All of it repeated, or written to be, and an end that leads back: it does not close on the tonic's own note."""
    chords = [c for _, _, c in chord_at(tune)]
    notes = _sung_notes(tune)
    if not notes or not tune.key.tonic:
        return False
    open_end = bool(chords) and (chords[-1].root_class - tune.key.pitch_class) % 12 != 0
    return open_end and tune.source.rstrip().endswith(":|")


def _expression(tune: Tune, value: str) -> bool:
    return any(value in a for m in tune.measures for e in m.events for a in e.annotations)


def _chord_colours(tune: Tune, value: str) -> bool:
    found = [chord.text for _, _, chord in chord_at(tune)]
    signs = {"sevenths": "7", "ninths": "9"}
    return all(any(signs[name] in text for text in found) for name in value.split())


def _bright_end(tune: Tune, value: str) -> bool:
    """The last chord is the major triad of the tonic, or the last note belongs to it."""
    notes, chords = _sung_notes(tune), [c for _, _, c in chord_at(tune)]
    if not notes or not tune.key.tonic:
        return False
    major = {(tune.key.pitch_class + n) % 12 for n in (0, 4, 7)}
    return notes[-1].midi[-1] % 12 in major and (
        not chords or major <= set(chords[-1].pitch_classes)
    )


def _exercise(tune: Tune, value: str) -> bool:
    """A scale goes by steps, an arpeggio by leaps over its chord, one way and back or one way only."""
    heights = [e.midi[-1] for e in melody(tune) if e.midi]
    moves = [b - a for a, b in itertools.pairwise(heights) if b != a]
    if value == "vocal warm-up":
        rows = [heights[n : n + 9] for n in range(0, len(heights), 9)]
        return all(abs(b[0] - a[0]) == 1 and {y - x for x, y in zip(a, b, strict=False)} == {b[0] - a[0]}
                   for a, b in itertools.pairwise(rows))  # fmt: skip
    if not moves or not tune.key.tonic or heights[0] % 12 != tune.key.pitch_class:
        return False
    if value == "broken thirds":
        return (
            all(abs(m) <= 5 for m in moves)
            and sum(abs(m) in (3, 4) for m in moves) > len(moves) / 3
        )
    turns = sum((a > 0) != (b > 0) for a, b in itertools.pairwise(moves))
    sizes = {abs(m) for m in moves}
    return sizes <= ({1, 2, 3} if value == "scale" else {3, 4, 5}) and turns <= 1 + 2 * (
        tune.bar_count // 4
    )


def _leap(tune: Tune, value: str) -> bool:
    return max(leaps(tune), default=0) <= int(value)


def _repeated_notes(tune: Tune, value: str) -> bool:
    """No note is the one before, however long they are."""
    notes = [e.midi for e in melody(tune)]
    return all(a != b for a, b in itertools.pairwise(notes)) == (value == "no")


def _canon(tune: Tune, value: str) -> bool:
    """Whether each voice sings what the first one does, its entry so many bars later."""
    count, entry = map(int, value.split())
    if len(tune.voices) < count:
        return False

    def sung(voice: Voice, first: int, last: int) -> list[tuple[tuple[int, ...], Fraction]]:
        return [(e.midi, e.duration) for m in voice.measures[first:last] for e in m.events]

    size = len(tune.voices[0].measures) - entry * (count - 1)
    lead = sung(tune.voices[0], 0, size)
    return any(midi for midi, _ in lead) and all(
        sung(voice, entry * at, entry * at + size) == lead
        for at, voice in enumerate(tune.voices[1:count], 1)
    )


CHECKS: dict[str, Callable[[Tune, str], bool]] = {
    "key": _key, "mode": _mode, "meter": _meter, "tempo": _tempo, "bars": _bars, "rhythm": _rhythm,
    "form": _form, "chords": _chords, "progression": _progression, "cadence": _cadence,
    "modulation": _modulation, "canon": _canon, "seconds": _seconds, "repeats": _repeats, "title": _title,
    "theme": _theme, "difficulty": _difficulty,
    "note_values": _note_values, "range": _range, "instrument": _instrument, "players": _players, "voices": _voices,
    "lyrics": _lyrics, "scale": _scale, "pickup": _pickup, "pitches": _pitches, "without": _without,
    "leap": _leap, "dynamic": _dynamic, "end_dynamic": _end_dynamic, "first_note": _first_note,
    "opening_notes": _opening_notes, "last_note": _last_note,
    "figures": _figures, "no_figures": _no_figures, "groups": _groups, "cadences": _cadences, "register": _register,
    "endings": _endings, "loop": _loop, "expression": _expression, "chord_colours": _chord_colours,
    "bright_end": _bright_end, "exercise": _exercise, "words": _words, "repeated_notes": _repeated_notes,
    "contour": has_contour, "call_and_response": has_response, "melody": has_no_melody,
}  # fmt: skip
