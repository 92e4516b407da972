"""Reading tunes for training, writing them in one spelling, moving them to other keys."""

from fractions import Fraction

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from lm.corpus import Key, Unreadable, read_key, read_piece
from lm.spelling import drop_chords, fill_chords, move_chord, transpose, write_piece
from tests.lm.tunes import JIG, REEL, SONG


def test_pickup_and_last_bar_make_one_bar():
    piece = read_piece(JIG)
    for section in piece.sections:
        pickup = sum(e.duration for e in section.pickup)
        last = sum(e.duration for e in section.bars[-1])
        assert pickup + last == Fraction(6, 8)
    assert [(s.label, len(s.bars), s.repeat) for s in piece.sections] == [
        ("A", 8, True),
        ("B", 8, True),
    ]


def test_of_two_endings_the_last_is_kept():
    text = write_piece(read_piece(REEL), 180)
    assert text.endswith("|:A2 (3Bcd ecAc|BGdG eGdG|A>B c>d e2 ag|edBd cABc:|\n")


def test_capital_meter_signs_and_units_become_numbers():
    text = write_piece(read_piece(SONG), 100)
    assert "M:3/4\nL:1/8\nQ:1/4=100\nK:F\n" in text
    assert "C2|F2 G2 A2|B4 A2|" in text
    assert "M:2/2\n" in write_piece(read_piece(REEL), 90)


@pytest.mark.parametrize("abc", [JIG, REEL, SONG])
def test_written_tunes_are_valid_and_read_back_the_same(abc):
    text = write_piece(read_piece(abc), 120)
    assert errors(parse_tune(text)) == []
    assert write_piece(read_piece(text), 120) == text


@pytest.mark.parametrize("abc", [JIG, REEL, SONG])
@pytest.mark.parametrize("interval", [(1, 2), (-2, -3), (3, 5), (4, 7), (-1, -1)])
def test_transposing_there_and_back_changes_nothing(abc, interval):
    piece = read_piece(abc)
    moved = transpose(piece, *interval)
    assert write_piece(transpose(moved, -interval[0], -interval[1]), 100) == write_piece(piece, 100)
    before = [e.midi for m in parse_tune(write_piece(piece, 100)).measures for e in m.events]
    after = [e.midi for m in parse_tune(write_piece(moved, 100)).measures for e in m.events]
    assert after == [tuple(n + interval[1] for n in notes) for notes in before]


def test_chord_symbols_move_with_the_tune():
    assert move_chord("Gm7/D", 1, 2) == "Am7/E"
    assert move_chord("F#m", 1, 1) == "Gm"
    assert move_chord("Bb", 4, 7) == "F"


def test_every_bar_gets_the_chord_that_sounds():
    piece = fill_chords(read_piece(JIG))
    assert all(bar[0].chord for s in piece.sections for bar in s.bars)
    assert not drop_chords(piece).has_chords


@pytest.mark.parametrize(
    ("text", "fifths"), [("G", 1), ("Bb", -2), ("A Minor", 0), ("Edor", 2), ("F#m", 3), ("Dmix", 1)]
)
def test_keys_of_headers(text, fifths):
    assert read_key(text).fifths == fifths


def test_signatures_agree_with_the_theory_tables():
    from abc_tools.theory import parse_key

    for letter, step in enumerate("CDEFGAB"):
        for alter in (-1, 0, 1):
            for mode in ("major", "minor", "dorian", "mixolydian"):
                key = Key(letter, alter, mode)
                if abs(key.fifths) <= 7:
                    other = parse_key(key.abc)
                    assert other is not None and other.sharps == key.fifths, (step, alter, mode)


@pytest.mark.parametrize(
    "abc",
    [
        "X:1\nM:4/4\nL:1/8\nK:C\nCDEF GABc|CDEF GAB|c8|]\n",
        "X:1\nM:none\nL:1/8\nK:C\nCDEF|\n",
        "X:1\nM:4/4\nL:1/8\nK:C\nCDEF GABc|[M:3/4]CDE|\n",
    ],
)
def test_what_is_not_plainly_right_is_refused(abc):
    with pytest.raises(Unreadable):
        read_piece(abc)
