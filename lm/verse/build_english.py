"""The English part of the verse model, learnt from the poems: vocabulary, templates, company, meaning.

- A *unit* is a word with its part of speech (`love/NN`, `love/VB`). Function words are *closed*: a
  template names them; the others are *open*: a template names their part of speech.
- A *template* is the skeleton of a line that stands between two punctuation marks, so that it says
  something by itself: `the NN is JJ`.
- *Company* is how often one unit stands before another; *vectors* say which words occur in the same
  lines and stanzas (a singular value decomposition of their association).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from abc_tools.prosody import syllables
from abc_tools.prosody.lexicon import is_vowel, known, stress_of
from abc_tools.prosody.rhyme import sounds
from lm.verse.filters import remember
from lm.verse.source import Poem, tokens
from lm.verse.tagging import tags
from lm.verse.unwanted import archaic, insults

OPEN = ("NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ", "RB")
MARKS = frozenset(",.;:!?")
FREE = frozenset("NNP NNPS UH FW CD JJR JJS RBR RBS".split())  # noqa: SIM905
"""Tags that a template does not have: names, numbers, cries, degrees."""
AUXILIARIES = frozenset(
    """be is am are was were been being have has had having do does did done will would shall should
    can could may might must let n't not never ever so too very more most much now then here there
    again still only yet just once even also always all both such no away home up down out back on
    off over through when how why where like as one""".split()  # noqa: SIM905
)
CAPITALS = frozenset(
    [
        "i",
        "january",
        "february",
        "april",
        "june",
        "july",
        "october",
        "november",
        "december",
        "christmas",
        "god",
    ]
)
"""The only words that are written with a capital letter; other names are left out."""
LOWEST, LOWEST_CLOSED, LOWEST_PAIR = 7, 15, 2
SIZE = 48
WINDOW = 5
"""No run of so many words of the poems is ever written again."""


@dataclass(frozen=True)
class Line:
    """A line of a poem: its words, their tags, and the mark before and behind it: 0 none, 1 a comma or
    the like, 2 the end of a sentence (or of a stanza). `names` are its words with a capital letter
    (the first one left out), `small` those without.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    opens: int
    closes: int
    clean: bool
    stanza: int
    names: tuple[str, ...] = ()
    small: tuple[str, ...] = ()


def read(poems: Iterable[Poem]) -> Iterator[Line]:
    """The tagged lines of all poems; marks inside a line are words."""
    stanza = 0
    for poem in poems:
        opens = 2
        for raw in poem.lines:
            said = tokens(raw)
            if not said:
                stanza, opens = stanza + 1, 2
                continue
            found = tags(["I" if w == "i" else w for w in said])
            closes = 0 if said[-1] not in MARKS else 1 if said[-1] in ",:" else 2
            clean = not insults(raw) and not any(archaic(w) for w in said)
            clean = clean and not any(sign in raw for sign in '"“”()_[]*')
            while said and said[-1] in MARKS:
                said, found = said[:-1], found[:-1]
            yield Line(
                tuple(said), tuple(found), opens, closes, clean, stanza, names(raw), small(raw)
            )
            opens = closes
        stanza += 1


def names(line: str) -> tuple[str, ...]:
    """The words with a capital letter inside a line, in lower case.

    >>> names("In London May is like a Queen")
    ('london', 'may', 'queen')
    """
    return tuple(w.lower() for w in re.findall(r"(?<=[a-z,;] )[A-Z][a-z]+", line))


def small(line: str) -> tuple[str, ...]:
    """The words that begin with a small letter.

    >>> small("In London May is like a Queen")
    ('is', 'like', 'a')
    """
    found = re.findall(r"(?<![\w'’])[a-z]+(?:['’][a-z]+)*", line)
    return tuple(word.replace("’", "'") for word in found)


def _closed(word: str, tag: str) -> bool:
    return word in AUXILIARIES or (tag not in OPEN and tag not in FREE)


def _stresses(word: str) -> str:
    return "".join(str(s.stress) for s in syllables(word))


def _ending(word: str) -> str:
    """The sounds from the last stressed vowel on, if the dictionary is sure of them."""
    said = sounds(word)
    if not said:
        return ""
    first = said[0]
    vowels = [n for n, sound in enumerate(first) if is_vowel(sound)]
    strong = [n for n in vowels if stress_of(first[n])] or vowels
    return " ".join(s.lstrip("ˈˌ") for s in first[strong[-1] :]) if strong else ""


def english(poems: Iterable[Poem]) -> dict[str, Any]:
    """All arrays of the English part, by name."""
    lines = list(read(poems))
    runs = {
        " ".join(words[n : n + WINDOW])
        for line in lines
        for words in ([w for w in line.words if w not in MARKS],)
        for n in range(len(words) - WINDOW + 1)
    }
    good = [line for line in lines if line.clean]
    units = _units(good)
    index = {unit: n for n, unit in enumerate(units)}
    counts = Counter(u for line in good for u in zip(line.words, line.tags, strict=True))
    endings = [_ending(word) for word, _ in units]
    classes = {e: n for n, e in enumerate(sorted(set(endings) - {""}), start=1)}
    found: dict[str, Any] = {
        "units": text_array("\n".join(f"{w}/{t}" for w, t in units)),
        "counts": np.array([counts[u] for u in units], dtype=np.uint32),
        "stresses": text_array("\n".join(_stresses(w) for w, _ in units)),
        "endings": np.array([classes.get(e, 0) for e in endings], dtype=np.uint16),
        "closed": np.array([_closed(*u) for u in units], dtype=np.bool_),
        "runs": remember(runs),
    }
    found.update(_company(good, index))
    found.update(_templates(good, index))
    found["vectors"], found["scales"] = vectors(_contexts(good, index), len(units), SIZE)
    return found


def text_array(text: str) -> Any:
    """A text as an array of its bytes."""
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _units(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The vocabulary: units that are frequent enough, can be said, and are not a slip of the tagger."""
    counts = Counter(u for line in lines for u in zip(line.words, line.tags, strict=True))
    whole = Counter[str]()
    for (word, _), count in counts.items():
        whole[word] += count
    capital = Counter(name for line in lines for name in line.names)
    never_small = whole.keys() - {word for line in lines for word in line.small} - CAPITALS
    stanzas: dict[tuple[str, str], set[int]] = {}
    for line in lines:
        for unit in zip(line.words, line.tags, strict=True):
            stanzas.setdefault(unit, set()).add(line.stanza)
    found = []
    for (word, tag), count in counts.items():
        if word in MARKS or tag in FREE or insults(word) or archaic(word):
            continue
        if word in never_small or (capital[word] * 2 > whole[word] and word not in CAPITALS):
            continue
        if "'" in word and not word.endswith("n't"):
            continue
        if not known(word) and word not in ("a", "i"):
            continue
        least = LOWEST_CLOSED if _closed(word, tag) else LOWEST
        if count >= least and count >= 0.08 * whole[word] and len(stanzas[word, tag]) >= 4:
            found.append((word, tag))
    return sorted(found)


def _company(lines: Sequence[Line], index: dict[tuple[str, str], int]) -> dict[str, Any]:
    """Pairs of neighbours as `first`, `second`, `times`; the line's edge is the unit `len(index)`."""
    edge = len(index)
    pairs = Counter[tuple[int, int]]()
    for line in lines:
        row = [index.get(u, -1) for u in zip(line.words, line.tags, strict=True)]
        row = [edge if w in MARKS else n for n, w in zip(row, line.words, strict=True)]
        if line.opens:
            row = [edge, *row]
        if line.closes:
            row = [*row, edge]
        pairs.update((a, b) for a, b in pairwise(row) if a >= 0 and b >= 0)
    kept = sorted((a, b, c) for (a, b), c in pairs.items() if c >= LOWEST_PAIR)
    table = np.array(kept, dtype=np.int64)
    return {"first": table[:, 0].astype(np.uint16), "second": table[:, 1].astype(np.uint16),
            "times": np.minimum(table[:, 2], 65535).astype(np.uint16)}  # fmt: skip


def _templates(lines: Sequence[Line], index: dict[tuple[str, str], int]) -> dict[str, Any]:
    """Skeletons of whole clauses: a closed unit's number, or behind them the number of an open tag.

    `uses` are how many lines have it, how many of those begin a sentence, and how many end one.
    """
    found: dict[tuple[int, ...], list[int]] = {}
    comma = len(index) + len(OPEN)
    for line in lines:
        if not (line.opens and line.closes) or not 2 <= len(line.words) <= 11 or not _sound(line):
            continue
        row = []
        for unit in zip(line.words, line.tags, strict=True):
            if "'" in unit[0] and not unit[0].endswith("n't"):
                break
            if unit[0] == ",":
                row.append(comma)
            elif _closed(*unit) and unit in index:
                row.append(index[unit])
            elif unit[1] in OPEN and not _closed(*unit):
                row.append(len(index) + OPEN.index(unit[1]))
            else:
                break
        else:
            opened = [n for n in row if n >= len(index) and n != comma]
            if opened and row.count(comma) <= 1:
                times = found.setdefault(tuple(row), [0, 0, 0])
                times[0] += 1
                times[1] += line.opens == 2
                times[2] += line.closes == 2
    kept = sorted(found.items())
    flat = [n for row, _ in kept for n in row]
    uses = np.minimum([times for _, times in kept], 255).astype(np.uint8)
    return {"templates": np.array(flat, dtype=np.uint16),
            "sizes": np.array([len(row) for row, _ in kept], dtype=np.uint8),
            "uses": uses}  # fmt: skip


_ONE = frozenset(("is", "was", "has", "does"))
_MANY = frozenset(("are", "were", "have", "do", "am"))
_NEVER_LAST = frozenset(("DT", "CC", "PRP$", "TO", "WP$", "EX", "PDT"))


def _sound(line: Line) -> bool:
    """Whether neighbours agree, so that the tagger was right and other words can take their places."""
    if line.tags[-1] in _NEVER_LAST:
        return False
    units = list(zip(line.words, line.tags, strict=True))
    for (one, tag), (other, after) in pairwise(units):
        single = after == "VBZ" or other in _ONE
        plural = after == "VBP" or other in _MANY
        if (tag == "NNS" and single) or (tag == "NN" and plural):
            return False
        if one in ("a", "an") and after in ("NNS", "VB", "VBD", "VBZ", "IN", "RB", "CC"):
            return False
        if tag in ("NN", "NNS") and other in ("a", "an"):
            return False
    return True


def _contexts(lines: Sequence[Line], index: dict[tuple[str, str], int]) -> list[list[list[int]]]:
    """Stanzas as lines of the numbers of their open words."""
    found: dict[int, list[list[int]]] = {}
    for line in lines:
        units = zip(line.words, line.tags, strict=True)
        row = [index[u] for u in units if u in index and not _closed(*u)]
        found.setdefault(line.stanza, []).append(row)
    return list(found.values())


def vectors(stanzas: Iterable[list[list[int]]], count: int, size: int) -> tuple[Any, Any]:
    """Vectors of what occurs together, as whole numbers and their scale: a line counts three times.

    The association is positive pointwise mutual information with smoothed counts.
    """
    table = np.zeros((count, count), dtype=np.float32)
    for lines in stanzas:
        everything = [n for row in lines for n in row]
        for rows, weight in [(lines, 2.0), ([everything], 1.0)]:
            for row in rows:
                if 1 < len(row) < 60:
                    here = np.array(sorted(set(row)))
                    table[np.ix_(here, here)] += weight / np.sqrt(len(here))
    np.fill_diagonal(table, 0)
    sums = table.sum(1)
    smooth = sums**0.75
    expected = np.outer(sums, smooth / max(smooth.sum(), 1e-9))
    with np.errstate(divide="ignore", invalid="ignore"):
        table = np.nan_to_num(np.log(table / expected), nan=0, neginf=0, posinf=0)
    table = np.maximum(table, 0)
    found = _main_axes(table, size)
    scale = np.abs(found).max(1) + 1e-9
    return np.round(found / scale[:, None] * 127).astype(np.int8), scale.astype(np.float32)


def _main_axes(table: Any, size: int) -> Any:
    """Rows of the table on its `size` strongest axes, by subspace iteration from a fixed start."""
    rng = np.random.default_rng(5)
    basis = rng.standard_normal((table.shape[1], size + 8)).astype(np.float32)
    for _ in range(6):
        basis, _ = np.linalg.qr(table.T @ (table @ basis))
    left, values, _ = np.linalg.svd(table @ basis, full_matrices=False)
    rows = left[:, :size] * np.sqrt(values[:size])
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)
