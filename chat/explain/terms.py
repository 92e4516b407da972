r"""The dictionary of terms: names in both languages, a definition in each, an example, where a tune shows it.

An entry of the tables (`terms_*`) is a block: a line `= English names | Chinese names` (names parted by
`;`), `E` and `Z` with the definitions, and optionally `>` with an example (fields; then music) and `@`
with the topic that shows the term in a tune. A line that begins with two spaces goes on from the one before.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache

from chat.explain import (
    terms_form,
    terms_harmony,
    terms_howto,
    terms_notation,
    terms_sound,
    terms_style,
    terms_why,
)


@dataclass(frozen=True)
class Term:
    """One entry; `name` is the first English name. `example` is ABC or "", `shown` a topic or ""."""

    name: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    definitions: tuple[str, str]
    example: str
    shown: str

    def title(self, language: str) -> str:
        """The first name in a language."""
        return self.name if language == "en" else self.chinese[0]

    def definition(self, language: str) -> str:
        """What it is."""
        return self.definitions[language == "zh"]


@cache
def terms() -> dict[str, Term]:
    """Every term by its first English name."""
    found = {}
    for module in (
        terms_harmony,
        terms_form,
        terms_notation,
        terms_howto,
        terms_why,
        terms_sound,
        terms_style,
    ):
        for block in _blocks(module.TERMS):
            term = _read(block)
            found[term.name] = term
    return found


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]


def _read(block: str) -> Term:
    parts: dict[str, str] = {}
    mark = ""
    for line in block.split("\n"):
        if line.startswith("  "):
            glue = "" if mark == "Z" else " "
            parts[mark] += glue + line[2:]
        else:
            mark = line[0]
            parts[mark] = line[2:]
    english, _, chinese = parts["="].partition(" | ")
    names = tuple(n.strip() for n in english.split(";") if n.strip())
    example = parts.get(">", "")
    return Term(
        names[0], names, tuple(n.strip() for n in chinese.split(";")), (parts["E"], parts["Z"]),
        abc(example, names[0]) if example else "", parts.get("@", ""),
    )  # fmt: skip


def abc(short: str, title: str) -> str:
    """A complete tune from `fields; music`: "M:4/4 L:1/4 K:C; CDEF|"."""
    *heads, music = short.split("; ")
    fields = re.findall(r"([A-Z]):(.*?)(?=\s+[A-Z]:|$)", " ".join(heads))
    known = {"X": "1", "T": title[:1].upper() + title[1:], **dict(fields)}
    known.setdefault("Q", "1/4=100")
    order = "XTRMLQK"
    return "".join(f"{name}:{known[name]}\n" for name in order if name in known) + music + "\n"


@cache
def _names() -> dict[str, str]:
    """Every name in lower case → the term's first name; the first entry that has it wins."""
    found: dict[str, str] = {}
    for term in terms().values():
        for name in (*term.english, *term.chinese):
            found.setdefault(name.lower(), term.name)
    return found


def find_term(text: str) -> str:
    """The term whose longest name a text (lower case) has; "" for none.

    >>> find_term("what is a half cadence"), find_term("什么是弱起"), find_term("what is a banana")
    ('half cadence', 'pickup', '')
    """
    best = (0, "")
    for name, term in _names().items():
        if len(name) > best[0] and _has(text, name):
            best = (len(name), term)
    return best[1]


def exact_term(words: str) -> str:
    """The term that has exactly this name, a or an or the and a plural left out; "" for none."""
    whole = words.strip().lower()
    said = re.sub(r"^(?:an?|the|some)\s+", "", whole)
    names = _names()
    for form in (whole, said, said.removesuffix("s"), said.removesuffix("es")):
        if form in names:
            return names[form]
    return ""


def _has(text: str, name: str) -> bool:
    if not name.isascii():
        return name in text
    start = r"(?<![a-z0-9])" if name[0].isalnum() else ""
    end = r"(?:s|es)?(?![a-z0-9])" if name[-1].isalnum() else ""
    if len(name) == 1:
        return text.strip(" ?\"'“”") == name
    return re.search(start + re.escape(name) + end, text) is not None


def near_terms(words: str, count: int = 3, cutoff: float = 0.6) -> list[str]:
    """Terms whose names are spelled like some words, the likest first.

    >>> near_terms("cadance", 1), near_terms("syncopaton", 1)
    (['cadence'], ['syncopation'])
    """
    names = _names()
    close = difflib.get_close_matches(words.lower(), list(names), n=3 * count, cutoff=cutoff)
    return list(dict.fromkeys(names[name] for name in close))[:count]
