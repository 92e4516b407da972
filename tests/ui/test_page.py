"""What the page does with messages and replies: no browser, a scripted conversation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chat.session import Session
from chat.settings import load_settings
from lm.generate import BackendError
from ui.blocks import build
from ui.bridge import Bridge
from ui.line import Ticket
from ui.page import Page, returned
from ui.strings import PAGE

TUNE = "X:1\nT:Test\nM:4/4\nL:1/8\nK:G\nG2B2 d4|]\n"


@dataclass(frozen=True)
class Progress:
    stage: str
    text: str = ""
    abc: str | None = None


def reply(session: Session, text: str = "Done.", **more: Any) -> SimpleNamespace:
    fields = {"requirements": (), "suggestions": (), "error": None, **more}
    return SimpleNamespace(text=text, session=session, **fields)


def answer(
    page: Page, session: Session, history: list[Any], request: Any, language: str = "en"
) -> Any:
    """What a turn yields, without the list of turns: (session, history, score, box)."""
    for step in page.answer(session, history, [], request, language):
        yield (step[0], *step[2:])


class ScriptedBridge(Bridge):
    """A bridge whose conversation is a list; it records what it was asked."""

    def __init__(self, script: list[Any]) -> None:
        super().__init__(load_settings(profile="scripted"))
        self.script = script
        self.asked: list[tuple[Any, ...]] = []

    def respond(self, *arguments: Any) -> Iterator[Any]:  # type: ignore[override]
        self.asked.append(arguments)
        for item in self.script:
            if isinstance(item, Exception):
                raise item
            if callable(item):
                item()
                continue
            yield item


def make_page(*script: Any) -> Page:
    return Page(ScriptedBridge(list(script)))


def take(page: Page, text: str, scope: str = "") -> tuple[list[Any], Any]:
    _, history, request = page.take({"text": text, "files": []}, [], "en", scope)
    return history, request


def test_a_message_becomes_a_bubble_and_a_request() -> None:
    history, request = take(make_page(), "make it minor\n\n" + TUNE, "scope")
    assert [bubble["role"] for bubble in history] == ["user", "assistant"]
    assert "```abc\nX:1" in history[0]["content"]
    assert history[1]["metadata"]["status"] == "pending"
    assert request.pop("id")
    assert request == {"text": "make it minor", "abc": TUNE, "scope": "scope", "start": 0}


@pytest.mark.parametrize(
    ("text", "said"), [("", "say what"), ("x" * 9000, "too long"), (TUNE + "G" * 90000, "too long")]
)
def test_bad_messages_get_a_sentence_and_are_not_passed_on(text: str, said: str) -> None:
    history, request = take(make_page(), text)
    assert request is None
    assert said in history[-1]["content"]
    assert len(str(history)) < 4000


def test_nothing_is_answered_to_nothing() -> None:
    page = make_page()
    answers = list(answer(page, Session(), [], None))
    assert len(answers) == 1 and answers[0][0] == Session()
    assert page.bridge.asked == []  # type: ignore[attr-defined]


def test_hostile_text_is_escaped_in_the_bubble() -> None:
    history, _ = take(make_page(), '<img src=x onerror="boom()"> ${boom()} [a](javascript:boom())')
    shown = history[0]["content"]
    assert not re.search(r"(?<!\\)[<\[`]", shown)


def test_a_turn_shows_stages_then_drafts_then_the_reply() -> None:
    session = Session().add(TUNE, "a tune")
    done = reply(
        session,
        requirements=(
            SimpleNamespace(name="key", value="G major", met=True),
            SimpleNamespace(name="bars", value="16", met=False),
            SimpleNamespace(name="mood", value="<b>", met=None),
        ),
        suggestions=("Make it minor",),
    )
    page = make_page(Progress("composing", abc=TUNE), Progress("checking", "Looking."), done)
    history, request = take(page, "a tune")
    steps = list(answer(page, Session(), history, request))
    assert steps[0][1][-1]["metadata"]["title"] == "Composing …"
    assert steps[0][2]["draft"] and steps[0][2]["abc"] == TUNE
    assert steps[1][1][-1]["metadata"]["title"] == "Looking."
    assert all(step[0] == Session() for step in steps[:-1])
    last = steps[-1]
    assert last[0] == session and last[2]["version"] == 1
    assert "✓ key: G major · ✗ bars: 16" in last[1][-1]["content"]
    assert "mood" not in last[1][-1]["content"]
    assert last[1][-1]["options"] == [{"value": "Make it minor", "label": "Make it minor"}]
    assert len(last[1]) == 2


def test_a_failure_of_the_world_is_a_sentence_and_the_tune_stays() -> None:
    session = Session().add(TUNE, "a tune")
    page = make_page(Progress("composing"), BackendError("The model cannot be reached."))
    history, request = take(page, "another")
    last = list(answer(page, session, history, request))[-1]
    assert last[0] == session and last[2]["abc"] == TUNE
    assert last[1][-1]["content"] == "The model cannot be reached\\."
    assert "metadata" not in last[1][-1]


def test_a_stopped_turn_ends_at_its_next_step_and_the_tune_is_as_it_was() -> None:
    session = Session().add(TUNE, "a tune")
    page = make_page(Progress("composing", abc="X:1"), Progress("checking"), reply(Session()))
    history, request = take(page, "another")
    steps = answer(page, session, history, request, "zh")
    assert next(steps)[2]["draft"]
    page.stop(request)
    last = list(steps)
    assert len(last) == 1
    assert last[0][0] == session and last[0][2]["abc"] == TUNE and not last[0][2].get("draft")
    assert "已停止" in last[0][1][-1]["content"]


def test_a_turn_can_be_stopped_before_it_begins() -> None:
    page = make_page(Progress("composing"), reply(Session().add(TUNE, "a tune")))
    history, request = take(page, "a tune")
    page.stop(request)
    page.stop(None)
    (only,) = answer(page, Session(), history, request)
    assert only[0] == Session() and "Stopped" in only[1][-1]["content"]


def test_who_waits_is_told_how_many_are_before() -> None:
    page = make_page()
    inside = page.bridge.line.place(Ticket())
    inside.__enter__()
    ticket_holder = page.bridge.line

    def respond(*arguments: Any) -> Iterator[Any]:
        with ticket_holder.place(arguments[5]):
            yield reply(Session().add(TUNE, "a tune"))

    page.bridge.respond = respond  # type: ignore[method-assign]
    history, request = take(page, "a tune")
    steps = answer(page, Session(), history, request)
    assert next(steps)[1][-1]["metadata"]["title"] == PAGE["en"]["next"]
    inside.__exit__(None, None, None)
    assert list(steps)[-1][2]["version"] == 1


def test_the_hosts_errors_become_friendly_words() -> None:
    import gradio as gr

    for title, part in (
        ("ZeroGPU quota exceeded", "used up"), ("ZeroGPU queue timeout", "busy"),
        ("ZeroGPU illegal duration", "fewer bars"), ("ZeroGPU worker error", "gave up"),
        ("something else", "went wrong"),
    ):  # fmt: skip
        error = gr.Error("<a href='https://x'>more</a>", title=title, print_exception=False)
        page = make_page(error)
        history, request = take(page, "a tune")
        said = list(answer(page, Session(), history, request))[-1][1][-1]["content"]
        assert part in said and "<a" not in said


def test_too_many_messages_get_a_sentence() -> None:
    page = make_page(*[reply(Session()) for _ in range(3)])
    visitor = SimpleNamespace(session_hash="a", headers={}, client=SimpleNamespace(host="h"))
    said = []
    for _ in range(page.limits.messages_per_minute + 1):
        history, request = take(page, "again")
        last = list(page.answer(Session(), history, [], request, "en", visitor))[-1]  # type: ignore[arg-type]
        said.append(last[2][-1]["content"])
    assert "very fast" in said[-1] and not any("very fast" in one for one in said[:-1])


def test_a_tune_that_was_taken_back_is_still_a_version() -> None:
    before, now = Session().add(TUNE, "one"), Session().add(TUNE, "one").add(TUNE, "two")
    back = returned(now, before)
    assert back.current == 1 and len(back.versions) == 2 and back.redo().current == 2
    assert returned(now, Session()).current is None


def test_an_error_of_ours_leaves_a_sentence_and_the_tune() -> None:
    session = Session().add(TUNE, "a tune")
    page = make_page()
    history, _ = take(page, "another")
    after, score, _ = page.failed(session, history, "en")
    assert [bubble["role"] for bubble in after] == ["user", "assistant"]
    assert "went wrong" in after[-1]["content"] and score["abc"] == TUNE


def test_the_scope_reaches_the_conversation() -> None:
    session = Session().add(TUNE, "a tune")
    page = make_page(reply(session))
    history, request = take(page, "louder", '{"version":1,"first":1,"last":1}')
    list(answer(page, session, history, request))
    asked = page.bridge.asked[0]  # type: ignore[attr-defined]
    assert asked[1] == "louder" and asked[2].first == 1 and asked[6] == ""


@pytest.mark.parametrize(("scope", "listener"), [
    ('{"listener":"0123456789abcdefghij"}', "0123456789abcdefghij"), ("", ""), ("[]", ""), ("{", ""),
    ('{"listener":["x"]}', ""), ('{"listener":"short"}', ""), ('{"version":1,"first":1,"last":1}', ""),
])  # fmt: skip
def test_the_id_of_a_kept_taste_comes_with_a_message_and_selects_nothing(
    scope: str, listener: str
) -> None:
    session = Session().add(TUNE, "a tune")
    page = make_page(reply(session))
    history, request = take(page, "more like the first", scope)
    list(answer(page, session, history, request))
    assert page.bridge.asked[0][6] == listener  # type: ignore[attr-defined]
    assert listener or page.bridge.listener(scope) == ""


def test_an_uploaded_file_is_the_tune(tmp_path: Path) -> None:
    file = tmp_path / "mine.abc"
    file.write_bytes(TUNE.replace("\n", "\r\n").encode() + b"\xff")
    text, abc, problem = make_page().read_message({"text": "slower", "files": [str(file)]}, "en")
    assert (
        problem is None and text == "slower" and abc is not None and abc.startswith("X:1\nT:Test\n")
    )


def test_an_edited_source_is_opened() -> None:
    event = SimpleNamespace(_data={"abc": TUNE})
    _, history, request = make_page().open_abc([], "en", event)  # type: ignore[arg-type]
    assert request is not None and (request["text"], request["abc"]) == ("", TUNE)
    assert "```abc" in history[0]["content"]


@pytest.mark.parametrize("data", [None, {}, {"to": "version", "number": "x"}, {"to": 3}])
def test_events_from_the_browser_may_be_anything(data: Any) -> None:
    session = Session().add(TUNE, "a tune")
    event = SimpleNamespace(_data=data)
    after, shown = make_page().navigate(session, "en", event)  # type: ignore[arg-type]
    assert after == session and shown["version"] == 1


def test_programs_see_the_typed_functions_and_nothing_of_the_page() -> None:
    demo = build(Bridge(load_settings(profile="scripted")))
    endpoints = demo.get_api_info()["named_endpoints"]
    names = {"compose", "edit", "analyse", "validate", "render", "recommend"}
    assert {name.lstrip("/") for name in endpoints} == names
