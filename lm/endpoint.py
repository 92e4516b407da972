"""The endpoint backend: an OpenAI-compatible server over HTTP, answers streamed as server-sent
events.

Settings: `name` (the model), `url` or `url_variable` (the environment variable that holds it, up to
`/v1`), `key_variable`, `grammar` (how the engine takes a grammar: a name of `GRAMMARS`; `true` is vLLM;
nothing means that it takes none, and answers are as free as the model is), `timeout` (seconds without a
word). A busy server is asked again, after the time it names itself; once an answer has begun it is
not. Closing the generator closes the connection, which is how engines learn that nobody listens.
Only the standard library is used.
"""

from __future__ import annotations

import email.utils
import http.client
import json
import os
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lm.generate import MAX_TOKENS, BackendError, Delta, heat_of

TRIES = 4
LONGEST_WAIT = 30.0  # seconds; a server that wants more gets no further try
RETRIED = (408, 409, 429, 500, 502, 503, 504)
GUIDANCE = "%llguidance {}\n"  # tells the engine that the grammar is Lark text for llguidance
COMPLETE: dict[str, Any] = {}
GRAMMARS: dict[str, Callable[[str], dict[str, Any]]] = {
    "vllm": lambda grammar: {"structured_outputs": {"grammar": GUIDANCE + grammar}},
    "vllm-guided": lambda grammar: {"guided_grammar": GUIDANCE + grammar},  # before vLLM 0.11
    "sglang": lambda grammar: {"ebnf": GUIDANCE + grammar},  # with --grammar-backend llguidance
    "llama.cpp": lambda grammar: {"grammar": GUIDANCE + grammar},  # built with LLAMA_LLGUIDANCE
}


class Busy(Exception):
    """The server could not answer now; `wait` is how long it asked to be left alone."""

    def __init__(self, sentence: str, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


class EndpointBackend:
    """Answers from a server."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.model = str(settings.get("name") or "tunewright")
        self.name = f"endpoint:{self.model}"
        variable = settings.get("url_variable") or "TUNEWRIGHT_ENDPOINT_URL"
        self.url = str(settings.get("url") or os.environ.get(str(variable)) or "").rstrip("/")
        self.missing = f"The address of the model server is not set; put it in {variable}."
        self.key = os.environ.get(
            str(settings.get("key_variable") or "TUNEWRIGHT_ENDPOINT_KEY"), ""
        )
        dialect = settings.get("grammar")
        dialect = "vllm" if dialect is True else dialect
        if dialect and dialect not in GRAMMARS:
            raise ValueError(f"grammar {dialect!r}: true, false, or one of {', '.join(GRAMMARS)}")
        self.write_grammar = GRAMMARS[dialect] if dialect else None
        self.timeout = float(settings.get("timeout") or 120)
        self.heat = heat_of(settings)

    def generate(
        self,
        messages: list[dict[str, str]],
        *,
        grammar: str | None = None,
        n: int = 1,
        seed: int = 0,
        max_tokens: int = MAX_TOKENS,
        temperature: float | None = None,
    ) -> Iterator[Delta]:
        """Candidate answers as the server streams them."""
        if not self.url:
            raise BackendError(self.missing)
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "n": n,
            "seed": seed,
            "max_tokens": max_tokens,
            "temperature": self.heat if temperature is None else temperature,
            "stream": True,
        }
        if grammar is not None and self.write_grammar is not None:
            body |= self.write_grammar(grammar)
        for attempt in range(1, TRIES + 1):
            begun = False
            try:
                for delta in self._stream(body, n):
                    begun = True
                    yield delta
                return
            except Busy as busy:
                wait = (
                    busy.wait if busy.wait is not None else random.uniform(0.5, 1) * 2**attempt / 2
                )
                if begun or attempt == TRIES or wait > LONGEST_WAIT:
                    raise BackendError(str(busy)) from busy
            time.sleep(wait)

    def _stream(self, body: Mapping[str, Any], n: int) -> Iterator[Delta]:
        """One try. Raises `Busy` where another may help, `BackendError` where none will."""
        waiting, complete = set(range(n)), False
        try:
            with self._open(body) as response:
                for event in read_events(response):
                    complete = event is COMPLETE
                    for delta in read_deltas(event):
                        if delta.done and delta.index not in waiting:
                            continue
                        if delta.done:
                            waiting.discard(delta.index)
                        yield delta
        except urllib.error.HTTPError as error:
            with error:
                sentence = explain(error)
                if error.code in RETRIED:
                    raise Busy(sentence, asked_wait(error.headers)) from error
                raise BackendError(sentence) from error
        except urllib.error.URLError as error:
            raise Busy(f"The model server does not answer: {error.reason}") from error
        except (OSError, http.client.HTTPException) as error:
            reason = str(error) or type(error).__name__
            raise Busy(f"The connection to the model server broke off: {reason}") from error
        if waiting and not complete:
            raise Busy(
                "The connection to the model server broke off before the answer was complete."
            )
        for index in sorted(waiting):
            yield Delta(index, "", True)

    def _open(self, body: Mapping[str, Any]) -> Any:
        """The response whose body streams."""
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(
            f"{self.url}/chat/completions", json.dumps(body).encode(), headers, method="POST"
        )
        return urllib.request.urlopen(request, timeout=self.timeout)


def asked_wait(headers: Any) -> float | None:
    """The seconds that a `Retry-After` header names: a number or a date."""
    text = (headers or {}).get("Retry-After")
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


def explain(error: urllib.error.HTTPError) -> str:
    """A sentence for a refused request, with the server's own words where it gives some."""
    if error.code in (401, 403):
        return "The model server refused the key."
    if error.code == 404:
        return "The model server does not know this model or address."
    try:
        answer = json.loads(error.read(4096))
        said = answer.get("error", answer) if isinstance(answer, dict) else answer
        said = said.get("message", "") if isinstance(said, dict) else str(said)
    except (ValueError, OSError):
        said = ""
    words = f": {' '.join(str(said).split())[:200]}" if said else ""
    return f"The model server answered with an error ({error.code}){words or '.'}"


def read_deltas(event: Mapping[str, Any]) -> Iterator[Delta]:
    """The deltas of one event. An error that comes in the stream is a `BackendError`."""
    if event.get("error"):
        said = event["error"]
        said = said.get("message", said) if isinstance(said, dict) else said
        raise BackendError(f"The model server stopped: {' '.join(str(said).split())[:200]}")
    for choice in event.get("choices") or ():
        text = (choice.get("delta") or {}).get("content") or ""
        done = choice.get("finish_reason") is not None
        if text or done:
            yield Delta(int(choice.get("index") or 0), text, done)


def read_events(response: Any) -> Iterator[dict[str, Any]]:
    """The JSON of each `data:` line of a server-sent event stream; `COMPLETE` for `[DONE]`, the last."""
    for raw in response:
        line = raw.decode("utf-8", errors="replace").strip()
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        if data == "[DONE]":
            yield COMPLETE
            return
        try:
            event = json.loads(data)
        except json.JSONDecodeError as error:
            raise BackendError("The model server sent something that is not an answer.") from error
        if isinstance(event, dict):
            yield event
