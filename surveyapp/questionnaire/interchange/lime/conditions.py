"""Conditions of LimeSurvey before version 1.91 had relevance: rows, put together as one.

They are put together as LimeSurvey itself did when it went over to relevance: rows about the same
question are joined by "or" where they say "is", by "and" otherwise; questions by "and"; scenarios
by "or".
"""

from itertools import groupby

from surveyapp.questionnaire.interchange.expressions import ExpressionError
from surveyapp.questionnaire.interchange.lime.tables import Record
from surveyapp.questionnaire.interchange.relevance import Known

_METHODS = frozenset(("==", "!=", ">", ">=", "<", "<="))


def relevance_of(rows: list[Record], known: Known) -> str:
    """Write the rows of a question's conditions as its relevance.

    :raise ExpressionError: with the method or the value that relevance cannot say.
    """
    in_order = sorted(rows, key=lambda row: (row.get("scenario"), row.get("cqid")))
    scenarios = []
    for _scenario, held in groupby(in_order, key=lambda row: row.get("scenario")):
        asked = [
            _joined([*some], known) for _qid, some in groupby(held, key=lambda row: row.get("cqid"))
        ]
        scenarios.append(f"({' && '.join(asked)})")
    return " || ".join(scenarios)


def _joined(rows: list[Record], known: Known) -> str:
    join = " || " if all(_method(row) == "==" for row in rows) else " && "
    return f"({join.join(_clause(row, known) for row in rows)})"


def _method(row: Record) -> str:
    return row.get("method") or "=="


def _clause(row: Record, known: Known) -> str:
    name, value, method = row.get("cfieldname").lstrip("+"), row.get("value"), _method(row)
    if method not in _METHODS or '"' in value or value.startswith(("@", "{")):
        raise ExpressionError(f"{name} {method} {value}"[:80])
    if value and f"{name}{value}" in known:
        # One choice of several is an answer of its own, "Y" where it is ticked.
        name, value = f"{name}{value}", "Y"
    if not value:
        return f"is_empty({name}.NAOK)" if method == "==" else f"!is_empty({name}.NAOK)"
    return f'{name}.NAOK {method} "{value}"'
