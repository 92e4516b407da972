"""Lines composed of pieces: for each line's slots every fitting join of clauses, then the best of them.

A line is a clause, with something before it or behind it where there is room, or two clauses. What is
chosen first rhymes with something that can stand in the lines to come. A verse has one person who
speaks, and uses no clause twice. What it does not know: a story from line to line.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from abc_tools.prosody import line_end, syllables
from lm.verse.files import arrays_of
from lm.verse.filters import remembered
from lm.verse.order import Order, Shape
from lm.verse.sense.joins import Candidate, State, candidates, with_given
from lm.verse.sense.lexicon import Subject, pattern, subject, themes
from lm.verse.sense.pieces import Piece, Pool, end_keys, general, pool
from lm.verse.unwanted import insults

LONGEST = {"en": 15, "zh": 14}
"""Slots above which a line is written as two halves."""
QUIET = frozenset(("farewell", "longing", "qingming", "sleep", "peace"))
"""Themes whose verse does not clap its hands."""
_GLAD = re.compile(
    r"merr|happ|joy|cheer|clap|hey ho|la la|smil|wonderful|乐|笑|棒|喜|热闹|高兴|开心|真好|有趣|啦啦|拍"
)
ATTEMPTS = 4
"""How often a verse is written while a rhyme fails or a line is missing."""
PLAIN = ("music", "joy", "friends", "dance")
"""Themes that go with every other: for words that no theme has, or for no word at all."""
COPIED_RUN, COPIED_CLAUSE = 5, 5


def write(order: Order) -> tuple[dict[int, str], tuple[str, ...]]:
    """The lines that could be composed, by number, and the given words among them that found no place.

    Lines that repeat others or are fixed are not among them, nor are lines for which nothing fits.
    """
    pools: dict[Shape, list[Candidate]] = {}
    best: tuple[float, dict[int, str], tuple[str, ...]] | None = None
    for attempt in range(ATTEMPTS):
        found, missing = _attempt(order, attempt, pools)
        wrong = 3 * len(missing) + 2 * _unwritten(order, found) + _unrhymed(order, found)
        if best is None or wrong < best[0]:
            best = (wrong, found, missing)
        if not wrong:
            break
    assert best is not None, "there is at least one attempt"
    return best[1], best[2]


def _attempt(
    order: Order, attempt: int, pools: dict[Shape, list[Candidate]]
) -> tuple[dict[int, str], tuple[str, ...]]:
    """One way through the verse; the pools are filled by the first and used by all."""
    known = subject(order.theme)
    number = zlib.crc32(order.theme.lower().encode())
    state = _state(order, known, np.random.default_rng([order.seed, number, 3]))
    state.chance = np.random.default_rng([order.seed, number, 5 + attempt])
    waiting = [m.strip() for m in order.must if syllables(m)]
    soft = [
        w
        for w in (*known.said[:1], *known.strange)
        if (not w.isascii()) == (order.language == "zh")
    ]
    soft = [w for w in soft if not insults(w) and not any(w in m.lower() for m in waiting)]
    found: dict[int, str] = {}
    open_lines = [
        n for n in range(len(order.shapes)) if n not in order.again and n not in order.fixed
    ]
    for text in order.fixed.values():
        state.ends.add(line_end(text).lower())
    givens = [
        *((m, "") for m in waiting),
        *((w, "own" if w in known.said else "any") for w in soft),
    ]
    for n in open_lines:
        shape = order.shapes[n]
        if len(shape) > LONGEST[order.language]:
            continue
        if shape not in pools:
            pools[shape] = candidates(state, shape, state.clauses)
        chosen = None
        left = sum(k >= n for k in open_lines)
        for given in list(givens):
            if given[1] and left % 2 == 0 and left > 2 * len(givens) and n:
                continue
            special = with_given(state, shape, given[0], soft=given[1])
            grades = (0, 1) if given[1] or left > len(givens) else (0, 1, 2)
            chosen = _chosen(order, n, found, state, special, pools, grades)
            if chosen is not None:
                givens.remove(given)
                if given[1] and not known.themes and left > 2:
                    givens.append(given)  # a theme of its own comes again
                break
        if chosen is None:
            chosen = _chosen(order, n, found, state, pools[shape], pools)
        if chosen is not None:
            found[n] = _printed(chosen.text, order.language)
            _use_up(state, chosen)
    missing = tuple(g for g, is_soft in givens if not is_soft)
    return found, missing


def _unwritten(order: Order, found: dict[int, str]) -> int:
    """How many lines are missing."""
    return sum(
        n not in found and n not in order.again and n not in order.fixed
        for n in range(len(order.shapes))
    )


def _unrhymed(order: Order, found: dict[int, str]) -> int:
    """How many lines do not rhyme with an earlier one as they should."""
    known = {**order.fixed, **found}
    count = 0
    for n in sorted(found):
        before = [known[k] for k in known if k < n and order.rhymes[k] == order.rhymes[n] != "-"]
        end = line_end(found[n]).lower()
        count += bool(before) and not all(_rhymes(end, line_end(b).lower(), 1) for b in before)
    return count


def _state(order: Order, known: Subject, chance: np.random.Generator) -> State:
    language = order.language
    names = [n for n in known.themes if n in themes(language)]
    if not names:
        names = [str(chance.choice(PLAIN))]
    pools: list[Pool] = [pool(language, n) for n in names]
    every = general(language)
    if QUIET & set(names):
        every = Pool(*([p for p in part if not _GLAD.search(p.text.lower())]
                       for part in (every.clauses, every.before, every.behind)))  # fmt: skip
    evidence = [w for n in names for w in themes(language)[n].evidence]
    person = str(chance.choice(["we", "we", "I"]))
    state = State(
        language, person, chance, evidence,
        _fitting([*(p for o in pools for p in o.clauses), *every.clauses], person),
        _fitting([*(p for o in pools for p in o.before), *every.before], person),
        _fitting([*(p for o in pools for p in o.behind), *every.behind], person),
        frozenset(names),
        frozenset(p.source for o in (*pools, every) for p in (*o.before, *o.behind)),
    )  # fmt: skip
    state.ends |= {e.lower() for e in order.avoid}
    for line in order.before:
        state.texts.add(_bare(line))
        for word in re.findall(r"[a-z']{4,}", line.lower()):
            state.used[word[:5]] = state.used.get(word[:5], 0) + 0.5
        for a, b in pairwise(line):
            state.used[a + b] = state.used.get(a + b, 0) + 0.5
    return state


def _fitting(pieces: Iterable[Piece], person: str) -> list[Piece]:
    return [p for p in pieces if p.person in ("", person)]


def _bare(line: str) -> str:
    return re.sub(r"[^\w]+", " ", line.lower()).strip()


# -- what is chosen ----------------------------------------------------------------------------


def _chosen(
    order: Order, n: int, found: dict[int, str], state: State, offered: list[Candidate],
    pools: dict[Shape, list[Candidate]], grades: tuple[int, ...] = (0, 1, 2),
) -> Candidate | None:  # fmt: skip
    """The best line that is new and rhymes as the scheme asks; None if there is none."""
    letter = order.rhymes[n]
    same = [k for k in range(len(order.shapes)) if order.rhymes[k] == letter and k != n]
    known = {**order.fixed, **found}
    before = [line_end(known[k]).lower() for k in same if k in known] if letter != "-" else []
    coming = [
        k for k in same if letter != "-" and k not in known and k not in order.again
        and len(order.shapes[k]) <= LONGEST[order.language]
    ]  # fmt: skip
    supply = [_supply(state, order.shapes[k], pools) for k in coming[:2]]
    for grade in grades:
        scored = []
        for c in offered:
            if c.end in state.ends or not _usable(state, c):
                continue
            keys = end_keys(c.end)
            if before:
                if grade < 2 and not all(_rhymes(c.end, b, grade) for b in before):
                    continue
            elif coming and grade < 2:
                others = [_others(s[grade], keys[grade], c.end) for s in supply]
                if min(others, default=0) < 2 * len(coming) - grade:
                    continue
            scored.append((_score(state, c), c))
        for _, c in sorted(scored, key=lambda s: -s[0])[:12]:
            if not _copied(c.text, order.language) and not insults(c.text):
                return c
    return None


def _supply(
    state: State, shape: Shape, pools: dict[Shape, list[Candidate]]
) -> tuple[dict[object, set[str]], dict[object, set[str]]]:
    """The last words that lines of a shape can have, by what they rhyme with: well, and roughly."""
    if shape not in pools:
        pools[shape] = candidates(state, shape, state.clauses)
    found: tuple[dict[object, set[str]], dict[object, set[str]]] = ({}, {})
    for c in pools[shape]:
        if c.end not in state.ends:
            for keys, into in zip(end_keys(c.end), found, strict=True):
                for key in keys:
                    into.setdefault(key, set()).add(c.end)
    return found


def _others(supply: dict[object, set[str]], keys: frozenset[object], end: str) -> int:
    return max(
        (sum(not (e.endswith(end) or end.endswith(e)) for e in supply.get(k, ())) for k in keys),
        default=0,
    )


def _rhymes(end: str, other: str, grade: int) -> bool:
    """Whether two last words rhyme, with `grade` 1 also roughly."""
    if end.endswith(other) or other.endswith(end):
        return False  # today and day, forever and ever: no poet's pride
    one, two = end_keys(end), end_keys(other)
    return bool(one[grade] & two[grade]) or bool(one[0] & two[0])


def _usable(state: State, line: Candidate) -> bool:
    if _bare(line.text) in state.texts:
        return False
    return not any(p.source in state.sources for p in line.parts)


def _score(state: State, line: Candidate) -> float:
    """How good a line is here: it fits, is about the theme, says what was not yet said."""
    own = any(p.theme in state.own for p in line.parts)
    score = -line.cost + float(state.chance.gumbel()) * 0.7
    score -= 1.2 * sum("{" in p.source for p in line.parts)
    if state.own:
        clauses = [p for p in line.parts if p.source not in state.adverbs]
        score += 3.0 * own - 1.5 * sum(p.theme not in state.own for p in clauses)
    score -= 1.0 * sum(p.theme not in state.own for p in line.parts if p.source in state.adverbs)
    score -= 1.6 * sum(state.used.get(w, 0.0) for p in line.parts for w in p.words)
    if not state.shown and state.evidence and own:
        lower = line.text.lower()
        score += 3.0 * any(w in lower for w in state.evidence)
    return score


def _use_up(state: State, line: Candidate) -> None:
    state.texts.add(_bare(line.text))
    state.ends.add(line.end)
    lower = line.text.lower()
    state.shown = state.shown or any(re.search(pattern(w), lower) for w in state.evidence)
    for p in line.parts:
        state.sources.add(p.source)
        for w in p.words:
            state.used[w] = state.used.get(w, 0.0) + 1.0


def _copied(text: str, language: str) -> bool:
    """Whether a line has a run of words that stands in one of the poems (by chance, for all is our own)."""
    bits = arrays_of(language, "clauses" if language == "zh" else "runs")
    if language == "zh":
        return any(
            len(c) >= COPIED_CLAUSE and remembered(bits, c)
            for c in re.findall(r"[\u3400-\u9fff]+", text)
        )
    words = re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower())
    runs = (" ".join(words[n : n + COPIED_RUN]) for n in range(len(words) - COPIED_RUN + 1))
    return any(remembered(bits, run) for run in runs)


def _printed(text: str, language: str) -> str:
    return text if language == "zh" else text[:1].upper() + text[1:]
