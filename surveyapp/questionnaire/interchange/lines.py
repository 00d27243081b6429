"""A question as rows of the survey sheet, by kind."""

from collections.abc import Iterator
from typing import Any

from surveyapp.questionnaire.interchange.constraints import constraint_of
from surveyapp.questionnaire.interchange.expressions import ExpressionError
from surveyapp.questionnaire.interchange.headers import OWN
from surveyapp.questionnaire.interchange.own import Document, cell_of
from surveyapp.questionnaire.interchange.relevance import Known, condition_of, expression_of
from surveyapp.questionnaire.interchange.sections import SPECIFY, specify_condition
from surveyapp.questionnaire.model import (
    Battery,
    Kind,
    Number,
    Place,
    Question,
    Statement,
    TextQuestion,
)

# Rows whose label may be left out.
LABELLED = frozenset(("begin_group",))
# What the columns of XLSForm itself hold.
_EVERYWHERE = frozenset(
    ("kind", "id", "text", "hint", "asked_if", "required", "options", "statements")
    + ("minimum", "maximum", "long", "level")
)
_IN_CONSTRAINT = frozenset((Kind.multiple, Kind.text))


def _type(question: Question) -> str:
    match question:
        case Number():
            return "decimal" if question.decimals else "integer"
        case Place():
            # The places are the wave's, as a form's external list is its server's.
            return f"select_one_from_file places_{question.level}.csv"
    names = {
        Kind.single: f"select_one {question.id}",
        Kind.scale: f"select_one {question.id}",
        Kind.multiple: f"select_multiple {question.id}",
        Kind.rank: f"rank {question.id}",
        Kind.text: "text",
        Kind.note: "note",
        Kind.battery: "begin_group",
    }
    return names[question.kind]


def _appearance(question: Question) -> str:
    if isinstance(question, TextQuestion):
        return "multiline" if question.long else ""
    return {Kind.scale: "likert", Kind.battery: "table-list"}.get(question.kind, "")


def _own(part: Question | Statement, held: frozenset[str]) -> Document:
    """Write the fields that no column of XLSForm holds."""
    dumped = part.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(held))
    texts = {name: value for name in dumped if _is_text(value := getattr(part, name))}
    return {f"{OWN}{name}": texts.get(name) or cell_of(dumped[name]) for name in dumped}


def _is_text(value: Any) -> bool:
    return hasattr(value, "wordings")


def _relevant(question: Question, known: Known) -> Document:
    """Write the condition; exactly as well, where reading it back makes another of the same sense.

    :raise ExpressionError: if no expression can say it.
    """
    if question.asked_if is None:
        return {}
    written = expression_of(question.asked_if, known)
    try:
        same = condition_of(written, known) == question.asked_if
    except ExpressionError:
        same = False
    if same:
        return {"relevant": written}
    exact = question.asked_if.model_dump(mode="json", by_alias=True)
    return {"relevant": written, f"{OWN}asked_if": cell_of(exact)}


def _row(question: Question, known: Known) -> Document:
    held = _EVERYWHERE | ({"at_most"} if question.kind in _IN_CONSTRAINT else frozenset())
    row: Document = {"type": _type(question), "name": question.id, "label": question.text}
    if question.hint is not None:
        row["hint"] = question.hint
    if question.required and question.kind is not Kind.battery:
        row["required"] = "yes"
    row["constraint"] = constraint_of(question)
    row["appearance"] = _appearance(question)
    return row | _relevant(question, known) | _own(question, held)


def _battery_rows(question: Battery) -> Iterator[Document]:
    for statement in question.statements:
        row: Document = {
            "type": f"select_one {question.id}",
            "name": f"{question.id}.{statement.id}",
            "label": statement.text,
        }
        if question.required:
            row["required"] = "yes"
        yield row | _own(statement, frozenset(("id", "text")))
    yield {"type": "end_group"}


def _specify_rows(question: Question, known: Known) -> Iterator[Document]:
    chosen = [option for option in getattr(question, "options", ()) if option.specify]
    if not chosen or question.kind not in (Kind.single, Kind.scale, Kind.multiple):
        return
    condition = specify_condition(question.id, (option.id for option in chosen))
    yield {
        "type": "text",
        "name": f"{question.id}.other",
        "label": chosen[0].label,
        "relevant": expression_of(condition, known),
        f"{OWN}part": SPECIFY,
    }


def question_lines(question: Question, known: Known) -> Iterator[Document]:
    """Walk the rows of a question: itself, its statements, the words beside a choice."""
    yield _row(question, known)
    if isinstance(question, Battery):
        yield from _battery_rows(question)
    yield from _specify_rows(question, known)
