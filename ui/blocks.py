"""The page itself: components, and what happens when something is clicked.

Order of a turn: the user's bubble at once (no queue), then staged status, drafts of the score as
they grow, and the reply with its checks; the sound is fetched by the pane afterwards. The session
is written once, with the reply, so a turn that is stopped or fails leaves the tune as it was.
"""

from __future__ import annotations

import time
import uuid
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui.score import STATIC, VENDOR, make_score_pane
from ui.strings import EXAMPLES, PAGE, choose_language
from ui.text import show_abc, show_plain, split_message

if TYPE_CHECKING:
    from chat.reply import Reply
    from ui.bridge import Bridge

DRAFT_SECONDS = 0.25  # at most this often a growing draft is sent to the page
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
# The browser adds the selected bars at the moment a message is sent, so that none is ever lost.
WITH_SCOPE = (
    "(...inputs) => { inputs[inputs.length - 1] = window.Tunewright?.scope() ?? '';"
    " return inputs; }"
)

Message = dict[str, Any]


class Page:
    """What the page does. Holds no state of a visitor: that travels in gr.State."""

    def __init__(self, bridge: Bridge) -> None:
        """Serve the page over this bridge."""
        self.bridge = bridge
        self.limits = bridge.settings.limits
        # Turns that were stopped, by id. A turn looks here between two steps; Gradio's own cancelling
        # does nothing in the moment before a turn has begun, and then the turn would go on.
        self.stopping: deque[str] = deque(maxlen=1000)

    # ---- arriving --------------------------------------------------------------------------------

    def greet(self, request: gr.Request) -> tuple[Any, ...]:
        """Set words, examples and an empty session in the visitor's language."""
        language = choose_language(request.headers.get("accept-language"))
        words = PAGE[language]
        session = self.bridge.new_session()
        examples: Any = [{"text": text} for text in EXAMPLES[language]]
        return (
            session,
            language,
            gr.Chatbot(examples=examples, placeholder=welcome(language)),
            gr.MultimodalTextbox(placeholder=words["placeholder"]),
            self.bridge.show(session, language),
        )

    # ---- one turn --------------------------------------------------------------------------------

    def take(
        self, message: Any, history: list[Message], language: str, scope: str
    ) -> tuple[Any, list[Message], dict[str, Any] | None]:
        """Show the user's bubble and put the request aside for :meth:`answer`."""
        text, abc = self.read_message(message)
        words = PAGE[language]
        problem = self.find_problem(text, abc, words)
        shown = show_plain(text[:600] if problem else text)
        if abc is not None:
            shown += "\n\n" + show_abc(abc[:600] if problem else abc)
        if shown.strip():
            history = [*history, {"role": "user", "content": shown}]
        if problem:
            history = [*history, {"role": "assistant", "content": problem}]
            return gr.MultimodalTextbox(value=None), history, None
        history = [*history, status(words["understanding"])]
        box = gr.MultimodalTextbox(value=None, submit_btn=False, stop_btn=True)
        turn = {"id": uuid.uuid4().hex, "text": text, "abc": abc, "scope": scope}
        return box, history, turn

    def take_choice(
        self, history: list[Message], language: str, scope: str, event: gr.SelectData
    ) -> tuple[Any, list[Message], dict[str, Any] | None]:
        """Send an example or a suggestion as if it had been typed."""
        chosen = event.value
        text = chosen.get("text", "") if isinstance(chosen, dict) else str(chosen)
        return self.take({"text": text, "files": []}, history, language, scope)

    def read_message(self, message: Any) -> tuple[str, str | None]:
        """Return the words and the tune of what came from the message box (text and files)."""
        if not isinstance(message, dict):
            return str(message or "").strip(), None
        text, abc = split_message(str(message.get("text") or ""))
        for file in message.get("files") or []:
            path = Path(file if isinstance(file, str) else file["path"])
            abc = path.read_bytes()[:1_000_000].decode("utf-8", "replace").replace("\r\n", "\n")
        return text, abc

    def find_problem(self, text: str, abc: str | None, words: dict[str, str]) -> str | None:
        """Return why a message is not passed on, or None."""
        if not text and not abc:
            return words["empty"]
        if len(text) > self.limits.message_characters:
            return words["too_long"].format(limit=self.limits.message_characters)
        if abc is not None and len(abc) > self.limits.abc_characters:
            return words["abc_too_long"].format(limit=self.limits.abc_characters)
        return None

    def answer(
        self, session: Any, history: list[Message], request: dict[str, Any] | None, language: str
    ) -> Iterator[tuple[Any, ...]]:
        """Run the turn and yield (session, history, score, message box) as it goes on."""
        ready = gr.MultimodalTextbox(submit_btn=True, stop_btn=False)
        shown = self.bridge.show(session, language)
        if request is None:
            yield session, history, shown, ready
            return
        history = history[:-1]  # the status bubble is replaced by each later one
        drawn = 0.0
        for item in self.run(session, request, language):
            if request["id"] in self.stopping:
                yield session, [*history, say(PAGE[language]["stopped"])], shown, ready
                return
            if isinstance(item, str):
                yield session, [*history, say(item)], shown, ready
                return
            if not hasattr(item, "stage"):
                session = item.session
                history = [*history, speak(item, language)]
                yield session, history, self.bridge.show(session, language), ready
                return
            words = item.text or PAGE[language].get(item.stage, "")
            score = gr.skip()
            if item.abc and time.monotonic() - drawn >= DRAFT_SECONDS:
                score, drawn = self.bridge.show_draft(item.abc, shown), time.monotonic()
            yield session, [*history, status(words)], score, gr.skip()

    def run(self, session: Any, request: dict[str, Any], language: str) -> Iterator[Any]:
        """Yield what the chat yields; a failure of the world becomes its sentence."""
        from abc_tools.formats.audio import AudioError
        from chat.settings import SettingsError
        from lm.generate import BackendError

        selection = self.bridge.select(request["scope"], session)
        try:
            yield from self.bridge.respond(
                session, request["text"], selection, request["abc"], language
            )
        except (BackendError, AudioError, SettingsError) as error:
            yield show_plain(str(error))

    def stop(self, request: dict[str, Any] | None) -> None:
        """Ask the turn that is running to end at its next step."""
        if request is not None:
            self.stopping.append(request["id"])

    def failed(self, session: Any, history: list[Message], language: str) -> tuple[Any, ...]:
        """Say that a turn broke off because of an error of ours (which is in the log by now)."""
        if history and (history[-1].get("metadata") or {}).get("status") == "pending":
            history = history[:-1]
        history = [*history, say(PAGE[language]["failed"])]
        box = gr.MultimodalTextbox(submit_btn=True, stop_btn=False)
        return history, self.bridge.show(session, language), box

    # ---- the score pane's own events -------------------------------------------------------------

    def navigate(self, session: Any, language: str, event: gr.EventData) -> tuple[Any, Any]:
        """Undo, redo, or go to a version."""
        data = event._data or {}
        session = self.bridge.navigate(session, str(data.get("to")), data.get("number"))
        return session, self.bridge.show(session, language)

    def open_abc(
        self, history: list[Message], language: str, event: gr.EventData
    ) -> tuple[Any, list[Message], dict[str, Any] | None]:
        """Take a tune that was pasted, edited or dropped into the pane."""
        abc = str((event._data or {}).get("abc") or "")
        text, tune = split_message(abc)
        message = {"text": "" if tune else text, "files": []}
        if tune:
            message["text"] = tune
        return self.take(message, history, language, "")


def welcome(language: str) -> str:
    """Return the words shown in an empty chat (Markdown of our own)."""
    return f"### Tunewright\n{PAGE[language]['tagline']}"


def say(text: str) -> Message:
    """Return a bubble of ours."""
    return {"role": "assistant", "content": text}


def status(text: str) -> Message:
    """Return the bubble that says what is being done."""
    return {"role": "assistant", "content": "", "metadata": {"title": text, "status": "pending"}}


def speak(reply: Reply, language: str) -> Message:
    """Return the bubble of a reply: its words, which requirements are met, what to try next."""
    text = reply.text or (show_plain(reply.error) if reply.error else PAGE[language]["failed"])
    marks = []
    for requirement in reply.requirements:
        if requirement.met is not None:
            sign = "✓" if requirement.met else "✗"
            marks.append(f"{sign} {show_plain(requirement.name)}: {show_plain(requirement.value)}")
    if marks and "✓" not in text and "✗" not in text:
        text += "\n\n" + " · ".join(marks)
    bubble = say(text)
    if reply.suggestions:
        bubble["options"] = [{"value": one, "label": one} for one in reply.suggestions]
    return bubble


def make_theme() -> Any:
    """Return our colours on Gradio's plainest theme, with fonts every system has."""
    ink = gr.themes.Color(
        c50="#eef3f8", c100="#dbe6f0", c200="#b9cde1", c300="#8fadcb", c400="#5f86ad",
        c500="#3b648e", c600="#274b72", c700="#1f3d5f", c800="#1a324e", c900="#152840",
        c950="#0d1a2b",
    )  # fmt: skip
    sans = [
        "system-ui",
        "-apple-system",
        "Segoe UI",
        "Noto Sans CJK SC",
        "PingFang SC",
        "sans-serif",
    ]
    mono = ["ui-monospace", "SFMono-Regular", "Menlo", "DejaVu Sans Mono", "monospace"]
    return gr.themes.Base(
        primary_hue=ink, neutral_hue="stone", radius_size="md", font=sans, font_mono=mono
    )


def build(bridge: Bridge) -> Any:
    """Return the page over a bridge, ready to be launched."""
    page = Page(bridge)
    # Served from where they are, with ETag and range requests; must be said before the page is
    # made.
    gr.set_static_paths([STATIC, VENDOR])

    def perform(request: Any) -> dict[str, Any]:
        return bridge.perform(request)

    def export(request: Any) -> dict[str, Any]:
        return bridge.export(request)

    with gr.Blocks(
        title="Tunewright", fill_height=True, fill_width=True, delete_cache=(3600, 86400)
    ) as demo:
        session, language, request = gr.State(bridge.new_session()), gr.State("en"), gr.State(None)
        scope = gr.Textbox(visible=False)
        with gr.Row(elem_id="tw-layout"):
            with gr.Column(elem_id="tw-chat-side", scale=4, min_width=300):
                chat = gr.Chatbot(
                    elem_id="tw-chat", show_label=False, container=False, scale=1, height="100%",
                    layout="bubble", buttons=[], allow_tags=False, latex_delimiters=[],
                    feedback_options=None, group_consecutive_messages=False,
                    placeholder=welcome("en"), examples=[{"text": text} for text in EXAMPLES["en"]],
                )  # fmt: skip
                gr.HTML(
                    html_template='<div id="tw-scope" hidden><span></span>'
                    '<button type="button">&#10005;</button></div>',
                    js_on_load=None, apply_default_css=False, elem_id="tw-scope-holder",
                )  # fmt: skip
                box = gr.MultimodalTextbox(
                    elem_id="tw-message", show_label=False, container=False, autofocus=True,
                    file_types=[".abc", ".txt"], sources=["upload"], lines=1, max_lines=8,
                    max_plain_text_length=100_000, placeholder=PAGE["en"]["placeholder"],
                )  # fmt: skip
            with gr.Column(elem_id="tw-score-side", scale=7, min_width=320):
                score = make_score_pane(perform, export)

        connect(page, demo, Parts(session, language, request, scope, chat, box, score))
    return demo


@dataclass(frozen=True)
class Parts:
    """The components that events read and write."""

    session: gr.State
    language: gr.State
    request: gr.State
    scope: gr.Textbox
    chat: gr.Chatbot
    box: gr.MultimodalTextbox
    score: Any


def connect(page: Page, demo: Any, parts: Parts) -> None:
    """Wire the events. Every turn has the same two steps: take (at once), answer (queued)."""
    session, language, request, scope = parts.session, parts.language, parts.request, parts.scope
    chat, box, score = parts.chat, parts.box, parts.score
    demo.load(page.greet, None, [session, language, chat, box, score], queue=False, **PRIVATE)
    taken = [box, chat, request]
    begun = [
        box.submit(
            page.take, [box, chat, language, scope], taken, js=WITH_SCOPE, queue=False, **PRIVATE
        ),
        chat.example_select(
            page.take_choice, [chat, language, scope], taken, js=WITH_SCOPE, queue=False, **PRIVATE
        ),
        chat.option_select(
            page.take_choice, [chat, language, scope], taken, js=WITH_SCOPE, queue=False, **PRIVATE
        ),
        score.open_abc(page.open_abc, [chat, language], taken, queue=False, **PRIVATE),
    ]
    turns = [
        event.success(
            page.answer, [session, chat, request, language], [session, chat, score, box],
            concurrency_id="model", concurrency_limit=page.limits.concurrency,
            show_progress="hidden", **PRIVATE,
        )
        for event in begun
    ]  # fmt: skip
    for event in turns:
        event.failure(
            page.failed, [session, chat, language], [chat, score, box], queue=False, **PRIVATE
        )
    box.stop(page.stop, [request], None, queue=False, **PRIVATE)
    # The bin above the chat begins a new conversation, with an empty score.
    chat.clear(page.greet, None, [session, language, chat, box, score], queue=False, **PRIVATE)
    score.navigate(
        page.navigate, [session, language], [session, score], queue=False,
        show_progress="hidden", **PRIVATE,
    )  # fmt: skip
