"""Plain changes in many ways of speaking: a share of the tempo, an easier key, words for a line or for what has none
yet, swing, even pairs, a part for a player. Other words than those that brought them up.
"""

import pytest

from abc_tools.parse import parse_tune
from chat.understand.operations import read_operations
from tests.chat.talking import talk, tune_of

DRIFT = """X:1
T:Drift
M:4/4
L:1/4
Q:1/4=120
K:Ab
A B c A|d c B2|A c e c|B4|
e c A c|d B G2|A>B c G|A4|]
"""
ROWS = """X:1
T:Rows
M:2/4
L:1/4
K:C
C E|G G|A G|E2|
w: down by the ri-ver we go
C E|G E|D D|C2|]
"""


def told(message, abc=DRIFT):
    return [(o.name, o.values) for o in read_operations(message, parse_tune(abc))]


@pytest.mark.parametrize(
    ("message", "factor"),
    [
        ("slower, roughly three quarters of the tempo", "0.75"),
        ("take it down to 70 percent of the speed", "0.7"),
        ("play it at a quarter of the speed", "0.25"),
        ("速度改成原来的四分之三", "0.75"),
        ("速度降到原来的六成", "0.6"),
    ],
)
def test_a_share_of_the_tempo(message, factor):
    assert told(message) == [("tempo-by", {"factor": factor})]


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("too many flats, give me a key that is easier on the guitar", "G"),
        ("could it go in A or E, whichever", "A"),
        ("换到吉他容易弹的调", "G"),
        ("移到F调或者C调", "F"),
    ],
)
def test_the_nearest_of_the_keys_that_would_do(message, key):
    assert told(message) == [("key", {"key": key})]


def test_even_pairs_leave_long_notes_alone():
    tune = tune_of(
        DRIFT, "iron the dotted bits out, straight quavers... no, just straighten them, plain notes"
    )
    assert [e.duration for e in tune.measures[3].events] == [1]


@pytest.mark.parametrize("message", ["make it swing", "来点摇摆的感觉"])
def test_what_has_no_eighths_is_marked_swing(message):
    plain = DRIFT.replace("A>B", "A B")
    reply = talk(plain, message)
    before, after = parse_tune(plain), parse_tune(reply.abc)
    assert "Swing" in reply.abc and "Swing" in reply.text
    assert [e.duration for e in before.measures[0].events] == [
        e.duration for e in after.measures[0].events
    ]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("第二行的歌词：月亮照在小河上", "月 亮 照 在 小 河 上"),
        ('there are notes without words, put "and we are all coming home" there', "we are all com-ing home"),
    ],
)  # fmt: skip
def test_words_go_where_they_were_wanted(message, words):
    reply = talk(ROWS, message)
    assert "down by the ri-ver we go" in reply.abc and words in reply.abc


def test_notes_without_words_lose_none():
    assert "remove-words" not in {
        name for name, _ in told("there are notes without words at the end", ROWS)
    }


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Write this out as a part for trumpet in B flat, it is at concert pitch", "instrument"),
        ("tril on the last note please", "mark-picked"),
        ("a touch quiker", "tempo-by"),
    ],
)
def test_slips_and_parts(message, name):
    assert told(message)[0][0] == name


BRASS = """X:1
T:Brass
M:2/4
L:1/4
K:Bb
V:1 name="Cornet"
V:2 name="Trombone" clef=bass
V:1
%%MIDI program 56
B c|d B|c A|B2|
V:2
%%MIDI program 57
B, F,|B, D|F, F|B,2|
"""


@pytest.mark.parametrize(
    "message", ["hand the lower part to a tuba", "make the trombone part a tuba part"]
)
def test_a_part_goes_to_another_player(message):
    reply = talk(BRASS, message)
    assert (
        'name="Tuba"' in reply.abc
        and "%%MIDI program 58" in reply.abc
        and 'name="Cornet"' in reply.abc
    )


def test_one_voice_gets_something_new_from_a_bar_on():
    found = read_operations("from bar 3 on the cornet can have something new", parse_tune(BRASS))
    assert [(o.name, o.voice, o.place.first, o.place.last) for o in found] == [
        ("rewrite", "1", 3, 4)
    ]


def test_a_part_is_no_part_a():
    places = [
        o.place
        for o in read_operations("make a part for trumpet in B flat from this", parse_tune(DRIFT))
    ]
    assert places == [None]


@pytest.mark.parametrize(
    ("message", "must"),
    [
        ("write new words for it, the word lantern must appear", "lantern"),
        ("换一套歌词，里面要有“小桥”两个字", "小桥"),
        ("歌词重新写一段，里面要有“小桥”", "小桥"),
    ],
)
def test_words_that_must_occur(message, must):
    assert [o.values.get("must") for o in read_operations(message, parse_tune(ROWS))] == [must]


def test_crowded_bars_lose_notes():
    found = read_operations("第2小节太碎了，音少一点", parse_tune(DRIFT))
    assert [(o.name, o.place.first) for o in found] == [("simplify-rhythm", 2)]
