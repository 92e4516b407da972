"""Scales and arpeggios that are to be written: read, spelled as they are taught, filling their bars."""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

from fractions import Fraction

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.act.drills import drill
from chat.check import check
from chat.session import Session
from chat.understand.drills import drill_of
from chat.understand.intent import understand
from chat.understand.wishes import read


def written(message: str):
    wishes = read(message)
    tune = parse_tune(drill(wishes, "en"))
    assert not errors(tune)
    assert all(r.met for r in check(tune, wishes.values)), check(tune, wishes.values)
    return tune


def names(tune) -> list[str]:
    return [e.notes[-1].pitch.name for m in tune.measures for e in m.events if e.notes]


@pytest.mark.parametrize(("message", "first"), [
    ("write out the E major scale", "E4 F#4 G#4 A4 B4 C#5 D#5 E5 E5 D#5"),
    ("notate a G harmonic minor scale, ascending", "G4 A4 Bb4 C5 D5 Eb5 F#5 G5"),
    ("D melodic minor scale exercise", "D4 E4 F4 G4 A4 B4 C#5 D5 D5 C5 Bb4"),
    ("prepare an A flat arpeggio, two octaves", "Ab3 C4 Eb4 Ab4 C5 Eb5 Ab5"),
    ("F pentatonic scale practice", "F4 G4 A4 C5 D5 F5"),
    ("broken thirds drill in C", "C4 E4 D4 F4 E4 G4"),
    ("写一个降B大调音阶练习", "Bb3 C4 D4 Eb4 F4 G4 A4 Bb4"),
    ("写出e小调琶音", "E4 G4 B4 E5 E5 B4"),
    ("D小调和声音阶上行下行", "D4 E4 F4 G4 A4 Bb4 C#5 D5"),
])  # fmt: skip
def test_notes_are_those_that_are_taught(message: str, first: str) -> None:
    wanted = first.split()
    assert names(written(message))[: len(wanted)] == wanted


@pytest.mark.parametrize("message", [
    "write out the B flat major scale in 3/4", "a C major arpeggio exercise in 6/8", "chromatic scale drill from D",
    "G major scale, three octaves, quavers please write it", "写出升F小调琶音，三拍子",
])  # fmt: skip
def test_bars_are_full_and_it_comes_home(message: str) -> None:
    tune = written(message)
    meter = tune.meter.length
    assert all(sum((e.duration for e in m.events), Fraction(0)) == meter for m in tune.measures)
    sounded = [e for m in tune.measures for e in m.events if e.notes]
    assert sounded[-1].midi[-1] % 12 == tune.key.pitch_class


@pytest.mark.parametrize("message", [
    "what is a harmonic minor scale?", "a reel on the mixolydian scale", "用五声音阶写一首歌", "is this the G major scale?",
    "a melody using only the D major scale", "make it swing",
])  # fmt: skip
def test_what_is_no_exercise(message: str) -> None:
    assert not drill_of(message.lower())


def test_an_exercise_is_written_and_not_explained() -> None:
    for message in ("C major scale up and down please", "写一个G大调音阶，上行下行"):
        assert understand(message, Session(), None).kind == "compose"


def test_a_tune_is_no_scale() -> None:
    tune = parse_tune("X:1\nM:4/4\nL:1/4\nK:C\nC E D G|F A G C|]\n")
    assert not any(r.met for r in check(tune, {"exercise": "scale"}))
    assert not any(r.met for r in check(tune, {"exercise": "arpeggio"}))


@pytest.mark.parametrize(("message", "bars", "keys"), [
    ("a vocal warm-up, please", 12, ["C", "Db", "D", "Eb", "E", "F"]),
    ("warm-up for my singers, descending by half steps, in D, 8 bars", 8, ["D", "Db", "C", "B"]),
    ("给童声合唱团写一段练声", 12, ["C", "Db", "D", "Eb", "E", "F"]),
])  # fmt: skip
def test_a_warm_up_goes_from_key_to_key(message, bars, keys):
    tune = written(message)
    assert tune.bar_count == bars
    assert [m.key.abc for m in tune.measures[::2]] == keys


@pytest.mark.parametrize(
    "message",
    [
        "a warm-up round for two voices",
        "a piano warm-up in C",
        "how should a choir warm up?",
        "vocal warm-up in F, all crotchets",
        "给合唱团写一首热身的歌",
    ],
)
def test_other_warm_ups_are_none(message):
    assert drill_of(message.lower()) == ""
