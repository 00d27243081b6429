"""Real places end to end: from the import of Ottawa's neighbourhoods to the published CSV."""

import csv
import io
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from surveyapp.questionnaire.model import Battery, Scale, Single
from surveyapp.questionnaire.shipped import FOLDER, shipped
from tests.client import Client
from tests.storage.making import profile_content

FILE = Path(__file__).resolve().parents[2] / "shared/samples/places/ottawa_neighbourhoods.geojson"
FIELDS = ("--code", "ONS_ID", "--name", "ONS_Name", "--population", "POP2021")
SURVEY = "community-safety"
# Enough for a figure in one neighbourhood, and for a count but no figure in another.
ANSWERS = {"3110": 42, "3076": 20}


@pytest.fixture(autouse=True)
def _needs_the_file() -> None:
    if not FILE.exists():
        assert os.environ.get("CI") != "true", f"{FILE.name} is missing"
        pytest.skip(f"{FILE.name} is not beside the project")


def run(app: Flask, *words: str, status: int = 0) -> Result:
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == status, done.output
    return done


def fielded(app: Flask, folder: Path) -> str:
    """Do what an operator does before anybody can answer; return the open link's path."""
    profile = folder / "ottawa.json"
    profile.write_text(profile_content().model_dump_json(), "utf-8")
    run(app, "municipality", "import", str(profile))
    given = ("--set", "ottawa-2021", "--level", "neighbourhood", *FIELDS)
    assert run(app, "places", "import", str(FILE), *given).stdout.strip() == "116"
    run(app, "survey", "import", str(FOLDER / "community_safety.json"), "--slug", SURVEY)
    assert "edition 1" in run(app, "survey", "publish", SURVEY).stdout
    opening = ("--places", "ottawa-2021", "--sample-type", "probability")
    address = run(app, "wave", "open", SURVEY, "2026", *opening).stdout.strip()
    return address.removeprefix(app.config["PUBLIC_URL"])


def answers_of(number: int, place: str) -> dict[str, str]:
    """Answer every question with options, each resident the next one."""
    given = {"q_place": place, "q_years": str(number)}
    for question in shipped().questions():
        if isinstance(question, Single | Scale):
            given[f"q_{question.id}"] = question.options[number % len(question.options)].id
        elif isinstance(question, Battery):
            option = question.options[number % len(question.options)].id
            given |= {f"q_{question.id}.{line.id}": option for line in question.statements}
    return given


def read_page_by_page(app: Flask, short: str, language: str, given: dict[str, str]) -> None:
    """Go the whole way through inspected pages."""
    client = Client(app)
    client.get(short)
    client.follow({"en": "Continue in English", "fr": "Continuer en français"}[language])
    client.follow({"en": "Start", "fr": "Commencer"}[language])
    page = client.press()
    while not page.path.endswith("/receipt"):
        offered = page.controls(page.form(page.button()))
        page = client.press("", {name: one for name, one in given.items() if name in offered})
        assert page.errors == ()
        assert page.language == language


def post_only(app: Flask, language: str, given: dict[str, str], number: int) -> None:
    """Go the same way with posts alone, as quickly as the program answers."""
    client = app.test_client()
    base = {"REMOTE_ADDR": f"192.0.2.{number}"}
    home = f"/{language}/surveys/{SURVEY}"
    reader = Client(app, **base)
    reader.browser = client
    fields: dict[str, Any] = reader.get(f"{home}/notice").fields()
    assert client.post(f"{home}/notice", data=fields, environ_base=base).status_code == 303
    with client.session_transaction() as session:
        token = session["visits"][SURVEY]
    for counter, section in enumerate(shipped().sections):
        hidden = {"csrf_token": fields["csrf_token"], "visit": token, "counter": str(counter)}
        address = f"{home}/pages/{section.id}"
        answer = client.post(address, data={**hidden, **given}, environ_base=base)
        assert answer.status_code == 303, answer.text
    sent = client.post(f"{home}/check", data=hidden, environ_base=base)
    assert sent.location.endswith("/receipt")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"), newline="")))


def test_ottawa_from_its_map_to_its_results(app: Flask, tmp_path: Path) -> None:
    short = fielded(app, tmp_path)
    chosen: Counter[str] = Counter()
    number = 0
    for place, people in ANSWERS.items():
        for one in range(people):
            language = "fr" if one % 6 == 0 else "en"
            given = answers_of(number, place)
            chosen[given["q_belonging"]] += 1
            number += 1
            if one < 2:
                read_page_by_page(app, short, "fr" if one else "en", given)
            else:
                post_only(app, language, given, number)
    out = tmp_path / "out"
    export = ("results", "export", SURVEY, "--wave", "2026", "--out", str(out))
    assert "is not closed" in run(app, *export, status=1).output
    run(app, "wave", "close", SURVEY, "2026")
    run(app, *export)
    _check_areas(rows(out, "neighbourhood_by_area.csv"))
    _check_items(rows(out, "items.csv"), chosen)
    again = tmp_path / "again"
    run(app, *export[:-1], str(again))
    for name in ("neighbourhood_by_area.csv", "items.csv", "manifest.json"):
        assert (out / name).read_bytes() == (again / name).read_bytes(), "one release, one file"


def _check_areas(found: list[dict[str, str]]) -> None:
    assert Counter(row["geo_level"] for row in found) == {
        "all": 4,
        "neighbourhood": 4 * 116,
    }
    assert {row["boundary_set"] for row in found} == {"ottawa-2021"}
    by_place = {row["geo_id"]: row for row in found if row["area_code"] == "social_development"}
    assert by_place["3110"]["geo_name_en"] == "TREND-ARLINGTON"
    assert by_place["3110"]["population"] == "4695"
    assert by_place["3110"]["suppressed"] == "false"
    assert 0 < int(by_place["3110"]["n"]) < int(by_place["all"]["n"])
    # Beside everybody and the larger place, it would tell that nobody answered anywhere else.
    assert by_place["3076"]["suppression_reason"] == "protected"
    elsewhere = [row for row in found if row["geo_level"] == "neighbourhood"]
    silent = [row for row in elsewhere if row["geo_id"] not in ANSWERS]
    assert all(row["suppressed"] == "true" and row["index"] == row["n"] == "" for row in silent)
    assert all(row["index"] == "" for row in elsewhere if row["geo_id"] == "3076")


def _check_items(found: list[dict[str, str]], chosen: Counter[str]) -> None:
    asked = [row for row in found if row["item_code"] == "belonging"]
    everyone = [row for row in asked if row["geo_level"] == "all" and not row["group_var"]]
    options = {row["option_code"]: row["n"] for row in everyone if row["row_kind"] == "option"}
    assert options == {code: str(chosen[code]) for code in options}
    assert set(options) >= {"very_strong", "very_weak"}
    (summary,) = (row for row in everyone if row["row_kind"] == "summary")
    assert int(summary["asked_n"]) == sum(ANSWERS.values())
    assert int(summary["dont_know_n"]) == chosen["dont_know"]
    assert summary["blank_n"] == "0"
