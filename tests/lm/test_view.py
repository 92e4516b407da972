"""What the model is shown of a person's tune: the same bars, in the spelling that it learned."""

import pytest

from abc_tools.parse import parse_tune
from lm.plan.view import view
from lm.reading import read_piece
from lm.spelling import write_body
from tests.lm.tunes import DUET, JIG, REEL, SONG, WORDS

ODD = "X:1\nT:Odd\nM:4/4\nL:1/4\nK:C\nC D {e}E>F!f!|[M:3/4]G A B|[M:4/4]c4|]\n"


def bars(tune):
    return [(m.number, m.duration, [e.midi for e in m.events]) for m in tune.measures]


@pytest.mark.parametrize("abc", [JIG, REEL, SONG, DUET, WORDS, ODD])
def test_the_bars_are_those_of_the_tune(abc):
    tune = parse_tune(abc)
    shown = parse_tune(view(tune))
    assert [b[:2] for b in bars(shown)] == [b[:2] for b in bars(tune)]
    assert not shown.lyrics


@pytest.mark.parametrize("abc", [JIG, REEL, SONG])
def test_beams_are_the_writers(abc):
    loose = abc.replace("GBd", "G B d")
    assert view(parse_tune(loose)).endswith(write_body(read_piece(loose)))


def test_what_the_model_cannot_hold_is_shown_all_the_same():
    text = view(parse_tune(ODD))
    assert "[M:3/4]" in text and "{" not in text and "!" not in text
