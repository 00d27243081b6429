"""Keep the signs that a response was not thought about."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    for table in ("visit", "response"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("signs", sa.Text(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Go back."""
    for table in ("response", "visit"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("signs")
