"""What the database itself refuses: one list of triggers for both databases."""

from collections.abc import Iterator
from dataclasses import dataclass


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


TRIGGERS = (
    Trigger("edition", "UPDATE", "a published edition never changes"),
    Trigger("edition", "DELETE", "a published edition never goes"),
    Trigger("profile", "UPDATE", "a profile version never changes"),
    Trigger("profile", "DELETE", "a profile version never goes"),
    Trigger("release", "UPDATE", "a release never changes"),
    Trigger("release", "DELETE", "a release never goes"),
    Trigger("audit", "UPDATE", "the audit log never changes"),
    Trigger("audit", "DELETE", "the audit log never goes"),
    Trigger("response", "UPDATE", "a response never changes"),
    # A response goes only after its withdrawal is on record: the snapshot masks what it reads.
    Trigger(
        "response",
        "DELETE",
        "a response goes only when withdrawn",
        "NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.wave_id = OLD.wave_id"
        " AND withdrawal.of_change_no = OLD.change_no)",
    ),
    Trigger(
        "submission",
        "UPDATE",
        "what was submitted never changes",
        "NEW.key_hash <> OLD.key_hash OR NEW.receipt_hash <> OLD.receipt_hash"
        " OR NEW.content_hash <> OLD.content_hash OR NEW.wave_id <> OLD.wave_id",
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
    test = f"IF NOT ({trigger.when}) THEN RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;"
    guard = f"{test} END IF; " if trigger.when else ""
    yield (
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger AS $$ BEGIN {guard}"
        f"RAISE EXCEPTION '{trigger.refusal}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$ LANGUAGE plpgsql"
    )
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {trigger.name}()"
    )


def creating(dialect: str) -> Iterator[str]:
    """Write the statements that make every trigger."""
    for trigger in TRIGGERS:
        yield from _sqlite(trigger) if dialect == "sqlite" else _postgresql(trigger)


def dropping(dialect: str) -> Iterator[str]:
    """Write the statements that remove every trigger, if it is there."""
    for trigger in TRIGGERS:
        table = "" if dialect == "sqlite" else f" ON {trigger.table}"
        yield f"DROP TRIGGER IF EXISTS {trigger.name}{table}"
