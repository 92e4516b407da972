"""What a larger model adds to understanding: a message said again in words that the rules read.

Backends with an instruction model (all but the embedded one) are asked when code alone has read little or
nothing. The model answers with one JSON object under a grammar, `kind` and `words`; `words` is read by the same
rules as any message, so that code keeps the last word on what can be checked. An unreadable answer costs
one retry, then the message is treated as code has understood it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from chat.prompts import prompt
from lm.generate import Backend, collect

TRIES = 2
MOST_TOKENS = 160
LONGEST = 400
KINDS = ("compose", "change", "question", "other")
GRAMMAR = r"""start: "{\"kind\": \"" KIND "\", \"words\": \"" WORDS "\"}"
KIND: /(compose|change|question|other)/
WORDS: /[^"\\\n\r]{1,300}/
"""
"""Lark: exactly one object with the two members."""


@dataclass(frozen=True)
class Restated:
    """A message in plain words; `kind` is one of KINDS."""

    kind: str
    words: str


def can_plan(backend: Backend) -> bool:
    """Whether a backend's model follows instructions; the embedded one only writes music, and that of
    the tests says what it was given.
    """
    return backend.name not in ("embedded", "scripted")


def restated(message: str, backend: Backend, seed: int, title: str = "") -> Restated | None:
    """The message said again by the model; None where it could not be read twice.

    `title` is that of the current tune, "" if there is none. BackendError passes through.
    """
    tune = f"There is a tune, called {title}." if title else "There is no tune yet."
    messages = [
        {"role": "system", "content": prompt("restate")},
        {"role": "user", "content": f"{tune}\n\n{message}"},
    ]
    for attempt in range(TRIES):
        answers = collect(
            backend.generate(messages, grammar=GRAMMAR, seed=seed + attempt, max_tokens=MOST_TOKENS)
        )
        found = read_plan(answers[0]) if answers else None
        if found is not None:
            return found
    return None


def read_plan(text: str) -> Restated | None:
    """The plan in an answer; None for anything else.

    >>> read_plan('{"kind": "compose", "words": "a slow waltz in D minor"}')
    Restated(kind='compose', words='a slow waltz in D minor')
    >>> read_plan("Sure! Here is your waltz") is None
    True
    """
    match = re.search(r"\{.*\}", text, re.DOTALL)
    if match is None:
        return None
    try:
        plan = json.loads(match[0])
    except json.JSONDecodeError:
        return None
    if not isinstance(plan, dict) or plan.get("kind") not in KINDS:
        return None
    words = plan.get("words")
    if not isinstance(words, str) or not 0 < len(words.strip()) <= LONGEST:
        return None
    return Restated(plan["kind"], words.strip())
