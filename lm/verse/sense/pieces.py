"""Clauses as pieces for slots: each choice written out, with its stresses, its end, its own words.

A piece knows which of its syllables want a strong place. Where a template has very many variants, a
part of them, evenly taken, stands for all.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from abc_tools.prosody import line_end, syllables
from abc_tools.prosody.chinese import is_han, rhyme_group
from abc_tools.prosody.english import WEAK
from abc_tools.prosody.rhyme import _tail, sounds
from lm.verse.sense.lexicon import FRAMES, GENERAL, NAMES, Theme, themes

MOST = 240
"""Variants that are written out of one template."""
_CHOICE = re.compile(r"\(([^()]*)\)")
SELF = {"i": "I", "me": "I", "my": "I", "mine": "I", "i'm": "I", "i'll": "I", "we": "we", "us": "we",
        "our": "we", "we're": "we", "we'll": "we", "let's": "we", "我": "I", "我们": "we"}  # fmt: skip
CALLS = frozenset(
    """come sing listen look hear clap take hold let let's thank thanks hello hush sleep dream close rest catch
    put find wear open hold blow make cut wash dance swing turn spin throw jump hop run kick pass play hide laugh
    smile stay wait raise lift lay keep share sit pour mix stir eat smell bake wave goodbye farewell good happy
    merry plant water dig climb step follow count feed ride gallop row pull heave haul one two three la tra fa oh
    hey yes what how who can do tell trick boo goal ready shout cheer buzz baa moo woof meow purr tweet clip drip
    pitter yum ding this here there that""".split()  # noqa: SIM905
)
"""First words of clauses that call on somebody, ask, or point."""
CALLS_ZH = ("来", "听", "你听", "看", "快", "一二", "啦", "你也", "请")
_COMMON = frozenset("看见听来去到在有是的了们和一大小上下里我你他好真多都啊呀啦又也个不着".strip())


@dataclass(frozen=True)
class Piece:
    """A clause, or a part that stands before or behind one.

    `stressed` has a bit for each syllable that wants a strong place, `dull` one for each small word.
    `words` are the words that make it different from others, `source` the template that it comes from.
    """

    text: str
    size: int
    stressed: int
    dull: int
    end: str
    words: frozenset[str]
    person: str
    source: str
    closed: bool
    theme: str

    @property
    def calling(self) -> bool:
        """Whether it calls on somebody, so that only a call can stand before it."""
        if not self.text.isascii():
            return self.text.startswith(CALLS_ZH)
        return self.text.split(" ")[0].lower().rstrip(",") in CALLS


def variants(template: str, most: int = MOST) -> list[str]:
    """A template with every choice made.

    >>> variants("(the|a) (small |)cat")
    ['the small cat', 'the cat', 'a small cat', 'a cat']
    """
    parts = _CHOICE.split(template)
    choices = [part.split("|") if n % 2 else [part] for n, part in enumerate(parts)]
    every = ["".join(c) for c in itertools.islice(itertools.product(*choices), 4000)]
    step = max(1, -(-len(every) // most))
    return list(dict.fromkeys(" ".join(t.split()) for t in every[::step]))


@lru_cache(maxsize=60000)
def _word(word: str) -> tuple[int, ...]:
    return tuple(s.stress for s in syllables(word))


def _stresses(text: str) -> list[int]:
    if is_han(text):
        return [0] * len(syllables(text))
    return [s for word in text.split() for s in _word(word)]


def piece(text: str, source: str, theme: str) -> Piece:
    """One piece of its text."""
    closed = text.endswith(".")
    text = text.rstrip(".").strip()
    if not text.isascii():
        text = text.replace(" ", "")
        chars = [c for c in text if is_han(c)]
        person = "we" if "我们" in text else "I" if "我" in text else ""
        words = frozenset(a + b for a, b in itertools.pairwise(chars)
                          if not (a in _COMMON or b in _COMMON))  # fmt: skip
        return Piece(
            text, len(syllables(text)), 0, 0, text[-1:], words, person, source, closed, theme
        )
    text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text)
    said = _stresses(text)
    spoken = re.findall(r"[a-z']+", text.lower())
    persons = {SELF[w] for w in spoken if w in SELF}
    stressed = sum(1 << n for n, s in enumerate(said) if s == 2)
    small = [w in WEAK or w in ("the", "a") for w in text.lower().split() for _ in _word(w)]
    dull = sum(1 << n for n, s in enumerate(small) if s)
    words = frozenset(w[:5] for w in spoken if len(w) > 2 and w not in WEAK)
    person = "I" if persons == {"I"} else "we" if persons == {"we"} else "both" if persons else ""
    return Piece(text, len(said), stressed, dull, line_end(text).lower(), words, person, source,
                 closed, theme)  # fmt: skip


@dataclass
class Pool:
    """The pieces of a theme by their part in a line."""

    clauses: list[Piece]
    before: list[Piece]
    behind: list[Piece]


def _pieces(templates: Iterable[str], theme: str, most: int = MOST) -> list[Piece]:
    found: dict[str, Piece] = {}
    for template in templates:
        for text in variants(template, most):
            found.setdefault(text, piece(text, template, theme))
    return [p for p in found.values() if p.size]


@cache
def pool(language: str, name: str) -> Pool:
    """The pieces of a section; the general frames stand in it with the theme's own things and doings."""
    theme = themes(language)[name]
    clauses = _pieces(theme.clauses, name)
    for frame in themes(language)[FRAMES].clauses:
        clauses += _filled(frame, theme)
    if language == "en" and name != GENERAL:
        clauses += _placed(clauses, theme)
    return Pool(clauses, _pieces(theme.before, name), _pieces(theme.behind, name))


_STATE = re.compile(r"((?:the |a )?(?:[a-z]+ ){1,2})((?:is|are) [a-z]+)$")
_PLACE = re.compile(r"(?:in|on|by|under|over|at|down|along) (?!all\b|for\b|last\b)[a-z ]+$")
PLACED = 360
"""How many clauses with a place in the middle a theme has at most."""


def _placed(clauses: list[Piece], theme: Theme) -> list[Piece]:
    """Clauses such as "the leaves are falling" with a place of the theme behind their subject."""
    places = [v for p in (*theme.before, *theme.behind) for v in variants(p, 4) if _PLACE.match(v)]
    every = []
    for own in clauses:
        state = _STATE.match(own.text)
        if state is None or own.person or not own.source.startswith(("(", own.text[:3])):
            continue
        every += [(f"{state[1]}{place} {state[2]}", own.source) for place in places
                  if not set(place.split()[-1:]) & set(own.text.split())]  # fmt: skip
    step = max(1, -(-len(every) // PLACED))
    return [piece(text, source, theme.name) for text, source in every[::step]]


def _filled(frame: str, theme: Theme) -> list[Piece]:
    """A general frame with each thing or doing of a theme."""
    sort = {"{n}": theme.things, "{a}": theme.doings}
    for hole, rows in sort.items():
        if hole in frame:
            found = []
            for row in rows:
                for filler in variants(row, 24):
                    for text in variants(frame, 12):
                        found.append(piece(text.replace(hole, filler), frame, theme.name))
            return found
    return []


@lru_cache(maxsize=400)
def framed(language: str, phrase: str, person: bool) -> tuple[Piece, ...]:
    """The frames for a phrase that is given: a person's name, or anything else."""
    found = []
    for template in themes(language)[NAMES].clauses if person else themes(language)[FRAMES].clauses:
        if "{x" not in template:
            continue
        hole = "{x}"
        if not person:
            sort = _sort(phrase)
            hole = {"ing": "{x:ing}"}.get(sort, "{x}")
            if hole not in template:
                continue
        filler = phrase if person or language == "zh" else _with_article(phrase, template)
        for text in variants(template, 60):
            person_said = piece(text.replace(hole, ""), template, "").person
            own = piece(text.replace(hole, filler), template, "")
            found.append(replace(own, person=person_said))
    return tuple(found)


def _sort(phrase: str) -> str:
    if phrase.isascii() and phrase.endswith("ing") and " " not in phrase and len(phrase) > 5:
        return "ing"
    return "thing"


_LEADING = re.compile(
    r"(?i)^(?:the|an?|my|your|our|his|her|their|this|that|\d+|two|three|four|five|all|some)\b"
)


def _with_article(phrase: str, template: str) -> str:
    """The phrase as a thing: with an article where it has none and is no name or doing."""
    if _sort(phrase) == "ing" or _LEADING.match(phrase) or not phrase.isascii():
        return phrase
    return phrase if phrase[:1].isupper() else f"the {phrase}"


@lru_cache(maxsize=20000)
def end_keys(end: str) -> tuple[frozenset[object], frozenset[object]]:
    """What a last word rhymes by: keys of perfect rhymes, and of those that are not quite."""
    if is_han(end):
        group = rhyme_group(end)
        return (frozenset([group] if group else []), frozenset())
    said = sounds(end)
    return (
        frozenset("".join(_tail(s)) for s in said),
        frozenset("".join(_tail(s, weak=True)) for s in said),
    )


def general(language: str) -> Pool:
    """The pieces that suit every theme."""
    return pool(language, GENERAL)
