"""Limits of a new tune as teachers and parents say them: the notes that are known, the hand's reach, white keys, a compass
from middle C; how bars are counted; what is no wish at all.
"""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.act.contour import contoured, has_contour
from chat.act.responses import answered, chords_alone, has_no_melody, has_response
from chat.requirements import Wishes
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
    ("begins low, rises to a peak in bar 5, then sinks again", "contour", "arch 5"),
    ("12小节，先上行再下行", "contour", "arch"),
    ("a descending melody in E minor", "contour", "down"),
    ("第7小节到达最高音的旋律", "contour", "arch 7"),
    ("a shanty, call & response", "call_and_response", "yes"),
    ("一领众和的劳动号子", "call_and_response", "yes"),
    ("only a chord progression for my verse, no tune, in E", "melody", "no"),
    ("写一段和弦进行，不要旋律", "melody", "no"),
    ("an unpitched piece, rhythm only, 8 bars", "pitches", "G"),
    ("只要节奏型，四小节", "pitches", "G"),
    ("a ballad within the compass of a contralto", "range", "G3 D5"),
    ("适合男高音唱的旋律", "range", "C4 G5"),
    ("F pentatonic, 8 bars", "key", "F major"),
    ("广告曲，品牌是小鹿", "theme", "小鹿"),
    ("write a 4 bar interlude in 6/8", "bars", "4"),
    ("a hornpipe in A, second part in E", "modulation", "dominant"),
    ("C大调，B段写G大调", "modulation", "dominant"),
    ("it starts in minor, but the second half is in major", "modulation", "parallel"),
    ("先大调，然后小调", "mode", "major"),
    ("twelve bars, phrase structure a b a", "form", "ABA"),
    ("a ukulele tune using only Dm A7 Gm", "chords", "Dm A7 Gm"),
    ("it just uses D E G and A", "pitches", "D E G A"),
    ("儿子叫乐乐，歌词里要有他的名字", "words", "乐乐"),
    ("给爷爷写首生日歌", "theme", "爷爷的生日"),
    ("a study in D, no leaps at all, only steps", "leap", "2"),
    ("只用级进写一段，不要任何跳进", "leap", "2"),
    ("our handbells: we only own F G A C and D", "pitches", "F G A C D"),
    ("a hornpipe in G with two sixteen-bar parts", "bars", "32"),
    ("a minuet at about 108 to the crotchet", "tempo", "108"),
    ("tune in G, 12 barz", "bars", "12"),
    ("来首圆舞曲，不必写和弦", "chords", "no"),
    ("左右手都要有，G大调，8小节", "voices", "2"),
    ("g小调，不要任何升降号以外的记号，也不用临时记号", "scale", "diatonic"),
    ("between middle C and the F at the top of the staff", "range", "C4 F5"),
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
        ("a march, up tempo, then slow down", ("contour",)),
        ("a song whose second part climbs", ("contour",)),
        ("a tune using only the chords of G", ("melody",)),
        ("a camp song, A D and E chords only, two verses", ("melody",)),
        ("a tune with C F and G chords only", ("melody",)),
        ("SATB hymn with a tenor solo", ("range",)),
        ("a song with an intro of 4 bars", ("bars",)),
        ("用C G Am F四个和弦写一首歌", ("pitches",)),
        ("an English country dance in 6/8", ("rhythm",)),
        ("a tune with the notes A B C D E", ("form",)),
        ("a tune for year 4, easy", ("theme",)),
        ("a stepwise melody in A", ("pitches",)),
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
    "message",
    [
        "后天北京下雪不",
        "现在几点",
        "who won the cup last night",
        "is it going to snow",
        "could you order me a new bow?",
    ],
)
def test_the_weather_is_no_theme(message):
    assert understand(message, Session(), None).problem[0] == "only-music"


@pytest.mark.parametrize(
    "message",
    [
        "right, so what do you actually do?",
        "hello, I'm new. what could I even ask you?",
        "well, what is this thing for",
        "那你到底会做些什么呢",
    ],
)
def test_what_we_are_is_asked_in_many_ways(message):
    assert understand(message, Session(), None).kind == "answer"


FLAT = parse_tune(
    'X:1\nT:Flat\nM:4/4\nL:1/4\nK:G\n"G"GABG|"C"cBAG|"D"ABAF|"G"G2B2|"G"GABG|"C"cBAG|"D"AFED|"G"G4|]\n'
)


@pytest.mark.parametrize("value", ["arch", "arch 6", "arch 3", "up", "down"])
def test_a_melody_is_led_along_its_contour(value):
    new = contoured(FLAT, Wishes({"contour": value}))
    assert not errors(new) and has_contour(new, value)
    assert [e.duration for e in new.voices[0].events] == [e.duration for e in FLAT.voices[0].events]


def test_a_flat_melody_has_no_contour():
    assert not any(has_contour(FLAT, value) for value in ("arch", "arch 6", "up", "down"))


def test_every_call_has_the_same_response():
    new = answered(FLAT, Wishes({"call_and_response": "yes"}))
    bars = [[e.midi for e in m.events] for m in new.measures]
    assert not has_response(FLAT, "yes") and has_response(new, "yes")
    assert bars[2:4] == bars[6:8] and bars[:2] == [
        [e.midi for e in m.events] for m in FLAT.measures[:2]
    ]


def test_chords_alone_are_blocks_as_long_as_they_stand():
    new = chords_alone(FLAT, Wishes({"melody": "no"}))
    assert has_no_melody(new, "no") and not has_no_melody(FLAT, "no")
    first = new.measures[0].events[0]
    assert (first.chord_symbol, first.duration, len(first.notes)) == ("G", 1, 3)
    assert {n % 12 for n in first.midi} == {7, 11, 2}


def test_a_jazz_waltz_is_in_three():
    found = read("a jazz waltz in F")
    assert found.values["rhythm"] == "waltz" and "meter" not in found.implied
    assert read("a jazz march").implied.get("meter") == "4/4"
