"""Know which places lie where postal codes begin with a prefix."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("place_set") as batch:
        batch.add_column(sa.Column("prefix_digest", sa.String(), nullable=True))
    op.create_table(
        "place_prefix",
        sa.Column("place_set_id", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(prefix) IN (3, 4)", name=op.f("ck_place_prefix_three_characters_or_four")
        ),
        sa.CheckConstraint(
            "prefix = upper(prefix)", name=op.f("ck_place_prefix_prefix_in_upper_case")
        ),
        sa.ForeignKeyConstraint(
            ["place_set_id", "place_code"],
            ["place.place_set_id", "place.code"],
            name="fk_place_prefix_of_a_place_of_its_set",
        ),
        sa.PrimaryKeyConstraint(
            "place_set_id", "prefix", "place_code", name=op.f("pk_place_prefix")
        ),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("place_prefix")
    with op.batch_alter_table("place_set") as batch:
        batch.drop_column("prefix_digest")
