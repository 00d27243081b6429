"""The house keeps its own rules: sizes, names, languages, doors, and nothing left behind."""

import ast
import hashlib
import importlib.util
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask import Flask

from surveyapp import create_app
from surveyapp.questionnaire.document import json_schema
from surveyapp.questionnaire.shipped import FOLDER as SHIPPED
from surveyapp.storage.staff import Role
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
    "conditions.condition": FIELD,
    "drafts.drafts": DRAFTS,
    "drafts.new": FIELD,
    "exchange.bring": FIELD,
    "exchange.copy": FIELD,
    "exchange.download": DRAFTS,
    "exchange.files": DRAFTS,
    "editor.question": DRAFTS,
    "editor.section": DRAFTS,
    "editor.undo": DRAFTS,
    "editor.whole": DRAFTS,
    "fieldwork.add_collector": FIELD,
    "fieldwork.add_sample": FIELD,
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
NO_BREAK = "\N{NO-BREAK SPACE}"


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


def catalogues() -> object:
    """Load the script that keeps the catalogues: the test asks what it would do."""
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts/catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


SCRIPT = catalogues()
LOCALES: tuple[str, ...] = SCRIPT.LOCALES  # type: ignore[attr-defined]


def catalogue(locale: str) -> Catalog:
    with SCRIPT.path_of(locale).open("rb") as file:  # type: ignore[attr-defined]
        return read_po(file, locale=locale)


def said(catalog: Catalog) -> set[object]:
    return {(one.context, str(one.id)) for one in catalog if one.id}


def sentences(locale: str) -> Iterator[tuple[str, str]]:
    for message in catalogue(locale):
        if message.id:
            several = isinstance(message.string, tuple | list)
            for one in message.string if several else (message.string,):
                yield str(message.id), str(one)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalogue_holds_what_the_code_says_and_nothing_else(locale: str) -> None:
    assert said(catalogue(locale)) == said(SCRIPT.extracted())  # type: ignore[attr-defined]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_is_missing_or_in_doubt(locale: str) -> None:
    assert [one for one, string in sentences(locale) if not string.strip()] == []
    assert not [one.id for one in catalogue(locale) if one.fuzzy and one.id]


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_survive_translation(locale: str) -> None:
    holders = re.compile(r"%\(\w+\)[a-z]")
    wrong = []
    for message in catalogue(locale):
        several = isinstance(message.id, tuple | list)
        known = set(holders.findall(" ".join(message.id) if several else str(message.id)))
        last = message.string[-1] if isinstance(message.string, tuple | list) else message.string
        if message.id and set(holders.findall(str(last))) != known:
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_catalogue_is_the_written_one(locale: str) -> None:
    written = SCRIPT.compiled(catalogue(locale))  # type: ignore[attr-defined]
    path: Path = SCRIPT.path_of(locale)  # type: ignore[attr-defined]
    assert path.with_suffix(".mo").read_bytes() == written


def typography_problems(text: str) -> list[str]:
    """Canadian French: a no-break space before ":" and inside « », none before ; ? !."""
    found = []
    bare = re.sub(r"https?://\S+|\d:\d", "", text)
    if re.search(rf"(?<![{NO_BREAK}\s]):(?=\s|$)| :", bare):
        found.append("no no-break space before a colon")
    if re.search(rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»", bare):
        found.append("no no-break space inside « »")
    if re.search(rf"[\s{NO_BREAK}][;?!](?!\w)", bare):
        found.append("a space before ; ? or !")
    if "'" in bare or '"' in bare:
        found.append("a typewriter’s quotation mark")
    return [f"{one}: {text}" for one in found]


def test_the_french_of_the_interface_is_typeset_as_in_canada() -> None:
    found = [one for _id, text in sentences("fr_CA") for one in typography_problems(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [("Erreur : x", 1), (f"Erreur{NO_BREAK}: x", 0), ("Quoi ?", 1), ("Quoi?", 0), ("« x »", 1)]
    + [(f"«{NO_BREAK}x{NO_BREAK}»", 0), ("fin ; x", 1), ("l'été", 1), ("à 8:30", 0)],
)
def test_the_check_of_typography_can_fail(text: str, problems: int) -> None:
    assert len(typography_problems(text)) == problems


def french(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("fr"), str):
            yield node["fr"]
        for one in node.values():
            yield from french(one)
    elif isinstance(node, list):
        for one in node:
            yield from french(one)


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.json")), ids=name_of)
def test_a_shipped_questionnaire_is_typeset_as_in_canada(file: Path) -> None:
    texts = list(french(json.loads(file.read_text("utf-8"))))
    assert texts
    assert [one for text in texts for one in typography_problems(text)] == []


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
