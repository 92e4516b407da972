"""A kept taste on the page: off until it is switched on, then seen, downloaded and erased; by mouse and by keyboard."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from abc_tools.parse import parse_tune
from chat import shelf
from tests.ui.conftest import Visit, serve
from ui.strings import PAGE, PANE
from ui.taste import BEGUN_A_MINUTE, Profiles, read_id

Opener = Callable[..., Visit]
TUNES = 420  # more than the chat waits for (shelf.ENOUGH), so that no corpus is read


def made_up(number: int) -> str:
    rng = random.Random(number)
    bars = ["".join(rng.choice("DEFGABcd") for _ in range(6)) for _ in range(8)]
    return f"X:1\nT:The {number}th Jig\nR:jig\nM:6/8\nL:1/8\nK:{rng.choice('GDA')}\n|:{'|'.join(bars)}:|\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of small tunes made up here."""
    from library import open_library
    from library.describe import Origin, describe

    path = tmp_path_factory.mktemp("store") / "tunes.sqlite3"
    library = open_library(f"sqlite:///{path}")
    rows = [describe(parse_tune(made_up(n)), Origin("made up")) for n in range(TUNES)]
    library._store.add([row for row in rows if row is not None])
    assert len(library) >= shelf.ENOUGH
    library.close()
    return path


def rows(store: Path, table: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(store)) as database:
        return database.execute(f"select * from {table}").fetchall()


# -- what the page asks for ------------------------------------------------------------------------


@pytest.fixture
def profiles(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Profiles]:
    from library import open_library

    library = open_library(f"sqlite:///{store}")
    monkeypatch.setattr(shelf, "_open", [library])
    yield Profiles()
    library.close()


def test_a_profile_is_begun_shown_handed_over_and_erased(profiles: Profiles, store: Path) -> None:
    begun = profiles.answer({"do": "begin"}, "en")
    number = begun["id"]
    assert read_id(number) == number and begun["kept"] == [] and begun["days"] == 180
    assert [row[1] for row in rows(store, "listeners")] == [
        hashlib.sha256(number.encode()).hexdigest()
    ]
    shelf.keep(number, (), ((3, "like"), (4, "dislike")))
    shown = profiles.answer({"do": "show", "id": number}, "en")
    assert {(one["action"], bool(one["title"]), bool(one["day"])) for one in shown["kept"]} == {
        ("like", True, True), ("dislike", True, True)}  # fmt: skip
    assert "export" not in shown
    handed = profiles.answer({"do": "export", "id": number}, "en")
    keys = {type(key) for event in handed["export"]["events"] for key in event}
    assert keys == {str}, "the page's server writes JSON of plain str only"
    assert len(handed["export"]["events"]) == 2 and number not in json.dumps(handed["export"])
    gone = profiles.answer({"do": "erase", "id": number}, "en")
    assert gone["id"] == "" and gone["kept"] == []
    assert rows(store, "listeners") == [] and rows(store, "events") == []


@pytest.mark.parametrize("sent", [
    None, "begin", {}, {"do": "show"}, {"do": "erase", "id": ["x"]}, {"do": "show", "id": "' or 1=1 --"},
    {"do": "export", "id": "x" * 10_000}, {"do": "erase", "id": "A" * 32},
])  # fmt: skip
def test_whatever_a_browser_sends_nothing_is_begun_or_shown(
    profiles: Profiles, store: Path, sent: Any
) -> None:
    answer = profiles.answer(sent, "zh")
    assert answer["error"] is None and answer["id"] == "" and answer["kept"] == []
    assert rows(store, "listeners") == []


def test_not_everybody_can_begin_profiles_without_end(profiles: Profiles, store: Path) -> None:
    answers = [profiles.answer({"do": "begin"}, "en") for _ in range(BEGUN_A_MINUTE + 1)]
    assert answers[-1] == {"error": PAGE["en"]["taste_busy"]}
    for answer in answers[:-1]:
        profiles.answer({"do": "erase", "id": answer["id"]}, "en")
    assert rows(store, "listeners") == []


def test_a_library_that_does_not_answer_is_said_to(
    profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    from library import LibraryError

    def fail() -> None:
        raise LibraryError("The catalogue does not answer: locked.")

    monkeypatch.setattr(shelf, "shared", fail)
    assert profiles.answer({"do": "begin"}, "zh") == {"error": PAGE["zh"]["taste_failed"]}


# -- the page ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def taste_url(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("taste")
    yield from serve(
        folder / "log.txt", TUNEWRIGHT_PROFILE="scripted", TUNEWRIGHT_LIBRARY=f"sqlite:///{store}"
    )


def kept_id(visit: Visit) -> str | None:
    found = visit.page.evaluate("localStorage.getItem('tunewright.listener')")
    return None if found is None else str(found)


def liked_and_disliked(visit: Visit) -> None:
    visit.say("recommend three jigs")
    visit.wait_reply("From the library")
    visit.say("more like the first one but not the second")


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_off_until_asked_for_then_seen_downloaded_and_erased(
    taste_url: str, store: Path, open_page: Opener
) -> None:
    visit = open_page(taste_url, accept_downloads=True)
    page = visit.page
    heart = page.locator("[data-do=taste]")
    assert heart.get_attribute("aria-pressed") == "false" and kept_id(visit) is None
    liked_and_disliked(visit)
    visit.wait_reply("nothing of it is stored")
    assert page.evaluate("window.Tunewright.scope()") == ""
    assert rows(store, "listeners") == []
    # By keyboard alone: the button, the switch, and away again.
    heart.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.tw-taste[open]")
    dialog.locator(".tw-taste-days", has_text="180").wait_for()
    assert dialog.locator("footer").is_hidden() and not dialog.locator("input").is_checked()
    dialog.locator("input").focus()
    page.keyboard.press("Space")
    dialog.locator("[role=status]", has_text=PANE["en"]["taste_on"]).wait_for()
    number = kept_id(visit)
    assert number is not None and heart.get_attribute("aria-pressed") == "true"
    assert [row[1] for row in rows(store, "listeners")] == [
        hashlib.sha256(number.encode()).hexdigest()
    ]
    assert dialog.locator("text=Nothing yet").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('dialog.tw-taste').open")
    assert rows(store, "events") == [], "what was said before is not kept"
    visit.say("more like the first one but not the third")
    visit.wait_reply("your profile")
    assert sorted(row[2] for row in rows(store, "events")) == ["dislike", "like"]
    # It is still there after a reload; the page knows it by the browser alone.
    page.reload()
    page.wait_for_function("window.Tunewright?.pane?.data?.language")
    heart.click()
    dialog.locator("li").nth(1).wait_for()
    words = dialog.locator("li").all_inner_texts()
    assert any("liked" in text and "Jig" in text for text in words)
    with page.expect_download() as waiting:
        dialog.locator("[data-taste=download]").click()
    exported = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert waiting.value.suggested_filename == "tunewright-taste.json"
    assert {event["action"] for event in exported["events"]} == {"like", "dislike"}
    dialog.locator("[data-taste=erase]").click()
    dialog.locator("[role=status]", has_text=PANE["en"]["taste_erased"]).wait_for()
    assert kept_id(visit) is None and not dialog.locator("input").is_checked()
    assert dialog.locator("li").count() == 0 and dialog.locator("footer").is_hidden()
    assert rows(store, "listeners") == [] and rows(store, "events") == []
    assert page.evaluate("window.Tunewright.scope()") == ""


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_in_chinese_on_a_phone_and_after_the_profile_is_gone(
    taste_url: str, store: Path, open_page: Opener
) -> None:
    visit = open_page(taste_url, locale="zh-CN", viewport={"width": 390, "height": 844})
    page = visit.page
    page.evaluate("localStorage.setItem('tunewright.listener', 'A'.repeat(32))")
    page.reload()
    page.wait_for_function("window.Tunewright?.pane?.data?.language === 'zh'")
    page.locator("[data-do=taste]").click()
    dialog = page.locator("dialog.tw-taste[open]")
    dialog.locator("[role=status]", has_text=PANE["zh"]["taste_gone"]).wait_for()
    assert kept_id(visit) is None and not dialog.locator("input").is_checked()
    dialog.locator("label", has_text=PANE["zh"]["taste_switch"]).click()
    dialog.locator("[role=status]", has_text=PANE["zh"]["taste_on"]).wait_for()
    box = dialog.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    dialog.locator("label", has_text=PANE["zh"]["taste_switch"]).click()
    dialog.locator("[role=status]", has_text=PANE["zh"]["taste_erased"]).wait_for()
    assert rows(store, "listeners") == []
