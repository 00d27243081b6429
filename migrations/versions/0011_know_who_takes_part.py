"""Know which municipalities take part in a survey of another."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "partner",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_partner_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_partner_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("survey_id", "municipality_id", name=op.f("pk_partner")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("partner")
