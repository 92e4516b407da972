"""The voices of a new tune moved to where their players can play them, with the clefs they read.

A second player whose instrument does not go so low, a left hand that stays in its position, a section that modulation
has moved too high. What it does not know: who plays (`chat.understand.players`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from abc_tools.parse import parse_tune
from abc_tools.spelling import changed_only, respell
from abc_tools.text import apply
from abc_tools.theory import Pitch
from abc_tools.tune import Measure, Note, Tune, Voice
from chat.understand.tables import BASS_CLEF, READS_ALTO

OCTAVE = 12


def moved(tune: Tune, measures: Sequence[Measure], place: Callable[[Note], Pitch]) -> Tune:
    """The tune with the notes of some bars elsewhere."""
    edits = [e for m in measures for e in respell(m, m.key, place, keep_signs=False)]
    return parse_tune(apply(tune.source, changed_only(tune.source, edits)))


def by_octaves(pitch: Pitch, low: int, high: int) -> Pitch:
    """The same note in the octave that lies in a range; as it is where none does.

    >>> by_octaves(Pitch("C", 0, 3), 60, 72).name
    'C4'
    """
    options = [Pitch(pitch.step, pitch.alter, octave) for octave in range(1, 8)]
    inside = [p for p in options if low <= p.midi <= high]
    return min(inside, key=lambda p: abs(p.midi - pitch.midi)) if inside else pitch


def voice_inside(tune: Tune, voice: Voice, low: int, high: int) -> Tune:
    """The tune with the notes of a voice that lie outside a range moved by octaves."""

    def place(note: Note) -> Pitch:
        inside = low <= note.pitch.midi <= high
        return note.pitch if inside else by_octaves(note.pitch, low, high)

    return moved(tune, voice.measures, place)


def bars_inside(tune: Tune, first: int, last: int, low: int, high: int) -> Tune:
    """The tune with some bars an octave lower or higher, all of them, where they leave a range and fit so."""
    bars = [m for m in tune.measures if first <= m.number <= last]
    heights = [n.pitch.midi for m in bars for e in m.events for n in e.notes]
    if not heights:
        return tune
    top, bottom = max(heights), min(heights)
    step = (
        -1
        if top > high and bottom - OCTAVE >= low
        else 1
        if bottom < low and top + OCTAVE <= high
        else 0
    )
    if not step:
        return tune
    return moved(tune, bars, lambda n: Pitch(n.pitch.step, n.pitch.alter, n.pitch.octave + step))


def in_position(tune: Tune, voice: Voice, low: int, high: int) -> Tune:
    """The tune with a voice of single low notes inside five fingers: its notes there by octaves, what has no place
    there the nearest note that has.
    """

    def place(note: Note) -> Pitch:
        new = by_octaves(note.pitch, low, high)
        if low <= new.midi <= high:
            return new
        scale = [
            Pitch(s, int(a), o)
            for m in voice.measures[:1]
            for s, a in m.key.scale
            for o in range(1, 8)
        ]
        inside = [p for p in scale if low <= p.midi <= high]
        thirds = [p for p in inside if (p.midi - new.midi) % OCTAVE in (3, 4)]
        return min(thirds or inside or [new], key=lambda p: p.midi)

    return moved(tune, voice.measures, place)


def with_clefs(tune: Tune, instrument: str) -> Tune:
    """The clef that an instrument reads: alto for a viola, bass for low ones where their notes lie below the treble
    staff.
    """
    clef = "alto" if instrument in READS_ALTO else "bass"
    if instrument not in BASS_CLEF | READS_ALTO:
        return tune
    text = tune.source
    if len(tune.voices) == 1:
        return parse_tune(
            re.sub(r"(?m)^(K:[^\n]*?)(?: clef=\w+)?$", rf"\1 clef={clef}", text, count=1)
        )
    if clef == "alto":
        return tune
    for voice in tune.voices:
        heights = [n for m in voice.measures for e in m.events for n in e.midi]
        if heights and sum(heights) / len(heights) < 60:
            text = re.sub(
                rf"(?m)^(V: ?{re.escape(voice.id)}\b)(?: clef=\w+)?", r"\1 clef=bass", text, count=1
            )
    return parse_tune(text)
