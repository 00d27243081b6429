"""Second steps: a code is taken once, a recovery code too, and a secret waits to be confirmed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.storage.audit import newest
from surveyapp.storage.connection import reading
from surveyapp.storage.people.second_steps import (
    RECOVERY_CODES,
    begin,
    codes_left,
    is_on,
    new_recovery_codes,
    sealed_secret,
    take,
    those_with_one,
    turn_off,
    turn_on,
    use_recovery_code,
)
from surveyapp.storage.people.staff import Role, Staff, add_staff
from surveyapp.storage.tables import RecoveryCodeRow
from tests.storage.making import NOW

pytestmark = pytest.mark.usefixtures("context")
STEP = 58_000_000


@pytest.fixture
def ann(context: Flask) -> Staff:
    """Somebody who signs in."""
    return add_staff("ann@elm.example", Role.analyst, "hash", by="test", now=NOW)


def test_a_secret_waits_until_a_code_of_it_was_right(ann: Staff) -> None:
    begin(ann, "first")
    begin(ann, "second")
    assert sealed_secret(ann, confirmed=False) == "second"
    assert not is_on(ann)
    codes = turn_on(ann, STEP, NOW)
    assert len(set(codes)) == RECOVERY_CODES == codes_left(ann)
    assert is_on(ann)
    assert those_with_one() == {ann.id}
    assert newest(1)[0].action == "second_step_turned_on"
    begin(ann, "third")
    assert sealed_secret(ann, confirmed=True) == "second"
    assert sealed_secret(ann, confirmed=False) is None


def test_a_code_is_taken_once_and_no_earlier_one_after_it(ann: Staff, app: Flask) -> None:
    begin(ann, "sealed")
    turn_on(ann, STEP, NOW)
    assert turn_on(ann, STEP, NOW) == ()
    assert not take(ann, STEP)
    assert not take(ann, STEP - 1)

    def at_once(_number: int) -> bool:
        with app.app_context():
            return take(ann, STEP + 1)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(at_once, range(4))) == 1


def test_a_recovery_code_is_used_once_however_it_is_written(ann: Staff) -> None:
    begin(ann, "sealed")
    codes = turn_on(ann, STEP, NOW)
    ben = add_staff("ben@elm.example", Role.analyst, "hash", by="test", now=NOW)
    assert not use_recovery_code(ben, codes[0], NOW)
    written = f" {codes[0][:4].lower()}-{codes[0][4:]} "
    assert use_recovery_code(ann, written, NOW)
    assert newest(1)[0].action == "recovery_code_used"
    assert not use_recovery_code(ann, codes[0], NOW)
    assert codes_left(ann) == RECOVERY_CODES - 1
    kept = reading().execute(select(RecoveryCodeRow.code_hash)).scalars().all()
    assert not set(codes) & set(kept)


def test_new_recovery_codes_take_the_place_of_the_old(ann: Staff) -> None:
    begin(ann, "sealed")
    old = turn_on(ann, STEP, NOW)
    new = new_recovery_codes(ann, NOW)
    assert not set(old) & set(new)
    assert not use_recovery_code(ann, old[0], NOW)
    assert use_recovery_code(ann, new[0], NOW)


def test_a_step_that_is_off_leaves_nothing(ann: Staff) -> None:
    begin(ann, "sealed")
    codes = turn_on(ann, STEP, NOW)
    turn_off(ann, by="chief", now=NOW)
    assert not is_on(ann)
    assert sealed_secret(ann, confirmed=False) is None
    assert not use_recovery_code(ann, codes[0], NOW)
    line = newest(1)[0]
    assert (line.actor, line.action, line.subject) == ("chief", "second_step_turned_off", ann.email)
