"""Bars found by words, in English and Chinese."""

import pytest

from abc_tools import sections
from abc_tools.parse import parse_tune

TUNE = parse_tune(
    "X:1\nM:2/4\nL:1/4\nK:C\nP:A\nG|CD|EC|CD|EC:|\nP:B\n|:GE|DC|GE|DC|1 EE:|2 C2||\n"
    "% bridge\nAA|BB|cc|dd||\nP:A\nCD|EC|CD|EC|]\n"
)


@pytest.mark.parametrize(
    ("words", "bars"),
    [
        ("the bridge", (11, 14)), ("the B part", (5, 10)), ("part a", (1, 4)), ("b", (5, 10)),
        ("second half", (10, 18)), ("last four bars", (15, 18)), ("the final bar", (18, 18)),
        ("first ending", (9, 9)), ("the second time bar", (10, 10)), ("bars 5-8", (5, 8)),
        ("bars three to five", (3, 5)), ("bar 3 to the end", (3, 18)), ("bar 7", (7, 7)),
        ("from the beginning to bar 4", (1, 4)), ("the second section", (5, 10)),
        ("the last section", (15, 18)), ("the pickup", (0, 0)), ("the first phrase", (1, 4)),
        ("the third quarter", (10, 13)), ("opening two bars", (1, 2)),
        ("第二段", (5, 10)), ("最后四小节", (15, 18)), ("前半段", (1, 9)), ("后半部分", (10, 18)),
        ("第3到6小节", (3, 6)), ("第3小节到最后", (3, 18)), ("第十二小节", (12, 12)),
        ("开头四小节", (1, 4)), ("第一结尾", (9, 9)), ("最后一段", (15, 18)), ("最后一小节", (18, 18)),
        ("B段", (5, 10)), ("桥段", (11, 14)), ("弱起", (0, 0)),
    ],
)  # fmt: skip
def test_words_mean_bars(words, bars):
    place = sections.find(TUNE, words)
    assert (place.first, place.last) == bars


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("bars 90-95", "not there"), ("part F", "no part F"), ("something nice", "names no bars"),
     ("the third ending", "no third ending")],
)  # fmt: skip
def test_what_is_not_there_is_said(words, sentence):
    with pytest.raises(ValueError, match=sentence):
        sections.find(TUNE, words)


def test_a_bridge_is_the_part_that_differs():
    tune = parse_tune("X:1\nM:2/4\nL:1/4\nK:C\nCD|EC||CD|EC||GG|AA||CD|EC|]\n")
    place = sections.find(tune, "the bridge")
    assert (place.first, place.last, place.section) == (5, 6, True)


def test_a_chorus_is_sung_to_the_same_words():
    tune = parse_tune(
        "X:1\nM:2/4\nL:1/4\nK:C\nCD|EC|FD|EC||\nw:one two three four five six se-ven\n"
        "w:a b c d e f g h\nGG|cc|GG|cc|]\nw:glo-ry glo-ry glo-ry glo-ry\n"
    )
    assert sections.find(tune, "副歌").first == 5
    assert sections.find(tune, "the verse").last == 4
