"""Keep what became of the file that a draft began with."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "draft_origin",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("unlisted", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(key) = 64", name=op.f("ck_draft_origin_key_is_sha256")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_draft_origin_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_draft_origin")),
        sa.UniqueConstraint("key", name=op.f("uq_draft_origin_key")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("draft_origin")
