"""Health, error pages, and HTTPS behind a proxy."""

from dataclasses import replace

import pytest
from flask import Flask

from config import Settings
from surveyapp import create_app
from surveyapp.storage.connection import writing
from tests.answering.making import begun, in_the_field, walked
from tests.client import Client
from tests.conftest import dispose
from tests.storage.making import SLUG

PROXIED = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "survey.example.ca",
    "HTTP_X_FORWARDED_FOR": "203.0.113.7",
    "HTTP_REFERER": "https://survey.example.ca/en/",
    "HTTP_ORIGIN": "https://survey.example.ca",
}


def test_health_is_told_in_json(app: Flask, client: Client) -> None:
    assert client.get("/healthz").response.json == {"status": "ok"}
    assert client.get("/readyz").response.json == {"status": "ready"}
    with app.app_context(), writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert client.get("/healthz").status == 200
    assert "migrations" in client.get("/readyz", status=503).text


def test_a_fault_answers_in_both_languages_with_nothing_but_itself(app: Flask) -> None:
    def fail() -> str:
        raise ZeroDivisionError

    app.add_url_rule("/en/fails", view_func=fail)
    app.testing = False
    app.logger.disabled = True
    page = Client(app).get("/en/fails", status=500)
    app.logger.disabled = False
    assert "Something went wrong" in page.heading
    assert "Une erreur s’est produite" in page.heading


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_wrong_method_is_told_in_the_readers_language(client: Client, language: str) -> None:
    page = client.get(f"/{language}/staff/sign-out", status=405)
    assert page.language == language


def test_a_survey_is_answered_over_https_behind_a_proxy(app: Flask, settings: Settings) -> None:
    in_the_field(app)
    behind = create_app(
        replace(settings, public_url="https://survey.example.ca", trusted_proxies=1)
    )
    client = Client(behind, **PROXIED)
    begun(client)
    walked(client, "check")
    page = client.press()
    assert page.path.endswith("/receipt")
    assert "max-age" in page.response.headers["Strict-Transport-Security"]
    dispose(behind)


def test_a_proxy_that_is_not_trusted_is_not_believed(app: Flask, client: Client) -> None:
    page = Client(app, HTTP_X_FORWARDED_PROTO="https").get("/")
    assert "Strict-Transport-Security" not in page.response.headers


def test_cookies_are_for_https_alone_when_residents_use_it(app: Flask, settings: Settings) -> None:
    in_the_field(app)
    behind = create_app(
        replace(settings, public_url="https://survey.example.ca", trusted_proxies=1)
    )
    answer = behind.test_client().get(f"/en/surveys/{SLUG}/notice", environ_base=PROXIED)
    assert "Secure" in answer.headers["Set-Cookie"]
    dispose(behind)
