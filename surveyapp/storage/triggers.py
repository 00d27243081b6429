"""What the database itself refuses: one list of triggers for both databases."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True)
class Trigger:
    """Refuse an event on a table, always or when a condition on OLD and NEW holds."""

    table: str
    event: str
    refusal: str
    when: str = ""

    @property
    def name(self) -> str:
        """The trigger's name in the database."""
        return f"{self.table}_refuses_{self.event.lower()}"


_PINNED = "EXISTS (SELECT 1 FROM wave WHERE wave.place_set_id = {row}.place_set_id)"

TRIGGERS = (
    Trigger("edition", "UPDATE", "a published edition never changes"),
    Trigger("edition", "DELETE", "a published edition never goes"),
    Trigger(
        "survey",
        "UPDATE",
        "a published survey keeps its address",
        "NEW.slug <> OLD.slug AND EXISTS (SELECT 1 FROM edition WHERE edition.survey_id = OLD.id)",
    ),
    Trigger("draft_origin", "UPDATE", "what became of a file never changes"),
    Trigger("profile", "UPDATE", "a profile version never changes"),
    Trigger("profile", "DELETE", "a profile version never goes"),
    Trigger("release", "UPDATE", "a release never changes"),
    Trigger("release", "DELETE", "a release never goes"),
    Trigger("interim", "UPDATE", "a count that was shown never changes"),
    Trigger("interim", "DELETE", "a count that was shown never goes"),
    Trigger("audit", "UPDATE", "the audit log never changes"),
    Trigger("audit", "DELETE", "the audit log never goes"),
    Trigger("place", "INSERT", "a place set in the field never grows", _PINNED.format(row="NEW")),
    Trigger("place", "UPDATE", "a place set in the field never changes", _PINNED.format(row="OLD")),
    Trigger("place", "DELETE", "a place set in the field never shrinks", _PINNED.format(row="OLD")),
    Trigger(
        "wave",
        "UPDATE",
        "a wave keeps its survey and its places, counts up, and closes once",
        "NEW.survey_id <> OLD.survey_id OR NEW.place_set_id <> OLD.place_set_id"
        " OR NEW.time_zone <> OLD.time_zone OR NEW.last_change < OLD.last_change"
        " OR (OLD.closed_at IS NOT NULL"
        " AND (NEW.closed_at IS NULL OR NEW.closed_at <> OLD.closed_at))",
    ),
    Trigger(
        "sample",
        "UPDATE",
        "a sample keeps its wave and its type",
        "NEW.wave_id <> OLD.wave_id OR NEW.type <> OLD.type OR NEW.code <> OLD.code",
    ),
    Trigger(
        "collector",
        "UPDATE",
        "a collector keeps its sample and its mode",
        "NEW.sample_id <> OLD.sample_id OR NEW.wave_id <> OLD.wave_id OR NEW.mode <> OLD.mode",
    ),
    Trigger(
        "invitation",
        "UPDATE",
        "an invitation is used once",
        "OLD.used OR NEW.stratum <> OLD.stratum OR NEW.base_weight <> OLD.base_weight",
    ),
    Trigger("entry", "UPDATE", "what was typed from paper never changes"),
    Trigger("response", "UPDATE", "a response never changes"),
    # A response goes only after its withdrawal is on record: the snapshot masks what it reads.
    Trigger(
        "response",
        "DELETE",
        "a response goes only when withdrawn",
        "NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.wave_id = OLD.wave_id"
        " AND withdrawal.of_change_no = OLD.change_no)",
    ),
    Trigger("withdrawal", "UPDATE", "a withdrawal never changes"),
    Trigger("withdrawal", "DELETE", "a withdrawal never goes"),
    Trigger(
        "submission",
        "UPDATE",
        "what was submitted never changes",
        "NEW.key_hash <> OLD.key_hash OR NEW.receipt_hash <> OLD.receipt_hash"
        " OR NEW.content_hash <> OLD.content_hash OR NEW.wave_id <> OLD.wave_id"
        " OR NEW.response_id <> OLD.response_id"
        " OR (OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn')",
    ),
    Trigger(
        "submission",
        "DELETE",
        "a submission goes only after its response",
        "OLD.response_id IS NOT NULL",
    ),
)


def _sqlite(trigger: Trigger) -> Iterator[str]:
    when = f" WHEN {trigger.when}" if trigger.when else ""
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table}"
        f" FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, '{trigger.refusal}'); END"
    )


def _postgresql(trigger: Trigger) -> Iterator[str]:
    # Older servers forbid subqueries in WHEN: the condition stands in the function instead.
    # A condition on a NULL is unknown: as on SQLite, only what is true refuses.
    through = "RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;"
    guard = f"IF ({trigger.when}) IS NOT TRUE THEN {through} END IF; " if trigger.when else ""
    yield (
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger AS $$ BEGIN {guard}"
        f"RAISE EXCEPTION '{trigger.refusal}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$ LANGUAGE plpgsql"
    )
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {trigger.name}()"
    )


def creating(dialect: str, tables: Collection[str]) -> Iterator[str]:
    """Write the statements that make the triggers of some tables."""
    for trigger in TRIGGERS:
        if trigger.table in tables:
            yield from _sqlite(trigger) if dialect == "sqlite" else _postgresql(trigger)


def present(connection: Connection) -> tuple[tuple[str, str], ...]:
    """List the triggers that a database has, as pairs of table and name."""
    sqlite = connection.dialect.name == "sqlite"
    found = connection.exec_driver_sql(
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        if sqlite
        else "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        " ORDER BY tgname"
    )
    return tuple((str(row[0]), str(row[1])) for row in found)


def dropping(connection: Connection) -> Iterator[str]:
    """Write the statements that remove every trigger a database has, old ones too."""
    for table, name in present(connection):
        if connection.dialect.name == "sqlite":
            yield f"DROP TRIGGER {name}"
        else:
            yield f"DROP TRIGGER {name} ON {table}"
            yield f"DROP FUNCTION {name}()"
