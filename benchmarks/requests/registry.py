"""The table of checks: name → function `(turn, value) → what is wrong, or None`.

A check that needs a tune and finds none says so (`score.tune_of` raises ValueError), it does not fail by
itself. A value is a number, a word or a list, as it stands in the data; True where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.requests.score import Turn

Check = Callable[[Turn, Any], str | None]
CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Register a check under its function's name."""
    name = function.__name__
    assert name not in CHECKS, f"two checks are called {name}"
    CHECKS[name] = function
    return function


def judge_one(turn: Turn, wanted: dict[str, Any]) -> str | None:
    """What one check of the data says; `any` is met if all checks of one of its lists are.

    KeyError if there is no check of this name.
    """
    name = wanted["check"]
    if name == "any":
        said = [judge(turn, way) for way in wanted["of"]]
        return None if any(not wrong for wrong in said) else " | ".join("; ".join(w) for w in said)
    function = CHECKS[name]
    try:
        wrong = function(turn, wanted.get("value", True))
    except ValueError as error:
        wrong = str(error)
    return f"{name}: {wrong}" if wrong else None


def judge(turn: Turn, checks: Iterable[dict[str, Any]]) -> list[str]:
    """Everything that is wrong with a turn; an empty list if all checks are met."""
    return [wrong for wanted in checks if (wrong := judge_one(turn, wanted))]
