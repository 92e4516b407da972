"""The line in front of the model: who is at work, who waits, and who has gone away.

Only the model is waited for. A turn that needs none (an edit, a question, undo) never stands in line,
and a turn that waits can say how many are before it. A turn runs in a thread of its own, so that the
page can look at the line, and notice a stop, between two things that the turn says.
"""

from __future__ import annotations

import contextlib
import contextvars
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lm.generate import Delta

LOOK_SECONDS = 0.25  # how often a waiting turn looks at the line


class Stopped(Exception):
    """The person has stopped the turn; it ends where it stands."""


class Full(Exception):
    """More people wait than are let in."""


@dataclass(eq=False)
class Ticket:
    """One turn's place; set ``stopped`` to end it."""

    stopped: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Waiting:
    """How many turns the model takes before this one."""

    ahead: int


class Line:
    """At most ``places`` tickets are at work at a time, at most ``most`` wait, first come first served."""

    def __init__(self, places: int, most: int) -> None:
        """Open an empty line."""
        self.places, self.most = places, most
        self._waiting: list[Ticket] = []
        self._working = 0
        self._changed = threading.Condition()

    def ahead(self, ticket: Ticket) -> int | None:
        """Return how many wait before a ticket; None when it does not wait."""
        with self._changed:
            return self._waiting.index(ticket) if ticket in self._waiting else None

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    @contextlib.contextmanager
    def place(self, ticket: Ticket) -> Iterator[None]:
        """Wait for a place and hold it; Full or Stopped if there is none to be had."""
        with self._changed:
            if len(self._waiting) >= self.most:
                raise Full
            self._waiting.append(ticket)
            try:
                while self._waiting[0] is not ticket or self._working >= self.places:
                    if ticket.stopped.is_set():
                        raise Stopped
                    self._changed.wait(LOOK_SECONDS)
                self._working += 1
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1
                self._changed.notify_all()


class PatientBackend:
    """A backend that stands in line before every answer and stops when its turn is stopped."""

    def __init__(self, backend: Any, line: Line, ticket: Ticket) -> None:
        """Ask this backend with this ticket."""
        self.backend, self.line, self.ticket = backend, line, ticket
        self.name: str = backend.name

    def generate(self, messages: list[dict[str, str]], **options: Any) -> Iterator[Delta]:
        """Answer as the backend does, once there is a place."""
        with self.line.place(self.ticket):
            for delta in self.backend.generate(messages, **options):
                if self.ticket.stopped.is_set():
                    raise Stopped
                yield delta


_END = object()


def pump(make: Callable[[], Iterator[Any]], line: Line, ticket: Ticket) -> Iterator[Any]:
    """Yield what a turn says, and :class:`Waiting` whenever its place in the line has changed.

    The turn runs in a thread with the caller's context. What it raises is raised here. When the ticket is
    stopped, Stopped is raised at once, whatever the turn is doing; it ends by itself soon after.
    """
    said: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def work() -> None:
        try:
            for item in make():
                said.put(item)
                if ticket.stopped.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - it is raised again in the caller's thread
            said.put(error)
        finally:
            said.put(_END)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(work,), name="turn", daemon=True).start()
    shown: int | None = None
    while True:
        if ticket.stopped.is_set():
            raise Stopped
        try:
            item = said.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            ahead = line.ahead(ticket)
            if ahead is not None and ahead != shown:
                shown = ahead
                yield Waiting(ahead)
            continue
        if item is _END:
            return
        if isinstance(item, BaseException):
            raise item
        yield item
