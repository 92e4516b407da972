"""Facts → sentences: one saying a kind, in English and Chinese, from the fact's value and bars alone.

The sayings stand in `sayings_melody`, `sayings_harmony`, `sayings_form` and `sayings_bars`. A saying takes
(value, bars) and returns both sentences. A fact below `fact.UNSURE` says that it is not certain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from abc_tools.analyse.fact import LANGUAGES, UNSURE, Fact

Saying = Callable[[Mapping[str, Any], tuple[int, ...]], tuple[str, str]]


@cache
def sayings() -> Mapping[str, Saying]:
    """Every kind of fact with its saying."""
    from abc_tools.analyse import sayings_bars, sayings_form, sayings_harmony, sayings_melody

    return {**sayings_melody.SAYINGS, **sayings_harmony.SAYINGS, **sayings_form.SAYINGS,
            **sayings_bars.SAYINGS}  # fmt: skip


def sentence(fact: Fact, language: str) -> str:
    """The fact in one sentence. ValueError for a language other than "en" and "zh"."""
    if language not in LANGUAGES:
        raise ValueError(f"Sentences are in English (en) or Chinese (zh), not {language!r}.")
    both = sayings()[fact.kind](fact.value, fact.bars)
    said = both[LANGUAGES.index(language)]
    if round(fact.confidence, 3) >= UNSURE:  # as the report rounds it
        return said
    return f"Probably, not certainly: {_lower(said)}" if language == "en" else f"（不太确定）{said}"


def _lower(text: str) -> str:
    """A sentence that goes on after a colon: its first letter small unless it is a name."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in ("The", "It", "In", "Bar", "Bars", "A") else text
