"""Tune → Standard MIDI File, from the timeline: one track a voice, one for the chord symbols.

Format 1, 480 ticks to the quarter note, tempo, key and meter as meta events. Written with mido.
"""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from typing import Any

from abc_tools.accompaniment import accompany
from abc_tools.theory import ALTER_NAMES, Key
from abc_tools.timeline import Timeline, unfold
from abc_tools.tune import Tune

TICKS = 480
BASS_PROGRAM, CHORD_PROGRAM = 32, 24  # acoustic bass, nylon guitar


def write(tune: Tune, *, chords: bool = True) -> bytes:
    """A MIDI file of the tune as it is played; `chords` adds the accompaniment."""
    import mido

    timeline = unfold(tune)
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS, charset="utf-8")
    file.tracks.append(_conductor(tune, timeline))
    for index, voice in enumerate(tune.voices):
        notes = [
            (note.position, note.length, note.midi, note.velocity)
            for note in timeline.events
            if note.voice == index
        ]
        name = voice.name or tune.title or f"Voice {voice.id}"
        file.tracks.append(_track(name, _channel(index), voice.program, notes))
    if chords and (strokes := accompany(timeline)):
        for name, channel, program, bass, velocity in (
            ("Bass", 14, BASS_PROGRAM, True, 62), ("Chords", 15, CHORD_PROGRAM, False, 44),
        ):  # fmt: skip
            notes = [(p, n * Fraction(9, 10), m, velocity) for p, n, m, b in strokes if b is bass]
            file.tracks.append(_track(name, channel, program, notes))
    buffer = BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _channel(index: int) -> int:
    """A channel that is neither percussion (9) nor the accompaniment's (14, 15)."""
    free = [channel for channel in range(14) if channel != 9]
    return free[index % len(free)]


def _ticks(position: Fraction) -> int:
    return round(position * 4 * TICKS)


def _conductor(tune: Tune, timeline: Timeline) -> Any:
    import mido

    events: list[tuple[int, Any]] = [(0, mido.MetaMessage("track_name", name=tune.title or "Tune"))]
    if tune.meter is not None:
        events.append((0, mido.MetaMessage(
            "time_signature", numerator=min(sum(tune.meter.beats), 255), denominator=tune.meter.unit
        )))  # fmt: skip
    name = _key_name(tune.key)
    if name:
        events.append((0, mido.MetaMessage("key_signature", key=name)))
    for position, rate in timeline.tempos:
        events.append(
            (_ticks(position), mido.MetaMessage("set_tempo", tempo=round(rate / 4 * 10**6)))
        )
    return _messages(events)


def _key_name(key: Key) -> str:
    """mido's name of the signature: the major or minor key with as many sharps or flats."""
    if not key.tonic or abs(key.sharps) > 7:
        return ""
    if key.mode in ("major", "minor"):
        return f"{key.tonic}{ALTER_NAMES[key.alter]}{'m' if key.mode == 'minor' else ''}"
    for step in "CDEFGAB":
        for alter in (0, 1, -1):
            if Key(step, alter).sharps == key.sharps:
                return f"{step}{ALTER_NAMES[alter]}"
    return ""


def _track(
    name: str, channel: int, program: int, notes: list[tuple[Fraction, Fraction, int, int]]
) -> Any:
    import mido

    events: list[tuple[int, Any]] = [
        (0, mido.MetaMessage("track_name", name=name)),
        (0, mido.Message("program_change", channel=channel, program=program)),
    ]
    for position, length, midi, velocity in notes:
        if not 0 <= midi <= 127:
            continue
        start, end = _ticks(position), max(_ticks(position + length), _ticks(position) + 1)
        events.append(
            (start, mido.Message("note_on", channel=channel, note=midi, velocity=velocity))
        )
        events.append((end, mido.Message("note_off", channel=channel, note=midi)))
    return _messages(events)


def _messages(events: list[tuple[int, Any]]) -> Any:
    """A track from absolute times; at one time, note-offs come before note-ons."""
    import mido

    order = {"note_off": 1, "note_on": 2}
    track = mido.MidiTrack()
    now = 0
    for time, message in sorted(events, key=lambda e: (e[0], order.get(e[1].type, 0))):
        track.append(message.copy(time=time - now))
        now = time
    return track
