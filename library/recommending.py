"""What words ask for → tunes, best first.

All that can be compared must hold. If no tune has it all, the demand that matters least is dropped, again
and again, and the reason says so. Among what is left the order comes from the words (found in titles and
texts), the moods (nearness in mode, pace and motion), the tune of the conversation (style, difficulty), and,
where nothing of that is said, from how near a tune is to the middle of what was asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.asking import Mood, Wish
from library.embedding import Order
from library.features import NAMES
from library.index import Index
from library.likeness import Asked, style_likeness
from library.melody import Ints
from library.reasons import Part, part
from library.records import Query
from library.schema import TUNES
from library.search import Hit, allowed, by_words
from library.store import Store
from library.words import folded

Floats = NDArray[np.float32]
_DROPPED = ("form", "min_bars", "max_bars", "sung", "chords", "meter", "mode", "key",
            "min_difficulty", "max_difficulty", "region", "composer", "style", "rhythm")  # fmt: skip
"""What is given up first where no tune has everything."""
_WORDS, _MOOD, _STYLE, _MIDDLE = 2.0, 1.0, 0.6, 0.3
_MOST_WORDS = 2000
_STEPS = tuple(NAMES.index(f"moves of {size} semitones") for size in (0, 1, 2))
_MINOR = NAMES.index("minor third")
_PACE = NAMES.index("quarter notes a second")


def candidates(store: Store, wish: Wish) -> tuple[Query, list[int] | None, tuple[Part, ...]]:
    """The query that is used, ids of the tunes that fit it (None for all), and a part that says what was given up."""
    query, missing = wish.query, []
    if query.empty:
        return replace(query, words=wish.words), None, ()
    ids = allowed(store, query)
    for name in _DROPPED:
        if ids:
            break
        value = getattr(query, name)
        if value not in ("", None):
            nothing: dict[str, Any] = {name: "" if isinstance(value, str) else None}
            query = replace(query, **nothing)
            missing.append(str(value))
            ids = allowed(store, query)
    query = replace(query, words=wish.words)
    told = [m for m in missing if m not in ("True", "False")] or missing
    return query, ids, (part("missing", what=", ".join(told)),) if missing else ()


def ranked(
    store: Store, index: Index, wish: Wish, ids: list[int] | None, asked: Asked | None, count: int,
    reorder: Order | None = None,
) -> list[Hit]:  # fmt: skip
    """The best of the tunes with these ids, or of all; no title comes twice.

    `reorder` is a language model's say in style likeness.
    """
    rows = np.arange(len(index)) if ids is None else index.rows_of(ids)
    if not len(rows):
        return []
    score = np.zeros(len(rows), dtype=np.float32)
    # kinds are looked for by word as well: many collections name them in titles alone
    sought = f"{wish.words} {wish.query.style} {wish.query.rhythm}"
    found = by_words(store, sought, (), _MOST_WORDS)
    if found:
        told = np.zeros(len(index), dtype=np.float32)
        for number, value in found:
            row = index.row_of(number)
            if row is not None:
                told[row] = value
        score += _WORDS * told[rows]
    for mood in wish.moods:
        score += _MOOD * _fits(mood, index.features[rows])
    if asked is not None:
        if wish.study:
            rows, score = _next_level(store, index, asked, rows, score)
        style = style_likeness(index, asked.features)
        score = score + _STYLE * (style if reorder is None else reorder(style))[rows]
    middle = index.standard[rows].mean(axis=0)
    apart = np.sqrt(((index.standard[rows] - middle) ** 2).mean(axis=1))
    score = score + _MIDDLE * np.exp(-apart)
    order = np.lexsort((rows, -score))[: count * 8 + 40]
    highest = max(float(score[order[0]]), 1.0)
    values = {int(rows[place]): float(score[place]) / highest for place in order}
    return _different(store, index, wish, asked, values, count)


def _next_level(
    store: Store, index: Index, asked: Asked, rows: Ints, score: Floats
) -> tuple[Ints, Floats]:
    """Only tunes one step harder than the asked one, as hard where there are none."""
    level = int(asked.row["difficulty"])
    for wanted in (min(level + 1, 5), level):
        known = allowed(store, Query(min_difficulty=wanted, max_difficulty=wanted))
        keep = np.isin(rows, index.rows_of(known))
        if keep.any():
            return rows[keep], score[keep]
    return rows, score


def _fits(mood: Mood, features: Floats) -> Floats:
    """How well tunes fit a mood, 0 to 1, by the targets that it has."""
    fits = []
    if mood.minor is not None:
        fits.append((features[:, _MINOR] > 0.5) == mood.minor)
    if mood.pace is not None:
        pace = np.maximum(features[:, _PACE] * 60, 1.0)
        fits.append(np.exp(-np.abs(np.log2(pace / mood.pace)) * 1.5))
    if mood.smooth is not None:
        steps = features[:, list(_STEPS)].sum(axis=1)
        fits.append(np.clip(1.0 - 2.0 * np.abs(steps - mood.smooth), 0.0, 1.0))
    return np.asarray(np.mean(np.stack([np.asarray(f, dtype=np.float32) for f in fits]), axis=0))


def _different(
    store: Store,
    index: Index,
    wish: Wish,
    asked: Asked | None,
    values: dict[int, float],
    count: int,
) -> list[Hit]:
    """The first rows with titles of their own, with the parts of their reasons; `values` has the best first."""
    rows = list(values)
    ids = [int(index.ids[row]) for row in rows]
    known = store.by_ids(
        ids, *(TUNES.c[n] for n in ("digest", "title", "difficulty", "form", "mode"))
    )
    hits: list[Hit] = []
    seen: set[str] = set()
    for untitled in (False, True):
        for row, number in zip(rows, ids, strict=True):
            entry = known.get(number)
            if len(hits) == count or entry is None or bool(entry.title) == untitled:
                continue
            title = folded(entry.title) or f"number {number}"
            if title in seen or (asked is not None and entry.digest == asked.row["digest"]):
                continue
            seen.add(title)
            parts = (*_mood_parts(wish.moods, index.features[row]), *_beside(asked, wish, entry))
            hits.append(Hit(number, round(values[row], 4), parts))
    return hits


def _mood_parts(moods: tuple[Mood, ...], numbers: Floats) -> list[Part]:
    """What of the moods is true of a tune, each kind of truth once, with the words it is said for."""
    said: dict[Part, list[str]] = {}
    minor = bool(numbers[_MINOR] > 0.5)
    pace = float(numbers[_PACE]) * 60
    steps = float(numbers[list(_STEPS)].sum())
    for mood in moods:
        if mood.minor == minor:
            fact = part("mood mode", third="minor" if minor else "major")
            said.setdefault(fact, []).append(mood.word)
        if mood.pace and abs(np.log2(max(pace, 1.0) / mood.pace)) < 0.5:
            said.setdefault(part("mood pace", pace=round(pace)), []).append(mood.word)
        if mood.smooth and abs(steps - mood.smooth) < 0.15:
            said.setdefault(part("mood motion", share=round(100 * steps)), []).append(mood.word)
    return [part(p.kind, **dict(p.values), mood=", ".join(words)) for p, words in said.items()]


def _beside(asked: Asked | None, wish: Wish, entry: Any) -> list[Part]:
    """What a tune has in common with the tune of the conversation."""
    if asked is None:
        return []
    parts = []
    level = int(asked.row["difficulty"])
    if wish.study:
        kind = "harder" if entry.difficulty == level + 1 else "level"
        parts.append(part(kind, level=entry.difficulty))
    if entry.mode and entry.mode == asked.row["mode"]:
        parts.append(part("mode", mode=entry.mode))
    if len(entry.form) > 1 and entry.form == asked.row["form"]:
        parts.append(part("form", form=entry.form))
    return parts
