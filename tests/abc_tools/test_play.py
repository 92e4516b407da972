"""Timeline, accompaniment and MIDI against worked examples and against each other."""

from fractions import Fraction
from io import BytesIO

import mido
import pytest
from hypothesis import given, settings

from abc_tools.formats import midi
from abc_tools.formats.accompaniment import accompany
from abc_tools.parse import parse_tune
from abc_tools.play import part_order, performed, play_order
from abc_tools.timeline import unfold
from tests.abc_tools.strategies import tunes

HEAD = "X:1\nT:t\nM:1/4\nL:1/4\nQ:1/4=60\nK:C\n"


@pytest.mark.parametrize(
    ("music", "played"),
    [
        ("C|D:|E|", "CDCDE"),
        ("|:C|D:|", "CDCD"),
        ("C|:D|E:|F|]", "CDEDEF"),
        ("|:C|1D:|2E|]", "CDCE"),
        ("|:C|1,2D:|3E|]", "CDCDCE"),
        ("|:C::D:|", "CCDD"),
        ("|:C|1D:|2E||F|]", "CDCEF"),
        ("|:C:|\n|:D|1E:|2F:|", "CCDEDF"),
        ("C|D|]", "CD"),
    ],
)
def test_repeats_and_endings(music, played):
    timeline = unfold(parse_tune(HEAD + music + "\n"))
    assert "".join("CDEFGAB"["CDEFGAB".index(m.measure.span.of(HEAD + music + "\n"))]
                   for m in timeline.measures) == played  # fmt: skip
    assert timeline.seconds == len(played)


def test_hostile_repeats_are_bounded():
    tune = parse_tune(
        HEAD + "C" + ":" * 50 + "|" + "".join(f"[{n},{n + 1}D:|" for n in range(1, 90))
    )
    assert len(play_order(tune.measures)) <= 5000


def test_ties_are_one_note_and_tempo_changes_count():
    text = "X:1\nM:4/4\nL:1/4\nQ:1/4=120\nK:C\nC4-|C2[Q:1/4=60]D2|\n"
    events = unfold(parse_tune(text)).events
    assert [(e.midi, e.position, e.length) for e in events] == [
        (60, 0, Fraction(3, 2)), (62, Fraction(3, 2), Fraction(1, 2))
    ]  # fmt: skip
    # the new tempo holds from its measure on: half of the tied note at 120, half at 60
    assert events[0].duration == pytest.approx(2 + 2)


def test_grace_notes_take_their_time_from_the_note():
    events = unfold(parse_tune(HEAD + "{d}C|\n")).events
    assert [e.midi for e in events] == [74, 60]
    assert events[0].length + events[1].length == Fraction(1, 4)


def test_chords_are_accompanied_and_a_pickup_is_not():
    text = 'X:1\nM:3/4\nL:1/4\nK:C\n"G"G|"C"CEG|"F"A2:|\n'
    strokes = accompany(unfold(parse_tune(text)))
    assert strokes[0][0] == Fraction(1, 4)
    assert strokes[0][2] % 12 == 0 and strokes[0][3]
    assert {m % 12 for p, _, m, b in strokes if p == Fraction(1, 2) and not b} == {0, 4, 7}


@given(tunes())
@settings(deadline=None)
def test_midi_has_every_note_of_the_timeline_at_its_time(text):
    tune = parse_tune(text)
    timeline = unfold(tune)
    file = mido.MidiFile(file=BytesIO(midi.write(tune, chords=False)))
    track = file.tracks[1]
    now, found = 0, []
    for message in track:
        now += message.time
        if message.type == "note_on" and message.velocity:
            found.append((now, message.note))
    expected = [(round(e.position * 4 * midi.TICKS), e.midi) for e in timeline.events]
    assert sorted(found) == sorted(expected)
    assert (
        file.length == pytest.approx(max(e.seconds + e.duration for e in timeline.events), abs=0.02)
        if (timeline.events)
        else True
    )


def test_a_voices_instrument_reaches_the_file():
    text = "X:1\nM:4/4\nL:1/4\n%%MIDI program 73\nK:C\nC4|\n"
    file = mido.MidiFile(file=BytesIO(midi.write(parse_tune(text))))
    assert [m.program for m in file.tracks[1] if m.type == "program_change"] == [73]


@pytest.mark.parametrize(
    ("music", "heard"),
    [
        ("C|D!fine!|E|F!D.C.!|]", "CDEFCD"),
        ('C|!segno!D|E"^Fine"|F"D.S. al Fine"|', "CDEFDE"),
        ("|:C|1D:|2E|F!D.C.!|]", "CDCEFCEF"),
        ("C|D!coda!|E|F!D.C.!|!coda!G|A|", "CDEFCDGA"),
        ('C|"To Coda"D|E|"^D.C. al Coda"F|"Coda"G|', "CDEFCDG"),
    ],
)
def test_jumps_are_followed_once_and_without_repeats(music, heard):
    tune = parse_tune(f"X:1\nL:1/4\nM:1/4\nK:C\n{music}\n")
    order = performed(tune, tune.measures)
    assert "".join(tune.measures[i].events[0].notes[0].pitch.step for i in order) == heard


@pytest.mark.parametrize(
    ("value", "order"),
    [("AABB", "AABB"), ("A2B", "AAB"), ("((AB)3C)2", "ABABABCABABABC"), ("A.B", "AB"), (")2(", ""),
     ("(A", "A")],
)  # fmt: skip
def test_the_order_of_parts(value, order):
    assert "".join(part_order(value)) == order


def test_an_order_that_would_never_end_is_left_out():
    assert len(part_order("((((((A64)64)64)64)64)64)64")) <= 5000


def test_parts_are_played_in_the_order_of_the_header():
    text = "X:1\nL:1/4\nM:1/4\nP:ABA\nK:C\nP:A\n|:C:|\nP:B\nD|E|\n"
    played = [event.midi for event in unfold(parse_tune(text)).events]
    assert played == [60, 60, 62, 64, 60, 60]


def test_parts_that_do_not_exist_are_not_waited_for():
    text = "X:1\nL:1/4\nM:1/4\nP:AXA\nK:C\nP:A\nC|\n"
    assert [event.midi for event in unfold(parse_tune(text)).events] == [60]
