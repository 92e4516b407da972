"""The English part of the verse model, made ready to be asked: units, company, templates, meaning."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from lm.verse.build_english import OPEN
from lm.verse.unwanted import archaic, insults

MARKED = {
    "past": "VBD was were had did",
    "present": "VBP VBZ is are am has have does do",
    "finite": "VBP VBZ VBD is are am has have does do was were had did can could may might must shall "
    "should will would",
    "self": "i me my mine we us our you your",
    "he": "he him his", "she": "she her hers", "they": "they them their it its",
}  # fmt: skip
"""Kinds of templates: by tense and by person, which a verse does not mix, and those with a verb."""
DANGLING = "or nor than that which who whose whom until unless except but why what whether"
"""Words that a line had better not begin with."""
UNSEEN = 0.6
"""What is added to seen and expected counts, so that rare pairs say little."""


class Store:
    """Arrays of the file as tables. Units are numbered; `edge` is the edge of a line or a comma."""

    def __init__(self, arrays: Any) -> None:
        pairs = [u.rsplit("/", 1) for u in bytes(arrays["units"]).decode().split("\n")]
        self.words = [word for word, _ in pairs]
        self.tags = [tag for _, tag in pairs]
        self.stresses = bytes(arrays["stresses"]).decode().split("\n")
        self.endings = arrays["endings"]
        self.closed = arrays["closed"]
        self.counts = arrays["counts"].astype(np.float32)
        self.runs = arrays["runs"]
        self.edge = len(self.words)
        vectors = arrays["vectors"].astype(np.float32)
        self.vectors = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
        self.stems = [word.removesuffix("s")[:4] for word in self.words]
        self.by_stem: dict[str, list[int]] = {}
        for n, stem in enumerate(self.stems):
            self.by_stem.setdefault(stem, []).append(n)
        self.by_word: dict[str, list[int]] = {}
        for n, word in enumerate(self.words):
            self.by_word.setdefault(word, []).append(n)
        self._read_groups()
        self._read_company(arrays)
        self._read_templates(arrays)

    def _read_groups(self) -> None:
        """The open units of each part of speech, with their stresses and how usual they are."""
        place = {tag: n for n, tag in enumerate(OPEN)}
        left_out = [
            c or archaic(w) or insults(w) for c, w in zip(self.closed, self.words, strict=True)
        ]
        kinds = [-1 if left_out[n] else place.get(t, -1) for n, t in enumerate(self.tags)]
        self.kind = np.array([*kinds, -1])
        self.groups = [np.flatnonzero(self.kind == n) for n in range(len(OPEN))]
        self.at = np.zeros(self.edge + 1, dtype=np.int64)
        self.usual, self.share, self.meanings = [], [], []
        self.patterns: list[dict[str, Any]] = []
        for ids in self.groups:
            self.at[ids] = np.arange(len(ids))
            share = self.counts[ids] / (self.counts[ids].sum() + 1)
            self.share.append(share)
            whole = np.array([self.counts[self.by_word[self.words[n]]].sum() for n in ids.tolist()])
            self.usual.append(0.35 * np.log(share) + 1.1 * np.log(self.counts[ids] / whole))
            self.meanings.append(self.vectors[ids])
            stresses = np.array([self.stresses[n] for n in ids.tolist()])
            self.patterns.append(
                {str(s): np.flatnonzero(stresses == s) for s in np.unique(stresses)}
            )

    def _read_company(self, arrays: Any) -> None:
        first, second = arrays["first"].astype(np.int64), arrays["second"].astype(np.int64)
        times = arrays["times"].astype(np.float32)
        self._sides = []
        for own, other in ((first, second), (second, first)):
            inside = self.kind[own] >= 0
            a, b, seen = own[inside], other[inside], times[inside]
            order = np.lexsort((a, self.kind[a], b))
            a, b, seen = a[order], b[order], seen[order]
            keys = b * len(OPEN) + self.kind[a]
            totals = np.bincount(keys, seen, (self.edge + 1) * len(OPEN))
            bounds = np.searchsorted(keys, np.arange((self.edge + 1) * len(OPEN) + 1))
            self._sides.append((self.at[a], seen, totals, bounds))
        self._known: dict[tuple[int, int, bool], Any] = {}

    def beside(self, kind: int, other: int, *, left: bool) -> Any:
        """How gladly each unit of a part of speech stands left (else right) of `other`: the logarithm
        of how often it was seen there against how often that would be by chance.
        """
        found = self._known.get((kind, other, left))
        if found is None:
            units, seen, totals, bounds = self._sides[0 if left else 1]
            key = other * len(OPEN) + kind
            expected = self.share[kind] * totals[key] + UNSEEN
            found = np.full(len(expected), UNSEEN, dtype=np.float32)
            part = slice(bounds[key], bounds[key + 1])
            found[units[part]] += seen[part]
            found = np.log(found / expected).astype(np.float32)
            if len(self._known) > 6000:
                self._known.clear()
            self._known[kind, other, left] = found
        return found

    def _read_templates(self, arrays: Any) -> None:
        flat = arrays["templates"].astype(np.int64)
        sizes = arrays["sizes"].astype(np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.starts, self.sizes, self.flat = starts, sizes, flat
        uses = arrays["uses"].astype(np.float32)
        self.uses = np.log(uses[:, 0])
        self.begins, self.ends = uses[:, 1] > 0, uses[:, 2] > 0
        self.marks = {name: self._marked(flat, starts, words) for name, words in MARKED.items()}
        own = [len(s) for s in self.stresses]
        least = np.array([*own, *[1] * len(OPEN), 0])
        most = np.array([*own, *[3] * len(OPEN), 0])
        self.fewest = np.add.reduceat(least[flat], starts)
        self.most = np.add.reduceat(most[flat], starts)
        self.opened = np.add.reduceat((flat >= self.edge).astype(np.int64), starts)
        self.last = flat[starts + sizes - 1]

        own = [n for word in DANGLING.split() for n in self.by_word.get(word, ())]
        self.marks["dangling"] = np.isin(flat[starts], own)

    def _marked(self, flat: Any, starts: Any, words: str) -> Any:
        """Which templates have one of these words or parts of speech."""
        symbols = [n for w in words.split() if w.islower() for n in self.by_word.get(w, ())]
        symbols += [self.edge + OPEN.index(w) for w in words.split() if w in OPEN]
        return np.add.reduceat(np.isin(flat, symbols).astype(np.int64), starts) > 0

    def template(self, number: int) -> list[int]:
        """The symbols of a template: a closed unit, `edge` + an open tag, or behind those the comma."""
        start = int(self.starts[number])
        row: list[int] = self.flat[start : start + int(self.sizes[number])].tolist()
        return row

    @cached_property
    def rhyme_sizes(self) -> Any:
        """How many words each class of endings has; class 0 are words whose sounds are not known."""
        seen = {(int(self.endings[n]), self.words[n]) for n in range(self.edge)}
        return np.bincount(np.array([e for e, _ in seen]), minlength=int(self.endings.max()) + 1)

    def meaning(self, words: list[str]) -> Any:
        """The direction that these words mean, a vector of length 1; None if none is known."""
        ids = [n for word in words for n in self.by_word.get(word, ()) if self.kind[n] >= 0]
        if not ids:
            return None
        mean = self.vectors[ids].mean(0)
        return mean / (np.linalg.norm(mean) + 1e-6)
