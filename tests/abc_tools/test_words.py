"""Words cut into syllables, rhymes, and plain words put under the notes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abc_tools.edit.outcome import pitches
from abc_tools.edit.singing import set_lyrics, syllable_capacity
from abc_tools.edit.words import set_words
from abc_tools.parse import parse_tune
from abc_tools.prosody import line_end, rhyme, syllables
from abc_tools.prosody.chinese import reading, rhyme_group, tones
from abc_tools.prosody.english import cut
from abc_tools.prosody.numbers import number_words
from abc_tools.prosody.sung import fit_of, verses_of
from abc_tools.text import apply
from abc_tools.validate import errors
from tests.abc_tools.strategies import songs


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


TUNE = "X:1\nM:4/4\nL:1/4\nK:D\n|:DFAA|GFED|\nEFGE|D4:|\n"


def sung(text):
    """The pieces under each note, verse by verse."""
    return [line.syllables for line in parse_tune(text).lyrics]


def put(text, words, **more):
    tune = parse_tune(text)
    new = apply(text, set_lyrics(tune, words, **more))
    assert not errors(parse_tune(new))
    assert pitches(parse_tune(new)) == pitches(tune)
    return new


def test_words_go_to_the_notes():
    assert syllable_capacity(parse_tune(TUNE)) == [13]
    new = put(TUNE, "The river runs so fast today\n我爱你我")
    said = [s for line in sung(new) for s in line if s not in "_*-"]
    assert said == ["The", "riv-", "er", "runs", "so", "fast", "to-", "day", *"我爱你我"]
    assert fit_of(parse_tune(new)).syllables == 12
    with pytest.raises(ValueError, match="14 syllables, but there are only 13 notes"):
        set_lyrics(parse_tune(TUNE), "la " * 14)
    with pytest.raises(ValueError, match="no words"):
        set_lyrics(parse_tune(TUNE), " \n ...")


def test_an_upbeat_takes_a_weak_syllable():
    text = "X:1\nM:3/4\nL:1/4\nK:C\nG|c2 c|d2 d|e2 e|c2|]\n"
    new = put(text, "The light upon the hill is old")
    assert new.endswith("w:The light up-on the hill is old\n")


def test_notes_under_a_slur_share_a_syllable():
    new = put("X:1\nM:4/4\nL:1/4\nK:C\nC(DE)F|(G2F2)|E4|]\n", "sing to me now love")
    assert new.endswith("w:sing to_ me now_ love\n")


def test_tied_notes_share_a_syllable_and_rests_part_phrases():
    new = put("X:1\nM:2/4\nL:1/4\nK:C\nCD|E2-|Ez|GE|D2|]\n", "come home now\ncome home now")
    assert new.endswith("w:come home now_ come home now\n")


def test_few_words_leave_the_later_phrases_empty():
    text = "X:1\nM:4/4\nL:1/4\nK:C\nCDEF|G4|GFED|C4|EFGA|B4|AGFE|D4|]\n"
    assert put(text, "one two three four five").endswith("w:one two three four five\n")


def test_stanzas_become_verses_where_the_notes_are_too_few():
    text = "X:1\nM:4/4\nL:1/4\nK:C\nCDEF|G4|\nGFED|C4|]\n"
    new = put(text, "one two three four five\nsix ten\n\nred blue green grey pink black white")
    assert verses_of(parse_tune(new)) == [
        "one two three four five\nsix ten",
        "red blue green grey pink\nblack white",
    ]
    third = put(new, "a b c d e f g", verse=3)
    assert len(verses_of(parse_tune(third))) == 3
    with pytest.raises(ValueError, match="next one is verse 3"):
        set_lyrics(parse_tune(new), "la", verse=4)


def test_words_under_some_bars_only():
    tune = parse_tune(put(TUNE, "one two three four five six sev'n eight nine ten me you all"))
    bars = list(tune.measures[1:2])
    new = apply(tune.source, set_lyrics(tune, "my lit-tle love", measures=bars))
    said = [s for line in sung(new) for s in line]
    assert said[:4] == ["one", "two", "three", "four"] and said[8:] == [
        "nine",
        "ten",
        "me",
        "you",
        "all",
    ]
    assert said[4:8] == ["my", "lit-", "tle", "love"]


def test_a_verse_that_only_other_lines_have():
    text = "X:1\nM:4/4\nL:1/4\nK:C\nCDEF|\nGFED|]\nw:la la la la\nw:lo lo lo lo\n"
    new = apply(text, set_words(parse_tune(text), ["a", "b", "c", "d"], verse=2))
    assert new.splitlines()[5:7] == ["w:*", "w:a b c d"]
    assert not errors(parse_tune(new))


def test_long_words_are_elided_where_notes_are_few():
    new = put("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|]\n", "glorious heaven")
    assert new.endswith("w:glo-rious heav-en\n")


def test_words_come_back():
    text = "X:1\nM:4/4\nL:1/4\nK:C\nCDEF|G4|]\nw:A-ma-zing_ grace\n"
    assert verses_of(parse_tune(text)) == ["Amazing grace"]
    assert verses_of(parse_tune(TUNE)) == []
    with pytest.raises(ValueError, match="no verse 2"):
        fit_of(parse_tune(text), 2)


@given(songs(), st.text(alphabet="abcdeo ,.\n我爱'-", max_size=60))
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_words_under_any_song(text, words):
    tune = parse_tune(text)
    try:
        edits = set_lyrics(tune, words)
    except ValueError:
        return
    new = parse_tune(apply(text, edits))
    assert pitches(new) == pitches(tune)
    assert not [d for d in errors(new) if d.rule not in {e.rule for e in errors(tune)}]
    want = "".join(c for s in syllables(words.replace("\n", " ")) for c in s.text if c.isalpha())
    assert "".join(c for c in verses_of(new)[0] if c.isalpha()) == want
