"""The endpoint backend: an OpenAI-compatible server over HTTP, answers streamed as server-sent
events.

Settings: `name` (the model), `url` or `url_variable` (the environment variable that holds it, up to
`/v1`), `key_variable`, `grammar` (true when the engine takes a grammar: vLLM with llguidance does),
`timeout`. Without `grammar: true` the grammar is not sent, and answers are as free as the model is.
Only the standard library is used.
"""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

from lm.generate import MAX_TOKENS, TEMPERATURE, BackendError, Delta

TRIES = 3
RETRIED = (429, 500, 502, 503, 504)
GUIDANCE = "%llguidance {}\n"  # tells the engine that the grammar is Lark text for llguidance


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
        self.takes_grammar = bool(settings.get("grammar"))
        self.timeout = float(settings.get("timeout") or 120)

    def generate(
        self,
        messages: list[dict[str, str]],
        *,
        grammar: str | None = None,
        n: int = 1,
        seed: int = 0,
        max_tokens: int = MAX_TOKENS,
        temperature: float = TEMPERATURE,
    ) -> Iterator[Delta]:
        """Candidate answers as the server streams them."""
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "n": n,
            "seed": seed,
            "max_tokens": max_tokens,
            "temperature": temperature,
            "stream": True,
        }
        if grammar is not None and self.takes_grammar:
            body["structured_outputs"] = {"grammar": GUIDANCE + grammar}
        open_rows = set(range(n))
        try:
            with self.open(body) as response:
                for event in read_events(response):
                    for choice in event.get("choices", ()):
                        index = int(choice.get("index", 0))
                        text = (choice.get("delta") or {}).get("content") or ""
                        done = choice.get("finish_reason") is not None and index in open_rows
                        if text or done:
                            yield Delta(index, text, done)
                        if done:
                            open_rows.discard(index)
        except (OSError, http.client.HTTPException) as error:
            raise BackendError(f"The connection to the model server broke off: {error}") from error
        for index in sorted(open_rows):
            yield Delta(index, "", True)

    def open(self, body: Mapping[str, Any]) -> Any:
        """The open response; tries a few times when the server is busy. Raises `BackendError`."""
        if not self.url:
            raise BackendError(self.missing)
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(
            f"{self.url}/chat/completions", json.dumps(body).encode(), headers, method="POST"
        )
        for attempt in range(1, TRIES + 1):
            try:
                return urllib.request.urlopen(request, timeout=self.timeout)
            except urllib.error.HTTPError as error:
                if error.code not in RETRIED or attempt == TRIES:
                    raise BackendError(explain(error)) from error
            except urllib.error.URLError as error:
                if attempt == TRIES:
                    raise BackendError(
                        f"The model server does not answer: {error.reason}"
                    ) from error
            time.sleep(0.5 * 2**attempt)
        raise AssertionError("the last try returns or raises")


def explain(error: urllib.error.HTTPError) -> str:
    """A sentence for a refused request."""
    if error.code in (401, 403):
        return "The model server refused the key."
    if error.code == 404:
        return "The model server does not know this model or address."
    return f"The model server answered with an error ({error.code})."


def read_events(response: Any) -> Iterator[dict[str, Any]]:
    """The JSON of each `data:` line of a server-sent event stream, until `[DONE]`."""
    for raw in response:
        line = raw.decode("utf-8", errors="replace").strip()
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        if data == "[DONE]":
            return
        try:
            event = json.loads(data)
        except json.JSONDecodeError as error:
            raise BackendError("The model server sent something that is not an answer.") from error
        if isinstance(event, dict):
            yield event
