"""Sound by numbers: length, peak, onsets where the MIDI file says, every format read back."""

from __future__ import annotations

import io
from pathlib import Path

import mido
import numpy
import pytest
import soundfile

from abc_tools.formats import audio

ONSETS = (0.0, 0.5, 1.5, 2.25)  # seconds, at 120 quarters a minute


def make_midi(onsets: tuple[float, ...] = ONSETS, seconds: float = 0.2, program: int = 0) -> bytes:
    """Return a MIDI file with one short note at each onset."""
    file = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack()
    file.tracks.append(track)
    track.append(mido.MetaMessage("set_tempo", tempo=500_000))
    track.append(mido.Message("program_change", program=program))
    now = 0
    for onset in onsets:
        start, stop = round(onset * 960), round((onset + seconds) * 960)
        track.append(mido.Message("note_on", note=72, velocity=100, time=start - now))
        track.append(mido.Message("note_off", note=72, velocity=0, time=stop - start))
        now = stop
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def find_onsets(sound: numpy.ndarray) -> list[float]:
    """Return the seconds where the loudness jumps, measured in windows of 5 ms."""
    window = audio.SAMPLE_RATE // 200
    mono = numpy.abs(sound).max(axis=1)
    level = mono[: len(mono) // window * window].reshape(-1, window).max(axis=1)
    level = numpy.concatenate([[0.0, 0.0], level])  # so that a note at 0 jumps out of silence
    found: list[float] = []
    for index in range(2, len(level)):
        jumps = level[index] > 0.15 and level[index] > 2.5 * level[index - 2]
        if jumps and (not found or (index - 2) / 200 - found[-1] > 0.1):
            found.append((index - 2) / 200)
    return found


@pytest.fixture(scope="module")
def sound() -> numpy.ndarray:
    return audio.render(make_midi())


def test_shape_length_and_tail(sound: numpy.ndarray) -> None:
    assert sound.dtype == numpy.float32
    assert sound.shape[1] == 2
    expected = ONSETS[-1] + 0.2 + audio.TAIL_SECONDS
    assert abs(len(sound) / audio.SAMPLE_RATE - expected) < 0.01


def test_peak_is_normalised_and_never_clips(sound: numpy.ndarray) -> None:
    assert abs(float(numpy.abs(sound).max()) - audio.PEAK) < 1e-4


def test_onsets_are_where_the_midi_file_says(sound: numpy.ndarray) -> None:
    found = find_onsets(sound)
    assert len(found) == len(ONSETS), found
    for measured, expected in zip(found, ONSETS, strict=True):
        assert abs(measured - expected) <= 0.02


def test_two_renders_do_not_leak_into_each_other(sound: numpy.ndarray) -> None:
    audio.render(make_midi((0.0,), seconds=3.0, program=48))
    again = audio.render(make_midi())
    # The synthesiser works in blocks of 64 frames and the next render starts anywhere in one, so
    # the two are equal to the ear and not to the bit: compare how loud they are, every 20 ms.
    assert len(again) == len(sound)
    window = audio.SAMPLE_RATE // 50
    frames = len(sound) // window * window
    first, second = (
        numpy.abs(one[:frames]).reshape(-1, window * 2).max(axis=1) for one in (sound, again)
    )
    assert float(numpy.abs(first - second).max()) < 0.1


@pytest.mark.parametrize("kind", ["wav", "ogg", "mp3", "flac"])
def test_every_format_reads_back(kind: str, sound: numpy.ndarray) -> None:
    data = audio.encode(sound, kind)
    back, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    assert rate == audio.SAMPLE_RATE
    assert abs(len(back) - len(sound)) < 0.06 * rate  # MP3 pads a frame or two
    assert abs(float(numpy.abs(back).max()) - audio.PEAK) < 0.1
    if kind in ("ogg", "mp3"):
        assert len(data) < len(audio.encode(sound, "wav")) / 5


def test_a_long_ogg_is_written_in_chunks() -> None:
    long = numpy.zeros((90 * audio.SAMPLE_RATE, 2), dtype=numpy.float32)
    data = audio.encode(long, "ogg")
    assert soundfile.info(io.BytesIO(data)).frames == len(long)


def test_unknown_format_is_the_callers_mistake(sound: numpy.ndarray) -> None:
    with pytest.raises(ValueError, match="aiff"):
        audio.encode(sound, "aiff")


@pytest.mark.parametrize("junk", [b"", b"MThd", b"<html>", make_midi(())])
def test_junk_gets_a_sentence(junk: bytes) -> None:
    with pytest.raises(audio.AudioError) as caught:
        audio.render(junk)
    assert str(caught.value).endswith(".")


def test_missing_and_broken_soundfonts_get_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(audio.AudioError, match="does not exist"):
        audio.render(make_midi(), tmp_path / "none.sf2")
    broken = tmp_path / "broken.sf2"
    broken.write_bytes(b"RIFF nonsense")
    with pytest.raises(audio.AudioError, match="could not be read"):
        audio.render(make_midi(), broken)
    monkeypatch.setenv("TUNEWRIGHT_SOUNDFONT", str(tmp_path / "nowhere.sf2"))
    problem = audio.find_problem()
    assert problem is not None and "TUNEWRIGHT_SOUNDFONT" in problem


def test_missing_library_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fluidsynth", None)
    problem = audio.find_problem()
    assert problem is not None and "make setup" in problem


def test_endless_music_is_refused() -> None:
    with pytest.raises(audio.AudioError, match="minutes"):
        audio.render(make_midi((0.0, 5000.0)))


def test_threads_that_start_at_once_share_one_synthesiser() -> None:
    """Loading while another thread renders once deleted the synthesiser under it."""
    from concurrent.futures import ThreadPoolExecutor

    audio._synths.clear()
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(audio.prepare), pool.submit(audio.prepare)]
        sounds = [pool.submit(audio.render, make_midi()) for _ in range(2)]
        for future in waiting:
            future.result()
        lengths = {len(future.result()) for future in sounds}
    assert len(audio._synths) == 1
    assert len(lengths) == 1


def test_onsets_keep_the_timeline_to_five_milliseconds() -> None:
    from benchmarks.formats import onset_errors

    for tempo in (60, 97, 211):
        assert max(onset_errors(tempo)) < 5.0


def test_the_room_can_be_dry_or_wet_and_the_tail_is_not_cut() -> None:
    dry = audio.render(make_midi(), reverb=0.0, chorus=0.0)
    wet = audio.render(make_midi(), reverb=4.0)
    assert pytest.approx(float(numpy.abs(wet).max()), abs=1e-3) == audio.PEAK
    late = slice(round(2.7 * audio.SAMPLE_RATE), round(3.2 * audio.SAMPLE_RATE))
    assert numpy.abs(wet[late]).mean() > 2 * numpy.abs(dry[late]).mean()
    assert float(numpy.abs(wet[-200:]).max()) < 0.01
    with pytest.raises(ValueError, match="reverb"):
        audio.render(make_midi(), reverb=9.0)


def test_volume_and_pan_of_a_voice_are_heard() -> None:
    from abc_tools.formats import midi
    from abc_tools.parse import parse_tune

    tune = parse_tune("X:1\nM:4/4\nL:1/4\nV:1\nCDEF|]\nV:2\nGABc|]\n")
    mix = {"1": midi.Mix(program=73, pan=0), "2": midi.Mix(program=56, pan=127, volume=20)}
    sound = audio.render(midi.write(tune, mix=mix), reverb=0.0, chorus=0.0)
    left, right = numpy.abs(sound).mean(axis=0)
    assert left > 3 * right
