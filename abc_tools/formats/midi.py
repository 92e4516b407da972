"""Tune → Standard MIDI File, from the timeline: one track a voice, one for the chord symbols.

Format 1, 480 ticks to the quarter note. Tempo, key and meter stand as meta events wherever they change;
a bar shorter than its meter has a meter of its own, so that a reader finds the barlines again. Words
are lyric events, chord symbols text events of the track "Chords". Written with mido.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Any

from abc_tools.click import ticking
from abc_tools.formats.accompaniment import accompany
from abc_tools.instruments import program_of
from abc_tools.theory import ALTER_NAMES, Key
from abc_tools.timeline import TimedNote, Timeline, unfold
from abc_tools.tune import Event, Tune, Voice

TICKS = 480
BASS_PROGRAM, CHORD_PROGRAM = 32, 24  # acoustic bass, nylon guitar
BASS_TRACK, CHORD_TRACK = "Bass", "Chords"
CLICK_TRACK, PERCUSSION = "Metronome", 9
CLICK_HIGH, CLICK_LOW, CLICK_LENGTH = 76, 77, Fraction(1, 32)  # wood blocks of General MIDI
VOLUME, CENTRE = 100, 64
MAX_UNIT = 64
"""The shortest note that a MIDI meter is written with."""


@dataclass(frozen=True)
class Mix:
    """How a voice sounds: General MIDI program (None: its own), volume 0–127, pan 0 left – 127 right.

    A muted voice is silent; if any voice is solo, only solo voices sound.
    """

    program: int | None = None
    volume: int = VOLUME
    pan: int = CENTRE
    mute: bool = False
    solo: bool = False

    def __post_init__(self) -> None:
        for name, value in (("program", self.program), ("volume", self.volume), ("pan", self.pan)):
            if value is not None and not 0 <= value <= 127:
                raise ValueError(f"The {name} must be a number from 0 to 127, not {value}.")


def write(
    tune: Tune, *, chords: bool = True, mix: Mapping[str, Mix] | None = None,
    metronome: bool = False, count: bool = False,
) -> bytes:  # fmt: skip
    """A MIDI file of the tune as it is played; `chords` adds the accompaniment.

    `mix` says by voice id how voices sound; "chords" and "bass" are the accompaniment. `metronome`
    adds a click on every beat, `count` a count-in before the first note (see `click`). ValueError
    for a voice that the tune does not have.
    """
    import mido

    settings = _checked(tune, mix or {})
    timeline, heard = ticking(tune, unfold(tune), metronome=metronome, count=count)
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS, charset="utf-8")
    file.tracks.append(_conductor(tune, timeline))
    channels = _channels(tune.voices, settings)
    for index, voice in enumerate(tune.voices):
        notes = [note for note in timeline.events if note.voice == index]
        own = settings[voice.id]
        sounding = [(n.position, n.length, n.midi, n.velocity) for n in notes]
        name = voice.name or tune.title or f"Voice {voice.id}"
        track = _Track(name, channels[index], own, program_of(voice))
        track.notes([] if _silent(own, settings) else sounding)
        track.events += _lyrics(voice, notes)
        file.tracks.append(track.messages())
    if chords and (strokes := accompany(timeline)):
        for name, channel, program, bass, velocity in (
            (BASS_TRACK, 14, BASS_PROGRAM, True, 62), (CHORD_TRACK, 15, CHORD_PROGRAM, False, 44),
        ):  # fmt: skip
            own = settings.get(name.lower(), Mix())
            short = [(p, n * Fraction(9, 10), m, velocity) for p, n, m, b in strokes if b is bass]
            track = _Track(name, channel, own, program)
            track.notes([] if _silent(own, settings) else short)
            track.events += [] if bass else _symbols(timeline)
            file.tracks.append(track.messages())
    if heard:
        track = _Track(CLICK_TRACK, PERCUSSION, Mix(), 0)
        track.notes([
            (c.position, CLICK_LENGTH, CLICK_HIGH if c.accent else CLICK_LOW, 112 if c.accent else 88)
            for c in heard
        ])  # fmt: skip
        file.tracks.append(track.messages())
    buffer = BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _checked(tune: Tune, mix: Mapping[str, Mix]) -> dict[str, Mix]:
    """A setting for every voice. ValueError for one that does not exist."""
    ids = [voice.id for voice in tune.voices]
    for name in mix:
        if name not in (*ids, "chords", "bass"):
            raise ValueError(
                f"There is no voice “{name}”; this tune has {', '.join(ids) or 'none'}."
            )
    return {id_: mix.get(id_, Mix()) for id_ in ids} | {n: mix[n] for n in mix if n not in ids}


def _silent(own: Mix, settings: Mapping[str, Mix]) -> bool:
    return own.mute or (any(one.solo for one in settings.values()) and not own.solo)


def _channels(voices: tuple[Voice, ...], settings: Mapping[str, Mix]) -> list[int]:
    """Channels that are neither percussion (9) nor the accompaniment's (14, 15).

    Where there are more voices than channels, voices that sound alike share one.
    """
    free = [channel for channel in range(14) if channel != 9]
    if len(voices) <= len(free):
        return free[: len(voices)]
    kinds: dict[tuple[int, Mix], int] = {}
    for voice in voices:
        kind = (program_of(voice), settings[voice.id])
        kinds.setdefault(kind, free[len(kinds) % len(free)])
    return [kinds[program_of(voice), settings[voice.id]] for voice in voices]


def _ticks(position: Fraction) -> int:
    return round(position * 4 * TICKS)


# -- tempo, meter, key ------------------------------------------------------------------------


def _conductor(tune: Tune, timeline: Timeline) -> Any:
    import mido

    events: list[tuple[int, Any]] = [(0, mido.MetaMessage("track_name", name=tune.title or "Tune"))]
    for position, length in _meters(timeline):
        beats, unit = length.numerator, length.denominator
        events.append((_ticks(position), mido.MetaMessage(
            "time_signature", numerator=beats, denominator=unit)))  # fmt: skip
    for position, name in _keys(tune, timeline):
        events.append((_ticks(position), mido.MetaMessage("key_signature", key=name)))
    for position, rate in timeline.tempos:
        speed = min(max(round(rate / 4 * 10**6), 1), (1 << 24) - 1)
        events.append((_ticks(position), mido.MetaMessage("set_tempo", tempo=speed)))
    return _messages(events)


@dataclass(frozen=True)
class _Beats:
    """A meter as MIDI writes it, not reduced: 6/8 stays 6/8."""

    numerator: int
    denominator: int


def _meters(timeline: Timeline) -> Iterator[tuple[Fraction, _Beats]]:
    """(position, meter) wherever bars of another length or meter begin."""
    measures = timeline.measures
    said: _Beats | None = None
    index = 0
    while index < len(measures):
        measure = measures[index].measure
        length, expected = measure.duration, measure.expected
        steps = 1
        if expected is not None and length < expected and index + 1 < len(measures):
            following = measures[index + 1].measure.duration
            if index and length + following == expected:
                length, steps = expected, 2
        meter = measure.meter
        if meter is not None and length == meter.length * measure.count:
            beats: _Beats | None = _Beats(min(sum(meter.beats), 255), meter.unit)
        else:
            beats = _beats(length)
        if beats is not None and beats != said:
            yield measures[index].position, beats
            said = beats
        index += steps


def _beats(length: Fraction) -> _Beats | None:
    """A meter for a bar of an odd length; None if MIDI cannot say it."""
    if length <= 0 or MAX_UNIT % length.denominator or length.numerator > 255:
        return None
    unit = max(length.denominator, 4)
    top = length.numerator * (unit // length.denominator)
    return _Beats(top, unit) if top <= 255 else None


def _keys(tune: Tune, timeline: Timeline) -> Iterator[tuple[Fraction, str]]:
    said = ""
    for timed in timeline.measures:
        name = _key_name(timed.measure.key)
        if name and name != said:
            yield timed.position, name
            said = name
    if not timeline.measures and (name := _key_name(tune.key)):
        yield Fraction(0), name


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


# -- tracks -----------------------------------------------------------------------------------


class _Track:
    """One track while it is filled: events at absolute ticks."""

    def __init__(self, name: str, channel: int, mix: Mix, program: int) -> None:
        import mido

        self.channel = channel
        chosen = program if mix.program is None else mix.program
        self.events: list[tuple[int, Any]] = [
            (0, mido.MetaMessage("track_name", name=name)),
            (0, mido.Message("program_change", channel=channel, program=chosen)),
            (0, mido.Message("control_change", channel=channel, control=7, value=mix.volume)),
            (0, mido.Message("control_change", channel=channel, control=10, value=mix.pan)),
        ]

    def notes(self, notes: list[tuple[Fraction, Fraction, int, int]]) -> None:
        """Add notes: (position, length, MIDI number, velocity)."""
        import mido

        for position, length, midi, velocity in notes:
            if not 0 <= midi <= 127:
                continue
            start = _ticks(position)
            end = max(_ticks(position + length), start + 1)
            on = mido.Message("note_on", channel=self.channel, note=midi, velocity=velocity)
            self.events += [(start, on), (end, mido.Message(
                "note_off", channel=self.channel, note=midi))]  # fmt: skip

    def messages(self) -> Any:
        """The finished track."""
        return _messages(self.events)


def _lyrics(voice: Voice, notes: list[TimedNote]) -> Iterator[tuple[int, Any]]:
    """The words of a voice at their notes: on the second time through, the second verse."""
    import mido

    events = {e.span: e for e in voice.events if any(e.syllables)}
    last: dict[Any, Fraction] = {}
    turns: dict[Any, int] = {}
    for note in notes:
        event = events.get(note.span)
        if event is None or note.midi not in event.midi or last.get(note.span) == note.position:
            continue
        last[note.span] = note.position
        turn = turns[note.span] = turns.get(note.span, -1) + 1
        word = _word(event, turn)
        if word:
            yield _ticks(note.position), mido.MetaMessage("lyrics", text=word)


def _word(event: Event, turn: int) -> str | None:
    verses = event.syllables
    return verses[turn] if turn < len(verses) else verses[0]


def _symbols(timeline: Timeline) -> Iterator[tuple[int, Any]]:
    import mido

    for timed in timeline.measures:
        for event in timed.measure.events:
            if event.chord_symbol:
                place = _ticks(timed.position + event.onset)
                yield place, mido.MetaMessage("text", text=event.chord_symbol)


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
