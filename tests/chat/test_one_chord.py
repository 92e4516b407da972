"""One chord becomes another, single signs before notes, bars in halves and odd bars, keys for voices.

Each row is (message, the operations with their values and bars).
"""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from chat.session import Session
from chat.understand.intent import understand
from chat.understand.operations import read_operations
from tests.chat.talking import talk, tune_of

PIER = 'X:1\nT:Pier\nM:4/4\nL:1/4\nQ:1/4=96\nK:G\n"G"g b d\' b|"Em"e g b2|"C"c\' a f a|"D7"d\' c\' a2|\n"G"g b d\' b|"Am"a c\' e\'2|"D"d\' a f a|"G"g4|]\n'


@pytest.mark.parametrize(("message", "at"), [
    ("could the second chord be a C instead", "2:1=C"),
    ("turn the final chord minor", "8:1=Gm"),
    ("make the next-to-last chord a seventh", "7:1=D7"),
    ("the chord of bar 6 should be major", "6:1=A"),
    ("I'd like the opening chord to become a major seventh", "1:1=Gmaj7"),
    ("把倒数第二个和弦改成七和弦", "7:1=D7"),
    ("第三个和弦换成Am", "3:1=Am"),
    ("末尾的和弦改成小三和弦", "8:1=Gm"),
])  # fmt: skip
def test_one_chord_becomes_another(message, at):
    found = read_operations(message, parse_tune(PIER))
    assert [(o.name, o.values) for o in found] == [("set-chords", {"at": at})]


@pytest.mark.parametrize(
    "message",
    [
        "what if the last chord were minor?",
        "change the key to G minor",
        "如果最后一个和弦改成小和弦会怎么样",
    ],
)
def test_a_thought_and_a_key_are_no_chord(message):
    found = understand(message, Session().add(PIER, "opened"), parse_tune(PIER))
    assert all(o.name != "set-chords" for o in found.operations)


@pytest.mark.parametrize(("message", "pick", "to", "bars"), [
    ("put a flat before the last note of bar 2", "-1", "b", (2, 2)),
    ("bar 3, the F needs a natural sign", "one:F", "=", (3, 3)),
    ("there should be a sharp on the second note of measure 6", "2", "#", (6, 6)),
    ("第5小节第3个音前面加降号", "3", "b", (5, 5)),
    ("第六小节的c前面少了升号", "one:C", "#", (6, 6)),
])  # fmt: skip
def test_a_sign_is_put_before_a_note(message, pick, to, bars):
    (found,) = read_operations(message, parse_tune(PIER))
    assert (found.name, found.values) == ("rename-notes", {"pick": pick, "to": to})
    assert (found.place.first, found.place.last) == bars


def test_the_letter_stays_where_a_sign_is_put():
    tune = tune_of(PIER, "put a flat before the last note of bar 2")
    assert [n.written.name for e in tune.measures[1].events for n in e.notes] == ["E5", "G5", "Bb5"]


@pytest.mark.parametrize(("message", "places"), [
    ("odd measures forte", [7, 5, 3, 1]), ("the even ones piano", [8, 6, 4, 2]), ("奇数的小节弱奏", [7, 5, 3, 1]),
    ("last bar of each half pianissimo", [8, 4]), ("the first bar of every line forte", [5, 1]), ("每句的第一小节强奏", [5, 1]),
])  # fmt: skip
def test_bars_that_are_no_stretch_get_a_level(message, places):
    found = read_operations(message, parse_tune(PIER))
    assert {o.name for o in found} == {"dynamic"}
    assert [o.place.first for o in found] == places


def test_numbers_alone_are_bars_behind_bars():
    found = read_operations("bars 3-4 soft, 5-6 loud", parse_tune(PIER))
    assert [(o.values["level"], o.place.first, o.place.last) for o in found] == [
        ("p", 3, 4),
        ("f", 5, 6),
    ]


@pytest.mark.parametrize(("message", "low", "high"), [
    ("I'm a baritone, find me a better key", 57, 76), ("transpose it so that it suits an alto", 55, 74),
    ("put it in a key for my voice, I sing low", 53, 72), ("换一个女中音好唱的调", 57, 77),
])  # fmt: skip
def test_a_key_suits_the_voice_that_is_named(message, low, high):
    heights = [n for m in tune_of(PIER, message).measures for e in m.events for n in e.midi]
    assert min(heights) >= low - 2 and max(heights) <= high + 2


def test_a_tune_that_lies_well_stays():
    reply = talk(PIER.replace("'", ""), "which... no, put it in a key for sopranos")
    assert not reply.changed or "soprano" in reply.text
    low = talk(
        "X:1\nT:Low\nM:2/4\nL:1/4\nK:C\nCD|EF|GF|E2|]\n", "put it in a key that suits children"
    )
    assert not low.changed and "comfortable" in low.text


@pytest.mark.parametrize(("message", "names"), [
    ("bars 5-6 could use more notes", ["embellish"]), ("第5小节音不够多，再加几个音", ["embellish"]),
    ("repeat both halves", ["repeat-bars", "repeat-bars"]),
    ("everything above E is too high for me, everything below C is too low", ["limit-range"]),
])  # fmt: skip
def test_plain_wishes_for_the_whole(message, names):
    found = understand(message, Session().add(PIER, "opened"), parse_tune(PIER))
    assert [o.name for o in found.operations] == names


def test_nothing_is_put_to_a_tune_that_is_not_there():
    for message in ("put in a bass line", "加上歌词", "write some chords for it"):
        assert understand(message, Session(), None).problem[0] == "no-tune"
    assert understand("add a jig to my set list, in D", Session(), None).kind == "compose"


def test_a_bare_no_offers_the_way_back():
    assert "undo" in talk(PIER, "transpose it up a tone", "nope").text
    assert "撤销" in talk(PIER, "升高大二度", "不对").text


def test_what_was_taken_back_comes_again():
    start, moved = talk(PIER, "quicker"), talk(PIER, "quicker", "undo", "do it again")
    assert moved.abc == start.abc != talk(PIER, "quicker", "undo").abc


def test_them_are_the_chords_that_were_just_written():
    bare = PIER.replace('"D7"', "").replace('"Am"', "")
    reply = talk(bare, "richer chords please", "make those simpler")
    assert [e.midi for e in parse_tune(reply.abc).voices[0].events] == [
        e.midi for e in parse_tune(bare).voices[0].events
    ]


def test_the_other_of_two_voices_is_meant():
    two = talk(PIER, "add a second voice", "make it an octave lower")
    other = talk(PIER, "add a second voice", "make it an octave lower", "no, the other voice")
    high, low = (max(n for e in v.events for n in e.midi) for v in parse_tune(other.abc).voices)
    before = [max(n for e in v.events for n in e.midi) for v in parse_tune(two.abc).voices]
    assert (high, low) == (before[0] - 12, before[1] + 12)


@pytest.mark.parametrize(("message", "only"), [
    ("now only G, C and D7", "G C D7"), ("stick to just G and D", "G D"), ("只用 G Em C D", "G Em C D"),
])  # fmt: skip
def test_the_only_chords_take_the_place_of_the_others(message, only):
    (found,) = read_operations(message, parse_tune(PIER))
    assert (found.name, found.values) == ("add-chords", {"only": only, "keep": "no"})
    new = tune_of(PIER, message)
    assert {e.chord_symbol for m in new.measures for e in m.events if e.chord_symbol} <= set(
        only.split()
    )


def test_letters_alone_are_no_chords():
    assert all(
        o.name != "add-chords"
        for o in read_operations("only B D E, no other notes", parse_tune(PIER))
    )
