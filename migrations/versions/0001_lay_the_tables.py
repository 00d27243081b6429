"""Lay the tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("slug", name=op.f("uq_municipality_slug")),
    )
    op.create_table(
        "place_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_set")),
        sa.UniqueConstraint("code", name=op.f("uq_place_set_code")),
    )
    op.create_table(
        "rate_limit",
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("window_at", sa.BigInteger(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "key_hash", "window_at", name=op.f("pk_rate_limit")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role IN ('designer', 'translator', 'publisher', 'analyst', 'administrator')",
            name=op.f("ck_staff_known_role"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_staff_email_in_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_set_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("margins", sa.Text(), nullable=True),
        sa.Column("agreement_required", sa.Boolean(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "level IN ('region', 'municipality', 'neighbourhood')",
            name=op.f("ck_place_known_level"),
        ),
        sa.CheckConstraint(
            "parent_code IS NULL OR parent_code <> code",
            name=op.f("ck_place_no_place_holds_itself"),
        ),
        sa.CheckConstraint(
            "population IS NULL OR population >= 0", name=op.f("ck_place_population_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["place_set_id"], ["place_set.id"], name=op.f("fk_place_place_set_id_place_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("place_set_id", "code", name=op.f("uq_place_place_set_id")),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_profile_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("municipality_id", "version", name=op.f("uq_profile_municipality_id")),
    )
    op.create_table(
        "staff_municipality",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_staff_municipality_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_municipality_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("staff_id", "municipality_id", name=op.f("pk_staff_municipality")),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["municipality.id"], name=op.f("fk_survey_owner_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("slug", name=op.f("uq_survey_slug")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("acceptances", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(fingerprint) = 64", name=op.f("ck_edition_fingerprint_is_sha256")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_edition_numbered_from_one")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_edition_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_edition_survey_id")),
    )
    op.create_table(
        "wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place_set_id", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("last_change", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closes_at IS NULL OR closes_at > opens_at", name=op.f("ck_wave_closes_after_it_opens")
        ),
        sa.CheckConstraint("last_change >= 0", name=op.f("ck_wave_changes_not_negative")),
        sa.ForeignKeyConstraint(
            ["place_set_id"], ["place_set.id"], name=op.f("fk_wave_place_set_id_place_set")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_wave_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave")),
        sa.UniqueConstraint("survey_id", "code", name=op.f("uq_wave_survey_id")),
    )
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.create_index(
            "uq_wave_one_open_a_survey",
            ["survey_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=False),
        sa.Column("cut_off_at", sa.BigInteger(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_release_numbered_from_one")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_release_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_release_wave_id")),
    )
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "invited IS NULL OR type = 'probability'",
            name=op.f("ck_sample_only_a_probability_invites"),
        ),
        sa.CheckConstraint(
            "type IN ('probability', 'open')", name=op.f("ck_sample_probability_or_open")
        ),
        sa.CheckConstraint("invited >= 0", name=op.f("ck_sample_invited_not_negative")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_sample_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("id", "wave_id", name="uq_sample_with_its_wave"),
        sa.UniqueConstraint("wave_id", "code", name=op.f("uq_sample_wave_id")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=False),
        sa.Column("of_change_no", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "change_no > of_change_no", name=op.f("ck_withdrawal_after_what_it_withdraws")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_withdrawal_wave_id_wave")),
        sa.PrimaryKeyConstraint("wave_id", "change_no", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint("wave_id", "of_change_no", name=op.f("uq_withdrawal_wave_id")),
    )
    op.create_table(
        "collector",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('open_link', 'invitation', 'qr', 'kiosk', 'paper', 'phone')",
            name=op.f("ck_collector_known_kind"),
        ),
        sa.CheckConstraint(
            "mode IN ('web', 'kiosk', 'paper', 'phone')", name=op.f("ck_collector_known_mode")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_collector_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["sample_id", "wave_id"],
            ["sample.id", "sample.wave_id"],
            name="fk_collector_in_the_wave_of_its_sample",
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_collector_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collector")),
        sa.UniqueConstraint("code", name=op.f("uq_collector_code")),
        sa.UniqueConstraint("id", "wave_id", "sample_id", name="uq_collector_with_its_sample"),
    )
    with op.batch_alter_table("collector", schema=None) as batch_op:
        batch_op.create_index(
            "uq_collector_one_default_a_wave",
            ["wave_id"],
            unique=True,
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        )

    op.create_table(
        "fieldwork_count",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("last_page", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('submitted', 'left')", name=op.f("ck_fieldwork_count_known_outcome")
        ),
        sa.CheckConstraint("visits > 0", name=op.f("ck_fieldwork_count_counts_something")),
        sa.ForeignKeyConstraint(
            ["collector_id"],
            ["collector.id"],
            name=op.f("fk_fieldwork_count_collector_id_collector"),
        ),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name=op.f("fk_fieldwork_count_wave_id_wave")
        ),
        sa.PrimaryKeyConstraint(
            "wave_id",
            "collector_id",
            "ended_on",
            "language",
            "last_page",
            "outcome",
            name=op.f("pk_fieldwork_count"),
        ),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("base_weight", sa.Double(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.CheckConstraint("base_weight > 0", name=op.f("ck_invitation_weight_above_zero")),
        sa.ForeignKeyConstraint(
            ["collector_id"], ["collector.id"], name=op.f("fk_invitation_collector_id_collector")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )
    op.create_table(
        "response",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=True),
        sa.Column("base_weight", sa.Double(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.CheckConstraint("base_weight > 0", name=op.f("ck_response_weight_above_zero")),
        sa.CheckConstraint("change_no >= 1", name=op.f("ck_response_changes_count_from_one")),
        sa.CheckConstraint("length(id) = 32", name=op.f("ck_response_id_is_random")),
        sa.CheckConstraint(
            "minutes BETWEEN 0 AND 120", name=op.f("ck_response_minutes_are_capped")
        ),
        sa.ForeignKeyConstraint(
            ["collector_id", "wave_id", "sample_id"],
            ["collector.id", "collector.wave_id", "collector.sample_id"],
            name="fk_response_in_the_wave_and_sample_of_its_collector",
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_response_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_response_profile_id_profile")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_response_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("wave_id", "change_no", name=op.f("uq_response_wave_id")),
    )
    op.create_table(
        "submission",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("receipt_hash", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (response_id IS NOT NULL)",
            name=op.f("ck_submission_accepted_while_its_response_is_kept"),
        ),
        sa.CheckConstraint(
            "state IN ('accepted', 'withdrawn')", name=op.f("ck_submission_known_state")
        ),
        sa.CheckConstraint(
            "length(key_hash) = 64 AND length(receipt_hash) = 64 AND length(content_hash) = 64",
            name=op.f("ck_submission_hashes_only"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_submission_response_id_response")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_submission_wave_id_wave")),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_submission")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_submission_receipt_hash")),
        sa.UniqueConstraint("response_id", name=op.f("uq_submission_response_id")),
    )
    op.create_table(
        "visit",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("saved", sa.Text(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("furthest", sa.String(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("counter >= 0", name=op.f("ck_visit_counter_not_negative")),
        sa.CheckConstraint(
            "expires_at > started_at", name=op.f("ck_visit_expires_after_it_started")
        ),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_visit_token_is_hashed")),
        sa.ForeignKeyConstraint(
            ["collector_id"], ["collector.id"], name=op.f("fk_visit_collector_id_collector")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_visit_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_visit_invitation_id_invitation")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_visit_profile_id_profile")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_visit")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("visit")
    op.drop_table("submission")
    op.drop_table("response")
    op.drop_table("invitation")
    op.drop_table("fieldwork_count")
    with op.batch_alter_table("collector", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_collector_one_default_a_wave",
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        )

    op.drop_table("collector")
    op.drop_table("withdrawal")
    op.drop_table("sample")
    op.drop_table("release")
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_wave_one_open_a_survey",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("wave")
    op.drop_table("edition")
    op.drop_table("survey")
    op.drop_table("staff_municipality")
    op.drop_table("profile")
    op.drop_table("place")
    op.drop_table("staff")
    op.drop_table("rate_limit")
    op.drop_table("place_set")
    op.drop_table("municipality")
    op.drop_table("audit")
