"""LimeSurvey in: an .lss file becomes a draft, or is refused by table, row and field."""

from collections.abc import Iterator

from surveyapp.questionnaire.conditions import All
from surveyapp.questionnaire.document import DocumentError, read_draft
from surveyapp.questionnaire.interchange.expressions import ExpressionError
from surveyapp.questionnaire.interchange.lime.conditions import relevance_of
from surveyapp.questionnaire.interchange.lime.expressions import ALWAYS, expression
from surveyapp.questionnaire.interchange.lime.questions import question
from surveyapp.questionnaire.interchange.lime.state import Answers, State
from surveyapp.questionnaire.interchange.lime.tables import Lime, Record, plain_words, read_tables
from surveyapp.questionnaire.interchange.names import slug
from surveyapp.questionnaire.interchange.own import Document
from surveyapp.questionnaire.interchange.relevance import condition_of
from surveyapp.questionnaire.interchange.report import Code, FileRefusedError, Log, Taken

LANGUAGES = ("en", "fr")
# Tables that decide who may go on answering.
_REFUSED = ("quota", "quota_members")
_LEFT = ("defaultvalues", "assessments", "survey_url_parameters", "plugin_settings")


def read_limesurvey(data: bytes, _language: str | None = None) -> Taken:
    """Read a survey of LimeSurvey; entities are off.

    :raise FileRefusedError: if anything would be lost that decides who is asked or what is
        answered; its remarks name table, row and field.
    """
    log = Log()
    lime = read_tables(data, log)
    for table in _REFUSED:
        if lime.rows(table):
            log.on(table).refused(Code.logic_not_supported, 1, text=table)
    for table in _LEFT:
        if lime.rows(table):
            log.on(table).left(Code.sheet_left)
    others = [code for code in lime.languages.values() if code not in LANGUAGES]
    document = _whole(lime) | {"format": 1, "languages": [*LANGUAGES, *others]}
    document["sections"] = list(_sections(lime))
    log.stop_if_refused()
    try:
        draft = read_draft(document)
    except DocumentError as error:
        for path, reason in error.problems:
            log.refused(Code.not_valid, 0, path, reason=reason)
        raise FileRefusedError(tuple(log.remarks)) from error
    return Taken(draft, tuple(log.remarks))


def _whole(lime: Lime) -> Document:
    """Read the title, the welcome and the thanks."""
    rows = [
        Record(row.table, row.number, {**row.fields, "language": row.get("surveyls_language")})
        for row in lime.rows("surveys_languagesettings")
    ]
    made: Document = {"title": lime.words(rows, "surveyls_title")}
    made["summary"] = lime.words(rows, "surveyls_welcometext")
    thanks = lime.words(rows, "surveyls_endtext")
    for row in rows:
        for name in ("surveyls_description", "surveyls_policy_notice"):
            if plain_words(row.get(name)):
                lime.left(Code.text_left, row, name)
        if row.get("surveyls_url"):
            lime.left(Code.value_left, row, "surveyls_url", value=row.get("surveyls_url")[:60])
    return made | ({"thanks": thanks} if thanks else {})


def _grouped(lime: Lime, table: str, words: str, key: str, other: str) -> dict[str, list[Record]]:
    """Gather the rows of each thing; words stand in rows of their own since version 4.

    The first row is the thing itself; those with a language follow.
    """
    found: dict[str, list[Record]] = {}
    for row in lime.rows(table):
        found.setdefault(_identity(row, key), []).append(row)
    for row in lime.rows(words):
        found.setdefault(row.get(other), []).append(row)
    return {identity: rows for identity, rows in found.items() if rows[0].table == table}


def _identity(row: Record, key: str) -> str:
    """Name what a row is about; old answers have no number of their own."""
    return row.get(key) or f"{row.get('qid')}/{row.get('code')}/{row.get('scale_id')}"


def _order(rows: list[Record], field: str) -> tuple[int, int]:
    written = rows[0].get(field)
    return (int(written) if written.isdecimal() and len(written) < 10 else 0, rows[0].number)


def _below(lime: Lime) -> dict[str, Answers]:
    """Gather what stands below each question."""
    found: dict[str, Answers] = {}
    options = _grouped(lime, "answers", "answer_l10ns", "aid", "aid").values()
    for rows in sorted(options, key=lambda rows: _order(rows, "sortorder")):
        found.setdefault(rows[0].get("qid"), Answers()).options.append(rows)
    parts = _grouped(lime, "subquestions", "question_l10ns", "qid", "qid").values()
    for rows in sorted(parts, key=lambda rows: _order(rows, "question_order")):
        found.setdefault(rows[0].get("parent_qid"), Answers()).parts.append(rows)
    for row in lime.rows("question_attributes"):
        below = found.setdefault(row.get("qid"), Answers())
        below.attributes.setdefault(row.get("attribute"), row)
        below.by_language.setdefault(row.get("attribute"), []).append(row)
    return found


def _sections(lime: Lime) -> Iterator[Document]:
    below, state, taken = _below(lime), State(lime), set[str]()
    groups = _grouped(lime, "groups", "group_l10ns", "gid", "gid")
    asked = _grouped(lime, "questions", "question_l10ns", "qid", "qid")
    in_order = sorted(asked.values(), key=lambda rows: _order(rows, "question_order"))
    conditioned: dict[str, list[Record]] = {}
    for row in lime.rows("conditions"):
        conditioned.setdefault(row.get("qid"), []).append(row)
    for gid, rows in sorted(groups.items(), key=lambda one: _order(one[1], "group_order")):
        worded = [row for row in rows if row.get("language")]
        title = lime.words(worded, "group_name")
        code = slug(next(iter(title.values()), f"g{gid}").lower(), taken, otherwise="g")
        taken.add(code)
        made: Document = {"id": code, "title": title, "questions": []}
        shuffled = rows[0].get("randomization_group")
        if shuffled:
            lime.left(Code.value_left, rows[0], "randomization_group", value=shuffled[:60])
        intro = lime.words(worded, "description")
        if intro:
            made["intro"] = intro
        for one in in_order:
            if one[0].get("gid") != gid:
                continue
            condition = _condition(rows[0], one[0], conditioned.get(one[0].get("qid"), []), state)
            for each in question(one, below.get(one[0].get("qid"), Answers()), state):
                made["questions"].append(each | condition)
        yield made


def _condition(group: Record, row: Record, listed: list[Record], state: State) -> Document:
    """Read the relevance of a group and of a question in it; both must hold."""
    lime = state.lime
    sources = [
        (group, "grelevance", group.get("grelevance")),
        (row, "relevance", row.get("relevance")),
    ]
    if listed and row.get("relevance") in ALWAYS:
        sources[1] = (listed[0], "cfieldname", _listed(row, listed, state))
    found = []
    for source, field, written in sources:
        if written in ALWAYS:
            continue
        try:
            condition = condition_of(expression(written), state.known)
        except ExpressionError as error:
            lime.refused(Code.condition, source, field, text=written[:200], part=str(error)[:80])
            continue
        if condition is not None:
            found.append(condition)
    if not found:
        return {}
    if found and group.get("grelevance") not in ALWAYS:
        lime.changed(Code.condition_joined, group, "grelevance", title=row.get("title"))
    whole = found[0] if len(found) == 1 else All(all=tuple(found))
    return {"asked_if": whole.model_dump(mode="json", by_alias=True)}


def _listed(row: Record, listed: list[Record], state: State) -> str:
    """Return the relevance of files that are too old to have it; otherwise refuse the rows."""
    text = listed[0].get("cfieldname")
    if "relevance" in row.fields:
        state.lime.refused(Code.condition, listed[0], "cfieldname", text=text, part=text)
        return ""
    try:
        return relevance_of(listed, state.known)
    except ExpressionError as error:
        state.lime.refused(Code.condition, listed[0], "cfieldname", text=text, part=str(error))
        return ""
