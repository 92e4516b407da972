"""A clause → the things that the classifier counts: words, pieces of words, and concepts in both languages.

Bars, numbers, keys, chords and notes are replaced by signs of their kind first: which bar is meant says nothing
about what shall happen to it. What this does not know: any label.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from chat.understand.text import normalise, spelled

_NUM = r"(?:\d+(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|first|second|third|fourth|fifth|sixth|last|final)"
_ZNUM = r"[\d一二三四五六七八九十两几]+"
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("quote", re.compile(r"\"[^\"]+\"|《[^》]+》|(?<![A-Za-z])'[^']{2,60}'(?![A-Za-z])")),
    ("meter", re.compile(r"(?<![\d/])\d{1,2}\s?/\s?(?:2|4|8|16)(?![\d/])|[二三四六九八]分之[一二三四六九]+|[二三四六九][二四八]拍")),
    ("bars", re.compile(rf"(?:第?{_ZNUM}(?:(?:到|至|-|~)第?{_ZNUM})?(?:个)?小节)|(?:(?:the )?(?:bars?|measures?|mm?\.|b\.) ?(?:number )?(?!of\b){_NUM}(?: ?(?:-|to|and|through|till) ?{_NUM})?)|(?:the )?{_NUM} (?:{_NUM} )?(?:bars?|measures?)|[前后]{_ZNUM}小节", re.IGNORECASE)),
    ("key", re.compile(r"(?<![A-Za-z])(?:[A-Ga-g](?:[#b♯♭]|[ -](?:flat|sharp))?)[ -](?:major|minor|dorian|mixolydian|lydian|phrygian|aeolian|harmonic minor|melodic minor)(?![a-z])|[升降]?[A-Ga-g][#b]?(?:大调|小调|宫|羽)", re.IGNORECASE)),
    ("chord", re.compile(r"(?<![A-Za-z])(?:[A-G][#b]?(?:maj7|m7|dim7?|sus[24]?|aug|add9|m|7|6|9)|(?:ii|iii|IV|VI|vi|VII|vii|V)7?)(?![A-Za-z])")),
    ("pitch", re.compile(r"(?<![A-Za-z])(?:(?:high|low|middle|top) )?[A-G](?:[#b♯♭]|[ -](?:flat|sharp|natural)s?)?[2-6]?(?![A-Za-z'])|[升降还原]+[A-G]")),
    ("num", re.compile(r"(?<![A-Za-z])\d+(?:\.\d+)?")),
)  # fmt: skip
"""What stands for its kind only, in the order in which it is looked for."""


def plain_kinds(clause: str) -> str:
    """The clause in lower case with places and values as signs of their kind.

    >>> plain_kinds("Put bars 5-8 in G minor, at 96")
    'put ‹bars› in ‹key›, at ‹num›'
    """
    text = spelled(normalise(clause))
    for name, pattern in KINDS:
        text = pattern.sub(f"‹{name}›", text)
    return " ".join(text.lower().split())


@cache
def concepts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every concept with the pattern that finds its words."""
    text = files("chat.understand.guess").joinpath("concepts.txt").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        name, colon, words = line.partition(": ")
        if not colon or line.startswith("#"):
            continue
        said = [word.strip() for word in words.split("|")]
        latin = [re.escape(w).replace(r"\*", r"\w*") for w in said if w.isascii()]
        other = [re.escape(w) for w in said if not w.isascii()]
        pieces = ([rf"\b(?:{'|'.join(latin)})\b"] if latin else []) + other
        found.append((name, re.compile("|".join(pieces))))
    return tuple(found)


def found_concepts(plain: str) -> list[str]:
    """The concepts of a clause in the order in which they are said first.

    >>> found = found_concepts("it drags, pick up the pace")
    >>> found.index("slow") < found.index("fast")
    True
    """
    places = [(m.start(), name) for name, pattern in concepts() if (m := pattern.search(plain))]
    return [name for _, name in sorted(places)]


_GRADES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("too", re.compile(r"(?:\btoo\b|\bso\b|\bsuch an?\b|\btoo much\b|太|过于|有点)[^,.;，]{0,12}$")),
    ("less", re.compile(r"(?:\bless\b|\bnot (?:so|that|quite)\b|\bfewer\b|别(?:那么|这么|太)|不要(?:那么|这么|太)|少)[^,.;，]{0,8}$")),
    ("not", re.compile(r"(?:\bno\b|\bnot\b|n't\b|\bnever\b|\bwithout\b|\bcannot\b|\bunable\b|别|不|没)[^,.;，]{0,14}$")),
    ("more", re.compile(r"(?:\bmore\b|\bmuch\b|\bbit\b|\beven\b|\blittle\b|再|更)[^,.;，]{0,10}$")),
)  # fmt: skip
"""What makes the opposite of a word, or more of it: "too high" wants lower."""


def _graded(plain: str) -> list[str]:
    """Concepts with what stands before them: "too high", "not fast"."""
    found = []
    for name, pattern in concepts():
        for match in pattern.finditer(plain):
            before = plain[: match.start()]
            grade = next((g for g, words in _GRADES if words.search(before)), None)
            found.append(f"{grade or 'just'} {name}")
    return found


_TOKEN = re.compile(r"‹\w+›|[a-z']+|[\u4e00-\u9fff]|[?]")


def features(clause: str) -> Counter[str]:
    """What is counted in a clause. The first letter of a name says its kind.

    >>> {"c bar", "c remove", "d bar remove"} <= set(features("delete bar 3"))
    True
    """
    plain = plain_kinds(clause)
    tokens = _TOKEN.findall(plain)
    found: Counter[str] = Counter()
    for token in tokens:
        found[f"w {token}"] += 1
        if token.isascii() and len(token) > 2:
            marked = f"<{token}>"
            for size in (3, 4, 5):
                found.update(f"n {marked[i : i + size]}" for i in range(len(marked) - size + 1))
    for size in (2, 3):
        ends = len(tokens) - size + 1
        for i in range(ends):
            joined = tokens[i : i + size]
            if size == 2 or not joined[0].isascii():
                found[f"b {' '.join(joined)}"] += 1
    said = found_concepts(plain)
    found.update(f"c {name}" for name in said)
    found.update(f"d {' '.join(sorted((a, b)))}" for i, a in enumerate(said) for b in said[i + 1 :])
    found.update(f"m {name}" for name in _graded(plain))
    if tokens:
        found[f"w ^{tokens[0]}"] += 1
        found[f"w {tokens[-1]}$"] += 1
    found[f"l {min(len(tokens) // 4, 5)}"] += 1
    return found
