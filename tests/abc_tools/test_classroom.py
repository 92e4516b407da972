"""The metronome and worksheets: properties over tunes of many shapes, and examples by hand."""

from __future__ import annotations

import re
from fractions import Fraction
from io import BytesIO

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st

from abc_tools.click import beats, clicks, count_in, counted
from abc_tools.formats import midi
from abc_tools.parse import parse_tune
from abc_tools.theory import parse_meter
from abc_tools.timeline import unfold
from abc_tools.validate import errors
from abc_tools.worksheets import KINDS, NoExercise, make_worksheet
from tests.abc_tools.strategies import tunes

SONG = (
    'X:1\nT:Song\nM:3/4\nL:1/4\nQ:1/4=90\nK:Dm\nP:A\nA|"Dm"d2 e|"A7"^c2 e|"Dm"d3|"Gm"G2 A|\n'
    "w: when the moon is up we sing now\n"
    '"Dm"F2 A|"A7"E2 A|"Dm"D3-|D2:|\nP:B\n[K:F]c|"F"f2 e|"C7"e2 c|"F"A3|"Bb"d2 c|"F"A2 F|"C7"G2 E|"F"F3|F2|]\n'
)


@pytest.mark.parametrize(
    ("meter", "places"),
    [("4/4", [0, 1, 2, 3]), ("6/8", [0, 1.5]), ("C|", [0, 2]), ("3/8", [0, 0.5, 1]),
     ("2+2+3/8", [0, 1, 2]), ("5/4", [0, 1, 2, 3, 4]), ("9/8", [0, 1.5, 3])],
)  # fmt: skip
def test_clicks_fall_on_felt_beats(meter: str, places: list[float]) -> None:
    found = parse_meter(meter)
    assert found is not None
    assert [float(beat * 4) for beat in beats(found)] == places


@given(tunes())
def test_every_click_lies_in_its_bar_and_every_full_bar_begins_with_an_accent(text: str) -> None:
    tune = parse_tune(text)
    timeline = unfold(tune)
    found = clicks(timeline)
    assert all(0 <= c.position < timeline.length for c in found)
    assert [c.position for c in found] == sorted({c.position for c in found})
    accents = {c.position for c in found if c.accent}
    for index, timed in enumerate(timeline.measures):
        if timed.measure.meter is not None and timed.measure.full and index:
            assert timed.position in accents


@given(tunes())
def test_a_count_in_only_waits(text: str) -> None:
    tune = parse_tune(text)
    timeline = unfold(tune)
    later, counts = counted(tune, timeline)
    wait = count_in(tune)
    assert [e.position - wait for e in later.events] == [e.position for e in timeline.events]
    assert later.length == timeline.length + wait
    assert all(c.position < wait for c in counts) and bool(counts) == bool(wait)
    if wait:
        gap = later.seconds - timeline.seconds
        assert gap == pytest.approx(float(wait * timeline.tempos[0][1]))
        assert all(
            e.seconds == pytest.approx(later.seconds_at(e.position), abs=1e-9) for e in later.events
        )


def test_the_file_ticks_on_the_percussion_channel_and_plays_the_same_notes() -> None:
    tune = parse_tune(SONG)

    def notes(**options: bool) -> list[tuple[float, int, int]]:
        now, found = 0.0, []
        for message in mido.MidiFile(file=BytesIO(midi.write(tune, **options))):
            now += message.time
            if message.type == "note_on" and message.velocity:
                found.append((round(now, 3), message.channel, message.note))
        return found

    plain, ticking = notes(), notes(metronome=True, count=True)
    wait = float(count_in(tune)) * 4 * 60 / 90
    assert count_in(tune) == Fraction(5, 4)
    played = [(round(at - wait, 3), c, n) for at, c, n in ticking if c != 9]
    for (at, channel, note), (other, its_channel, its_note) in zip(
        sorted(plain), sorted(played), strict=True
    ):
        assert (channel, note) == (its_channel, its_note) and abs(at - other) < 0.003
    assert {n for _, c, n in ticking if c == 9} == {76, 77}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_worksheets_have_valid_music_and_a_key(kind: str, language: str) -> None:
    tune = parse_tune(SONG)
    for seed in range(4):
        made = make_worksheet(tune, kind, language=language, seed=seed)
        assert made.sheets and (made.answers or made.solutions)
        for sheet in (*made.sheets, *made.solutions):
            assert errors(parse_tune(sheet.abc)) == []
        assert bool(re.search("[\u4e00-\u9fff]", made.instruction)) == (language == "zh")


def test_emptied_bars_are_empty_and_the_others_are_as_they_were() -> None:
    tune = parse_tune(SONG)
    # Two halves of a bar share its number where a repeat cuts it in two.
    whole: dict[int, list[list[tuple[int, ...]]]] = {}
    lengths: dict[int, set[Fraction]] = {}
    for measure in tune.measures:
        whole.setdefault(measure.number, []).append([e.midi for e in measure.events])
        lengths.setdefault(measure.number, set()).add(measure.duration)
    for seed in range(8):
        made = make_worksheet(tune, "blanks", seed=seed)
        given_ = parse_tune(made.sheets[0].abc)
        empty = {m.number for m in given_.measures if not any(e.notes for e in m.events)}
        assert empty and 1 not in empty and not any(n + 1 in empty for n in empty)
        for measure in given_.measures:
            if measure.number not in empty:
                assert [e.midi for e in measure.events] in whole[measure.number]
            assert measure.duration in lengths[measure.number]
        assert all(str(number) in made.instruction for number in empty)


def test_a_tie_into_a_bar_keeps_it_from_being_emptied() -> None:
    tune = parse_tune("X:1\nM:2/4\nL:1/4\nK:C\nCD|EF-|FG|AB-|Bc|]\n")
    with pytest.raises(NoExercise):
        make_worksheet(tune, "blanks")


@pytest.mark.parametrize(
    ("abc", "kind", "said"),
    [
        ("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|]\n", "blanks", "too short"),
        ("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|G4|]\n", "numerals", "no chord symbols"),
        ("X:1\nM:4/4\nL:1/4\nK:none\nCDEF|G4|]\n", "transpose", "no key"),
    ],
)
def test_a_tune_that_gives_nothing_is_a_sentence(abc: str, kind: str, said: str) -> None:
    with pytest.raises(NoExercise, match=said):
        make_worksheet(parse_tune(abc), kind)


@given(st.integers(0, 10**6))
def test_an_answer_of_the_transposition_is_the_music_itself(seed: int) -> None:
    made = make_worksheet(parse_tune(SONG), "transpose", seed=seed)
    given_, answer = (parse_tune(s.abc) for s in (made.sheets[0], made.solutions[0]))
    steps = {
        b.notes[0].pitch.midi - a.notes[0].pitch.midi
        for a, b in zip(given_.voices[0].events, answer.voices[0].events, strict=True)
        if a.notes
    }
    assert len(steps) == 1 and steps != {0}
