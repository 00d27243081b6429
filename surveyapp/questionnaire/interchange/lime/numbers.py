"""Numbers of LimeSurvey: their ends, decimals and unit, written in fields or as a slider."""

from collections.abc import Iterator

from surveyapp.questionnaire.interchange.lime.state import Answers, State
from surveyapp.questionnaire.interchange.lime.tables import Lime, Record
from surveyapp.questionnaire.interchange.own import Document
from surveyapp.questionnaire.interchange.relevance import Asked, Sort
from surveyapp.questionnaire.interchange.report import Code


def _decimals(row: Record, below: Answers, lime: Lime) -> int:
    """Return how many decimals a number has: a slider's step tells, or that it is whole."""
    step = below.attribute("slider_accuracy") if _is_slider(below) else ""
    if below.attribute("num_value_int_only") == "1" or (_is_slider(below) and step in ("", "1")):
        return 0
    if step.replace(".", "", 1).isdecimal():
        return min(len(step.partition(".")[2]), 6)
    lime.changed(Code.decimals_assumed, row, "type", decimals=2)
    return 2


def _is_slider(below: Answers) -> bool:
    return below.attribute("slider_layout") == "1"


def number(made: Document, rows: list[Record], below: Answers, state: State) -> Iterator[Document]:
    """Make a number of a question."""
    made |= {"kind": "number", "decimals": _decimals(rows[0], below, state.lime)}
    for name, limit in (("minimum", "min_num_value_n"), ("maximum", "max_num_value_n")):
        _limit(made, name, limit, below, state.lime)
    if _is_slider(below):
        # The ends that a slider has when nobody says where they are.
        made.setdefault("minimum", 0.0)
        made.setdefault("maximum", 100.0)
        for name, limit in (("minimum", "slider_min"), ("maximum", "slider_max")):
            _limit(made, name, limit, below, state.lime)
    unit = state.lime.words(below.by_language.get("suffix", []), "value")
    if unit:
        made["unit"] = unit
    state.remember(rows[0], Asked(made["id"], Sort.number, {}))
    yield made


def _limit(made: Document, name: str, limit: str, below: Answers, lime: Lime) -> None:
    value = below.attribute(limit)
    try:
        made |= {name: float(value)} if value else {}
    except ValueError:
        lime.refused(Code.constraint, below.attributes[limit], limit, text=value[:60])
