"""Prompt texts: one Markdown file a purpose in `prompts/`, with `$variables` (ABC is full of braces).

The embedded model was trained on bare requests and gets no system text; other models are told the
canonical form.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

from lm.generate import Backend

FOLDER = Path(__file__).resolve().parent.parent / "prompts"


def prompt(name: str, **values: str) -> str:
    """The text of `prompts/<name>.md` with its variables filled in; KeyError names a missing one."""
    return Template((FOLDER / f"{name}.md").read_text(encoding="utf-8")).substitute(values)


def with_system(
    messages: list[dict[str, str]], backend: Backend, purpose: str
) -> list[dict[str, str]]:
    """The messages, preceded by the system text that models other than ours need."""
    if backend.name == "embedded":
        return messages
    return [{"role": "system", "content": prompt(purpose)}, *messages]
