"""Chords for a melody and voices made from it."""

import pytest
from hypothesis import HealthCheck, given, settings

from abc_tools.edit.added_voices import PATTERNS, add_bass, add_drone
from abc_tools.edit.chording import WAYS, add_chords, reharmonise
from abc_tools.edit.outcome import pitches, sung
from abc_tools.edit.selection import select
from abc_tools.harmonise import chords_for
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.validate import errors
from tests.abc_tools.strategies import songs

TUNE = "X:1\nM:4/4\nL:1/4\nK:D\n|:DFAA|GFED|EFGE|D4:|\n"


def test_a_plain_melody_gets_tonic_and_dominant():
    names = [p.chord.text for p in chords_for(parse_tune(TUNE), rate="bar")]
    assert names[0] == names[-1] == "D"
    assert names[-2] in ("A", "A7")


def test_wishes_are_kept():
    tune = parse_tune(TUNE)
    placed = chords_for(tune, only=("I", "IV", "V"), end="half")
    assert {p.chord.text for p in placed} <= {"D", "G", "A"}
    assert placed[-1].chord.text == "A"
    given_ = parse_tune(TUNE.replace("GFED", '"Bm"GFED'))
    text = apply(given_.source, add_chords(given_))
    assert text.count('"Bm"') == 1


def test_unknown_wishes_are_refused():
    tune = parse_tune(TUNE)
    for wrong in ({"rate": "often"}, {"end": "never"}, {"only": ("H",)}):
        with pytest.raises(ValueError):
            chords_for(tune, **wrong)
    with pytest.raises(ValueError, match="no chords"):
        reharmonise(tune)


@given(songs())
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_chords_leave_the_notes_and_words(text):
    tune = parse_tune(text)
    new = parse_tune(apply(text, add_chords(tune, keep=False)))
    assert pitches(new) == pitches(tune) and sung(new) == sung(tune) and not errors(new)
    for how in WAYS:
        again = parse_tune(apply(new.source, reharmonise(new, how=how)))
        assert pitches(again) == pitches(tune) and not errors(again)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_new_voice_is_as_long_as_the_melody(pattern):
    tune = parse_tune(TUNE)
    for edits in (add_bass(tune, pattern), add_drone(tune)):
        new = parse_tune(apply(tune.source, edits))
        assert not errors(new)
        one, other = new.voices
        assert [m.duration for m in one.measures] == [m.duration for m in other.measures]


def test_chords_for_some_bars_leave_the_pickup_that_shares_a_number():
    text = "X:1\nM:4/4\nL:1/4\nK:C\nG|CDEF|GABc|cBAG|c3||\nG|CEGc|c3|]\n"
    tune = parse_tune(text)
    chosen = select(tune, 2, 4)
    spans = [measure.span for measure in chosen]
    assert all(any(s.contains(e.span) for s in spans) for e in add_chords(tune, chosen))
