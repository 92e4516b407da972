"""What listeners do with tunes, for those who asked for a profile, and what was published in counts."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LONG_TEXT = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
_TABLE: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_engine": "InnoDB"}


def _exact(length: int) -> sa.String:
    return sa.String(length).with_variant(
        mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb"
    )


def _of(parent: str) -> sa.ForeignKey:
    """What belongs to a row of another table and goes with it."""
    return sa.ForeignKey(f"{parent}.id", ondelete="CASCADE")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "listeners",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hash", _exact(64), nullable=False, unique=True),
        sa.Column("prompts", sa.Boolean, nullable=False),
        sa.Column("seen", sa.Date, nullable=False),
        sqlite_autoincrement=True,
        **_TABLE,
    )
    op.create_index("ix_listeners_seen", "listeners", ["seen"])
    op.create_table(
        "events",
        sa.Column("listener_id", sa.Integer, _of("listeners"), primary_key=True),
        sa.Column("tune_id", sa.Integer, _of("tunes"), primary_key=True),
        sa.Column("action", _exact(8), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        **_TABLE,
    )
    op.create_index("ix_events_day", "events", ["day"])
    op.create_index("events_by_tune", "events", ["tune_id"])
    op.create_table(
        "prompts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("listener_id", sa.Integer, _of("listeners"), nullable=False),
        sa.Column("text", _LONG_TEXT, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        **_TABLE,
    )
    op.create_index("ix_prompts_day", "prompts", ["day"])
    op.create_index("prompts_by_listener", "prompts", ["listener_id"])
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("epsilon", sa.Integer, nullable=False),
        sa.Column("counts", _LONG_TEXT, nullable=False),
        **_TABLE,
    )
    op.create_table(
        "budgets",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("spent", sa.Integer, nullable=False),
        **_TABLE,
    )


def downgrade() -> None:
    """Remove the tables."""
    for name in ("budgets", "releases", "prompts", "events", "listeners"):
        op.drop_table(name)
