"""One row of the survey sheet to one question, or to what refuses it."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from pydantic import BaseModel

from surveyapp.questionnaire.interchange.choices import (
    own_fields,
    with_other,
    words_of,
)
from surveyapp.questionnaire.interchange.constraints import Limits, limits_of
from surveyapp.questionnaire.interchange.expressions import ExpressionError
from surveyapp.questionnaire.interchange.headers import Line
from surveyapp.questionnaire.interchange.names import slug
from surveyapp.questionnaire.interchange.own import Document
from surveyapp.questionnaire.interchange.reading import Pending, Reading
from surveyapp.questionnaire.interchange.relevance import Asked, Sort, numeral
from surveyapp.questionnaire.interchange.report import Code
from surveyapp.questionnaire.interchange.tree import Leaf, is_yes
from surveyapp.questionnaire.kinds import Kind
from surveyapp.questionnaire.model import (
    Multiple,
    Note,
    Number,
    Place,
    Rank,
    Scale,
    Single,
    TextQuestion,
)

_NO = frozenset(("", "no", "false", "false()", "0"))
# Columns that say what may be answered in ways that no question of ours has.
_LOGIC = ("calculation", "trigger", "repeat_count")
_MOST_STOPS = 11
_NUMERAL = re.compile(r"^-?\d{1,9}(?:\.\d{1,9})?$", re.ASCII)
PLACE_FILES = {f"places_{level}.csv": level for level in ("neighbourhood", "municipality")}
_HONOURED = frozenset(("multiline", "likert", "rating", "table-list", "label", "list-nolabel"))


def required(leaf: Leaf, reading: Reading) -> bool:
    """Tell whether a row must be answered; a rule for it that depends is refused."""
    cell = leaf.line.get("required")
    if cell.lower() not in _NO and not is_yes(cell):
        reading.refused(Code.logic_not_supported, leaf, "required", text=cell[:60])
    return is_yes(cell)


def guard(leaf: Leaf, reading: Reading) -> None:
    """Refuse the logic of a row that would be lost, and tell what is left out."""
    line = leaf.line
    for column in _LOGIC:
        if line.get(column):
            reading.refused(Code.logic_not_supported, leaf, column, text=line.get(column)[:60])
    if line.get("choice_filter"):
        reading.refused(Code.choice_filter, leaf, "choice_filter", text=line.get("choice_filter"))
    if leaf.type.base != "note" and line.get("read_only").lower() not in _NO:
        reading.refused(Code.logic_not_supported, leaf, "read_only", text=line.get("read_only"))
    for column in ("default", "parameters"):
        if line.get(column) and (column, leaf.type.base) != ("parameters", "range"):
            left = line.get(column)[:60]
            reading.log.left(Code.value_left, line.number, line.named(column), value=left)
    for look in line.get("appearance").split():
        if look.lower() not in _HONOURED:
            column = line.named("appearance")
            reading.log.left(Code.value_left, line.number, column, value=look)


def _limits(leaf: Leaf, kind: Kind, reading: Reading) -> Limits:
    written = leaf.line.get("constraint")
    try:
        return limits_of(written, kind, whole=leaf.type.base == "integer")
    except ExpressionError as error:
        reading.refused(Code.constraint, leaf, "constraint", text=written, part=str(error))
        return Limits()


def _bounds(limits: Limits) -> Document:
    pairs = (("minimum", limits.minimum), ("maximum", limits.maximum), ("at_most", limits.at_most))
    return {name: value for name, value in pairs if value is not None}


def _choosing(leaf: Leaf, made: Document, reading: Reading) -> Sort:
    listed = reading.options(leaf)
    made["options"], codes = listed.without(), dict(listed.codes)
    reading.listed[made["id"]] = listed
    if leaf.type.other:
        made["options"], codes["other"] = with_other(made["options"])
        column = leaf.line.named("type")
        reading.log.changed(Code.other_added, leaf.line.number, column, id=codes["other"])
    several = made["kind"] in (Kind.multiple.value, Kind.rank.value)
    sort = Sort.several if several else Sort.one
    reading.remember(leaf.line.get("name"), Asked(made["id"], sort, codes))
    return sort


def _single(leaf: Leaf, made: Document, reading: Reading) -> None:
    if "likert" in leaf.line.get("appearance").lower().split():
        made["kind"] = Kind.scale.value
    _choosing(leaf, made, reading)
    _limits(leaf, Kind.single, reading)


def _multiple(leaf: Leaf, made: Document, reading: Reading) -> None:
    _choosing(leaf, made, reading)
    limits = _limits(leaf, Kind.multiple, reading)
    made |= _bounds(limits)
    codes = reading.known[leaf.line.get("name")].codes
    by_id = {option["id"]: option for option in made["options"]}
    for choice in limits.alone:
        option = by_id.get(codes.get(choice, ""))
        if option is None:
            reading.refused(Code.constraint, leaf, "constraint", part=choice)
        elif option.get("role", "substantive") in ("substantive", "scored"):
            option["exclusive"] = True


def _rank(leaf: Leaf, made: Document, reading: Reading) -> None:
    _choosing(leaf, made, reading)
    _limits(leaf, Kind.rank, reading)


def _number(leaf: Leaf, made: Document, reading: Reading) -> None:
    line = leaf.line
    made |= _bounds(_limits(leaf, Kind.number, reading))
    if leaf.type.base == "decimal" and "decimals" not in made:
        made["decimals"] = 2
        reading.log.changed(Code.decimals_assumed, line.number, line.named("type"), decimals=2)
    codes = {code: code for code in ("dont_know", "prefer_not")}
    reading.remember(line.get("name"), Asked(made["id"], Sort.number, codes))


def _text(leaf: Leaf, made: Document, reading: Reading) -> None:
    if "multiline" in leaf.line.get("appearance").lower().split():
        made |= {"long": True, "at_most": 2_000}
    made |= _bounds(_limits(leaf, Kind.text, reading))
    codes = {code: code for code in ("dont_know", "prefer_not")}
    reading.remember(leaf.line.get("name"), Asked(made["id"], Sort.words, codes))


def _note(leaf: Leaf, made: Document, reading: Reading) -> None:
    _limits(leaf, Kind.note, reading)
    if leaf.line.get("name"):
        reading.remember(leaf.line.get("name"), Asked(made["id"], Sort.words, {}))


def _place(leaf: Leaf, made: Document, reading: Reading) -> None:
    level = PLACE_FILES.get(leaf.type.choices)
    if level is None:
        reading.refused(Code.type_not_supported, leaf, "type", type=leaf.line.get("type"))
    made["level"] = level
    _limits(leaf, Kind.place, reading)
    reading.remember(leaf.line.get("name"), Asked(made["id"], Sort.place, {}))


def _parameters(leaf: Leaf) -> dict[str, Decimal]:
    """Read "start=1 end=10 step=1", with the values that pyxform puts where none is.

    :raise ValueError: if one is no number.
    """
    found = {"start": Decimal(1), "end": Decimal(10), "step": Decimal(1)}
    for part in leaf.line.get("parameters").replace(";", " ").replace(",", " ").split():
        name, _, value = part.partition("=")
        if name.lower() in found:
            if not _NUMERAL.match(value):
                raise ValueError(value)
            found[name.lower()] = Decimal(value)
    return found


def _range(leaf: Leaf, made: Document, reading: Reading) -> None:
    """Read a slider: any number if every step is one, else a scale of its stops."""
    line = leaf.line
    try:
        given = _parameters(leaf)
        start, end, step = given["start"], given["end"], given["step"]
        stops = int((end - start) / step) + 1 if step > 0 else 0
    except ValueError:
        stops = 0
    if not stops >= 2:
        reading.refused(Code.step, leaf, "parameters", text=line.get("parameters"))
        return
    places = max(0, -int(step.normalize().as_tuple().exponent))
    stars = "rating" in line.get("appearance").lower().split()
    if step == Decimal(1).scaleb(-places) and places <= 6 and not stars:
        made |= {"minimum": float(start), "maximum": float(end), "decimals": places}
        reading.remember(line.get("name"), Asked(made["id"], Sort.number, {}))
    elif stops <= _MOST_STOPS:
        _stops(leaf, made, [start + step * number for number in range(stops)], reading)
    else:
        reading.refused(Code.step, leaf, "parameters", text=line.get("parameters"))
    _limits(leaf, Kind.note, reading)
    reading.log.changed(Code.range_made, line.number, line.named("type"), kind=made["kind"])


def _stops(leaf: Leaf, made: Document, stops: list[Decimal], reading: Reading) -> None:
    shown = [numeral(float(stop)) for stop in stops]
    codes = {one: slug(one.replace("-", "minus "), otherwise="n") for one in shown}
    made["kind"] = Kind.scale.value
    made["options"] = [{"id": codes[one], "label": {"en": one, "fr": one}} for one in shown]
    reading.remember(leaf.line.get("name"), Asked(made["id"], Sort.one, codes))


Builder = Callable[[Leaf, Document, Reading], None]
BUILDER_FOR: dict[str, tuple[type[BaseModel], Builder]] = {
    "select_one": (Single, _single),
    "select_multiple": (Multiple, _multiple),
    "rank": (Rank, _rank),
    "integer": (Number, _number),
    "decimal": (Number, _number),
    "range": (Number, _range),
    "text": (TextQuestion, _text),
    "note": (Note, _note),
    "select_one_from_file": (Place, _place),
}


def common(line: Line, model: type[BaseModel], reading: Reading) -> Iterator[Document]:
    """Walk what a row says of any question: its words and our own columns."""
    text = words_of(line, "label", reading.log)
    yield {"text": text or {}}
    hint = words_of(line, "hint", reading.log)
    if hint is not None:
        yield {"hint": hint}
    yield dict(own_fields(line, model, reading.log))
    unit = words_of(line, "surveyapp_unit", reading.log)
    if unit is not None:
        yield {"unit": unit}


def question(leaf: Leaf, above: tuple[Line, ...], reading: Reading) -> Document | None:
    """Make the document of a question; None if its type cannot be asked.

    ``above`` are the groups around it that have a condition.
    """
    model, build = BUILDER_FOR.get(leaf.type.base, (None, None))
    if model is None or build is None:
        reading.refused(Code.type_not_supported, leaf, "type", type=leaf.line.get("type"))
        return None
    guard(leaf, reading)
    kind = Scale if model is Single and _is_likert(leaf) else model
    made: Document = {"id": reading.name(leaf.line, leaf.type.base)}
    made["kind"] = model.model_fields["kind"].default.value
    for part in common(leaf.line, kind, reading):
        made |= part
    if required(leaf, reading):
        made["required"] = True
    build(leaf, made, reading)
    await_condition(made, (*above, leaf.line), reading)
    return made


def _is_likert(leaf: Leaf) -> bool:
    return "likert" in leaf.line.get("appearance").lower().split()


def await_condition(made: Document, lines: tuple[Line, ...], reading: Reading) -> None:
    """Leave the condition for when every question is known."""
    exact = made.pop("asked_if", None)
    relevants = tuple(line for line in lines if line.get("relevant"))
    if exact is not None and not lines[-1].get("relevant"):
        line, exact = lines[-1], None
        reading.log.changed(Code.condition_edited, line.number, line.named("relevant"))
    if relevants:
        reading.pending.append(Pending(made, relevants, exact))
