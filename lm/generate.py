"""Backends: messages in, text out, in pieces as they are decoded. Everything above this line is the
same for all.

A backend is a model in this process (`embedded`, `transformers`), a server (`endpoint`) or a list
of answers for tests (`scripted`). `generate` yields `Delta`s of one or several candidate answers
made side by side; with a grammar (Lark text, see `lm.grammar`) an answer cannot leave it. The same
seed gives the same text on the same machine when nobody else is answered at the same time.
`BackendError` carries a sentence for the user. What this module does not know: music, sessions, the
page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

TEMPERATURE = 0.9
"""What a model is sampled at when neither its settings nor the caller says."""
MAX_TOKENS = 1200


def heat_of(settings: Mapping[str, Any]) -> float:
    """The temperature that a backend's settings name; 0 is one, too."""
    found = settings.get("temperature")
    return TEMPERATURE if found is None else float(found)


class BackendError(Exception):
    """The model cannot answer; the text is written for the user."""


@dataclass(frozen=True)
class Delta:
    """A piece of the text of candidate `index`; `done` with its last piece (which may be empty)."""

    index: int
    text: str
    done: bool


@runtime_checkable
class Backend(Protocol):
    """Something that turns messages into text."""

    name: str

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
        """The answers' pieces, candidates interleaved; raises `BackendError`. Without a `temperature`
        the backend takes its own.
        """
        ...


@dataclass
class ScriptedBackend:
    """Answers from a queue, and a record of what was asked; an empty queue is a `BackendError`."""

    answers: list[str] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    name: str = "scripted"
    piece: int = 16

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
        """The next `n` answers of the queue (the last one again when it runs short), in pieces."""
        self.asked.append(
            {
                "messages": messages,
                "grammar": grammar,
                "n": n,
                "seed": seed,
                "max_tokens": max_tokens,
            }
        )
        if not self.answers:
            raise BackendError("There is no scripted answer left.")
        for index in range(n):
            text = self.answers.pop(0) if len(self.answers) > 1 or index == 0 else self.answers[0]
            for start in range(0, len(text), self.piece):
                yield Delta(index, text[start : start + self.piece], False)
            yield Delta(index, "", True)
            if not self.answers:
                break


def collect(deltas: Iterator[Delta]) -> list[str]:
    """The whole text of each candidate."""
    texts: dict[int, str] = {}
    for delta in deltas:
        texts[delta.index] = texts.get(delta.index, "") + delta.text
    return [texts[index] for index in sorted(texts)]


def _embedded(settings: Mapping[str, Any]) -> Backend:
    from lm.embedded import EmbeddedBackend

    return EmbeddedBackend(settings.get("weights"))


def _transformers(settings: Mapping[str, Any]) -> Backend:
    from lm.hub import HubBackend

    return HubBackend(settings)


def _endpoint(settings: Mapping[str, Any]) -> Backend:
    from lm.endpoint import EndpointBackend

    return EndpointBackend(settings)


def _scripted(settings: Mapping[str, Any]) -> Backend:
    answers: Sequence[str] = settings.get("answers") or ()
    return ScriptedBackend(list(answers))


BACKENDS: dict[str, Callable[[Mapping[str, Any]], Backend]] = {
    "embedded": _embedded,
    "transformers": _transformers,
    "endpoint": _endpoint,
    "scripted": _scripted,
}
_loaded: dict[str, Backend] = {}


def load_backend(settings: Mapping[str, Any]) -> Backend:
    """The backend that the settings name, made once a process; weights are read at its first use.

    `ValueError` for an unknown name. Scripted backends are made anew each time.
    """
    name = str(settings.get("backend", "embedded"))
    if name not in BACKENDS:
        raise ValueError(f"unknown backend {name!r}; known are {', '.join(BACKENDS)}")
    if name == "scripted":
        return BACKENDS[name](settings)
    key = repr(sorted((k, str(v)) for k, v in settings.items()))
    if key not in _loaded:
        _loaded[key] = BACKENDS[name](settings)
    return _loaded[key]
