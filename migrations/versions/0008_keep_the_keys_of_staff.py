"""Keep sessions, links, second steps and recovery codes of staff."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _staff(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=f"fk_{table}_staff_id_staff")


def upgrade() -> None:
    """Go forward. Whoever was signed in signs in once more."""
    op.add_column("staff", sa.Column("switched_off_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "length(token_hash) = 64", name=op.f("ck_staff_session_token_is_hashed")
        ),
        _staff("staff_session"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"])
    op.create_table(
        "staff_link",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_staff_link_token_is_hashed")),
        _staff("staff_link"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_link_token_hash")),
    )
    op.create_table(
        "second_step",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=True),
        _staff("second_step"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_second_step")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.CheckConstraint("length(code_hash) = 64", name=op.f("ck_recovery_code_code_is_hashed")),
        _staff("recovery_code"),
        sa.PrimaryKeyConstraint("staff_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_audit_actor"), "audit", ["actor"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_audit_actor"), table_name="audit")
    op.drop_table("recovery_code")
    op.drop_table("second_step")
    op.drop_table("staff_link")
    op.drop_index(op.f("ix_staff_session_staff_id"), table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_column("staff", "switched_off_at")
