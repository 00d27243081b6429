"""The operator sends texts out and takes them back in from the command line."""

from pathlib import Path

import pytest
from flask import Flask

from surveyapp.questionnaire.nodes import find
from tests.designing.drafting import drafted, stored
from tests.questionnaire.making import node, whole
from tests.storage.making import SLUG


@pytest.fixture
def lacking(app: Flask) -> Flask:
    """An app with a draft that lacks a French text."""
    made = whole()
    node(made, "why")["text"] = {"en": "Why?"}
    drafted(app, made)
    return app


def test_texts_go_out_and_come_back(lacking: Flask, tmp_path: Path) -> None:
    run = lacking.test_cli_runner().invoke
    file = tmp_path / "texts.csv"
    out = run(
        args=["translation", "export", SLUG, str(file), "--from", "en", "--to", "fr", "--left"]
    )
    assert (out.exit_code, out.output) == (0, f"{file}\t1\n")
    file.write_bytes(file.read_bytes().replace(b"en,fr,Why?,", b"en,fr,Why?,Pourquoi?"))
    back = run(args=["translation", "import", SLUG, str(file)])
    assert back.exit_code == 0
    assert back.output.startswith("2\ttaken\tquestions/why:text:")
    text = find(stored(lacking), "questions/why").text  # type: ignore[attr-defined]
    assert text.get("fr") == "Pourquoi?"
    again = run(args=["translation", "import", SLUG, str(file)])
    assert (again.exit_code, again.output.split("\t")[1]) == (0, "unchanged")
    file.write_bytes(file.read_bytes().replace(b"questions/why", b"questions/none"))
    refused = run(args=["translation", "import", SLUG, str(file)])
    assert (refused.exit_code, refused.output.split("\t")[1]) == (1, "unknown_id")


@pytest.mark.parametrize(
    "wrong",
    [
        ["export", "none", "a.csv", "--from", "en", "--to", "fr"],
        ["export", SLUG, "a.txt", "--from", "en", "--to", "fr"],
        ["export", SLUG, "a.csv", "--from", "en", "--to", "en"],
        ["export", SLUG, "a.csv", "--from", "en", "--to", "es"],
        ["import", SLUG, __file__],
    ],
)
def test_what_cannot_be_done_is_said(lacking: Flask, wrong: list[str]) -> None:
    result = lacking.test_cli_runner().invoke(args=["translation", *wrong])
    assert result.exit_code == 1
    assert "Error:" in result.output
