"""The line in front of the model: order, places, stopping, and what a waiting turn says."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from lm.generate import Delta
from ui.line import Full, Line, PatientBackend, Stopped, Ticket, Waiting, pump


class SlowBackend:
    """Answers in pieces, each only when it is let; records how many were at work at once."""

    name = "slow"

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.working, self.most = 0, 0
        self.order: list[str] = []

    def generate(self, messages: list[dict[str, str]], **options: Any) -> Iterator[Delta]:
        self.working += 1
        self.most = max(self.most, self.working)
        self.order.append(messages[0]["content"])
        try:
            for _ in range(2):
                assert self.gate.acquire(timeout=20)
                yield Delta(0, "x", False)
        finally:
            self.working -= 1


def start(backend: SlowBackend, line: Line, name: str, ticket: Ticket) -> threading.Thread:
    def work() -> None:
        patient = PatientBackend(backend, line, ticket)
        try:
            for _ in patient.generate([{"role": "user", "content": name}]):
                pass
        except Stopped:
            pass

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def wait_until(condition: Any) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_one_works_and_the_others_wait_in_order() -> None:
    backend, line = SlowBackend(), Line(1, 10)
    tickets = [Ticket() for _ in range(4)]
    threads = []
    for number, ticket in enumerate(tickets):
        threads.append(start(backend, line, str(number), ticket))
        wait_until(lambda n=number: len(line) == n and backend.working == 1)
    assert [line.ahead(ticket) for ticket in tickets] == [None, 0, 1, 2]
    backend.gate.release(8)
    for thread in threads:
        thread.join(20)
    assert backend.order == ["0", "1", "2", "3"] and backend.most == 1 and len(line) == 0


def test_more_places_work_side_by_side() -> None:
    backend, line = SlowBackend(), Line(2, 10)
    threads = [start(backend, line, str(n), Ticket()) for n in range(4)]
    wait_until(lambda: backend.working == 2 and len(line) == 2)
    backend.gate.release(8)
    for thread in threads:
        thread.join(20)
    assert backend.most == 2


def test_who_stops_leaves_the_line_and_the_next_one_comes() -> None:
    backend, line = SlowBackend(), Line(1, 10)
    first, second, third = Ticket(), Ticket(), Ticket()
    threads = []
    for number, ticket in enumerate((first, second, third)):
        threads.append(start(backend, line, str(number), ticket))
        wait_until(lambda n=number: len(line) == n and backend.working == 1)
    second.stopped.set()
    threads[1].join(20)
    assert line.ahead(third) == 0
    first.stopped.set()  # at work: it ends at its next piece
    backend.gate.release(6)
    for thread in threads:
        thread.join(20)
    assert backend.order == ["0", "2"] and backend.working == 0


def test_a_full_line_lets_nobody_in() -> None:
    line = Line(1, 0)
    with pytest.raises(Full), line.place(Ticket()):
        pass


def test_a_turn_says_where_it_stands_and_then_what_it_has_to_say() -> None:
    line, holder, ticket = Line(1, 10), Ticket(), Ticket()
    inside = line.place(holder)
    inside.__enter__()

    def turn() -> Iterator[str]:
        yield "begun"
        with line.place(ticket):
            yield "done"

    said = []
    for item in pump(turn, line, ticket):
        said.append(item)
        if isinstance(item, Waiting):
            inside.__exit__(None, None, None)
    assert said == ["begun", Waiting(0), "done"]


def test_what_a_turn_raises_is_raised_and_a_stop_does_not_wait_for_it() -> None:
    line = Line(1, 10)

    def broken() -> Iterator[str]:
        yield "begun"
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(pump(broken, line, Ticket()))

    never, ticket = threading.Event(), Ticket()

    def stuck() -> Iterator[str]:
        yield "begun"
        never.wait(20)

    with pytest.raises(Stopped):
        for _ in pump(stuck, line, ticket):
            ticket.stopped.set()
    never.set()
