"""Personal ways in: codes given out once, kept as keyed hashes, used once, linked to nothing.

A response keeps its stratum and base weight, so few people with the same pair would be few people
to tell apart: a batch that leaves a pair with fewer people than the survey's floor is refused.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, select, text

from surveyapp.questionnaire.model import Draft
from surveyapp.storage.audit import Action, record
from surveyapp.storage.codes import grouped, keyed, new_code, ungrouped
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.drafting.surveys import newest_edition
from surveyapp.storage.field.collectors import Kind, WayInError
from surveyapp.storage.field.waves import Collector, wave
from surveyapp.storage.tables import CollectorRow, InvitationRow, SampleRow, VisitRow

# 36 bits: with a hundred thousand codes out, one guess in half a million is right.
CODE_LENGTH = 8
MOST_AT_ONCE = 100_000
Pair = tuple[str, float]


@dataclass(frozen=True)
class Invitee:
    """One person of the sampling frame. ``reference`` is the mailing house's: never stored."""

    stratum: str
    base_weight: float
    reference: str = ""


@dataclass(frozen=True)
class Invited:
    """An invitee with the code that was made: it exists in this value and nowhere else."""

    code: str
    invitee: Invitee


@dataclass(frozen=True)
class Invitation:
    """A code that somebody wrote, as it is known."""

    id: int
    collector_id: int
    used: bool


class SmallStratumError(Exception):
    """Some pairs of stratum and weight would hold too few people; ``pairs`` counts them."""

    def __init__(self, pairs: Mapping[Pair, int], least: int) -> None:
        super().__init__(
            ", ".join(f"{name} at {weight:g}: {n}" for (name, weight), n in pairs.items())
        )
        self.pairs = pairs
        self.least = least


def least_alike(questionnaire: Draft) -> int:
    """Return how many invited people must share a stratum and weight: the survey's own floor."""
    floors = questionnaire.floors
    return floors.sensitive if questionnaire.sensitive else floors.general


def least_in_stratum(collector: Collector) -> int:
    """Return that number for the survey of a collector."""
    edition = newest_edition(wave(collector.wave_id).survey_id)
    assert edition is not None, "a wave has an edition"
    return least_alike(edition.questionnaire)


def code_hash(code: str) -> str:
    """Hash a code as it is kept, however it is typed."""
    return keyed("invitation", ungrouped(code))


def invitation_by_code(code: str) -> Invitation | None:
    """Find the invitation of a code, as typed from paper."""
    if len(ungrouped(code)) != CODE_LENGTH:
        return None
    query = select(InvitationRow).where(InvitationRow.code_hash == code_hash(code))
    row = reading().execute(query).first()
    return Invitation(row.id, row.collector_id, row.used) if row else None


def is_usable(invitation_id: int) -> bool:
    """Tell whether an invitation is there and nobody has answered with it."""
    used = reading().execute(select(InvitationRow.used).where(InvitationRow.id == invitation_id))
    return used.scalar() is False


def made_of(collector_id: int) -> dict[Pair, int]:
    """Count the invitations of a collector by stratum and weight, used or not."""
    pair = (InvitationRow.stratum, InvitationRow.base_weight)
    query = select(*pair, func.count()).where(InvitationRow.collector_id == collector_id)
    rows = reading().execute(query.group_by(*pair).order_by(*pair)).all()
    return {(name, weight): int(number) for name, weight, number in rows}


def codes_made(collector_ids: Collection[int]) -> int:
    """Count the invitations of some collectors, used or not."""
    query = select(func.count()).select_from(InvitationRow)
    mine = InvitationRow.collector_id.in_(sorted(collector_ids))
    return int(reading().execute(query.where(mine)).scalar_one())


def _refuse(collector: Collector, invitees: Sequence[Invitee]) -> None:
    if Kind(collector.kind) is not Kind.invitation:
        raise WayInError("not_for_invitations")
    sample_type = select(SampleRow.type).where(SampleRow.id == collector.sample_id)
    if reading().execute(sample_type).scalar() != "probability":
        raise WayInError("invitation_needs_probability")
    if wave(collector.wave_id).closed_at is not None:
        raise WayInError("wave_closed")
    if not 0 < len(invitees) <= MOST_AT_ONCE:
        raise WayInError("codes_out_of_range")
    wanted = Counter((one.stratum, one.base_weight) for one in invitees)
    before = made_of(collector.id)
    least = least_in_stratum(collector)
    totals = {pair: number + before.get(pair, 0) for pair, number in wanted.items()}
    small = {pair: total for pair, total in totals.items() if total < least}
    if small:
        raise SmallStratumError(small, least)


def _new_codes(number: int) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    while len(codes) < number:
        codes[new_code(CODE_LENGTH)] = None
    return tuple(codes)


def make_invitations(
    collector: Collector, invitees: Sequence[Invitee], *, by: str, now: datetime
) -> tuple[Invited, ...]:
    """Make a code for each invitee and return them: nobody can read them again.

    Rows are stored in order of their hash, so that the order of the file tells nothing.

    :raise WayInError: if the collector is not for invitations to a probability sample.
    :raise SmallStratumError: naming each stratum that would hold too few people.
    """
    _refuse(collector, invitees)
    invited = tuple(
        Invited(grouped(code), one)
        for code, one in zip(_new_codes(len(invitees)), invitees, strict=True)
    )
    rows = sorted(
        (
            {
                "collector_id": collector.id,
                "code_hash": code_hash(one.code),
                "stratum": one.invitee.stratum,
                "base_weight": one.invitee.base_weight,
            }
            for one in invited
        ),
        key=lambda row: str(row["code_hash"]),
    )
    with writing() as connection:
        connection.execute(insert(InvitationRow), rows)
        subject = f"{collector.code}: {len(rows)}"
        record(connection, by, Action.invitations_made, subject, now)
    return invited


def cancel_unused(collector: Collector, *, by: str, now: datetime) -> int:
    """Delete the invitations of a collector that nobody has begun with; return how many.

    For a list that was lost before it was printed. Whoever is answering can finish.
    """
    begun = exists().where(VisitRow.invitation_id == InvitationRow.id)
    with writing() as connection:
        gone = connection.execute(
            delete(InvitationRow).where(
                InvitationRow.collector_id == collector.id, InvitationRow.used.is_(False), ~begun
            )
        ).rowcount
        record(connection, by, Action.invitations_cancelled, f"{collector.code}: {gone}", now)
    return int(gone)


def drop_of_wave(connection: Connection, wave_id: int) -> None:
    """Delete the invitations of a wave whose retention ended, inside ``writing()``."""
    ways = select(CollectorRow.id).where(CollectorRow.wave_id == wave_id)
    held = exists().where(VisitRow.invitation_id == InvitationRow.id)
    connection.execute(delete(InvitationRow).where(InvitationRow.collector_id.in_(ways), ~held))


def unlink_used() -> int:
    """Write every used invitation anew, all in one transaction; return how many.

    PostgreSQL stamps each row with the transaction that wrote it, and the flag is set in the one
    that stores the response: until this ran, the two stamps were the same. Written anew in the
    order of their hashes, neither the stamp nor the place on disk tells which came when.
    """
    with writing() as connection:
        if connection.dialect.name != "postgresql":
            return 0
        return int(connection.execute(_REWRITE).scalar_one())


_REWRITE = text(
    "WITH gone AS (DELETE FROM invitation WHERE used RETURNING *),"
    " again AS (INSERT INTO invitation SELECT * FROM gone ORDER BY code_hash RETURNING id)"
    " SELECT count(*) FROM again"
)
