"""The page itself: its components, and which event calls which handler of :mod:`ui.page`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui import space
from ui.bubbles import welcome
from ui.exports import IMPORTS
from ui.page import Page
from ui.score import STATIC, VENDOR, make_score_pane
from ui.strings import EXAMPLES, PAGE

if TYPE_CHECKING:
    from ui.bridge import Bridge

PRIVATE: dict[str, Any] = {"api_visibility": "private"}
# The browser adds the selected bars at the moment a message is sent, so that none is ever lost.
WITH_SCOPE = (
    "(...inputs) => { inputs[inputs.length - 1] = window.Tunewright?.scope() ?? '';"
    " return inputs; }"
)
SCOPE_CHIP = (
    '<button id="tw-chat-handle" type="button" aria-controls="tw-chat"></button>'
    '<div id="tw-scope" hidden><span></span><button type="button">&#10005;</button></div>'
)


@dataclass(frozen=True)
class Parts:
    """The components that events read and write."""

    session: gr.State
    language: gr.State
    turns: gr.State
    request: gr.State
    scope: gr.Textbox
    chat: gr.Chatbot
    box: gr.MultimodalTextbox
    score: Any


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
    with gr.Blocks(
        title="Tunewright", fill_height=True, fill_width=True, delete_cache=(3600, 86400)
    ) as demo:
        parts = lay_out(bridge)
        if bridge.settings.page.tools:
            from ui.api import offer

            offer(bridge)  # first: an event of the page would take the name "edit"
        connect(page, demo, parts)
    return demo


def lay_out(bridge: Bridge) -> Parts:
    """Make the components: the chat on the left, the score on the right."""
    session, language = gr.State(bridge.new_session()), gr.State("en")
    turns, request = gr.State([]), gr.State(None)
    scope = gr.Textbox(visible=False)
    with gr.Row(elem_id="tw-layout"):
        with gr.Column(elem_id="tw-chat-side", scale=4, min_width=300):
            chat = gr.Chatbot(
                elem_id="tw-chat", show_label=False, container=False, scale=1, height="100%",
                layout="bubble", buttons=["copy"], allow_tags=False, latex_delimiters=[],
                feedback_options=None, group_consecutive_messages=False, editable="user",
                placeholder=welcome("en"), examples=[{"text": text} for text in EXAMPLES["en"]],
            )  # fmt: skip
            gr.HTML(
                html_template=SCOPE_CHIP, js_on_load=None, apply_default_css=False,
                elem_id="tw-scope-holder",
            )  # fmt: skip
            box = gr.MultimodalTextbox(
                elem_id="tw-message", show_label=False, container=False, autofocus=True,
                file_types=[suffix for suffix in IMPORTS if suffix != ".zip"], sources=["upload"],
                lines=1, max_lines=8, max_plain_text_length=100_000,
                placeholder=PAGE["en"]["placeholder"],
            )  # fmt: skip
            space.offer_login()
        with gr.Column(elem_id="tw-score-side", scale=7, min_width=320):
            score = make_score_pane(bridge.calls)
    return Parts(session, language, turns, request, scope, chat, box, score)


def connect(page: Page, demo: Any, parts: Parts) -> None:
    """Wire the events. Every turn has the same two steps: take (at once), answer (queued)."""
    session, language, turns, request = parts.session, parts.language, parts.turns, parts.request
    chat, box, score = parts.chat, parts.box, parts.score
    quick: dict[str, Any] = {"queue": False, "show_progress": "hidden", **PRIVATE}
    dressed = [session, language, turns, chat, box, score]
    demo.load(page.greet, None, dressed, **quick)
    # The bin above the chat begins a new conversation, with an empty score.
    chat.clear(page.begin_anew, [language], dressed, **quick)
    score.switch(page.switch, [session, chat, turns], dressed, **quick)
    score.restore(page.restore, [session, chat, language], [session, chat, score], **quick)
    score.navigate(page.navigate, [session, language], [session, score], **quick)
    chat.undo(
        page.undo, [session, chat, turns, language], [session, turns, chat, score, box], **quick
    )
    begun = taking(page, parts, quick)
    for event in begun:
        turn = event.success(
            page.answer, [session, chat, turns, request, language],
            [session, turns, chat, score, box],
            # Turns wait for the model in our own line; whoever needs none does not wait.
            concurrency_id="turns", concurrency_limit=page.limits.queue + page.limits.concurrency,
            show_progress="hidden", **PRIVATE,
        )  # fmt: skip
        turn.failure(
            page.failed, [session, chat, language], [chat, score, box], queue=False, **PRIVATE
        )
    box.stop(page.stop, [request], None, queue=False, **PRIVATE)


def taking(page: Page, parts: Parts, quick: dict[str, Any]) -> list[Any]:
    """Wire everything that begins a turn; each leaves a request for the answer."""
    session, language, turns, request = parts.session, parts.language, parts.turns, parts.request
    scope, chat, box, score = parts.scope, parts.chat, parts.box, parts.score
    taken = [box, chat, request]
    with_scope = {"js": WITH_SCOPE, **quick}
    before = [session, chat, turns, language]
    again = [session, turns, box, chat, request]
    return [
        box.submit(page.take, [box, chat, language, scope], taken, **with_scope),
        chat.example_select(page.take_choice, [chat, language, scope], taken, **with_scope),
        chat.option_select(page.take_choice, [chat, language, scope], taken, **with_scope),
        chat.retry(page.retry, before, again, **quick),
        chat.edit(page.edit, before, again, **quick),
        score.open_abc(page.open_abc, [chat, language], taken, **quick),
        score.open_file(
            page.open_file, [session, chat, language], [session, chat, score, request], **quick
        ),
    ]
