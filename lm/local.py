"""Backends whose model is in this process: read at the first request, then shared by all threads.

The tokenizer's own chat template writes the prompt. `embedded` and `transformers` differ only in how
the model is read (`lm.embedded`, `lm.hub`) and in the runner that decodes it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from lm.generate import MAX_TOKENS, TEMPERATURE, BackendError, Delta


def end_tokens(model: Any, tokenizer: Any) -> list[int]:
    """The tokens that end an answer: the one that the chat template writes, the tokenizer's, and those
    that the model's own generation settings name.
    """
    from lm.dialogue import end_mark

    named = getattr(getattr(model, "generation_config", None), "eos_token_id", None)
    taught = end_mark([{"role": "user", "content": ""}], tokenizer)
    ends = [taught, tokenizer.eos_token_id, *(named if isinstance(named, list) else [named])]
    return list(dict.fromkeys(end for end in ends if end is not None))


class LocalBackend:
    """A model in this process. `read` gives the model and its tokenizer; `heat` are the temperatures
    under a grammar and without one.
    """

    def __init__(
        self,
        name: str,
        read: Callable[[], tuple[Any, Any]],
        threads: int | None = None,
        heat: tuple[float, float] = (TEMPERATURE, TEMPERATURE),
    ) -> None:
        self.name, self.heat = name, heat
        self.read, self.threads = read, threads
        self.lock = threading.Lock()
        self.loaded: tuple[Any, Any] | None = None

    def load(self) -> tuple[Any, Any]:
        """Tokenizer and scheduler; the weights are read at the first call."""
        with self.lock:
            if self.loaded is None:
                from lm import cached, lean
                from lm.decode import Masker, Scheduler

                model, tokenizer = self.read()
                make: Any = lean.LeanRunner if lean.suits(model) else cached.CachedRunner
                runner = make(model)
                try:
                    ends = end_tokens(model, tokenizer)
                    masker = Masker(tokenizer, model.config.vocab_size, ends)
                except ValueError as error:  # no chat template, or not a fast tokenizer
                    raise BackendError(f"{self.name} cannot be asked: {error}") from error
                scheduler = Scheduler(runner, tokenizer, masker, ends, threads=self.threads)
                self.loaded = tokenizer, scheduler
            return self.loaded

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
        """Candidate answers, made side by side, and beside those of other threads."""
        from lm.decode import Job
        from lm.dialogue import prompt_ids

        tokenizer, scheduler = self.load()
        prompt = prompt_ids(messages, tokenizer)
        if temperature is None:
            temperature = self.heat[grammar is None]
        yield from scheduler.run(Job(prompt, grammar, n, seed, max_tokens, temperature))
