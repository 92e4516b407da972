"""`Fact`: one thing that is true of a tune, the bars it rests on, and how sure it is.

One shape for all facts, so that a program can list, filter and store them and a fact read back from
JSON says the same sentence. `value` holds plain values only (text, numbers, lists, dictionaries);
lengths are text such as "3/8" (of a whole note), pitches are names such as "F#4". The sentences are
made by `words` from `kind`, `value` and `bars` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("en", "zh")
UNSURE = 0.6
"""Below this confidence a sentence says that it is not certain."""


@dataclass(frozen=True)
class Fact:
    """A fact: `confidence` is 0 to 1; `bars` are printed numbers in order, a pickup is 0."""

    kind: str
    value: Mapping[str, Any] = field(hash=False)
    bars: tuple[int, ...]
    confidence: float = 1.0

    def sentence(self, language: str = "en") -> str:
        """The fact in one sentence, "en" or "zh". ValueError for another language."""
        from abc_tools.analyse.words import sentence

        return sentence(self, language)

    def report(self) -> dict[str, Any]:
        """The fact as plain JSON values, both sentences with it."""
        return {
            "kind": self.kind, "value": dict(self.value), "bars": list(self.bars),
            "confidence": round(self.confidence, 3),
            **{language: self.sentence(language) for language in LANGUAGES},
        }  # fmt: skip


def in_order(bars: Iterable[int]) -> tuple[int, ...]:
    """Bar numbers in order, each once."""
    return tuple(sorted(set(bars)))
