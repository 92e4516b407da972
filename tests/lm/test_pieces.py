"""Reading tunes into the model's view, writing them in one spelling, moving them to other keys."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools.parse import parse_tune
from abc_tools.theory import Interval
from abc_tools.validate import errors
from lm.augment import in_rare_meter, move_to_random_key, vary
from lm.data import fill_chords
from lm.piece import Unreadable, moved_chord, transpose, with_voices, without_chords
from lm.reading import read_piece
from lm.requests import describe, write_sections
from lm.spelling import write_bars, write_body, write_piece
from tests.lm.tunes import DUET, JIG, REEL, SONG, WORDS

ALL = [JIG, REEL, SONG, DUET, WORDS]
INTERVALS = [Interval(*i) for i in ((1, 2), (-2, -3), (3, 5), (4, 7), (-1, -1))]


def sounding(text):
    """(midi numbers, duration) of every voice."""
    return [
        [(e.midi, e.duration) for m in voice.measures for e in m.events]
        for voice in parse_tune(text).voices
    ]


def total(line):
    return sum((d for m, d in line if m), Fraction(0))


@pytest.mark.parametrize("abc", ALL)
def test_written_tunes_are_valid_and_read_back_the_same(abc):
    text = write_piece(read_piece(abc), 120)
    assert errors(parse_tune(text)) == []
    assert write_piece(read_piece(text), 120) == text


@pytest.mark.parametrize("abc", ALL)
def test_nothing_that_sounds_is_lost(abc):
    before, after = sounding(abc), sounding(write_piece(read_piece(abc), 120))
    assert [total(line) for line in before] == [total(line) for line in after]
    assert [{m for m, _ in line} for line in before] == [{m for m, _ in line} for line in after]


@pytest.mark.parametrize("abc", ALL)
@pytest.mark.parametrize("interval", INTERVALS)
def test_transposing_there_and_back_changes_nothing(abc, interval):
    piece = read_piece(abc)
    moved = transpose(piece, interval)
    assert write_piece(transpose(moved, -interval), 100) == write_piece(piece, 100)
    up = [[tuple(n + interval.semitones for n in m) for m, _ in line]
          for line in sounding(write_piece(piece, 100))]  # fmt: skip
    assert up == [[m for m, _ in line] for line in sounding(write_piece(moved, 100))]


def test_endings_are_kept_and_counted():
    piece = read_piece(REEL)
    assert write_sections(piece) == "|:A4/1:|"
    assert piece.n_bars == 5
    text = write_piece(piece, 180)
    assert text.endswith("|:A2 (3Bcd ecAc|BGdG eGdG|A>B c>d e2 ag|1 edBd cA A2:|\n[2 edBd cABc|]\n")


def test_pickup_and_form_of_a_dance():
    piece = read_piece(JIG)
    assert write_sections(piece) == "|:A8:| |:B8:|"
    assert describe(piece, 100)["pickup"] == "1/8"
    assert piece.n_bars == 16


def test_capital_meter_signs_and_units_become_numbers():
    text = write_piece(read_piece(SONG), 100)
    assert "M:3/4\nL:1/8\nQ:1/4=100\nK:F\n" in text
    assert "C2|F2 G2 A2|B4 A2|" in text
    assert "M:2/2\n" in write_piece(read_piece(REEL), 90)


def test_voices_stand_line_by_line():
    text = write_piece(read_piece(DUET), 100)
    assert "V:1 clef=treble\nV:2 clef=bass\nK:C\n[V:1]" in text
    assert [line[:5] for line in text.splitlines() if line.startswith("[")] == ["[V:1]", "[V:2]"]
    lower = with_voices(read_piece(DUET), (1,))
    assert write_body(lower, first=2) == text[text.index("[V:2]") :]


def test_words_stand_under_their_notes_and_melismas_are_held():
    text = write_piece(read_piece(WORDS), 100)
    assert "w:O-ver the_ sea the ships go by" in text
    again = [e.syllables for m in parse_tune(text).measures for e in m.events]
    assert again == [e.syllables for m in parse_tune(WORDS).measures for e in m.events]


def test_ties_over_barlines_stay_and_those_inside_become_one_note():
    text = write_body(read_piece("X:1\nM:4/4\nL:1/4\nK:G\nG-G A f-|f4-|f B- BG|]\n"))
    assert text == "G4 A2 f2-|f8-|f2 B4 G2|]\n"


def test_a_tied_accidental_is_not_written_again():
    text = write_body(read_piece("X:1\nM:4/4\nL:1/4\nK:C\nGA B ^c-|^c2 c2|]\n"))
    assert text == "G2 A2 B2 ^c2-|c4 ^c4|]\n" or text == "G2 A2 B2 ^c2-|c4 =c4|]\n"
    before = sounding("X:1\nM:4/4\nL:1/4\nK:C\nGA B ^c-|^c2 c2|]\n")
    assert sounding("X:1\nM:4/4\nL:1/8\nK:C\n" + text) == before


def test_a_gap_leaves_room_for_the_bars_that_fill_it():
    piece = read_piece(JIG)
    text = write_body(piece, {1: frozenset({2, 3})})
    assert text.count("[...]") == 2
    bars = write_bars(piece, 1, range(2, 4)).split("|")
    for bar in bars:
        text = text.replace("[...]", bar, 1)
    assert text == write_body(piece)


@given(seed=st.integers(0, 2**32), index=st.integers(0, len(ALL) - 1))
@settings(max_examples=40, deadline=None)
def test_every_shown_variant_is_valid(seed, index):
    piece = vary(read_piece(ALL[index]), random.Random(seed))
    assert errors(parse_tune(write_piece(piece, 100))) == []


@given(seed=st.integers(0, 2**32), index=st.integers(0, len(ALL) - 1))
@settings(max_examples=30, deadline=None)
def test_a_tune_in_a_rare_meter_has_the_same_notes_in_bars_of_another_length(seed, index):
    piece = read_piece(ALL[index])
    rare = in_rare_meter(piece, random.Random(seed))
    assert errors(parse_tune(write_piece(rare, 100))) == []
    assert [e.pitches for e in rare.events()] == [e.pitches for e in piece.events()]
    if rare is not piece:
        assert rare.full != piece.full and rare.rhythm is None
        assert {s.pickup(rare.full) for s in rare.sections} == {
            s.pickup(piece.full) for s in piece.sections
        }


def test_common_meters_have_rare_ones():
    meters = {in_rare_meter(read_piece(abc), random.Random(1)).full for abc in ALL}
    assert meters - {read_piece(abc).full for abc in ALL}


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_a_random_key_keeps_the_melody(seed):
    piece = read_piece(JIG)
    moved = move_to_random_key(piece, random.Random(seed), stay=0.0)
    before = [e.top.midi for e in piece.events() if e.top]
    after = [e.top.midi for e in moved.events() if e.top]
    assert len({b - a for a, b in zip(before, after, strict=True)}) == 1
    assert moved.key.mode == piece.key.mode


def test_chord_symbols_move_with_the_tune():
    assert moved_chord("Gm7/D", 1, 2) == "Am7/E"
    assert moved_chord("F#m", 1, 1) == "Gm"
    assert moved_chord("Bb", 4, 7) == "F"
    assert moved_chord("softly", 1, 2) is None


def test_every_bar_gets_the_chord_that_sounds():
    piece = fill_chords(read_piece(JIG))
    assert all(b.voices[0][0].chord for b in piece.bars if b.duration > Fraction(1, 8))
    assert not without_chords(piece).has_chords


@pytest.mark.parametrize(
    "abc",
    [
        "X:1\nM:4/4\nL:1/8\nK:C\nCDEF GABc|CDEF GAB|c8|]\n",
        "X:1\nM:none\nL:1/8\nK:C\nCDEF|\n",
        "X:1\nM:4/4\nL:1/8\nK:C\nCDEF GABc|[M:3/4]CDE FGA|]\n",
        "X:1\nM:4/4\nL:1/8\nK:C\n|:CDEF GABc|1 C8:|\n",
        "X:1\nM:4/4\nL:1/8\nCDEF GABc|C8|]\n",
    ],
)
def test_what_is_not_plainly_right_is_refused(abc):
    with pytest.raises(Unreadable):
        read_piece(abc)
