"""The catalogue's database: opened by URL, brought up to date, written in batches, read.

SQLite in a file of the user's data directory unless a URL says otherwise; PostgreSQL (psycopg) and
MySQL or MariaDB (PyMySQL) by URL. A batch is one transaction: what `add` has returned from is kept, whatever
happens afterwards. Failures of the database are LibraryError.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from library.records import LibraryError
from library.schema import IMPORTS, TUNES, WORDS

VARIABLE = "TUNEWRIGHT_LIBRARY"
DRIVERS = {
    "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql", "mariadb": "mysql+pymysql",
}  # fmt: skip
"""What a URL without a driver is opened with."""
_SLICE = 400
_TRIES = 5
_PATIENCE = 30_000
"""Milliseconds that SQLite waits for another who writes."""
_T = TypeVar("_T")


def default_url() -> str:
    """The URL in TUNEWRIGHT_LIBRARY, else a SQLite file in the user's data directory."""
    given = os.environ.get(VARIABLE, "").strip()
    if given:
        return given
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path('tunewright') / 'library.sqlite3'}"


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise LibraryError(
            f"“{text}” is no address of a catalogue; one looks like sqlite:///tunes.sqlite3 "
            "or postgresql://user@host/name."
        ) from error
    url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
    if url.drivername.startswith("mysql"):
        url = url.update_query_dict({"charset": "utf8mb4"})
    return url


@contextmanager
def _told() -> Iterator[None]:
    """Failures of the database as a sentence for users."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()
        raise LibraryError(
            f"The catalogue does not answer: {cause[0] if cause else error}."
        ) from error


class Store:
    """One catalogue. Threads may share it; several processes may open the same one."""

    def __init__(self, url: str | None = None) -> None:
        self.url = _url(url or default_url())
        try:
            self.engine = self._engine()
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise LibraryError(
                f"There is no driver for {self.url.drivername}; install tunewright[postgresql] or "
                "tunewright[mysql]."
            ) from error
        with _told():
            _migrate(self.engine)

    def _engine(self) -> Engine:
        if self.url.get_backend_name() != "sqlite":
            return create_engine(self.url, pool_pre_ping=True)
        name = self.url.database
        if name and name != ":memory:":
            try:
                Path(name).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise LibraryError(
                    f"The folder of the catalogue cannot be made: {error}."
                ) from error
            engine = create_engine(self.url, poolclass=NullPool)
        else:
            engine = create_engine(self.url)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    # -- writing --

    def add(self, rows: Sequence[Mapping[str, Any]]) -> int:
        """Keep tunes, as `describe` made them, in one transaction; those known by their digest are left out.

        How many were new. Another process that adds the same tunes at the same time is waited for.
        """
        return self.write(lambda connection: _insert(connection, rows))

    def write(self, work: Callable[[Connection], _T]) -> _T:
        """Do some work in one transaction; again when another program wrote the same rows meanwhile."""
        for _ in range(_TRIES):
            try:
                with _told_unless_taken(), self.engine.begin() as connection:
                    return work(connection)
            except IntegrityError:
                continue
        raise LibraryError("Another program keeps writing the same rows; try again later.")

    def scrub(self) -> None:
        """Let nothing of deleted rows stay in the log beside a SQLite file, if no one is reading just now."""
        if self.engine.dialect.name == "sqlite":
            with _told(), self.engine.connect() as connection:
                # who erases shall not wait half a minute for a reader; the next erasure empties the log
                connection.exec_driver_sql("PRAGMA busy_timeout=500")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE}")

    def finish(self, digest: str, name: str, tunes: int) -> None:
        """Remember that a file was read to its end."""
        row = {"digest": digest, "name": name[:500], "tunes": tunes, "finished": _now()}
        try:
            with _told_unless_taken(), self.engine.begin() as connection:
                connection.execute(IMPORTS.insert(), [row])
        except IntegrityError:  # another program has read the same file in the meantime
            return

    def finished(self) -> set[str]:
        """Digests of the files that were read to their end."""
        with _told(), self.engine.connect() as connection:
            return set(connection.scalars(select(IMPORTS.c.digest)))

    # -- reading --

    def rows(self, question: Any) -> list[Any]:
        """All rows of a question."""
        with _told(), self.engine.connect() as connection:
            return list(connection.execute(question).all())

    def stream(self, question: Any, size: int = 2000) -> Iterator[Any]:
        """The rows of a question, a few at a time."""
        with _told(), self.engine.connect() as connection:
            yield from connection.execution_options(yield_per=size).execute(question)

    def size(self) -> int:
        """How many tunes there are."""
        return int(self.rows(select(func.count()).select_from(TUNES))[0][0])

    def state(self) -> str:
        """Changes when the tunes do: their number, the highest id, the first and last digest."""
        # each on its own, so that an index answers at once; together they are a walk through all tunes
        asked = (func.count(TUNES.c.id), func.max(TUNES.c.id), func.min(TUNES.c.digest),
                 func.max(TUNES.c.digest))  # fmt: skip
        columns = [select(one).scalar_subquery() for one in asked]
        return " ".join(str(value) for value in self.rows(select(*columns))[0])

    def by_ids(self, ids: Iterable[int], *columns: Any) -> dict[int, Any]:
        """Rows by id, in the order asked; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[int, Any] = {}
        for start in range(0, len(wanted), _SLICE):
            part = wanted[start : start + _SLICE]
            question = select(TUNES.c.id, *(columns or (TUNES,))).where(TUNES.c.id.in_(part))
            found.update((row.id, row) for row in self.rows(question))
        return {n: found[n] for n in wanted if n in found}


@contextmanager
def _told_unless_taken() -> Iterator[None]:
    """Like `_told`, but a row that is there already stays what it is."""
    try:
        with _told():
            yield
    except LibraryError as error:
        if isinstance(error.__cause__, IntegrityError):
            raise error.__cause__ from None
        raise


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """A log written ahead, so that readers and a writer do not wait; deleted bytes are overwritten."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _migrate(engine: Engine) -> None:
    """Apply the migrations that this catalogue does not have. Of several openers one does it, the others wait."""
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    head = ScriptDirectory.from_config(config).get_current_head()

    def current() -> bool:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head

    for again in range(_TRIES):
        if current():
            return
        try:
            with engine.begin() as connection:
                if (
                    engine.dialect.name == "sqlite"
                ):  # its driver leaves changes of tables outside else
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                    if MigrationContext.configure(connection).get_current_revision() == head:
                        return
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except SQLAlchemyError:
            if again == _TRIES - 1:
                raise
            time.sleep(0.5)


def _insert(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    by_digest = {row["digest"]: row for row in rows}
    known: set[str] = set()
    digests = list(by_digest)
    for start in range(0, len(digests), _SLICE):
        part = digests[start : start + _SLICE]
        known |= set(connection.scalars(select(TUNES.c.digest).where(TUNES.c.digest.in_(part))))
    fresh = [row for digest, row in by_digest.items() if digest not in known]
    if not fresh:
        return 0
    now = _now()
    plain = [{k: v for k, v in row.items() if k != "index"} | {"added": now} for row in fresh]
    connection.execute(TUNES.insert(), plain)
    ids: dict[str, int] = {}
    digests = [row["digest"] for row in fresh]
    for start in range(0, len(digests), _SLICE):
        part = digests[start : start + _SLICE]
        question = select(TUNES.c.digest, TUNES.c.id).where(TUNES.c.digest.in_(part))
        ids.update((digest, number) for digest, number in connection.execute(question))
    words = [{"word": word, "tune_id": ids[row["digest"]], "weight": weight}
             for row in fresh for word, weight in row["index"].items()]  # fmt: skip
    if words:
        connection.execute(WORDS.insert(), words)
    return len(fresh)


def _now() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
