"""The page's functions for programs: typed, documented, and the same as tools over MCP.

Each stands alone: a tune goes in as ABC text and comes out as ABC text, and nothing is remembered
between two calls. Names and descriptions are what a client and a language model read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import gradio as gr

if TYPE_CHECKING:
    from ui.bridge import Bridge

FORMATS = ("mid", "musicxml", "pdf", "svg", "png", "mp3", "ogg", "wav")


class Tools:
    """The functions, over one bridge."""

    def __init__(self, bridge: Bridge) -> None:
        """Answer with this bridge's model, limits and cache."""
        self.bridge = bridge

    def compose(
        self, request: str, seed: int = 0, visitor: gr.Request | None = None
    ) -> dict[str, Any]:
        """Write a tune from a description in English or Chinese, as checked ABC notation.

        Args:
            request: What the tune should be, e.g. "a slow waltz in D minor, 16 bars, with chords".
            seed: The same seed gives the same tune; 0 takes a new one each time.

        Returns:
            A dict with abc (the tune), reply (words about it), requirements (name, value, met) and error.
        """
        return self._turn(request, None, None, seed, visitor)

    def edit(
        self, abc: str, request: str, first_bar: int = 0, last_bar: int = 0,
        visitor: gr.Request | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Change a tune as a sentence says; everything outside stays as it was, to the byte.

        Args:
            abc: The tune in ABC notation.
            request: What to change, e.g. "transpose it up a tone" or "make bars 5-8 minor".
            first_bar: The first of the bars that the request is about; 0 for none in particular.
            last_bar: The last of these bars.

        Returns:
            A dict with abc (the changed tune), reply, requirements and error.
        """
        bars = (first_bar, last_bar) if 0 < first_bar <= last_bar else None
        return self._turn(request, abc, bars, 0, visitor)

    def analyse(
        self, abc: str, question: str = "", language: Literal["en", "zh"] = "en"
    ) -> dict[str, Any]:
        """Say what is true of a tune: key, form, harmony, cadences, motifs, each with its bars.

        Args:
            abc: The tune in ABC notation.
            question: A question about it, e.g. "why does bar 6 sound sad?"; empty for all facts.
            language: The language of the sentences, en or zh.

        Returns:
            A dict with reply (an answer, or all sentences), facts (kind, bars, sentence) and error.
        """
        from abc_tools.analyse import facts

        tune, error = self._read(abc)
        if tune is None:
            return {"reply": "", "facts": [], "error": error}
        try:
            found = facts(tune)
        except ValueError as problem:
            return {"reply": "", "facts": [], "error": str(problem)}
        told: list[dict[str, Any]] = [
            {"kind": f.kind, "bars": list(f.bars), "sentence": f.sentence(language)} for f in found
        ]
        if not question.strip():
            return {"reply": " ".join(f["sentence"] for f in told), "facts": told, "error": None}
        answer = self._turn(question, abc, None, 0, None)
        return {"reply": answer["reply"], "facts": told, "error": answer["error"]}

    def validate(self, abc: str) -> dict[str, Any]:
        """Check ABC notation: every bar of every voice against its meter, and all other rules.

        Args:
            abc: The tune in ABC notation.

        Returns:
            A dict with valid, diagnostics (rule, message, bar, severity) and error.
        """
        from abc_tools.validate import validate

        tune, error = self._read(abc)
        if tune is None:
            return {"valid": False, "diagnostics": [], "error": error}
        found = [
            {"rule": d.rule, "message": d.message, "bar": d.bar, "severity": d.severity}
            for d in validate(tune)
        ]
        valid = not any(d["severity"] == "error" for d in found)
        return {"valid": valid, "diagnostics": found, "error": None}

    def render(
        self, abc: str,
        format: Literal["mid", "musicxml", "pdf", "svg", "png", "mp3", "ogg", "wav"] = "mp3",
    ) -> gr.FileData:  # fmt: skip
        """Make a file of a tune: MIDI, MusicXML, sheet music or sound.

        Args:
            abc: The tune in ABC notation.
            format: mid, musicxml, pdf, svg, png, mp3, ogg or wav.

        Returns:
            The file.
        """
        answer = self.bridge.calls.export({"abc": abc, "kind": format})
        if answer["error"]:
            raise gr.Error(answer["error"], print_exception=False)
        return gr.FileData(path=str(answer["url"]), orig_name=f"tune.{format}")

    def recommend(
        self, request: str, abc: str = "", visitor: gr.Request | None = None
    ) -> dict[str, Any]:
        """Find known tunes: like a tune, or by words such as "three jigs for beginners".

        Args:
            request: What is looked for; with a tune, "find tunes like this".
            abc: The tune that others should be like, in ABC notation; may be empty.

        Returns:
            A dict with recommendations (title, source, reason), reply and error.
        """
        return self._turn(request or "find tunes like this", abc or None, None, 0, visitor)

    # ---- what they share -------------------------------------------------------------------------

    def _read(self, abc: str) -> tuple[Any, str | None]:
        from ui.calls import first_tune

        if not abc.strip() or len(abc) > self.bridge.settings.limits.abc_characters:
            return None, "There is no ABC tune, or it is too long."
        tune = first_tune(abc)
        return tune, None if tune is not None else "There is no ABC tune in this text."

    def _turn(
        self, message: str, abc: str | None, bars: tuple[int, int] | None, seed: int,
        visitor: gr.Request | None,
    ) -> dict[str, Any]:  # fmt: skip
        """Hold one turn of a conversation of its own and answer with its reply."""
        from chat.session import Selection
        from lm.generate import BackendError
        from ui.line import Full, Ticket

        limits, session = self.bridge.settings.limits, self.bridge.new_session()
        answer: dict[str, Any] = {
            "abc": None, "reply": "", "requirements": [], "recommendations": [], "error": None,
        }  # fmt: skip
        if len(message) > limits.message_characters or len(abc or "") > limits.abc_characters:
            return {**answer, "error": "The request or the tune is too long."}
        if sentence := self.bridge.too_often(visitor, "en"):
            return {**answer, "error": sentence}
        if abc is not None:
            session, said = self.bridge.open_text(session, abc, "en")
            if session.current is None:
                return {**answer, "error": said}
        selection = Selection(session.current or 0, *bars) if bars else None
        try:
            *_, reply = self.bridge.respond(
                session, message, selection, None, "en", Ticket(), seed=seed or None
            )
        except (BackendError, Full) as error:
            return {**answer, "error": str(error) or "Too many people wait just now."}
        assert not hasattr(reply, "stage"), "the last thing a turn says is its reply"
        return {
            "abc": reply.session.abc, "reply": reply.text, "error": reply.error,
            "requirements": [
                {"name": r.name, "value": r.value, "met": r.met} for r in reply.requirements
            ],
            "recommendations": [dict(one) for one in reply.recommendations],
        }  # fmt: skip


def offer(bridge: Bridge) -> None:
    """Offer the functions to programs; called while the page is built."""
    tools = Tools(bridge)
    functions: tuple[Callable[..., Any], ...] = (
        tools.compose, tools.edit, tools.analyse, tools.validate, tools.render, tools.recommend,
    )  # fmt: skip
    offered: Any = vars(gr)["api"]  # gradio does not name it among its own
    for function in functions:
        offered(
            function, api_name=function.__name__, concurrency_id="tools",
            concurrency_limit=bridge.settings.limits.concurrency + 2,
        )  # fmt: skip
