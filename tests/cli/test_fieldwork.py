"""The operator's commands on ways in: one a line, tab-separated, status 1 when refused."""

import csv
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from surveyapp.storage.field.invitations import invitation_by_code
from surveyapp.storage.field.waves import wave_of
from tests.storage.making import SLUG, fielded, municipality, places, published


@pytest.fixture
def wave(app: Flask) -> Flask:
    """The program with a wave in the field."""
    with app.app_context():
        fielded()
        municipality("oak")
    return app


def run(app: Flask, *arguments: str) -> Result:
    """Run a command."""
    return app.test_cli_runner().invoke(args=list(arguments))


def told(app: Flask, *arguments: str) -> list[list[str]]:
    """Run a command that must work; return its lines by column."""
    result = run(app, *arguments)
    assert result.exit_code == 0, result.output
    return [line.split("\t") for line in result.output.splitlines()]


def refused(app: Flask, *arguments: str) -> str:
    """Run a command that must be refused; return what it said."""
    result = run(app, *arguments)
    assert result.exit_code in (1, 2)
    return result.output


def test_samples_are_added_and_listed(wave: Flask) -> None:
    added = ("mailed", "--type", "probability", "--invited", "400")
    assert told(wave, "sample", "add", SLUG, "2026", *added) == [["mailed", "probability"]]
    names = ("--name-en", "At the fair", "--name-fr", "À la foire")
    told(wave, "sample", "add", SLUG, "2026", "fair", "--type", "open", *names)
    assert told(wave, "sample", "list", SLUG, "2026") == [
        ["mailed", "probability", "400", "Probability sample", "Échantillon probabiliste"],
        ["fair", "open", "", "At the fair", "À la foire"],
        ["open", "open", "", "Open sample", "Échantillon ouvert"],
    ]


def test_collectors_are_added_and_listed(wave: Flask) -> None:
    ((code, kind, mode, address),) = told(
        wave,
        "collector",
        "add",
        SLUG,
        "2026",
        "--sample",
        "open",
        "--kind",
        "qr",
        "--label",
        "Hall",
    )
    assert (kind, mode) == ("qr", "web")
    assert address == f"http://127.0.0.1:8000/s/{code}"
    paper = ("--sample", "open", "--kind", "paper", "--municipality", "oak")
    ((second, *rest),) = told(wave, "collector", "add", SLUG, "2026", *paper)
    assert rest == ["paper", "paper", ""]
    listed = told(wave, "collector", "list", SLUG, "2026")
    assert [line[0] for line in listed][1:] == [code, second]
    assert listed[1][1:5] == ["qr", "web", "open", "<12"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("collector", "list", SLUG, "1999"), "no wave 1999"),
        (("collector", "add", SLUG, "2026", "--sample", "x", "--kind", "qr"), "no sample x"),
        (
            ("collector", "add", SLUG, "2026", "--sample", "open", "--kind", "invitation"),
            "invitation needs probability",
        ),
        (
            ("collector", "add", SLUG, "2026", "--sample", "open", "--kind", "qr")
            + ("--municipality", "nowhere"),
            "no municipality nowhere",
        ),
        (("collector", "add", SLUG, "2026", "--sample", "open", "--kind", "x"), "Invalid value"),
        (("sample", "add", SLUG, "2026", "open", "--type", "open"), "sample code taken"),
        (
            ("sample", "add", SLUG, "2026", "more", "--type", "open", "--name-en", "More"),
            "both languages",
        ),
        (("invitation", "cancel", "CDFGHJ"), "no collector CDFGHJ"),
    ],
    ids=["wave", "sample", "type", "municipality", "kind", "taken", "one-name", "collector"],
)
def test_what_cannot_be_is_refused_with_the_reason(
    wave: Flask, arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused(wave, *arguments)


def mailing(app: Flask) -> str:
    """Add a way in for invitations; return its code."""
    added = ("mailed", "--type", "probability", "--invited", "400")
    told(app, "sample", "add", SLUG, "2026", *added)
    wanted = ("--sample", "mailed", "--kind", "invitation")
    return told(app, "collector", "add", SLUG, "2026", *wanted)[0][0]


def test_codes_are_written_once_to_a_private_file(wave: Flask, tmp_path: Path) -> None:
    code, out = mailing(wave), tmp_path / "codes.csv"
    strata = ("--stratum", "north", "40.5", "12", "--stratum", "south", "2", "13")
    assert told(wave, "invitation", "make", code, *strata, "--out", str(out)) == [[str(out), "25"]]
    assert out.stat().st_mode & 0o777 == 0o600
    given = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert len({row["code"] for row in given}) == 25
    assert given[0]["address"] == f"http://127.0.0.1:8000/i/{given[0]['code']}"
    with wave.app_context():
        assert invitation_by_code(given[0]["code"]) is not None
        assert wave_of(SLUG, "2026") is not None
    assert "File exists" in refused(wave, "invitation", "make", code, *strata, "--out", str(out))
    assert told(wave, "invitation", "cancel", code) == [["25"]]


def test_a_list_is_imported_or_refused(wave: Flask, tmp_path: Path) -> None:
    code, out, frame = mailing(wave), tmp_path / "codes.csv", tmp_path / "frame.csv"
    people = [f"north,2,H-{number}\n" for number in range(12)]
    frame.write_text("stratum,base_weight,reference\n" + "".join(people[1:]))
    arguments = ("invitation", "import", code, str(frame), "--out", str(out))
    assert "fewer than 12 people" in refused(wave, *arguments)
    assert not out.exists()
    frame.write_text("stratum\nnorth\n")
    assert "no column base_weight" in refused(wave, *arguments)
    frame.write_text("stratum,base_weight,reference\n" + "".join(people + people[:1]))
    assert "line 14: reference twice" in refused(wave, *arguments)
    frame.write_text("stratum,base_weight,reference\n" + "".join(people))
    assert told(wave, *arguments) == [[str(out), "12"]]


def test_printed_matter_is_written_for_the_kinds_it_suits(wave: Flask, tmp_path: Path) -> None:
    added = ("collector", "add", SLUG, "2026", "--sample", "open", "--kind")
    poster, paper = told(wave, *added, "qr")[0][0], told(wave, *added, "paper")[0][0]
    out = tmp_path / "made"
    for code, file, start in (
        (poster, "poster-letter.pdf", b"%PDF"),
        (poster, "qr.svg", b"<svg"),
        (paper, "questionnaire-both.pdf", b"%PDF"),
    ):
        assert told(wave, "collector", "print", code, file, "--out", str(out)) == [[str(out)]]
        assert out.read_bytes().startswith(start)
    wrong = ("collector", "print", paper, "poster-a4.pdf", "--out", str(out))
    assert "is for open_link or qr" in refused(wave, *wrong)


def test_a_wave_is_opened_with_a_day_for_its_results(app: Flask) -> None:
    with app.app_context():
        published()
        places()
    command = ("wave", "open", SLUG, "2030", "--places", "set", "--sample-type", "open")
    days = ("--opens", "2030-03-01", "--closes", "2030-03-31", "--results")
    assert "before the wave closes" in refused(app, *command, *days, "2030-03-31")
    told(app, *command, *days, "2030-06-15")
    with app.app_context():
        found = wave_of(SLUG, "2030")
    assert found is not None
    assert str(found.results_on) == "2030-06-15"
