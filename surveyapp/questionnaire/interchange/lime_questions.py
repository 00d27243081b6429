"""A question of LimeSurvey to one of ours, or to what refuses it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from surveyapp.questionnaire.interchange.choices import with_other
from surveyapp.questionnaire.interchange.lime_expressions import ALWAYS
from surveyapp.questionnaire.interchange.lime_scales import LABELS_OF, scale
from surveyapp.questionnaire.interchange.lime_tables import Lime, Record
from surveyapp.questionnaire.interchange.names import slug
from surveyapp.questionnaire.interchange.own import Document
from surveyapp.questionnaire.interchange.relevance import Asked, Sort
from surveyapp.questionnaire.interchange.report import Code

# Attributes that say what may be answered, or who is asked, in ways that are read nowhere else.
_REFUSED = (
    ("array_filter", "array_filter_exclude", "array_filter_style", "min_answers", "hidden")
    + ("em_validation_q", "em_validation_sq", "equals_num_value", "min_num_value")
    + ("max_num_value", "multiflexible_min", "multiflexible_max")
)
_READ = frozenset(
    ("max_answers", "exclude_all_others", "min_num_value_n", "max_num_value_n")
    + ("num_value_int_only", "maximum_chars", "other_replace_text")
)
_BATTERIES = frozenset("ABCEFH")
_LISTS = frozenset("L!O")


@dataclass
class Answers:
    """The rows below a question, each with all its languages."""

    options: list[list[Record]] = field(default_factory=list)
    parts: list[list[Record]] = field(default_factory=list)
    attributes: dict[str, Record] = field(default_factory=dict)

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, or an empty string."""
        row = self.attributes.get(name)
        return row.get("value") if row else ""


@dataclass
class State:
    """What is known while the questions are read."""

    lime: Lime
    known: dict[str, Asked] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def name(self, row: Record, name: str) -> str:
        """Give a question its id, and tell when it is not its name."""
        made = slug(name, self.taken)
        self.taken.add(made)
        if made != name:
            self.lime.changed(Code.renamed, row, "title", old=name, new=made)
        return made

    def remember(self, row: Record, asked: Asked, part: str = "") -> None:
        """Let conditions look at an answer by the name it has, new or old."""
        title = row.get("title")
        old = f"{row.get('sid')}X{row.get('gid')}X{row.get('qid')}{part}"
        for name in (f"{title}_{part}" if part else title, old):
            self.known[name] = asked


Made = Iterator[Document]


def question(rows: list[Record], below: Answers, state: State) -> Made:
    """Make the documents of a question: one, or several where LimeSurvey asks much at once."""
    row, lime = rows[0], state.lime
    kind = row.get("type")
    if kind == "I":
        lime.left(Code.type_left, row, "type", type=kind)
        return
    build = BUILDER_FOR.get(kind)
    if build is None:
        lime.refused(Code.type_not_supported, row, "type", type=kind, title=row.get("title"))
        return
    _guard(row, below, state)
    for one in rows:
        if one.get("script"):
            lime.left(Code.value_left, one, "script", value=one.get("script")[:60])
    made: Document = {"id": state.name(row, row.get("title"))}
    made["text"] = lime.words(_worded(rows), "question")
    help_ = lime.words(_worded(rows), "help")
    if help_:
        made["hint"] = help_
    if row.get("mandatory") == "Y" and kind != "X":
        made["required"] = True
    yield from build(made, rows, below, state)


def _worded(rows: list[Record]) -> list[Record]:
    """Leave out the row that has no language where others have."""
    return [row for row in rows if row.get("language")]


def _guard(row: Record, below: Answers, state: State) -> None:
    """Refuse what would be lost; an attribute that does no harm is told of once."""
    lime = state.lime
    if row.get("preg"):
        lime.refused(Code.constraint, row, "preg", text=row.get("preg")[:60])
    for name, attribute in below.attributes.items():
        value = attribute.get("value")
        if name in _REFUSED and value not in ("", "0"):
            lime.refused(Code.logic_not_supported, attribute, name, text=value[:60])
        elif name not in _READ | state.told and value not in ("", "0"):
            state.told.add(name)
            lime.left(Code.value_left, attribute, name, value=value[:60])
    for part in below.parts:
        if part[0].get("relevance") not in ALWAYS:
            text = part[0].get("relevance")[:200]
            lime.refused(Code.condition, part[0], "relevance", text=text)


def _coded(
    rows: list[list[Record]], code: str, words: str, lime: Lime
) -> tuple[list[Document], dict[str, str]]:
    """Read options or subquestions: documents, and our id of each code."""
    codes: dict[str, str] = {}
    options: list[Document] = []
    for group in rows:
        written = group[0].get(code)
        codes[written] = slug(written.lower(), codes.values(), otherwise="c")
        label = lime.words(_worded(group), words)
        options.append({"id": codes[written], "label": label})
        if group[0].get("scale_id") not in ("", "0"):
            lime.refused(Code.type_not_supported, group[0], "scale_id", type="dual scale")
    return options, codes


def _other(made: Document, row: Record, below: Answers, lime: Lime) -> None:
    if row.get("other") == "Y":
        made["options"], code = with_other(made["options"])
        words = below.attribute("other_replace_text")
        lime.changed(Code.other_added, row, "other", id=code, words=words)


def _whole(below: Answers, name: str, lime: Lime) -> int | None:
    value = below.attribute(name)
    if not value:
        return None
    if value.isdecimal() and len(value) < 10:
        return int(value)
    row = below.attributes[name]
    lime.refused(Code.constraint, row, name, text=value[:60])
    return None


def _single(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    row, kind = rows[0], rows[0].get("type")
    if kind in _LISTS:
        made["options"], codes = _coded(below.options, "code", "answer", state.lime)
    else:
        made["options"], codes = scale(kind)
    made["kind"] = "scale" if kind == "5" else "single"
    _other(made, row, below, state.lime)
    state.remember(row, Asked(made["id"], Sort.one, codes | _other_code(row)))
    yield made
    if kind == "O":
        comment = slug(f"{made['id'][:30]}_comment", state.taken)
        state.taken.add(comment)
        state.lime.changed(Code.other_added, row, "type", id=comment)
        words = {"en": "Comments", "fr": "Commentaires"}
        yield {"kind": "text", "id": comment, "text": words, "long": True}


def _other_code(row: Record) -> dict[str, str]:
    return {"-oth-": "other"} if row.get("other") == "Y" else {}


def _multiple(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    row, lime = rows[0], state.lime
    made["kind"] = "multiple"
    made["options"], codes = _coded(below.parts, "title", "question", lime)
    most = _whole(below, "max_answers", lime)
    if most is not None:
        made["at_most"] = most
    alone = below.attribute("exclude_all_others").split(";")
    for option in made["options"]:
        if option["id"] in {codes.get(one.strip()) for one in alone}:
            option["exclusive"] = True
    _other(made, row, below, lime)
    for written, code in codes.items():
        state.remember(row, Asked(made["id"], Sort.tick, {"Y": code}), written)
    yield made


def _battery(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    row, kind, lime = rows[0], rows[0].get("type"), state.lime
    made["kind"] = "battery"
    if kind in LABELS_OF:
        made["options"], codes = scale(kind)
    else:
        made["options"], codes = _coded(below.options, "code", "answer", lime)
    lines, ids = _coded(below.parts, "title", "question", lime)
    made["statements"] = [{"id": line["id"], "text": line["label"]} for line in lines]
    for written, code in ids.items():
        state.remember(row, Asked(f"{made['id']}.{code}", Sort.one, codes), written)
    yield made


def _rank(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    made["kind"] = "rank"
    listed = (
        (below.options, "code", "answer")
        if below.options
        else (
            below.parts,
            "title",
            "question",
        )
    )
    made["options"], _ = _coded(*listed, state.lime)
    most = _whole(below, "max_answers", state.lime)
    if most is not None:
        made["at_most"] = most
    yield made


def _number(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    made["kind"] = "number"
    if below.attribute("num_value_int_only") != "1":
        made["decimals"] = 2
        state.lime.changed(Code.decimals_assumed, rows[0], "type", decimals=2)
    for name, limit in (("minimum", "min_num_value_n"), ("maximum", "max_num_value_n")):
        value = below.attribute(limit)
        try:
            made |= {name: float(value)} if value else {}
        except ValueError:
            state.lime.refused(Code.constraint, below.attributes[limit], limit, text=value[:60])
    state.remember(rows[0], Asked(made["id"], Sort.number, {}))
    yield made


def _text(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    made["kind"] = "text"
    if rows[0].get("type") != "S":
        made |= {"long": True, "at_most": 2_000}
    most = _whole(below, "maximum_chars", state.lime)
    if most is not None:
        made["at_most"] = most
    state.remember(rows[0], Asked(made["id"], Sort.words, {}))
    yield made


def _several(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    """Ask several numbers or texts one after another, under a note with the question they share."""
    required = made.pop("required", False)
    yield made | {"kind": "note"}
    build = _number if rows[0].get("type") == "K" else _text
    for part in below.parts:
        name = f"{rows[0].get('title')}_{part[0].get('title')}"
        one: Document = {"id": state.name(part[0], name)}
        one["text"] = state.lime.words(_worded(part), "question")
        if required:
            one["required"] = True
        fields = {**part[0].fields, "type": "S", "title": name}
        named = Record(part[0].table, part[0].number, fields)
        yield from build(one, [named], below, state)


def _note(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    yield made | {"kind": "note"}


Builder = Callable[[Document, list[Record], Answers, State], Made]
BUILDER_FOR: dict[str, Builder] = {
    **dict.fromkeys("L!OYG5", _single),
    "M": _multiple,
    **dict.fromkeys(sorted(_BATTERIES), _battery),
    "R": _rank,
    "N": _number,
    **dict.fromkeys("STU", _text),
    **dict.fromkeys("KQ", _several),
    "X": _note,
}
