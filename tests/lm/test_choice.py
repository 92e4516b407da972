"""The judge of dances, and the choice between drafts."""

import math
from dataclasses import replace

import pytest

from abc_tools.theory import Interval
from lm import data
from lm.measures import dances
from lm.measures.choice import least_odd, oddness, oddness_of
from lm.piece import transpose
from lm.reading import read_piece
from tests.lm.test_statistics import noise
from tests.lm.tunes import DUET, HYMN, JIG, REEL, SONG

WALTZ = """X:1
T:A waltz
M:3/4
L:1/8
R:waltz
K:G
|:D2|"G"G4B2|d4B2|"C"e4d2|"G"B6|"Am"c4A2|"D"F4A2|"G"G4B2|"D"A4D2|
"G"G4B2|d4B2|"C"e4g2|"G"d6|"Am"c4A2|"D"F4A2|"G"G6|G4:|
"""


def called(name, group, abc):
    return replace(read_piece(abc), rhythm=name, group=group)


def test_probabilities_are_probabilities_in_any_key():
    for abc in (JIG, REEL, SONG, HYMN, WALTZ, noise(1)):
        chances = dances.chooser().heard(read_piece(abc))
        assert set(chances) == set(dances.DANCES)
        assert sum(chances.values()) == pytest.approx(1.0)
        moved = dances.chooser().heard(transpose(read_piece(abc), Interval(2, 4)))
        assert moved == pytest.approx(chances, abs=1e-6)


def test_the_judge_hears_what_a_dancer_hears():
    for abc, name in ((JIG, "jig"), (REEL, "reel"), (WALTZ, "waltz")):
        chances = dances.chooser().heard(read_piece(abc))
        assert chances[name] == max(chances.values())


def test_the_judge_sees_neither_title_nor_rhythm_nor_tempo():
    piece = read_piece(JIG)
    other = replace(piece, title="A Reel", rhythm="reel", tempo=300)
    assert dances.chooser().heard(other) == dances.chooser().heard(piece)


def test_only_unnamed_tunes_are_named_and_only_when_the_judge_is_sure():
    jig = read_piece(JIG)
    unnamed, march = replace(jig, rhythm=None), replace(jig, rhythm="march")
    assert [p.rhythm for p in dances.named([unnamed, march], 0.5)] == ["jig", "march"]
    assert dances.named([unnamed], 1.01) == [unnamed]


def test_a_family_is_on_one_side():
    halves = {dances.half_of(called("jig", f"g{n}", JIG)) for n in range(20)}
    assert halves == {dances.CHOOSES, dances.MARKS}
    assert dances.half_of(called("jig", "g", JIG)) == dances.half_of(called("reel", "g", REEL))


@pytest.mark.parametrize(
    "abcs", [{"jig": JIG}, {"jig": JIG, "reel": REEL}, {"jig": JIG, "reel": REEL, "waltz": WALTZ}]
)
def test_a_judge_learns_from_few_dances_too(abcs, tmp_path, monkeypatch):
    pieces = [
        transpose(called(name, f"{name}{n}", abc), Interval(0, 0))
        for name, abc in abcs.items()
        for n in range(40)
    ]
    judge = dances.train(pieces, dances.MARKS)
    found, of = dances.right(judge, pieces)
    assert found == of and of.total() == len(pieces)
    judge.save(tmp_path / "judge.npz")
    monkeypatch.setattr(dances, "FILE", tmp_path / "judge.npz")
    dances.chooser.cache_clear()
    try:
        for piece in pieces[::40]:
            assert dances.chooser().heard(piece) == pytest.approx(judge.heard(piece), abs=0.02)
    finally:
        dances.chooser.cache_clear()


def test_nothing_to_learn_from_is_no_error():
    judge = dances.train([], dances.MARKS)
    assert judge.guess(read_piece(JIG)) == "none"


def test_a_dance_that_is_another_is_odder_than_the_one_it_is():
    jig = read_piece(JIG)
    assert oddness(jig, "jig") < oddness(jig, "reel")
    assert oddness(jig, "tango") == oddness(jig)  # the judge knows no tango


def test_the_least_odd_is_taken():
    assert math.isinf(oddness_of("no tune at all"))
    assert least_odd(["no tune at all", noise(1), JIG], "jig") == JIG
    assert least_odd([REEL, JIG], "jig") == JIG
    assert least_odd([DUET, DUET]) == DUET


def test_rare_rhythms_come_more_often_and_nothing_else_changes():
    pieces = [called("reel", f"r{n}", REEL) for n in range(16)] + [called("waltz", "w", WALTZ)]
    pieces.append(called(None, "n", JIG))
    assert data.evened(pieces, 0.0) == pieces
    evened = data.evened(pieces, 0.5)
    assert [replace(p, weight=1.0) for p in evened] == pieces
    assert evened[-1].weight == 1.0
    assert evened[0].weight < 1.0 < evened[-2].weight <= data.MOST_EVENED
