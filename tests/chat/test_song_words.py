"""What a song's words must have, when a song has words, texts of one word, and words of rounds."""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
import pytest

from abc_tools.parse import parse_tune
from abc_tools.prosody import syllables
from abc_tools.prosody.sung import verses_of
from abc_tools.validate import errors
from chat.act.change import Context
from chat.act.plan import sung_rows
from chat.act.sing import write_words
from chat.act.sing_rounds import repeated
from chat.check import check
from chat.understand.singing import subject_words
from chat.understand.unread import unread
from chat.understand.wishes import read
from lm.generate import load_backend

ROUND = """X:1
T:Round
M:3/4
L:1/8
K:F
V:1
F2 G2 A2|c4 A2|G2 F2 E2|F6|z6|z6|z6|z6|]
V:2
z6|z6|F2 G2 A2|c4 A2|G2 F2 E2|F6|z6|z6|]
V:3
z6|z6|z6|z6|F2 G2 A2|c4 A2|G2 F2 E2|F6|]
"""


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("a shanty with words about a lost parrot", "parrot"),
        ("a song about the moon and a sleepy hedgehog", "moon; hedgehog"),
        ("a lullaby with words about autumn leaves in the park", "leaves"),
        ("写一首儿歌，歌词写秋天捡树叶", "秋天; 树叶"),
        ("写首给奶奶过生日的歌，要带歌词", "奶奶; 生日"),
        ("一首关于小猫钓鱼的儿歌", "小猫; 钓鱼"),
        ("老师让我们写一首毕业歌", "毕业"),
    ],
)
def test_words_have_what_they_are_about(message, words):
    values = read(message).values
    assert values["words"] == words and values["lyrics"] == "yes"
    assert not unread(message)


@pytest.mark.parametrize(
    "message",
    ["a song about our school", "we need a goodbye song", "想写一首关于毕业的歌", "给我们班写首班歌", "写一段副歌，C大调"],
)  # fmt: skip
def test_a_song_about_something_has_words(message):
    assert read(message).values.get("lyrics") == "yes"


@pytest.mark.parametrize(
    "message",
    ["a tune about the sea", "a song for violin about rain", "an instrumental song about rain", "一首关于大海的曲子", "song in G, 16 bars"],
)  # fmt: skip
def test_a_tune_or_what_is_played_has_none(message):
    assert read(message).values.get("lyrics", "no") == "no"


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("an Alleluia round for three voices in F", "Alleluia"), ("a gentle amen for SATB, 4 bars", "Amen"),
        ("合唱用的阿门，四小节", "阿门"), ("a Kyrie eleison for choir", "Kyrie eleison"),
    ],
)  # fmt: skip
def test_texts_of_one_word(message, word):
    wishes = read(message)
    assert wishes.details["refrain"] == word and wishes.values["words"] == word


def test_a_plagal_close_is_no_text():
    assert "refrain" not in read("a hymn for choir with an amen cadence").details


@pytest.mark.parametrize(
    "message", ["an Alleluia round for three voices", "a three-part round", "二声部轮唱"]
)
def test_rounds_are_canons(message):
    assert "canon" in read(message).values


@pytest.mark.parametrize("message", ["chords going round twice", "a song for all year round"])
def test_what_goes_round_is_no_canon(message):
    assert "canon" not in read(message).values


def test_every_voice_of_a_round_sings_the_word():
    tune = repeated(parse_tune(ROUND), "Alleluia")
    assert not errors(tune)
    assert check(tune, {"words": "Alleluia"})[0].met
    for voice in tune.voices:
        sung = [s for m in voice.measures for e in m.events for s in e.syllables if s]
        assert sung[:4] == ["Al-", "le-", "lu-", "ia"] or sung[:3] == ["Al-", "le-", "lu-"]


def test_a_word_fills_a_line():
    tune = repeated(parse_tune("X:1\nM:3/4\nL:1/4\nK:F\nA2 c|d2 c|B2 A|F3|]\n"), "Amen")
    assert verses_of(tune)[0].lower().count("amen") >= 2


def test_the_words_of_a_theme():
    assert subject_words("our school on the hill") == ("school",)
    assert subject_words("妈妈") == ("妈妈",)


@pytest.mark.parametrize(
    ("words", "meter", "sizes"),
    [
        ("床前明月光，疑是地上霜。举头望明月，低头思故乡。", "4/4", [10, 10]),
        ("春风吹绿小山坡，燕子回来做新窝", "3/4", [7, 7]),
        ("I walked alone beside the sea\nThe wind was cold and wild and free", "4/4", [16]),
        ("and all the day I've tried to keep has gone and is no more", "3/4", [8, 6]),
    ],
)
def test_rows_of_given_words_fill_four_bars(words, meter, sizes):
    assert [len(syllables(row)) for row in sung_rows(words, meter).splitlines()] == sizes


CHORUS = """X:1
T:Boat
M:4/4
L:1/8
K:C
P:Verse
C2 E2 G2 E2|F2 A2 G4|E2 D2 C2 D2|E4 C4||
P:Chorus
c2 B2 A2 G2|A2 F2 G4|c2 B2 A2 G2|D4 C4||
P:Verse
C2 E2 G2 E2|F2 A2 G4|E2 D2 C2 D2|E4 C4||
P:Chorus
c2 B2 A2 G2|A2 F2 G4|c2 B2 A2 G2|D4 C4|]
"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chorus_that_comes_again_has_the_same_words(language):
    context = Context(load_backend({"backend": "embedded"}), "", language, 7)
    *_, change = write_words(parse_tune(CHORUS), {"theme": "sea", "language": language}, context)
    sung = [[s for e in m.events for s in e.syllables if s] for m in change.tune.measures]
    first, second = (" ".join(s for row in rows for s in row) for rows in (sung[4:8], sung[12:16]))
    assert first.strip(".,，。") == second.strip(".,，。")
