"""Copies that are changed at once, bars that change places in twos, five notes, a horn: the bars that were there stay.
Other words than those that brought them up.
"""

import pytest

from abc_tools.parse import parse_tune
from chat.understand.operations import read_operations
from tests.chat.talking import talk, tune_of

PLAIN = """X:1
T:Plain
M:2/4
L:1/4
K:C
C E|D F|E G|F D|
G F|E D|B, D|C2|]
"""


def bars(tune):
    return [tuple(n.pitch.name for e in m.events for n in e.notes) for m in tune.measures]


OLD = bars(parse_tune(PLAIN))
COPIES = [
    ("repeat bars 3-4 an octave higher", 4, [("E5", "G5"), ("F5", "D5")]),
    ("copy bar 2 to the end, a step lower", 8, [("C4", "E4")]),
    ("play bar 1 again a third higher", 1, [("E4", "G4")]),
    ("add bar 3 backwards after bar 8", 8, [("G4", "E4")]),
    ("carry on: continue the sequence of bars 1-2 a step higher", 2, [("E4", "G4")]),
    ("把第2小节复制到第6小节后面，高八度", 6, [("D5", "F5")]),
    ("第1小节做个倒影，放在第9小节", 8, [("C4", "A3")]),
    ("第3小节逆行，接在最后", 8, [("G4", "E4")]),
]


@pytest.mark.parametrize(("message", "after", "new"), COPIES)
def test_the_copy_is_changed_and_the_bars_are_not(message, after, new):
    assert bars(tune_of(PLAIN, message)) == [*OLD[:after], *new, *OLD[after:]]


@pytest.mark.parametrize(
    "message",
    [
        "swap bars 1 and 2 with 7 and 8",
        "第1、2小节跟7、8对调一下",
        "exchange the first two bars with the last two",
    ],
)
def test_bars_change_places_in_twos(message):
    assert bars(tune_of(PLAIN, message)) == [*OLD[6:], *OLD[2:6], *OLD[:2]]


@pytest.mark.parametrize(
    "message", ["turn it into a pentatonic tune", "改成五声音阶", "去掉4和7，改成五声"]
)
def test_five_notes_are_left(message):
    tune = tune_of(PLAIN, message)
    assert {n.pitch.step for m in tune.measures for e in m.events for n in e.notes} <= set("CDEGA")
    assert bars(tune)[0] == OLD[0]


def test_signs_that_shall_all_go_take_no_version_back():
    reply = talk(PLAIN.replace("C E|", "TC E|", 1), "第1小节的颤音都不要")
    assert reply.changed and "T" not in reply.abc.split("K:C")[1]


@pytest.mark.parametrize(
    "message", ["我吹降B调单簧管，帮我写移调谱", "学生吹F调圆号，请写成移调谱"]
)
def test_a_part_is_written_for_an_instrument_by_its_key(message):
    assert [o.name for o in read_operations(message, parse_tune(PLAIN))] == ["instrument"]


def test_a_note_and_a_rest_fill_a_bar():
    tune = tune_of(PLAIN, "bar 1: a crotchet and a crotchet rest")
    assert [bool(e.notes) for e in tune.measures[0].events] == [True, False]
