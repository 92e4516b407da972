"""One line of English verse: templates filled backwards from the rhyme, by a beam.

A template says the part of speech of every word; words are chosen for how common they are, what
stands beside them, what the verse is about, and how their stresses sit on the slots. What this does
not know: other lines (`lm.verse.english`), and what a sentence means.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lm.verse.build_english import OPEN, WINDOW
from lm.verse.filters import remembered
from lm.verse.order import MIDDLE, STRONG, WEAK, Shape
from lm.verse.store_english import Store

TEMPLATES, BEAM, BRANCH, SHORTLIST = 140, 6, 4, 80
"""How many templates are tried for a line; how many partial lines are kept, how many words tried for
each, and how many are looked at more closely.
"""
VARIETY, RARE_END = 0.5, 0.4
"""How much chance counts among finished lines; how much more usual the last word shall be."""
Choice = tuple[Any, Any, Any, Any]
"""Words for one place: their units, what speaks for each, their syllables, their meanings."""
IMPOSSIBLE, IN_VAIN = -1e9, 10.0
STRESS_COST = {
    # (kind of syllable, strength of the slot) → cost; kinds: m main stress of a long word,
    # s its second stress, u its others, c a word of one strong syllable, f of one weak syllable
    ("m", WEAK): 11.0, ("m", MIDDLE): 0.8, ("m", STRONG): 0.0,
    ("s", WEAK): 0.5, ("s", MIDDLE): 0.0, ("s", STRONG): 0.2,
    ("u", WEAK): 0.0, ("u", MIDDLE): 0.7, ("u", STRONG): 2.0,
    ("c", WEAK): 8.0, ("c", MIDDLE): 0.7, ("c", STRONG): 0.0,
    ("f", WEAK): 0.0, ("f", MIDDLE): 0.2, ("f", STRONG): 1.0,
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A phrase that the line must have: its text, a stress for each syllable, where it may stand.

    `kinds` are the open parts of speech whose place it can take (none: it is the function word
    `first`), `ending` the class of its end, 0 if not known. A `soft` one may be left out;
    one that stands `alone` takes no article.
    """

    text: str
    stresses: str
    kinds: frozenset[int]
    first: str
    ending: int
    soft: bool
    alone: bool = False


@dataclass
class Goal:
    """What holds for one line: its slots, what it is about, how it may end, what is given.

    `bonus` is one number for each unit, `liked` one for each template; `ends` are the classes of endings
    allowed (None: any); `taken` are words that may not end the line.
    """

    shape: Shape
    bonus: Any
    liked: Any
    ends: frozenset[int] | None = None
    taken: frozenset[str] = frozenset()
    given: Given | None = None
    many: int = TEMPLATES


@dataclass(frozen=True)
class Partial:
    """A line while it is written from its end: units so far (-1 is the given phrase), slots left."""

    score: float
    units: tuple[int, ...]
    left: int
    given: bool
    near: Any


@dataclass(frozen=True)
class Found:
    """A finished line: its score, its units in reading order, its template."""

    score: float
    units: tuple[int, ...]
    template: int


def kinds(stresses: str) -> str:
    """The kind of each syllable of a word, for `STRESS_COST`.

    >>> kinds("2"), kinds("0"), kinds("201")
    ('c', 'f', 'mus')
    """
    if len(stresses) == 1:
        return "c" if stresses == "2" else "f"
    return "".join({"2": "m", "1": "s", "0": "u"}[s] for s in stresses)


def stress_cost(stresses: str, shape: Sequence[int]) -> float:
    """What it costs to sing a word on these slots."""
    return sum(STRESS_COST[k, s] for k, s in zip(kinds(stresses), shape, strict=True))


class LineWriter:
    """Finds lines for one goal in one store."""

    def __init__(self, store: Store, goal: Goal, chance: np.random.Generator) -> None:
        self.store, self.goal, self.chance = store, goal, chance
        self._tables: dict[tuple[int, int, bool], Any] = {}
        self._known: dict[tuple[int, ...], Choice] = {}
        self._ends = None if goal.ends is None else np.isin(store.endings, sorted(goal.ends))

    def best(self, tried: frozenset[int], many: int) -> list[Found]:
        """The best lines from templates that were not tried before, the best first."""
        found: list[Found] = []
        for number in self._templates(tried):
            bias = 0.35 * float(self.store.uses[number]) + float(self.goal.liked[number])
            for score, units in self._fill(self.store.template(number)):
                luck = VARIETY * float(self.chance.gumbel())
                found.append(Found(score + bias + luck, units, number))
        found.sort(key=lambda line: -line.score)
        kept: list[Found] = []
        for line in found:
            if len(kept) == many:
                break
            if self.allowed(line.units):
                kept.append(line)
        return kept

    def _templates(self, tried: frozenset[int]) -> list[int]:
        """Templates that can have the number of syllables and the end, drawn by use and by fit."""
        store, size = self.store, len(self.goal.shape)
        extra = max(0, len(self.goal.given.stresses) - 3) if self.goal.given else 0
        fits = (store.fewest <= size) & (store.most + extra >= size)
        if self._ends is not None:
            fits &= np.concatenate([self._ends, np.ones(len(OPEN), bool), [False]])[store.last]
        ids = np.flatnonzero(fits)
        weight = 0.7 * store.uses[ids] + 2 * self.goal.liked[ids]
        weight = weight - 0.3 * np.abs(store.fewest[ids] + 0.45 * store.opened[ids] - size)
        order = np.argsort(-(weight + self.chance.gumbel(size=len(ids))), kind="stable")
        drawn = [n for n in ids[order[: 4 * self.goal.many]].tolist() if n not in tried]
        return drawn[: self.goal.many]

    def _fill(self, row: list[int]) -> list[tuple[float, tuple[int, ...]]]:
        """The best fillings of one template, with scores that do not depend on its length."""
        store = self.store
        comma = store.edge + len(OPEN)
        least = [0]
        for symbol in row:
            own = (
                0 if symbol == comma else 1 if symbol >= store.edge else len(store.stresses[symbol])
            )
            least.append(least[-1] + own)
        beam = [Partial(0.0, (), len(self.goal.shape), self.goal.given is None, None)]
        for place in range(len(row) - 1, -1, -1):
            symbol, before = row[place], row[place - 1] if place else -1
            found: list[Partial] = []
            for partial in beam:
                if symbol == comma:
                    found.append(replace(partial, units=(store.edge, *partial.units)))
                elif symbol < store.edge:
                    found += self._closed(partial, symbol, least[place])
                else:
                    found += self._opened(partial, symbol - store.edge, before, least[place])
            beam = heapq.nlargest(BEAM, found, key=lambda p: p.score)
        opened = sum(store.edge <= s < comma for s in row)
        done = [p for p in beam if p.left == 0 and p.given]
        return [(p.score / (opened + 2) * 4, p.units) for p in done[:2]]

    def _closed(self, partial: Partial, unit: int, least: int) -> list[Partial]:
        """The function word that the template names."""
        stresses = self.store.stresses[unit]
        left = partial.left - len(stresses)
        if left < least or (not partial.units and not self._may_end(unit)):
            return []
        cost = stress_cost(stresses, self.goal.shape[left : partial.left])
        given = self.goal.given
        named = given is not None and not given.kinds and self.store.words[unit] == given.first
        there = partial.given or named
        return [Partial(partial.score - cost, (unit, *partial.units), left, there, partial.near)]

    def _may_end(self, unit: int) -> bool:
        if self.store.words[unit] in self.goal.taken:
            return False
        return self._ends is None or bool(self._ends[unit])

    def _opened(self, partial: Partial, kind: int, before: int, least: int) -> list[Partial]:
        """The best words of a part of speech here, and the given phrase in a noun's place."""
        found = [] if partial.given else self._phrase(partial, kind, before, least)
        units, scores, sizes, meanings = self._standing(kind, partial, before, least)
        if partial.near is not None:
            near = partial.near * np.float32(1.6 / math.sqrt(len(partial.units)))
            scores = scores + meanings @ near
        for n in np.argsort(-scores, kind="stable")[:BRANCH].tolist():
            unit, score = int(units[n]), float(scores[n])
            if score < IMPOSSIBLE / 2 or self._said(unit, partial.units):
                continue
            near = meanings[n] if partial.near is None else partial.near + meanings[n]
            left = partial.left - int(sizes[n])
            found.append(
                Partial(partial.score + score, (unit, *partial.units), left, partial.given, near)
            )
        return found

    def _said(self, unit: int, units: tuple[int, ...]) -> bool:
        """Whether the word or one of its family is in the line already."""
        stems = self.store.stems
        return any(0 <= n < len(stems) and stems[n] == stems[unit] for n in units)

    def _standing(self, kind: int, partial: Partial, before: int, least: int) -> Choice:
        """The best words between these neighbours, other words of the line aside."""
        store = self.store
        after = partial.units[0] if partial.units else store.edge
        key = (kind, partial.left, after, before if before < store.edge else store.edge + 1,
               partial.left - least if partial.left - least < 4 else 4, not partial.units)  # fmt: skip
        if key not in self._known:
            table, sizes = self._table(kind, partial.left, not partial.units)
            scores = np.where(partial.left - sizes >= least, table, IMPOSSIBLE)
            if after >= 0:
                scores += store.beside(kind, after, left=True)
            if before < store.edge:
                scores += store.beside(kind, store.edge if before < 0 else before, left=False)
            top = np.argpartition(scores, max(0, len(scores) - SHORTLIST))[-SHORTLIST:]
            self._known[key] = (
                store.groups[kind][top],
                scores[top],
                sizes[top],
                store.meanings[kind][top],
            )
        return self._known[key]

    def _table(self, kind: int, left: int, last: bool) -> tuple[Any, Any]:
        """What speaks for each word where `left` slots are free, neighbours aside; and its syllables."""
        if (kind, left, last) in self._tables:
            return self._tables[kind, left, last]  # type: ignore[no-any-return]
        store, ids = self.store, self.store.groups[kind]
        table = np.full(len(ids), IMPOSSIBLE, dtype=np.float32)
        sizes = np.full(len(ids), 99)
        for stresses, places in store.patterns[kind].items():
            size = len(stresses)
            if size > left:
                continue
            cost = stress_cost(stresses, self.goal.shape[left - size : left])
            table[places] = store.usual[kind][places] - cost if cost < IN_VAIN else IMPOSSIBLE
            sizes[places] = size
        table += self.goal.bonus[ids] + self.chance.gumbel(size=len(ids)) * 0.3
        if last:
            table += RARE_END * store.usual[kind]
            if self._ends is not None:
                table[~self._ends[ids]] = IMPOSSIBLE
            taken = [n for w in self.goal.taken for n in store.by_word.get(w, ())]
            table[np.isin(ids, taken)] = IMPOSSIBLE
        self._tables[kind, left, last] = (table, sizes)
        return table, sizes

    def _phrase(self, partial: Partial, kind: int, before: int, least: int) -> list[Partial]:
        """The given phrase in the place of a word, at the end only where it rhymes."""
        given, store = self.goal.given, self.store
        assert given is not None, "a phrase that is still to come"
        left = partial.left - len(given.stresses)
        if kind not in given.kinds or left < least:
            return []
        if not partial.units and self.goal.ends is not None and given.ending not in self.goal.ends:
            return []
        if before >= 0 and given.alone and not self._leads(before):
            return []
        cost = sum(
            STRESS_COST["m" if s == "2" and len(given.stresses) > 1 else "f", slot]
            for s, slot in zip(given.stresses, self.goal.shape[left : partial.left], strict=True)
        )
        score = partial.score - cost + 4
        if " " not in given.text and (other := store.by_word.get(given.text.lower())):
            unit = next((n for n in other if store.kind[n] == kind), None)
            if unit is not None and partial.units and partial.units[0] >= 0:
                score += float(store.beside(kind, partial.units[0], left=True)[store.at[unit]])
            if unit is not None and 0 <= before < store.edge:
                score += float(store.beside(kind, before, left=False)[store.at[unit]])
        return [Partial(score, (-1, *partial.units), left, True, partial.near)]

    def _leads(self, before: int) -> bool:
        """Whether a phrase that begins with an article or the like can stand behind this symbol."""
        if before >= self.store.edge:
            return OPEN[min(before - self.store.edge, len(OPEN) - 1)].startswith("VB")
        return self.store.tags[before] in ("IN", "CC", "TO")

    def allowed(self, units: Iterable[int]) -> bool:
        """Whether no run of `WINDOW` words stands in a poem."""
        words = " ".join(self.words(units)).lower().split()
        return not any(
            remembered(self.store.runs, " ".join(words[n : n + WINDOW]))
            for n in range(len(words) - WINDOW + 1)
        )

    def words(self, units: Iterable[int]) -> list[str]:
        """The words of a line, the given phrase as one, without commas."""
        return [self._word(n) for n in units if n != self.store.edge]

    def _word(self, unit: int) -> str:
        if unit >= 0:
            return self.store.words[unit]
        assert self.goal.given is not None, "only a given phrase has no number"
        return self.goal.given.text
