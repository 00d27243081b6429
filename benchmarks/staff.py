"""What staff wait for: taking a workbook in, and each change in the editor of a long survey.

Times are the server's own, through the program's test client: routes, forms, templates, database.
"""

import argparse
import gc
import io
import multiprocessing
import re
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook

from benchmarks.survey import prepare, program, settings_for
from config import Settings
from surveyapp.accounts.passwords import hashed
from surveyapp.questionnaire.document import read_draft
from surveyapp.storage.drafting.surveys import save_draft
from surveyapp.storage.municipal.profiles import municipality
from surveyapp.storage.people.staff import Role, add_staff
from tests import postgres
from tests.inspecting import words
from tests.page import Page
from tests.questionnaire.making import Document, document, question, section

SLUG = "long"
EMAIL, PASSWORD = "designer@example.ca", "the benchmark signs in so"
LIST = "/en/staff/questionnaires/"
EDITOR = f"{LIST}{SLUG}/"
PAGE_OF = 20
KINDS = ("single", "scale", "multiple", "battery", "number", "text", "rank")
TURNS = 15
MOST_SECONDS, MOST_CHANGE_MS, MOST_MB = (2.0, 5.0), 200.0, 300.0
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Took:
    """What something took: milliseconds of this process's CPU, and by the clock."""

    what: str
    cpu_ms: float
    wall_ms: float


def workbook(rows: int, blank_rows: int = 0) -> bytes:
    """Make a bilingual form with so many questions, and formatted rows below that hold nothing."""
    book = Workbook()
    survey, choices = book.worksheets[0], book.create_sheet("choices")
    survey.title = "survey"
    survey.append(["type", "name", "label::English (en)", "label::French (fr)", "relevant"])
    for number in range(rows):
        code = f"q{number}"
        relevant = f"selected(${{q{number - 1}}}, 'yes')" if number % 5 == 4 else ""
        survey.append(
            ["select_one answer", code, f"Question {number}?", f"Question no {number}?", relevant]
        )
    choices.append(["list_name", "name", "label::English (en)", "label::French (fr)"])
    for code, english, french in (("yes", "Yes", "Oui"), ("no", "No", "Non")):
        choices.append(["answer", code, english, french])
    made = io.BytesIO()
    book.save(made)
    return _with_blanks(made.getvalue(), rows + 1, blank_rows) if blank_rows else made.getvalue()


def _with_blanks(data: bytes, last: int, count: int) -> bytes:
    """Add rows as a spreadsheet keeps those that somebody once gave borders."""
    row = b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>'
    blank = b"".join(row % (n, n, n) for n in range(last + 1, last + count + 1))
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == SHEET:
                part = part.replace(b"</sheetData>", blank + b"</sheetData>")
            new.writestr(name, part)
    return made.getvalue()


def long_survey(questions: int) -> Document:
    """Give a survey of every kind of question, on pages of twenty."""
    asked = [question(KINDS[n % len(KINDS)], f"q{n}") for n in range(questions)]
    pages = [
        section(f"page{n}", *asked[start : start + PAGE_OF])
        for n, start in enumerate(range(0, questions, PAGE_OF))
    ]
    return document(*pages)


@dataclass
class Staff:
    """A designer at a browser without JavaScript; only what the server does is timed."""

    client: FlaskClient

    def get(self, url: str) -> Page:
        """Fetch a page."""
        reply = self.client.get(url)
        return Page(url, reply, BeautifulSoup(reply.get_data(as_text=True), "html.parser"))

    def press(
        self, what: str, page: Page, button: str, answers: Mapping[str, Any] | None = None
    ) -> Took:
        """Press a button after typing, and time it with the page that follows.

        :raise RuntimeError: if the change was not made.
        """
        values = [str(one["value"]) for one in page.select("button[value]")]
        # "add|questions/q6|options": where a part has a mark, it stands at the end.
        found = next((one for one in values if "|" in button and one.startswith(button)), button)
        data = page.filled(found, {}) | dict(answers or {})
        url = str(page.form(page.button(found)).get("action") or page.path)
        # The pages that this browser took apart are not the server's to clear away.
        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        reply = self.client.post(url, data=data)
        if reply.status_code == 303:
            reply = self.client.get(reply.location)
        took = ((time.process_time() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3)
        if reply.status_code != 200 or "lost=" in reply.request.url:
            said = BeautifulSoup(reply.get_data(as_text=True), "html.parser").main
            raise RuntimeError(f"{what}: {reply.status_code} {said and words(said)[:400]}")
        return Took(what, *took)


@contextmanager
def signed_in(settings: Settings, questions: int) -> Iterator[tuple[Flask, Staff]]:
    """Give a designer's browser, with a long survey stored."""
    prepare(settings)
    with program(settings) as app:
        owner = municipality("county")
        assert owner is not None
        save_draft(SLUG, owner.id, read_draft(long_survey(questions)))
        add_staff(EMAIL, Role.designer, hashed(PASSWORD), by="benchmark", now=datetime.now(UTC))
    # The context is left: each request brings its own, and is timed with it.
    staff = Staff(app.test_client())
    page = staff.get("/en/staff/sign-in")
    staff.press("sign in", page, "Sign in", {"email": EMAIL, "password": PASSWORD})
    yield app, staff


def changes(staff: Staff, questions: int, turns: int) -> Iterator[Took]:
    """Make each sort of change in turn, each time to another question."""
    for turn in range(turns + 1):
        # A question with options of its own, behind others that its condition can ask about.
        number = KINDS.index("rank") + len(KINDS) * (turn % (questions // len(KINDS) - 1))
        here, url = f"questions/q{number}", f"{EDITOR}questions/q{number}"
        typed = {f"w:{here}:text:en": f"Reworded {turn}?"}
        page = staff.get(f"{url}/condition?about=q{number - 1}")
        made = [
            staff.press("edit a text", staff.get(url), "Save", typed),
            staff.press("add an option", staff.get(url), f"add|{here}|options"),
            staff.press("add a condition", page, "Add this condition", {"relation": "answered"}),
            staff.press("move a question", staff.get(url), f"up|{here}"),
        ]
        # The first of each fills what is kept from then on.
        yield from made if turn else ()


def bring(staff: Staff, what: str, data: bytes) -> Took:
    """Bring a workbook in, up to the report on it."""
    page = staff.get(f"{LIST}from-a-file")
    return staff.press(what, page, "Bring it in", {"file": (io.BytesIO(data), "form.xlsx")})


def _peak_mb() -> float:
    """Return the most memory that this process has had at once."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _brought(folder: str, what: str, data: bytes) -> tuple[Took, float, float]:
    """Bring a workbook in, in a process of its own; return what it took and MB before and after."""
    settings = settings_for(f"sqlite:///{Path(folder) / 'staff.db'}", Path(folder))
    with signed_in(settings, PAGE_OF) as (_app, staff):
        before = _peak_mb()
        return bring(staff, what, data), before, _peak_mb()


def measured(what: str, data: bytes) -> tuple[Took, float, float]:
    """Bring a workbook in where nothing else has used memory."""
    alone = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory(prefix="staff-") as folder,
        ProcessPoolExecutor(1, mp_context=alone) as process,
    ):
        return process.submit(_brought, folder, what, data).result(timeout=300)


def edited(url: str, folder: Path, questions: int, turns: int) -> dict[str, list[Took]]:
    """Change a long survey again and again; return what each sort of change took."""
    found: dict[str, list[Took]] = {}
    with signed_in(settings_for(url, folder), questions) as (_app, staff):
        for one in changes(staff, questions, turns):
            found.setdefault(one.what, []).append(one)
    return found


@contextmanager
def _database(name: str, folder: str) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{Path(folder) / 'staff.db'}"
        return
    with postgres.running(postgres.DURABLE) as server:
        yield server.create("staff")


def _print_workbooks(rows: int, blank_rows: int) -> bool:
    print("| workbook | CPU s | wall s | at most s | peak MB | of it before the file |")
    print("|---|---:|---:|---:|---:|---:|")
    is_well = True
    for (what, data), most in zip(
        (
            (f"{rows} rows", workbook(rows)),
            (f"{blank_rows} blank rows", workbook(rows, blank_rows)),
        ),
        MOST_SECONDS,
        strict=True,
    ):
        took, before, peak = measured(what, data)
        cpu, wall = took.cpu_ms / 1e3, took.wall_ms / 1e3
        print(f"| {what} | {cpu:.2f} | {wall:.2f} | {most:.0f} | {peak:.0f} | {before:.0f} |")
        is_well = is_well and cpu < most and peak < MOST_MB
    return is_well


def _print_changes(databases: list[str], questions: int, turns: int) -> bool:
    print(f"\n| change among {questions} questions | database | CPU ms | wall ms | slowest wall |")
    print("|---|---|---:|---:|---:|")
    is_well = True
    for name in databases:
        with tempfile.TemporaryDirectory(prefix="staff-") as folder, _database(name, folder) as url:
            found = edited(url, Path(folder), questions, turns)
        for what, all_of in found.items():
            cpu, wall = (median(getattr(t, n) for t in all_of) for n in ("cpu_ms", "wall_ms"))
            slowest = max(one.wall_ms for one in all_of)
            print(f"| {what} | {name} | {cpu:.0f} | {wall:.0f} | {slowest:.0f} |")
            is_well = is_well and cpu < MOST_CHANGE_MS
    return is_well


def main() -> None:
    """Print both tables; end with an error if one of the times is not kept."""
    parser = argparse.ArgumentParser(prog="scripts/bench staff", description=__doc__)
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--blank-rows", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    given = parser.parse_args()
    books = _print_workbooks(given.rows, given.blank_rows)
    edits = _print_changes(given.databases, given.questions, given.turns)
    raise SystemExit(0 if books and edits else 1)


if __name__ == "__main__":
    main()
