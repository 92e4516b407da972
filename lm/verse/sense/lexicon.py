"""The themes and their clauses, read from plain text, and which of them a wish names.

A file has sections. `@ name: triggers | evidence` opens a theme: words that name it, and words that show
that a line is about it. Then, a row each: a clause, `< ` what may stand before a clause, `> ` what may
stand behind one, `n ` things and `a ` doings between slashes, for the general frames with `{n}` and
`{a}`. `(a|b|)` is a choice, and a full stop at the end says that nothing may follow. `#` is a remark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
GENERAL, FRAMES, NAMES = "any", "frames", "names"
"""Sections that are no themes: clauses for every theme, frames for `{x}`, frames for a person's name."""
IDLE = frozenset(
    """a an the of to in on at by for from with and or but about my your his her our their this that i me
    you we us it is are be song songs verse verses lyrics lyric words word tune tunes music some please
    little old new all being one very its as into over under after before who which when where while
    want like make made write sing singing sung called named kids children's child's class
    short nice happy sad funny gentle simple good great beautiful year grade second first third two three
    getting going having doing seeing watching looking being coming their there here while people person
    something everyone bit two lovely big small early late time day thing things lot way how what
    piece
    mention mentions mentioning include including name names named
    piece melody minor major key folk style celebrating theme themed topic on""".split()  # noqa: SIM905
)
"""Words of a wish that say nothing of what the song is about."""
_IDLE_ZH = re.compile(
    r"关于|有关|一首|首歌|歌曲|歌词|主题|题材|小朋友们?|孩子们?|同学们?|儿童|[一二三四五六]年级|幼儿园|写|唱|请|给|我们?|来|个|"
    r"有|和|与|为|是|在|了|这|那|的|歌|曲|小|大|一|去|跟|讲|想|要|到|们|你|他|她"
)


@dataclass
class Theme:
    """What one section says."""

    name: str
    triggers: tuple[str, ...]
    evidence: tuple[str, ...]
    clauses: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    things: list[str] = field(default_factory=list)
    doings: list[str] = field(default_factory=list)


@cache
def themes(language: str) -> dict[str, Theme]:
    """All sections of a language by name."""
    found: dict[str, Theme] = {}
    for path in sorted((HERE / language).glob("*.txt")):
        theme = None
        for row in path.read_text(encoding="utf-8").splitlines():
            row = row.strip()
            if not row or row.startswith("#"):
                continue
            if row.startswith("@ "):
                theme = _opened(row[2:])
                assert theme.name not in found, f"{theme.name} stands twice"
                found[theme.name] = theme
                continue
            assert theme is not None, f"{path.name}: a row before the first section"
            _add(theme, row)
    return found


def _opened(row: str) -> Theme:
    name, _, rest = row.partition(":")
    triggers, _, evidence = rest.partition("|")
    split = re.compile(r",\s*|\s+")
    own = tuple(w.replace("_", " ") for w in split.split(triggers.strip()) if w)
    more = tuple(w.replace("_", " ") for w in split.split(evidence.strip()) if w)
    return Theme(name.strip(), own, own + more)


def _add(theme: Theme, row: str) -> None:
    kinds = {"< ": theme.before, "> ": theme.behind, "n ": theme.things, "a ": theme.doings}
    rows = kinds.get(row[:2])
    if rows is None:
        theme.clauses.append(row)
    else:
        rows += [part.strip() for part in row[2:].split(" / ")]


@dataclass(frozen=True)
class Subject:
    """What a wish is about: the themes that it names, in their order, words that no theme has, and the
    words that named the themes, as they were said.
    """

    themes: tuple[str, ...]
    strange: tuple[str, ...]
    said: tuple[str, ...] = ()


def subject(wish: str) -> Subject:
    """The themes that a wish names, in either language.

    >>> subject("Autumn leaves in the park").themes, subject("二年级小朋友的秋天").said
    (('autumn', 'garden'), ('秋天',))
    >>> subject("robots").strange
    ('robots',)
    """
    found: list[tuple[int, int, str]] = []
    lower = re.sub(r"['’]s?\b", "", wish.lower()).replace("小朋友", "  ")
    taken: list[tuple[int, int]] = []
    for language in ("en", "zh"):
        names = [(t, s.name) for s in themes(language).values() for t in s.triggers]
        for trigger, name in sorted(names, key=lambda n: -len(n[0])):
            for match in re.finditer(pattern(trigger), lower):
                free = not any(a < match.end() and match.start() < b for a, b in taken)
                if free:
                    taken.append(match.span())
                    found.append((match.start(), -len(trigger), name))
    rest = lower
    for start, stop in taken:
        rest = rest[:start] + " " * (stop - start) + rest[stop:]
    named = {
        w.lower(): w for w in re.findall(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+|^[A-Z][a-z]+(?='s)", wish)
    }
    strange = [named.get(w, w) for w in re.findall(r"[a-z]{3,}", rest) if w not in IDLE]
    strange += [w for w in re.split(r"\s+", _IDLE_ZH.sub(" ", re.sub(r"[^\u3400-\u9fff]", " ", rest)))
                if 2 <= len(w) <= 4]  # fmt: skip
    if found:
        strange = [w for w in strange if not w.endswith("ing")]
    names_found = tuple(dict.fromkeys(name for _, _, name in sorted(found)))
    said = tuple(lower[start : start - size] for start, size, _ in sorted(found))
    return Subject(names_found[:3], tuple(dict.fromkeys(strange))[:2], said)


def theme_of(text: str) -> str:
    """The theme that words which are sung speak of most, by a word that names it; "" for none.

    >>> theme_of("The yellow leaves are falling, autumn in the park"), theme_of("la la la")
    ('autumn', '')
    """
    language = "zh" if re.search(r"[\u3400-\u9fff]", text) else "en"
    lower = text.lower()
    counts = {
        theme.triggers[0]: sum(len(re.findall(pattern(w), lower)) for w in theme.evidence)
        for theme in themes(language).values()
        if theme.triggers
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > 1 else ""


def pattern(word: str) -> str:
    """A pattern for a word in lower case and its plain forms; a Chinese one may lie inside others.

    >>> [bool(re.search(pattern("leaf"), t)) for t in ("a leaf", "leafs", "relief")]
    [True, True, False]
    """
    if not word.isascii():
        return re.escape(word)
    stem = word.removesuffix("e") if len(word) > 4 else word
    more = "(?:e|es|ed|ing)?" if stem != word else "(?:s|es|ing)?"
    return rf"(?<![a-z]){re.escape(stem)}{more}(?![a-z])"


def about(text: str, wish: str) -> bool:
    """Whether words that are sung are about a theme: they have words of each theme that it names, and of
    words that no theme has at least one. True for a wish that names nothing.

    >>> about("The yellow leaves are falling", "a song about autumn"), about("Soldiers", "autumn")
    (True, False)
    """
    own = subject(wish)
    lower = text.lower()
    language = "zh" if re.search(r"[\u3400-\u9fff]", text) else "en"
    shown = [
        any(re.search(pattern(w), lower) for w in themes(language)[name].evidence)
        for name in own.themes
        if name in themes(language)
    ]
    if own.strange and not own.themes:
        shown.append(any(re.search(pattern(w), lower) for w in own.strange))
    return all(shown[:1]) if len(shown) < 2 else any(shown)
