"""Real tunes look ordinary, random ones strange."""

import random

import pytest

from lm.measures.statistics import bands, features, share_inside, strangeness
from lm.reading import read_piece
from tests.lm.tunes import JIG

NOTES = ("G,", "A,", "C", "D", "G", "A", "c", "d", "f", "g", "a", "b", "d'")


def noise(seed):
    rng = random.Random(seed)
    bars = ["".join(rng.choice(NOTES) for _ in range(6)) for _ in range(16)]
    return "X:1\nM:6/8\nL:1/8\nK:G\n" + "|".join(bars) + "|]\n"


def test_every_feature_has_a_band():
    found = features(read_piece(JIG))
    assert set(found) == set(bands())
    assert all(low < high for low, high in bands().values())


def test_a_tune_is_less_strange_than_noise():
    assert strangeness(read_piece(JIG)) < 0.5
    assert share_inside(read_piece(JIG)) > 0.85 > share_inside(read_piece(noise(1)))
    assert all(strangeness(read_piece(noise(seed))) > 1 for seed in range(5))


def test_chords_that_fit_are_counted():
    fitting = read_piece('X:1\nM:4/4\nL:1/8\nK:C\n"C"C2E2G2E2|"G"G2B2d2B2|"Am"A4c4|"C"C8|]\n')
    assert features(fitting)["chord_fit"] == pytest.approx(1.0)
