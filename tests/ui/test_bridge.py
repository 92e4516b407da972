"""What the page is told about a tune: bars, timings, sound, and a selection that may be hostile."""

from __future__ import annotations

import pytest

from chat.session import Session
from chat.settings import load_settings
from ui.bridge import Bridge, list_bars, mark_changes
from ui.calls import first_tune

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
    empty = bridge.show(Session(), "zh")
    assert empty == {"language": "zh", "versions": [], "can_redo": False}


def test_the_length_is_known_before_any_sound(bridge: Bridge) -> None:
    """A pickup, one bar twice with each of its endings, at half a second a beat: 1 + 3 + 3 + 3 + 2 beats."""
    shown = bridge.show(Session().add(TUNE, "first"))
    assert shown["seconds"] == bridge.calls.perform({"abc": TUNE})["seconds"] == 6.0
    assert bridge.show_draft(TUNE[:-9], shown)["seconds"] == 0


def test_what_is_shown_brings_the_versions_back(bridge: Bridge) -> None:
    session = Session().add(TUNE, "first").add(TUNE.replace("c2 A", "c2 F"), "second", (2,))
    packed = bridge.show(session)["project"]
    assert bridge.open_packed(packed) == session
    for junk in (None, 7, "", "x", packed[:-9], "A" * 4_000_000):
        assert bridge.open_packed(junk) is None


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
