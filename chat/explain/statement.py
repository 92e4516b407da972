"""`Statement`: a fact whose sentence stands in this package's tables.

A saying is a pair of templates, English and Chinese, filled from the fact's value and bars alone. A
field such as `{note:pitch}` names a value and how it is said; `WAYS` lists the ways. Text of people
(titles, labels) must be escaped before it becomes a value.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from abc_tools.analyse import terms as t
from abc_tools.analyse.fact import LANGUAGES, Fact


@dataclass(frozen=True)
class Statement(Fact):
    """A `Fact` that this package says itself."""

    def sentence(self, language: str = "en") -> str:
        """The fact in words, "en" or "zh". ValueError for another language."""
        if language not in LANGUAGES:
            raise ValueError(f"Sentences are in English (en) or Chinese (zh), not {language!r}.")
        template = sayings()[self.kind][LANGUAGES.index(language)]
        values = {"bars": self.bars, **self.value}
        return upper(_Formatter(language).vformat(template, (), values))


@cache
def sayings() -> Mapping[str, tuple[str, str]]:
    """Every kind of statement with its two templates."""
    from chat.explain import (
        abc_signs,
        basics,
        between_voices,
        capo,
        children,
        concert,
        fitting,
        five_modes,
        layout,
        limits,
        listening,
        looking,
        members,
        patterns,
        recurring,
        relations,
        sayings_change,
        sayings_chords,
        sayings_notes,
        sayings_practice,
        sayings_theory,
        sayings_tune,
        sayings_why,
        since,
        singers,
        strings,
        sung,
        teaching,
        titles,
        together,
        written,
    )

    tables = {
        **sayings_theory.SAYINGS,
        **relations.SAYINGS,
        **concert.SAYINGS,
        **abc_signs.SAYINGS,
        **members.SAYINGS,
        **strings.THEORY,
    }
    theory = {f"theory {kind}": said for kind, said in tables.items()}
    return {
        **sayings_tune.SAYINGS,
        **sayings_notes.SAYINGS,
        **sayings_why.SAYINGS,
        **sayings_change.SAYINGS,
        **written.SAYINGS,
        **together.SAYINGS,
        **sung.SAYINGS,
        **looking.SAYINGS,
        **sayings_chords.SAYINGS,
        **children.SAYINGS,
        **teaching.SAYINGS,
        **fitting.SAYINGS,
        **five_modes.SAYINGS,
        **sayings_practice.SAYINGS,
        **singers.SAYINGS,
        **layout.SAYINGS,
        **since.SAYINGS,
        **limits.SAYINGS,
        **between_voices.SAYINGS,
        **capo.SAYINGS,
        **recurring.SAYINGS,
        **patterns.SAYINGS,
        **strings.SAYINGS,
        **basics.SAYINGS,
        **listening.SAYINGS,
        **titles.SAYINGS,
        **theory,
    }


class _Formatter(string.Formatter):
    """Fills a template in one language; a field's format is one of `WAYS`, or `n noun` to count."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        way = format_spec.partition(" ")[0]
        empty = value is None or (way not in MAY_BE_EMPTY and hasattr(value, "__len__") and not value)  # fmt: skip
        assert not empty, f"a slot of a sentence ({format_spec or 'plain'}) has nothing to say"
        if not format_spec:
            return str(value)
        way, _, rest = format_spec.partition(" ")
        if way == "n":
            return t.plural(value, rest) if self.language == "en" else f"{value}{rest}"
        return WAYS[way](self.language, value)


def _signature(language: str, names: Sequence[str]) -> str:
    """A key signature by its altered notes."""
    if not names:
        return "no sharps or flats" if language == "en" else "没有升降号"
    sharp = names[0].endswith("#")
    listed = t.listed(language, [t.pitch(language, name) for name in names])
    if language == "en":
        return f"{t.plural(len(names), 'sharp' if sharp else 'flat')} ({listed})"
    return f"{len(names)}个{'升号' if sharp else '降号'}（{listed}）"


def _some(language: str, names: Sequence[str]) -> str:
    """Note or chord names in a row, at most sixteen shown."""
    shown = " ".join(t.pitch(language, name) for name in names[:16])
    more = len(names) - 16
    if more <= 0:
        return shown
    return f"{shown} and {more} more" if language == "en" else f"{shown}等（另有{more}个）"


def _chords(language: str, names: Sequence[str]) -> str:
    shown = ("–".join(t.signs(name) for name in names[:12])) + ("…" if len(names) > 12 else "")
    return shown


def _degree(language: str, name: str | int) -> str:
    """A degree with its sign in words: "#7" → the raised degree 7."""
    number = str(name).lstrip("#b")
    sign = str(name)[: len(str(name)) - len(number)]
    if language == "en":
        way = {"": "", "#": "the raised ", "b": "the lowered "}.get(sign, "the altered ")
        return f"{way}degree {number}"
    return {"": "的", "#": "升高的", "b": "降低的"}.get(sign, "变化的") + f"第{number}级音"


WAYS: dict[str, Callable[[str, Any], str]] = {
    "bars": t.bars,
    "pitch": t.pitch,
    "pitches": _some,
    "key": t.key,
    "interval": t.interval,
    "degree": _degree,
    "length": t.length,
    "alength": lambda language, value: t.article(t.length(language, value))
    if language == "en" else t.length(language, value),
    "signs": lambda _, value: t.signs(value),
    "chords": _chords,
    "lengths": lambda language, values: t.listed(language, [t.length(language, v) for v in values[:16]]),
    "list": t.listed,
    "notes": lambda language, names: t.listed(language, [t.pitch(language, n) for n in names]),
    "signature": _signature,
    "times": lambda language, count: t.times(count) if language == "en" else f"{count}次",
    "word": lambda language, pair: pair[LANGUAGES.index(language)],
    "row": lambda _, names: "  ".join(t.signs(name) for name in names),
    "keys": lambda language, names: t.listed(language, [t.key(language, n) for n in names]),
    "words": lambda language, pairs: t.listed(
        language, [pair[LANGUAGES.index(language)] for pair in pairs]),
}  # fmt: skip
"""How a value is said. `word` takes a pair (English, Chinese)."""


MAY_BE_EMPTY = ("word", "signature")
"""Ways that say something where there is nothing: no sharps, and words that only one language needs."""


def upper(text: str) -> str:
    """A sentence with its first letter capital."""
    return text[:1].upper() + text[1:]


def bullets(language: str, found: Iterable[Fact]) -> str:
    """A Markdown list of what some facts say."""
    return "\n".join(f"- {fact.sentence(language)}" for fact in found)


def prose(language: str, found: Iterable[Fact]) -> str:
    """What some facts say, in a row."""
    return (" " if language == "en" else "").join(fact.sentence(language) for fact in found)
