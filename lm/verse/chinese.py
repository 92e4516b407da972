"""Chinese verse: clauses of attested pieces (2+2+3, 2+3, 2+2) joined anew, one character a slot.

A clause is written from its end, which rhymes (thirteen groups, `abc_tools.prosody.chinese`); pieces
before it are chosen for the theme, for what stood beside them in poems, and for the characters at the
seam. Ends that rhyme are level tones where that can be had. What it does not know: what a line says.
"""

from __future__ import annotations

import heapq
import zlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from abc_tools.prosody import syllables
from abc_tools.prosody.chinese import GROUPS, is_han, rhyme_group
from lm.verse.build_chinese import CUTS, KINDS, SHORTEST
from lm.verse.files import arrays
from lm.verse.filters import remembered
from lm.verse.order import Order, partners
from lm.verse.themes import chinese_words
from lm.verse.unwanted import insults

ENDS, BRANCH, SHORTLIST = 48, 4, 600
"""How many ends are tried for a clause, words before each, and words looked at."""
SPLITS = {1: (1,), 8: (4, 4), 9: (4, 5), 10: (5, 5), 11: (4, 7), 12: (5, 7), 13: (6, 7), 14: (7, 7)}
UNSEEN, BLOCK = 0.7, 128
"""What is added to counts, so that rare pairs say little; rows that are reckoned at a time."""
MARKS = "，。！？；、"
RICH = ("江阳", "言前", "人辰", "中东", "遥条", "由求", "发花", "怀来", "一七", "灰堆")
"""Rhyme groups with many words, for lines that others are to rhyme with."""
LEADS = "看听念想有问"
"""Characters that can stand alone before a given phrase."""
PAIRS = ("又见", "梦里", "遥望", "难忘", "还有", "常念", "今日")
"""Pairs of characters that can stand before a given phrase."""
STOP = frozenset("关于一首歌曲写的请给我来个有和与为在是了这那首")


class Store:
    """The arrays of the Chinese part as tables."""

    def __init__(self, found: Any) -> None:
        self.texts = bytes(found["units"]).decode().split("\n")
        self.rhymes, self.level = found["rhymes"], found["level"]
        self.clauses = found["clauses"]
        chars = bytes(found["chars"]).decode()
        self.char = {c: n for n, c in enumerate(chars)}
        vectors = found["vectors"].astype(np.float32)
        self.meaning = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
        sums = [sum(self.meaning[self.char[c]] for c in text) for text in self.texts]
        rows = np.array(sums, dtype=np.float32)
        self.vectors = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)
        self.initial = np.array([self.char[t[0]] for t in self.texts])
        self.final = np.array([self.char[t[-1]] for t in self.texts])
        sizes = np.array([len(t) for t in self.texts])
        counts = found["counts"].astype(np.float32)
        self.usual = 0.35 * np.log(counts)
        self.groups: dict[tuple[str, int], Any] = {
            (kind, size): np.flatnonzero((found["kinds"] == n) & (sizes == size))
            for n, kind in enumerate(KINDS) for size in (2, 3)
        }  # fmt: skip
        self._seams(bytes(found["seams"]).decode(), found["seam_times"].astype(np.float32))
        self._company(found)
        self.holding: dict[str, list[int]] = {}
        for n, text in enumerate(self.texts):
            for char in set(text):
                self.holding.setdefault(char, []).append(n)

    def _seams(self, pairs: str, times: Any) -> None:
        """How gladly one character stands before another at a seam, 0 where that is not known."""
        size = len(self.char)
        one = np.array([self.char[c] for c in pairs[0::2]])
        two = np.array([self.char[c] for c in pairs[1::2]])
        firsts, seconds = np.bincount(one, times, size), np.bincount(two, times, size)
        table = np.zeros((size, size), dtype=np.float16)
        for start in range(0, size, BLOCK):
            rows = slice(start, start + BLOCK)
            own = (one >= start) & (one < start + BLOCK)
            seen = np.zeros((min(BLOCK, size - start), size), dtype=np.float32)
            seen[one[own] - start, two[own]] = times[own]
            expected = np.outer(firsts[rows], seconds) / max(1.0, float(times.sum()))
            table[rows] = np.log((seen + UNSEEN) / (expected + UNSEEN))
        self.seam = table

    def _company(self, found: Any) -> None:
        second = found["second"].astype(np.int64)
        order = np.argsort(second, kind="stable")
        self.before = found["first"].astype(np.int64)[order]
        self.times = np.log1p(found["times"].astype(np.float32))[order]
        self.bounds = np.searchsorted(second[order], np.arange(len(self.texts) + 1))


@cache
def store() -> Store:
    """The Chinese part of the model, read at the first line."""
    return Store(arrays("zh"))


@dataclass
class State:
    """What holds for a verse: how well each piece suits it, and what was used."""

    bonus: Any
    chance: np.random.Generator
    used: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)


def write(order: Order) -> tuple[list[str], list[str]]:
    """The lines of a verse, and the phrases of `must` that no line could take."""
    known = store()
    chance = np.random.default_rng([order.seed, zlib.crc32(order.theme.encode()), 7])
    words = [w for w in chinese_words(order.theme) if w not in STOP]
    state = State(_bonus(known, words), chance)
    waiting = sorted(
        {m.strip() for m in order.must if syllables(m)}, key=lambda m: -len(syllables(m))
    )
    for n, shape in enumerate(order.shapes):
        if n in order.again or n in order.fixed:
            state.lines.append(order.fixed[n] if n in order.fixed else state.lines[order.again[n]])
            continue
        group = _group(order, n, state)
        tone = None if group is not None else False
        text = None
        for given in [*waiting, None]:
            text = _line(known, state, len(shape), group, tone, given, order.avoid)
            if text is not None:
                waiting = [g for g in waiting if g is not given]
                break
        text = text or _anything(known, state, len(shape), group)
        state.lines.append(text)
        _use_up(known, state, text)
    lines = [t if n in order.fixed else marked(t, n, order) for n, t in enumerate(state.lines)]
    return lines, waiting


def marked(line: str, n: int, order: Order) -> str:
    """The line with a mark at its end: a full stop at the end of a pair or of the verse."""
    return line + ("。" if n % 2 or n == len(order.shapes) - 1 else "，")


def _bonus(known: Store, words: list[str]) -> Any:
    """How well each piece suits a theme: by meaning, more if it has one of the words or characters."""
    bonus = known.usual.copy()
    chars = [c for w in words for c in w if c in known.char and c not in STOP]
    if not chars:
        return bonus
    mean = np.mean([known.meaning[known.char[c]] for c in chars], axis=0)
    bonus += 2.4 * (known.vectors @ (mean / (np.linalg.norm(mean) + 1e-6)))
    short = {c for w in words if len(w) == 1 for c in w} or set(chars)
    for char in short:
        bonus[known.holding.get(char, [])] += 0.7
    for word in words:
        if len(word) > 1:
            bonus[[n for n in known.holding.get(word[0], ()) if word in known.texts[n]]] += 1.5
    return bonus


def _group(order: Order, n: int, state: State) -> frozenset[int] | None:
    """The rhyme groups that the scheme allows at the end of a line; None where it asks nothing."""
    letter = order.rhymes[n]
    if letter == "-" or order.rhymes.count(letter) < 2:
        return None
    names = list(GROUPS)
    if before := partners(order, n, state.lines):
        name = rhyme_group(before[0]) if is_han(before[0]) else ""
        return frozenset({names.index(name) + 1}) if name else None
    return frozenset(names.index(name) + 1 for name in RICH)


def _line(
    known: Store, state: State, size: int, group: frozenset[int] | None, tone: bool | None,
    given: str | None, avoid: frozenset[str],
) -> str | None:  # fmt: skip
    """A line of one clause or several; None if there is none."""
    parts: list[str] = []
    sizes = _split(size)
    for k, part in enumerate(sizes):
        last = k == len(sizes) - 1
        phrase = given if given and not any(given in p for p in parts) else None
        ends = (group, tone) if last else (None, None)
        text = None
        if phrase is not None:
            text = _with_phrase(known, state, part, ends, phrase)
            if text is None and last:
                return None
        if text is None:
            text = _clause(known, state, part, ends, avoid)
        if text is None:
            return None
        parts.append(text)
    return "，".join(parts)


def _split(size: int) -> tuple[int, ...]:
    """A line's clauses by their characters.

    >>> _split(7), _split(12), _split(20)
    ((7,), (5, 7), (7, 6, 7))
    """
    if size in CUTS:
        return (size,)
    return SPLITS[size] if size in SPLITS else (7, *_split(size - 7))


Ends = tuple[frozenset[int] | None, bool | None]
"""Rhyme groups allowed at an end, and False where a level tone is not wanted."""
Ranked = tuple[float, tuple[int, ...]]
"""A clause while it is made: its score and its pieces."""


def _clause(
    known: Store, state: State, size: int, ends: Ends, avoid: frozenset[str], before: str = ""
) -> str | None:
    """The best clause that is new, rhymes, and repeats no line; `before` is what it follows."""
    cut = CUTS.get(size)
    if cut is None:
        return _single(known, state, ends[0]) if size == 1 else None
    for text in _candidates(known, state, cut, ends, before):
        whole = before + text
        taken = {line.rstrip(MARKS)[-1:] for line in state.lines} | avoid
        if whole[-1] in taken and ends[0] is not None:
            continue
        if insults(text) or (len(whole) >= SHORTEST and remembered(known.clauses, whole)):
            continue
        if (
            state.lines
            and len(whole) <= 4
            and remembered(known.clauses, _tail(state.lines[-1]) + whole)
        ):
            continue
        if ends[0] is None or _rhymes(text, ends[0]):
            return text
    return None


def _tail(line: str) -> str:
    return line.split("，")[-1]


def _rhymes(text: str, groups: frozenset[int]) -> bool:
    name = rhyme_group(text)
    return bool(name) and list(GROUPS).index(name) + 1 in groups


def _candidates(
    known: Store, state: State, cut: tuple[int, ...], ends: Ends, before: str
) -> list[str]:
    """Clauses, the best first."""
    ids = known.groups["end", cut[-1]]
    scores = state.bonus[ids] + state.chance.gumbel(size=len(ids)) * 0.5
    if ends[0] is not None:
        keep = np.isin(known.rhymes[ids], sorted(ends[0]))
        ids, scores = ids[keep], scores[keep] + 0.9 * known.level[ids[keep]]
    elif ends[1] is False:
        scores = scores - 0.9 * known.level[ids]
    order = np.argsort(-scores, kind="stable")[:ENDS]
    beam: list[Ranked] = [(float(scores[n]), (int(ids[n]),)) for n in order.tolist()]
    for place in range(len(cut) - 2, -1, -1):
        kind = "head" if place == 0 and not before else "middle"
        pool = known.groups[kind, cut[place]]
        base = state.bonus[pool] + state.chance.gumbel(size=len(pool)) * 0.3
        top = np.argpartition(base, max(0, len(base) - SHORTLIST))[-SHORTLIST:]
        beam = heapq.nlargest(ENDS, _before(known, beam, pool, base, top))
    if before and before[-1] in known.char:
        row = known.seam[known.char[before[-1]]]
        beam = sorted(((s + float(row[known.initial[u[0]]]), u) for s, u in beam), reverse=True)
    return ["".join(known.texts[n] for n in units) for _, units in beam]


def _before(known: Store, beam: list[Ranked], pool: Any, base: Any, top: Any) -> list[Ranked]:
    """The clauses of a beam with a piece more in front."""
    found = []
    place = {int(n): k for k, n in enumerate(pool.tolist())}
    for score, units in beam:
        first = units[0]
        friends = slice(known.bounds[first], known.bounds[first + 1])
        extra = {place[int(n)]: float(t) for n, t in zip(known.before[friends], known.times[friends],
                                                         strict=True) if int(n) in place}  # fmt: skip
        picks = np.concatenate([top, np.array(list(extra), dtype=np.int64)])
        ids = pool[picks]
        values = base[picks] + known.seam[known.final[ids], known.initial[first]]
        values = values + 1.2 * (known.vectors[ids] @ known.vectors[list(units)].mean(0))
        values[len(top) :] += 0.8 * np.array(list(extra.values()))
        chars = set("".join(known.texts[n] for n in units))
        for n in np.argsort(-values, kind="stable")[: BRANCH * 2].tolist():
            if not chars & set(known.texts[int(ids[n])]):
                found.append((score + float(values[n]), (int(ids[n]), *units)))
    return found


def _with_phrase(known: Store, state: State, size: int, ends: Ends, phrase: str) -> str | None:
    """A clause that begins, or else ends, with a given phrase."""
    rest = size - len(syllables(phrase))
    fits = ends[0] is None or (is_han(phrase[-1]) and _rhymes(phrase, ends[0]))
    if rest < 0 or (rest == 0 and not fits):
        return None
    if rest == 0:
        return phrase
    if rest == 1:
        return (
            str(state.chance.choice(list(LEADS))) + phrase
            if fits
            else _after(known, state, ends, phrase)
        )
    lead = str(state.chance.choice([p for p in PAIRS if p not in state.leads] or list(PAIRS)))
    if rest == 2 and fits:
        return lead + phrase
    state.leads.add(lead)
    head = lead + phrase if rest in (4, 5) else phrase
    found = _clause(known, state, size - len(syllables(head)), ends, frozenset(), head)
    return None if found is None else head + found


def _after(known: Store, state: State, ends: Ends, phrase: str) -> str | None:
    """The phrase and one character that rhymes."""
    char = _single(known, state, ends[0])
    return None if char is None else phrase + char


def _single(known: Store, state: State, groups: frozenset[int] | None) -> str | None:
    """One character that ends pieces often, and rhymes alone."""
    ids = np.concatenate([known.groups["end", 2], known.groups["end", 3]])
    if groups is not None:
        ids = ids[np.isin(known.rhymes[ids], sorted(groups))]
    order = np.argsort(-(state.bonus[ids] + state.chance.gumbel(size=len(ids))), kind="stable")
    for n in order[:200].tolist():
        char = known.texts[int(ids[n])][-1]
        if char not in state.used and (groups is None or _rhymes(char, groups)):
            return char
    return None


def _anything(known: Store, state: State, size: int, group: frozenset[int] | None) -> str:
    """A line where nothing else was found: without its rhyme, at last syllables to sing."""
    text = _line(known, state, size, group, None, None, frozenset())
    return text or _line(known, state, size, None, None, None, frozenset()) or "啦" * size


def _use_up(known: Store, state: State, text: str) -> None:
    """Characters that were sung are less wanted; their company a little more."""
    chars = [c for c in text if c in known.char]
    for char in set(chars):
        state.used.add(char)
        state.bonus[known.holding.get(char, [])] -= 1.3
    if chars:
        mean = np.mean([known.meaning[known.char[c]] for c in chars], axis=0)
        state.bonus += 0.6 * (known.vectors @ (mean / (np.linalg.norm(mean) + 1e-6)))
