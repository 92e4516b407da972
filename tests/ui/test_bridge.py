"""What the page is told about a tune: bars, timings, sound, and a selection that may be hostile."""

from __future__ import annotations

import json
from pathlib import Path

import mido
import pytest
import soundfile

from chat.session import Session
from chat.settings import load_settings
from ui.bridge import Bridge, first_tune, list_bars, mark_changes, time_tune

TUNE = """X:1
T:Test
M:3/4
L:1/4
Q:1/4=120
K:G
D|:G B d|1 c2 A:|2 G2||
"""


@pytest.fixture
def bridge() -> Bridge:
    return Bridge(load_settings(profile="scripted"))


def test_bars_cover_every_note_and_number_the_pickup_zero() -> None:
    bars = list_bars(first_tune(TUNE))
    assert [number for number, _, _ in bars] == [0, 1, 2, 3]
    assert TUNE[bars[1][1] : bars[1][2]].strip() == "G B d"


def test_timings_unfold_repeats_and_point_into_the_text() -> None:
    tune = first_tune(TUNE)
    assert tune is not None
    answer = time_tune(tune)
    starts = [milliseconds for milliseconds, _, _ in answer["timings"]]
    assert starts == sorted(starts)
    assert starts[:4] == [0, 500, 1000, 1500]
    assert [TUNE[at] for _, at, _ in answer["timings"][:4]] == ["D", "G", "B", "d"]
    assert [number for _, _, number in answer["bars"]] == [0, 1, 2, 1, 3]
    assert answer["bars"][-1][1] == round(answer["seconds"] * 1000)
    assert json.dumps(answer)


def test_a_performance_has_sound_as_long_as_its_timings(bridge: Bridge) -> None:
    answer = bridge.perform({"abc": TUNE})
    assert answer["error"] is None
    path = Path(answer["url"])
    assert path.parent == bridge.files.folder
    length = soundfile.info(str(path)).duration
    assert answer["seconds"] < length < answer["seconds"] + 2.5
    assert bridge.perform({"abc": TUNE})["url"] == answer["url"]


def test_without_a_synthesiser_there_are_still_notes_and_a_sentence(
    bridge: Bridge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TUNEWRIGHT_SOUNDFONT", str(tmp_path / "none.sf2"))
    answer = bridge.perform({"abc": TUNE})
    assert answer["url"] is None and answer["error"].endswith(".")
    assert len(answer["notes"]) >= 8
    start, length, midi, velocity, program = answer["notes"][0]
    assert (start, midi) == (0, 62)
    assert length > 0 and 0 < velocity < 128 and program >= 0


def test_export_writes_midi(bridge: Bridge) -> None:
    answer = bridge.export({"abc": TUNE, "kind": "mid"})
    assert answer["error"] is None
    notes = [m for m in mido.MidiFile(answer["url"]) if m.type == "note_on" and m.velocity]
    assert len(notes) >= 8


@pytest.mark.parametrize(
    "request_",
    [
        None, [], "abc", {}, {"abc": 7}, {"abc": ""}, {"abc": "x" * 100_000}, {"abc": "no tune"},
        {"abc": TUNE, "kind": "../../etc/passwd"}, {"abc": TUNE, "kind": "exe"},
    ],
)  # fmt: skip
def test_requests_from_the_browser_may_be_anything(bridge: Bridge, request_: object) -> None:
    assert bridge.export(request_)["url"] is None
    answer = bridge.perform(request_)
    assert set(answer) == {"timings", "notes", "bars", "seconds", "url", "error"}


def test_the_session_is_shown_with_what_changed(bridge: Bridge) -> None:
    session = Session().add(TUNE, "first").add(TUNE.replace("c2 A", "c2 F"), "second", (2,))
    shown = bridge.show(session, "en")
    assert shown["version"] == 2 and shown["changed"] == [2]
    assert shown["before"] is not None and shown["before"]["abc"] == TUNE
    assert [version["note"] for version in shown["versions"]] == ["first", "second"]
    assert shown["can_undo"] and not shown["can_redo"]
    undone = bridge.navigate(session, "undo")
    assert undone.abc == TUNE
    assert bridge.show(undone)["can_redo"] and not bridge.show(undone)["can_undo"]
    assert bridge.show(Session(), "zh") == {"language": "zh"}


def test_only_the_half_that_differs_is_marked() -> None:
    old = first_tune("X:1\nM:3/4\nL:1/4\nK:C\nC|:DEF|GA:|B|:cde|fg:|]\n")
    new = first_tune("X:1\nM:3/4\nL:1/4\nK:C\nC|:DEF|AA:|B|:cde|fg:|]\n")
    assert old is not None and new is not None
    bars = list_bars(new)
    second = [number for number, start, _ in bars if new.source[start] in "AB"]
    assert len(set(second)) == 1, "the pickup of the next part shares the number"
    assert mark_changes(new, old, tuple(second)) == [new.source.index("AA")]
    assert mark_changes(old, new, tuple(second)) == [old.source.index("GA")]
    assert mark_changes(new, None, (2,)) == []


def test_a_wholly_new_tune_has_no_marks(bridge: Bridge) -> None:
    session = Session().add(TUNE, "first").add(TUNE.replace("G", "A"), "second", (0, 1, 2, 3))
    assert bridge.show(session)["changed"] == []


@pytest.mark.parametrize("to", ["version", "nowhere", "", None])
@pytest.mark.parametrize("number", [0, 99, -1, "x", None, {}, "1e9"])
def test_going_nowhere_stays_here(bridge: Bridge, to: str, number: object) -> None:
    session = Session().add(TUNE, "first")
    assert bridge.navigate(session, to, number) == session


@pytest.mark.parametrize(
    "scope",
    [
        "", "null", "[]", "{", '{"version":1}', '{"version":2,"first":1,"last":2}',
        '{"version":1,"first":3,"last":2}', '{"version":1,"first":-4,"last":2}',
        '{"version":1,"first":1,"last":99999999}', '{"version":1,"first":"a","last":2}',
    ],
)  # fmt: skip
def test_a_scope_that_is_not_one_is_none(bridge: Bridge, scope: str) -> None:
    assert bridge.select(scope, Session().add(TUNE, "first")) is None


def test_a_scope_of_this_version_is_taken(bridge: Bridge) -> None:
    chosen = bridge.select('{"version":1,"first":1,"last":2}', Session().add(TUNE, "first"))
    assert chosen is not None
    assert (chosen.version, chosen.first, chosen.last) == (1, 1, 2)
