from hypothesis import given, settings

from abc_tools.canonical import canonical
from abc_tools.parse import parse_tune
from tests.abc_tools.strategies import tunes


def sounding(tune):
    return [(e.midi, e.duration, e.tied, e.chord_symbol) for m in tune.measures for e in m.events]


@given(tunes())
@settings(deadline=None)
def test_the_canonical_form_sounds_the_same_and_is_its_own_canonical_form(text):
    tune = parse_tune(text)
    form = canonical(tune)
    again = parse_tune(form)
    assert sounding(again) == sounding(tune)
    assert canonical(again) == form
    assert [m.number for m in again.measures] == [m.number for m in tune.measures]


def test_units_repeats_endings_key_changes_words_and_ambiguous_accidentals():
    text = (
        "X:9\nT:Some Title\nC:Someone\nR:Reel\nM:C|\nL:1/4\nK:G\n"
        "|: (G/A/) {c}B !trill!d>e | =f f' z2 |1 [K:D] F4 :|2 G4 |]\nw: a-b c d_\n"
    )
    assert canonical(parse_tune(text)) == (
        "X:1\nT:Some Title\nR:reel\nM:2/2\nL:1/8\nQ:1/4=200\nK:G\n"
        "|:GA B2 d2>e2|=f2 =f'2 z4|1 [K:D]F8:|2 G8|]\nw:a-b c d\n"
    )
