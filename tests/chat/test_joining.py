"""A player who joins has a part of their own; what is too high goes to a key that can be read; a yes to nothing."""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from chat.understand.tables import INSTRUMENTS, range_of
from tests.chat.talking import talk, tune_of

WALK = 'X:1\nT:Walk\nM:4/4\nL:1/4\nQ:1/4=90\nK:G\n%%MIDI program 73\n"G"G A B d|"C"c B A2|"D"A B c A|"G"G4|]\n'
SUNG = "X:1\nT:Rain\nM:4/4\nL:1/4\nK:G\nG A B d|c B A2|G A B A|G4|\nw:Rain is fall-ing on the sea, on the sea to-day\nA B c A|d c B2|A B c A|G4|]\nw:all day long the wind is cold and far a-way\n"


@pytest.mark.parametrize(("message", "player"), [
    ("add a cello part", "cello"), ("can you add a clarinet line", "clarinet"), ("now add a guitar accompaniment please", "guitar"),
    ("加一个大提琴声部", "cello"), ("再配一个古筝伴奏", "guzheng"), ("write a viola part for it", "viola"),
])  # fmt: skip
def test_a_player_joins(message: str, player: str) -> None:
    tune = tune_of(WALK, message)
    assert len(tune.voices) == 2
    assert [e.midi for e in tune.voices[0].events] == [
        e.midi for e in parse_tune(WALK).voices[0].events
    ]
    joined = tune.voices[1]
    assert joined.program == INSTRUMENTS[player][0]
    low, high = range_of(player)
    assert all(low <= n <= high for e in joined.events for n in e.midi)


def test_a_third_player_comes_between() -> None:
    tune = tune_of(WALK, "add a bassoon part", "add a viola part")
    heights = {v.program: [n for e in v.events for n in e.midi] for v in tune.voices}
    rows = [heights[INSTRUMENTS[player][0]] for player in ("flute", "viola", "bassoon")]
    means = [sum(row) / len(row) for row in rows]
    assert means == sorted(means, reverse=True)


@pytest.mark.parametrize(
    ("key", "wanted"), [("G", "F"), ("D", "C"), ("E", "D"), ("Bb", "G"), ("Am", "Gm"), ("Em", "Dm")]
)
def test_what_is_too_high_goes_to_a_key_with_few_signs(key: str, wanted: str) -> None:
    abc = WALK.replace("K:G", f"K:{key}").replace('"G"', "").replace('"C"', "").replace('"D"', "")
    tune = tune_of(abc, "that is too high for us")
    assert abs(tune.key.sharps) < 4
    assert tune.key.abc == wanted or abs(tune.key.sharps) <= 3


@pytest.mark.parametrize("message", ["yes do that", "ok, go ahead", "好的，就这么办"])
def test_a_yes_that_answers_nothing_changes_nothing(message: str) -> None:
    before = talk(WALK, "slower")
    after = talk(WALK, "slower", message)
    assert after.abc == before.abc
    assert not after.changed


@pytest.mark.parametrize(
    "message",
    ["the first line doesn't make sense, try again", "line 1 doesn't rhyme, another try please"],
)
def test_a_line_is_tried_again_and_not_the_song(message: str) -> None:
    tune = tune_of(SUNG, message)
    assert [e.midi for e in tune.voices[0].events] == [
        e.midi for e in parse_tune(SUNG).voices[0].events
    ]
    assert "all day long" in tune.source
    assert "Rain is fall-ing" not in tune.source
