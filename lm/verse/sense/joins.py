"""Every line that some slots can have: clauses joined, their stresses on strong slots.

A line is a clause, a clause with something before it or behind it, or two clauses. Where there are very
many joins, some of them by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from lm.verse.order import STRONG, Shape
from lm.verse.sense.lexicon import pattern
from lm.verse.sense.names import like_a_name
from lm.verse.sense.pieces import Piece, framed

TRIED = 90
"""Joins of two parts that are looked at for each place where a line can be cut."""


@dataclass(frozen=True)
class Candidate:
    """A line that fits its slots: its text, its parts, how well it fits (0 is best)."""

    text: str
    parts: tuple[Piece, ...]
    cost: float

    @property
    def end(self) -> str:
        """Its last word, or character."""
        return self.parts[-1].end


@dataclass
class State:
    """What a verse is about, and what it has used up."""

    language: str
    person: str
    chance: np.random.Generator
    evidence: list[str]
    clauses: list[Piece]
    before: list[Piece]
    behind: list[Piece]
    own: frozenset[str]
    adverbs: frozenset[str]
    used: dict[str, float] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    shown: bool = False


def _weak(shape: Shape) -> int:
    return sum(1 << n for n, s in enumerate(shape) if s == 0)


def _strong(shape: Shape) -> int:
    return sum(1 << n for n, s in enumerate(shape) if s == STRONG)


def _bits(number: int) -> int:
    return bin(number).count("1")


class _Fits:
    """Pieces by size and place, those without a misplaced stress (else with one) for a shape."""

    def __init__(self, shape: Shape, chance: np.random.Generator) -> None:
        self.weak, self.strong = _weak(shape), _strong(shape)
        self.chance = chance
        self.known: dict[tuple[str, int, int], list[tuple[float, Piece]]] = {}

    def at(self, kind: str, pieces: dict[int, list[Piece]], size: int, place: int, wrong: int = 0):  # type: ignore[no-untyped-def]
        key = (kind, size, place)
        if key not in self.known:
            found = []
            for p in pieces.get(size, ()):
                over = _bits((p.stressed << place) & self.weak)
                if over <= wrong:
                    dull = _bits((p.dull << place) & self.strong)
                    found.append((4.0 * over + 0.35 * dull, p))
            self.chance.shuffle(found)  # type: ignore[arg-type]
            found.sort(key=lambda f: round(f[0]))
            self.known[key] = found
        return self.known[key]


def _by_size(pieces: Iterable[Piece]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for p in pieces:
        found.setdefault(p.size, []).append(p)
    return found


def candidates(
    state: State, shape: Shape, clauses: Sequence[Piece], *, given: bool = False
) -> list[Candidate]:
    """The lines that fit some slots; those with a misplaced stress only where there are few others."""
    found: list[Candidate] = []
    for wrong in (0, 1):
        found = _joined(state, shape, clauses, wrong, given)
        if len({c.parts[0].source for c in found}) >= (2 if given else 8):
            break
    return found


def _joined(
    state: State, shape: Shape, clauses: Sequence[Piece], wrong: int, given: bool
) -> list[Candidate]:
    size = len(shape)
    fits = _Fits(shape, state.chance)
    main, heads, tails = _by_size(clauses), _by_size(state.before), _by_size(state.behind)
    every = _by_size(state.clauses) if given else main
    space = "" if state.language == "zh" else " "
    comma = "，" if state.language == "zh" else ", "
    found = [Candidate(p.text, (p,), c) for c, p in fits.at("c", main, size, 0, wrong)]
    if size <= 4 and not given:
        found += [
            Candidate(p.text.lstrip(", "), (p,), c + 1)
            for c, p in fits.at("t", tails, size, 0, wrong)
        ]
    for cut in range(2 if state.language == "en" else 1, size):
        rest = size - cut
        if cut >= 2:
            for (a, one), (b, two) in _pairs(
                state, fits.at("c", main, cut, 0, wrong), fits.at("t", tails, rest, cut, 0)
            ):
                if _goes(one, two):
                    text = one.text + _space(two.text, state.language) + two.text
                    found.append(Candidate(text, (one, two), a + b + 0.3))
        for (a, one), (b, two) in _pairs(
            state, fits.at("o", heads, cut, 0, 0), fits.at("c", main, rest, cut, wrong)
        ):
            if two.size < 3 or (two.calling and not one.text.endswith((",", "，"))):
                continue
            found.append(Candidate(one.text + space + two.text, (one, two), a + b + 0.5))
        if size >= 6 and min(cut, rest) >= 3:
            joins = [(0, comma)] + ([(1, ", and ")] if state.language == "en" else [])
            for more, join in joins:
                firsts = fits.at("c", main, cut, 0, wrong)
                for (a, one), (b, two) in _pairs(
                    state, firsts, fits.at("e", every, rest - more, cut + more, 0)
                ):
                    if one.source != two.source and not one.words & two.words:
                        uneven = 0.2 * abs(cut - rest)
                        found.append(
                            Candidate(one.text + join + two.text, (one, two), a + b + 0.8 + uneven)
                        )
    if size >= 8:
        found += _of_three(state, fits, (heads, main, tails), size, wrong)
    return [c for c in found if _sound(c)]


def _space(text: str, language: str) -> str:
    """What stands before a part that comes behind a clause."""
    return "，" if language == "zh" else "" if text.startswith(",") else " "


def _of_three(
    state: State, fits: _Fits, sorts: tuple[dict[int, list[Piece]], ...], size: int, wrong: int
) -> list[Candidate]:
    """Lines of something before a clause, the clause, and something behind it."""
    heads, main, tails = sorts
    space = "" if state.language == "zh" else " "
    found = []
    for cut in range(2, min(5, size - 4) + 1):
        for rest in range(2, min(6, size - cut - 3) + 1):
            middle = size - cut - rest
            firsts = fits.at("o", heads, cut, 0, 0)
            lasts = fits.at("t", tails, rest, size - rest, 0)
            centre = fits.at("c", main, middle, cut, wrong)
            if firsts and lasts:
                for (a, one), (b, two) in _pairs(state, firsts, centre, TRIED // 3):
                    c, three = lasts[int(state.chance.integers(len(lasts)))]
                    if _goes(two, three) and (not two.calling or one.text.endswith((",", "，"))):
                        text = one.text + space + two.text
                        text += _space(three.text, state.language) + three.text
                        found.append(Candidate(text, (one, two, three), a + b + c + 1.2))
    return found


def _goes(clause: Piece, tail: Piece) -> bool:
    """Whether a part can stand behind a clause: an open one, and no manner behind a mere thing."""
    return not clause.closed and not (tail.text.endswith("ly") and "{" in clause.source)


def _pairs(state: State, one: list, two: list, most: int = TRIED) -> list:  # type: ignore[type-arg]
    """Pairs of two lists, by chance where there are too many."""
    count = len(one) * len(two)
    if count <= most:
        return [(a, b) for a in one for b in two]
    picks = state.chance.integers(count, size=most)
    return [(one[k // len(two)], two[k % len(two)]) for k in picks.tolist()]


def _sound(line: Candidate) -> bool:
    """No word said twice by two parts, no two times of one kind, and nothing unfit for singing."""
    words = [w for p in line.parts for w in p.words]
    if len(words) != len(set(words)):
        return False
    ends = [p.text.strip(",， ") for p in line.parts]
    if any(a.endswith(b) or b.startswith(a) for a, b in pairwise(ends)):
        return False
    last = [end.split(" ")[-1] for end in ends]
    return len(last) == len(set(last))


def with_given(state: State, shape: Shape, phrase: str, *, soft: str = "") -> list[Candidate]:
    """Lines that have a phrase: clauses of the theme that happen to have it, and frames for it.

    With `soft`, a plain form of the word will do; with `own`, no frames.
    """
    given = re.escape(phrase.lower())
    exact = rf"(?<!\w){given}(?!\w)" if phrase.isascii() else given
    if soft:
        exact = pattern(phrase.lower())
    own = [p for p in state.clauses if re.search(exact, p.text.lower())]
    person = phrase[:1].isupper() or (like_a_name(phrase))
    if soft == "own":
        return candidates(state, shape, own, given=True)
    frames = [p for p in framed(state.language, phrase, person) if p.person in ("", state.person)]
    return candidates(state, shape, [*own, *frames], given=True)
