"""Staff open a wave on screen, give it other days and close it; the clock is the town's own."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from surveyapp.storage.audit import newest
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import Wave, collectors_of, samples_of, wave_of
from surveyapp.storage.people.staff import Role
from tests.client import Client, Page
from tests.designing.making import EMAIL, FIELDWORK, designer, fielded_once, sign_in
from tests.storage.making import NOW, SLUG, municipality, places, published

__all__ = ["designer"]
NEW = f"/en/staff/fieldwork/{SLUG}/new"
PLAN = {
    "code": "2030",
    "type": "open",
    "opens_day": "2030-03-04",
    "opens_time": "08:30",
    "closes_day": "2030-03-31",
    "results_day": "2030-06-15",
}


@pytest.fixture
def beginner(app: Flask) -> Client:
    """A designer with a published survey that was never in the field."""
    with app.app_context():
        published()
        places()
    return sign_in(app)


def found(app: Flask, code: str = "2030") -> Wave:
    with app.app_context():
        wave = wave_of(SLUG, code)
    assert wave is not None
    return wave


def facts(page: Page) -> list[str]:
    return [" ".join(one.get_text().split()) for one in page.select(".facts dd")]


def test_a_wave_is_opened_from_the_list(app: Flask, beginner: Client) -> None:
    beginner.get("/en/staff/fieldwork/")
    page = beginner.follow("Open a wave")
    assert "Eastern Time" in page.words
    page = beginner.press(answers=PLAN)
    assert page.heading == "Ways into wave 2030"
    assert facts(page) == [
        "Monday, March 4, 2030 at 8:30 a.m., Eastern Standard Time",
        "At the end of Sunday, March 31, 2030, Eastern Time",
        "Saturday, June 15, 2030",
    ]
    made = found(app)
    assert made.opens_at == datetime(2030, 3, 4, 13, 30, tzinfo=UTC)
    assert made.closes_at == datetime(2030, 4, 1, 4, tzinfo=UTC)
    with app.app_context():
        assert [one.type for one in samples_of(made.id)] == ["open"]
        told = [(one.actor, one.action) for one in newest()[:2]]
        assert told == [(EMAIL, "results_promised"), (EMAIL, "wave_opened")]


def test_the_days_of_a_wave_read_as_a_french_reader_expects(app: Flask, beginner: Client) -> None:
    beginner.get(NEW.replace("/en/", "/fr/"))
    page = beginner.press(answers=PLAN)
    assert page.heading == "Voies d’accès à la vague 2030"
    opens, closes, results = facts(page)
    assert opens.startswith("lundi 4 mars 2030 à 08 h 30, heure normale")
    assert closes.startswith("À la fin du dimanche 31 mars 2030, heure de l’Est")
    assert results == "samedi 15 juin 2030"


def test_a_wave_without_days_opens_at_once_and_stays_open(app: Flask, beginner: Client) -> None:
    beginner.get(NEW)
    page = beginner.press(answers={"code": "now", "type": "probability", "invited": "1,200"})
    assert "In the field" in page.words
    assert facts(page)[1].startswith("No last day")
    assert facts(page)[2] == "No day is told"
    assert "1,200 people invited" in page.words
    with app.app_context():
        wave_id = found(app, "now").id
        drawn, anybody = samples_of(wave_id)
        assert (drawn.type, drawn.invited, anybody.type) == ("probability", 1200, "open")
        # Who was not drawn never comes into the sample of those who were.
        ways = {(one.kind, one.is_default): one.sample_id for one in collectors_of(wave_id)}
        assert ways == {("invitation", False): drawn.id, ("open_link", True): anybody.id}
    assert found(app, "now").opens_at <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"opens_day": "2030-03-10", "opens_time": "02:30"}, "opens_time", "Choose 3:30"),
        ({"opens_day": "2030-02-30"}, "opens_day", "Write the day as"),
        ({"opens_day": "1030-02-03"}, "opens_day", "Write the day as"),
        ({"opens_day": "soon"}, "opens_day", "Write the day as"),
        ({"opens_time": "25:00"}, "opens_time", "Write the time as"),
        ({"opens_day": "", "opens_time": "08:00"}, "opens_day", "Choose the day"),
        ({"closes_day": "2030-03-03"}, "closes_day", "Choose a later day"),
        ({"results_day": "2030-03-31"}, "results_day", "Choose a later day"),
        ({"closes_day": "", "results_day": "2026-01-01"}, "results_day", "Choose a day that is"),
        ({"results_day": "in spring"}, "results_day", "Write the day as"),
        ({"code": "a wave"}, "code", "Write a code of small letters"),
        ({"invited": "400"}, "invited", "Leave the number of people invited empty"),
        ({"invited": "many"}, "invited", "Write a whole number"),
    ],
)
def test_what_cannot_be_is_explained_and_kept(
    app: Flask, beginner: Client, answers: dict[str, str], field: str, said: str
) -> None:
    beginner.get(NEW)
    page = beginner.press(answers={**PLAN, **answers}, status=400)
    assert page.errors[0][0] == field
    assert page.errors[0][1].startswith(said)
    for name in ("closes_day", "results_day"):
        assert page.fields()[name] == [{**PLAN, **answers}[name]]
    with app.app_context():
        assert wave_of(SLUG, "2030") is None


@pytest.mark.parametrize(
    ("hour", "opens", "closes"), [("01:30", 5, 6), ("02:30", 7, 7), ("00:30", 4, 4)]
)
def test_the_hour_that_comes_twice_opens_early_and_closes_late(
    app: Flask, beginner: Client, hour: str, opens: int, closes: int
) -> None:
    beginner.get(NEW)
    night = "2030-11-03"
    opens_then = {"opens_day": night, "opens_time": hour}
    beginner.press(answers={**PLAN, **opens_then, "closes_day": "", "results_day": ""})
    made = found(app)
    assert made.opens_at == datetime(2030, 11, 3, opens, 30, tzinfo=UTC)
    beginner.follow("Change when it opens or closes")
    beginner.press(answers={"opens_day": "2030-11-01", "closes_day": night, "closes_time": hour})
    assert found(app).closes_at == datetime(2030, 11, 3, closes, 30, tzinfo=UTC)


def test_a_wave_is_extended_and_closed_earlier(app: Flask, designer: Client) -> None:
    for day in ("2031-05-30", "2030-05-30"):
        designer.get(FIELDWORK)
        page = designer.follow("Change when it opens or closes")
        assert page.heading == "When wave 2026 closes"
        page = designer.press(answers={"closes_day": day})
        assert day[:4] in facts(page)[1]
    with app.app_context():
        first, second = newest()[1::-1]
        assert {first.action, second.action} == {"wave_retimed"}
        assert "no end, now" in first.subject
        assert "2031-05-31T00:00" in second.subject.partition("now")[0]
    page = designer.get(f"{FIELDWORK}times")
    assert page.fields()["closes_day"] == ["2030-05-30"]
    assert page.fields()["closes_time"] == [""]


def test_a_closing_that_is_past_is_refused(app: Flask, designer: Client) -> None:
    designer.get(f"{FIELDWORK}times")
    page = designer.press(answers={"closes_day": "2026-03-20"}, status=400)
    assert page.errors[0][0] == "closes_day"
    assert "still to come" in page.errors[0][1]
    assert found(app, "2026").closes_at is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_wave_is_closed_for_good(app: Flask, designer: Client, language: str) -> None:
    home = FIELDWORK.replace("/en/", f"/{language}/")
    page = designer.get(f"{home}close")
    assert {"en": "stays closed", "fr": "restera fermée"}[language] in page.words
    assert found(app, "2026").closed_at is None
    page = designer.press()
    assert page.path == home
    assert found(app, "2026").closed_at is not None
    with app.app_context():
        assert (newest()[0].actor, newest()[0].action) == (EMAIL, "wave_closed")
    assert not designer.get(f"{home}close").select("main button")


def test_what_was_on_the_screen_when_a_wave_closed_does_not_open_it(
    app: Flask, designer: Client
) -> None:
    designer.get(f"{FIELDWORK}times")
    with app.app_context():
        close_wave(SLUG, "2026", NOW + timedelta(days=1))
    page = designer.press(answers={"closes_day": "2031-05-30"}, status=400)
    assert page.errors[0][0] == "closes_day"
    assert page.select("#closes_day")


def test_a_day_for_results_is_moved_and_taken_back_after_closing(
    app: Flask, designer: Client
) -> None:
    designer.get(f"{FIELDWORK}times")
    designer.press(answers={"closes_day": "2031-05-30", "results_day": "2031-09-15"})
    designer.get(f"{FIELDWORK}times")
    page = designer.press(answers={"closes_day": "2031-09-30"}, status=400)
    assert page.errors == (
        ("results_day", "Choose a later day: results come after the wave closes"),
    )
    with app.app_context():
        close_wave(SLUG, "2026", datetime.now(UTC))
    closes_at = found(app, "2026").closes_at
    for day in ("2031-10-31", ""):
        designer.get(FIELDWORK)
        page = designer.follow("Change when results come")
        assert not page.controls(page.form(page.button())).keys() & {"opens_day", "closes_day"}
        designer.press(answers={"results_day": day})
        made = found(app, "2026")
        assert (str(made.results_on or ""), made.closes_at) == (day, closes_at)
    with app.app_context():
        told = [one.subject for one in newest() if one.action == "results_promised"]
    assert told == [
        f"{SLUG} 2026: 2031-10-31 now -",
        f"{SLUG} 2026: 2031-09-15 now 2031-10-31",
        f"{SLUG} 2026: - now 2031-09-15",
    ]


def test_the_list_says_what_a_new_wave_waits_for(app: Flask, designer: Client) -> None:
    page = designer.get("/en/staff/fieldwork/")
    assert "once wave 2026 is closed" in page.words
    designer.get(NEW)
    page = designer.press(answers=PLAN, status=400)
    assert page.errors == (
        ("code", "Close the wave that is open first: a survey has one open wave at a time"),
    )
    with app.app_context():
        close_wave(SLUG, "2026", NOW + timedelta(days=1))
    assert "Open a wave" in designer.get("/en/staff/fieldwork/").words
    page = designer.get(NEW)
    page = designer.press(answers={**PLAN, "code": "2026"}, status=400)
    assert page.errors[0][1].startswith("Choose another code")


@pytest.mark.parametrize("page", ["/new", "/2026/times", "/2026/close"])
def test_only_those_who_run_the_survey_come_to_its_waves(app: Flask, page: str) -> None:
    with app.app_context():
        fielded_once()
        municipality("other")
    address = f"/en/staff/fieldwork/{SLUG}{page}"
    Client(app).get(address, follow=False, status=303)
    stranger = sign_in(app, Role.designer, "other")
    stranger.get(address, status=403)
    token = stranger.get("/en/staff/").fields("Sign out")
    stranger.post(address, token, status=403)
    assert found(app, "2026").closed_at is None


def test_a_survey_without_an_edition_cannot_open(app: Flask) -> None:
    from surveyapp.questionnaire.document import read_draft
    from surveyapp.storage.drafting.surveys import save_draft
    from tests.questionnaire.making import whole

    with app.app_context():
        save_draft("unready", municipality().municipality_id, read_draft(whole()))
    client = sign_in(app)
    assert "once the questionnaire is published" in client.get("/en/staff/fieldwork/").words
    client.get("/en/staff/fieldwork/unready/new", status=404)
