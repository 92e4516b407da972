"""So many bars on each line: line breaks move, and nothing else."""

import pytest

from abc_tools.edit.line_breaks import bars_per_line
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.validate import errors

PLAIN = """X:1
M:2/4
L:1/4
K:G
D|G A|B c|d B|A2|
G A|B c|d F|G|]
"""
PARTS = """X:1
M:2/4
L:1/4
K:D
P:A
|:D F|A F|E G|D2:|
P:B
|:A B|A F|
E F|D2:|
"""


def lines(abc, count):
    tune = parse_tune(abc)
    new = apply(tune.source, bars_per_line(tune, count))
    after = parse_tune(new)
    assert not errors(after)
    assert [e.midi for e in after.voices[0].events] == [e.midi for e in tune.voices[0].events]
    assert after.bar_count == tune.bar_count
    return new.split("K:")[1].split("\n")[1:-1]


def test_a_pickup_counts_for_nothing():
    assert lines(PLAIN, 2) == ["D|G A|B c|", "d B|A2|", "G A|B c|", "d F|G|]"]
    assert lines(PLAIN, 8) == ["D|G A|B c|d B|A2|G A|B c|d F|G|]"]


def test_a_part_begins_its_own_line():
    assert lines(PARTS, 3) == ["P:A", "|:D F|A F|E G|", "D2:|", "P:B", "|:A B|A F|E F|", "D2:|"]


@pytest.mark.parametrize(
    "abc",
    [PLAIN.replace("A2|\n", "A2|\nw: a b c d e f g h\n"), PARTS.replace("A F|\nE", "A F|%x\nE")],
)
def test_what_holds_the_lines(abc):
    tune = parse_tune(abc)
    with pytest.raises(ValueError, match="stay"):
        bars_per_line(tune, 3)


def test_voices_in_turn_hold_them_too():
    abc = "X:1\nM:2/4\nL:1/4\nK:C\nV:1\nC D|E F|\nV:2\nC2|C2|\nV:1\nG F|E2|\nV:2\nC2|C2|\n"
    with pytest.raises(ValueError, match="turns"):
        bars_per_line(parse_tune(abc), 4)


def test_lines_that_are_so_already():
    with pytest.raises(ValueError, match="already"):
        bars_per_line(parse_tune(PLAIN), 4)
