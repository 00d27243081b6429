"""Enter paper, twice where it is wanted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward. Paper that was in the field before is entered twice too."""
    op.create_table(
        "entry",
        sa.Column("collector_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.CheckConstraint("turn IN (1, 2)", name=op.f("ck_entry_first_or_second")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_entry_content_is_hashed")),
        sa.CheckConstraint(
            "length(sheet) BETWEEN 1 AND 20", name=op.f("ck_entry_sheet_number_is_short")
        ),
        sa.ForeignKeyConstraint(
            ["collector_id"], ["collector.id"], name=op.f("fk_entry_collector_id_collector")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_entry_staff_id_staff")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_entry_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("collector_id", "sheet", "turn", name=op.f("pk_entry")),
        sa.UniqueConstraint("collector_id", "sheet", "staff_id", name="uq_entry_by_two_people"),
    )
    with op.batch_alter_table("collector") as batch:
        batch.add_column(
            sa.Column("double_entry", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.create_check_constraint(
            batch.f("ck_collector_only_paper_is_entered_twice"),
            "kind = 'paper' OR NOT double_entry",
        )
    op.execute("UPDATE collector SET double_entry = (1 = 1) WHERE kind = 'paper'")


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("collector") as batch:
        batch.drop_constraint(batch.f("ck_collector_only_paper_is_entered_twice"), type_="check")
        batch.drop_column("double_entry")
    op.drop_table("entry")
