"""Wishes for new tunes as people write them: lengths of notes in a row, limits, jianpu, several tunes, what a
part is to sing. Each row is in words of its own.
"""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from chat.understand.wishes import read


@pytest.mark.parametrize(("message", "name", "value"), [
    ("minims and crotchets, C major", "note_values", "1/2 1/4"),
    ("8 bars: quarter notes, half notes and whole notes", "note_values", "1/1 1/2 1/4"),
    ("nothing shorter than a quaver", "note_values", "1/1 3/4 1/2 3/8 1/4 1/8"),
    ("no values smaller than a minim please", "note_values", "1/1 1/2"),
    ("不要出现比二分音符更短的音", "note_values", "1/1 1/2"),
    ("1=A 2/4 八小节", "key", "A major"),
    ("key是Eb，来一首进行曲", "key", "Eb major"),
    ("only notes: D, E, F sharp and A", "pitches", "D E F# A"),
    ("只用1 2 3 5 6写一段", "scale", "pentatonic"),
    ("1=F 只用 1 2 3 这三个音", "pitches", "F G A"),
    ("no B naturals, in F major", "without", "B="),
    ("ten-second sting", "seconds", "10"),
    ("片头音乐七秒", "seconds", "7"),
    ("速度不要超过66的摇篮曲", "tempo", "66"),
    ("no quicker than 84, a minuet", "tempo", "84"),
    ("a bourree that begins on the half bar", "pickup", "1/2"),
    ("不要反复，弱起，16小节", "pickup", "yes"),
    ("Am F C G, two bars each", "bars", "8"),
    ("Dm G C, each chord lasts two bars", "progression", "Dm Dm G G C C"),
    ("viola D string only", "range", "D4 A4"),
    ("a tune on the cello G string", "range", "G2 C3"),
    ("sing-along round for four voices about the rain", "lyrics", "yes"),
    ("a carrol with wurds", "lyrics", "yes"),
    ("an alphabet song for nursery", "lyrics", "yes"),
    ("highland tune, march 2/4", "rhythm", "march"),
    ("a menuet with trio in C", "form", "ABA"),
    ("广场舞，130拍", "tempo", "130"),
    ("从低音do到高音do，笛子", "range", "C4 C6"),
    ('use the chords "Dm G C A7" in this order', "progression", "Dm G C A7"),
    ("goodbye song, between low D and the B above", "range", "D4 B4"),
])  # fmt: skip
def test_a_wish_is_read(message: str, name: str, value: str) -> None:
    assert read(message).values.get(name) == value


@pytest.mark.parametrize(("message", "count"), [
    ("a set of two hornpipes", 2), ("three contrasting 4-bar ideas in F", 3), ("a pair of minuets", 2),
    ("four short sketches", 4), ("2个不同的主题，G大调", 2), ("两个声部的歌", 1), ("two voices, one tune", 1), ("a set of variations", 1),
])  # fmt: skip
def test_how_many_tunes(message: str, count: int) -> None:
    assert read(message).count == count


@pytest.mark.parametrize(("message", "must"), [
    ("a lullaby for my son oscar, put his name in", "Oscar"),
    ("a song with my cat's name, pickles, in it", "Pickles"),
    ("外孙女糖糖明天过生日，写首歌，要带上她的名字", "糖糖"),
])  # fmt: skip
def test_names_in_small_letters_and_behind_kin(message: str, must: str) -> None:
    assert must in read(message).must


@pytest.mark.parametrize(("message", "words"), [
    ('verse and chorus, the chorus goes "over the hill we go"', "over the hill we go"),
    ('chorus: "hold the line tonight"', "hold the line tonight"),
    ("副歌要唱“一起去看海”，写一首歌", "一起去看海"),
])  # fmt: skip
def test_words_of_the_chorus_are_not_all_that_is_sung(message: str, words: str) -> None:
    wishes = read(message)
    assert wishes.details["chorus-words"] == words
    assert not wishes.words


@pytest.mark.parametrize(("message", "first"), [
    ("a counting song up to five", "One, two, three, four, five"), ("从一数到十的儿歌", "一二三四五"),
])  # fmt: skip
def test_a_counting_song_counts(message: str, first: str) -> None:
    assert read(message).words.splitlines()[0] == first


@pytest.mark.parametrize(("message", "words"), [
    ('for our choir: "Go now in peace", three parts', "Go now in peace"),
    ("给“春眠不觉晓，处处闻啼鸟”谱曲", "春眠不觉晓,处处闻啼鸟"),
    ('a song called "Over the hills we go"', ""), ('a hymn, "Light of the World"', ""), ('sing over "C Am F G"', ""),
])  # fmt: skip
def test_a_line_in_quotes_is_sung_unless_it_is_a_title(message: str, words: str) -> None:
    assert read(message).words == words


def test_one_pupil_of_a_grade_is_no_group() -> None:
    assert "players" not in read("for my grade 3 flute pupil, year 4 violin class").values


def test_the_key_comes_home() -> None:
    assert (
        read("D major, modulates to the dominant halfway and then returns home").details[
            "modulation-at"
        ]
        == "third quarter"
    )
    assert (
        read("D major, modulates to the dominant halfway").details["modulation-at"] == "second half"
    )
