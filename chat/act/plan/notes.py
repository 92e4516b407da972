"""Which notes a new tune may have: their lengths, their range, and what narrows a plan's grammar.

A scale, some pitches, some chords and a half cadence are no properties of `lm.plan`: they make its grammar narrower.
Limits are MIDI numbers. What it does not know: the key's choice (`keys`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from abc_tools.chords import parse_chord
from abc_tools.theory import STEP_SEMITONES, Key, Pitch, abc_letter, parse_key
from chat.act.closing import class_said
from chat.act.moving import LONG
from chat.act.plan.keys import symbols
from chat.act.scales import EASY_CHORDS, FIXED, chord_named, classes, names_of, scale_names
from chat.check import class_of
from chat.understand.ranges import range_midi
from chat.understand.tables import BASS_CLEF, INSTRUMENTS, range_of
from lm.grammar import SectionSpec, TuneSpec, tune_grammar
from lm.plan import Plan, note_step
from lm.plan.notes import PLAYED_RANGE, SUNG_RANGE
from lm.plan.properties import SUNG
from lm.requests import note_name

CHOIR_TOP = (62, 79)
"""MIDI limits of a melody that leaves room for the voices below it."""
HALF_FINALS = (4, 6, 1)
"""Degrees (0 is the tonic) of the dominant triad, on which a half cadence ends."""


def notes_and_range(values: dict[str, str], key: Key) -> dict[str, str]:
    """The properties `notes` and `range`, where they are asked for or follow from what is."""
    found: dict[str, str] = {}
    if "note_values" in values:
        found["notes"] = values["note_values"]
    elif values.get("difficulty") == "beginner":
        found["notes"] = "1/8 1/4 3/8 1/2 3/4"
    limits = _limits(values, key)
    if values.get("instrument") in BASS_CLEF:
        limits = _an_octave_up(*(limits or range_of(values["instrument"])))
    if limits is not None:
        found["range"] = f"{_name(key, limits[0], up=True)} {_name(key, limits[1], up=False)}"
    elif "instrument" in values:
        _, low, high, _ = INSTRUMENTS[values["instrument"]]
        found["range"] = f"{low} {high}"
    return found


def _an_octave_up(low: int, high: int) -> tuple[int, int]:
    """The limits of a low instrument where tunes usually lie: it is moved down when it is written."""
    while high < TOP:
        low, high = low + 12, high + 12
    return max(low, min(BOTTOM, high - 12)), high


BOTTOM, TOP = 57, 70
"""A3, and B♭4: where usual tunes begin, and what their highest note is at least."""
FEW = 5
"""So many notes or fewer are those that somebody knows: each of them in one octave."""
NARROW, WIDE = 12, 16
"""Semitones of the range of children, and of one that has only one end."""


def _known_notes(values: dict[str, str]) -> tuple[int, int] | None:
    """The place of a few notes that somebody knows: from the lowest up, each once, where the instrument plays."""
    names = values["pitches"].split()
    if len(names) > FEW:
        return None
    if _falling(names):
        names = names[::-1]
    first = class_of(names[0])
    above = [(class_of(n) - first) % 12 for n in names]
    if above != sorted(above):
        return None
    low = 60 + first
    if "instrument" in values:
        least = range_of(values["instrument"])[0]
        low = least + (first - least) % 12
        while (
            low < 60 and low + 12 + above[-1] <= range_of(values["instrument"])[1] and least >= 48
        ):
            low += 12
    return low, low + above[-1]


def _falling(names: Sequence[str]) -> bool:
    """Whether each note is the step or the third below the one before: B A G."""
    steps = ["CDEFGAB".index(n[0]) for n in names]
    return all((a - b) % 7 in (1, 2) for a, b in pairwise(steps))


def _limits(values: dict[str, str], key: Key) -> tuple[int, int] | None:
    """Lowest and highest MIDI number asked for; None for none."""
    if "range" in values:
        low, high, size = range_midi(values["range"])
        if size:
            return _inside(_above_tonic(key, size), values)
        least, most = range_of(values["instrument"]) if "instrument" in values else (0, 127)
        if low is not None and high is not None:
            return low, high
        if high is not None:
            return max(high - WIDE, min(least, high - NARROW)), high
        assert low is not None, "a range has an end"
        return low, min(low + WIDE, max(most, low + NARROW))
    if "pitches" in values and (few := _known_notes(values)):
        return few
    if "register" in values:
        low, high = range_of(values["instrument"]) if "instrument" in values else (57, 83)
        return (low, low + 14) if values["register"] == "low" else (high - 14, high)
    if int(values.get("voices", "1")) > 2:
        return CHOIR_TOP
    if values.get("difficulty") != "beginner" or "instrument" in values:
        return None
    return _above_tonic(key, NARROW if values.get("lyrics", "no") != "no" else 14)


def _inside(limits: tuple[int, int], values: dict[str, str]) -> tuple[int, int]:
    """A range of so many semitones moved by octaves to where the instrument plays."""
    if "instrument" not in values:
        return limits
    low, high = limits
    least, most = range_of(values["instrument"])
    while low < least and high + 12 <= most:
        low, high = low + 12, high + 12
    while high > most and low - 12 >= least:
        low, high = low - 12, high - 12
    return low, high


def _above_tonic(key: Key, size: int) -> tuple[int, int]:
    """MIDI limits of a range that holds the tonic, a fourth lower for high tonics."""
    low = 60 + key.pitch_class
    low = low - 5 if key.pitch_class >= 5 and size >= 12 else low
    return low, low + size


def _name(key: Key, midi: int, *, up: bool) -> str:
    """ABC name of the nearest scale note at or inside a limit."""
    for distance in range(12):
        target = midi + distance if up else midi - distance
        for step, alter in key.scale:
            octave, rest = divmod(target - STEP_SEMITONES[step] - int(alter), 12)
            if rest == 0:
                return abc_letter(Pitch(step, 0, octave - 1))
    raise AssertionError("every octave has a note of the scale")


def narrowed(plan: Plan, values: dict[str, str]) -> Plan:
    """The plan with fewer pitches or chords than its own, and another close, where they are asked for."""
    key = parse_key(plan.properties["key"])
    if key is None:
        return plan
    spec = plan.spec
    if "pitches" in values or "without" in values:
        spec = _with_pitches(spec, values, key)
    scale = values.get("scale") or ("diatonic" if values.get("difficulty") == "beginner" else "")
    if (
        scale
        and scale not in ("chromatic", "whole tone")
        and "pitches" not in values
        and "without" not in values
    ):
        spec = _in_scale(spec, scale, key, plan.properties)
    if scale in FIXED:
        spec = _chords_inside(spec, classes(scale, key))
    allowed = values.get("chords", "")
    if allowed == "easy":
        kept = tuple(c for c in spec.chord_symbols if c in EASY_CHORDS)
        spec = replace(spec, chord_symbols=kept) if len(kept) > 1 else spec
        allowed = ""
    if allowed not in ("", "yes", "no"):
        wanted = tuple(symbols(allowed, key))
        if wanted:
            home = tuple(
                c
                for c in wanted
                if (parsed := chord_named(c, key)) and parsed.root_class == key.pitch_class
            )
            spec = replace(spec, chord_symbols=wanted)
            spec = _closing(spec, None, home or wanted[:1])
    if values.get("cadence") == "half" or "loop" in values:
        spec = _half(spec, key)
    elif "progression" in values and not {"cadence", "canon"} & set(values):
        spec = _on_the_last_chord(spec, plan, key)
    if "last_note" in values:
        spec = _ending_on(spec, values["last_note"].split(), key)
    denied = values.get("no_figures", "").split()
    if {"triplets", "dotted"} & set(denied):
        plain = tuple(n for n in spec.lengths if n.numerator == 1 or "dotted" not in denied)
        spec = replace(spec, triplets=spec.triplets and "triplets" not in denied,
                       dotted=spec.dotted and "dotted" not in denied, lengths=plain)  # fmt: skip
    return plan if spec is plan.spec else replace(plan, spec=spec, grammar=tune_grammar(spec))


def _with_pitches(spec: TuneSpec, values: dict[str, str], key: Key) -> TuneSpec:
    """Only the notes that are named, or all but some."""
    steps = sorted({note_step(p) for p in spec.pitches})
    low, high = note_name(steps[0]), note_name(steps[-1])
    if "pitches" in values:
        wanted = frozenset(class_of(name) for name in values["pitches"].split())
    else:
        wanted = classes("diatonic", key)
        wanted -= {class_of(name) for name in values["without"].split() if len(name) > 1}
    names = names_of(wanted, key, low, high)
    letters = {name for name in values.get("without", "").split() if len(name) == 1}
    names = tuple(n for n in names if n.strip("^_=")[0].upper() not in letters)
    finals = tuple(n for n in names if n[0].upper() == key.tonic) or names
    sections = tuple(replace(s, finals=finals if s.finals else ()) for s in spec.sections)
    return replace(spec, pitches=names, sections=sections) if names else spec


def _in_scale(spec: TuneSpec, scale: str, key: Key, properties: dict[str, str]) -> TuneSpec:
    usual = SUNG_RANGE if properties.get("rhythm") in SUNG else PLAYED_RANGE
    low, high = properties["range"].split() if "range" in properties else usual
    names = scale_names(scale, key, low, high)
    tonic = tuple(n for n in names if n == n.strip("^_=") and n[0].upper() == key.tonic)
    sections = tuple(replace(s, finals=tonic or s.finals) if s.finals else s for s in spec.sections)
    return replace(spec, pitches=names, sections=sections) if names else spec


def _chords_inside(spec: TuneSpec, notes: frozenset[int]) -> TuneSpec:
    """Only chord symbols whose notes are all in a scale, where that leaves at least two."""
    kept = tuple(c for c in spec.chord_symbols
                 if (chord := parse_chord(c)) is not None and set(chord.pitch_classes) <= notes)  # fmt: skip
    return replace(spec, chord_symbols=kept) if len(kept) > 1 else spec


def _closing(spec: TuneSpec, finals: tuple[str, ...] | None, cadence: tuple[str, ...]) -> TuneSpec:
    sections = tuple(
        replace(s, cadence=cadence if s.cadence else (), finals=finals or s.finals) if s.finals or s.cadence else s
        for s in spec.sections
    )  # fmt: skip
    return replace(spec, sections=sections)


BLUES = 12
"""Chords of a row that turns back at its end."""


def _on_the_last_chord(spec: TuneSpec, plan: Plan, key: Key) -> TuneSpec:
    """The last note belongs to the chord that the row has come to by then."""
    row = plan.properties.get("progression", "").split()
    chord = parse_chord(row[(int(plan.properties["bars"]) - 1) % len(row)]) if row else None
    if chord is None or key.pitch_class in chord.pitch_classes or len(row) >= BLUES:
        return spec  # a blues comes home over its turnaround
    names = names_of(frozenset(chord.pitch_classes), key, *_ends(spec))
    finals = tuple(n for n in names if n in spec.pitches)
    last: SectionSpec = spec.sections[-1]
    return replace(
        spec, sections=(*spec.sections[:-1], replace(last, finals=finals or last.finals))
    )


def _ends(spec: TuneSpec) -> tuple[str, str]:
    steps = sorted({note_step(p) for p in spec.pitches})
    return note_name(steps[0]), note_name(steps[-1])


def _ending_on(spec: TuneSpec, words: list[str], key: Key) -> TuneSpec:
    """The last note is a letter or a degree, or long; a chord that has it not is left to the mending."""
    last: SectionSpec = spec.sections[-1]
    if "long" in words and Fraction(spec.meter) - spec.pickup >= LONG:
        last = replace(last, ending=LONG)
    for word in words:
        if word != "long":
            step, alter = class_said(word, key)
            own = alter == key.signature[step]
            finals = tuple(p for p in spec.pitches if p[0].upper() == step) if own else ()
            last = replace(last, finals=finals or last.finals)
    return replace(spec, sections=(*spec.sections[:-1], last))


def _half(spec: TuneSpec, key: Key) -> TuneSpec:
    """The last section ends on the dominant."""
    letters = {key.scale[d][0] for d in HALF_FINALS}
    finals = tuple(p for p in spec.pitches if p[0] not in "^_=" and p[0].upper() in letters)
    dominant = chord_named("V", key)
    assert dominant is not None, "every key has a dominant"
    last: SectionSpec = spec.sections[-1]
    cadence = (dominant.text,) if spec.chords == "required" and not spec.progression else ()
    symbols = tuple(dict.fromkeys((*spec.chord_symbols, *cadence)))
    last = replace(last, finals=finals or last.finals, cadence=cadence)
    return replace(spec, sections=(*spec.sections[:-1], last), chord_symbols=symbols)
