"""Personal invitations: used once, told once, and linked to no response."""

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from surveyapp.storage.audit import newest
from surveyapp.storage.codes import ALPHABET, ungrouped
from surveyapp.storage.collected.responses import Sending, submit
from surveyapp.storage.collected.visits import LIFETIME, start
from surveyapp.storage.connection import reading
from surveyapp.storage.field.collectors import Kind, WayInError, make_collector, make_sample
from surveyapp.storage.field.fielding import Fielding, fielding_of
from surveyapp.storage.field.invitations import (
    Invited,
    Invitee,
    SmallStratumError,
    cancel_unused,
    code_hash,
    codes_made,
    invitation_by_code,
    is_usable,
    least_alike,
    made_of,
    make_invitations,
    unlink_used,
)
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import Collector, Opening, samples_of
from surveyapp.storage.purge import purge
from surveyapp.storage.tables import InvitationRow, ResponseRow
from tests.questionnaire.making import questionnaire, whole
from tests.storage.making import NOW, SLUG, fielded, page
from tests.storage.test_races import together

BY = "designer@example.ca"
pytestmark = pytest.mark.usefixtures("context")


def mailing() -> Collector:
    """Give a collector for invitations to a probability sample."""
    wanted = Opening("", "probability", sample_code="mailed", invited=400)
    sample = make_sample(fielded().wave, wanted, by=BY, now=NOW)
    return make_collector(sample, Kind.invitation, by=BY, now=NOW)


def people(number: int, stratum: str = "north", weight: float = 40.5) -> list[Invitee]:
    """Give invitees of a stratum."""
    return [Invitee(stratum, weight, f"house {one}") for one in range(number)]


def made(number: int = 12) -> tuple[Collector, tuple[Invited, ...]]:
    """Give a collector with invitations."""
    collector = mailing()
    return collector, make_invitations(collector, people(number), by=BY, now=NOW)


def field_of(collector: Collector) -> Fielding:
    """Give the way in of a collector."""
    found = fielding_of(collector.code)
    assert found is not None
    return found


def answered(collector: Collector, code: str) -> str:
    """Begin a visit with a code and answer its first page."""
    found = invitation_by_code(code)
    assert found is not None
    token = start(field_of(collector), "en", NOW, found.id)
    page(token, "home", 0, {"place": "a"})
    return token


def test_codes_have_no_look_alikes_and_are_all_different() -> None:
    _collector, invited = made(40)
    codes = [one.code for one in invited]
    assert len(set(codes)) == 40
    for code in codes:
        assert len(code) == 9
        assert code[4] == "-"
        assert set(code) <= set(ALPHABET) | {"-"}
        assert not set(code) & set("O0I1L5S8B2ZUAEIO")


def test_only_a_keyed_hash_of_a_code_is_kept_and_no_reference() -> None:
    _collector, invited = made()
    rows = reading().execute(select(InvitationRow.__table__)).all()
    kept = " ".join(str(value) for row in rows for value in row)
    for one in invited:
        assert code_hash(one.code) in kept
        assert one.code not in kept
        assert ungrouped(one.code) not in kept
        assert one.invitee.reference not in kept
    hashes = [row.code_hash for row in rows]
    assert hashes == sorted(hashes)


@pytest.mark.parametrize("write", [str.lower, str.strip, ungrouped, " {} ".format])
def test_a_code_is_read_however_it_is_typed(write: object) -> None:
    collector, invited = made()
    found = invitation_by_code(write(invited[0].code))  # type: ignore[operator]
    assert found is not None
    assert (found.collector_id, found.used) == (collector.id, False)


@pytest.mark.parametrize("code", ["", "CCCC-CCCC", "CCCC", "\0", "é" * 8, "C" * 10_000])
def test_an_unknown_code_is_nobodys(code: str) -> None:
    made()
    assert invitation_by_code(code) is None


def test_stratum_and_weight_come_with_the_response() -> None:
    collector, invited = made()
    token = answered(collector, invited[3].code)
    assert submit(token, NOW).outcome is Sending.accepted
    row = reading().execute(select(ResponseRow)).one()
    assert (row.stratum, row.base_weight) == ("north", 40.5)
    assert (row.collector_id, row.sample_id) == (collector.id, collector.sample_id)
    found = invitation_by_code(invited[3].code)
    assert found is not None
    assert found.used
    assert not is_usable(found.id)


def test_the_first_of_two_visits_with_one_code_wins() -> None:
    collector, invited = made()
    first, second = (answered(collector, invited[0].code) for _ in range(2))
    assert submit(second, NOW).outcome is Sending.accepted
    assert submit(first, NOW).outcome is Sending.used
    assert len(reading().execute(select(ResponseRow.id)).all()) == 1


def test_visits_that_send_at_once_with_one_code_give_one_response(app: Flask) -> None:
    collector, invited = made()
    for turn in range(4):
        code = invited[turn].code
        tokens = [answered(collector, code) for _ in range(4)]
        receipts = together(app, *[lambda token=token: submit(token, NOW) for token in tokens])
        outcomes = Counter(receipt.outcome for receipt in receipts)
        assert outcomes == {Sending.accepted: 1, Sending.used: 3}
        assert sum(1 for receipt in receipts if receipt.code) == 1
    assert len(reading().execute(select(ResponseRow.id)).all()) == 4


def test_a_pair_of_stratum_and_weight_with_few_people_is_refused() -> None:
    collector = mailing()
    mixed = people(12) + people(11, "south") + people(1, "north", 41.0)
    with pytest.raises(SmallStratumError) as refused:
        make_invitations(collector, mixed, by=BY, now=NOW)
    assert refused.value.pairs == {("south", 40.5): 11, ("north", 41.0): 1}
    assert refused.value.least == 12
    assert made_of(collector.id) == {}


def test_a_later_batch_counts_with_what_is_there() -> None:
    collector, _invited = made(12)
    make_invitations(collector, people(1), by=BY, now=NOW)
    assert made_of(collector.id) == {("north", 40.5): 13}
    assert (codes_made([collector.id]), codes_made([])) == (13, 0)


def test_a_sensitive_survey_raises_the_least() -> None:
    assert least_alike(questionnaire()) == 12
    assert least_alike(questionnaire(whole() | {"sensitive": True})) == 20
    raised = whole() | {"sensitive": True, "floors": {"sensitive": 30}}
    assert least_alike(questionnaire(raised)) == 30


def test_invitations_need_their_kind_and_an_open_wave() -> None:
    collector = mailing()
    (other, *_rest) = samples_of(collector.wave_id)
    paper = make_collector(other, Kind.paper, by=BY, now=NOW)
    with pytest.raises(WayInError, match="not for invitations"):
        make_invitations(paper, people(12), by=BY, now=NOW)
    with pytest.raises(WayInError, match="codes out of range"):
        make_invitations(collector, [], by=BY, now=NOW)
    close_wave(SLUG, "2026", NOW)
    with pytest.raises(WayInError, match="wave closed"):
        make_invitations(collector, people(12), by=BY, now=NOW)


def test_lost_invitations_are_cancelled_but_not_those_in_use() -> None:
    collector, invited = made()
    submit(answered(collector, invited[0].code), NOW)
    begun = answered(collector, invited[1].code)
    assert cancel_unused(collector, by=BY, now=NOW) == 10
    assert invitation_by_code(invited[2].code) is None
    assert submit(begun, NOW).outcome is Sending.accepted
    assert sum(made_of(collector.id).values()) == 2
    assert [one.action for one in newest()[:2]] == ["invitations_cancelled", "invitations_made"]
    assert newest()[1].subject == f"{collector.code}: 12"


def stamps(table: str) -> set[str]:
    """Return the transactions that wrote a table's rows, as PostgreSQL knows them."""
    return {str(row[0]) for row in reading().execute(text(f"SELECT xmin FROM {table}"))}


def test_after_a_purge_no_stamp_of_the_database_links_a_code_to_a_response() -> None:
    collector, invited = made()
    for one in invited[:3]:
        submit(answered(collector, one.code), NOW)
    waiting = answered(collector, invited[0].code)
    on_postgresql = reading().dialect.name == "postgresql"
    if on_postgresql:
        assert stamps("invitation") & stamps("response")
    before = made_of(collector.id)
    purge(NOW)
    assert made_of(collector.id) == before
    assert [invitation_by_code(one.code).used for one in invited[:4]] == [True] * 3 + [False]
    assert submit(waiting, NOW).outcome is Sending.used
    assert unlink_used() == (3 if on_postgresql else 0)
    if on_postgresql:
        assert not stamps("invitation") & stamps("response")
        places = "SELECT code_hash FROM invitation WHERE used ORDER BY ctid"
        hashes = list(reading().execute(text(places)).scalars())
        assert hashes == sorted(hashes)


def test_an_invitation_outlives_a_visit_that_was_left() -> None:
    collector, invited = made()
    answered(collector, invited[0].code)
    purge(NOW + LIFETIME)
    assert submit(answered(collector, invited[0].code), NOW).outcome is Sending.accepted


def test_invitations_go_when_the_retention_of_their_wave_ends() -> None:
    collector, invited = made()
    submit(answered(collector, invited[0].code), NOW)
    close_wave(SLUG, "2026", NOW)
    months = questionnaire().retention_months
    purge(NOW + timedelta(days=30 * months - 60))
    assert made_of(collector.id) == {("north", 40.5): 12}
    purge(NOW + timedelta(days=31 * months + 31))
    assert made_of(collector.id) == {}
