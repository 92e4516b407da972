"""What a bubble of the chat holds: plain dictionaries as Gradio's Chatbot takes them.

Text of users and models is escaped or fenced before it comes here (:mod:`ui.text`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.strings import PAGE
from ui.text import show_abc, show_plain

if TYPE_CHECKING:
    from chat.reply import Reply

Message = dict[str, Any]
MOST_SHOWN = 600  # characters of a message that was not passed on


def ask(text: str, abc: str | None, *, cut: bool = False) -> Message | None:
    """Return the bubble of what a person wrote; None when it would be empty."""
    shown = show_plain(text[:MOST_SHOWN] if cut else text)
    if abc is not None:
        shown += "\n\n" + show_abc(abc[:MOST_SHOWN] if cut else abc)
    return {"role": "user", "content": shown} if shown.strip() else None


def say(text: str) -> Message:
    """Return a bubble of ours."""
    return {"role": "assistant", "content": text}


def status(text: str) -> Message:
    """Return the bubble that says what is being done."""
    return {"role": "assistant", "content": "", "metadata": {"title": text, "status": "pending"}}


def pending(history: list[Message]) -> bool:
    """Whether the last bubble says what is being done."""
    return bool(history) and (history[-1].get("metadata") or {}).get("status") == "pending"


def speak(reply: Reply, language: str, asked: str = "") -> Message:
    """Return the bubble of a reply: its words, which requirements are met, what to try next.

    What was ``asked`` just now is not proposed again.
    """
    text = reply.text or (show_plain(reply.error) if reply.error else PAGE[language]["failed"])
    marks = []
    for requirement in reply.requirements:
        if requirement.met is not None:
            sign = "✓" if requirement.met else "✗"
            marks.append(f"{sign} {show_plain(requirement.name)}: {show_plain(requirement.value)}")
    if marks and "✓" not in text and "✗" not in text:
        text += "\n\n" + " · ".join(marks)
    bubble = say(text)
    proposed = [one for one in reply.suggestions if one != asked.strip()]
    if proposed:
        bubble["options"] = [{"value": one, "label": one} for one in proposed]
    return bubble


def welcome(language: str) -> str:
    """Return the words shown in an empty chat (Markdown of our own)."""
    return f"### Tunewright\n{PAGE[language]['tagline']}"
