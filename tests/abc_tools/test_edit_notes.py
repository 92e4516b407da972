"""Single notes, ranges and lines: worked examples of `abc_tools.edit.notes` and `contour`."""

import pytest

from abc_tools.edit.registry import run
from abc_tools.edit.selection import select
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.validate import errors

HEAD = "X:1\nT:Example\nM:3/4\nL:1/8\nK:D\n"


def edited(music, kind, bars=None, **values):
    tune = parse_tune(HEAD + music + "|]\n")
    measures = select(tune, *bars) if bars else None
    after = apply(tune.source, run(tune, kind, values, measures))
    assert not errors(parse_tune(after))
    return after.removeprefix(HEAD).strip().removesuffix("|]")


@pytest.mark.parametrize(
    ("values", "bars", "after"),
    [
        ({"to": "F=", "name": "F#"}, (1, 1), "d2 =f2 a2|b4 a2|f3 e d2"),
        ({"to": "E", "nth": "-1"}, None, "d2 f2 a2|b4 a2|f3 e e2"),
        ({"to": "E", "nth": "2"}, (1, 1), "d2 e2 a2|b4 a2|f3 e d2"),
        ({"to": "D4", "nth": "1"}, (2, 2), "d2 f2 a2|D4 a2|f3 e d2"),
        ({"to": "up", "name": "A"}, (2, 2), "d2 f2 a2|b4 ^a2|f3 e d2"),
        ({"to": "G", "beat": "3"}, (2, 2), "d2 f2 a2|b4 g2|f3 e d2"),
    ],
)
def test_notes_by_name_and_place_become_others(values, bars, after):
    assert edited("d2 f2 a2|b4 a2|f3 e d2", "alter-notes", bars, **values) == after


def test_a_note_after_an_altered_one_keeps_its_sound():
    assert edited("f2 f2 f2", "alter-notes", None, to="down", nth="1") == "=f2 ^f2 f2"


def test_a_held_note_changes_with_what_it_is_tied_to():
    assert edited("d2 f4-|f2 a4", "alter-notes", to="G", nth="2") == "d2 g4-|g2 a4"
    with pytest.raises(ValueError, match="held into"):
        edited("d2 f4-|f2 a4", "alter-notes", (1, 1), to="G", nth="2")


def test_a_note_of_the_chord_replaces_one_outside_it():
    assert edited('"D"d2 g2 a2', "alter-notes", None, to="chord", nth="2") == '"D"d2 f2 a2'


def test_what_is_not_there_and_what_is_so_already_is_refused():
    with pytest.raises(ValueError, match="no such note"):
        edited("d2 f2 a2", "alter-notes", None, to="E", name="B")
    with pytest.raises(ValueError, match="so already"):
        edited("d2 f2 a2", "alter-notes", None, to="A", nth="-1")


def test_notes_above_a_limit_come_inside_and_others_stay():
    assert edited('"D"d2 f2 a2|"G"b4 a2', "limit-range", None, high="A5") == '"D"d2 f2 a2|"G"g4 a2'
    assert edited("d2 D2 d2", "limit-range", None, low="A4", high="A5") == "d2 d2 d2"


def test_leaps_are_made_smaller_and_filled():
    assert edited('"Bm"d2 b2 f2|d6', "smooth", None, most="5") == '"Bm"d2 f2 f2|d6'
    assert edited("e4 A2|d6", "fill-leaps", (1, 1)) == "edcB A2|d6"


def test_upside_down_and_backwards():
    assert edited("d2 f2 e2|d6", "invert", (1, 1)) == "d2 B2 c2|d6"
    assert edited("d2 fg a2|d6", "retrograde", (1, 1)) == "a2 gf d2|d6"
    with pytest.raises(ValueError, match="backwards"):
        edited("(3def g2 a2|d6", "retrograde", (1, 1))


def test_bars_are_written_over_others_in_place():
    assert (
        edited("d2 f2 a2|b4 a2|f3 e d2", "copy-over", (1, 1), first="3")
        == "d2 f2 a2|b4 a2|d2 f2 a2"
    )
    with pytest.raises(ValueError, match="overlap"):
        edited("d2 f2 a2|b4 a2", "copy-over", (1, 2), first="2")


def test_slurs_and_tenuto():
    assert edited("d2 f2 a2|b6", "slur") == "(d2 f2 a2)|b6"
    assert edited("d2 f4|b6", "mark-notes") == "d2 !tenuto!f4|!tenuto!b6"
