"""The tables of the catalogue. The migrations make them; a test holds that both agree.

`tunes` has a row for every tune, `words` is the full-text index (a word, the tune it stands in, and how much
it counts there), `imports` remembers which files were read to the end, so that an import can go on. `vectors` has
what a model made of a tune, float16 by the model's digest; no bytes where the model cannot be shown the tune.

Of listeners: `listeners` has who asked for a profile, by the hash of a random id; `events` what they did with
which tune on which day; `prompts` what they wrote, of those who opted in. `releases` and `budgets` are about
published counts and name no listener. `docs/privacy.md` lists every column; a test holds that it does.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects import mysql

METADATA = MetaData()
LONG_TEXT = Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
BYTES = LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")


def exact(length: int) -> String:
    """Text that is compared letter by letter in every database."""
    return String(length).with_variant(
        mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb"
    )


TUNES = Table(
    "tunes", METADATA,
    Column("id", Integer, primary_key=True),
    Column("digest", exact(64), nullable=False, unique=True),
    Column("title", String(500), nullable=False),
    Column("titles", LONG_TEXT, nullable=False),
    Column("composer", String(300), nullable=False),
    Column("source", String(300), nullable=False),
    Column("place", String(500), nullable=False),
    Column("licence", String(300), nullable=False),
    Column("region", String(300), nullable=False),
    Column("rhythm", String(120), nullable=False, index=True),
    Column("style", String(120), nullable=False, index=True),
    Column("key", String(40), nullable=False),
    Column("mode", String(20), nullable=False, index=True),
    Column("meter", String(20), nullable=False, index=True),
    Column("form", String(32), nullable=False),
    Column("bars", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("low", SmallInteger, nullable=False),
    Column("high", SmallInteger, nullable=False),
    Column("difficulty", SmallInteger, nullable=False, index=True),
    Column("tempo", Float, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("voices", SmallInteger, nullable=False),
    Column("chords", Boolean, nullable=False),
    Column("words", Boolean, nullable=False),
    Column("pickup", SmallInteger, nullable=False),
    Column("steps", LONG_TEXT, nullable=False),
    Column("contour", LONG_TEXT, nullable=False),
    Column("melody", BYTES, nullable=False),
    Column("features", BYTES, nullable=False),
    Column("text", LONG_TEXT, nullable=False),
    Column("added", DateTime, nullable=False),
    mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip

WORDS = Table(
    "words", METADATA,
    Column("word", exact(40), primary_key=True),
    Column("tune_id", Integer, ForeignKey("tunes.id", ondelete="CASCADE"), primary_key=True),
    Column("weight", Float, nullable=False),
    Index("words_by_tune", "tune_id"),
    mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip

IMPORTS = Table(
    "imports", METADATA,
    Column("digest", exact(64), primary_key=True),
    Column("name", String(500), nullable=False),
    Column("tunes", Integer, nullable=False),
    Column("finished", DateTime, nullable=False),
    mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip

VECTORS = Table(
    "vectors", METADATA,
    Column("model", exact(64), primary_key=True),
    Column("tune_id", Integer, ForeignKey("tunes.id", ondelete="CASCADE"), primary_key=True),
    Column("numbers", BYTES, nullable=False),
    Index("vectors_by_tune", "tune_id"),
    mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip

LISTENERS = Table(
    "listeners", METADATA,
    Column("id", Integer, primary_key=True),
    Column("hash", exact(64), nullable=False, unique=True),
    Column("prompts", Boolean, nullable=False),
    Column("seen", Date, nullable=False, index=True),
    # the number of an erased listener is never given to another
    sqlite_autoincrement=True, mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip

EVENTS = Table(
    "events", METADATA,
    Column("listener_id", Integer, ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True),
    Column("tune_id", Integer, ForeignKey("tunes.id", ondelete="CASCADE"), primary_key=True),
    Column("action", exact(8), primary_key=True),
    Column("day", Date, primary_key=True, index=True),
    Index("events_by_tune", "tune_id"),
    mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip

PROMPTS = Table(
    "prompts", METADATA,
    Column("id", Integer, primary_key=True),
    Column("listener_id", Integer, ForeignKey("listeners.id", ondelete="CASCADE"), nullable=False),
    Column("text", LONG_TEXT, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Index("prompts_by_listener", "listener_id"),
    mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip

RELEASES = Table(
    "releases", METADATA,
    Column("id", Integer, primary_key=True),
    Column("question", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    Column("epsilon", Integer, nullable=False),
    Column("counts", LONG_TEXT, nullable=False),
    mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip

BUDGETS = Table(
    "budgets", METADATA,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("spent", Integer, nullable=False),
    mysql_charset="utf8mb4", mysql_engine="InnoDB",
)  # fmt: skip
PERSONAL = (LISTENERS, EVENTS, PROMPTS)
"""What is kept of listeners, parents first."""
