"""Limits of a new tune as teachers and parents say them: the notes that are known, the hand's reach, white keys, a compass
from middle C; how bars are counted; what is no wish at all.
"""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from chat.session import Session
from chat.understand.intent import understand
from chat.understand.wishes import read


@pytest.mark.parametrize(("message", "name", "value"), [
    ("descant recorders, they can play C A and G so far, 2/4", "pitches", "C A G"),
    ("my class knows D E F# and that's all, a march", "pitches", "D E F#"),
    ("他们学了D E F三个音，写个练习", "pitches", "D E F"),
    ("a piano tune without black notes", "key", "C major"),
    ("minor please, but don't use any black keys", "key", "A minor"),
    ("全用白键的曲子", "scale", "diatonic"),
    ("8 bars in F; no hop larger than a fourth", "leap", "5"),
    ("she is only six, her fingers cannot stretch more than a fifth. a waltz", "leap", "7"),
    ("from one note to the next nothing wider than a sixth, jig in A", "leap", "9"),
    ("视奏练习，跳进最大五度", "leap", "7"),
    ("nothing over the G above middle C, nothing under middle C", "range", "C4 G4"),
    ("a song between the A below middle C and the E above middle C", "range", "A3 E4"),
    ("F position, 8 bars, up to C", "range", "F4 C5"),
    ("a march at 116 paces... 116 to the minute", "tempo", "116"),
    ("without Es and As, a reel", "without", "E A"),
    ("不要E和A这两个音", "without", "E A"),
    ("polka in D, 16 bars not counting repeats, each part played twice", "repeats", "yes"),
    ("jig, 8 bars, 每段弹两遍", "repeats", "yes"),
    ("a tune over the canon progression", "progression", "I V vi iii IV I IV V"),
    ("卡农的和弦 D A Bm F#m G D G A", "progression", "D A Bm F#m G D G A"),
])  # fmt: skip
def test_a_limit_is_heard(message, name, value):
    assert read(message).values.get(name) == value


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("an opening with the interval of a fifth", ("leap",)),
        ("the chords of the canon, please: a tune over them, no round", ("without",)),
        ("a round for two voices over I IV V", ("leap", "without")),
        ("D position on the ukulele, C major", ("pitches",)),
    ],
)
def test_what_only_looks_like_a_limit_is_none(message, names):
    assert not set(names) & set(read(message).values)


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("May I hear three contrasting melodies in C so we can vote?", 3),
        ("offer me two jigs", 2),
        ("can we see four short tunes", 4),
    ],
)
def test_several_tunes_are_asked_for(message, count):
    found = understand(message, Session(), None)
    assert found.kind == "compose" and found.wishes.count == count


@pytest.mark.parametrize(
    "message", ["后天北京下雪不", "现在几点", "who won the cup last night", "is it going to snow"]
)
def test_the_weather_is_no_theme(message):
    assert understand(message, Session(), None).problem[0] == "only-music"


@pytest.mark.parametrize(
    "message",
    ["right, so what do you actually do?", "well, what is this thing for", "那你到底会做些什么呢"],
)
def test_what_we_are_is_asked_in_many_ways(message):
    assert understand(message, Session(), None).kind == "answer"
