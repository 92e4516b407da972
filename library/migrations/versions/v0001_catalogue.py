"""The first tables: tunes, the words in them, finished imports."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_LONG_TEXT = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
_BYTES = sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
_TABLE: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_engine": "InnoDB"}


def _exact(length: int) -> sa.String:
    return sa.String(length).with_variant(
        mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb"
    )


def upgrade() -> None:
    """Make the tables."""
    short = {"title": 500, "composer": 300, "source": 300, "place": 500, "licence": 300,
             "region": 300, "rhythm": 120, "style": 120, "key": 40, "mode": 20, "meter": 20,
             "form": 32}  # fmt: skip
    whole: dict[str, Any] = {"bars": sa.Integer(), "notes": sa.Integer(), "low": sa.SmallInteger(),
             "high": sa.SmallInteger(), "difficulty": sa.SmallInteger(), "tempo": sa.Float(),
             "seconds": sa.Float(), "voices": sa.SmallInteger(), "chords": sa.Boolean(),
             "words": sa.Boolean(), "pickup": sa.SmallInteger()}  # fmt: skip
    long: dict[str, Any] = {"titles": _LONG_TEXT, "steps": _LONG_TEXT, "contour": _LONG_TEXT, "melody": _BYTES,
            "features": _BYTES, "text": _LONG_TEXT, "added": sa.DateTime()}  # fmt: skip
    types: dict[str, Any] = {
        **{name: sa.String(size) for name, size in short.items()},
        **whole,
        **long,
    }
    op.create_table(
        "tunes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", _exact(64), nullable=False, unique=True),
        *(sa.Column(name, kind, nullable=False) for name, kind in types.items()),
        **_TABLE,
    )
    for name in ("rhythm", "style", "mode", "meter", "difficulty"):
        op.create_index(f"ix_tunes_{name}", "tunes", [name])
    op.create_table(
        "words",
        sa.Column("word", _exact(40), primary_key=True),
        sa.Column(
            "tune_id", sa.Integer, sa.ForeignKey("tunes.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("weight", sa.Float, nullable=False),
        **_TABLE,
    )
    op.create_index("words_by_tune", "words", ["tune_id"])
    op.create_table(
        "imports",
        sa.Column("digest", _exact(64), primary_key=True),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("tunes", sa.Integer, nullable=False),
        sa.Column("finished", sa.DateTime, nullable=False),
        **_TABLE,
    )


def downgrade() -> None:
    """Remove the tables."""
    for name in ("imports", "words", "tunes"):
        op.drop_table(name)
