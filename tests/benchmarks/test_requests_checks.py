"""Every check of the requests accepts a right example and rejects a wrong one; the data is well formed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from abc_tools.parse import parse
from benchmarks.conversation import Outcome, report, wilson
from benchmarks.requests import KINDS, REQUESTS, load
from benchmarks.requests.checks import CHECKS, Turn, dishonest, judge


def tune(
    body: str, key: str = "C", *, meter: str = "4/4", unit: str = "1/4", head: str = ""
) -> str:
    """A small tune with this body."""
    return f"X:1\nT:Test\nM:{meter}\nL:{unit}\n{head}K:{key}\n{body}\n"


def turn(
    after: str | None = None,
    before: str | None = None,
    said: str = "Done.",
    past: tuple[str | None, ...] = (),
    **reply: Any,
) -> Turn:
    """A turn with these texts on both sides."""
    return Turn("", "en", before, after, {"reply": said, "abc": after} | reply, past)


def edit(before: str, after: str) -> Turn:
    """A turn that made one tune into another."""
    return turn(after, before)


SCALE = tune("CDEF|GABc|]")
UP = tune("DE^FG|AB^cd|]")
FOUR = tune("CDEF|GABc|cBAG|FEDC|]")
CHORDS = tune('"C"CDEF|"F"FGAF|"G"GABG|"C"C4|]')
SONG = tune("C2D2|E4|]\nw: win-ter sky")
CHINESE = tune("C2D2|E4|]\nw: 春 天 来")
DUET = tune("V:1\nCDEF|G4|]\nV:2\nC,4|G,4|]")
ORNAMENTED = tune("~CDEF|G4|]")
PLAIN = tune("CDEF|G4|]")
LOUD = tune("!f!CDEF|G4|]")
PARTS = tune("P:Verse\nCDEF|G4|\nP:Bridge\nFEDC|C4|]")
RONDO = tune("C4|D4|C4|E4|C4|]")
PICKUP = tune("C|DEFG|A3|]")
REPEATED = tune("|:CDEF|GABc:|")
TWO = SCALE + "\n" + UP.replace("X:1", "X:2")
THREE_QUARTERS = tune("CDE|FGA|]", meter="3/4")
MARCH = tune("CDEF|GABc|]", head="Q:1/4=120\n")
SLOW = tune("CDEF|GABc|]", head="Q:1/4=60\n")
BASS_SECOND = DUET
BASS_FIRST = tune("V:1\nC,4|G,4|]\nV:2\nCDEF|G4|]")

NONSENSE = Turn(
    "",
    "en",
    None,
    None,
    {"reply": "What? I do not know."},
    (),
    "",
    frozenset({"What?", "I do not know."}),
)

EXAMPLES: dict[str, tuple[Any, Turn, Turn]] = {
    # words of the reply
    "says": (["raise"], turn(said="It is raised."), turn(said="It is praised.")),
    "says_all": ([["I"], ["V7"]], turn(said="I, then V7."), turn(said="I, then V.")),
    "not_says": (["D major"], turn(said="C major"), turn(said="In **D major**.")),
    "reply_language": ("zh", turn(said="第5小节改了。"), turn(said="I changed bar 5.")),
    "changed": (True, edit(SCALE, UP), edit(SCALE, SCALE)),
    "asks": (True, turn(SCALE, SCALE, "Which bars?"), turn(UP, SCALE, "Better?")),
    "answers": (True, turn(said="Thank you."), NONSENSE),
    "declines": (True, turn(None, None, "No such key."), turn(SCALE, None, "Here.")),
    "graceful": (True, turn(None, None, "Hello."), turn(None, None, "KeyError: 'x'")),
    "valid_bars": (True, turn(SCALE), turn(tune("CDEFG|GABc|]"))),
    "tune": (True, turn(SCALE), turn(tune("z4|]"))),
    "not_in_abc": ("<script", turn(SCALE), turn(SCALE.replace("Test", "<script>"))),
    "reply_no_tag": ("img", turn(said="`<img src=x>`"), turn(said="<img src=x>")),
    # pitches
    "key": ("C major", turn(SCALE), turn(tune("^C^D^F^G|^AB^cd|]"))),
    "key_in": (["G major", "C major"], turn(SCALE), turn(tune("DEFG|]", "D"))),
    "key_not": ("C major", turn(tune("GABd|]", "G")), turn(SCALE)),
    "mode": ("minor", turn(tune("ABcd|]", "Am")), turn(SCALE)),
    "scale": ("harmonic minor", turn(tune("A^GEA|]", "Am")), turn(tune("AGEA|]", "Am"))),
    "pentatonic": ("D yu", turn(tune("FGAD|]", "Dm")), turn(tune("EGAD|]", "Dm"))),
    "no_accidentals": (True, turn(tune("DEFG|]", "D")), turn(tune("D^GFG|]", "D"))),
    "sharps": ([5, 7], turn(tune("B4|]", "B")), turn(SCALE)),
    "within": (["C4", "C5"], turn(SCALE), turn(UP)),
    "fits": ("violin", turn(SCALE), turn(tune("C,,DEF|]"))),
    "ambitus": ([10, 14], turn(SCALE), turn(tune("CDEF|]"))),
    "leap_max": (5, turn(SCALE), turn(tune("CGcC|]"))),
    "no_repeated_notes": (True, turn(SCALE), turn(tune("CCDE|]"))),
    "notes_only": (["C", "E", "G"], turn(tune("CEGc|]")), turn(SCALE)),
    "notes_without": (["F"], turn(tune("CEGc|]")), turn(SCALE)),
    "ends_note": ("tonic", turn(SCALE), turn(tune("CDEF|]"))),
    "last_note_has": ("G#", turn(tune("EGB2|^G4|]", "Em")), turn(tune("EGB2|G4|]", "Em"))),
    # shape
    "meter": ("C", turn(SCALE), turn(THREE_QUARTERS)),
    "meter_in": (["2/4", "4/4"], turn(SCALE), turn(THREE_QUARTERS)),
    "meter_not": (["3/4"], turn(SCALE), turn(THREE_QUARTERS)),
    "bars": (4, turn(REPEATED), turn(THREE_QUARTERS)),
    "tempo": (120, turn(MARCH), turn(SCALE)),
    "title_is": ("test", turn(SCALE), turn(SCALE.replace("Test", "A test"))),
    "clef": ("treble", turn(SCALE), turn(tune("CDEF|]", "C clef=bass"))),
    "title": ("tes", turn(SCALE), turn(SCALE.replace("Test", "Other"))),
    "pickup": (True, turn(PICKUP), turn(SCALE)),
    "lengths": (["1/4"], turn(SCALE), turn(tune("C2DE|]"))),
    "shortest": ("1/4", turn(SCALE), turn(tune("C/D/DEF|]"))),
    "longest": ("1/2", turn(tune("C2D2|]")), turn(tune("C4-|C4|]"))),
    "notes_per_bar": (1, turn(RONDO), turn(SCALE)),
    "voices": (2, turn(DUET), turn(SCALE)),
    "instrument": (
        "flute",
        turn(tune('V:1 name="Flute"\nCDEF|]')),
        turn(tune('V:1 name="Cello"\nCDEF|]')),
    ),
    "repeats": (True, turn(REPEATED), turn(SCALE)),
    "form": ("ABACA", turn(RONDO), turn(tune("C4|D4|C4|E4|F4|]"))),
    "sections": (["verse", "bridge"], turn(PARTS), turn(SCALE)),
    "section_length": (["bridge", 2], turn(PARTS), turn(PARTS.replace("C4|]", "C4|C4|]"))),
    "lyrics": (True, turn(SONG), turn(SCALE)),
    "words": (["winter"], turn(SONG), turn(CHINESE)),
    "words_not": (["winter"], turn(CHINESE), turn(SONG)),
    "words_language": ("zh", turn(CHINESE), turn(SONG)),
    "verses": (2, turn(SONG + "w: sum-mer sky\n"), turn(SONG)),
    "tunes": (2, turn(TWO), turn(SCALE + "\n" + SCALE.replace("X:1", "X:2"))),
    # chord symbols
    "chords": (True, turn(CHORDS), turn(SCALE)),
    "chords_only": (["I", "IV", "V"], turn(CHORDS), turn(CHORDS.replace('"F"', '"Dm"'))),
    "chords_used": (["F", "G"], turn(CHORDS), turn(CHORDS.replace('"F"', '"Fm"'))),
    "progression": (["C", "F", "G"], turn(CHORDS), turn(CHORDS.replace('"F"', '"G"'))),
    "ends_chord": (["I"], turn(CHORDS), turn(CHORDS.replace('"C"C4', '"G7"D4'))),
    "chord_at": ([3, "V"], turn(CHORDS), turn(CHORDS.replace('"G"', '"Am"'))),
    "chord_in": ([2, "F"], turn(CHORDS), turn(CHORDS.replace('"F"', '"Bb"'))),
    "chords_changed": (
        [2, 2],
        edit(CHORDS, CHORDS.replace('"F"', '"Dm"')),
        edit(CHORDS, CHORDS.replace('"G"', '"G7"')),
    ),
    "sevenths": (True, turn(CHORDS.replace('"G"', '"G7"')), turn(CHORDS)),
    "blues_chords": ("C", turn(CHORDS), turn(CHORDS.replace('"F"', '"G"'))),
    # edits
    "transposed": ([2, -10], edit(SCALE, UP), edit(SCALE, tune("DE^FG|ABcd|]"))),
    "transposed_in": (
        [2, 2, 12],
        edit(SCALE, tune("CDEF|gabc'|]")),
        edit(SCALE, tune("CDEF|gabc|]")),
    ),
    "transposed_in_from_start": (
        [2, 2, 12],
        turn(tune("CDEF|gabc'|]"), tune("cdef|GABc|]"), past=(SCALE,)),
        turn(tune("cdef|gabc'|]"), tune("cdef|GABc|]"), past=(SCALE,)),
    ),
    "voice_transposed": (
        ["2", -12],
        edit(DUET, DUET.replace("C,4|G,4", "C,,4|G,,4")),
        edit(DUET, DUET.replace("CDEF", "C,D,E,F,")),
    ),
    "rhythm_kept": (True, edit(SCALE, UP), edit(SCALE, tune("C2EF|GABc|]"))),
    "melody_kept": (True, edit(SCALE, MARCH), edit(SCALE, UP)),
    "all_melodies_kept": (True, edit(DUET, DUET), edit(DUET, DUET.replace("C,4", "D,4"))),
    "same_notes_as": ("start", turn(MARCH, UP, past=(SCALE, UP)), turn(UP, UP, past=(SCALE, UP))),
    "same_as": (1, turn(UP, SCALE, past=(SCALE, UP)), turn(MARCH, SCALE, past=(SCALE, UP))),
    "outside": ([2, 2], edit(SCALE, tune("CDEF|G4|]")), edit(SCALE, tune("CDEG|G4|]"))),
    "changed_in": ([2, 2], edit(SCALE, tune("CDEF|G4|]")), edit(SCALE, tune("C4|GABc|]"))),
    "voice_changed_in": (
        ["2", 2],
        edit(DUET, DUET.replace("G,4", "D,4")),
        edit(DUET, DUET.replace("C,4", "D,4")),
    ),
    "voices_same": (
        ["1"],
        edit(DUET, DUET.replace("G,4", "D,4")),
        edit(DUET, DUET.replace("CDEF", "CDEG")),
    ),
    "voice_kept": (1, edit(PLAIN, DUET), edit(SCALE, DUET)),
    "second_below": (True, turn(BASS_SECOND), turn(BASS_FIRST)),
    "voice_notes": ([2, ["C", "G"]], turn(DUET), turn(DUET.replace("G,4", "F,4"))),
    "bars_are": ([2, "*", 1], edit(SCALE, tune("GABc|E4|CDEF|]")), edit(SCALE, SCALE)),
    "bars_delta": ([2, 2], edit(SCALE, FOUR), edit(SCALE, tune("CDEF|GABc|c4|]"))),
    "prefix_kept": (True, edit(SCALE, FOUR), edit(SCALE, tune("DDEF|GABc|c4|]"))),
    "prefix_bars_kept": (1, edit(SCALE, tune("CDEF|c4|]")), edit(SCALE, tune("DDEF|GABc|]"))),
    "suffix_kept": (True, edit(SCALE, tune("C4|CDEF|GABc|]")), edit(SCALE, FOUR)),
    "scaled": (2, edit(SCALE, tune("C2D2|E2F2|G2A2|B2c2|]")), edit(SCALE, FOUR)),
    "tempo_ratio": ([0.5, 0.5], edit(MARCH, SLOW), edit(SLOW, MARCH)),
    "slower": (True, edit(MARCH, SLOW), edit(SLOW, SLOW)),
    "faster": (True, edit(SLOW, MARCH), edit(SLOW, SLOW)),
    "lower": (True, edit(UP, SCALE), edit(SCALE, UP)),
    "higher_in": ([2, 2], edit(SCALE, UP), edit(SCALE, tune("cdef|GABc|]"))),
    "notes_fewer": (True, edit(SCALE, PLAIN), edit(PLAIN, SCALE)),
    "notes_fewer_in": ([2, 2], edit(SCALE, PLAIN), edit(SCALE, tune("C4|GABc|]"))),
    "lengths_in": ([2, ["1/1"]], turn(PLAIN), turn(SCALE)),
    "decorations": (False, edit(ORNAMENTED, LOUD), edit(ORNAMENTED, ORNAMENTED)),
    "decorations_in": ([1, True], edit(PLAIN, ORNAMENTED), edit(PLAIN, LOUD)),
    "dynamics": (True, edit(PLAIN, LOUD), edit(PLAIN, ORNAMENTED)),
    "swing": (True, edit(PLAIN, PLAIN.replace("K:", "Q:\"Swing\" 1/4=120\nK:")), edit(PLAIN, PLAIN)),
    "lyrics_changed": (True, edit(SONG, CHINESE), edit(SONG, SONG)),
}  # fmt: skip
"""Check → its value, a turn that meets it, a turn that does not."""


def test_every_check_has_examples() -> None:
    assert set(EXAMPLES) == set(CHECKS)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_check_accepts_the_right_and_rejects_the_wrong(name: str) -> None:
    value, right, wrong = EXAMPLES[name]
    wanted = [{"check": name, "value": value}]
    assert judge(right, wanted) == []
    assert [said.partition(":")[0] for said in judge(wrong, wanted)] == [name]


FURTHER: tuple[tuple[str, Any, Turn, bool], ...] = (
    ("key", "A dorian", turn(tune("ABcd|e^fga|]", "Ador")), True),
    ("key", "A dorian", turn(tune("ABcd|efga|]", "G")), True),
    ("key", "A dorian", turn(tune("ABcd|efga|]", "Am")), False),
    ("key", "Ab minor", turn(tune("GABc|defg|]", "G#m")), True),
    ("mode", "phrygian", turn(tune("EFGA|]", "Em")), False),
    ("scale", "blues", turn(tune("C_EFG|_BGEC|]")), True),
    ("scale", "blues", turn(SCALE), False),
    ("pentatonic", "any", turn(tune("CDEG|]")), True),
    ("pentatonic", "any", turn(SCALE), False),
    ("pentatonic", "G zhi", turn(tune("CDEG|]")), True),
    ("pentatonic", "C gong", turn(tune("CDEG|]")), False),
    ("tempo", [50, 70], turn(SLOW), True),
    ("tempo", 72, turn(tune("C4|]", meter="2/2", head="Q:1/4=72\n")), True),
    ("tempo", 96, turn(tune("C3|]", meter="6/8", head="Q:3/8=64\n")), False),
    ("bars", [3, 5], turn(FOUR), True),
    ("pickup", False, turn(PICKUP), False),
    ("repeats", False, turn(REPEATED), False),
    ("chords", False, turn(CHORDS), False),
    ("lyrics", False, turn(SONG), False),
    ("sevenths", False, turn(CHORDS), True),
    ("changed", False, edit(SCALE, UP), False),
    ("dynamics", False, edit(LOUD, LOUD), False),
    ("dynamics", False, edit(LOUD, PLAIN), True),
    ("decorations", True, edit(PLAIN, LOUD), False),
    ("reply_language", "en", turn(said="我没有听懂。"), False),
    ("asks", True, turn(SCALE, SCALE, "No."), False),
    ("asks", True, NONSENSE, False),
    ("declines", True, NONSENSE, True),
    ("says", ["know"], NONSENSE, False),
    ("title_is", "", turn(SCALE.replace("Test", "Untitled")), True),
    ("graceful", True, turn(tune("CDEFG|GABc|]"), None, "Here."), False),
    ("says", ["Eb major"], turn(said="It is in E♭ major."), True),
    ("says", ["f#小调"], turn(said="升F小调。"), True),
    ("says", ["5"], turn(said="It has 15 bars."), False),
    ("bars_are", [1, 2, 1, 2], edit(SCALE, REPEATED), True),
    ("ends_chord", ["V"], turn(tune("CDEG|]")), True),
    ("outside", [1, 1], edit(SCALE, tune("C4|D4|GABc|]")), True),
    ("outside", [1, 1], edit(SCALE, tune("C4|GABc|]", "G")), False),
    ("tune", True, turn(SCALE, SCALE), False),
    ("transposed", [2], turn(None, SCALE), False),
    ("chords_only", ["I"], turn(SCALE), False),
    ("swing", True, edit(tune("C/D/EFG|]"), tune("C>D EFG|]", unit="1/8", meter="5/8")), True),
)  # fmt: skip


@pytest.mark.parametrize(("name", "value", "given", "right"), FURTHER)
def test_what_counts_as_right(name: str, value: Any, given: Turn, right: bool) -> None:
    assert (judge(given, [{"check": name, "value": value}]) == []) is right


def test_one_of_several_ways_is_enough() -> None:
    either = {"check": "any", "of": [[{"check": "asks"}], [{"check": "key", "value": "C major"}]]}
    assert judge(turn(SCALE), [either]) == []
    assert judge(turn(None, None, "Which key?"), [either]) == []
    assert judge(turn(tune("G4|]", "G")), [either])


def test_an_unknown_check_is_an_error() -> None:
    with pytest.raises(KeyError):
        judge(turn(SCALE), [{"check": "beautiful"}])


@pytest.mark.parametrize(
    ("name", "value", "true"),
    [
        ("key", "C major", True),
        ("key", "G major", False),
        ("bars", "2", True),
        ("bars", "16", False),
        ("chords", "yes", False),
        ("chords", "I IV V", False),
        ("note_values", "1/4 1/8", True),
        ("note_values", "1/8", False),
        ("range", "C4 C5", True),
        ("scale", "pentatonic", False),
        ("form", "AABA", False),
        ("mood", "sad", True),
    ],
)
def test_a_claim_is_compared_with_the_music(name: str, value: str, true: bool) -> None:
    claim = {"name": name, "value": value, "met": True}
    assert (dishonest(turn(SCALE, requirements=[claim])) == []) is true
    assert dishonest(turn(SCALE, requirements=[claim | {"met": False}])) == []


def test_a_hidden_change_is_dishonest() -> None:
    assert dishonest(turn(UP, SCALE, changed=False))
    assert not dishonest(turn(UP, SCALE, changed=True))


def test_the_opening_answers_nothing() -> None:
    reply = {"reply": "A tune in C major.\n\nIt is bright.", "abc": SCALE}
    given = Turn("", "en", SCALE, SCALE, reply, (), "A tune in C major.\n")
    assert "C major" not in given.said
    assert "bright" in given.said


def rows() -> Iterator[dict[str, Any]]:
    """All lines of the data."""
    for kind in KINDS:
        for held_out in (False, True):
            yield from load(kind, held_out=held_out)


def names(checks: list[dict[str, Any]]) -> Iterator[str]:
    """The checks that some checks of the data use."""
    for check in checks:
        if check["check"] == "any":
            for way in check["of"]:
                yield from names(way)
        else:
            yield check["check"]


def test_the_data_is_as_large_as_it_claims() -> None:
    turns = [(row["language"], said) for row in rows() for said in row.get("turns", [row])]
    kept = sum(len(row.get("turns", [row])) for k in KINDS for row in load(k, held_out=True))
    chinese = sum(language == "zh" for language, _ in turns)
    assert len(turns) >= 460
    assert kept >= 150
    assert 0.32 < chinese / len(turns) < 0.4
    assert len({row["who"] for row in rows()}) >= 40


def test_the_data_is_well_formed() -> None:
    seen: set[str] = set()
    for row in rows():
        assert row["id"] not in seen
        seen.add(row["id"])
        assert row["language"] in ("en", "zh")
        assert all(any(v.measures for v in t.voices) for t in parse(row.get("abc", "")).tunes)
        for said in row.get("turns", [row]):
            assert set(names(said["checks"])) <= set(CHECKS)
            assert any(name != "reply_language" for name in names(said["checks"]))


def test_no_two_requests_are_alike() -> None:
    single = [(row["message"], row.get("abc")) for row in rows() if "message" in row]
    assert len(set(single)) == len(single)
    assert len(REQUESTS) == 100


def test_shares_have_their_interval() -> None:
    assert wilson(0, 0)["percent"] is None
    assert wilson(50, 100)["interval"] == [40.4, 59.6]


def test_a_report_counts_failures() -> None:
    right = Outcome("edit", "en", "e1", "", [], 0.1, "", SCALE, [], True)
    wrong = Outcome("edit", "zh", "e2", "", ["key: no"], 0.3, "", UP, [], False)
    found = report([right, wrong])
    assert found["right"]["right"] == 1
    assert found["edit"]["zh"]["percent"] == 0.0
    assert found["edits_unchanged_outside"]["percent"] == 50.0
    assert found["scores_valid"]["percent"] == 100.0
    assert json.loads(json.dumps(found)) == found
