"""Wishes about sung words: names, occasions, given texts, single lines, single words, words of before."""

# ruff: noqa: E501 - messages are easier to read on one line
from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from abc_tools.prosody import syllables
from abc_tools.prosody.sung import verses_of
from abc_tools.tune import Tune
from chat.check import check
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from chat.understand.given_words import given_words
from chat.understand.sung_names import must_words
from chat.understand.wishes import read

SONG = """X:1
T:A Song
M:4/4
L:1/4
K:C
CCGG|AAG2|FFEE|DDC2|
w:Soft-ly shines the win-ter moon, on the qui-et town be-low,
GGFF|EED2|GGFF|EED2|
w:wel-come lights are glow-ing now, all the roofs are white with snow.
CCGG|AAG2|FFEE|DDC2|]
w:Soft-ly shines the win-ter moon, on the qui-et town be-low.
"""
SONG_ZH = (
    "X:1\nT:歌\nM:4/4\nL:1/4\nK:C\nCCGG|AAG2|FFEE|DDC2|\nw:小 小 树 叶 飘 下 来 我 们 一 起 捡 起 来\n"
    "GGFF|EED2|GGFF|EED2|]\nw:秋 天 秋 天 多 美 丽 小 鸟 飞 到 南 方 去\n"
)


class Embedded:
    """Stands for the embedded model, which writes no words and no notes here."""

    name = "embedded"

    def generate(self, *_: object, **__: object) -> None:
        raise AssertionError("nothing is composed")


def said(*messages: str, abc: str = SONG) -> tuple[Reply, Tune]:
    """The last reply to some messages about a song, and the tune then."""
    session = Session()
    reply: Reply | None = None
    for number, message in enumerate(("", *messages)):
        given = {"abc": abc} if number == 0 else {}
        for item in respond(session, message, backend=Embedded(), seed=3, **given):  # type: ignore[arg-type]
            if isinstance(item, Reply):
                reply, session = item, item.session
    assert reply is not None
    return reply, parse_tune(reply.abc)


def notes(tune: Tune) -> list[object]:
    return [(e.midi, e.duration) for v in tune.voices for e in v.events]


def words(tune: Tune) -> list[str]:
    return [s for e in tune.voices[0].events for s in e.syllables[:1] if s]


@pytest.mark.parametrize(
    ("message", "must"),
    [("a leaving song for Oluwaseun with lyrics", ("Oluwaseun",)), ("his name is Bertie, put it in somewhere", ("Bertie",)),
     ("make sure it mentions Auntie Jo", ("Auntie Jo",)), ("with the names Ada, Bo and Cy in it", ("Ada", "Bo", "Cy")),
     ("a song about my rabbit Clover", ("Clover",)), ("it has to say \"best team ever\"", ("best team ever",)),
     ("歌词要提到豆豆", ("豆豆",)), ("写给我的女儿朵朵的生日歌", ("朵朵",)), ("a march in G for Monday, in April", ()),
     ("a song with words about winter", ()), ("写一首歌，要有和弦和歌词", ())],
)  # fmt: skip
def test_names_are_read(message, must):
    assert must_words(message) == must


@pytest.mark.parametrize(
    ("message", "theme"),
    [("a retirement song with words for our head teacher", "retirement"), ("we need a harvest song for assembly, with lyrics", "harvest"),
     ("写一首六一儿童节的歌，要有歌词", "六一"), ("a wedding song with lyrics for Ann and Bo", "wedding"), ("端午节唱的歌", "端午节")],
)  # fmt: skip
def test_an_occasion_is_the_theme(message, theme):
    wishes = read(message)
    assert theme in wishes.values["theme"]
    assert wishes.values["lyrics"] == "yes"


@pytest.mark.parametrize(
    ("message", "first"),
    [("Could you set this to music? \"The gate is green, the lane is long, and I walk home alone.\"", "The gate is green"),
     ("write a melody for these lines:\nThe gate is green,\nthe lane is long", "The gate is green"),
     ("I wrote a poem, can you put a tune to it: The gate is green, / the lane is long, / I walk", "The gate is green"),
     ("请给这首诗谱曲：门前小树绿油油，树下花儿笑开口", "门前小树")],
)  # fmt: skip
def test_a_text_that_is_given_is_the_text(message, first):
    assert given_words(message).startswith(first)
    assert read(message.replace("，", ",").replace("：", ":")).values["lyrics"] == "given"


def test_wishes_that_give_no_text_have_none():
    for message in (
        'a tune called "The long and winding lane to town"',
        "a waltz: G major, 16 bars, with chords, slow",
        "set the tempo to 100",
    ):
        assert given_words(message) == ""


@pytest.mark.parametrize("message", ["change the first line so it mentions Nadia", "can the first line have the name Nadia in it"])  # fmt: skip
def test_one_line_gets_a_name_and_the_others_stay(message):
    reply, tune = said(message)
    assert "Nadia" in reply.text
    assert notes(tune) == notes(parse_tune(SONG))
    assert words(tune)[7:] == words(parse_tune(SONG))[7:]
    assert words(tune)[:7] != words(parse_tune(SONG))[:7]


def test_given_words_for_a_line_may_come_cut_and_without_quotes():
    _, tune = said("change the words of the second line to: Lit-tle bells are sing-ing low")
    assert "".join(words(tune)[7:14]).replace("-", "").lower() == "littlebellsaresinginglow"
    assert words(tune)[14:] == words(parse_tune(SONG))[14:]
    _, chinese = said("第二句换成：大家一起把歌唱", abc=SONG_ZH)
    assert words(chinese)[7:14] == list("大家一起把歌唱")
    assert words(chinese)[:7] == list("小小树叶飘下来")


@pytest.mark.parametrize(
    ("message", "new"),
    [("'welcome' ought to be 'guiding'", "guid-"), ("I'd rather it said guiding than welcome", "guid-"), ("the word welcome should be guiding", "guid-"),
     ("can you swap welcome for guiding", "guid-"), ("guiding, not welcome", "guid-"), ("welcome should read bright", "bright")],
)  # fmt: skip
def test_a_word_is_replaced_whichever_way_it_is_said(message, new):
    reply, tune = said(message)
    assert reply.changed
    assert new in words(tune) and "wel-" not in words(tune)
    assert notes(tune) == notes(parse_tune(SONG))


def test_a_second_verse_of_words_is_about_what_the_first_one_is():
    reply, tune = said("can we have a second verse of words too")
    assert len(verses_of(tune)) == 2
    assert "!f" not in reply.abc
    assert check(tune, {"theme": "winter"})[0].met


def test_words_for_some_bars_leave_the_other_bars_and_words():
    _, tune = said("just give me words for the first 4 bars, about the sea")
    assert notes(tune) == notes(parse_tune(SONG))
    assert words(tune)[14:] == words(parse_tune(SONG))[14:]
    assert words(tune)[:14] != words(parse_tune(SONG))[:14]


@pytest.mark.parametrize("message", ["put the old words back", "I preferred the original lyrics"])
def test_words_of_before_come_back(message):
    _, tune = said("write new words about trains", message)
    assert [w.strip(",.") for w in words(tune)] == [w.strip(",.") for w in words(parse_tune(SONG))]


def test_words_go_and_the_notes_stay():
    _, tune = said("no words over it please")
    assert words(tune) == []
    assert notes(tune) == notes(parse_tune(SONG))


def test_the_theme_is_met_only_by_words_about_it():
    tune = parse_tune(SONG)
    assert check(tune, {"theme": "winter"})[0].met
    assert not check(tune, {"theme": "a birthday"})[0].met
    assert len(syllables("winter")) == 2


@pytest.mark.parametrize("message", ["transpose it up a tone", "make the first line louder", "make it faster", "what key is it in?"])  # fmt: skip
def test_wishes_about_music_are_no_wishes_about_words(message):
    _, tune = said(message)
    assert words(tune) == words(parse_tune(SONG))
