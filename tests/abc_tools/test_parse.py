"""Worked examples, each read by hand from the standard, and what holds for every tune."""

from fractions import Fraction

import pytest
from hypothesis import given

from abc_tools.parse import parse, parse_tune
from tests.abc_tools.strategies import tunes

HEAD = "X:1\nT:t\nM:4/4\nL:1/4\nK:C\n"


def heard(text: str) -> list[tuple[Fraction, int]]:
    """(onset in quarters, MIDI) of every notehead of every voice, as notated."""
    found = []
    for voice in parse_tune(text).voices:
        start = Fraction(0)
        for measure in voice.measures:
            for layer in (measure.events, *measure.overlays):
                found += [((start + e.onset) * 4, midi) for e in layer for midi in e.midi]
            start += measure.duration
    return sorted(found)


@pytest.mark.parametrize(
    ("music", "expected"),
    [
        ("^F F f|F", [(0, 66), (1, 66), (2, 78), (3, 65)]),
        ("^F =F ^^F __B|", [(0, 66), (1, 65), (2, 67), (3, 69)]),
        ("^F2-|F2 F|", [(0, 66), (2, 66), (4, 65)]),
        ("C>D E<F|", [(0, 60), (Fraction(3, 2), 62), (2, 64), (Fraction(5, 2), 65)]),
        ("C>>D E2|", [(0, 60), (Fraction(7, 4), 62), (2, 64)]),
        ("(3CDE F2|", [(0, 60), (Fraction(2, 3), 62), (Fraction(4, 3), 64), (2, 65)]),
        ("(3:2:2C2D E2|", [(0, 60), (Fraction(4, 3), 62), (2, 64)]),
        ("[CE]>[DF] G2|", [(0, 60), (0, 64), (Fraction(3, 2), 62), (Fraction(3, 2), 65), (2, 67)]),
        ("{cd}C2 {/B}D2|", [(0, 60), (2, 62)]),
        ("C2 D [C\nE]|F4|", [(0, 60), (2, 62), (3, 60), (3, 64), (4, 65)]),
        ("[C2E2G2] [CEG]2|", [(0, 60), (0, 64), (0, 67), (2, 60), (2, 64), (2, 67)]),
        ("C,, c''|", [(0, 36), (1, 96)]),
        ("C z x D|Z|E4|", [(0, 60), (3, 62), (8, 64)]),
        ("C2 & E2|", [(0, 60), (0, 64)]),
        ("C [K:D] F [L:1/8] F|", [(0, 60), (1, 66), (2, 66)]),
        ("C/4D3/4 E3//|", [(0, 60), (Fraction(1, 4), 62), (1, 64)]),
        ("A\\\nB|", [(0, 69), (1, 71)]),
        ("~C HD !trill!E|", [(0, 60), (1, 62), (2, 64)]),
    ],
)  # fmt: skip
def test_pitches_and_onsets(music, expected):
    assert heard(HEAD + music + "\n") == expected


@pytest.mark.parametrize(
    ("header", "music", "midi"),
    [
        ("K:D clef=bass", "F,", [54]),
        ("K:Am", "F", [65]),
        ("K:Ebmaj", "EAB", [63, 68, 70]),
        ("K:E phr", "F", [65]),
        ("K:D Phr ^f", "FBE", [66, 70, 63]),
        ("K:HP", "fc", [78, 73]),
        ("K:C treble-8", "C", [48]),
        ("K:C octave=1", "C", [72]),
        ("K:none", "B", [71]),
    ],
)
def test_keys_and_clefs(header, music, midi):
    assert [n for _, n in heard(f"X:1\nL:1/4\n{header}\n{music}|\n")] == midi


def test_unit_length_follows_the_meter_when_no_field_says_it():
    assert parse_tune("X:1\nM:2/4\nK:C\nA|").unit == Fraction(1, 16)
    assert parse_tune("X:1\nM:3/4\nK:C\nA|").unit == Fraction(1, 8)
    assert parse_tune("X:1\nK:C\nA|").unit == Fraction(1, 8)


def test_voices_by_field_and_inline_are_one_voice_each():
    text = HEAD + "V:1\nCDEF|\nV:2\nC,4|\nV:1\nGABc|\n[V:2] D,4|\n"
    voices = parse_tune(text).voices
    assert [(v.id, len(v.measures)) for v in voices] == [("1", 2), ("2", 2)]
    assert [e.midi[0] for e in voices[1].events] == [48, 50]


def test_tunebook_header_is_inherited_and_tunes_are_apart():
    book = parse("M:3/4\nL:1/4\n\nX:1\nT:a\nK:C\nCDE|\n\nfree text\n\nX:2\nT:b\nM:4/4\nK:G\nF4|\n")
    assert [(t.title, t.meter.text, t.unit) for t in book.tunes] == [
        ("a", "3/4", Fraction(1, 4)), ("b", "4/4", Fraction(1, 4))
    ]  # fmt: skip


def test_lyrics_go_under_their_notes():
    text = HEAD + "CDEF|G2 A2|\nw:syl-la-ble one|held_ *\nw:two verses\n"
    events = list(parse_tune(text).voices[0].events)
    assert [e.syllables for e in events] == [
        ("syl-", "two"), ("la-", "verses"), ("ble", None), ("one", None), ("held", None), (None, None)
    ]  # fmt: skip
    tune = parse_tune(HEAD + "CD|\nw:one two three four\n")
    assert tune.lyrics[0].surplus == 2


def test_numbers_pickup_zero_and_a_bar_cut_by_a_repeat_has_one_number():
    tune = parse_tune("X:1\nM:3/4\nL:1/4\nK:C\nC|DEF|G2:|\n|:A|BcB|A2:|\n")
    assert [m.number for m in tune.measures] == [0, 1, 2, 2, 3, 4]
    assert tune.bar_count == 4


def test_multi_measure_rests_count_as_many_bars():
    tune = parse_tune(HEAD + "C4|Z3|D4|\n")
    assert [(m.number, m.duration) for m in tune.measures] == [(1, 1), (2, 3), (5, 1)]


@given(tunes())
def test_spans_are_the_text_they_name(text):
    tune = parse_tune(text)
    for voice in tune.voices:
        for measure in voice.measures:
            for event in measure.events:
                assert measure.span.contains(event.span)
                for note in event.notes:
                    assert note.head.of(text)[-1] in "ABCDEFGabcdefg,'"
                    assert note.span.of(text) == note.head.of(text) + note.length.of(text)


@given(tunes())
def test_onsets_are_the_sums_of_what_came_before(text):
    for voice in parse_tune(text).voices:
        for measure in voice.measures:
            position = Fraction(0)
            for event in measure.events:
                assert event.onset == position
                position += event.duration


def test_text_without_a_tune_gives_none_and_parse_tune_says_so():
    assert parse("hello\nworld").tunes == ()
    with pytest.raises(ValueError, match="no tune"):
        parse_tune("hello")


@pytest.mark.parametrize(
    ("music", "expected"),
    [
        ("m:~G2 = {A}G{F}G\nK:C\n~G2 C2|", [(0, 67), (1, 67), (2, 60)]),
        ("m:~n2 = n/o/n/m/\nK:C\n~c2 G,2|",
         [(0, 72), (Fraction(1, 2), 74), (1, 72), (Fraction(3, 2), 71), (2, 55)]),
        ("m:~n3 = n2o\nK:G\n~E3 ~E|", [(0, 64), (2, 66), (3, 64)]),
        ("K:C\nm:!x! = !trill!\n!x!C4|", [(0, 60)]),
    ],
)  # fmt: skip
def test_macros_are_written_out_where_they_are_called(music, expected):
    assert heard(f"X:1\nT:t\nM:4/4\nL:1/4\n{music}\n") == expected


def test_a_macros_notes_stand_where_it_is_called():
    text = "X:1\nL:1/4\nM:4/4\nm:~n2 = n/o/n/m/\nK:C\nA2 ~c2|\n"
    events = parse_tune(text).measures[0].events
    assert [event.span.of(text) for event in events] == ["A2", "~c2", "~c2", "~c2", "~c2"]
    assert [event.macro for event in events] == [False, True, True, True, True]


def test_a_user_symbol_is_the_decoration_that_it_stands_for():
    text = HEAD.replace("K:C", "U:T = !trill!\nU: W = !wedge!\nK:C") + "TC WD HE F|\n"
    events = parse_tune(text).measures[0].events
    assert [e.decorations for e in events] == [("!trill!",), ("!wedge!",), ("H",), ()]


def test_a_line_of_symbols_belongs_to_the_notes_above():
    text = HEAD + 'C D|E F|\ns: !f! * | "^slow" !p!\n'
    events = [e for m in parse_tune(text).measures for e in m.events]
    assert [e.decorations for e in events] == [("!f!",), (), ('"^slow"',), ("!p!",)]


def test_signs_and_words_before_a_barline_belong_to_it():
    text = HEAD + 'C4 !fermata!|"Am"C2 "^slow"D2 "D.C."|"^Fine"|E4 "G7"|F4|\n'
    measures = parse_tune(text).measures
    assert [(m.kind, m.text) for m in measures[0].marks] == [("decoration", "!fermata!")]
    assert [(m.kind, m.text) for m in measures[1].marks] == [("annotation", "D.C.")]
    assert [event.annotations for event in measures[1].events] == [(), ("^slow",)]
    assert measures[3].events[0].chord_symbol == "G7"  # a chord waits for its note


@pytest.mark.parametrize(
    ("music", "expected"),
    [
        ("C2 D2 & E4|F4|", [(0, 60), (0, 64), (2, 62), (4, 65)]),
        ("(& C4|D4 & E4|F4 &)|G4|", [(0, 60), (0, 64), (4, 62), (4, 65), (8, 67)]),
        ("C4|(& D4|E4 & F4|G4 &)|A4|", [(0, 60), (4, 62), (4, 65), (8, 64), (8, 67), (12, 69)]),
    ],
)
def test_overlays_of_one_measure_and_of_several(music, expected):
    assert heard(HEAD + music + "\n") == expected


@pytest.mark.parametrize(
    ("music", "endings"),
    [
        ("|:C4|[1 D4:|[2 E4|]", [(), (1,), (2,)]),
        ("|:C4|1,3 D4:|2 E4:|", [(), (1, 3), (2,)]),
        ("|:C4|[1-3 D4:|[4 E4|]", [(), (1, 2, 3), (4,)]),
        ("|:C4|\\\n1 D4:|2 E4|]", [(), (1,), (2,)]),
    ],
)
def test_endings_name_their_turns(music, endings):
    assert [m.ending for m in parse_tune(HEAD + music + "\n").measures] == endings


def test_an_inline_field_ends_before_the_next_barline():
    tune = parse_tune(HEAD + "[V:1 C4|D4|[V:2] E4|F4|]\n")
    assert [mark.text for mark in tune.unknown] == ["["]
    assert parse_tune(HEAD + "[M:C|]C4|\n").measures[0].meter.text == "C|"
