"""The house keeps its own rules: sizes, names, languages, doors, and nothing left behind."""

import ast
import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from surveyapp import create_app
from surveyapp.questionnaire.document import json_schema
from surveyapp.storage.people.staff import Role
from tests.conftest import settings_for

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "surveyapp"
TEMPLATES = APP / "templates"
MOST_LINES = 300
MOST_TEMPLATE_LINES = 120
MOST_VIEW_LINES = 20
DRAWERS = {"utils", "helpers", "common", "misc", "base", "manager", "handler", "service"}
DRAWERS |= {"services", "util", "helper", "managers", "handlers"}
EVERYBODY = "everybody"
FIELD = {Role.designer, Role.publisher}
DRAFTS = {Role.designer, Role.translator, Role.publisher}
RESULTS = {Role.analyst, Role.publisher}
TYPES = {Role.analyst, Role.designer, Role.publisher}
# Where somebody proves who they are: nobody is signed in there yet.
KEYS = {"sign_in", "sign_in_code", "welcome"}
ADMINISTRATORS = {Role.administrator}
# Who may open each page. Administrators may open every page of staff.
DOORS: dict[str, object] = {
    "account.everywhere": set(Role),
    "account.own": set(Role),
    "account.password": set(Role),
    "log.export": ADMINISTRATORS,
    "log.lines": ADMINISTRATORS,
    "people.do": ADMINISTRATORS,
    "people.invite": ADMINISTRATORS,
    "people.link": ADMINISTRATORS,
    "people.people": ADMINISTRATORS,
    "people.person": ADMINISTRATORS,
    "second_step.begin": set(Role),
    "second_step.codes": set(Role),
    "second_step.confirm": set(Role),
    "second_step.off": set(Role),
    "sign_in_code.ask": EVERYBODY,
    "welcome.choose": EVERYBODY,
    "answered.who": RESULTS | FIELD,
    "addresses.page": FIELD,
    "addresses.send": FIELD,
    "arrival.begin": EVERYBODY,
    "arrival.front": EVERYBODY,
    "arrival.lobby": EVERYBODY,
    "arrival.notice": EVERYBODY,
    "arrival.short": EVERYBODY,
    "arrival.surveys": EVERYBODY,
    "entry_desk.all_desks": TYPES,
    "entry_desk.begin": TYPES,
    "entry_desk.decide": FIELD,
    "entry_desk.forget": TYPES,
    "entry_desk.one_desk": TYPES,
    "entry_differences.list_them": TYPES,
    "entry_differences.settle": TYPES,
    "entry_sheets.sheet_page": TYPES,
    "entry_sheets.take": TYPES,
    "bringing.bring": FIELD,
    "bringing.report": DRAFTS,
    "comparing.public": EVERYBODY,
    "comparing.public_file": EVERYBODY,
    "comparing.staff": RESULTS,
    "comparing.staff_file": RESULTS,
    "conditions.condition": FIELD,
    "drafts.drafts": DRAFTS,
    "drafts.new": FIELD,
    "exchange.copy": FIELD,
    "exchange.download": DRAFTS,
    "exchange.files": DRAFTS,
    "editor.question": DRAFTS,
    "editor.section": DRAFTS,
    "editor.undo": DRAFTS,
    "editor.whole": DRAFTS,
    "fieldwork.add_collector": FIELD,
    "fieldwork.add_sample": FIELD,
    "fieldwork.sample": FIELD,
    "fieldwork.waves": FIELD,
    "fieldwork.ways": FIELD,
    "finding.send_outlines": EVERYBODY,
    "finding.send_prefixes": EVERYBODY,
    "helping.send_script": EVERYBODY,
    "health.alive": EVERYBODY,
    "health.ready": EVERYBODY,
    "interview.call": TYPES,
    "interview.goodbye": TYPES,
    "interview.refused": TYPES,
    "interview.take": TYPES,
    "invitations.collector": FIELD,
    "invited.ask": EVERYBODY,
    "invited.enter": EVERYBODY,
    "invited.linked": EVERYBODY,
    "invited.used": EVERYBODY,
    "joint.choose": FIELD,
    "joint.partners": FIELD,
    "keeping.copy": EVERYBODY,
    "keeping.print_copy": EVERYBODY,
    "keeping.forget": EVERYBODY,
    "leaving.leave": EVERYBODY,
    "library.change_own": FIELD,
    "library.keep_own": FIELD,
    "library.put": FIELD,
    "library.shelf": FIELD,
    "municipalities.edit": FIELD,
    "municipalities.listed": FIELD,
    "municipalities.picture": EVERYBODY,
    "printing.printed": FIELD,
    "public.areas": EVERYBODY,
    "public.download": EVERYBODY,
    "public.item": EVERYBODY,
    "public.items": EVERYBODY,
    "public.waves": EVERYBODY,
    "releases.before_internal": {Role.analyst},
    "releases.download": RESULTS,
    "releases.internal": {Role.analyst},
    "releases.make": RESULTS,
    "releases.releases": RESULTS,
    "replies.token": EVERYBODY,
    "results.areas": RESULTS,
    "results.item": RESULTS,
    "results.items": RESULTS,
    "results.recount": RESULTS,
    "resuming.ask": EVERYBODY,
    "resuming.come_back": EVERYBODY,
    "resuming.later": EVERYBODY,
    "resuming.leave": EVERYBODY,
    "reviewing.history": DRAFTS,
    "reviewing.page": DRAFTS,
    "reviewing.send": {Role.publisher},
    "sections.first": EVERYBODY,
    "sections.section": EVERYBODY,
    "sections.send": EVERYBODY,
    "sending.check": EVERYBODY,
    "sending.receipt": EVERYBODY,
    "sending.send": EVERYBODY,
    "sign_in.sign_in": EVERYBODY,
    "sign_in.sign_out": EVERYBODY,
    "sitting.left": EVERYBODY,
    "sitting.stay": EVERYBODY,
    "static": EVERYBODY,
    "surveys.surveys": set(Role),
    "translating.texts": DRAFTS,
    "translating.write": DRAFTS,
    "translation_files.page": DRAFTS,
    "translation_files.send": DRAFTS,
    "translation_files.take": DRAFTS,
    "trying.first": DRAFTS,
    "trying.page": DRAFTS,
    "trying.send": DRAFTS,
    "waves.close": FIELD,
    "waves.new": FIELD,
    "waves.times": FIELD,
    "withdrawing.ask": EVERYBODY,
    "withdrawing.take_back": EVERYBODY,
    "words.read": {Role.analyst},
}
VENDORED = {
    "surveyapp/press/fonts/NotoSansArabic-Bold.ttf": (
        "ded6fc7359ca36d15d7aab9ef0c066e21ce48b26a069994d6602fa2cb9a1b952"
    ),
    "surveyapp/press/fonts/NotoSansArabic-Regular.ttf": (
        "504d7407d86875acf7d04dfaa0fd7524d0b8797723bc4aa18022f29db25b0b6e"
    ),
    "surveyapp/press/fonts/NotoSansCanadianAboriginal-Bold.ttf": (
        "7e6bf0f2b0795a238f090380a180d545a4d911b5a404dc1f478436b7c4c1b067"
    ),
    "surveyapp/press/fonts/NotoSansCanadianAboriginal-Regular.ttf": (
        "66b4f453f27d176045bab8e168397ec46322d74306931c807f500eb41c984157"
    ),
    "tests/vendor/axe.min.js": "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The program as it is put together; no database is asked."""
    return create_app(settings_for("sqlite:///:memory:", tmp_path_factory.mktemp("house")))


def python_files() -> list[Path]:
    places = (APP, ROOT / "tests", ROOT / "scripts", ROOT / "migrations", ROOT / "benchmarks")
    return sorted(file for place in places for file in place.rglob("*.py"))


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", sorted(APP.rglob("*.py")), ids=name_of)
def test_a_file_is_short_and_says_what_it_is_for(file: Path) -> None:
    source = file.read_text("utf-8")
    assert source.count("\n") <= MOST_LINES
    assert ast.get_docstring(ast.parse(source)), "the first line says what the room is for"
    assert file.stem not in DRAWERS, "a drawer: name it after what it does"


@pytest.mark.parametrize("file", templates(), ids=name_of)
def test_a_template_is_short_compiles_and_formats_nothing_itself(file: Path, house: Flask) -> None:
    source = file.read_text("utf-8")
    assert source.count("\n") <= MOST_TEMPLATE_LINES
    house.jinja_env.compile(source, name=name_of(file))
    assert not re.search(r"strftime|locale\s*==", source)
    assert not re.search(r"'%[\d.]*[dfs]'|\"%[\d.]*[dfs]\"", source), "flask_babel formats"
    assert not re.search(r"(?<![-\w])style=", source)
    assert not re.search(r"\son[a-z]+=", source)


def test_a_view_is_a_recipe() -> None:
    long = {}
    for file in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                re.search(r"\bbp\.(get|post|route)\b", ast.unparse(one))
                for one in node.decorator_list
            ):
                assert ast.get_docstring(node), f"{name_of(file)}: {node.name} says nothing"
                lines = (node.end_lineno or 0) - (node.body[0].end_lineno or 0)
                if lines > MOST_VIEW_LINES:
                    long[f"{name_of(file)}:{node.name}"] = lines
    assert long == {}


def test_every_door_says_who_may_open_it(house: Flask) -> None:
    found = {}
    for rule in house.url_map.iter_rules():
        view = house.view_functions[rule.endpoint]
        roles = getattr(view, "required_roles", None)
        found[rule.endpoint] = EVERYBODY if roles is None else set(roles)
    assert found == DOORS, "put a new page into DOORS, with who may open it"


def test_every_page_of_staff_asks_who_is_there(house: Flask) -> None:
    for rule in house.url_map.iter_rules():
        if "/staff/" in rule.rule and rule.endpoint.partition(".")[0] not in KEYS:
            assert DOORS[rule.endpoint] != EVERYBODY, rule.endpoint


def test_every_setting_is_in_the_readme() -> None:
    settings = re.findall(r'"([A-Z][A-Z_]{3,})"', (ROOT / "config.py").read_text("utf-8"))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert settings
    assert [one for one in settings if f"`{one}`" not in readme] == []


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    names = [one for one in listed.stdout.split("\0") if one]
    return [ROOT / one for one in names] if names else python_files() + templates()


def test_nothing_names_a_machine() -> None:
    found = []
    for file in tracked():
        if file.suffix in (".py", ".html", ".md", ".toml", ".txt", ".in", ".js", ".css", ".cfg"):
            text = file.read_text("utf-8")
            if "vendor" not in file.parts and re.search(r"/(home|work|Users|root)/\w", text):
                found.append(name_of(file))
    assert found == [name_of(Path(__file__))] or found == []


@pytest.mark.parametrize("name", sorted(VENDORED))
def test_a_vendored_file_is_the_one_that_was_looked_at(name: str) -> None:
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == VENDORED[name]


def test_the_schema_of_a_document_is_published() -> None:
    assert json_schema()["properties"]["sections"]
