"""What a model made of a tune: a vector by tune and by the model's digest."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BYTES = sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
_DIGEST = sa.String(64).with_variant(
    mysql.VARCHAR(64, charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb"
)
_TABLE: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_engine": "InnoDB"}


def upgrade() -> None:
    """Make the table."""
    tune = sa.ForeignKey("tunes.id", ondelete="CASCADE")
    op.create_table(
        "vectors",
        sa.Column("model", _DIGEST, primary_key=True),
        sa.Column("tune_id", sa.Integer, tune, primary_key=True),
        sa.Column("numbers", _BYTES, nullable=False),
        **_TABLE,
    )
    op.create_index("vectors_by_tune", "vectors", ["tune_id"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("vectors")
