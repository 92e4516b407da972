"""Changes made of several edits, requirements read lately, and advice to players: worked examples."""

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.explain import answer, read_question
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from chat.understand.wishes import read
from lm.generate import load_backend
from tests.chat.test_guess import ABC, TUNE


@pytest.fixture(scope="module")
def backend():
    return load_backend({"backend": "embedded"})


def changed(message, backend):
    *_, reply = respond(Session(), message, backend=backend, abc=ABC, seed=1)
    assert isinstance(reply, Reply) and reply.changed
    tune = parse_tune(reply.abc)
    assert not errors(tune)
    return tune


def test_a_slowing_end_has_a_tempo_for_each_bar(backend):
    tune = changed("a ritardando in the last two bars", backend)
    tempi = [m.tempo.bpm for m in tune.measures if m.number in (15, 16) and m.tempo]
    assert len(tempi) == 2 and 120 > tempi[0] > tempi[1]
    assert '"^rit."' in tune.source


def test_a_swell_grows_to_its_peak_and_dies_away(backend):
    tune = changed("Start soft, swell up to bar 12, then die away to nothing.", backend)
    signs = [(m.number, d) for m in tune.measures for e in m.events for d in e.decorations]
    assert [n for n, d in signs if "<" in d] == [1, 12] and [n for n, d in signs if ">" in d] == [
        13,
        16,
    ]


def test_one_chord_for_another_wherever_it_stands(backend):
    tune = changed("my ukulele hates Bm, swap it for G everywhere", backend)
    names = [e.chord_symbol for m in tune.measures for e in m.events if e.chord_symbol]
    assert "Bm" not in names and len(names) == 17


def test_a_second_voice_rests_outside_its_bars(backend):
    tune = changed("add a second voice in thirds, only in the B part", backend)
    assert [m.number for m in tune.voices[1].measures if any(e.notes for e in m.events)] == list(
        range(9, 17)
    )


def test_the_melody_doubled_an_octave_below(backend):
    tune = changed("double the melody an octave lower", backend)
    upper, lower = ([n for m in v.measures for e in m.events for n in e.midi] for v in tune.voices)
    assert [n - 12 for n in upper] == lower


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("where should I breathe?", "breathing"), ("how should I practise this?", "practice"),
        ("what bowing would you use?", "bowing"), ("what scale could I improvise with?", "improvise"),
        ("哪个音最多？", "commonest"), ("what interval is the leap in bar 4?", "interval here"),
    ],
)  # fmt: skip
def test_players_are_answered_from_computed_facts(message, topic):
    question = read_question(message, TUNE)
    assert question is not None and question.topic == topic
    found = answer(question, TUNE, "en")
    assert found.facts and all(fact.bars for fact in found.facts)


def test_the_interval_over_a_barline():
    question = read_question(
        "what is the interval between the last note of bar 4 and the first of bar 5", TUNE
    )
    assert "A4 to D5" in answer(question, TUNE, "en").text


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        ("a waltz, first half in E minor, second half in G major", "modulation", "relative"),
        ("a lullaby in Eb, pianissimo throughout", "dynamic", "pp"),
        ("a round with words about bread", "lyrics", "yes"),
        ("a uke song with only C F and G7", "chords", "C F G7"),
        ("a tune for two recorders", "voices", "2"),
        ("a song with only do re mi so la", "scale", "pentatonic"),
    ],
)
def test_wishes_for_a_new_tune(message, name, value):
    assert read(message).values[name] == value


def test_a_higher_second_part_is_no_second_voice():
    assert "voices" not in read("a slip jig, second part higher than the first").values
