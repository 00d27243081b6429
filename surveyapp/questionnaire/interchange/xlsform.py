"""XLSForm in: a workbook becomes a draft, or is refused with every reason by row and column."""

from collections.abc import Mapping

from surveyapp.questionnaire.document import DocumentError, read_draft
from surveyapp.questionnaire.interchange import wholes
from surveyapp.questionnaire.interchange.choices import (
    OPTION_COLUMNS,
    choice_lists,
    unused_lists,
)
from surveyapp.questionnaire.interchange.headers import (
    OWN,
    TEXTS,
    Line,
    Table,
    first_language,
    left_columns,
    table,
)
from surveyapp.questionnaire.interchange.languages import language_code
from surveyapp.questionnaire.interchange.own import Document
from surveyapp.questionnaire.interchange.reading import Reading
from surveyapp.questionnaire.interchange.report import Code, FileRefusedError, Log, Taken
from surveyapp.questionnaire.interchange.sections import sections
from surveyapp.questionnaire.interchange.tree import grow
from surveyapp.questionnaire.interchange.workbook import Grid, read_workbook
from surveyapp.questionnaire.model import (
    Battery,
    Draft,
    Multiple,
    Note,
    Number,
    Place,
    Rank,
    Scale,
    Section,
    Single,
    Statement,
    TextQuestion,
)

LANGUAGES = ("en", "fr")
_WANTED = ("survey", "choices", "settings", wholes.SHEET)
_SETTINGS_READ = frozenset(("form_title", "form_id", "default_language", "version"))
_MODELS = (
    Section,
    Statement,
    Single,
    Scale,
    Multiple,
    Battery,
    Rank,
    Number,
    TextQuestion,
    Place,
    Note,
)
_STANDARD = (
    ("type", "name", "label", "hint", "required", "relevant", "constraint", "appearance")
    + ("parameters", "choice_filter", "calculation", "repeat_count", "trigger", "read_only")
    + ("default", "disabled")
)
_SURVEY_READ = frozenset(
    [*_STANDARD, TEXTS, f"{OWN}part"]
    + [f"{OWN}{name}" for model in _MODELS for name in model.model_fields]
)


def read_xlsform(data: bytes, language: str | None = None) -> Taken:
    """Read a workbook. ``language`` is what words are in that name none.

    :raise FileRefusedError: if anything would be lost that decides who is asked or what is
        answered; its remarks name sheet, row and column.
    """
    log = Log()
    grids = read_workbook(data, _WANTED, log)
    if "survey" not in grids or not grids["survey"].rows:
        log.refused(Code.no_sheet, name="survey")
        log.stop_if_refused()
    settings = _settings(grids.get("settings"), log)
    default = _default_language(settings, grids["survey"], language, log)
    exact = wholes.SHEET in grids
    survey = _sheet(grids["survey"], default, ("type", "name"), log, exact=exact)
    choices = _sheet(grids.get("choices"), default, ("list_name", "name"), log, exact=exact)
    log.stop_if_refused()
    whole = _whole(grids, settings, default, log)
    _sheets_left(grids, log)
    return _taken(survey, choices, whole, settings, log, exact=exact)


def _taken(
    survey: Table,
    choices: Table,
    whole: Document,
    settings: Line | None,
    log: Log,
    *,
    exact: bool,
) -> Taken:
    reading = Reading(
        choice_lists(choices, _on(log, choices, "choices")), _on(log, survey, "survey")
    )
    left_columns(survey, _SURVEY_READ, reading.log)
    whole["sections"] = sections(grow(survey.lines, reading.log), reading)
    unused_lists(reading.lists, _on(log, choices, "choices"))
    if not exact:
        found = (column.language for column in survey.columns if column.name == "label")
        others = (one for one in found if one is not None and one not in LANGUAGES)
        whole["languages"] = [*LANGUAGES, *dict.fromkeys(others)]
    log.stop_if_refused()
    draft = _draft(whole, reading)
    return Taken(draft, tuple(log.remarks), settings.get("form_id") if settings else "")


def _on(log: Log, read: Table, otherwise: str) -> Log:
    return log.on(read.name or otherwise)


def _sheet(
    grid: Grid | None, default: str, needed: tuple[str, ...], log: Log, *, exact: bool
) -> Table:
    if grid is None:
        return Table((), ())
    there = log.on(grid.name)
    read = table(grid, default, there, exact=exact)
    names = {column.name for column in read.columns}
    for name in needed:
        if name not in names and read.lines:
            there.refused(Code.no_column, min(grid.rows), name, name=name)
    return read


def _settings(grid: Grid | None, log: Log) -> Line | None:
    """Read the one row of settings, and tell which are not taken."""
    if grid is None:
        return None
    there = log.on(grid.name)
    read = table(grid, None, there)
    if not read.lines:
        return None
    line = read.lines[0]
    for column in read.columns:
        if column.name not in _SETTINGS_READ and line.get(column.name):
            there.left(Code.setting_left, line.number, column.written, value=line.get(column.name))
    return line


def _default_language(settings: Line | None, survey: Grid, language: str | None, log: Log) -> str:
    """Choose the language of words that name none; it is guessed only as the last resort."""
    written = settings.get("default_language") if settings else ""
    if settings and written and written.lower() != "default":
        code = language_code(written)
        if code:
            return code
        column = settings.named("default_language")
        there = log.on("settings")
        there.refused(Code.unknown_language, settings.number, column, language=written)
    known = language or first_language(survey)
    if known is None:
        log.on(survey.name).changed(Code.language_assumed, language=LANGUAGES[0])
    return known or LANGUAGES[0]


def _whole(grids: Mapping[str, Grid], settings: Line | None, default: str, log: Log) -> Document:
    """Read what belongs to the whole; in a workbook of another program that is its title."""
    title = settings.get("form_title") if settings else ""
    if wholes.SHEET not in grids:
        return {"title": {default: title}} if title else {}
    there = log.on(wholes.SHEET)
    made = wholes.whole_document(table(grids[wholes.SHEET], default, there, exact=True), there)
    words = made.get("title", {}).get(default, "").strip()
    if settings and title and title not in (words, settings.get("form_id")):
        made["title"] = {**made.get("title", {}), default: title}
        column = settings.named("form_title")
        log.on("settings").changed(Code.title_edited, settings.number, column, language=default)
    return made


def _sheets_left(grids: Mapping[str, Grid], log: Log) -> None:
    for name, grid in grids.items():
        if name not in _WANTED and not name.startswith("_"):
            log.on(grid.name).left(Code.sheet_left)


def _draft(document: Document, reading: Reading) -> Draft:
    try:
        return read_draft(document)
    except DocumentError as error:
        for path, reason in error.problems:
            _invalid(path, reason, document, reading)
        raise FileRefusedError(tuple(reading.log.remarks)) from error


def _invalid(path: str, reason: str, document: Document, reading: Reading) -> None:
    """Tell of a value that the model refuses, in the row that it came from."""
    steps = path.split("/")
    if len(steps) < 4 or steps[0] != "sections" or steps[2] != "questions":
        reading.log.on(wholes.SHEET).refused(Code.not_valid, 0, path, reason=reason)
        return
    made = document["sections"][int(steps[1])]["questions"][int(steps[3])]
    within = steps[5:]
    if within[:1] == ["options"] and made["id"] in reading.listed and len(within) > 1:
        listed = reading.listed[made["id"]]
        number = dict(enumerate(listed.rows)).get(int(within[1]), listed.line.number)
        column = f"{OWN}{within[-1]}"
        column = column if column in OPTION_COLUMNS else within[-1]
        reading.log.on("choices").refused(Code.not_valid, number, column, reason=reason)
        return
    field = within[0] if within else ""
    column = f"{OWN}{field}" if f"{OWN}{field}" in reading.lines[made["id"]].written else field
    number = reading.lines[made["id"]].number
    reading.log.refused(Code.not_valid, number, column, reason=reason)
