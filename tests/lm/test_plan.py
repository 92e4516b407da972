"""Requests completed to plans: what is asked, what is allowed, what is settled."""

import pytest

from abc_tools.canonical import canonical
from abc_tools.parse import parse_tune
from abc_tools.theory import parse_key
from lm.reading import read_piece
from lm.plan import (
    chord_symbols,
    complete,
    plan_fill,
    plan_tune,
    read_sections,
    scale_pitches,
    write_section_specs,
)
from lm.spelling import write_piece
from tests.lm.tunes import JIG


def test_the_same_seed_settles_the_same_things():
    assert complete({}, 5) == complete({}, 5)
    assert len({complete({}, seed)["key"] for seed in range(40)}) > 4


def test_what_was_asked_is_never_changed():
    asked = {"key": "E minor", "meter": "3/4", "tempo": "90", "pickup": "1/4", "chords": "yes"}
    done = complete(asked, 1)
    assert {name: done[name] for name in asked} == asked


@pytest.mark.parametrize(
    ("properties", "sections"),
    [
        ({"rhythm": "jig"}, "|:A8:| |:B8:|"),
        ({"rhythm": "jig", "bars": "32"}, "|:A8:| |:B8:| |:C8:| |:D8:|"),
        ({"rhythm": "song", "bars": "8"}, "A8"),
        ({"rhythm": "reel", "bars": "8"}, "|:A4:| |:B4:|"),
        ({"bars": "12"}, "A12"),
        ({"bars": "20"}, "A8 B8 C4"),
        ({"bars": "17"}, "A8 B9"),
        ({"bars": "3"}, "A3"),
    ],
)
def test_usual_forms(properties, sections):
    done = complete(properties, 1)
    assert done["sections"] == sections
    assert done["bars"] == properties.get("bars", "16")


@pytest.mark.parametrize("text", ["A", "|:A8", "A0", "A8,B8", "", "A999"])
def test_forms_that_cannot_be_read_are_named(text):
    with pytest.raises(ValueError, match="sections"):
        read_sections(text)


def test_forms_are_written_as_they_are_read():
    assert write_section_specs(read_sections("|:A8:| B4")) == "|:A8:| B4"


@pytest.mark.parametrize(
    ("properties", "word"),
    [
        ({"key": "H major"}, "key"),
        ({"bars": "0"}, "bars"),
        ({"range": "low high"}, "note"),
        ({"meter": "5/7"}, "5/7"),
    ],
)
def test_properties_that_cannot_be_read_are_named(properties, word):
    with pytest.raises(ValueError, match=word):
        plan_tune("", properties, 1)


def test_chords_of_a_key_are_spelled_in_it():
    assert chord_symbols(parse_key("Bb major"))[:4] == ("Bb", "Eb", "F", "F7")
    assert chord_symbols(parse_key("F# minor"))[0] == "F#m"


def test_pitches_of_a_key_hold_its_leading_note():
    pitches = scale_pitches(parse_key("A minor"), "E", "a")
    assert "^G" in pitches and "=G" in pitches and "B" in pitches and "D" not in pitches
    assert not [p for p in scale_pitches(parse_key("F major"), "F", "f") if p[0] in "^_="]


def test_messages_carry_the_words_and_the_settled_properties():
    plan = plan_tune("A jig, please", {"rhythm": "jig", "key": "D major", "chords": "yes"}, 2)
    content = plan.messages[0]["content"]
    assert content.startswith("A jig, please\n\ntitle: ")
    assert "\nrhythm: jig\nkey: D major\nmeter: 6/8\n" in content
    assert plan.spec.sections[-1].finals == ("D", "d")
    assert plan.spec.sections[-1].cadence == ("D",)


def test_sections_that_come_again_are_copied():
    plan = plan_tune(
        "", {"sections": "A2 A2 B2 A2", "key": "C major", "meter": "4/4", "pickup": "none"}, 1
    )
    assert [s.label for s in plan.spec.sections] == ["A", "B"]
    written = "X:1\nK:C\nP:A\nC8|D8||\nP:B\nE8|C8|]\n"
    assert (
        plan.finish(written) == "X:1\nK:C\nP:A\nC8|D8||\nP:A\nC8|D8||\nP:B\nE8|C8||\nP:A\nC8|D8|]\n"
    )
    single = plan_tune(
        "", {"sections": "A2 A2", "key": "C major", "meter": "4/4", "pickup": "none"}, 1
    )
    assert single.finish("X:1\nK:C\nC8|D8|]\n") == "X:1\nK:C\nP:A\nC8|D8||\nP:A\nC8|D8|]\n"


def test_a_fill_keeps_the_length_of_every_measure():
    tune = parse_tune(canonical(parse_tune(write_piece(read_piece(JIG), 112))))
    plan = plan_fill(tune, 7, 8, "change the end of the first part")
    content = plan.messages[0]["content"]
    assert content.count("[...]") == 2, "the pickup of the next part leads on and stays"
    assert "fill: 7-8" in content and "key: G major" in content and "chords: yes" in content
    assert "|[...]|[...]:|\nP:B\n|:d|" in content


def test_bars_that_do_not_exist_are_named():
    tune = parse_tune(JIG)
    with pytest.raises(ValueError, match="bars 40 to 41"):
        plan_fill(tune, 40, 41)


def test_a_chord_is_said_once_in_a_bar():
    plan = plan_tune("", {"sections": "A2", "key": "C major", "meter": "4/4"}, 1)
    text = 'X:1\nT:"C" "C"\nK:C\n"C"C4 "C"E4|"C"C2 "G"D2 "C"E4|"C"C8|]\n'
    clean = 'X:1\nT:"C" "C"\nK:C\n"C"C4 E4|"C"C2 "G"D2 "C"E4|"C"C8|]\n'
    assert plan.finish(text) == clean
