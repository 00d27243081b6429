"""Questionnaires in and out from the command line: whole, or refused by sheet, row and column."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from openpyxl import Workbook, load_workbook

from surveyapp.questionnaire.document import written
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.drafting.surveys import list_surveys, survey_by_slug
from tests.conftest import dispose, program, settings_for
from tests.storage.making import municipality


@pytest.fixture
def town(app: Flask) -> Flask:
    """The program with one municipality."""
    with app.app_context():
        municipality("oak")
    return app


def run(app: Flask, *arguments: str) -> Result:
    """Run a command on surveys."""
    return app.test_cli_runner().invoke(args=["survey", *arguments])


def form(folder: Path, *rows: tuple[str, ...], name: str = "walks.xlsx") -> str:
    """Write a workbook with these questions."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (("type", "name", "label::English (en)", "relevant"), *rows):
        sheet.append(row)
    book.save(folder / name)
    return str(folder / name)


def test_a_workbook_becomes_the_draft_of_a_survey(town: Flask, tmp_path: Path) -> None:
    done = run(town, "import", form(tmp_path, ("integer", "Walks", "How many walks?")))
    assert done.exit_code == 0
    assert done.stdout.startswith("walks\t")
    sentence = "“Walks” is now called walks"
    line = f"changed\tsurvey\t2\tname\trenamed\told=Walks new=walks\t{sentence}"
    assert line in done.stderr.splitlines()
    with town.app_context():
        made = survey_by_slug("walks")
    assert made is not None
    assert [one.id for one in made.draft.questions()] == ["walks"]


def test_a_workbook_that_would_lose_logic_is_refused_with_row_and_column(
    town: Flask, tmp_path: Path
) -> None:
    rows = (("integer", "walks", "Walks?"), ("note", "n", "Rain", "regex(${walks}, '1')"))
    done = run(town, "import", form(tmp_path, *rows))
    assert done.exit_code == 1
    assert "refused\tsurvey\t3\trelevant\tcondition" in done.stderr
    with town.app_context():
        assert list_surveys() == ()


def test_check_tells_of_the_file_and_of_the_draft_and_takes_nothing_in(
    town: Flask, tmp_path: Path
) -> None:
    done = run(town, "check", form(tmp_path, ("date", "day", "Which day?")))
    assert (done.exit_code, done.stderr) == (1, "")
    assert "refused\tsurvey\t2\ttype\ttype_not_supported\ttype=date" in done.stdout
    done = run(town, "check", form(tmp_path, ("integer", "walks", "Walks?")))
    assert done.exit_code == 1
    assert "problem\tno_notice\tnotice" in done.stdout
    with town.app_context():
        assert list_surveys() == ()


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_what_is_exported_is_imported_as_the_same(town: Flask, tmp_path: Path, ending: str) -> None:
    (tmp_path / "safety.json").write_text(written(shipped()), "utf-8")
    first = run(town, "import", str(tmp_path / "safety.json"))
    out = tmp_path / f"again.{ending}"
    assert run(town, "export", "safety", str(out)).stdout == f"{out}\n"
    again = run(town, "import", str(out))
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.split("\t")[1] == first.stdout.split("\t")[1]
    assert run(town, "check", str(out)).exit_code == 0


def test_an_exported_workbook_names_the_survey(town: Flask, tmp_path: Path) -> None:
    run(town, "import", form(tmp_path, ("integer", "walks", "Walks?")))
    out = tmp_path / "out.xlsx"
    run(town, "export", "walks", str(out))
    settings = load_workbook(BytesIO(out.read_bytes()))["settings"]
    names = [cell.value for cell in settings[1]]
    assert settings[2][names.index("form_id")].value == "walks"


def test_a_draft_that_no_form_can_hold_is_not_exported(town: Flask, tmp_path: Path) -> None:
    half = {"sections": [{"id": "a", "title": {}, "questions": [{"kind": "single", "id": "q"}]}]}
    half["sections"][0]["questions"][0]["text"] = {}
    (tmp_path / "half.json").write_text(json.dumps(half), "utf-8")
    assert run(town, "import", str(tmp_path / "half.json")).exit_code == 0
    done = run(town, "export", "half", str(tmp_path / "half.xlsx"))
    assert done.exit_code == 1
    assert "few_options\tq" in done.output
    assert not (tmp_path / "half.xlsx").exists()


def test_a_survey_is_copied_with_its_draft_alone(town: Flask, tmp_path: Path) -> None:
    run(town, "import", form(tmp_path, ("integer", "walks", "Walks?")))
    done = run(town, "copy", "walks", "strolls")
    assert done.exit_code == 0
    with town.app_context():
        one, other = survey_by_slug("walks"), survey_by_slug("strolls")
    assert one is not None
    assert other is not None
    assert (one.draft, one.owner_id) == (other.draft, other.owner_id)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("copy", "nobody", "new"), "there is no survey nobody"),
        (("copy", "walks", "walks"), "there is a survey walks already"),
        (("copy", "walks", "A walk"), "like a-walk"),
        (("copy", "walks", "new", "--owner", "elm"), "there is no municipality elm"),
        (("export", "nobody", "x.json"), "there is no survey nobody"),
        (("export", "walks", "x.doc"), "ends in .json or .xlsx"),
    ],
    ids=["unknown", "taken", "name", "owner", "nothing", "ending"],
)
def test_what_cannot_be_done_is_said(
    town: Flask, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    run(town, "import", form(tmp_path, ("integer", "walks", "Walks?")))
    done = run(town, *arguments)
    assert done.exit_code == 1
    assert said in done.output


def test_a_file_of_another_kind_is_refused_by_its_ending(town: Flask, tmp_path: Path) -> None:
    (tmp_path / "form.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    done = run(town, "import", str(tmp_path / "form.doc"))
    assert done.exit_code == 1
    assert "unknown_suffix" in done.stderr
    (tmp_path / "form.json").write_text("{", "utf-8")
    assert "not_a_document" in run(town, "import", str(tmp_path / "form.json")).stderr


def test_the_name_of_a_file_becomes_one_for_addresses(town: Flask, tmp_path: Path) -> None:
    path = form(tmp_path, ("integer", "walks", "Walks?"), name="Our Walks_2026.xlsx")
    assert run(town, "import", path).stdout.startswith("our-walks-2026\t")


def test_a_database_that_is_not_made_is_said_in_words(tmp_path: Path) -> None:
    app = program(settings_for(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path))
    for arguments in (["survey", "list"], ["staff", "list"]):
        told = app.test_cli_runner().invoke(args=arguments)
        assert told.exit_code == 1
        assert "flask --app wsgi db upgrade" in told.output
    dispose(app)


def test_a_draft_that_says_nothing_new_makes_no_edition(town: Flask, tmp_path: Path) -> None:
    file = tmp_path / "community_safety.json"
    file.write_text(written(shipped("community_safety")), "utf-8")
    assert run(town, "import", str(file)).exit_code == 0
    first, second = (run(town, "publish", "community-safety") for _turn in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert second.stdout == first.stdout
    assert "nothing changed since edition 1" in second.stderr
