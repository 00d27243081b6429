"""Take codes to come back with."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("visit") as batch:
        batch.add_column(sa.Column("resume_hash", sa.String(), nullable=True))
        batch.add_column(sa.Column("sealed_token", sa.String(), nullable=True))
        batch.add_column(sa.Column("resume_until", sa.BigInteger(), nullable=True))
        batch.create_unique_constraint(batch.f("uq_visit_resume_hash"), ["resume_hash"])
        batch.create_check_constraint(
            batch.f("ck_visit_code_seals_its_token"),
            "(resume_hash IS NULL) = (sealed_token IS NULL)"
            " AND (resume_hash IS NULL) = (resume_until IS NULL)",
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("visit") as batch:
        batch.drop_constraint(batch.f("ck_visit_code_seals_its_token"), type_="check")
        batch.drop_constraint(batch.f("uq_visit_resume_hash"), type_="unique")
        batch.drop_column("resume_until")
        batch.drop_column("sealed_token")
        batch.drop_column("resume_hash")
