"""One open catalogue: import, search, likeness, recommendation. What the chat and the command line talk to.

Opening reads nothing but the version of the tables; the index in memory is made at the first question of
likeness, and again after an import. A `Library` may be used by several threads.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from sqlalchemy import select

from abc_tools.parse import parse_tune
from abc_tools.tune import Tune
from library import chance, recommending
from library.asking import read
from library.describe import Origin, describe
from library.embedding import Embedder, Order, Vectors
from library.embedding import Progress as Embedding
from library.importing import Imported, Progress, import_items
from library.index import Shelf
from library.likeness import Asked, closest, matches, nearness, reasons
from library.melody import unpack
from library.plots import picture
from library.records import Closest, Entry, Found, LibraryError, Query, StylePage, StyleShare
from library.schema import TUNES, VECTORS
from library.search import Hit, allowed, own_parts, same_titles, search, stated, word_parts
from library.sources import corpus_items, items
from library.store import Store
from library.styles import StyleBook
from library.taste.service import Taste

MOST = 200
_ENTRY = ("id", "title", "composer", "source", "place", "licence", "region", "rhythm", "style", "key",
          "mode", "meter", "form", "bars", "notes", "low", "high", "difficulty", "tempo", "seconds",
          "voices", "chords", "words", "text")  # fmt: skip
_SIMILAR_TITLES = 20


class Library:
    """A catalogue of tunes. LibraryError if it cannot be opened; so for every method that reads or writes."""

    def __init__(self, url: str | None = None) -> None:
        self._store = Store(url)
        self._vectors: Vectors | None = None
        self._shelf = Shelf(self._store)
        self._styles = StyleBook(self._store)
        # opening removes what has been kept of listeners for too long
        self._taste_lock = Lock()
        self._taste: Taste | None = None
        self.taste()

    def __len__(self) -> int:
        return self._store.size()

    @property
    def url(self) -> str:
        """The address of the catalogue, password included."""
        return self._store.url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Give the database back."""
        self._store.close()

    # -- filling --

    def fill(self, progress: Progress | None = None, workers: int = 1) -> Imported:
        """Read music21's corpus, or what of it is still missing. A kill loses nothing; call it again."""
        return import_items(self._store, corpus_items(), progress, workers)

    def filled(self) -> bool:
        """Whether all of music21's corpus has been read that can be."""
        done = self._store.finished()
        return all(item.digest in done for item in corpus_items())

    def add(
        self, paths: Iterable[str | Path], *, source: str = "", licence: str = "",
        progress: Progress | None = None, workers: int = 1,
    ) -> Imported:  # fmt: skip
        """Import files and folders. ValueError for a path that is not there."""
        found = items([Path(path) for path in paths], source, licence)
        return import_items(self._store, found, progress, workers)

    # -- a language model's vectors --

    def use(self, embedder: Embedder | None) -> None:
        """Tell styles with a language model's vectors as well, from when `embed` is through; None: without."""
        self._vectors = None if embedder is None else Vectors(self._store, embedder)

    def tells_styles(self) -> bool:
        """Whether there are two styles with enough tunes to be learnt."""
        return bool(self._styles.sample(self._shelf.index()))

    def to_embed(self) -> int:
        """How many tunes of those that styles are learnt from have no vector of the model in use yet."""
        if self._vectors is None:
            return 0
        learnt = self._styles.sample(self._shelf.index())
        return len(self._vectors.missing(one.id for one in learnt))

    def embed(self, progress: Embedding | None = None) -> int:
        """Make the vectors of the tunes that styles are learnt from, and learn; how many are new.

        A kill loses nothing that was kept; call it again. ValueError without an embedder in use.
        """
        if self._vectors is None:
            raise ValueError("No language model is in use that could make vectors of tunes.")
        learnt = self._styles.sample(self._shelf.index())
        made = self._vectors.fill([one.id for one in learnt], progress)
        self._styles.learn(self._shelf.index(), self._vectors)
        return made

    def has_vectors(self) -> bool:
        """Whether a language model has looked at any tune of the catalogue."""
        return bool(self._store.rows(select(VECTORS.c.tune_id).limit(1)))

    def forget_other_models(self) -> int:
        """Delete the vectors of all models but the one in use; how many there were."""
        if self._vectors is None:
            raise ValueError("No language model is in use whose vectors could be kept.")
        return self._vectors.forget_others()

    # -- reading --

    def get(self, number: int) -> Entry:
        """A tune by its id. LibraryError if there is none."""
        rows = self._store.by_ids([number])
        if number not in rows:
            raise LibraryError(f"There is no tune with the number {number} in the catalogue.")
        row = rows[number]
        titles = tuple(title for title in row.titles.split("\n") if title)
        return Entry(titles=titles, **{name: getattr(row, name) for name in _ENTRY})

    def search(self, query: Query, top: int = 10) -> list[Found]:
        """The tunes that fit a query, best first. ValueError for a value that cannot be read."""
        return self._found(search(self._store, query, _bounded(top)), query)

    def similar(
        self, tune: Tune | str, top: int = 10, where: Query | None = None, *, same: bool = True
    ) -> list[Found]:
        """The tunes likest to one, by melody in any key, then by style; only those that fit `where`.

        `same`: whether a tune with the very same notes counts. ValueError for a tune without notes.
        """
        asked = _asked(tune)
        index = self._shelf.index()
        rows = self._rows(where)
        inside = None if rows is None else set(rows.tolist())
        titled = {
            row: value
            for number, value in same_titles(
                self._store, asked.row["titles"], _SIMILAR_TITLES
            ).items()
            if (row := index.row_of(number)) is not None and (inside is None or row in inside)
        }
        found = matches(
            index, asked, _bounded(top) + (not same), rows, titled, self._reorder(asked)
        )
        ids = [int(index.ids[match.row]) for match in found]
        known = self._store.by_ids(ids, *_REASONED)
        result = []
        for number, match in zip(ids, found, strict=True):
            row = known.get(number)
            if row is None or (not same and row.digest == asked.row["digest"]):
                continue
            extra = own_parts(where, row) if where else ()
            score = 1.0 if row.digest == asked.row["digest"] else min(match.score, 0.999)
            result.append(Found(number, row.title, row.source, row.licence, round(score, 4),
                                (*reasons(index, asked, match, row), *extra)))  # fmt: skip
        result.sort(key=lambda one: (-one.score, one.id))
        return result[:top]

    def closest(self, tune: Tune | str) -> Closest | None:
        """The known tune that has most of one; None in an empty catalogue or where nothing is shared."""
        asked = _asked(tune)
        index = self._shelf.index()
        best = closest(index, asked.melody)
        if best is None:
            return None
        row, run, at, share, value = best
        number = int(index.ids[row])
        known = self._store.by_ids([number], *_REASONED)[number]
        found = Found(number, known.title, known.source, known.licence, round(value, 4))
        notes = len(asked.melody)
        near = nearness(value, run, share, notes)
        rarer = chance.table().rarer_than(notes, near, run, len(index))
        return Closest(found, run, at, round(share, 4), round(value, 4), notes, rarer)

    def recommend(
        self, words: str, language: str = "en", top: int | None = None,
        like: Tune | str | None = None,
    ) -> list[Found]:  # fmt: skip
        """Tunes for what words ask, in English or Chinese, as many as they say, else `top` or 5.

        `like` is the tune of the conversation: "like this" and "what should I study next" are about it.
        `language` is that of the words where they do not tell ("en", "zh"); both are always read.
        """
        if language not in ("en", "zh"):
            raise ValueError(f"The language is en or zh, not {language!r}.")
        wish = read(words)
        count = _bounded(wish.count or top or 5)
        asked = _asked(like) if like is not None else None
        if asked is not None and wish.like_mine and not wish.study:
            return self.similar(like or "", count, wish.query, same=False)
        query, ids, missing = recommending.candidates(self._store, wish)
        order = self._reorder(asked) if asked is not None else None
        hits = recommending.ranked(self._store, self._shelf.index(), wish, ids, asked, count, order)
        hits = [Hit(h.id, h.score, (*h.parts, *stated(query), *missing)) for h in hits]
        return self._found(hits, query)

    # -- styles --

    def style_page(self, kind: str, name: str) -> StylePage:
        """What is typical of a "style", "rhythm", "region", "composer" or "source". LibraryError if unknown."""
        return self._styles.page(kind, name, self._shelf.index())

    def style_picture(self, kind: str, name: str, language: str = "en") -> str:
        """A style page as a picture, an SVG document, with the shares of the whole catalogue beside its own."""
        return picture(self.style_page(kind, name), self._styles.everywhere(), language)

    def style_names(self, kind: str = "style") -> list[tuple[str, int]]:
        """The names there are of a kind with how many tunes, most first."""
        return self._styles.names(kind)

    def styles_of(self, tune: Tune | str, top: int = 5) -> list[StyleShare]:
        """The styles of the catalogue that a tune is closest to, with probabilities."""
        asked = _asked(tune)
        found = self._styles.guess(asked.melody, asked.features, self._shelf.index(),
                                   asked.row["text"], self._vectors)  # fmt: skip
        return found[:top]

    # -- taste --

    def taste(self) -> Taste:
        """The listeners of this catalogue and what they may like; the same object each time."""
        with self._taste_lock:
            if self._taste is None:
                self._taste = Taste(self._store, self._shelf, self._rows,
                                    lambda words, top: self.recommend(words, top=top))  # fmt: skip
            return self._taste

    # -- inside --

    def _reorder(self, asked: Asked) -> Order | None:
        """The language model's say in which tunes are like one in style; None where it has none."""
        vectors = self._vectors
        if vectors is None:
            return None
        near = self._styles.neighbours(self._shelf.index(), vectors)
        own = vectors.of(asked.row["text"]) if near is not None else None
        if near is None or own is None:
            return None
        return partial(near.ordered, own=own)

    def _rows(self, where: Query | None) -> Any:
        """Rows of the index that fit a query; None for all."""
        if where is None or where.empty:
            return None
        if where.words or where.incipit or where.contour:
            ids = [hit.id for hit in search(self._store, where, len(self))]
        else:
            ids = allowed(self._store, where)
        index = self._shelf.index()
        return index.rows_of(ids)

    def _found(self, hits: list[Hit], query: Query) -> list[Found]:
        known = self._store.by_ids([hit.id for hit in hits])
        found = []
        for hit in hits:
            row = known.get(hit.id)
            if row is None:
                continue
            said = word_parts(query.words or query.title, row) if query.words or query.title else ()
            parts = (*said, *hit.parts, *own_parts(query, row))
            found.append(
                Found(row.id, row.title, row.source, row.licence, round(hit.score, 4), parts)
            )
        return found


_REASONED = tuple(TUNES.c[name] for name in (
    "digest", "title", "source", "licence", "rhythm", "form", "mode", "meter", "key", "low", "high",
    "difficulty", "bars",
))  # fmt: skip


def _bounded(top: int) -> int:
    """How many are given: at least 1. ValueError for more than MOST or fewer."""
    if not 1 <= top <= MOST:
        raise ValueError(f"From 1 to {MOST} tunes can be asked for, not {top}.")
    return top


def _asked(tune: Tune | str) -> Asked:
    """What is compared of a tune. ValueError for a tune without notes."""
    return _described(tune.text if isinstance(tune, Tune) else tune)


@lru_cache(maxsize=16)
def _described(text: str) -> Asked:
    row = describe(parse_tune(text), Origin("asked"))
    if row is None:
        raise ValueError("There are no notes in this tune.")
    return Asked(unpack(row["melody"]), np.frombuffer(row["features"], "<f4"), row)
