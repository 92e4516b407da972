"""English verse: one line after the other, with rhymes, refrains, given words and one way of speaking.

A verse keeps to one tense and to one person, for that makes lines hang together. What it does not
know: what the lines say; it joins what stood together in poems.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from abc_tools.prosody import line_end, rhyme, syllables
from abc_tools.prosody.lexicon import is_vowel
from abc_tools.prosody.lexicon import known as pronounced
from abc_tools.prosody.rhyme import sounds
from lm.verse.build_english import CAPITALS, OPEN
from lm.verse.files import arrays
from lm.verse.lines import TEMPLATES, Found, Given, Goal, LineWriter
from lm.verse.order import STRONG, Order, Shape, partners
from lm.verse.store_english import Store
from lm.verse.themes import english_words
from lm.verse.unwanted import archaic, insults

LONGEST = 11
"""Slots from which a line is written as two."""
EFFORT, FEWEST = 520, 20
"""Templates that are tried for a whole verse, and for a line at least."""
ATTEMPTS = 3
"""How often a verse is written while a given word finds no place."""
RICH = 16
"""How many words a rhyme needs to be chosen for a line that others are to rhyme with."""
STOP = frozenset(
    """the a an of to in on at by for from with and or but about my your his her our their this that
    i me you we us it is are be song songs verse verses lyrics words tune music write some
    please""".split()  # noqa: SIM905
)
LEADING = frozenset("the a an my your his her our their this that these those".split())  # noqa: SIM905
"""Words that begin a phrase of their own: no article stands before them."""
PERSONS = {"theirs": ("he", "she"), "hers": ("he",), "his": ("she",)}


@cache
def store() -> Store:
    """The English part of the model, read at the first line."""
    return Store(arrays("en"))


@dataclass
class State:
    """What the verse has used up: ends of lines, templates, how often each unit was favoured."""

    bonus: Any
    liked: Any
    ends: list[str] = field(default_factory=list)
    tried: set[int] = field(default_factory=set)


def write(order: Order) -> tuple[list[str], list[str]]:
    """The lines of a verse, and the words of `must` that no line could take, after a few attempts."""
    room = max(len(shape) for shape in order.shapes)
    for attempt in range(ATTEMPTS):
        lines, missing = _write(order, attempt)
        if all(len(syllables(text)) > room for text in missing):
            break
    return lines, missing


def _write(order: Order, attempt: int) -> tuple[list[str], list[str]]:
    known = store()
    theme_number = zlib.crc32(order.theme.lower().encode())
    chance = np.random.default_rng([order.seed, theme_number, attempt])
    theme = [w for w in english_words(order.theme) if w not in STOP]
    state = _state(known, theme, chance)
    waiting = _given(known, order.must, theme)
    fixed = [line_end(text).lower() for text in order.fixed.values()]
    lines: list[str] = []
    many = max(FEWEST, min(TEMPLATES, EFFORT // len(order.shapes)))
    for n, shape in enumerate(order.shapes):
        if n in order.again or n in order.fixed:
            lines.append(order.fixed[n] if n in order.fixed else lines[order.again[n]])
            state.ends.append(line_end(lines[-1]).lower())
            continue
        ends = _ends(known, order, n, lines)
        left = sum(
            k not in order.again and k not in order.fixed for k in range(n, len(order.shapes))
        )
        text = None
        for given in [*waiting, None] if waiting else [None]:
            if given is not None and left > 2 * len(waiting) and n % 2:
                continue
            taken = frozenset((*state.ends, *order.avoid, *fixed))
            text = _line(known, shape, state, ends, taken, given, n, many, chance)
            if text is not None:
                waiting = [g for g in waiting if g is not given]
                break
        if text is None:
            text = _anything(known, shape, ends, chance)
        lines.append(text)
        state.ends.append(line_end(text).lower())
        _use_up(known, state, text)
    missing = [g.text for g in waiting if not g.soft]
    return [t if n in order.fixed else marked(t, n, order) for n, t in enumerate(lines)], missing


def _state(known: Store, theme: list[str], chance: np.random.Generator) -> State:
    """The favour of each word and template: by theme, and by a tense and a person drawn by chance."""
    bonus = np.zeros(known.edge, dtype=np.float32)
    meaning = known.meaning(theme)
    if meaning is not None:
        bonus += 2.2 * (known.vectors @ meaning)
        for word in theme:
            bonus[known.by_word.get(word, [])] += 0.8
    marks = known.marks
    past = chance.random() < 0.2
    other = "present" if past else "past"
    liked = -3.0 * marks[other] - 1.0 * marks["they"] - 1.5 * marks["dangling"]
    liked = liked + 0.8 * marks["finite"] + 0.8 * (known.begins & known.ends)
    person = str(chance.choice(["self", "self", "self", "his", "hers"]))
    for name in PERSONS.get(person, PERSONS["theirs"]):
        liked = liked - 3.0 * marks[name]
    return State(bonus, liked.astype(np.float32))


def _given(known: Store, must: Iterable[str], theme: list[str]) -> list[Given]:
    """The phrases that must come, and words of the theme that the model has never read."""
    found = [_phrase(known, text.strip(), soft=False) for text in must if syllables(text)]
    spoken = " ".join(g.text.lower() for g in found)
    strange = [w for w in theme if w not in known.by_word and w not in spoken]
    strange = [w for w in strange if pronounced(w) and not archaic(w) and not insults(w)]
    found += [_phrase(known, word, soft=True) for word in strange[:2]]
    return sorted(found, key=lambda g: -len(g.stresses))


def _phrase(known: Store, text: str, *, soft: bool) -> Given:
    stresses = "".join(str(s.stress) for s in syllables(text))
    words = re.findall(r"[\w'’-]+", text.lower())
    units = known.by_word.get(words[-1], []) if words else []
    kinds = frozenset(int(known.kind[n]) for n in units if known.kind[n] >= 0)
    if len(words) == 1 and not kinds and any(known.closed[n] for n in units):
        return Given(text, stresses, frozenset(), words[0], 0, soft)
    plural = bool(words) and words[-1].endswith("s") and not words[-1].endswith("ss")
    kinds = kinds or frozenset({OPEN.index("NNS" if plural else "NN")})
    ends = {int(known.endings[n]) for n in units}
    alone = bool(words) and (words[0] in LEADING or (not units and text[0].isupper()))
    return Given(
        text, stresses, kinds, words[0] if words else "", max(ends, default=0), soft, alone
    )


def _ends(known: Store, order: Order, n: int, lines: list[str]) -> frozenset[int] | None:
    """The classes of endings that rhyme as the scheme asks; None where it asks nothing."""
    letter = order.rhymes[n]
    if letter == "-" or order.rhymes.count(letter) < 2:
        return None
    if not (before := partners(order, n, lines)):
        sizes = known.rhyme_sizes
        return frozenset(np.flatnonzero(sizes >= RICH).tolist()) - {0}
    word = line_end(before[0]).lower()
    classes = {int(known.endings[u]) for u in known.by_word.get(word, ())} - {0}
    return frozenset(classes) or _rhyming(known, word)


def _rhyming(known: Store, word: str) -> frozenset[int]:
    """The classes that have a word rhyming with one that the model does not know."""
    first = {int(e): n for n, e in reversed(list(enumerate(known.endings.tolist())))}
    return frozenset(e for e, n in first.items() if e and rhyme(word, known.words[n]) == "perfect")


def _line(
    known: Store, shape: Shape, state: State, ends: frozenset[int] | None, taken: frozenset[str],
    given: Given | None, n: int, many: int, chance: np.random.Generator,
) -> str | None:  # fmt: skip
    """A line, or two half lines where there are many slots; None if there is none."""
    if len(shape) > LONGEST:
        cut = _halves(shape)
        first = _line(known, shape[:cut], state, None, frozenset(), given, 0, many, chance)
        second = _line(known, shape[cut:], state, ends, taken, None, 1, many, chance)
        if first is None:
            first = _line(known, shape[:cut], state, None, frozenset(), None, 0, many, chance)
            second = _line(known, shape[cut:], state, ends, taken, given, 1, many, chance)
        if first is None or second is None:
            return None
        joined = second if second.startswith("I ") else second[0].lower() + second[1:]
        return f"{first}, {joined}"
    liked = state.liked - (3 * ~known.begins if n % 2 == 0 else 2 * ~known.ends)
    goal = Goal(shape, state.bonus, liked.astype(np.float32), ends, taken, given, many)
    writer = LineWriter(known, goal, chance)
    for line in writer.best(frozenset(state.tried), 3):
        text = _text(writer, line)
        if len(syllables(text)) == len(shape) and not insults(
            text.replace(given.text if given else "\0", "")
        ):
            state.tried.add(line.template)
            return text
    return None


def _halves(shape: Shape) -> int:
    """Where a long line is cut: before a strong slot near its middle, or before the upbeat to one."""
    middle = len(shape) / 2

    def cost(n: int) -> float:
        return (
            abs(n - middle)
            - 1.5 * (shape[n] == STRONG)
            - (len(shape) > n + 1 and shape[n + 1] == STRONG)
        )

    return min(range(2, len(shape) - 1), key=cost)


def _text(writer: LineWriter, line: Found) -> str:
    """The line as it is printed, without a mark at its end."""
    edge = writer.store.edge
    words: list[str] = []
    for unit in line.units:
        if unit == edge:
            if words:
                words[-1] += ","
            continue
        word = writer.words([unit])[0]
        if words and words[-1].rstrip(",").lower() in ("a", "an"):
            words[-1] = _article(word) + ("," if words[-1].endswith(",") else "")
        words.append(word.capitalize() if word in CAPITALS else word)
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _article(word: str) -> str:
    said = sounds(word.split()[0])
    first = said[0][0] if said else word[0]
    return "an" if is_vowel(first) or (not said and first in "aeiou") else "a"


def _anything(
    known: Store, shape: Shape, ends: frozenset[int] | None, chance: np.random.Generator
) -> str:
    """A line for slots that no template fits: one word where that is enough, else syllables to sing."""
    size = len(shape)
    fits = [
        n for n in range(known.edge)
        if len(known.stresses[n]) == size and known.kind[n] >= 0
        and (ends is None or int(known.endings[n]) in ends)
    ]  # fmt: skip
    if fits:
        weights = known.counts[fits] / known.counts[fits].sum()
        return known.words[int(chance.choice(fits, p=weights))].capitalize()
    return " ".join(["La", *["la"] * (size - 1)])


def _use_up(known: Store, state: State, text: str) -> None:
    """Words that were sung are less wanted; words near to them a little more."""
    words = re.findall(r"[a-z']+", text.lower())
    for stem in {known.stems[n] for word in words for n in known.by_word.get(word, ())}:
        for unit in known.by_stem[stem]:
            if known.kind[unit] >= 0:
                state.bonus[unit] -= 2.5
    meaning = known.meaning(words)
    if meaning is not None:
        state.bonus += (0.5 * (known.vectors @ meaning)).astype(np.float32)


def marked(line: str, n: int, order: Order) -> str:
    """The line with a mark at its end: a full stop at the end of a pair or of the verse."""
    last = n == len(order.shapes) - 1
    return line + ("." if last or n % 2 else ",")
