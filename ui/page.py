"""What the page does when something happens on it. Holds no state of a visitor: that travels in gr.State.

Order of a turn: the user's bubble at once (:meth:`Page.take`), then :meth:`Page.answer` with staged
status, drafts of the score as they grow, and the reply with its checks; the sound is fetched by the
pane afterwards. The session is written once, with the reply, so a turn that is stopped or fails leaves
the tune as it was.
"""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui import prepared, space
from ui.bubbles import Message, ask, pending, say, speak, status, welcome
from ui.line import Full, Stopped, Ticket, Waiting, pump
from ui.share import Arrival, read_arrival
from ui.strings import EXAMPLES, LANGUAGES, PAGE, choose_language
from ui.text import show_plain, split_message

if TYPE_CHECKING:
    from chat.session import Session
    from ui.bridge import Bridge

DRAFT_SECONDS = 0.25  # at most this often a growing draft is sent to the page
MOST_TURNS = 60  # turns of one visitor that can be taken back or tried again
MOST_TICKETS = 2000


@dataclass(frozen=True, eq=False)  # one turn is like no other; its request cannot be hashed
class Done:
    """A turn that has been answered: where its bubbles begin, the session before it, what was asked."""

    start: int
    session: Session
    request: dict[str, Any]


class Page:
    """The handlers of all events.

    Gradio reads the types of their parameters when the page is built; sessions are ``Any`` there, because
    their class is not imported with the page.
    """

    def __init__(self, bridge: Bridge) -> None:
        """Serve the page over this bridge."""
        self.bridge = bridge
        self.limits = bridge.settings.limits
        self.tickets: OrderedDict[str, Ticket] = OrderedDict()

    # ---- arriving --------------------------------------------------------------------------------

    def greet(self, request: gr.Request) -> tuple[Any, ...]:
        """Set words, examples and a session in the visitor's language; open the tune of a link."""
        query = dict(request.query_params) if request is not None else {}
        arrival = read_arrival(query, self.limits.abc_characters, LANGUAGES)
        accepted = request.headers.get("accept-language") if request is not None else None
        language = arrival.language or choose_language(accepted)
        session, history = self.bridge.new_session(), list[Message]()
        if arrival.abc is not None:
            session, said = self.bridge.open_text(session, arrival.abc, language)
            history = [say(said)]
        elif arrival.damaged:
            history = [say(PAGE[language]["bad_link"])]
        return self.dress(session, history, language, arrival)

    def dress(
        self,
        session: Any,
        history: list[Message],
        language: str,
        arrival: Arrival | None = None,
    ) -> tuple[Any, ...]:
        """Return (session, language, turns, chat, box, score) for a page in a language."""
        words = PAGE[language]
        texts = [*prepared.names(language), *EXAMPLES[language]]
        bubbles: Any = history
        chat = gr.Chatbot(
            value=bubbles,
            examples=[{"text": text} for text in texts],
            placeholder=welcome(language),
        )
        shown = self.bridge.show(session, language)
        if notice := self.bridge.notice(language):
            shown["notice"] = notice
        if arrival is not None:
            shown["score_only"] = arrival.score_only
            shown["task"], shown["seed"] = arrival.task, arrival.seed
        box = gr.MultimodalTextbox(value=None, placeholder=words["placeholder"])
        return session, language, [], chat, box, shown

    def begin_anew(self, language: str) -> tuple[Any, ...]:
        """Begin a new conversation, with an empty score."""
        return self.dress(self.bridge.new_session(), [], language)

    def switch(
        self, session: Any, history: list[Message], turns: list[Done], event: gr.EventData
    ) -> tuple[Any, ...]:
        """Show the page in another language; the tune and what was said stay."""
        wanted = (event._data or {}).get("language")
        language = wanted if wanted in LANGUAGES else "en"
        session, language, _, chat, box, shown = self.dress(session, history, language)
        return session, language, turns, chat, box, shown

    def restore(
        self, session: Any, history: list[Message], language: str, event: gr.EventData
    ) -> tuple[Any, ...]:
        """Give a visitor the versions back that the browser has kept, after a reload or a restart.

        Only an empty session is filled; what the browser sends may be anything.
        """
        kept = self.bridge.open_packed((event._data or {}).get("project"))
        if session.versions or kept is None:
            return session, history, self.bridge.show(session, language)
        words = PAGE[language]["restored"].format(version=kept.current)
        return kept, [*history, say(words)], self.bridge.show(kept, language)

    # ---- one turn: taking it ---------------------------------------------------------------------

    def take(
        self, message: Any, history: list[Message], language: str, scope: str
    ) -> tuple[Any, list[Message], dict[str, Any] | None]:
        """Show the user's bubble and put the request aside for :meth:`answer`."""
        text, abc, problem = self.read_message(message, language)
        problem = problem or self.find_problem(text, abc, PAGE[language])
        start = len(history)
        bubble = ask(text, abc, cut=problem is not None)
        if bubble is not None:
            history = [*history, bubble]
        if problem:
            return gr.MultimodalTextbox(value=None), [*history, say(problem)], None
        history = [*history, status(PAGE[language]["understanding"])]
        box = gr.MultimodalTextbox(value=None, submit_btn=False, stop_btn=True)
        return box, history, self.admit(text, abc, scope, start)

    def admit(self, text: str, abc: str | None, scope: str, start: int) -> dict[str, Any]:
        """Return a request with a ticket of its own."""
        name = uuid.uuid4().hex
        self.tickets[name] = Ticket()
        while len(self.tickets) > MOST_TICKETS:
            self.tickets.popitem(last=False)
        return {"id": name, "text": text, "abc": abc, "scope": scope, "start": start}

    def take_choice(
        self, history: list[Message], language: str, scope: str, event: gr.SelectData
    ) -> tuple[Any, list[Message], dict[str, Any] | None]:
        """Send an example or a suggestion as if it had been typed."""
        chosen = event.value
        text = chosen.get("text", "") if isinstance(chosen, dict) else str(chosen)
        if prepared.find(text, language) is not None:
            return gr.skip(), history, {"prepared": text}
        return self.take({"text": text, "files": []}, history, language, scope)

    def open_abc(
        self, history: list[Message], language: str, event: gr.EventData
    ) -> tuple[Any, list[Message], dict[str, Any] | None]:
        """Take a tune that was pasted, edited or dropped into the pane."""
        text, tune = split_message(str((event._data or {}).get("abc") or ""))
        return self.take({"text": tune or text, "files": []}, history, language, "")

    def read_message(self, message: Any, language: str) -> tuple[str, str | None, str | None]:
        """Return the words, the tune and what is wrong of what came from the message box."""
        if not isinstance(message, dict):
            return str(message or "").strip(), None, None
        text, abc = split_message(str(message.get("text") or ""))
        for file in message.get("files") or []:
            path = Path(file if isinstance(file, str) else file["path"])
            abc, problem = self.bridge.read_file(path.read_bytes(), path.suffix, language)
            if problem:
                return text, None, problem
        return text, abc, None

    def find_problem(self, text: str, abc: str | None, words: dict[str, str]) -> str | None:
        """Return why a message is not passed on, or None."""
        if not text and not abc:
            return words["empty"]
        if len(text) > self.limits.message_characters:
            return words["too_long"].format(limit=self.limits.message_characters)
        if abc is not None and len(abc) > self.limits.abc_characters:
            return words["abc_too_long"].format(limit=self.limits.abc_characters)
        return None

    # ---- one turn: answering it ------------------------------------------------------------------

    def answer(
        self, session: Any, history: list[Message], turns: list[Done],
        request: dict[str, Any] | None, language: str, visitor: gr.Request | None = None,
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        """Run the turn and yield (session, turns, history, score, message box) as it goes on."""
        ready = gr.MultimodalTextbox(submit_btn=True, stop_btn=False)
        shown = self.bridge.show(session, language)
        if request is None:
            yield session, turns, history, shown, ready
            return
        if "prepared" in request:
            yield self.open_prepared(request["prepared"], language, ready)
            return
        history = history[:-1] if pending(history) else history
        if sentence := self.bridge.too_often(visitor, language):
            yield session, turns, [*history, say(sentence)], shown, ready
            return
        drawn = 0.0
        for item in self.run(session, request, language):
            if isinstance(item, str):
                yield session, turns, [*history, say(item)], shown, ready
                return
            if isinstance(item, Waiting):
                words = PAGE[language]["waiting" if item.ahead else "next"]
                waits = [*history, status(words.format(ahead=item.ahead))]
                yield session, turns, waits, gr.skip(), gr.skip()
                continue
            if not hasattr(item, "stage"):
                done = Done(request["start"], session, request)
                history = [*history, speak(item, language, request["text"])]
                after = self.bridge.show(item.session, language)
                yield item.session, [*turns, done][-MOST_TURNS:], history, after, ready
                return
            words = item.text or self.bridge.stage(item.stage, language)
            score = gr.skip()
            if item.abc and time.monotonic() - drawn >= DRAFT_SECONDS:
                score, drawn = self.bridge.show_draft(item.abc, shown), time.monotonic()
            yield session, turns, [*history, status(words)], score, gr.skip()

    def run(self, session: Any, request: dict[str, Any], language: str) -> Iterator[Any]:
        """Yield what the chat yields; a failure of the world becomes its sentence."""
        from abc_tools.formats.audio import AudioError
        from chat.settings import SettingsError
        from lm.generate import BackendError

        ticket = self.tickets.get(request["id"]) or Ticket()
        selection = self.bridge.select(request["scope"], session)
        listener = self.bridge.listener(request["scope"])

        def turn() -> Iterator[Any]:
            return self.bridge.respond(
                session, request["text"], selection, request["abc"], language, ticket, listener
            )

        try:
            yield from pump(turn, self.bridge.line, ticket)
        except Stopped:
            yield PAGE[language]["stopped"]
        except Full:
            yield PAGE[language]["full"]
        except (BackendError, AudioError, SettingsError) as error:
            yield show_plain(str(error))
        except gr.Error as error:
            yield space.friendly(error, language)
        finally:
            self.tickets.pop(request["id"], None)

    def open_prepared(self, name: str, language: str, ready: Any) -> tuple[Any, ...]:
        """Return the page with one of the prepared conversations open, its tune about to play."""
        example = prepared.find(name, language)
        assert example is not None, "the request was made from the same list"
        shown = self.bridge.show(example.session, language)
        shown["play"] = True
        return example.session, [], [*example.history], shown, ready

    def stop(self, request: dict[str, Any] | None) -> None:
        """End the turn that is running, or that has not begun yet."""
        ticket = self.tickets.get(request.get("id", "")) if request else None
        if ticket is not None:
            ticket.stopped.set()

    def failed(self, session: Any, history: list[Message], language: str) -> tuple[Any, ...]:
        """Say that a turn broke off because of an error of ours (which is in the log by now)."""
        history = [*(history[:-1] if pending(history) else history), say(PAGE[language]["failed"])]
        box = gr.MultimodalTextbox(submit_btn=True, stop_btn=False)
        return history, self.bridge.show(session, language), box

    # ---- taking back and trying again ------------------------------------------------------------

    def retry(
        self, session: Any, history: list[Message], turns: list[Done], language: str,
        event: gr.RetryData,
    ) -> tuple[Any, ...]:  # fmt: skip
        """Ask the same again, from the tune as it was then; what came of it first stays a version."""
        return self.again(session, history, turns, language, _place(event.index), None)

    def edit(
        self, session: Any, history: list[Message], turns: list[Done], language: str,
        event: gr.EditData,
    ) -> tuple[Any, ...]:  # fmt: skip
        """Ask something else instead, from the tune as it was before that message."""
        value = event.value
        text = value if isinstance(value, str) else str((value or {}).get("text", ""))
        return self.again(session, history, turns, language, _place(event.index), text)

    def again(
        self, session: Any, history: list[Message], turns: list[Done], language: str,
        index: int, text: str | None,
    ) -> tuple[Any, ...]:  # fmt: skip
        """Return (session, turns, box, history, request) for a turn that is begun again."""
        found = next((n for n in reversed(range(len(turns))) if turns[n].start <= index), None)
        if found is None:
            kept = history[: index + 1] if index < len(history) else history
            return session, turns, gr.skip(), [*kept, say(PAGE[language]["gone"])], None
        done = turns[found]
        session = returned(session, done.session)
        asked = done.request
        message: dict[str, Any] = {"text": asked["text"] if text is None else text, "files": []}
        before = history[: done.start]
        box, history, request = self.take(message, before, language, asked["scope"])
        if request is not None and text is None:
            request = {**request, "abc": asked["abc"]}
            bubble = ask(asked["text"], asked["abc"])
            history = [*before, *([bubble] if bubble else []), history[-1]]
        return session, turns[:found], box, history, request

    def undo(
        self, session: Any, history: list[Message], turns: list[Done], language: str,
        event: gr.UndoData,
    ) -> tuple[Any, ...]:  # fmt: skip
        """Take the last turn back: its bubbles, and the tune as it was; the words return to the box."""
        if not turns:
            return session, turns, history, self.bridge.show(session, language), gr.skip()
        done = turns[-1]
        session = returned(session, done.session)
        box = gr.MultimodalTextbox(value={"text": done.request["text"], "files": []})
        shown = self.bridge.show(session, language)
        return session, turns[:-1], history[: done.start], shown, box

    # ---- the score pane's own events -------------------------------------------------------------

    def navigate(self, session: Any, language: str, event: gr.EventData) -> tuple[Any, Any]:
        """Undo, redo, or go to a version."""
        data = event._data or {}
        session = self.bridge.navigate(session, str(data.get("to")), data.get("number"))
        return session, self.bridge.show(session, language)

    def open_file(
        self, session: Any, history: list[Message], language: str, event: gr.EventData
    ) -> tuple[Any, ...]:
        """Take a file that was dropped on the score: a tune, or a whole project."""
        data = event._data or {}
        name, content = str(data.get("name") or ""), data.get("content")
        found = self.bridge.open_upload(name, content, language)
        if isinstance(found, str):
            history = [*history, say(found)]
            return session, history, gr.skip(), None
        if not isinstance(found, bytes):
            words = PAGE[language]["restored"].format(version=found.current)
            return found, [*history, say(words)], self.bridge.show(found, language), None
        _, history, request = self.take(
            {"text": found.decode(), "files": []}, history, language, ""
        )
        return session, history, gr.skip(), request


def returned(session: Session, before: Session) -> Session:
    """Return the session at the version, locks and memory it had before a turn; no version is lost."""
    undone = session.undone
    if session.current is not None and session.current != before.current:
        undone = (session.current, *undone)
    return replace(
        session, current=before.current, undone=undone, locks=before.locks, memory=before.memory
    )


def _place(index: Any) -> int:
    """Return a message's place in the chat; Gradio gives a number, or a number and a part of it."""
    return int(index[0] if isinstance(index, list | tuple) else index)
