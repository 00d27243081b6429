"""Keep the logos of municipalities under the hash of their bytes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "logo",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('image/png', 'image/svg+xml')", name=op.f("ck_logo_known_picture")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_logo_digest_is_sha256")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_logo")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("logo")
