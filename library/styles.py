"""Styles of the catalogue: what is typical of one, with counts and examples, and which one a tune is closest to.

A page counts what the rows hold over all tunes of the style; cadences and chords are computed for the tunes nearest
to its middle, at most `LOOKED_AT`. The classifier is a multinomial logistic regression on the features, pairs
of intervals and pairs of lengths; its probabilities are made honest by one temperature, fitted on tunes it was not
trained on. It is trained at first use and kept in the user's cache directory as plain arrays. Where a language model
is at hand, a second one learns from its vectors as well, as soon as all of the sample have one (`library.embedding`).
"""

from __future__ import annotations

import hashlib
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from operator import itemgetter
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, select

from abc_tools.analyse.line import Material
from abc_tools.analyse.phrases import closes
from abc_tools.chords import roman
from abc_tools.parse import parse_tune
from library.embedding import Neighbours, Vectors
from library.features import style_vector
from library.index import Index
from library.kept import load, save
from library.melody import Melody
from library.records import Count, LibraryError, StylePage, StyleShare
from library.schema import TUNES
from library.store import Store
from library.words import folded

Floats = NDArray[np.float32]
Examples = tuple[Floats, NDArray[np.str_], NDArray[np.str_]]
KINDS = ("style", "rhythm", "region", "composer", "source")
LOOKED_AT = 120
FEWEST, MOST = 40, 400
"""Tunes that a style needs to be learnt, and tunes of it that are learnt from."""
_SHOWN, _EXAMPLES = 8, 3
_COLUMNS = {"modes": "mode", "meters": "meter", "forms": "form", "rhythms": "rhythm", "bars": "bars",
            "difficulty": "difficulty"}  # fmt: skip
_TEMPERATURES = np.geomspace(0.4, 4.0, 41)
_VERSION = 1


@dataclass(frozen=True)
class Classifier:
    """Weights of the regression: probabilities are the softmax of (vector - mean) / spread · weights + offsets."""

    styles: tuple[str, ...]
    weights: Floats
    offsets: Floats
    mean: Floats
    spread: Floats
    temperature: float

    @staticmethod
    def of(arrays: Mapping[str, Any]) -> Classifier:
        """The classifier from its arrays."""
        return Classifier(tuple(map(str, arrays["styles"])), arrays["weights"], arrays["offsets"],
                          arrays["mean"], arrays["spread"], float(arrays["temperature"]))  # fmt: skip

    def arrays(self) -> dict[str, Any]:
        """Its arrays, to be kept."""
        return {f.name: np.array(getattr(self, f.name)) for f in fields(self)}

    def probabilities(self, vectors: Floats) -> Floats:
        """One row a vector, one column a style."""
        scores = ((vectors - self.mean) / self.spread) @ self.weights.T + self.offsets
        return _softmax(scores / self.temperature)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def train(vectors: Floats, labels: NDArray[np.str_], groups: NDArray[np.str_]) -> Classifier:
    """A classifier of vectors; tunes of one group (versions) are never on both sides of its own check."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = vectors.mean(axis=0), vectors.std(axis=0)
    spread = np.where(spread < 1e-4, 1.0, spread)
    scaled = np.clip((vectors - mean) / spread, -6, 6)
    held = np.array([hashlib.sha256(g.encode()).digest()[0] < 52 for g in groups])
    model = LogisticRegression(C=0.02, max_iter=300)
    temperature = 1.0
    if held.any() and len(set(labels[~held])) == len(set(labels)):
        model.fit(scaled[~held], labels[~held])
        temperature = _temperature(model, scaled[held], labels[held])
    model.fit(scaled, labels)
    weights, offsets = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, offsets = (
            np.vstack([-weights, weights]) / 2,
            np.concatenate([-offsets, offsets]) / 2,
        )
    return Classifier(tuple(map(str, model.classes_)), weights.astype(np.float32),
                      offsets.astype(np.float32), mean, spread.astype(np.float32), temperature)  # fmt: skip


def _temperature(model: Any, vectors: Floats, labels: NDArray[np.str_]) -> float:
    """What scores are divided by so that the probabilities lose least on tunes that were held out."""
    scores = model.decision_function(vectors)
    if scores.ndim == 1:
        scores = np.stack([-scores, scores], axis=1) / 2
    at = np.searchsorted(model.classes_, labels)
    losses = [
        -np.log(_softmax(scores / t)[np.arange(len(at)), at] + 1e-9).mean() for t in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(losses))])


@dataclass(frozen=True)
class Learnt:
    """A tune that is learnt from: its id, its row in the index, its style and its title."""

    id: int
    at: int
    style: str
    title: str


class StyleBook:
    """The style pages and the classifier of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._trained: tuple[str, Classifier] | None = None
        self._trained_both: tuple[str, Classifier | None] | None = None
        self._neighbours: tuple[str, Neighbours | None] | None = None
        self._sampled: tuple[str, list[Learnt]] | None = None
        self._lock = Lock()

    def names(self, kind: str) -> list[tuple[str, int]]:
        """The names of a kind with their counts, most first. ValueError for an unknown kind."""
        column = TUNES.c[_known(kind)]
        count = func.count().label("count")
        question = select(column, count).where(column != "").group_by(column)
        return sorted(((str(name), int(n)) for name, n in self._store.rows(question)),
                      key=lambda item: (-item[1], item[0]))  # fmt: skip

    def page(self, kind: str, name: str, index: Index) -> StylePage:
        """What is typical of a style. ValueError for an unknown kind, LibraryError for an unknown name."""
        rows = self._store.rows(
            select(TUNES.c.id, *(TUNES.c[column] for column in _COLUMNS.values()))
            .where(_called(kind, name)).order_by(TUNES.c.id)
        )  # fmt: skip
        if not rows:
            known = ", ".join(n for n, _ in self.names(kind)[:8])
            raise LibraryError(
                f"The catalogue knows no {kind} “{name}”; the most frequent are {known}."
            )
        ids = [row.id for row in rows]
        near = _nearest_first(index, ids)
        rank = {number: place for place, number in enumerate(near)}
        tables = {
            table: _counted(((str(value), row.id) for row in rows
                             if (value := getattr(row, column)) not in ("", None)), rank)
            for table, column in _COLUMNS.items()
        }  # fmt: skip
        looked = near[:LOOKED_AT]
        texts = self._store.by_ids(looked, TUNES.c.text)
        cadences, chords = _heard((number, row.text) for number, row in texts.items())
        tables["cadences"], tables["chords"] = _counted(cadences, rank), _counted(chords, rank)
        return StylePage(kind, name, len(rows), len(looked), tables, tuple(near[:_SHOWN]))

    def everywhere(self) -> dict[str, dict[str, float]]:
        """By table and value the share of all tunes, of those of which it is known."""
        shares: dict[str, dict[str, float]] = {}
        for table, name in _COLUMNS.items():
            column = TUNES.c[name]
            question = select(column, func.count()).group_by(column)
            counts = {str(v): int(n) for v, n in self._store.rows(question) if v not in ("", None)}
            total = sum(counts.values())
            shares[table] = {value: count / total for value, count in counts.items()}
        return shares

    def guess(
        self, melody: Melody, features: Floats, index: Index,
        text: str = "", vectors: Vectors | None = None,
    ) -> list[StyleShare]:  # fmt: skip
        """All styles that are learnt, likeliest first. LibraryError if there are fewer than two.

        Told by a model's vectors as well, where the sample and the tune, whose ABC is `text`, have them.
        """
        numbers = style_vector(melody, features)
        both = self._both(index, vectors) if vectors is not None else None
        own = vectors.of(text) if vectors is not None and both is not None else None
        if both is not None and own is not None:
            model, numbers = both, np.concatenate([numbers, own])
        else:
            model = self._classifier(index)
        shares = model.probabilities(numbers[None, :])[0]
        found = [
            StyleShare(s, round(float(p), 4)) for s, p in zip(model.styles, shares, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.probability, one.style))

    def _classifier(self, index: Index) -> Classifier:
        with self._lock:
            if self._trained is not None and self._trained[0] == index.state:
                return self._trained[1]
            model = self._made("styles", index.state, lambda: self.examples(index))
            self._trained = (index.state, model)
            return model

    def learn(self, index: Index, vectors: Vectors) -> bool:
        """Train with a model's vectors now and not at the first question; whether there are enough of them."""
        return self._both(index, vectors) is not None

    def _both(self, index: Index, vectors: Vectors) -> Classifier | None:
        """The classifier by numbers and vectors; None while the sample does not have them."""
        with self._lock:
            state = f"{index.state} {vectors.digest}"
            if self._trained_both is not None and self._trained_both[0] == state:
                return self._trained_both[1]
            known = self._whole(index, vectors)
            if known is None:
                return None
            learnt = self.sample(index)
            have = Tally(one.style for one in learnt if known[one.id] is not None)
            model = None
            if all(have[one.style] >= FEWEST // 2 for one in learnt):
                model = self._made("deep-styles", state, lambda: self.examples(index, known))
            self._trained_both = (state, model)
            return model

    def neighbours(self, index: Index, vectors: Vectors) -> Neighbours | None:
        """The tunes of the sample to be compared by their vectors; None while some are missing."""
        with self._lock:
            state = f"{index.state} {vectors.digest}"
            if self._neighbours is None or self._neighbours[0] != state:
                known = self._whole(index, vectors)
                if known is None:
                    return None
                at = {one.at: deep for one in self.sample(index)
                      if (deep := known[one.id]) is not None}  # fmt: skip
                self._neighbours = (state, Neighbours.of(at) if at else None)
            return self._neighbours[1]

    def _whole(self, index: Index, vectors: Vectors) -> dict[int, Floats | None] | None:
        """What a model made of tunes, if it has been shown the whole sample."""
        learnt = self.sample(index)
        if not learnt or vectors.missing(one.id for one in learnt):
            return None
        return vectors.known()

    def _made(self, kind: str, state: str, examples: Callable[[], Examples]) -> Classifier:
        """A classifier from the cache, else trained and kept there."""
        url, state = str(self._store.url), f"{_VERSION} {state}"
        kept = load(kind, url, state)
        if kept is not None:
            return Classifier.of(kept)
        model = train(*examples())
        save(kind, url, state, model.arrays())
        return model

    def sample(self, index: Index) -> list[Learnt]:
        """The tunes to learn from: at most MOST a style, chosen by their digests; none for fewer than two styles."""
        if self._sampled is not None and self._sampled[0] == index.state:
            return self._sampled[1]
        by_style: dict[str, list[tuple[str, Learnt]]] = defaultdict(list)
        question = select(TUNES.c.id, TUNES.c.style, TUNES.c.title, TUNES.c.digest)
        for row in self._store.rows(question.where(TUNES.c.style != "")):
            at = index.row_of(row.id)
            if at is not None:
                one = Learnt(row.id, at, row.style, folded(row.title) or row.digest)
                by_style[row.style].append((row.digest, one))
        enough = [f for _, f in sorted(by_style.items()) if len(f) >= FEWEST]
        learnt = [one for found in enough for _, one in sorted(found, key=itemgetter(0))[:MOST]]
        self._sampled = (index.state, learnt if len(enough) > 1 else [])
        return self._sampled[1]

    def examples(self, index: Index, known: Mapping[int, Floats | None] | None = None) -> Examples:
        """Vectors, styles and titles of the sample; with a model's vectors by id, only the tunes that have one."""
        learnt = self.sample(index)
        if not learnt:
            raise LibraryError(
                f"Styles cannot be told apart yet: two of them need {FEWEST} tunes each in the catalogue."
            )
        rows = [style_vector(index.melody(one.at), index.features[one.at]) for one in learnt]
        if known is not None:
            both = [(one, np.concatenate([row, deep])) for one, row in zip(learnt, rows, strict=True)
                    if (deep := known.get(one.id)) is not None]  # fmt: skip
            learnt, rows = [one for one, _ in both], [row for _, row in both]
        styles, titles = [one.style for one in learnt], [one.title for one in learnt]
        return np.stack(rows), np.array(styles), np.array(titles)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"There are no pages by {kind!r}; there are {', '.join(KINDS)}.")
    return kind


def _called(kind: str, name: str) -> ColumnElement[bool]:
    """Whether a tune is of a style: rhythms exactly, all others by a part of their name."""
    column = func.lower(TUNES.c[_known(kind)])
    plain = name.strip().lower()
    if kind in ("rhythm", "style"):
        return column == plain
    return column.like("%" + plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
                       escape="\\")  # fmt: skip


def _nearest_first(index: Index, ids: list[int]) -> list[int]:
    """Ids in the order of their distance from the middle of all of them."""
    rows = [(row, number) for number in ids if (row := index.row_of(number)) is not None]
    if not rows:
        return ids
    table = index.standard[[row for row, _ in rows]]
    apart = ((table - table.mean(axis=0)) ** 2).sum(axis=1)
    return [rows[i][1] for i in np.argsort(apart, kind="stable")]


def _counted(pairs: Iterable[tuple[str, int]], rank: dict[int, int]) -> tuple[Count, ...]:
    """The most frequent values with the ids nearest to the middle of the style."""
    where: dict[str, list[int]] = defaultdict(list)
    total = 0
    for value, number in pairs:
        where[value].append(number)
        total += 1
    most = sorted(where.items(), key=lambda item: (-len(item[1]), item[0]))[:_SHOWN]
    return tuple(
        Count(value, len(ids), round(len(ids) / total, 4),
              tuple(sorted(set(ids), key=lambda n: rank.get(n, len(rank)))[:_EXAMPLES]))
        for value, ids in most
    )  # fmt: skip


def _heard(texts: Iterable[tuple[int, str]]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Kinds of cadences, and chords as Roman numerals, each with the id of its tune."""
    cadences, chords = [], []
    for number, text in texts:
        material = Material(parse_tune(text))
        cadences += [(close.kind, number) for _, close in closes(material)]
        chords += [(name, number) for name in _numerals(material)]
    return cadences, chords


def _numerals(material: Material) -> Iterator[str]:
    for harmony in material.chords:
        name = roman(harmony.chord, harmony.key) if harmony.key.tonic else None
        if name:
            yield name
