"""Voices under a melody: faults by small worked examples, choirs, second voices, accompaniments."""

import pytest

from abc_tools.parse import parse_tune
from abc_tools.voice_leading import SENTENCES, Fault, voice_leading

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
