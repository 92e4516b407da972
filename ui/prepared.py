"""Conversations that were held before and come with the page: they open at once and need no model.

Each file of ``ui/examples`` is one conversation as it really went (``scripts/record_examples.py`` holds
it again): its name, its bubbles and its project.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bubbles import Message

if TYPE_CHECKING:
    from chat.session import Session

FOLDER = Path(__file__).resolve().parent / "examples"
SIGN = "▶ "


@dataclass(frozen=True)
class Prepared:
    """A conversation: what its card says, its bubbles, and the session it ended with."""

    name: str
    history: tuple[Message, ...]
    session: Session


@cache
def load(language: str) -> tuple[Prepared, ...]:
    """Return the conversations in a language, in the order of their files."""
    from chat.project import load as load_project

    found = []
    for path in sorted(FOLDER.glob(f"*.{language}.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        session = load_project(json.dumps(data["project"]))
        found.append(Prepared(SIGN + data["name"], tuple(data["history"]), session))
    return tuple(found)


def names(language: str) -> list[str]:
    """Return what the cards say."""
    return [one.name for one in load(language)]


def find(name: str, language: str) -> Prepared | None:
    """Return the conversation of a card; None for any other text."""
    return next((one for one in load(language) if one.name == name), None)
