"""What a turn gives back while it works and when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from abc_tools.report import diagnostic_report
from abc_tools.validate import Diagnostic
from chat.requirements import Requirement
from chat.session import Session

INTENTS = ("compose", "edit", "analyse", "recommend", "answer", "refuse")


@dataclass(frozen=True)
class Progress:
    """A stage of the work; `abc` is a draft that can already be drawn."""

    stage: str
    text: str = ""
    abc: str | None = None


@dataclass(frozen=True)
class Reply:
    """The answer to one message. `abc` is the whole current tune, None while there is none; `offers` are messages
    that make the changes which the answer spoke of.
    """

    text: str
    session: Session
    intent: str
    changed: bool = False
    requirements: tuple[Requirement, ...] = ()
    recommendations: tuple[dict[str, Any], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    suggestions: tuple[str, ...] = ()
    error: str | None = None
    offers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        assert self.intent in INTENTS, f"an intent of the program interface: {self.intent}"

    @property
    def abc(self) -> str | None:
        """The text of the current tune."""
        return self.session.abc

    @property
    def version(self) -> int | None:
        """The number of the current version."""
        return self.session.current

    def report(self) -> dict[str, Any]:
        """The reply as the program interface prints it (without `id`, `session`, `seconds`)."""
        return {
            "reply": self.text,
            "abc": self.abc,
            "changed": self.changed,
            "version": self.version,
            "intent": self.intent,
            "requirements": [
                {"name": r.name, "value": r.value, "met": r.met} for r in self.requirements
            ],
            "recommendations": list(self.recommendations),
            "diagnostics": [diagnostic_report(d) for d in self.diagnostics],
            "error": self.error,
        }
