"""Edits: exact in what they change, byte-identical everywhere else."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools import edit
from abc_tools.metrics import changed_bars
from abc_tools.parse import parse_tune
from abc_tools.text import Edit, apply
from abc_tools.theory import MODES, Interval, Key
from abc_tools.tune import Tune
from abc_tools.validate import errors
from tests.abc_tools.strategies import tunes

INTERVALS = [Interval(1, 2), Interval(-1, -1), Interval(2, 3), Interval(-3, -5), Interval(4, 7),
             Interval(7, 12), Interval(3, 6)]  # fmt: skip
TUNE = (
    "X:1\nT:t\nM:4/4\nL:1/4\nK:G\n"
    '"G"GABd|"C"cBAG|"D7"F2 A2|"G"G4|"G"GBdB|"Em"e2 B2|"D"A2 FA|"G"G4|]\n'
)


def midi(tune: Tune) -> list[tuple[int, ...]]:
    return [e.midi for voice in tune.voices for e in voice.events]


def rhythm(tune: Tune) -> list[Fraction]:
    return [e.duration for voice in tune.voices for e in voice.events]


def outside(text: str, edits: list[Edit]) -> list[str]:
    """The stretches of text that no edit names."""
    pieces, position = [], 0
    for change in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        pieces.append(text[position : change.span.start])
        position = change.span.end
    return [*pieces, text[position:]]


@given(tunes(), st.sampled_from(INTERVALS))
@settings(deadline=None)
def test_transposing_moves_every_note_and_keeps_rhythm_and_validity(text, interval):
    tune = parse_tune(text)
    new = parse_tune(apply(text, edit.transpose(tune, interval)))
    assert midi(new) == [tuple(m + interval.semitones for m in e) for e in midi(tune)]
    assert rhythm(new) == rhythm(tune)
    assert not errors(new)
    assert new.key.pitch_class == (tune.key.pitch_class + interval.semitones) % 12


@given(tunes(min_bars=6), st.sampled_from(sorted(MODES)), st.data())
@settings(deadline=None)
def test_an_edit_of_some_bars_leaves_the_rest_byte_identical_and_sounding_the_same(
    text, mode, data
):
    tune = parse_tune(text)
    first = data.draw(st.integers(1, tune.bar_count))
    last = data.draw(st.integers(first, tune.bar_count))
    measures = edit.select(tune, first, last)
    operation = data.draw(st.sampled_from((
        lambda: edit.set_mode(tune, mode, measures),
        lambda: edit.transpose(tune, Interval(1, 2), measures),
        lambda: edit.shift_octave(tune, 1, measures),
        lambda: edit.set_tempo_of(tune, measures, 90),
        lambda: edit.remove_chords(tune, measures),
    )))  # fmt: skip
    edits = operation()
    new_text = apply(text, edits)
    low = min(m.span.start for m in measures)
    high = max(m.span.end for m in measures)
    assert new_text.startswith(text[:low])
    assert new_text.endswith(text[high:])
    new = parse_tune(new_text)
    assert not errors(new)
    assert set(changed_bars(tune, new)) <= set(range(first, last + 1))
    assert rhythm(new) == rhythm(tune)


@given(tunes(), st.sampled_from(INTERVALS))
@settings(deadline=None)
def test_there_and_back_sounds_as_before(text, interval):
    tune = parse_tune(text)
    there = parse_tune(apply(text, edit.transpose(tune, interval)))
    back = parse_tune(apply(there.source, edit.transpose(there, -interval)))
    assert midi(back) == midi(tune)


def test_minor_keeps_the_leading_tone_under_the_dominant():
    tune = parse_tune(TUNE)
    text = apply(TUNE, edit.set_mode(tune, "minor", edit.select(tune, 5, 8)))
    assert text == TUNE.replace(
        '"G"GBdB|"Em"e2 B2|"D"A2 FA|"G"G4', '[K:Gm]"Gm"GBdB|"Eb"e2 B2|"D"A2 ^FA|"Gm"G4'
    )


def test_a_part_in_another_mode_is_closed_inside_its_last_bar():
    tune = parse_tune(TUNE)
    text = apply(TUNE, edit.set_mode(tune, "minor", edit.select(tune, 2, 3)))
    assert '|[K:Gm]"Cm"cBAG|"D7"^F2 A2[K:G]|"G"G4|' in text


def test_a_mode_there_and_back_is_the_tune_again():
    tune = parse_tune(TUNE)
    minor = parse_tune(apply(TUNE, edit.set_mode(tune, "minor")))
    major = parse_tune(apply(minor.source, edit.set_mode(minor, "major")))
    assert midi(major) == midi(tune)
    assert [e.chord_symbol for e in major.voices[0].events if e.chord_symbol] == [
        "G", "C", "D7", "G", "G", "Em", "D", "G"
    ]  # fmt: skip


def test_a_section_in_another_key_and_mode():
    tune = parse_tune(TUNE)
    measures = edit.select(tune, 5, 8)
    new = parse_tune(apply(TUNE, edit.set_key(tune, lambda _: Key("E", 0, "minor"), measures)))
    assert [m.key.name for m in new.measures] == ["G major"] * 4 + ["E minor"] * 4
    assert midi(new)[-1] == (64,)


def test_transposing_a_part_writes_accidentals_and_keeps_the_key():
    tune = parse_tune(TUNE)
    new = parse_tune(apply(TUNE, edit.transpose(tune, Interval(1, 2), edit.select(tune, 1, 1))))
    assert new.key == Key("G")
    assert midi(new)[:4] == [(69,), (71,), (73,), (76,)]
    assert midi(new)[4:] == midi(tune)[4:]


def test_tempo_of_the_tune_and_of_a_part():
    tune = parse_tune(TUNE)
    assert "\nQ:1/4=90\n" in apply(TUNE, edit.set_tempo(tune, 90))
    part = apply(TUNE, edit.set_tempo_of(tune, edit.select(tune, 2, 2), 60))
    assert '|[Q:1/4=60]"C"cBAG[Q:1/4=120]|' in part


def test_what_cannot_be_done_is_said():
    tune = parse_tune(TUNE)
    with pytest.raises(ValueError, match="bars 1 to 8"):
        edit.select(tune, 9, 12)
    with pytest.raises(ValueError, match="range"):
        edit.transpose(tune, Interval(35, 60))
    with pytest.raises(ValueError, match="tempo"):
        edit.set_tempo(tune, 4000)
    with pytest.raises(ValueError, match="one line"):
        edit.set_field(tune, "T", "a\nK:C")
    with pytest.raises(ValueError, match="2 bars cannot replace 1"):
        edit.replace_measures(tune, edit.select(tune, 1, 1), ["A4", "B4"])


@given(tunes())
@settings(deadline=None)
def test_stretches_that_no_edit_names_are_in_the_result_in_order(text):
    tune = parse_tune(text)
    edits = edit.transpose(tune, Interval(1, 2))
    new = apply(text, edits)
    position = 0
    for piece in outside(text, edits):
        position = new.index(piece, position) + len(piece)


def test_a_pickup_inside_the_tune_goes_with_what_it_leads_into():
    tune = parse_tune("X:1\nM:3/4\nL:1/4\nK:C\nC|DEF|G2:|\n|:A|BcB|A2:|\n")

    def taken(first: int, last: int, **options: bool) -> list[str]:
        return [m.span.of(tune.source) for m in edit.select(tune, first, last, **options)]

    assert taken(1, 2) == ["DEF", "G2"]
    assert taken(3, 4) == ["BcB", "A2"]
    assert taken(3, 4, pickup=True) == ["A", "BcB", "A2"]
    assert taken(1, 4) == ["DEF", "G2", "A", "BcB", "A2"]
    assert taken(0, 2) == ["C", "DEF", "G2"]


def test_needless_signs_are_dropped_only_when_asked():
    from abc_tools.spelling import changed_only, respell

    tune = parse_tune("X:1\nM:4/4\nL:1/4\nK:C\n=F ^F F f|=F4-|=F4|]\n")

    def written(keep: bool) -> str:
        edits = [
            e
            for m in tune.measures
            for e in respell(m, m.key, lambda n: n.written, keep_signs=keep)
        ]
        return apply(tune.source, changed_only(tune.source, edits)).split("K:C\n")[1]

    assert written(True) == "=F ^F F ^f|=F4-|=F4|]\n"
    assert written(False) == "F ^F F ^f|F4-|F4|]\n"
