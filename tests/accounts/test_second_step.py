"""A second step: each code once, half a minute of drift, recovery codes, and turning it off."""

from datetime import UTC, datetime

import pyotp
import pytest
from flask import Flask

from surveyapp.accounts import one_time
from surveyapp.accounts.sign_in_code import TRIES
from surveyapp.storage.audit import newest
from surveyapp.storage.connection import reading
from surveyapp.storage.people import second_steps
from surveyapp.storage.people.staff import Role, Staff
from tests.accounts.making import CHIEF, PASSWORD, PEOPLE, browser_of, hired, signs_in
from tests.client import Client, Page

STEP = "/en/staff/account/second-step"
AT = datetime(2026, 11, 25, 12, 0, 10, tzinfo=UTC)
# RFC 6238, appendix B, the last six digits of its SHA-1 values.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")]
EMAIL = "analyst@county.example"


@pytest.fixture
def staff(app: Flask) -> Staff:
    """Somebody without a second step."""
    return hired(app, EMAIL, Role.analyst)


def turned_on(app: Flask, staff: Staff) -> tuple[Client, str, list[str]]:
    """Turn the step on on screen; return the browser, the secret and the recovery codes."""
    client = browser_of(app, staff)
    client.get(STEP)
    page = client.press("Go on", {"current": PASSWORD})
    secret = page.select(".steps code")[0].get_text().replace("-", "")
    # The code of half a minute ago leaves that of now for signing in.
    code = pyotp.TOTP(secret).generate_otp(one_time.step_at(datetime.now(UTC)) - 1)
    page = client.press(answers={"code": code})
    return client, secret, [one.get_text() for one in page.select(".codes code")]


def code_now(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).generate_otp(one_time.step_at(datetime.now(UTC)) + later)


def wrong_code(secret: str) -> str:
    return next(
        code
        for code in ("123456", "654321", "111222", "999000")
        if one_time.step_of(secret, code, datetime.now(UTC)) is None
    )


@pytest.mark.parametrize(("seconds", "code"), RFC)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert one_time.step_of(RFC_SECRET, code, at) == seconds // 30


def test_a_code_may_be_half_a_minute_off_and_no_more() -> None:
    here = one_time.step_at(AT)
    codes = {off: pyotp.TOTP(RFC_SECRET).generate_otp(here + off) for off in range(-2, 3)}
    found = {off: one_time.step_of(RFC_SECRET, code, AT) for off, code in codes.items()}
    assert found == {-2: None, -1: here - 1, 0: here, 1: here + 1, 2: None}
    assert one_time.step_of(RFC_SECRET, f" {codes[0][:3]} {codes[0][3:]} ", AT) == here
    assert one_time.step_of(RFC_SECRET, "", AT) is None


def test_a_secret_is_kept_sealed(app: Flask, staff: Staff) -> None:
    _client, secret, codes = turned_on(app, staff)
    with app.app_context():
        kept = second_steps.sealed_secret(staff, confirmed=True)
        assert kept is not None
        assert secret not in kept
        assert one_time.unsealed(kept) == secret
        assert one_time.unsealed(kept[:-4] + "AAA=") is None
        hashes = reading().exec_driver_sql("SELECT code_hash FROM recovery_code").scalars().all()
        assert len(hashes) == len(set(codes)) == second_steps.RECOVERY_CODES
        assert not set(codes) & set(hashes)


def with_password(app: Flask, status: int = 200) -> tuple[Client, Page]:
    client = Client(app)
    return client, signs_in(client, EMAIL, status=status)


def test_signing_in_asks_for_the_code_and_goes_where_it_was_going(app: Flask, staff: Staff) -> None:
    _client, secret, _codes = turned_on(app, staff)
    client = Client(app)
    client.get("/en/staff/account/")
    page = client.press("Sign in", {"email": EMAIL, "password": PASSWORD})
    assert page.heading == "Write your code"
    assert client.get("/en/staff/").path == "/en/staff/sign-in"
    client.get(page.url)
    assert client.press(answers={"code": code_now(secret)}).path == "/en/staff/account/"


def test_a_code_is_taken_once(app: Flask, staff: Staff) -> None:
    _client, secret, _codes = turned_on(app, staff)
    code = code_now(secret)
    first, _page = with_password(app)
    second, _page = with_password(app)
    assert first.press(answers={"code": code}).path == "/en/staff/"
    page = second.press(answers={"code": code}, status=400)
    assert "was used already" in page.words
    assert second.get("/en/staff/").path == "/en/staff/sign-in"
    with app.app_context():
        assert newest()[0].action == "second_step_refused"


def test_an_older_code_is_not_taken_after_a_newer_one(app: Flask, staff: Staff) -> None:
    turned_on(app, staff)
    with app.app_context():
        here = one_time.step_at(datetime.now(UTC))
        assert second_steps.take(staff, here + 1)
        assert not second_steps.take(staff, here + 1)
        assert not second_steps.take(staff, here)
        assert second_steps.take(staff, here + 2)


def test_a_recovery_code_signs_in_once(app: Flask, staff: Staff) -> None:
    _client, _secret, codes = turned_on(app, staff)
    first, _page = with_password(app)
    written = codes[3].lower().replace("-", " ")
    assert first.press(answers={"code": written}).path == "/en/staff/"
    assert "9 recovery codes are left" in first.get("/en/staff/account/").words
    second, _page = with_password(app)
    second.press(answers={"code": codes[3]}, status=400)
    second.press(answers={"code": codes[4]})


def test_too_many_codes_must_wait_even_for_the_right_one(app: Flask, staff: Staff) -> None:
    _client, secret, _codes = turned_on(app, staff)
    client, _page = with_password(app)
    # Turning it on was a try as well.
    for _try in range(TRIES - 1):
        client.press(answers={"code": wrong_code(secret)}, status=400)
    assert "wait 15 minutes" in client.press(answers={"code": code_now(secret)}, status=429).words


def test_the_code_page_is_for_who_wrote_the_password(app: Flask, staff: Staff) -> None:
    client, _secret, _codes = turned_on(app, staff)
    assert Client(app).get("/en/staff/sign-in/code").path == "/en/staff/sign-in"
    waiting, _page = with_password(app)
    client.get("/en/staff/account/")
    client.press("Sign out everywhere else")
    assert waiting.get("/en/staff/sign-in/code").path == "/en/staff/sign-in"


def test_turning_it_on_needs_the_password_and_a_right_code(app: Flask, staff: Staff) -> None:
    client = browser_of(app, staff)
    assert client.get(f"{STEP}/confirm").path == STEP
    assert client.press("Go on", {"current": "not mine at all"}, status=400).errors
    page = client.press("Go on", {"current": PASSWORD})
    secret = page.select(".steps code")[0].get_text().replace("-", "")
    assert page.select("svg[role=img]")[0]["aria-label"]
    page = client.press(answers={"code": wrong_code(secret)}, status=400)
    assert page.select(".steps code")[0].get_text().replace("-", "") == secret
    with app.app_context():
        assert not second_steps.is_on(staff)
    assert with_password(app)[1].path == "/en/staff/"


def test_it_is_turned_off_with_the_password_alone_then(app: Flask, staff: Staff) -> None:
    client, _secret, codes = turned_on(app, staff)
    client.get(STEP)
    client.press("Turn the second step off", {"current": "not mine at all"}, status=400)
    page = client.get(STEP)
    fresh = client.press("Make new recovery codes", {"current": PASSWORD})
    made = [one.get_text() for one in fresh.select(".codes code")]
    assert not set(made) & set(codes)
    client.press("Turn the second step off", {"current": PASSWORD}, on=page)
    assert with_password(app)[1].path == "/en/staff/"
    with app.app_context():
        assert second_steps.codes_left(staff) == 0


def test_an_administrator_helps_who_lost_everything(app: Flask, staff: Staff) -> None:
    turned_on(app, staff)
    chief = browser_of(app, hired(app, CHIEF))
    page = chief.get(f"{PEOPLE}{staff.id}/")
    assert "Turn their second step off" in page.words
    chief.press("Turn their second step off")
    assert with_password(app)[1].path == "/en/staff/"


def test_the_command_line_helps_too(app: Flask, staff: Staff) -> None:
    turned_on(app, staff)
    done = app.test_cli_runner().invoke(args=["staff", "second-step-off", EMAIL])
    assert done.exit_code == 0
    with app.app_context():
        assert not second_steps.is_on(staff)
