"""Players who are named one by one: read from words, scored with a voice each in its range, clef and name."""

from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.act.scored import scored
from chat.check import check
from chat.understand.tables import range_of
from chat.understand.wishes import read

MELODY = (
    'X:1\nT:Mill Lane\nM:4/4\nL:1/8\nK:F\n"F"c2A2 F2A2|"Bb"d4 "C"c4|"F"f2e2 "Bb"d2"C"c2|"F"A8|]\n'
)


@pytest.mark.parametrize(("message", "players"), [
    ("a polka for two clarinets and a bassoon", "clarinet, clarinet, bassoon"),
    ("slow piece, players are oboe, horn and cello", "oboe, horn, cello"),
    ("给一支长笛和两把大提琴写一段", "flute, cello, cello"),
    ("brass quintet, C minor", "trumpet, trumpet, horn, trombone, tuba"),
    ("吉他三重奏，A小调", "guitar, guitar, guitar"),
    ("wind trio (oboe, clarinet, bassoon)", "oboe, clarinet, bassoon"),
    ("tenor horn, two cornets, euphonium: a march", "trumpet, trumpet, tenor horn, euphonium"),
    ("first violin, second violin, viola, cello", "violin, violin, viola, cello"),
])  # fmt: skip
def test_players_are_counted_from_the_top(message: str, players: str) -> None:
    assert read(message).values["players"] == players


@pytest.mark.parametrize(
    "message",
    [
        "a tune for oboe, clarinet or flute",
        "flute and cello, eight bars",
        "a waltz for piano",
        "guitar chords over a violin tune",
        "把小提琴改成长笛",
    ],
)
def test_what_is_no_row_of_players(message: str) -> None:
    assert "players" not in read(message).values


@pytest.mark.parametrize("players", [
    ["trumpet", "trumpet", "tuba"], ["violin", "violin", "viola", "cello"], ["flute", "flute", "flute"],
    ["trumpet", "trumpet", "horn", "trombone", "tuba"], ["violin", "cello", "cello"],
])  # fmt: skip
def test_each_player_can_play_what_is_written(players: list[str]) -> None:
    tune = scored(parse_tune(MELODY), [(p, p) for p in players])
    assert not errors(tune)
    assert len(tune.voices) == len(players)
    for voice, player in zip(tune.voices, players, strict=True):
        low, high = range_of(player)
        assert all(low <= n <= high for e in voice.events for n in e.midi), player
    assert all(
        r.met for r in check(tune, {"players": ", ".join(players), "voices": str(len(players))})
    )
    assert len({v.name for v in tune.voices}) == len(players)


def test_clefs_are_those_that_players_read() -> None:
    tune = scored(parse_tune(MELODY), [(p, p) for p in ("violin", "violin", "viola", "cello")])
    assert [v.clef.split()[0] for v in tune.voices] == ["treble", "treble", "alto", "bass"]


def test_other_players_do_not_count_as_those_asked_for() -> None:
    tune = scored(parse_tune(MELODY), [(p, p) for p in ("trumpet", "trumpet", "tuba")])
    assert not any(r.met for r in check(tune, {"players": "trumpet, trombone, tuba"}))
