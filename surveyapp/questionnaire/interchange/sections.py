"""The tree of the survey sheet to sections of questions; what groups say is kept."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import ceil

from pydantic import TypeAdapter, ValidationError

from surveyapp.questionnaire.conditions import All, AnyOf, Condition
from surveyapp.questionnaire.drafting.editing import MOST_NODES
from surveyapp.questionnaire.interchange.choices import own_fields, words_of
from surveyapp.questionnaire.interchange.expressions import ExpressionError
from surveyapp.questionnaire.interchange.headers import Line
from surveyapp.questionnaire.interchange.names import PAGE, slug
from surveyapp.questionnaire.interchange.own import Document
from surveyapp.questionnaire.interchange.questions import (
    await_condition,
    common,
    guard,
    question,
    required,
)
from surveyapp.questionnaire.interchange.reading import Pending, Reading
from surveyapp.questionnaire.interchange.relevance import (
    Asked,
    Sort,
    condition_of,
    expression_of,
)
from surveyapp.questionnaire.interchange.report import Code
from surveyapp.questionnaire.interchange.tree import Branch, Leaf, Stem
from surveyapp.questionnaire.interchange.types import METADATA
from surveyapp.questionnaire.model import Battery, Section, Statement

SPECIFY = "specify"
# So many questions a page, where a form without groups has more than a page can hold.
LOOSE_PAGE = 20
_CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def sections(stems: list[Stem], reading: Reading) -> list[Document]:
    """Make the sections: a group at the top is one, and so are questions that stand in none."""
    made: list[Document] = []
    taken: set[str] = set()
    for loose, stretch in groupby(stems, key=_is_loose):
        if loose:
            questions = list(_questions(stretch, (), reading))
            made.extend(_loose(page, taken, reading) for page in _pages(questions))
        else:
            made.extend(_section(one, taken, reading) for one in stretch if isinstance(one, Branch))
    for pending in reading.pending:
        _decide(pending, reading)
    for leaf in reading.specified:
        _specified(leaf, made, reading)
    return made


def _is_loose(stem: Stem) -> bool:
    return isinstance(stem, Leaf) or _is_battery(stem)


def _pages(questions: list[Document]) -> Iterator[list[Document]]:
    """Keep questions together, unless they are more than one page can have."""
    most = len(questions)
    if most > MOST_NODES["questions"]:
        most = max(LOOSE_PAGE, ceil(most / MOST_NODES["sections"]))
    for start in range(0, len(questions), most or 1):
        yield questions[start : start + most]


def _loose(questions: list[Document], taken: set[str], reading: Reading) -> Document:
    code = slug("questions", taken)
    taken.add(code)
    line = reading.lines[questions[0]["id"]]
    reading.log.changed(
        Code.loose_questions, line.number, line.named("type"), section=code, count=len(questions)
    )
    return {"id": code, "title": {}, "questions": questions}


def _section(branch: Branch, taken: set[str], reading: Reading) -> Document:
    line = branch.line
    name = line.get("name").removeprefix(PAGE)
    code = slug(name or "section", taken, otherwise="s")
    taken.add(code)
    if name and code != name:
        reading.log.changed(Code.renamed, line.number, line.named("name"), old=name, new=code)
    made: Document = {"id": code, "title": words_of(line, "label", reading.log) or {}}
    intro = words_of(line, "surveyapp_intro", reading.log)
    if intro is not None:
        made["intro"] = intro
    made |= dict(own_fields(line, Section, reading.log))
    _hint_left(line, reading)
    _looks_left(line, reading)
    above = (line,) if line.get("relevant") else ()
    if above:
        reading.log.changed(Code.condition_joined, line.number, line.named("relevant"))
    made["questions"] = list(_questions(branch.inside, above, reading))
    return made


def _hint_left(line: Line, reading: Reading) -> None:
    """Tell of a hint that its row has no place for here."""
    if line.texts.get("hint"):
        reading.log.left(Code.text_left, line.number, line.named("hint"))


def _looks_left(line: Line, reading: Reading) -> None:
    """Tell of a group's looks that are not kept."""
    for look in line.get("appearance").lower().split():
        if look not in ("field-list", "table-list"):
            column = line.named("appearance")
            reading.log.left(Code.value_left, line.number, column, value=look)


def _questions(
    stems: Iterable[Stem], above: tuple[Line, ...], reading: Reading
) -> Iterator[Document]:
    for stem in stems:
        if isinstance(stem, Branch):
            inside = _battery if _is_battery(stem) else _flattened
            yield from inside(stem, above, reading)
            continue
        if stem.line.get("surveyapp_part") == SPECIFY:
            reading.specified.append(stem)
        elif stem.type.base in METADATA:
            column = stem.line.named("type")
            reading.log.left(Code.type_left, stem.line.number, column, type=stem.type.base)
        else:
            made = question(stem, above, reading)
            if made is not None:
                yield made


def _flattened(branch: Branch, above: tuple[Line, ...], reading: Reading) -> Iterator[Document]:
    """Put a group in a group beside the rest; its heading is read as a note."""
    line = branch.line
    _hint_left(line, reading)
    _looks_left(line, reading)
    name = line.get("name")
    reading.log.changed(Code.group_flattened, line.number, line.named("type"), name=name)
    here = (*above, line) if line.get("relevant") else above
    text = words_of(line, "label", reading.log)
    if text:
        note: Document = {"kind": "note", "id": reading.name(line, "note"), "text": text}
        await_condition(note, here, reading)
        yield note
    yield from _questions(branch.inside, here, reading)


def _is_battery(stem: Stem) -> bool:
    """Tell whether a group is one question: statements on one scale, asked together."""
    if not isinstance(stem, Branch) or not stem.is_battery():
        return False
    leaves = list(stem.leaves())
    same = {(leaf.type.base, leaf.type.choices, leaf.type.other) for leaf in leaves}
    apart = any(leaf.line.get("relevant") or leaf.line.get("constraint") for leaf in leaves)
    return len(same) == 1 and next(iter(same))[::2] == ("select_one", False) and not apart


def _battery(branch: Branch, above: tuple[Line, ...], reading: Reading) -> Iterator[Document]:
    line = branch.line
    made: Document = {"kind": "battery", "id": reading.name(line, "battery")}
    for part in common(line, Battery, reading):
        made |= part
    _looks_left(line, reading)
    leaves = list(branch.leaves())
    listed = reading.options(leaves[0])
    reading.listed[made["id"]] = listed
    made["options"] = listed.without()
    lines = [leaf for leaf in leaves if not _is_heading(leaf)]
    made["statements"] = list(_statements(made["id"], lines, reading))
    must = {required(leaf, reading) for leaf in lines}
    if len(must) > 1:
        reading.log.refused(Code.battery_mixed, line.number, leaves[0].line.named("required"))
    if must == {True}:
        made["required"] = True
    await_condition(made, (*above, line), reading)
    yield made


def _is_heading(leaf: Leaf) -> bool:
    """Tell whether a row only shows the labels of the scale above the statements."""
    return "label" in leaf.line.get("appearance").lower().split()


def _statements(code: str, leaves: list[Leaf], reading: Reading) -> Iterator[Document]:
    taken: set[str] = set()
    for leaf in leaves:
        line, name = leaf.line, leaf.line.get("name")
        guard(leaf, reading)
        bare = name.removeprefix(f"{code}.")
        made = slug(bare or "statement", taken, otherwise="s")
        taken.add(made)
        if made != bare:
            reading.log.changed(Code.renamed, line.number, line.named("name"), old=name, new=made)
        _hint_left(line, reading)
        codes = dict(reading.listed[code].codes)
        reading.remember(name, Asked(f"{code}.{made}", Sort.one, codes))
        own = dict(own_fields(line, Statement, reading.log))
        yield {"id": made, "text": words_of(line, "label", reading.log) or {}} | own


def _decide(pending: Pending, reading: Reading) -> None:
    """Read the conditions of a question and of the groups around it: all must hold."""
    parts = [_condition(line, reading) for line in pending.relevants]
    found = [part for part in parts if part is not None]
    if not found:
        return
    condition = found[0] if len(found) == 1 else All(all=tuple(found))
    exact = _exact(pending, reading)
    pending.made["asked_if"] = (exact or condition).model_dump(mode="json", by_alias=True)


def _condition(line: Line, reading: Reading) -> Condition | None:
    written = line.get("relevant")
    known = {name: asked for name, asked in reading.known.items() if name not in reading.ambiguous}
    try:
        return condition_of(written, known)
    except ExpressionError as error:
        column = line.named("relevant")
        reading.log.refused(
            Code.condition, line.number, column, text=written[:200], part=str(error)[:80]
        )
        return None


def _exact(pending: Pending, reading: Reading) -> Condition | None:
    """Return the condition as it was written down exactly, unless ``relevant`` was edited since."""
    if pending.exact is None:
        return None
    line = pending.relevants[-1]
    try:
        condition = _CONDITION.validate_python(pending.exact)
        if expression_of(condition, reading.known) == line.get("relevant"):
            return condition
    except (ValidationError, ExpressionError, RecursionError):
        pass
    reading.log.changed(Code.condition_edited, line.number, line.named("relevant"))
    return None


def specify_condition(code: str, options: Iterable[str]) -> Condition:
    """Tell when the words beside a choice are asked."""
    return AnyOf(question=code, any_of=tuple(options))


def _specified(leaf: Leaf, made: list[Document], reading: Reading) -> None:
    """Check that words beside a choice are still asked when that choice is taken, and then only."""
    name = leaf.line.get("name").rpartition(".")[0]
    asked = reading.known.get(name)
    every = (one for section in made for one in section["questions"])
    nothing: Document = {}
    found = next((one for one in every if asked and one["id"] == asked.key), nothing)
    options = [one["id"] for one in found.get("options", ()) if one.get("specify")]
    if asked and options:
        expected = expression_of(specify_condition(name, options), {name: asked})
        if expected == leaf.line.get("relevant"):
            return
    reading.refused(Code.specify_moved, leaf, "relevant", name=leaf.line.get("name"))
