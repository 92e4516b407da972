"""What only a hosted Space needs: GPUs lent for seconds, and friendly words when none is to be had.

On ZeroGPU a function that needs the GPU runs in a forked process and must be known when the app starts;
``spaces`` is imported before torch for that. Everywhere else nothing here does anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ui.strings import PAGE

if TYPE_CHECKING:
    from lm.generate import Backend, Delta

LENT = ("1", "true", "yes")
REASONS = {
    "quota exceeded": "gpu_quota", "pending credits": "gpu_busy", "queue timeout": "gpu_busy",
    "illegal duration": "gpu_long", "worker error": "gpu_failed", "client error": "gpu_failed",
}  # fmt: skip
"""Part of a ZeroGPU error's title → which of our sentences says it."""
SECONDS_START, SECONDS_A_TOKEN, MOST_SECONDS = 8.0, 0.045, 60
"""What is reserved: asking for more than is left is refused, and short jobs come first."""


def is_lent() -> bool:
    """Return whether GPUs are lent here for single calls."""
    return os.environ.get("SPACES_ZERO_GPU", "").lower() in LENT


def prepare() -> None:
    """Let the host patch torch before anything loads it; nothing elsewhere."""
    if is_lent():
        import spaces  # noqa: F401


def offer_login() -> None:
    """Put the sign-in button on the page where the host has it configured; nothing elsewhere.

    Signing in is never needed: it only gives a visitor their own share of lent GPUs.
    """
    if os.environ.get("OAUTH_CLIENT_ID"):
        import gradio as gr

        gr.LoginButton(elem_id="tw-login", size="sm")


def friendly(error: Any, language: str) -> str:
    """Return the sentence for an error of the host; the host's own words may hold markup and links."""
    said = f"{getattr(error, 'title', '')} {error}".lower()
    key = next((name for part, name in REASONS.items() if part in said), "failed")
    return PAGE[language][key]


def reserve(messages: Any, options: dict[str, Any]) -> int:
    """Return the seconds of GPU to ask for, for an answer.

    >>> reserve([], {"max_tokens": 400}), reserve([], {"max_tokens": 5000})
    (26, 60)
    """
    tokens = int(options.get("max_tokens") or 800)
    return min(MOST_SECONDS, round(SECONDS_START + SECONDS_A_TOKEN * tokens))


_backend: list[Backend] = []


def _lent_answer(messages: list[dict[str, str]], options: dict[str, Any]) -> Iterator[Delta]:
    """Answer in the process that has the GPU."""
    yield from _backend[0].generate(messages, **options)


class LentBackend:
    """A backend whose answers are made in a call that is lent a GPU."""

    def __init__(self, backend: Backend) -> None:
        """Load the model now, in the process that later ones are forked from."""
        import spaces

        self.name = backend.name
        load = getattr(backend, "load", None)
        if load is not None:
            load()
        _backend[:] = [backend]
        self._answer = spaces.GPU(duration=reserve)(_lent_answer)

    def generate(self, messages: list[dict[str, str]], **options: Any) -> Iterator[Delta]:
        """Answer as the backend does."""
        yield from self._answer(messages, options)
