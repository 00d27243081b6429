"""Keep edits of drafts, so that they can be taken back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "draft_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("commands", sa.Text(), nullable=False),
        sa.Column("inverse", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_draft_edit_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edit")),
    )
    op.create_index(op.f("ix_draft_edit_survey_id"), "draft_edit", ["survey_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_draft_edit_survey_id"), table_name="draft_edit")
    op.drop_table("draft_edit")
