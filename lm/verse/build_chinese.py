"""The Chinese part of the verse model, learnt from the poems: pieces of lines, their company, meaning.

Classical lines fall into pieces of two and three characters: 2+2+3 of seven, 2+3 of five, 2+2 of four.
A *piece* has a kind by where it stands: `head` and `middle` pairs, `end` pairs and triples. Pieces have only
characters of the first level of GB 2312 (the 3,755 most used ones), which also leaves traditional forms
out, and none of `OLD`, words that nobody would sing now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from abc_tools.prosody.chinese import GROUPS, level, reading, rhyme_group
from lm.verse.build_english import text_array, vectors
from lm.verse.filters import remember
from lm.verse.source import Poem
from lm.verse.unwanted import insults

KINDS = ("head", "middle", "end")
CUTS = {2: (2,), 3: (3,), 4: (2, 2), 5: (2, 3), 6: (2, 2, 2), 7: (2, 2, 3)}
"""How a clause of so many characters is cut."""
OLD = frozenset(
    "之乎者也矣哉兮焉耶尔汝吾朕妾郎卿伊侬君臣帝皇王侯公主官府宰相丞诏朝廷圣禅佛僧道士仙娘姬媒嫁寡娼奴婢其而乃岂曰"
    "于乎若夫盖矧厥攸俺咱恁兀呵甚么怎的了着他她你们阿儿哥姐爹厮没裙裳襟脂粉腮乳艳妆钗鬓眉脸胸腰肌肤酥闺枕衾銮辇诰兵戈侬塞虎戎诛囚刑狱妾阙殿仕爵禄奏枭鼎笏玺您这俺咱则待妻兄弟封荫孝疑"
)
LEAST = {"head": 6, "middle": 5, "end": 3}
MODERN = "现代诗"
LEFT_OUT = ("诗经", "楚辞", "蒙学", MODERN)
SIZE = 40
SHORTEST = 5
"""Clauses from this length on are remembered and never written again."""


def common(char: str) -> bool:
    """Whether a character is of the first level of GB 2312.

    >>> common("月"), common("門"), common("窈")
    (True, False, False)
    """
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def clauses(line: str) -> list[str]:
    """The clauses of a line: what stands between marks.

    >>> clauses("春早。柳丝无力，低拂清门道。")
    ['春早', '柳丝无力', '低拂清门道']
    """
    return re.findall(r"[\u3400-\u9fff]+", line)


def pieces(clause: str) -> Iterator[tuple[str, str]]:
    """(kind, piece) of a clause, in order; nothing for lengths that are not cut."""
    cut = CUTS.get(len(clause), ())
    at = 0
    for n, size in enumerate(cut):
        kind = "end" if n == len(cut) - 1 else "head" if n == 0 else "middle"
        yield kind, clause[at : at + size]
        at += size


def chinese(poems: Iterable[Poem]) -> dict[str, Any]:
    """All arrays of the Chinese part, by name."""
    texts, remembered = [], set[str]()
    for poem in poems:
        found = [clauses(line) for line in poem.lines]
        flat = [c for line in found for c in line]
        remembered.update(c for c in flat if len(c) >= SHORTEST)
        remembered.update(a + b for a, b in pairwise(flat) if len(a + b) >= 7)
        if not any(name in poem.head for name in LEFT_OUT):
            texts.append(flat)
    units = _units(texts)
    index = {unit: n for n, unit in enumerate(units)}
    counts = Counter(unit for flat in texts for c in flat for unit in pieces(c))
    chars = sorted({char for _, text in units for char in text})
    groups = list(GROUPS)
    ends = [rhyme_group(text) if kind == "end" else "" for kind, text in units]
    found_arrays: dict[str, Any] = {
        "units": text_array("\n".join(text for _, text in units)),
        "kinds": np.array([KINDS.index(kind) for kind, _ in units], dtype=np.uint8),
        "counts": np.array([counts[u] for u in units], dtype=np.uint32),
        "rhymes": np.array([groups.index(e) + 1 if e else 0 for e in ends], dtype=np.uint8),
        "level": np.array([k == "end" and level(reading(t)[2]) for k, t in units], dtype=np.bool_),
        "chars": text_array("".join(chars)),
        "clauses": remember(remembered),
    }
    found_arrays.update(_company(texts, index))
    contexts = _contexts(texts, {c: n for n, c in enumerate(chars)})
    found_arrays["vectors"], _ = vectors(contexts, len(chars), SIZE)
    return found_arrays


def _units(texts: list[list[str]]) -> list[tuple[str, str]]:
    """The pieces that several poems have."""
    poems = Counter[tuple[str, str]]()
    for flat in texts:
        poems.update({unit for clause in flat for unit in pieces(clause)})
    return sorted(
        (kind, text)
        for (kind, text), count in poems.items()
        if count >= LEAST[kind]
        and all(common(c) and c not in OLD for c in text)
        and not insults(text)
        if not (kind != "end" and len(set(text)) == 1 and count < 8)
    )


def _company(texts: list[list[str]], index: dict[tuple[str, str], int]) -> dict[str, Any]:
    """Neighbouring pieces inside a clause, and last characters before first ones, with their numbers."""
    pairs = Counter[tuple[int, int]]()
    seams = Counter[tuple[str, str]]()
    for flat in texts:
        for clause in flat:
            row = list(pieces(clause))
            for one, other in pairwise(row):
                seams[one[1][-1], other[1][0]] += 1
                if one in index and other in index:
                    pairs[index[one], index[other]] += 1
    known = {text[-1] for _, text in index} | {text[0] for _, text in index}
    kept = sorted((a, b, c) for (a, b), c in pairs.items())
    joints = sorted((a, b, c) for (a, b), c in seams.items() if c > 1 and {a, b} <= known)
    table = np.array(kept, dtype=np.int64)
    return {
        "first": table[:, 0].astype(np.uint16), "second": table[:, 1].astype(np.uint16),
        "times": np.minimum(table[:, 2], 255).astype(np.uint8),
        "seams": text_array("".join(a + b for a, b, _ in joints)),
        "seam_times": np.array([min(c, 65535) for _, _, c in joints], dtype=np.uint16),
    }  # fmt: skip


def _contexts(texts: list[list[str]], index: dict[str, int]) -> Iterator[list[list[int]]]:
    """Poems as clauses of the numbers of their characters, those that say little left out."""
    for flat in texts:
        yield [[index[c] for c in clause if c in index] for clause in flat[:24]]
