"""Taste: profiles that are asked for, what is done with tunes, and tunes that fit it. What chat and page talk to.

Everything about profiles comes from `library.privacy`; here are recommendations. What a listener has done is
read at each question, so that feedback counts at once. What the crowd tells is trained aside, in a thread, when
there are enough listeners, and again when a tenth more has happened; until then, and for whoever it knows
nothing about, the tunes themselves decide. It is kept in memory and dropped when a listener is erased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock, Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from library.asking import read
from library.index import Index, Shelf
from library.melody import Ints
from library.privacy import Profiles, hashed
from library.published import published
from library.reasons import part
from library.records import Found, LibraryError, Query
from library.schema import EVENTS, LISTENERS, TUNES
from library.store import Store
from library.taste.blend import ALONE, Model, fit, parts_of, scaled
from library.taste.choose import Grounds, different, why
from library.taste.content import LABELS, SHARPNESS, Content, content_of, fitting
from library.taste.crowd import CROWD
from library.taste.records import Action, Counts, Erased, Event, Listener, preferences

Floats = NDArray[np.float32]
AVERSION = 0.5
"""How much being just like a disliked tune takes from a score, whose highest is 1."""
MOST = 60
"""Liked tunes that are looked at, those liked best."""
_GROWTH, _FEW = 1.1, 20
_KINDS = 40
_MORE, _LEAST = 8, 60
_STRENGTH = (Action.KEEP, Action.LIKE, Action.EDIT, Action.PLAY)


@dataclass(frozen=True)
class _Desk:
    """What is ready for questions about one state of the catalogue.

    `seen` is from how many events the model was made, `listeners` how many there were and their highest number.
    """

    content: Content
    model: Model | None = None
    seen: int = 0
    listeners: tuple[int, int] = (0, 0)


class Taste(Profiles):
    """Profiles and recommendations of one catalogue; `library.taste()` gives it. Threads may share it."""

    def __init__(
        self, store: Store, shelf: Shelf, rows_of: Callable[[Query | None], Any],
        by_words: Callable[[str, int], list[Found]], days: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(store, days)
        self._shelf, self._rows_of, self._by_words = shelf, rows_of, by_words
        self._desk: _Desk | None = None
        self._lock, self._training = Lock(), Lock()

    # -- recommending --

    def recommend(
        self, who: Listener | Sequence[Event] | None = None, top: int | None = None,
        where: Query | str | None = None, *, known: bool = False,
    ) -> list[Found]:  # fmt: skip
        """Tunes for someone's taste, best first, each with its reason; never a disliked one.

        `who` is a listener with a profile, or events of a session that nothing is kept of, or None for
        anyone. `where`: what must be so of the tunes, as a query or in words ("three jigs I would like", of which
        number, kind, key, place and the like are read and the rest is not). `known`: whether tunes that were
        kept, liked, edited or played may come again. Without `top` as many as the words say, else 5. ValueError
        for `top` outside 1 to 200, LibraryError for a listener without a profile.
        """
        if isinstance(where, str):
            wish = read(where)
            where, top = wish.query, top or wish.count
        top = 5 if top is None else top
        if not 1 <= top <= 200:
            raise ValueError(f"From 1 to 200 tunes can be asked for, not {top}.")
        events = self.events(who) if isinstance(who, Listener) else tuple(who or ())
        index = self._shelf.index()
        if not len(index):
            return []
        desk = self._ready(index)
        liked = {row: weight for tune, weight in preferences(events).items()
                 if (row := index.row_of(tune)) is not None}  # fmt: skip
        scores = self._open(desk, liked, where, known)
        good = sorted((row for row in liked if liked[row] > 0), key=lambda r: (-liked[r], r))[:MOST]
        if not good:
            prompt = self.last_prompt(who) if isinstance(who, Listener) else ""
            return self._first(desk, scores, prompt, top)
        number = self._number_of(who) if isinstance(who, Listener) else None
        done = {row: _strongest(events, int(index.ids[row])) for row in good}
        grounds = _grounds(desk, np.array(good, dtype=np.int64), liked, done, number)
        scores += grounds.own + grounds.others
        if known:
            scores[grounds.rows] += [liked[row] / liked[good[0]] for row in good]
        bad = [row for row, weight in liked.items() if weight < 0]
        if bad:
            scores -= AVERSION * (desk.content.likeness(bad) ** SHARPNESS).max(axis=0)
        return self._listed(desk, scores, grounds, top)

    def _open(
        self, desk: _Desk, liked: Mapping[int, float], where: Query | None, known: bool
    ) -> Floats:
        """Zero for tunes that may be recommended, minus infinity for others."""
        scores = np.zeros(len(desk.content.index), dtype=np.float32)
        rows = self._rows_of(where)
        if rows is not None:
            scores[:] = -np.inf
            scores[rows] = 0.0
        for row, weight in liked.items():
            if weight < 0:
                scores[desk.content.versions(row)] = -np.inf
            elif not known:
                scores[row] = -np.inf
        return scores

    def _listed(self, desk: _Desk, scores: Floats, grounds: Grounds, top: int) -> list[Found]:
        index = desk.content.index
        order = _best(scores, top * _MORE + _LEAST)
        entries = self._entries(index, [*order, *grounds.rows.tolist()])
        titles = {row: str(entries[row].title) for row in order if row in entries}
        chosen = different(desk.content, scores, titles, grounds.rows.tolist(), top)
        return [_found(entries[row], float(scores[row]), why(desk.content, grounds, row, entries))
                for row in chosen]  # fmt: skip

    def _first(self, desk: _Desk, scores: Floats, prompt: str, top: int) -> list[Found]:
        """For someone who has liked nothing yet: what the last prompt asks for, else one tune of each great kind."""
        index = desk.content.index
        if prompt:
            found = [one for one in self._by_words(prompt, top)
                     if (row := index.row_of(one.id)) is not None and np.isfinite(scores[row])]  # fmt: skip
            if found:
                return found
        kinds = desk.content.labels[:, list(LABELS).index("style")]
        middle: list[int] = []
        for kind in np.argsort(-np.bincount(kinds), kind="stable")[:_KINDS]:
            rows = np.flatnonzero((kinds == kind) & np.isfinite(scores))
            if kind and len(rows):
                own = index.standard[rows]
                apart = ((own - own.mean(axis=0)) ** 2).sum(axis=1)
                middle.append(int(rows[apart.argmin()]))
        entries = self._entries(index, middle[:top])
        return [_found(entries[row], 1.0, (part("typical", style=entries[row].style),))
                for row in middle[:top] if row in entries]  # fmt: skip

    def _entries(self, index: Index, rows: Sequence[int]) -> dict[int, Any]:
        """Rows of the catalogue by row of the index, in the order given."""
        known = self._store.by_ids([int(index.ids[row]) for row in rows], *_COLUMNS)
        return {row: known[number] for row in rows if (number := int(index.ids[row])) in known}

    def _number_of(self, listener: Listener) -> int | None:
        found = self._store.rows(select(LISTENERS.c.id).where(LISTENERS.c.hash == hashed(listener)))
        return int(found[0].id) if found else None

    # -- the crowd --

    def train(self) -> bool:
        """Learn from all listeners now, which takes seconds to minutes; whether there are enough of them."""
        with self._training:
            index = self._shelf.index()
            desk = self._desk
            content = (
                desk.content
                if desk and desk.content.index is index
                else content_of(self._store, index)
            )
            people, seen = self._people(), self._events_seen()
            model = fit(content, self._likes(index))
            with self._lock:
                # who was erased while this was computed must not live on in it
                if people != self._people(people[1]) or seen > self._events_seen():
                    model = None
                self._desk = _Desk(content, model, seen, people)
            return model is not None

    def _ready(self, index: Index) -> _Desk:
        """The desk for this state of the catalogue; training goes on aside if there is reason for it."""
        with self._lock:
            desk = self._desk
            if desk is None or desk.content.index is not index:
                desk = _Desk(content_of(self._store, index))
            now = self._events_seen()
            gone = desk.model is not None and (
                now < desk.seen or self._people(desk.listeners[1]) != desk.listeners
            )
            if gone:
                desk = _Desk(desk.content)
            self._desk = desk
            if now > _GROWTH * desk.seen + _FEW and self._people()[0] >= CROWD:
                self._desk = replace(desk, seen=now)
                Thread(target=self._train_aside, daemon=True).start()
            return desk

    def _train_aside(self) -> None:
        """Train in a thread; a catalogue that was closed meanwhile needs no crowd."""
        try:
            self.train()
        except LibraryError:
            return

    def _likes(self, index: Index) -> dict[int, dict[int, float]]:
        """Listener → row → how much it is liked, of all."""
        events: dict[int, list[Event]] = defaultdict(list)
        for listener, tune, action in self._store.stream(
            select(EVENTS.c.listener_id, EVENTS.c.tune_id, EVENTS.c.action)
        ):
            events[listener].append(Event(tune, Action(action)))
        return {
            listener: {row: weight for tune, weight in preferences(tuple(own)).items()
                       if (row := index.row_of(tune)) is not None}
            for listener, own in events.items()
        }  # fmt: skip

    def _events_seen(self) -> int:
        return int(self._store.rows(select(func.count()).select_from(EVENTS))[0][0])

    def _people(self, highest: int | None = None) -> tuple[int, int]:
        """How many listeners there are up to a number, and the highest number."""
        question = select(func.count(), func.max(LISTENERS.c.id))
        if highest is not None:
            question = question.where(LISTENERS.c.id <= highest)
        count, most = self._store.rows(question)[0]
        return int(count), int(most or 0) if highest is None else highest

    # -- what forgets --

    def erase(self, listener: Listener) -> Erased:
        """Remove everything of a listener, from what the crowd told as well."""
        gone = super().erase(listener)
        self._forget()
        return gone

    def withdraw(self, listener: Listener, tune: int, action: Action | None = None) -> int:
        """Take back what was done with a tune, all of it or one action; how many rows went."""
        gone = super().withdraw(listener, tune, action)
        if gone:
            self._forget()
        return gone

    def _forget(self) -> None:
        with self._lock:
            if self._desk is not None:
                self._desk = _Desk(self._desk.content)

    def published(self, question: str, *, fresh: bool = False, epsilon: float = 0.25) -> Counts:
        """How many listeners there are, or like tunes of each kind, with noise: see `library.published`."""
        return published(self._store, question, fresh=fresh, epsilon=epsilon)


_COLUMNS = tuple(TUNES.c[name] for name in (
    "digest", "title", "source", "licence", "rhythm", "style", "form", "mode", "meter", "low", "high",
))  # fmt: skip


def _grounds(
    desk: _Desk, rows: Ints, liked: Mapping[int, float], done: Mapping[int, Action], number: int | None
) -> Grounds:  # fmt: skip
    """What speaks for every tune, by the tunes themselves and by others."""
    weights = np.array([liked[int(row)] for row in rows], dtype=np.float32)
    likeness = desk.content.likeness(rows.tolist())
    mix = desk.model.mix(rows) if desk.model is not None else ALONE
    if desk.model is None or mix == ALONE:
        own = scaled(fitting(likeness, rows, weights)[None], rows)[0]
        return Grounds(rows, likeness, done, own, np.zeros_like(own))
    crowd = desk.model.crowd
    parts = parts_of(likeness, crowd, rows, weights, number) * np.array(mix, np.float32)[:, None]
    others = np.asarray(parts[1:].sum(axis=0), dtype=np.float32)
    return Grounds(rows, likeness, done, parts[0], others, crowd, number)


def _strongest(events: Sequence[Event], tune: int) -> Action:
    """What tells most of all that was done with a tune."""
    done = {event.action for event in events if event.tune == tune}
    return next(action for action in _STRENGTH if action in done)


def _best(scores: Floats, count: int) -> list[int]:
    """The rows with the highest scores, best first, those that may not be recommended left out."""
    count = min(count, int(np.isfinite(scores).sum()))
    if not count:
        return []
    rows = np.argpartition(-scores, count - 1)[:count]
    return [int(row) for row in rows[np.lexsort((rows, -scores[rows]))]]


def _found(entry: Any, score: float, parts: Any) -> Found:
    value = round(min(max(score, 0.0), 1.0), 4)
    return Found(entry.id, entry.title, entry.source, entry.licence, value, tuple(parts))
