"""Voices under a melody: faults by small worked examples, choirs, second voices, accompaniments."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abc_tools.chords import parse_chord
from abc_tools.edit import add_bass, add_choir, add_second_voice, select
from abc_tools.edit.added_voices import PATTERNS
from abc_tools.parse import parse_tune
from abc_tools.text import Edit, apply
from abc_tools.tune import Tune
from abc_tools.validate import errors
from abc_tools.voice_leading import SENTENCES, Fault, voice_leading
from tests.abc_tools.strategies import songs, tunes

HEAD = "X:1\nM:4/4\nL:1/4\nK:C\n"


def score(*parts: str, names: tuple[str, ...] = ()) -> str:
    text = HEAD
    for n, part in enumerate(parts):
        name = f' name="{names[n]}"' if names else ""
        text += f"V:{n + 1}{name}\n{part}\n"
    return text


def kinds(*parts: str, names: tuple[str, ...] = ()) -> list[str]:
    return [f.kind for f in voice_leading(parse_tune(score(*parts, names=names)))]


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (("G2A2|]", "C2D2|]"), "parallel-fifths"),
        (("c2d2|]", "C2D2|]"), "parallel-octaves"),
        (("C2D2|]", "C2D2|]"), "parallel-unisons"),
        (("E2A2|]", "C2D2|]"), "hidden-fifths"),
        (("A2d2|]", "C2D2|]"), "hidden-octaves"),
        (("E2C2|]", "C2D2|]"), "crossing"),
        (("E2A2|]", "C2F2|]"), "overlap"),
        (("f4|]", "C4|]", "A,4|]"), "spacing"),
        (("B2c2|]", "B,,2C,2|]"), "parallel-octaves"),
        (("B2A2|]", "G,2C,2|]"), "leading-tone"),
        (("F2G2|]", "D2C2|]", "B,2C2|]", "G,2C,2|]"), "seventh"),
        (("B2c2|]", "D2E2|]", "B,2C2|]", "G,2C,2|]"), "doubled-leading-tone"),
        (("F2^G2|]", "C2C2|]"), "leap-augmented"),
        (("C2d2|]", "A,2A,2|]"), "leap-wide"),
    ],
)
def test_a_fault_is_found(parts, kind):
    assert kind in kinds(*parts)


def test_what_is_no_fault():
    assert kinds("E2D2|]", "C2B,2|]") == []
    assert kinds("c2c2|]", "G2G2|]", "E2F2|]", "C,2A,,2|]") == []
    assert kinds("B2c2|]", "F2E2|]", "D2C2|]", "G,2C,2|]") == []
    assert "seventh" not in kinds("F2D2|]", "D2F2|]", "B,2B,2|]", "G,2G,2|]")


def test_ranges_go_by_name_or_by_place():
    assert kinds("g4|]", "c'4|]", names=("Soprano", "Alto")) == ["crossing", "range"]
    assert "range" in kinds("c4|]", "G4|]", "E4|]", "C,,4|]")
    assert "range" not in kinds("c4|]", "C,,4|]")


def test_faults_are_said_with_bars_and_names():
    tune = parse_tune(score("G4|A4|]", "C4|D4|]", names=("Flute", "Horn")))
    (fault,) = voice_leading(tune)
    assert fault == Fault("parallel-fifths", (1, 2), ("Flute", "Horn"))
    assert fault.sentence == "Flute and Horn move in parallel fifths from bar 1 to 2."
    assert all(text.endswith(".") and "{at}" in text for text in SENTENCES.values())


def test_one_voice_has_no_voice_leading():
    with pytest.raises(ValueError, match="two to four voices; this tune has 1"):
        voice_leading(parse_tune(HEAD + "CDEF|]\n"))


ODE = HEAD.replace("K:C", "K:G") + "BBcd|dcBA|GGAB|B>AA2|\nBBcd|dcBA|GGAB|A>GG2|]\n"
FORM = (
    "X:1\nM:3/4\nL:1/8\nQ:1/4=90\nK:Am\n"
    'E2|:"Am"A2 (3cBA c2|"Dm"[df]4 z2|"E7"e2>d2 ^c2-|1 "Am"c4 E2:|2 "Am"A6|]\n'
)


def edited(text: str, edits: list[Edit]) -> Tune:
    new = parse_tune(apply(text, edits))
    assert not errors(new)
    return new


def alike(new: Tune, old: Tune) -> None:
    """The melody is as it was, and every voice is as long as it, bar by bar, with its repeats."""
    first = old.voices[0]
    assert [e.midi for e in new.voices[0].events] == [e.midi for e in first.events]
    for voice in new.voices:
        assert [(m.number, m.duration, m.ending) for m in voice.measures] == [
            (m.number, m.duration, m.ending) for m in first.measures
        ]
        assert [[b.text for b in m.before] for m in voice.measures] == [
            [b.text for b in m.before] for m in first.measures
        ]


@pytest.mark.parametrize("text", [ODE, FORM])
def test_a_choir_has_four_voices_without_faults(text):
    old = parse_tune(text)
    new = edited(text, add_choir(old))
    alike(new, old)
    assert [v.id for v in new.voices] == ["S", "A", "T", "B"]
    assert "%%score [(S A) (T B)]\n" in new.source
    hard = {"parallel-fifths", "parallel-octaves", "parallel-unisons", "crossing", "spacing"}
    assert not hard & {f.kind for f in voice_leading(new)}


def test_a_choir_sings_the_chords_that_stand_there():
    text = HEAD + '"C"c4|"F"A4|"G7"B4|"C"c4|]\n'
    new = edited(text, add_choir(parse_tune(text)))
    for index, name in enumerate(("C", "F", "G7", "C")):
        chord = parse_chord(name)
        assert chord is not None
        sung = {p % 12 for v in new.voices for p in v.measures[index].events[0].midi}
        assert {chord.root_class, (chord.root_class + 4) % 12} <= sung <= chord.pitch_classes
    assert new.voices[3].measures[3].events[0].midi[0] % 12 == 0
    assert voice_leading(new) == []


def test_a_choir_of_some_bars_rests_in_the_others():
    old = parse_tune(ODE)
    new = edited(ODE, add_choir(old, select(old, 2, 3)))
    for voice in new.voices[1:]:
        assert [any(e.notes for e in m.events) for m in voice.measures] == [
            n in (1, 2) for n in range(8)
        ]


def test_what_no_choir_can_sing_is_refused():
    low = HEAD + "C,,D,,E,,F,,|]\n"
    with pytest.raises(ValueError, match="too low for three voices"):
        add_choir(parse_tune(low))
    with pytest.raises(ValueError, match="made from one voice"):
        add_choir(parse_tune(score("CDEF|]", "EFGA|]")))
    with pytest.raises(ValueError, match="no notes"):
        add_choir(parse_tune(HEAD + "z4|]\n"))


def test_a_second_voice_goes_in_thirds_or_sixths():
    text = HEAD + '"C"EFGE|"G7"FED2|"C"EGE2|]\n'
    old = parse_tune(text)
    new = edited(text, add_second_voice(old))
    alike(new, old)
    assert 'V:2 clef=treble name="Second voice"\nCDEC|' in new.source
    above = edited(text, add_second_voice(old, "sixth", True))
    assert all(
        high.midi[0] > low.midi[0]
        for low, high in zip(above.voices[0].events, above.voices[1].events, strict=True)
    )


@given(st.one_of(songs(), tunes()), st.sampled_from(("third", "sixth")), st.booleans())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_a_second_voice_has_the_rhythm_of_the_melody(text, interval, above):
    old = parse_tune(text)
    new = edited(text, add_second_voice(old, interval, above))
    one, other = new.voices[0], new.voices[-1]
    assert [(bool(e.notes), e.duration) for e in one.events] == [
        (bool(e.notes), e.duration) for e in other.events
    ]
    for a, b in zip(one.events, other.events, strict=True):
        if a.notes and above:
            assert b.midi[0] >= max(a.midi)


@given(tunes())
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_a_choir_fits_any_melody_or_is_refused_in_a_sentence(text):
    old = parse_tune(text)
    try:
        edits = add_choir(old)
    except ValueError as refusal:
        assert str(refusal).endswith((".", "?"))
        return
    alike(edited(text, edits), old)


@given(songs(), st.sampled_from(PATTERNS))
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_every_accompaniment_is_as_long_as_the_melody(text, pattern):
    old = parse_tune(text)
    try:
        edits = add_bass(old, pattern)
    except ValueError as refusal:
        assert str(refusal).endswith((".", "?"))
        return
    new = edited(text, edits)
    assert [m.duration for m in new.voices[-1].measures] == [
        m.duration for m in old.voices[0].measures
    ]


@pytest.mark.parametrize(
    ("meter", "music", "pattern", "bars"),
    [
        ("3/4", '"C"c6|"G"d6|]', "oompah", "C,2[E,G,]2[E,G,]2|G,,2"),
        ("6/8", '"C"c6|"G"d6|]', "oompah", "C,2[E,G,]G,2[E,G,]|G,,2"),
        ("4/4", '"C"c8|"G"d8|]', "alberti", "C,G,E,G,C,G,E,G,|"),
        ("6/8", '"C"c6|"G"d6|]', "alberti", "C,E,G,C,E,G,|"),
        ("4/4", '"C"c8|"G"d8|]', "held", "[C,E,G,]8|"),
        ("4/4", '"C"c8|"F"f8|]', "walking", "C,2E,2G,2"),
    ],
)
def test_accompaniments_follow_the_meter(meter, music, pattern, bars):
    text = f"X:1\nM:{meter}\nL:1/8\nK:C\n{music}\n"
    new = edited(text, add_bass(parse_tune(text), pattern))
    assert new.source.splitlines()[-1].startswith(bars), new.source


def test_lines_break_where_those_of_the_melody_do():
    text = HEAD + '"C"CDEF|"G"GA\nBd|"C"c4|\n"C"c4|"C"c4|]\n'
    old = parse_tune(text)
    for edits in (add_bass(old, "root"), add_second_voice(old), add_choir(old)):
        new = edited(text, edits)
        lines = [line for line in new.source.splitlines() if "|" in line and ":" not in line]
        counts = [line.count("|") for line in lines if not line.startswith("%")]
        assert counts == [1, 2, 2] * (len(new.voices))
    assert "-\n" in edited(text, add_choir(old)).source
