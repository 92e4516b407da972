"""The judges: what they find true, what they call quoted, what they can tell apart."""

import random

import pytest

from abc_tools.theory import Interval
from lm.measures.classify import Classifier, area_under_curve, real_or_made, vector
from lm.measures.judge import judge, shares, wilson
from lm.measures.memory import Memory, distinct, melody, self_similarity
from lm.piece import transpose
from lm.reading import read_piece
from lm.requests import describe
from tests.lm.test_statistics import noise
from tests.lm.tunes import DUET, HYMN, JIG, REEL, SONG


def test_a_tune_has_what_is_computed_from_it():
    for abc in (JIG, REEL, SONG, DUET):
        piece = read_piece(abc)
        found = judge(abc, describe(piece, 100) | {"tempo": "100"})
        assert found.valid and found.wrong_bars == 0
        assert {n for n, met in found.met.items() if not met} <= {"tempo", "rhythm"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("key", "A minor"), ("meter", "4/4"), ("bars", "12"), ("sections", "|:A8:|"), ("pickup", "none"),
        ("chords", "no"), ("voices", "2"), ("range", "D f"), ("notes", "1/8"), ("rhythm", "reel"),
        ("tempo", "99"),
    ],
)  # fmt: skip
def test_what_a_tune_has_not_is_not_met(name, value):
    assert judge(JIG, {name: value}).met == {name: False}


def test_wrong_bars_are_counted_over_all_voices():
    wrong = DUET.replace("F,4|", "F,3|").replace("FAGF", "FAG")
    found = judge(wrong)
    assert not found.valid and found.wrong_bars == 2 and found.bars == 8
    assert judge(DUET).delivered
    assert not judge("X:1\nK:C\n").delivered
    assert not judge("no tune at all", {"key": "G major"}).valid
    assert judge("", {"key": "G major"}).met == {"key": False}


def test_shares_count_only_what_was_asked():
    table = shares([judge(JIG, {"key": "G major"}), judge(JIG, {"key": "D major", "bars": "16"})])
    assert table["met"]["key"]["share"] == 0.5 and table["met"]["key"]["n"] == 2
    assert table["met"]["bars"]["n"] == 1
    assert table["valid"]["share"] == 1.0


def test_intervals_hold_the_share():
    for hits, total in ((0, 10), (10, 10), (3, 7)):
        found = wilson(hits, total)
        assert 0 <= found["low"] <= hits / total <= found["high"] <= 1


def test_a_quotation_is_found_in_any_key():
    jig, reel = read_piece(JIG), read_piece(REEL)
    memory = Memory([jig])
    assert memory.longest(transpose(jig, Interval(2, 3))) >= len(melody(jig)) - 1
    assert memory.longest(reel) == 0
    assert distinct([jig, transpose(jig, Interval(1, 2)), reel]) == 2
    assert self_similarity([jig, jig]) == 1.0
    assert self_similarity([jig, read_piece(HYMN)]) == 0.0


def test_the_area_under_the_curve():
    assert area_under_curve([2, 3], [0, 1]) == 1.0
    assert area_under_curve([0, 1], [2, 3]) == 0.0
    assert area_under_curve([1], [1]) == 0.5


def walk(seed):
    """Random steps up and down: less strange than noise, unlike a jig."""
    rng = random.Random(seed)
    at, bars = 0, []
    for _ in range(16):
        bar = ""
        for _ in range(6):
            at = max(-4, min(8, at + rng.choice((-1, 1))))
            bar += "DEFGABcdefgab"[at + 4]
        bars.append(bar)
    return "X:1\nM:6/8\nL:1/8\nK:G\n" + "|".join(bars) + "|]\n"


def test_classifiers_learn_what_can_be_learned_and_nothing_else():
    noises = [read_piece(noise(n)) for n in range(30)]
    walks = [read_piece(walk(n)) for n in range(60)]
    assert real_or_made(walks[:30], noises) > 0.95
    assert 0.2 < real_or_made(walks[:30], walks[30:]) < 0.8
    rows = [vector(p) for p in [*noises[:20], *walks[:20]]]
    judge_ = Classifier(rows, ["noise"] * 20 + ["walk"] * 20)
    noisy, walking = judge_.probabilities([vector(noises[25]), vector(walks[40])])
    assert noisy["noise"] > 0.5 and walking["walk"] > 0.5
    assert sum(judge_.probabilities(rows[:1])[0].values()) == pytest.approx(1.0)
