"""What is said in passing, in the middle of a conversation; what goes back after a complaint; one note that fills its bar.

Each row is (message, what the tune is then).
"""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from chat.session import Session
from chat.understand.intent import understand
from chat.understand.smalltalk import is_praise
from tests.chat.talking import talk, tune_of

FORD = "X:1\nT:Ford\nM:4/4\nL:1/8\nQ:1/4=100\nK:C\nE2G2 c2G2|A2F2 C4|D2G2 B2G2|c2G2 E4|\nA2c2 A2F2|G2E2 C4|D2F2 B,2D2|C8|]\n"
PAIR = "X:1\nT:Pair\nM:3/4\nL:1/8\nK:F\nV:1\nc4 c2|d4 c2|A4 B2|F6|]\nV:2\nA4 A2|B4 A2|F4 G2|F6|]\n"


@pytest.mark.parametrize("message", [
    "yikes, way too shrill for us. change it back please",
    "hmm, the tenors can't reach that. take it back to how it was",
    "no good, undo",
    "唉太吵了，退回去吧",
    "大家唱不了，还是恢复吧",
])  # fmt: skip
def test_a_complaint_and_the_way_back_are_one_wish(message):
    assert talk(FORD, "up a fourth", message).abc == talk(FORD).abc


@pytest.mark.parametrize(("messages", "tempo"), [
    (("quicker", "up a tone", "the pace we began with suited us better"), 100),
    (("quicker", "quicker", "go back to the speed it had originally"), 100),
    (("快一点", "升高大二度", "速度还是用最初的速度吧"), 100),
])  # fmt: skip
def test_a_value_of_the_beginning_comes_back_alone(messages, tempo):
    tune = tune_of(FORD, *messages)
    assert tune.tempo.bpm == tempo
    assert (tune.key.name != "C major") == ("up a tone" in messages or "升高大二度" in messages)


@pytest.mark.parametrize(
    "message", ["我想要最开始的那版", "bring back the one you started with", "最早的版本拿回来"]
)
def test_the_very_first_version(message):
    assert talk(FORD, "quicker", "up a third", message).abc == talk(FORD).abc


@pytest.mark.parametrize(("message", "title"), [
    ("take Grandpa's Gate for the title", "Grandpa's Gate"), ("题目定为渡口", "渡口"), ("拿长亭当曲名", "长亭"),
])  # fmt: skip
def test_a_title_behind_its_name(message, title):
    assert parse_tune(talk(FORD, message).abc).title == title


@pytest.mark.parametrize(
    "message",
    ["hm, can we have five beats in each bar please", "每小节五拍可以吗", "帮我换成五拍吧"],
)
def test_so_many_beats(message):
    tune = tune_of(FORD, message)
    assert tune.meter is not None and tune.meter.text == "5/4"


@pytest.mark.parametrize(("message", "at"), [
    ("what about an A minor on the second bar", "2"), ("put a D minor in bar 3", "3"), ("第4小节来个Am听听", "4"), ("第6小节用F小三和弦", "6"),
])  # fmt: skip
def test_a_chord_with_its_article_is_no_key(message, at):
    found = understand(message, Session().add(FORD, "opened"), parse_tune(FORD))
    assert [o.name for o in found.operations] in (["set-chords"], ["lay-bar"], ["lay-chords"])


@pytest.mark.parametrize(
    "message",
    ["chords over it please, only G7 F and C (all i know)", "标上和弦，只会C F G7"],
)
def test_chords_in_a_list_without_commas(message):
    tune = tune_of(FORD, message)
    used = {e.chord_symbol for v in tune.voices for e in v.events if e.chord_symbol}
    assert used and used <= {"C", "F", "G7"}


@pytest.mark.parametrize(("message", "last"), [
    ("an extra measure at the end, just a held G", "G"), ("one more bar to close with, one long E flat", "Eb"), ("结尾补一小节长音降B", "Bb"),
])  # fmt: skip
def test_one_bar_more_that_is_one_note(message, last):
    tune = tune_of(FORD, message)
    (event,) = [e for e in tune.measures[-1].events if e.notes]
    assert tune.bar_count == 9 and event.duration == tune.measures[-1].duration
    assert event.notes[0].written.midi % 12 == {"G": 7, "Eb": 3, "Bb": 10}[last]


@pytest.mark.parametrize(("message", "midi"), [
    ("could the altos drop to the G below middle C in bar 4", 55), ("have the lower voice take A3 in bar 4", 57),
    ("第4小节低声部唱低音G", 55), ("let the altos hold a C in the last bar", 60),
])  # fmt: skip
def test_a_voice_sings_one_note(message, midi):
    tune = tune_of(PAIR, message)
    assert [n for e in tune.voices[1].measures[-1].events for n in e.midi] == [midi]
    assert [n for e in tune.voices[0].measures[-1].events for n in e.midi] == [65]


@pytest.mark.parametrize(("message", "bar"), [
    ("oops, i counted wrong, bar 6 should be lower. put bar 2 back", 6),
    ("数错了，是第6小节，第2小节恢复吧", 6), ("wrong bar, I meant bar 6. bar 2 as it was", 6),
])  # fmt: skip
def test_the_bar_that_was_not_meant_is_as_it_was(message, bar):
    assert (
        talk(FORD, "bar 2 an octave lower", message).abc
        == talk(FORD, f"bar {bar} an octave lower").abc
    )


@pytest.mark.parametrize(("message", "words"), [
    ("what are those two numbers stacked next to the clef?", "4/4"), ("谱号后面那两个数字是什么意思", "拍号"),
    ("which flats are in E flat major", "B♭"), ("降E大调要降哪几个音", "降B"),
])  # fmt: skip
def test_questions_of_somebody_who_cannot_read_music(message, words):
    reply = talk(FORD, message)
    assert not reply.changed and words in reply.text


def test_new_bars_are_named():
    assert "9–10" in talk(FORD, "结尾再加两小节尾声", "which bars are the new ones?").text


def test_a_question_after_an_undo_is_no_place():
    assert not talk(FORD, "第7小节低八度", "撤销", "那第7小节里最高的是什么音").changed


def test_thanks_as_people_say_them():
    for said in (
        "grand job, cheers",
        "mint, ta",
        "that'll do nicely",
        "sorted, thanks a million",
        "好嘞,辛苦啦",
    ):
        assert is_praise(said), said
    for said in (
        "that'll do for the ending, now add chords",
        "sound it an octave lower",
        "grand staff please",
    ):
        assert not is_praise(said), said
