"""Words cut into syllables, rhymes, and plain words put under the notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abc_tools.prosody import line_end, rhyme, syllables
from abc_tools.prosody.chinese import reading, rhyme_group, tones
from abc_tools.prosody.english import cut
from abc_tools.prosody.numbers import number_words


def pieces(word):
    return "-".join(text for text, _ in cut(word))


@pytest.mark.parametrize("whole", [
    "heav-en", "fire", "hour", "morn-ing", "a-round", "be-stow", "mas-ter", "up-on", "with-in",
    "lit-tle", "ta-ble", "glo-ry", "ev-ery", "ev'ry", "heav'n", "o'er", "ne'er", "what-e'er",
    "prais-es", "might-y", "an-gels", "sing-ing", "run-ning", "didst", "know-est", "mel-o-dy",
    "beau-ti-ful", "loved", "want-ed", "does-n't", "don't", "nev-er-more", "al-le-lu-ia",
])  # fmt: skip
def test_words_are_cut_as_books_cut_them(whole):
    want = {"ev'ry": "ev'-ry", "what-e'er": "what-e'er"}.get(whole, whole)
    assert pieces(whole.replace("-", "")) == want


@pytest.mark.parametrize("word, main", [
    ("heaven", 0), ("upon", 1), ("away", 1), ("beautiful", 0), ("redeemer", 1), ("understand", 2),
    ("forever", 1), ("hallelujah", 2), ("morning", 0), ("Loveliest", 0),
])  # fmt: skip
def test_the_main_stress(word, main):
    assert [n for n, (_, stress) in enumerate(cut(word)) if stress == 2] == [main]


@given(st.text(max_size=30))
def test_no_letter_is_lost(text):
    for word in text.split():
        assert "".join(piece for piece, _ in cut(word)) == word
    found = syllables(text)
    assert all(s.text.strip() and not set(s.text) & set(" |*_\\") for s in found)


def test_lines_of_both_languages():
    said = [s.text for s in syllables("“Oh, my self-made love,” 我爱你。")]
    assert said == ["“Oh,", "my", "self-", "made", "love,”", "我", "爱", "你。"]
    assert [s.text for s in syllables("2024年3月")] == list("二零二四年三月")
    assert [s.stressed for s in syllables("the river")] == [False, True, False]
    assert not syllables(" ,.! ")


def test_numbers():
    assert number_words(1_000_000) == "one zero zero zero zero zero zero"
    assert number_words(120_007) == "one hundred twenty thousand seven"
    assert number_words(1900) == "one thousand nine hundred"


@pytest.mark.parametrize("one, other, grade", [
    ("high", "sky", "perfect"), ("light", "night", "perfect"), ("love", "move", "slant"),
    ("heart", "part", "perfect"), ("river", "quiver", "perfect"), ("tree", "sea", "perfect"),
    ("home", "alone", "slant"), ("eternity", "sky", "slant"), ("house", "dog", ""),
    ("stars", "song", ""), ("singin'", "bringin'", "perfect"), ("o'er", "shore", "perfect"),
    ("光", "霜", "perfect"), ("流", "楼", "perfect"), ("山", "水", ""), ("心", "声", "slant"),
    ("sky", "天", ""), ("", "sky", ""),
])  # fmt: skip
def test_rhymes(one, other, grade):
    assert rhyme(one, other) == rhyme(other, one) == grade


def test_chinese_sounds():
    assert reading("天") == ("tian", "ian", 1)
    assert rhyme_group("女") == rhyme_group("西") == rhyme_group("日") == "一七"
    with pytest.raises(ValueError):
        reading("a")
    assert tones("疑是地上霜") == [2, 4, 4, 4, 1]
    assert line_end("低头思故乡。") == "乡" and line_end("…") == ""
