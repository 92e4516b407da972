"""A backend behind OpenAI's protocol: `python -m lm serve --port 8000`.

`POST /v1/chat/completions` (streamed or whole; `n`, `seed`, `max_tokens`, `temperature`, and a grammar as
vLLM takes it: `structured_outputs.grammar` or `guided_grammar`), `GET /v1/models`, `GET /health`. For
small houses and for tests: one process, a thread a connection, the standard library. Requests are decoded
together by the backend itself. A client that goes away frees its rows. For many GPUs use an engine
made for them (docs/serving.md). What it does not do: tools, log-probabilities, TLS.
"""

from __future__ import annotations

import hmac
import json
import os
import select
import socket
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lm.generate import MAX_TOKENS, Backend, BackendError, Delta

KEY_VARIABLE = "TUNEWRIGHT_SERVE_KEY"
GUIDANCE = "%llguidance"  # the line by which engines know what a grammar is written in
MOST_BYTES, MOST_TOKENS, MOST_CANDIDATES = 1_000_000, 4096, 16
SILENT_SECONDS = 60  # a client that sends nothing for so long is let go


@dataclass(frozen=True)
class Asked:
    """A checked request."""

    messages: list[dict[str, str]]
    stream: bool
    options: dict[str, Any]  # what `Backend.generate` takes by name


def read_request(body: Any) -> Asked:
    """The request in a JSON body; `ValueError` with a sentence for one that cannot be answered."""
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise ValueError("messages must be a list with at least one message")
    for message in messages:
        wrong = not isinstance(message, dict) or not isinstance(message.get("content"), str)
        if wrong or message.get("role") not in ("system", "user", "assistant"):
            raise ValueError("a message has a role (system, user, assistant) and content in words")
    limit = body.get("max_completion_tokens", body.get("max_tokens"))
    options = {
        "n": number(body, "n", 1, int, 1, MOST_CANDIDATES),
        "seed": number(body, "seed", 0, int, -(2**63), 2**63),
        "max_tokens": number({"max_tokens": limit}, "max_tokens", MAX_TOKENS, int, 1, MOST_TOKENS),
        "temperature": number(body, "temperature", None, float, 0, 2),
        "grammar": read_grammar(body),
    }
    kept = [{"role": m["role"], "content": m["content"]} for m in messages]
    return Asked(kept, bool(body.get("stream")), options)


def number(
    body: Mapping[str, Any], name: str, default: float | None, kind: type, least: float, most: float
) -> Any:
    """A number of the body inside its bounds."""
    value = body.get(name)
    if value is None:
        return default
    whole = isinstance(value, int) or (isinstance(value, float) and kind is float)
    if isinstance(value, bool) or not whole or not least <= value <= most:
        raise ValueError(f"{name} must be a number from {least} to {most}")
    return kind(value)


def read_grammar(body: Mapping[str, Any]) -> str | None:
    """The Lark text of the request's grammar, if it has one."""
    structured = body.get("structured_outputs") or {}
    if not isinstance(structured, dict):
        raise ValueError("structured_outputs must be an object")
    grammar = structured.get("grammar") or body.get("guided_grammar")
    if grammar is None:
        return None
    if not isinstance(grammar, str):
        raise ValueError("the grammar must be a text")
    first, _, rest = grammar.partition("\n")
    return rest if first.startswith(GUIDANCE) else grammar


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    timeout = SILENT_SECONDS

    def log_message(self, *_: Any) -> None:
        """Requests are not written down."""

    def do_GET(self) -> None:
        """What can be asked here."""
        if self.path == "/health":
            self.answer(200, {"status": "ok"})
        elif self.path == "/v1/models" and self.known():
            entry = {"id": self.server.model, "object": "model", "owned_by": "tunewright"}
            self.answer(200, {"object": "list", "data": [entry]})
        elif self.path != "/v1/models":
            self.refuse(404, "there is nothing at this address")

    def do_POST(self) -> None:
        """Answer a dialogue."""
        if self.path != "/v1/chat/completions":
            self.refuse(404, "there is nothing at this address")
            return
        if not self.known():
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.refuse(413, f"a request has a length of at most {MOST_BYTES} bytes")
            return
        try:
            asked = read_request(json.loads(self.rfile.read(int(length))))
        except ValueError as error:
            self.refuse(400, str(error))
            return
        if not self.server.places.acquire(blocking=False):
            self.refuse(503, "too many requests are waiting", {"Retry-After": "2"})
            return
        try:
            self.respond(asked)
        except (ConnectionError, TimeoutError):
            self.close_connection = True  # the client has gone
        finally:
            self.server.places.release()

    def respond(self, asked: Asked) -> None:
        """Run the backend; its generator is closed however this ends."""
        deltas = self.server.backend.generate(asked.messages, **asked.options)
        try:
            first = next(deltas, None)  # what is wrong shows here, while a status can still say so
            if asked.stream:
                self.stream(first, deltas)
            else:
                self.whole(first, deltas)
        except ValueError as error:
            self.refuse(400, str(error))
        except BackendError as error:
            self.refuse(500, str(error))
        finally:
            close = getattr(deltas, "close", None)
            if close:
                close()

    def stream(self, first: Delta | None, deltas: Iterator[Delta]) -> None:
        """Answer with an event for each delta."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        head = self.head("chat.completion.chunk")
        try:
            for delta in chain(first, deltas):
                choice = {
                    "index": delta.index,
                    "delta": {"content": delta.text},
                    "finish_reason": "stop" if delta.done else None,
                }
                self.event(head | {"choices": [choice]})
        except (BackendError, ValueError) as error:
            self.event({"error": {"message": str(error), "type": "server_error"}})
        self.wfile.write(b"data: [DONE]\n\n")

    def event(self, value: Mapping[str, Any]) -> None:
        """Send one server-sent event."""
        self.wfile.write(f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def whole(self, first: Delta | None, deltas: Iterator[Delta]) -> None:
        """Answer with one object when all candidates are complete."""
        texts: dict[int, str] = {}
        count = 0
        for delta in chain(first, deltas):
            texts[delta.index] = texts.get(delta.index, "") + delta.text
            count += bool(delta.text)
            if self.gone():
                raise ConnectionError("nobody waits for the answer")
        choices = [
            {
                "index": index,
                "message": {"role": "assistant", "content": texts[index]},
                "finish_reason": "stop",
            }
            for index in sorted(texts)
        ]
        usage = {"completion_tokens": count}
        self.answer(200, self.head("chat.completion") | {"choices": choices, "usage": usage})

    def gone(self) -> bool:
        """Whether the client has closed the connection."""
        ready, _, _ = select.select([self.connection], [], [], 0)
        return bool(ready) and self.connection.recv(1, socket.MSG_PEEK) == b""

    def head(self, kind: str) -> dict[str, Any]:
        """What every object of an answer begins with."""
        name = f"chatcmpl-{uuid.uuid4().hex}"
        return {"id": name, "object": kind, "created": int(time.time()), "model": self.server.model}

    def known(self) -> bool:
        """Whether the caller has the key, where one is set; answers when not."""
        key = self.server.key
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if not key or hmac.compare_digest(given.encode(), key.encode()):
            return True
        self.refuse(401, "the key is missing or wrong")
        return False

    def refuse(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        """Say what is wrong as OpenAI's servers do."""
        kind = "invalid_request_error" if status < 500 else "server_error"
        self.answer(status, {"error": {"message": sentence, "type": kind}}, headers)

    def answer(
        self, status: int, value: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        """Send one JSON object."""
        text = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        for name, word in (headers or {}).items():
            self.send_header(name, word)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def chain(first: Delta | None, rest: Iterator[Delta]) -> Iterator[Delta]:
    """The first delta and the others."""
    if first is not None:
        yield first
        yield from rest


class Server(ThreadingHTTPServer):
    """A backend that listens. `waiting` is the most requests under way; more are told to come back."""

    daemon_threads = True

    def __init__(
        self, backend: Backend, model: str, address: tuple[str, int], waiting: int = 32,
        key: str = "",
    ) -> None:  # fmt: skip
        super().__init__(address, Handler)
        self.backend, self.model, self.key = backend, model, key
        self.places = threading.BoundedSemaphore(waiting)


def serve(settings: Mapping[str, Any], host: str, port: int) -> None:
    """Serve the backend that the settings name until interrupted."""
    from lm.generate import load_backend

    backend = load_backend(settings)
    load = getattr(backend, "load", None)
    if load:
        load()  # read the weights before anybody waits for them
    model = str(settings.get("name") or "tunewright")
    with Server(backend, model, (host, port), key=os.environ.get(KEY_VARIABLE, "")) as server:
        sys.stdout.write(f"{backend.name} listens on http://{host}:{server.server_port}/v1\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stdout.write("stopped\n")
