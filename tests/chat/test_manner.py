"""How a new tune begins, ends and moves: read from other words, and mended where the model wrote it otherwise."""

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.act.finish import mended
from chat.act.moving import figures_in
from chat.check import check
from chat.requirements import Wishes
from chat.understand.unread import unread
from chat.understand.wishes import read

PLAIN = """X:1
T:Plain
M:4/4
L:1/8
Q:1/4=100
K:G
"G"G2 A2 B2 d2|"C"e2 d2 B4|"C"c2 B2 A2 G2|"D7"A4 D4|"G"G2 A2 B2 d2|"C"e2 d2 B4|"D7"A2 B2 A2 F2|"G"B4 d4|]
"""
SEVEN = """X:1
T:Seven
M:7/8
L:1/8
Q:1/8=200
K:Em
"Em"E2 EB2D2|"Em"E3 F2G2|"D"D2 F2 A3|"Em"E2 B2E3|]
"""


def mend(text, **values):
    tune = mended(parse_tune(text), Wishes(values=values))
    assert not errors(tune)
    return tune


def heights(tune, bar):
    return [n for m in tune.voices[0].measures if m.number == bar for e in m.events for n in e.midi]


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        ("a waltz ending on the third", "last_note", "3"),
        ("a jig in D, its last note must be F#", "last_note", "F#"),
        ("结尾落在mi上，G大调8小节", "last_note", "3"),
        ("写一首曲子，最后一个音是E，C大调", "last_note", "E"),
        ("an air, and let it finish on a long note", "last_note", "long"),
        ("结尾要落在一个长音上", "last_note", "long"),
        ("a reel that starts on the fifth", "first_note", "5"),
        ("从G开始，写一首C大调的曲子", "first_note", "G"),
        ("a melody with triplets", "figures", "triplets"),
        ("切分多一点的曲子", "figures", "syncopation"),
        ("带附点节奏的练习曲", "figures", "dotted"),
        ("8 bars with some quavers", "figures", "eighths"),
        ("a tune without triplets", "no_figures", "triplets"),
        ("七拍子，2+2+3", "groups", "2+2+3"),
        ("7/8 split 3+2+2", "groups", "3+2+2"),
        ("a tune that begins quietly and ends loud", "end_dynamic", "f"),
        ("开头轻，结尾响的进行曲", "end_dynamic", "f"),
        ("a fiddle tune on the low strings", "register", "low"),
        ("大提琴曲，用低音区", "register", "low"),
        ("a polka with first and second endings", "endings", "all"),
        ("给A段写两个结尾的波尔卡", "endings", "A"),
        ("town theme that loops seamlessly", "loop", "yes"),
        ("能循环的游戏音乐", "loop", "yes"),
        (
            "8 bars, half cadence in bar 4, perfect cadence at the end",
            "cadences",
            "4:half 8:authentic",
        ),
        ("写一个8小节的乐段，前句半终止，后句完全终止", "cadences", "4:half 8:authentic"),
        (
            "antecedent ending on a half cadence, consequent on a PAC",
            "cadences",
            "4:half 8:authentic",
        ),
        ("D大调8小节，第4小节半终止，第8小节完全终止", "cadences", "4:half 8:authentic"),
    ],
)
def test_manner_is_read_and_nothing_of_it_is_left(message, name, value):
    assert read(message).values.get(name) == value
    assert not unread(message)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("a song ending in E major", "last_note"), ("end it with a bang", "last_note"),
        ("a chord loop of C G Am F", "loop"), ("don't use the high register", "register"),
        ("16 bars in D, ending on a half cadence", "cadences"), ("a quiet ending", "dynamic"),
        ("the first two bars", "endings"),
    ],
)  # fmt: skip
def test_what_only_looks_like_it(message, name):
    assert name not in read(message).values


@pytest.mark.parametrize("said", ["3", "E", "long", "A long", "5 long"])
def test_the_last_note_is_as_asked(said):
    tune = mend(PLAIN, last_note=said)
    assert all(r.met for r in check(tune, {"last_note": said}))
    assert tune.bar_count == 8


def test_the_first_note_is_as_asked():
    assert heights(mend(PLAIN, first_note="5"), 1)[0] % 12 == 2


@pytest.mark.parametrize(
    "name", ["triplets", "syncopation", "dotted", "sixteenths", "eighths", "rests"]
)
def test_figures_are_put_in(name):
    tune = mend(PLAIN, figures=name)
    bars = [[(e.onset, e.duration, bool(e.notes)) for e in m.events] for m in tune.measures]
    assert sum(figures_in(bar, name, False) for bar in bars) >= 2
    assert all(r.met for r in check(tune, {"figures": name}))
    assert tune.bar_count == 8 and heights(tune, 8) == heights(parse_tune(PLAIN), 8)


def test_figures_keep_to_the_lengths_that_are_allowed():
    tune = mend(PLAIN, figures="sixteenths", note_values="1/4 1/2")
    assert not check(tune, {"figures": "sixteenths"})[0].met


def test_cadences_stand_at_their_bars():
    tune = mend(PLAIN, cadences="4:half 8:authentic")
    assert check(tune, {"cadences": "4:half 8:authentic"})[0].met
    assert heights(tune, 8)[-1] % 12 == 7 and heights(tune, 4)[-1] % 12 in (2, 6, 9)


def test_groups_stand_in_the_meter_and_in_the_beams():
    tune = mend(SEVEN, groups="2+2+3", meter="7/8")
    assert "M:(2+2+3)/8" in tune.source
    assert all(r.met for r in check(tune, {"groups": "2+2+3", "meter": "7/8"}))


def test_loudness_that_changes():
    tune = mend(PLAIN, dynamic="f", end_dynamic="p")
    assert all(r.met for r in check(tune, {"dynamic": "f", "end_dynamic": "p"}))


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        (
            "a melody that begins with the notes G A B D, in D mixolydian",
            "opening_notes",
            "G A B D",
        ),
        ("以C D E G开头写一首C大调的曲子", "opening_notes", "C D E G"),
        ("my pupils just learned E D C on the recorder, only those please", "pitches", "E D C"),
        ("a clapping exercise in 6/8", "pitches", "G"),
        ("first four bars quiet, last four bars loud", "end_dynamic", "f"),
        ("二胡旋律，前四小节安静，后四小节激动", "end_dynamic", "f"),
        ("four-bar phrase x4 in G", "bars", "16"),
        ("民歌，A段8小节d小调，B段8小节转F大调", "bars", "16"),
        ("8小节C大调进行曲", "bars", "8"),
        ("a waltz that starts in G major and ends in E minor", "modulation", "relative"),
        ("a lullaby pentatonic on F", "key", "F major"),
        ("a lullaby no wider than a sixth", "range", "sixth"),
        ("warm-up for band, concert Bb, long notes mostly", "note_values", "1/1 3/4 1/2 1/4"),
        ("give me a Ländler in F", "rhythm", "waltz"),
    ],
)
def test_more_ways_of_saying_how(message, name, value):
    assert read(message).values.get(name) == value


def test_two_players_of_different_instruments():
    wishes = read("小号和长号的二重奏，F大调")
    assert wishes.values["voices"] == "2" and wishes.details["below"] == "trombone"
    assert read("a duet for flute and violin").details["second-player"] == "violin"


def test_the_opening_notes_are_as_named():
    tune = mend(PLAIN, opening_notes="D B A G")
    assert all(r.met for r in check(tune, {"opening_notes": "D B A G"}))


def test_nothing_goes_round_that_is_no_round():
    assert not unread("chords G Em C D7 going round twice, put a tune on top")


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("a cello tune that stays on the D and A strings", "strings"),
        ("a hymn in Eb, last phrase same as the first", "same as the first"),
        ("a jig in E dorian, second part higher than the first", "higher than the first"),
        ("a ballad where the first phrase rises", "rises"),
        ("a piece in A minor with a Neapolitan chord", "neapolitan"),
        ("a chant in D dorian, no meter", "no meter"),
        ("a song that modulates up a whole step at the end", "whole step"),
        ("a shanty in the style of calypso metal", "metal"),
    ],
)
def test_what_is_beyond_reach_is_named(message, part):
    assert any(part in p.lower() for p in unread(message))


def test_bars_in_a_key_of_their_own():
    wishes = read("12 bars in F sharp minor; bars 5 to 8 should be in A major")
    assert wishes.values["modulation"] == "relative"
    assert wishes.details["modulation-bars"] == "5 8"


def test_counted_tunes_and_notes_without_a_sign():
    assert read("3 short tunes for sight-reading").count == 3
    assert read("a tune in D with no C sharps").values["without"] == "C#"
    assert read("where the highest note is E and the lowest is low D").values["range"] == "D4 E5"


@pytest.mark.parametrize(
    "message", ["右手旋律左手伴奏的小品，G大调，3/4，16小节", "速度90，16小节", "速度90。16小节"]
)
def test_a_comma_before_a_number_makes_no_fraction(message):
    wishes = read(message)
    assert wishes.values["bars"] == "16" and not wishes.problems


def test_chords_by_their_degrees_in_chinese():
    assert read("只用一级、四级、五级和弦，D大调").values["chords"] == "I IV V"
