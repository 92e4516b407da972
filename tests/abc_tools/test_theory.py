import pytest

from abc_tools.chords import QUALITIES, parse_chord, roman
from abc_tools.theory import (
    MODES,
    STEPS,
    Interval,
    Key,
    Pitch,
    key_interval,
    parse_key,
    parse_meter,
)

ALL_KEYS = [Key(s, a, m) for s in STEPS for a in (-1, 0, 1) for m in MODES
            if abs(Key(s, a, m).sharps) <= 7]  # fmt: skip


def test_every_key_reads_back_from_its_own_spelling():
    assert len(ALL_KEYS) == 15 * 7
    for key in ALL_KEYS:
        assert parse_key(key.abc) == key, key.abc
        assert parse_key(key.name) == key, key.name


def test_scales_have_seven_steps_that_add_up_to_an_octave():
    for key in ALL_KEYS:
        classes = [Pitch(step, alter, 4).midi % 12 for step, alter in key.scale]
        assert len(set(classes)) == 7
        assert classes[0] == key.pitch_class


@pytest.mark.parametrize("semitones", range(-11, 12))
def test_keys_transposed_stay_spellable_and_move_their_tonic(semitones):
    steps = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)[abs(semitones)]
    interval = Interval(steps, semitones) if semitones >= 0 else Interval(-steps, semitones)
    for key in ALL_KEYS:
        moved = key.transposed(interval)
        assert abs(moved.sharps) <= 7
        assert moved.pitch_class == (key.pitch_class + semitones) % 12
        assert moved.mode == key.mode


def test_the_interval_between_two_keys_leads_from_one_to_the_other():
    for old in ALL_KEYS[::4]:
        for new in ALL_KEYS[::5]:
            interval = key_interval(old, new)
            tonic = Pitch(old.tonic, old.alter, 4).transposed(interval)
            assert tonic.midi % 12 == new.pitch_class
            assert abs(interval.semitones) <= 6


@pytest.mark.parametrize("text", ["4/0", "0/4", "x", "3/5", "3.5/4", "999/4"])
def test_what_is_no_meter_is_the_callers_error(text):
    with pytest.raises(ValueError, match="not a meter"):
        parse_meter(text)


def test_every_quality_is_read_back_and_transposes():
    for quality in QUALITIES:
        chord = parse_chord("Bb" + quality + "/D")
        assert chord is not None, quality
        up = chord.transposed(Interval(1, 2))
        assert up.root == "C" and up.quality == quality and up.bass == ("E", 0)


@pytest.mark.parametrize(
    ("symbol", "key", "numeral"),
    [("D7", "G", "V7"), ("Am", "C", "vi"), ("Bdim", "C", "vii°"), ("E", "Am", "V"), ("F", "G", "bVII"),
     ("Cmaj7", "C", "Imaj7"), ("F#m7", "E", "ii7")],
)  # fmt: skip
def test_roman_numerals(symbol, key, numeral):
    chord, tonality = parse_chord(symbol), parse_key(key)
    assert chord and tonality
    assert roman(chord, tonality) == numeral
