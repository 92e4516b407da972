"""MIDI → sound: FluidSynth without an audio device, then WAV, OGG or MP3.

Conventions: MIDI comes as the bytes of a standard MIDI file; sound is a float32 array of shape
(frames, 2) at :data:`SAMPLE_RATE`, its peak at :data:`PEAK`. Second 0 of the sound is tick 0 of the
file, so times of a timeline made from the same music are times in the sound. At the end the sound goes
on until it has died away, two seconds at least and ten at most.

FluidSynth, the soundfont, numpy and soundfile are loaded at first use; what is missing becomes an
:class:`AudioError` whose text is for users. Loading a compressed soundfont takes seconds, so there
is one synthesiser a process, guarded by a lock.

This module knows nothing of ABC. It does not play: it renders.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Sound = NDArray[numpy.float32]

SAMPLE_RATE = 44_100
PEAK = 0.89  # −1 dB: encoders overshoot a little, and that must not clip
TAIL_SECONDS = 2.0
LONGEST_TAIL_SECONDS = 10.0
SILENT = 0.001  # of full scale, −60 dB
MAX_SECONDS = 600.0
GAIN = 0.2  # FluidSynth's own default; many voices at once stay below full scale
BLOCK = 64  # frames that FluidSynth makes at a time
CHUNK = 65_536  # frames; libsndfile crashes on a minute of Vorbis written at once

REVERB_LEVEL, CHORUS_LEVEL = 0.2, 2.0  # FluidSynth's own; a setting of 1 means these
MOST_EFFECT = 4.0

# Suffix → (container, subtype, media type).
FORMATS: dict[str, tuple[str, str, str]] = {
    "wav": ("WAV", "PCM_16", "audio/wav"),
    "ogg": ("OGG", "VORBIS", "audio/ogg"),
    "mp3": ("MP3", "MPEG_LAYER_III", "audio/mpeg"),
    "flac": ("FLAC", "PCM_16", "audio/flac"),
}

_lock = threading.Lock()
_synths: dict[str, Any] = {}


class AudioError(Exception):
    """Sound cannot be made here; the text says why, for the user."""


def find_problem() -> str | None:
    """Return why this machine cannot make sound, or None when it can.

    The soundfont is looked for, not loaded.

    >>> find_problem() is None or find_problem().endswith(".")
    True
    """
    try:
        import_fluidsynth()
        locate_soundfont(None)
    except AudioError as error:
        return str(error)
    return None


def import_fluidsynth() -> Any:
    """Return the fluidsynth module, or raise AudioError when its library is not installed."""
    try:
        import fluidsynth
    except (ImportError, OSError, AttributeError) as error:
        raise AudioError(
            "The FluidSynth library is not installed, so the server cannot make sound. "
            "`make setup` prints the command that installs it."
        ) from error
    if not hasattr(fluidsynth, "Synth"):
        # An unrelated package on PyPI has the same module name.
        raise AudioError("The Python package pyfluidsynth is not installed.")
    return fluidsynth


def locate_soundfont(soundfont: Path | None) -> Path:
    """Return the soundfont to use; AudioError when there is none or the one named is not there."""
    from soundfonts.find import VARIABLE, find_soundfont

    if soundfont is not None:
        if not soundfont.is_file():
            raise AudioError(f"The soundfont {soundfont.name} does not exist.")
        return soundfont
    found = find_soundfont()
    if found is None:
        raise AudioError(
            "No soundfont was found, so the server cannot make sound. Install one "
            f"(see soundfonts/README.md) or name a file in {VARIABLE}."
        )
    return found.path


def open_synth(soundfont: Path) -> tuple[Any, int]:
    """Return the process's synthesiser for a soundfont and the font's id in it, loading it once.

    The caller holds the lock: two threads that load at once would each delete what the other plays.
    """
    assert _lock.locked(), "the synthesiser is used under its lock"
    key = str(soundfont)
    if key not in _synths:
        module = import_fluidsynth()
        synth = module.Synth(gain=GAIN, samplerate=float(SAMPLE_RATE), channels=16)
        font = synth.sfload(key)
        if font == -1:  # FluidSynth says nothing more and would go on in silence
            synth.delete()
            raise AudioError(f"The soundfont {soundfont.name} could not be read.")
        for old, _ in _synths.values():
            old.delete()
        _synths.clear()
        _synths[key] = (synth, font)
    synth, font = _synths[key]
    return synth, font


def prepare(soundfont: Path | None = None) -> None:
    """Load the synthesiser and its soundfont now, so that the first sound need not wait for them.

    AudioError when the library or the soundfont is missing.
    """
    path = locate_soundfont(soundfont)
    with _lock:
        open_synth(path)


def read_events(midi: bytes) -> list[tuple[float, Any]]:
    """Return (second, message) of every channel message of a MIDI file, in order of time."""
    import mido

    try:
        file = mido.MidiFile(file=io.BytesIO(midi), clip=True)
        events, now = [], 0.0
        for message in file:  # iterating merges the tracks and turns ticks into seconds
            now += message.time
            if now > MAX_SECONDS:
                raise AudioError(f"The music is longer than {MAX_SECONDS / 60:.0f} minutes.")
            if not message.is_meta:
                events.append((now, message))
        if not events or not any(message.type == "note_on" for _, message in events):
            raise AudioError("There are no notes to play.")
        return events
    except (EOFError, OSError, ValueError, KeyError, IndexError) as error:
        raise AudioError("This is not a MIDI file that can be played.") from error


def send(synth: Any, message: Any) -> None:
    """Hand one MIDI message to the synthesiser; kinds that make no sound are left out."""
    if message.type == "note_on":
        synth.noteon(message.channel, message.note, message.velocity)
    elif message.type == "note_off":
        synth.noteoff(message.channel, message.note)
    elif message.type == "program_change":
        synth.program_change(message.channel, message.program)
    elif message.type == "control_change":
        synth.cc(message.channel, message.control, message.value)
    elif message.type == "pitchwheel":
        synth.pitch_bend(message.channel, message.pitch)


def render(
    midi: bytes, soundfont: Path | None = None, *, reverb: float = 1.0, chorus: float = 1.0
) -> Sound:
    """Return the sound of a MIDI file, shape (frames, 2), float32, peak at PEAK.

    `reverb` and `chorus` scale the room and the chorus: 0 is none, 1 usual, 4 the most. AudioError
    when the library, the soundfont or the notes are missing; ValueError for other scales.
    """
    import numpy

    for name, value in (("reverb", reverb), ("chorus", chorus)):
        if not 0.0 <= value <= MOST_EFFECT:
            raise ValueError(
                f"The {name} must be a number from 0 to {MOST_EFFECT:g}, not {value:g}."
            )
    events = read_events(midi)
    path = locate_soundfont(soundfont)
    with _lock:
        synth, font = open_synth(path)
        # Notes still sounding from a render that broke off must not leak into this one.
        synth.system_reset()
        synth.set_reverb(roomsize=0.2, damping=0.0, width=0.5, level=REVERB_LEVEL * reverb)
        synth.set_chorus(nr=3, level=CHORUS_LEVEL * chorus, speed=0.3, depth=8.0, type=0)
        for channel in range(16):
            synth.program_select(channel, font, 128 if channel == 9 else 0, 0)
        pieces, done = [], 0
        for second, message in events:
            frame = round(second * SAMPLE_RATE)
            if frame > done:
                pieces.append(synth.get_samples(frame - done))
                done = frame
            send(synth, message)
        pieces += tail(synth, done)
    sound: Sound = numpy.concatenate(pieces).reshape(-1, 2).astype(numpy.float32) / 32768.0
    return normalise(sound)


def tail(synth: Any, done: int) -> Iterator[Any]:
    """Yield what sounds after the last event, until it is silent; `done` frames are made already."""
    import numpy

    frames = round(TAIL_SECONDS * SAMPLE_RATE)
    frames += -(done + frames) % BLOCK  # so that the next render starts at the edge of a block too
    yield synth.get_samples(frames)
    step = 256 * BLOCK
    for _ in range(round((LONGEST_TAIL_SECONDS - TAIL_SECONDS) * SAMPLE_RATE / step)):
        piece = synth.get_samples(step)
        if int(numpy.abs(piece).max(initial=0)) < SILENT * 32768:
            return
        yield piece


def normalise(sound: Sound) -> Sound:
    """Return the sound with its peak at PEAK; silence stays silence."""
    import numpy

    peak = float(numpy.abs(sound).max(initial=0.0))
    if peak == 0.0:
        return sound
    scaled: Sound = (sound * (PEAK / peak)).astype(numpy.float32)
    return scaled


def encode(sound: Sound, kind: str) -> bytes:
    """Return the sound as the bytes of a wav, ogg, mp3 or flac file; else ValueError."""
    if kind not in FORMATS:
        raise ValueError(f"unknown audio format {kind!r}; one of {', '.join(FORMATS)}")
    import soundfile

    container, subtype, _ = FORMATS[kind]
    # Constant 0.7 is about 110 kbit/s: a quarter of the default and no difference for one melody.
    options = {"compression_level": 0.7, "bitrate_mode": "CONSTANT"} if kind == "mp3" else {}
    target = io.BytesIO()
    try:
        with soundfile.SoundFile(
            target, "w", SAMPLE_RATE, 2, subtype=subtype, format=container, **options
        ) as file:
            for chunk in split(sound):
                file.write(chunk)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise AudioError(f"The sound could not be written as {kind.upper()}.") from error
    return target.getvalue()


def split(sound: Sound) -> Iterator[Sound]:
    """Yield the sound in chunks that the encoders can take."""
    for start in range(0, len(sound), CHUNK):
        yield sound[start : start + CHUNK]
