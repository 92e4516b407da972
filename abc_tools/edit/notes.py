"""Single notes by name and place: made another note, raised or lowered, or kept within a range.

Only heads of notes change; lengths, words, chords and barlines stay. A chord's notes are altered one by one; where a
place is counted, an event counts once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.chords import ChordSymbol
from abc_tools.edit.selection import all_measures
from abc_tools.harmonise import chords_for
from abc_tools.spelling import changed_only, respell
from abc_tools.text import Edit
from abc_tools.theory import ALTER_NAMES, STEPS, Interval, Pitch
from abc_tools.tune import Event, Measure, Note, Tune

_NAME = re.compile(r"^([A-Ga-g])(#|b|=)?(\d)?$")
_SHIFTS = {"up": 1, "down": -1}
_OCTAVES = {"octave-up": 1, "octave-down": -1}


@dataclass(frozen=True)
class Spot:
    """A melody note where it stands, with the chord that sounds under it."""

    measure: Measure
    event: Event
    chord: ChordSymbol | None

    @property
    def pitch(self) -> Pitch:
        """The written pitch, of several the highest."""
        return max((n.written for n in self.event.notes), key=lambda p: p.midi)


def spots(tune: Tune, measures: list[Measure] | None = None) -> list[Spot]:
    """The sounding events of the chosen bars, voice by voice, in order. Chords are those of the tune or chosen ones."""
    under: dict[int, list[tuple[Fraction, ChordSymbol]]] = {}
    if any(m.key.tonic for m in tune.measures):
        for item in chords_for(tune):
            under.setdefault(item.index, []).append((item.onset, item.chord))
    found = []
    for voice in tune.voices:
        sounding: ChordSymbol | None = None
        for index, measure in enumerate(voice.measures):
            own = under.get(index, [])
            for event in measure.events:
                now = [c for at, c in own if at <= event.onset]
                sounding = now[-1] if now else sounding
                if event.notes and (measures is None or measure in measures):
                    found.append(Spot(measure, event, sounding))
    return found


def alter_notes(
    tune: Tune, measures: list[Measure] | None, to: str, *, name: str = "", nth: int = 0, beat: Fraction = Fraction(0),
    edge: str = "",
) -> list[Edit]:  # fmt: skip
    """Make some notes others. `to` is a note (D, F#, F=, with an octave if one is meant), "up" or "down" by a semitone,
    "octave-up" or "octave-down", or "chord" for the nearest tone of the chord under it.

    Which notes: those called `name`; the `nth` of the bars (-1 the last one); the one that sounds at `beat`; the
    highest or lowest of the melody in the bars (`edge`: "high", "low"), wherever it stands. ValueError if there is no
    such note, or if nothing would change.
    """
    chosen = [s for s in spots(tune, measures) if not name or _called(s, name)]
    if beat:
        chosen = [s for s in chosen if _at_beat(s, beat)]
    chosen = [s for s in chosen if not s.event.tied]
    if nth:
        lead = [s for s in chosen if any(s.measure is m for m in tune.voices[0].measures)]
        place = nth - 1 if nth > 0 else len(lead) + nth
        chosen = lead[place : place + 1] if 0 <= place < len(lead) else []
    if edge and chosen:
        lead = [s for s in chosen if any(s.measure is m for m in tune.voices[0].measures)] or chosen
        ends = max if edge == "high" else min
        height = ends(s.pitch.midi for s in lead)
        chosen = [s for s in lead if s.pitch.midi == height]
    if not chosen:
        raise ValueError("There is no such note in these bars.")
    held = list(_held(tune, chosen))
    if measures is not None and any(s.measure not in measures for s in held):
        raise ValueError("That note is held into other bars.")
    new = {id(s.event): _other(s, to, name) for s in held}
    return _respelled(tune, new)


def _held(tune: Tune, chosen: list[Spot]) -> Iterator[Spot]:
    """The chosen notes with the events that they are tied to."""
    wanted = {id(s.event) for s in chosen}
    held: Spot | None = None
    for spot in spots(tune):
        if id(spot.event) in wanted or (held is not None and spot.event.tied):
            held = spot if spot.event.tie else None
            yield spot
        else:
            held = None


def _called(spot: Spot, name: str) -> bool:
    return any(_is(n.written, name) for n in spot.event.notes)


def _is(pitch: Pitch, name: str) -> bool:
    """Whether a name, with a sign and an octave if it has them, is this pitch; a bare letter is any of its kind."""
    match = _NAME.match(name)
    if match is None:
        raise ValueError(f"“{name}” is no note.")
    sign = ALTER_NAMES.get(round(pitch.alter), "")
    same_sign = match[2] is None or sign == match[2].replace("=", "")
    return (
        pitch.step == match[1].upper() and same_sign
        and (match[3] is None or int(match[3]) == pitch.octave)
    )  # fmt: skip


def _at_beat(spot: Spot, beat: Fraction) -> bool:
    length = spot.measure.meter.beat if spot.measure.meter else Fraction(1, 4)
    at = (beat - 1) * length
    return spot.event.onset <= at < spot.event.onset + spot.event.duration


def _other(spot: Spot, to: str, name: str) -> dict[Pitch, Pitch]:
    """Old pitch → new one, of those notes of an event that are meant."""
    meant = [n.written for n in spot.event.notes if not name or _is(n.written, name)]
    if not name and len(meant) > 1:
        meant = [spot.pitch]
    return {pitch: _made(pitch, to, spot) for pitch in meant}


def _made(pitch: Pitch, to: str, spot: Spot) -> Pitch:
    if to in _SHIFTS:
        return Pitch(pitch.step, pitch.alter + _SHIFTS[to], pitch.octave)
    if to in _OCTAVES:
        return Pitch(pitch.step, pitch.alter, pitch.octave + _OCTAVES[to])
    if to == "chord":
        return chord_tone(pitch, spot)
    match = _NAME.match(to)
    if match is None:
        raise ValueError(f"“{to}” is no note.")
    step = match[1].upper()
    alter = {"#": 1, "b": -1, "=": 0}.get(match[2] or "", spot.measure.key.signature[step])
    if match[3]:
        return Pitch(step, alter, int(match[3]))
    near = [Pitch(step, alter, pitch.octave + shift) for shift in (-1, 0, 1)]
    return min(near, key=lambda p: abs(p.midi - pitch.midi))


def chord_tone(pitch: Pitch, spot: Spot, low: int = 0, high: int = 127) -> Pitch:
    """The nearest tone of the chord (of the scale, without a chord) within a range of MIDI numbers."""
    signature = spot.measure.key.signature
    classes = spot.chord.pitch_classes if spot.chord is not None else frozenset()
    around = [
        Pitch(step, alter, octave)
        for octave in range(pitch.octave - 2, pitch.octave + 3)
        for step in STEPS
        for alter in {signature[step], *(s for s in (0, 1, -1) if classes)}
    ]
    tones = [p for p in around if low <= p.midi <= high and (
        p.midi % 12 in classes if classes else p.alter == signature[p.step])]  # fmt: skip
    if not tones:
        raise ValueError("There is no note of the scale within that range.")
    return min(tones, key=lambda p: (abs(p.midi - pitch.midi), abs(p.alter - signature[p.step])))


def _respelled(tune: Tune, new: dict[int, dict[Pitch, Pitch]]) -> list[Edit]:
    """The edits that give some events other pitches; other notes of their bars stay what they sound."""
    edits: list[Edit] = []
    for measure in all_measures(tune):
        own: dict[int, Pitch] = {}
        for event in measure.events:
            for note in event.notes:
                if note.written in new.get(id(event), {}):
                    own[id(note)] = new[id(event)][note.written]
        if own:
            edits += respell(measure, measure.key, _by(own))
    edits = changed_only(tune.source, edits)
    if not edits:
        raise ValueError("These notes are so already.")
    return edits


def _by(own: dict[int, Pitch]) -> Callable[[Note], Pitch]:
    return lambda note: own.get(id(note), note.written)


# -- range ------------------------------------------------------------------------------------

NEAR = 5
"""Semitones outside a range up to which a note goes to the next fitting tone, not to the other octave."""


def limit_range(
    tune: Tune,
    measures: list[Measure] | None = None,
    low: str = "",
    high: str = "",
    by: str = "ear",
) -> list[Edit]:
    """Bring the notes above `high` and below `low` inside: near ones to a tone of their chord, others by octaves;
    all by octaves where `by` is `octave`.

    ValueError if nothing lies outside, or for a range of less than a fifth.
    """
    bottom, top = _height(low, 0), _height(high, 127)
    if top - bottom < 7:
        raise ValueError("A range of less than a fifth leaves no room for a melody.")
    new = {}
    own: dict[Pitch, Pitch] = {}
    for spot in spots(tune, measures):
        if not spot.event.tied:
            own = {
                n.written: _inside(n, spot, bottom, top, by == "octave") for n in spot.event.notes
            }
        if any(a != b for a, b in own.items()):
            new[id(spot.event)] = own
    if not new:
        raise ValueError("Every note is within that range already.")
    return _respelled(tune, new)


def _inside(note: Note, spot: Spot, bottom: int, top: int, octaves: bool) -> Pitch:
    pitch, shift = note.written, note.pitch.midi - note.written.midi
    low, high = bottom - shift, top - shift
    if low <= pitch.midi <= high:
        return pitch
    if not octaves and low - NEAR <= pitch.midi <= high + NEAR:
        return chord_tone(pitch, spot, low, high)
    way = Interval(7, 12) if pitch.midi < low else Interval(-7, -12)
    while not low <= pitch.midi <= high:
        moved = pitch.transposed(way)
        if (moved.midi - low) * (pitch.midi - low) < 0 and not low <= moved.midi <= high:
            return chord_tone(pitch, spot, low, high)
        pitch = moved
    return pitch


def _height(name: str, usual: int) -> int:
    """The MIDI number of a note with its octave; the usual one for no name."""
    if not name:
        return usual
    match = _NAME.match(name)
    if match is None or match[3] is None:
        raise ValueError(f"“{name}” is no note with an octave, such as A5.")
    return Pitch(match[1].upper(), {"#": 1, "b": -1}.get(match[2] or "", 0), int(match[3])).midi
