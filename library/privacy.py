"""Listeners' profiles: off until asked for, under random ids, seen and erased by one call, gone after a time.

A profile begins with `join`, which gives a random id; the database has only its hash. Kept is what the
recommender uses: which tune, what was done with it, on which day. The text of the newest prompt is kept only of
those who opted in, without what looks like a secret. What is older than the limit is removed whenever a
catalogue is opened or a profile written. `docs/privacy.md` says the same to listeners.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, delete, select, update

from library.records import LibraryError
from library.schema import EVENTS, LISTENERS, PROMPTS, TUNES
from library.store import Store
from library.taste.records import Action, Erased, Event, Listener

VARIABLE = "TUNEWRIGHT_RETENTION_DAYS"
DAYS = 180
_MOST_DAYS = 3650
_RANDOM_BYTES = 24
LONGEST_PROMPT = 2000
_SECRETS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses
    r"|\b[a-z][a-z0-9+.-]*://[^\s/@]*:[^\s/@]*@\S*"  # a URL with a password
    r"|(?:pass(?:word|phrase)?|pwd|token|secret|api[ _-]?key|密码|口令|密钥)\s*(?:is\b|[:=：是为])\s*\S+"
    r"|\b(?:sk|pk|hf|gh[opsu]|github_pat|xox[abprs]|glpat|AKIA|AIza)[-_A-Za-z0-9]{8,}"
    r"|\b(?=[-_\w]*\d)(?=[-_\w]*[A-Za-z])[-_A-Za-z0-9]{24,}\b"  # long and random
    r"|\+?\d(?:[ ()/-]{0,2}\d){8,}",  # telephone and card numbers
    re.IGNORECASE,
)  # fmt: skip


def retention_days() -> int:
    """For how many days events are kept: TUNEWRIGHT_RETENTION_DAYS, else DAYS. LibraryError for nonsense."""
    given = os.environ.get(VARIABLE, "").strip() or str(DAYS)
    if not given.isdecimal() or not 1 <= int(given) <= _MOST_DAYS:
        raise LibraryError(f"{VARIABLE} is a number of days from 1 to {_MOST_DAYS}, not “{given}”.")
    return int(given)


def today() -> date:
    """The day, in UTC."""
    return datetime.now(timezone.utc).date()


def _random_id() -> str:
    """A new id; none begins with a dash, which a command line takes for an option."""
    while True:
        text = secrets.token_urlsafe(_RANDOM_BYTES)
        if text[0].isalnum():
            return text


def hashed(listener: Listener) -> str:
    """What the database knows a listener by. The ids are random and long: a hash without salt tells nothing."""
    return hashlib.sha256(listener.id.encode()).hexdigest()


def without_secrets(text: str) -> str:
    """A text without what looks like a password, key, address or telephone number; 2,000 characters at most.

    >>> without_secrets("a waltz for anna@example.org, my password is Rosebud7")
    'a waltz for […], my […]'
    """
    return _SECRETS.sub("[…]", text)[:LONGEST_PROMPT]


class Profiles:
    """The listeners of a catalogue. LibraryError if it does not answer, or for an id without a profile."""

    def __init__(self, store: Store, days: int | None = None) -> None:
        self._store = store
        self.days = retention_days() if days is None else days
        if not 1 <= self.days <= _MOST_DAYS:
            raise ValueError(f"Events are kept for 1 to {_MOST_DAYS} days, not {self.days}.")
        self.forget_old()

    # -- asking for a profile --

    def join(self, *, prompts: bool = False) -> Listener:
        """Begin a profile: a new random id, to be kept by the listener. `prompts`: whether texts may be kept."""
        self.forget_old()
        listener = Listener(_random_id())
        row = {"hash": hashed(listener), "prompts": prompts, "seen": today()}
        self._store.write(lambda connection: connection.execute(LISTENERS.insert(), [row]))
        return listener

    def known(self, listener: Listener) -> bool:
        """Whether there is a profile with this id; it may have been erased, or gone with time."""
        return bool(self._store.rows(select(LISTENERS.c.id).where(_is(listener))))

    def allow_prompts(self, listener: Listener, allowed: bool) -> None:
        """Whether texts of prompts may be kept from now on; if not, those that were are erased."""

        def work(connection: Connection) -> None:
            number = _number(connection, listener)
            change = update(LISTENERS).where(LISTENERS.c.id == number)
            connection.execute(change.values(prompts=allowed))
            if not allowed:
                connection.execute(delete(PROMPTS).where(PROMPTS.c.listener_id == number))

        self._store.write(work)
        if not allowed:
            self._store.scrub()

    # -- writing --

    def record(self, listener: Listener, tune: int, action: Action) -> None:
        """Keep that something was done with a tune; once a day is enough. Like and dislike replace each other.

        LibraryError if there is no such tune or profile.
        """
        self.forget_old()
        when = today()

        def work(connection: Connection) -> None:
            number = _number(connection, listener, when)
            if connection.scalar(select(TUNES.c.id).where(TUNES.c.id == tune)) is None:
                raise LibraryError(f"There is no tune with the number {tune} in the catalogue.")
            own = (EVENTS.c.listener_id == number) & (EVENTS.c.tune_id == tune)
            if action in (Action.LIKE, Action.DISLIKE):
                judged = [Action.LIKE.value, Action.DISLIKE.value]
                connection.execute(delete(EVENTS).where(own & EVENTS.c.action.in_(judged)))
            same = own & (EVENTS.c.action == action.value)
            # of what may happen once only the newest day is kept; days of playing are counted
            if action is Action.PLAY:
                same &= EVENTS.c.day == when
            connection.execute(delete(EVENTS).where(same))
            connection.execute(EVENTS.insert(), [{"listener_id": number, "tune_id": tune,
                                                  "action": action.value, "day": when}])  # fmt: skip

        self._store.write(work)

    def withdraw(self, listener: Listener, tune: int, action: Action | None = None) -> int:
        """Take back what was done with a tune, all of it or one action; how many rows went."""

        def work(connection: Connection) -> int:
            where = (EVENTS.c.listener_id == _number(connection, listener)) & (
                EVENTS.c.tune_id == tune
            )
            if action is not None:
                where &= EVENTS.c.action == action.value
            return int(connection.execute(delete(EVENTS).where(where)).rowcount)

        gone = self._store.write(work)
        self._store.scrub()
        return gone

    def keep_prompt(self, listener: Listener, text: str) -> bool:
        """Keep what a listener asked for in place of what was before, if that was allowed; whether it was kept."""
        self.forget_old()
        clean = without_secrets(text).strip()

        def work(connection: Connection) -> bool:
            number = _number(connection, listener, today())
            allowed = connection.scalar(select(LISTENERS.c.prompts).where(LISTENERS.c.id == number))
            if not allowed or not clean:
                return False
            # the newest is all that recommends
            connection.execute(delete(PROMPTS).where(PROMPTS.c.listener_id == number))
            row = {"listener_id": number, "text": clean, "day": today()}
            connection.execute(PROMPTS.insert(), [row])
            return True

        return self._store.write(work)

    # -- reading --

    def events(self, listener: Listener) -> tuple[Event, ...]:
        """What is kept of a listener, oldest day first."""
        self._must_be(listener)
        question = (
            select(EVENTS.c.tune_id, EVENTS.c.action, EVENTS.c.day)
            .join(LISTENERS, LISTENERS.c.id == EVENTS.c.listener_id)
            .where(_is(listener))
            .order_by(EVENTS.c.day, EVENTS.c.tune_id, EVENTS.c.action)
        )
        return tuple(
            Event(tune, Action(action), day) for tune, action, day in self._store.rows(question)
        )

    def last_prompt(self, listener: Listener) -> str:
        """The newest text that was kept of a listener, "" if none was."""
        self._must_be(listener)
        question = (select(PROMPTS.c.text).join(LISTENERS, LISTENERS.c.id == PROMPTS.c.listener_id)
                    .where(_is(listener)).order_by(PROMPTS.c.id.desc()).limit(1))  # fmt: skip
        return next((str(row.text) for row in self._store.rows(question)), "")

    def export(self, listener: Listener) -> dict[str, Any]:
        """Everything that is kept of a listener, as values that JSON can hold; titles are added for reading."""
        self._must_be(listener)
        one = self._store.rows(select(LISTENERS).where(_is(listener)))[0]
        events = self._store.rows(
            select(EVENTS, TUNES.c.title).join(TUNES, TUNES.c.id == EVENTS.c.tune_id)
            .where(EVENTS.c.listener_id == one.id).order_by(EVENTS.c.day, EVENTS.c.tune_id, EVENTS.c.action)
        )  # fmt: skip
        prompts = self._store.rows(
            select(PROMPTS).where(PROMPTS.c.listener_id == one.id).order_by(PROMPTS.c.id)
        )
        return {
            "listener": _plain(one), "events": [_plain(row) for row in events],
            "prompts": [_plain(row) for row in prompts], "kept_for_days": self.days,
        }  # fmt: skip

    # -- removing --

    def erase(self, listener: Listener) -> Erased:
        """Remove everything of a listener, the profile too. LibraryError if there is none."""

        def work(connection: Connection) -> Erased:
            return _remove(connection, [_number(connection, listener)])

        gone = self._store.write(work)
        self._store.scrub()
        return gone

    def forget_old(self, days: int | None = None) -> Erased:
        """Remove what is older than `days` (or the limit of this catalogue): events, prompts, silent listeners."""
        if days is not None and not 0 <= days <= _MOST_DAYS:
            raise ValueError(f"Events are kept for 0 to {_MOST_DAYS} days, not {days}.")
        limit = today() - timedelta(days=self.days if days is None else days)
        # asked first: who only opens a catalogue shall not wait for another who writes to it
        if not self._any_before(limit):
            return Erased(0, 0, 0)

        def work(connection: Connection) -> Erased:
            events = connection.execute(delete(EVENTS).where(EVENTS.c.day < limit)).rowcount
            prompts = connection.execute(delete(PROMPTS).where(PROMPTS.c.day < limit)).rowcount
            silent = list(
                connection.scalars(select(LISTENERS.c.id).where(LISTENERS.c.seen < limit))
            )
            gone = _remove(connection, silent)
            return Erased(gone.listeners, events + gone.events, prompts + gone.prompts)

        gone = self._store.write(work)
        self._store.scrub()
        return gone

    def _any_before(self, limit: date) -> bool:
        return any(
            self._store.rows(select(column).where(column < limit).limit(1))
            for column in (EVENTS.c.day, PROMPTS.c.day, LISTENERS.c.seen)
        )

    def _must_be(self, listener: Listener) -> None:
        if not self.known(listener):
            raise LibraryError(_NO_PROFILE)


_NO_PROFILE = (
    "There is no profile with this id; it may have been erased, or not used for a long time."
)


def _is(listener: Listener) -> Any:
    return LISTENERS.c.hash == hashed(listener)


def _number(connection: Connection, listener: Listener, seen: date | None = None) -> int:
    """The row of a listener; `seen` moves the day of the last use on."""
    number = connection.scalar(select(LISTENERS.c.id).where(_is(listener)))
    if number is None:
        raise LibraryError(_NO_PROFILE)
    if seen is not None:
        later = (LISTENERS.c.id == number) & (LISTENERS.c.seen < seen)
        connection.execute(update(LISTENERS).where(later).values(seen=seen))
    return int(number)


def _remove(connection: Connection, numbers: list[int]) -> Erased:
    """Remove listeners with all that is theirs."""
    events = prompts = listeners = 0
    for number in numbers:
        events += connection.execute(delete(EVENTS).where(EVENTS.c.listener_id == number)).rowcount
        prompts += connection.execute(
            delete(PROMPTS).where(PROMPTS.c.listener_id == number)
        ).rowcount
        listeners += connection.execute(delete(LISTENERS).where(LISTENERS.c.id == number)).rowcount
    return Erased(listeners, events, prompts)


def _plain(row: Any) -> dict[str, Any]:
    """A row of the database by the names of its columns, days as text."""
    # names of columns are a kind of str of SQLAlchemy's own, which strict writers of JSON refuse
    return {str(name): value.isoformat() if isinstance(value, date) else value
            for name, value in row._mapping.items()}  # fmt: skip
