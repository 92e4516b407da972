"""Requests completed to plans: what is asked, what is allowed, what is settled."""

import random
import re

import pytest

from abc_tools.canonical import canonical
from abc_tools.lyrics import split_syllables
from abc_tools.parse import parse_tune
from abc_tools.theory import parse_key
from abc_tools.validate import errors
from lm.plan import (
    chord_symbols,
    complete,
    fill_targets,
    plan_continue,
    plan_fill,
    plan_melody,
    plan_tune,
    plan_voices,
    plan_words,
    read_sections,
    scale_pitches,
    write_section_specs,
)
from lm.reading import read_piece
from lm.spelling import write_piece
from tests.lm.test_grammar import byte_tokens, walk
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


# ------------------------------------------------------------------------- voices, chords, words, rest
def drawn(plan, seed=1):
    """A random text of a plan's grammar."""
    return walk(byte_tokens(), plan.grammar, random.Random(seed), limit=30000)


def test_endings_are_read_and_written():
    sections = read_sections("|:A8/1:| |:B8/2:| C4")
    assert [s.endings for s in sections] == [1, 2, 0]
    assert write_section_specs(sections) == "|:A8/1:| |:B8/2:| C4"
    for wrong in ("A8/1", "|:A8/8:|", "|:A8/0:|"):
        with pytest.raises(ValueError, match="sections"):
            read_sections(wrong)


def test_a_choir_has_four_voices_in_their_ranges():
    plan = plan_tune("", {"voices": "SATB", "key": "D minor", "rhythm": "hymn", "bars": "8"}, 3)
    assert "\nvoices: 4" in plan.messages[0]["content"]
    tune = parse_tune(drawn(plan))
    assert errors(tune) == [] and len(tune.voices) == 4
    notes = [
        [n.written for m in v.measures for e in m.events for n in e.notes] for v in tune.voices
    ]
    for own, (low, high) in zip(notes, ((28, 39), (25, 35), (22, 32), (15, 29)), strict=True):
        assert low <= min(p.diatonic for p in own) and max(p.diatonic for p in own) <= high


def test_a_progression_is_played_bar_by_bar():
    asked = {"progression": "Am F|C G", "key": "A minor", "meter": "4/4", "sections": "A4"}
    plan = plan_tune("", asked | {"pickup": "none"}, 1)
    bars = [
        [e.chord_symbol for e in m.events if e.chord_symbol]
        for m in parse_tune(drawn(plan)).measures
    ]
    assert bars == [["Am", "F"], ["C", "G"], ["Am", "F"], ["C", "G"]]


@pytest.mark.parametrize(
    ("properties", "word"),
    [
        ({"progression": "Am X? C"}, "X"),
        ({"progression": "C D E F G"}, "|"),
        ({"voices": "9"}, "voices"),
        ({"words": "fr"}, "words"),
        ({"chromatic": "all"}, "chromatic"),
        ({"notes": "short"}, "notes"),
        ({"range": "C"}, "range"),
    ],
)
def test_new_properties_that_cannot_be_read_are_named(properties, word):
    if word == "|":
        properties = {"progression": "C D E F G|C", "meter": "4/4"}
        word = "more chords"
    with pytest.raises(ValueError, match=word):
        plan_tune("", properties, 1)


def test_more_notes_outside_the_scale_are_an_option():
    key = parse_key("G major")
    assert not [p for p in scale_pitches(key, "G", "g") if p[0] in "^_="]
    some = scale_pitches(key, "G", "g", more=True)
    assert {"^c", "=c", "=f", "^f", "_B", "=B"} <= set(some)


def test_a_fill_keeps_a_tie_into_the_gap_and_out_of_it():
    text = "X:1\nT:t\nM:4/4\nL:1/8\nQ:1/4=100\nK:G\nG2 A2 B4-|B8|c8|d4 d4-|\nd8|c8|B8|G8|]\n"
    plan = plan_fill(parse_tune(text), 2, 4)
    for seed in range(5):
        first, *_, last = drawn(plan, seed).split("|")
        assert first.removeprefix("(3").startswith("B") and last.endswith("-")
        filled = text.replace("B8|c8|d4 d4-", drawn(plan, seed), 1)
        assert errors(parse_tune(filled)) == []


def test_one_voice_of_several_is_filled_in_its_range():
    plan = plan_tune("", {"voices": "2", "key": "G major", "meter": "4/4", "sections": "A8"}, 1)
    text = drawn(plan)
    tune = parse_tune(text)
    fill = plan_fill(tune, 2, 3, voice=1)
    assert fill.messages[0]["content"].count("[...]") == 2
    target = fill_targets(tune, 2, 3, 1)
    assert all(m in tune.voices[1].measures for m in target)
    new = drawn(fill).split("|")
    assert len(new) == 2
    with pytest.raises(ValueError, match="no bars"):
        fill_targets(tune, 2, 3, 5)


def test_a_tune_goes_on_as_it_was_to_be():
    asked = {"sections": "|:A8/1:| |:B8:|", "key": "G major", "meter": "6/8", "rhythm": "jig"}
    text = drawn(plan_tune("", asked | {"pickup": "1/8"}, 1))
    begun = text[: [m.end() for m in re.finditer(r"(?<!:)\|", text[text.index("|:") :])][3]]
    begun = text[: text.index("|:") + len(begun)]
    plan = plan_continue(parse_tune(begun), properties=asked, seed=1)
    assert "task: continue" in plan.messages[0]["content"]
    whole = parse_tune(begun + drawn(plan))
    assert errors(whole) == [] and whole.bar_count == parse_tune(text).bar_count
    with pytest.raises(ValueError, match="does not begin"):
        plan_continue(parse_tune(text), properties={"sections": "A4 B4"}, seed=1)


def test_words_and_voices_for_a_given_tune():
    text = drawn(plan_tune("", {"sections": "|:A4:| B4", "key": "F major", "meter": "3/4"}, 5))
    tune = parse_tune(text)
    ask = plan_words(tune, "zh")
    lines = drawn(ask).split("\n")
    notes = [sum(bool(e.notes) for m in tune.measures[i : i + 4] for e in m.events) for i in (0, 4)]
    assert [len(split_syllables(line[2:])) for line in lines] == notes
    below = drawn(plan_voices(tune, 4))
    assert below.startswith("P:A\n[V:2]|:") and below.count("[V:4]") == text.count(
        "|\n"
    ) + text.count("|]\n")
    with pytest.raises(ValueError, match="voices 3"):
        plan_voices(tune, 3)


def test_a_melody_to_words():
    words = "Amazing grace, how sweet the sound\n我爱你中国"
    plan = plan_melody(words, properties={"key": "F major", "meter": "3/4"}, seed=1)
    text = drawn(plan)
    assert "w:A-maz-ing grace, how sweet the sound\n" in text and "w:我 爱 你 中 国\n" in text
    assert errors(parse_tune(text)) == []
    with pytest.raises(ValueError, match="no words"):
        plan_melody(" \n")
