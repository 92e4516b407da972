"""Which of two sections, or of two voices, is the harder to play, and by what that can be counted."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material
from abc_tools.sections import sections
from abc_tools.theory import Pitch
from abc_tools.tune import Tune
from chat.explain.rehearsing import LEAP, bars_of
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.explain.written import PART_NAMES
from chat.phrases import plain


@dataclass(frozen=True)
class Part:
    """A section or a voice: its name, bars, notes, and what can be counted of its difficulty."""

    name: list[str]
    bars: tuple[int, ...]
    leaps: int
    notes: int
    length: Fraction
    signs: int
    uneven: int
    low: Pitch
    high: Pitch
    mean: float

    @property
    def rate(self) -> float:
        """Notes a whole note."""
        return float(self.notes / self.length) if self.length else 0.0

    @property
    def points(self) -> float:
        """How hard it is beside another part."""
        per = 8 / max(len(self.bars), 1)
        span = self.high.midi - self.low.midi
        return (per * (self.leaps + 2 * self.signs + self.uneven) / 2 + self.rate + span / 4
                + max(self.high.midi - 79, 0) / 3)  # fmt: skip


def _part(name: list[str], tune: Tune, first: int, last: int) -> Part | None:
    material = Material(tune)
    notes = [n for n in material.notes if first <= n.bar <= last]
    if not notes:
        return None
    bars = bars_of(Scope(material, first, last, False))
    leaps = sum(abs(b.midi - a.midi) >= LEAP for a, b in itertools.pairwise(notes))
    pitches = sorted((n.pitch for n in notes), key=lambda p: p.midi)
    low, high = pitches[0], pitches[-1]
    mean = sum(n.midi for n in notes) / len(notes)
    length = sum((n.duration for n in notes), Fraction(0))
    signs, uneven = sum(len(b.signs) for b in bars), sum(b.uneven for b in bars)
    numbers = in_order(n.bar for n in notes)
    return Part(name, numbers, leaps, len(notes), length, signs, uneven, low, high, mean)


def _parts(s: Scope, term: str) -> list[Part]:
    tune = s.tune
    found: list[Part | None] = []
    if ("voices" in term or len(sections(tune)) < 2) and len(tune.voices) > 1:
        for n, voice in enumerate(tune.voices):
            alone = replace(tune, voices=(voice,))
            name = plain(voice.name) if voice.name else ""
            said = [name or f"voice {n + 1}", name or f"第{n + 1}声部"]
            found.append(_part(said, alone, min(tune.bar_numbers), tune.bar_count))
    else:
        seen: set[str] = set()
        for part in sections(tune):
            if part.label not in seen:
                seen.add(part.label)
                named = PART_NAMES.get(part.label.lower())
                label = plain(part.label)
                said = [f"the {named[0]}", named[1]] if named else [f"part {label}", f"{label}段"]
                found.append(_part(said, tune, part.first, part.last))
    return [p for p in found if p is not None]


def harder(s: Scope, term: str) -> list[Fact]:
    """Which part is harder, and by what: leaps, notes, uneven rhythm, signs, range, height."""
    parts = _parts(s, term)
    if len(parts) < 2:
        half = s.tune.bar_count // 2
        if half < 1:
            return [Statement("one part", {}, s.bars)]
        names = (["the first half", "前半"], ["the second half", "后半"])
        halves = (_part(names[0], s.tune, 1, half), _part(names[1], s.tune, half + 1, s.tune.bar_count))  # fmt: skip
        parts = [p for p in halves if p is not None]
        if len(parts) < 2:
            return [Statement("one part", {}, s.bars)]
    ranked = sorted(parts, key=lambda p: -p.points)
    hard, other = ranked[0], ranked[-1]
    both = in_order((*hard.bars, *other.bars))
    said, against = _differences(hard, other, both), _differences(other, hard, both)
    if not said or hard.points - other.points < 0.25:
        value = {"one": hard.name, "other": other.name}
        return [Statement("equally hard", value, both), *said, *against]
    kind, one, two = ("easier part", other, hard) if "easier" in term else ("harder part", hard, other)  # fmt: skip
    found: list[Fact] = [Statement(kind, {"one": one.name, "other": two.name}, one.bars), *said]
    if against:
        found += [Statement("harder but", {"other": other.name}, other.bars), *against]
    return found


def _height(part: Part) -> float:
    return part.mean


def _span(part: Part) -> float:
    return float(part.high.midi - part.low.midi)


def _length(part: Part) -> float:
    return float(len([b for b in part.bars if b]))


def _density(part: Part) -> float:
    return part.notes / max(len(part.bars), 1)


_BESIDE: dict[str, tuple[str, Callable[[Part], float]]] = {
    "high": ("beside high", _height), "wide": ("beside wide", _span), "long": ("beside long", _length),
    "busy": ("beside busy", _density),
}  # fmt: skip


def beside(s: Scope, term: str) -> list[Fact]:
    """Which part is higher, longer or busier ("high", "long", "busy")."""
    parts = _parts(s, "voices" if "voices" in term else "")
    if len(parts) < 2:
        return [Statement("one part", {}, s.bars)]
    kind, measure = _BESIDE[term.split()[0]]
    most, least = max(parts, key=measure), min(parts, key=measure)
    both = in_order((*most.bars, *least.bars))
    value: dict[str, object] = {"one": most.name, "other": least.name}
    if measure(most) == measure(least):
        return [Statement("beside same", value, both)]
    if term.startswith("high"):
        value |= {"a": most.high.name, "b": least.high.name, "mean": round(most.mean - least.mean, 1)}  # fmt: skip
    else:
        value |= {"a": _short(measure(most)), "b": _short(measure(least))}
    return [Statement(kind, value, both)]


def _short(value: float) -> int | float:
    """A number without a needless .0."""
    return int(value) if value == int(value) else round(value, 1)


def _differences(hard: Part, other: Part, both: tuple[int, ...]) -> list[Fact]:
    found: list[Fact] = []
    pair = {"one": hard.name, "other": other.name}
    for kind, a, b in (
        ("harder leaps", hard.leaps, other.leaps), ("harder signs", hard.signs, other.signs),
        ("harder rhythm", hard.uneven, other.uneven),
    ):  # fmt: skip
        if a > b:
            found.append(Statement(kind, {**pair, "a": a, "b": b}, both))
    rates = [round(p.notes / len(p.bars), 1) for p in (hard, other)]
    if rates[0] > rates[1]:
        found.append(Statement("harder notes", {**pair, "a": rates[0], "b": rates[1]}, both))
    if hard.high.midi > other.high.midi:
        value = {**pair, "a": hard.high.name, "b": other.high.name}
        found.append(Statement("harder high", value, both))
    spans = [p.high.midi - p.low.midi for p in (hard, other)]
    if spans[0] > spans[1]:
        found.append(Statement("harder range", {**pair, "a": spans[0], "b": spans[1]}, both))
    return found
