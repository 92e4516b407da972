"""Who plays a new tune and where it lies, its chords, its words of expression, its end: other words for the same wishes."""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
import random

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.act.finish import mended
from chat.act.plan.keys import key_of
from chat.act.plan.notes import notes_and_range
from chat.check import check
from chat.phrases import style_name
from chat.requirements import Wishes
from chat.understand.unread import unread
from chat.understand.wishes import read

MINOR = """X:1
T:Plain
M:4/4
L:1/8
Q:1/4=80
K:Am
"Am"A2 B2 c2 B2|"Dm"A2 F2 D4|"E"E2 ^G2 B2 e2|"Am"c2 B2 A4|]
"""


def mend(text, details=None, **values):
    tune = mended(parse_tune(text), Wishes(values=values, details=details or {}))
    assert not errors(tune)
    return tune


def heights(voice):
    return [n for m in voice.measures for e in m.events for n in e.midi]


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        ("a bossa with 7ths and 9ths", "chord_colours", "sevenths ninths"),
        ("a jazz waltz with ninth chords", "chord_colours", "ninths"),
        ("用九和弦写一段爵士", "chord_colours", "ninths"),
        ("a lullaby with easy guitar chords", "chords", "easy"),
        ("a song with chords on guitar a beginner can play", "chords", "easy"),
        ("写首民谣，用简单的吉他和弦", "chords", "easy"),
        ("an erhu tune, rubato", "expression", "freely"),
        ("笛子曲，散板", "expression", "freely"),
        ("a sad tune with a hopeful ending", "bright_end", "yes"),
        ("有点伤感但结尾要有希望的曲子", "bright_end", "yes"),
        ("a march for brass band in B flat", "instrument", "brass"),
        ("铜管进行曲，降B大调", "instrument", "brass"),
        ("a waltz for treble recorder", "instrument", "alto recorder"),
        ("piano piece in ternary form, middle section in the relative minor", "mode", "major"),
        ("三段体钢琴小品，中段转到关系小调", "mode", "major"),
        ("8 bars for grade 2 violin. One octave, D major", "range", "octave"),
        ("8 bars in G, range of just one octave", "range", "octave"),
        ("a小调的华尔滋", "rhythm", "waltz"),
    ],
)
def test_colour_is_read_and_nothing_of_it_is_left(message, name, value):
    assert read(message).values.get(name) == value
    assert not unread(message)


@pytest.mark.parametrize(
    ("message", "genre"),
    [
        ("a short fanfare for two trumpets", "fanfare"), ("拉丁风格的曲子", "latin"), ("something salsa-like", "latin"),
        ("傣族味儿的葫芦丝独奏", "chinese"), ("a wedding processional in D", "procession"), ("小奏鸣曲那种感觉", "sonatina"),
    ],
)  # fmt: skip
def test_kinds_of_music(message, genre):
    assert read(message).genre == genre


def test_guitar_chords_are_no_guitar():
    wishes = read("a polka with guitar chords over it")
    assert "instrument" not in wishes.values and wishes.values["chords"] == "yes"


def test_a_title_with_a_name_in_it():
    wishes = read("a lullaby for my nephew Oscar with his name in the title")
    assert wishes.values["title"] == "Lullaby for Oscar" and "lyrics" not in wishes.values
    assert read("摇篮曲，标题里要有小雨").values["title"] == "小雨摇篮曲"


def test_a_piece_for_piano_has_two_hands_and_a_melody_one():
    assert "left-hand" in read("a short piano piece in C").details
    assert "left-hand" in read("C大调钢琴小品").details
    assert "left-hand" not in read("a piano melody, right hand only").details


@pytest.mark.parametrize(
    ("names", "key", "low"),
    [("C D E F G", "C major", "C"), ("D E F# G A", "D major", "D"), ("G A B", "G major", "G"), ("B A G", "G major", "G"), ("A C D E G", "A minor", "A,")],
)  # fmt: skip
def test_a_few_known_notes_have_their_key_and_place(names, key, low):
    values = {"pitches": names}
    found = key_of(values, random.Random(1))
    assert found.name == key
    place = notes_and_range(values, found)["range"].split()[0]
    assert place.strip(",").upper() == low.strip(",")


def test_chords_that_resolve_tell_the_key():
    assert key_of({"progression": "Dm7 G7 Cmaj7 A7"}, random.Random(1)).name == "C major"
    assert key_of({"progression": "Am F C G"}, random.Random(1)).name == "A minor"


def test_a_bright_end_is_major():
    tune = mend(MINOR, bright_end="yes")
    assert check(tune, {"bright_end": "yes"})[0].met
    assert '"A"' in tune.source


def test_ninths_stand_in_the_symbols():
    tune = mend(MINOR, chord_colours="sevenths ninths", chords="yes")
    assert all(r.met for r in check(tune, {"chord_colours": "sevenths ninths", "chords": "yes"}))


def test_a_low_instrument_reads_its_clef():
    tune = mend(MINOR, instrument="cello")
    assert "clef=bass" in tune.source and max(heights(tune.voices[0])) <= 69


def test_a_second_player_stays_on_the_instrument():
    tune = mend(MINOR, instrument="alto recorder", voices="2")
    assert min(heights(tune.voices[1])) >= 65


def test_a_left_hand_keeps_its_five_fingers():
    tune = mend(
        MINOR.replace("K:Am", "K:C"),
        {"left-hand": "yes"},
        range="C4 G4",
        instrument="piano",
        voices="2",
    )
    assert all(48 <= n <= 55 for n in heights(tune.voices[1]))


def test_a_simple_lower_voice_moves_with_the_chords():
    tune = mend(MINOR, {"simple-lower": "yes"}, voices="2")
    upper, lower = (len(heights(v)) for v in tune.voices)
    assert len(tune.voices) == 2 and lower < upper


def test_an_expression_stands_over_the_first_note():
    tune = mend(MINOR, expression="freely")
    assert check(tune, {"expression": "freely"})[0].met


def test_a_whole_tone_melody_has_all_its_tones():
    tune = mend(
        MINOR.replace('"Am"', "").replace('"Dm"', "").replace('"E"', ""), scale="whole tone"
    )
    assert check(tune, {"scale": "whole tone"})[0].met


def test_the_low_d_of_a_whistle():
    values = read("a melody of exactly one octave, from low D to high d, in D major").values
    assert values["range"] == "D4 D5"


def test_dotted_rhythms_beside_the_lengths_that_are_allowed():
    values = read("练附点节奏的练习曲，只用四分、八分和附点四分").values
    assert values["figures"] == "dotted" and values["note_values"] == "3/8 1/4 1/8"


def test_a_waltz_is_called_so_in_chinese():
    assert style_name("zh", "waltz") == "圆舞曲"
    assert read("a Ländler in F").values["rhythm"] == "waltz"
