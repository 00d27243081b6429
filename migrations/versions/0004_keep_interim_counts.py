"""Keep the counts of a wave in the field that staff were shown."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "interim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=False),
        sa.Column("cut_off_at", sa.BigInteger(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_interim_numbered_from_one")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_interim_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interim")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_interim_wave_id")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("interim")
