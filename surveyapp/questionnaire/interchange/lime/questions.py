"""A question of LimeSurvey to one of ours, or to what refuses it."""

from collections.abc import Callable, Iterator

from surveyapp.questionnaire.interchange.choices import with_other
from surveyapp.questionnaire.interchange.lime.expressions import ALWAYS
from surveyapp.questionnaire.interchange.lime.numbers import number
from surveyapp.questionnaire.interchange.lime.scales import LABELS_OF, scale
from surveyapp.questionnaire.interchange.lime.state import Answers, State, whole
from surveyapp.questionnaire.interchange.lime.tables import Lime, Record
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
    ("max_answers", "max_subquestions", "exclude_all_others", "min_num_value_n", "max_num_value_n")
    + ("num_value_int_only", "maximum_chars", "other_replace_text", "numbers_only", "suffix")
    + ("slider_layout", "slider_min", "slider_max", "slider_accuracy")
)
# What LimeSurvey writes beside every question when nobody chose anything.
_AS_MADE = frozenset(
    (
        *(("save_as_default", "N"), ("save_as_default", "Y"), ("clear_default", "N")),
        *(("statistics_showgraph", "1"), ("time_limit_action", "1"), ("question_template", "core")),
        *(("other_position", "default"), ("other_position", "end"), ("slider_rating", "2")),
        *(("assessment_value", "1"), ("printable_help", ""), ("hide_tip", "1")),
        *(("answer_order", "normal"), ("subquestion_order", "normal"), ("showpopups", "1")),
        *(("samechoiceheight", "1"), ("samelistheight", "1"), ("fix_height", "200")),
        *(("slider_default_set", "1"), ("slider_custom_handle", "f1ae"), ("slider_separator", "|")),
        *(("value_range_allows_missing", "1"), ("commented_checkbox", "checked")),
        *(("commented_checkbox_auto", "1"),),
    )
)
# Themes that make something else of a type: one looks at the browser and asks nobody, in others
# the words of an answer are the address of a picture.
_SEEN_ONLY = frozenset(("browserdetect",))
_OF_PICTURES = "image_select"
_BATTERIES = frozenset("ABCEFH")
_LISTS = frozenset("L!O")


Made = Iterator[Document]


def question(rows: list[Record], below: Answers, state: State) -> Made:
    """Make the documents of a question: one, or several where LimeSurvey asks much at once."""
    row, lime = rows[0], state.lime
    kind = row.get("type")
    if kind == "I":
        lime.left(Code.type_left, row, "type", type=kind)
        return
    theme = row.get("question_theme_name")
    if theme in _SEEN_ONLY:
        lime.left(Code.type_left, row, "question_theme_name", type=theme)
        return
    build = BUILDER_FOR.get(kind)
    if build is None or theme.startswith(_OF_PICTURES):
        asked = kind if build is None else theme
        lime.refused(Code.type_not_supported, row, "type", type=asked, title=row.get("title"))
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
    elif row.get("mandatory") == "S":
        lime.changed(Code.softly_required, row, "mandatory", title=row.get("title"))
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
        elif (name, value) in _AS_MADE:
            continue
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
        label = next(one for one in made["options"] if one["id"] == code)
        label["label"] |= lime.words(below.by_language.get("other_replace_text", []), "value")
        words = below.attribute("other_replace_text")
        lime.changed(Code.other_added, row, "other", id=code, words=words)


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
        yield _comment(made, row, state)


def _comment(made: Document, row: Record, state: State) -> Document:
    """Ask for the comment that stands beside the choices after them."""
    comment = slug(f"{made['id'][:30]}_comment", state.taken)
    state.taken.add(comment)
    state.lime.changed(Code.comment_apart, row, "type", id=comment)
    words = {"en": "Comments", "fr": "Commentaires"}
    return {"kind": "text", "id": comment, "text": words, "long": True}


def _other_code(row: Record) -> dict[str, str]:
    return {"-oth-": "other"} if row.get("other") == "Y" else {}


def _multiple(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    row, lime = rows[0], state.lime
    made["kind"] = "multiple"
    made["options"], codes = _coded(below.parts, "title", "question", lime)
    most = whole(below, "max_answers", lime)
    if most is not None:
        made["at_most"] = most
    alone = below.attribute("exclude_all_others").split(";")
    for option in made["options"]:
        if option["id"] in {codes.get(one.strip()) for one in alone}:
            option["exclusive"] = True
    _other(made, row, below, lime)
    for part in below.parts:
        ticked = {"Y": codes[part[0].get("title")]}
        state.remember(row, Asked(made["id"], Sort.tick, ticked), part[0])
    yield made
    if row.get("type") == "P":
        yield _comment(made, row, state)


def _battery(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    row, kind, lime = rows[0], rows[0].get("type"), state.lime
    made["kind"] = "battery"
    if kind in LABELS_OF:
        made["options"], codes = scale(kind)
    else:
        made["options"], codes = _coded(below.options, "code", "answer", lime)
    lines, ids = _coded(below.parts, "title", "question", lime)
    made["statements"] = [{"id": line["id"], "text": line["label"]} for line in lines]
    for part in below.parts:
        line = ids[part[0].get("title")]
        state.remember(row, Asked(f"{made['id']}.{line}", Sort.one, codes), part[0])
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
    limits = (whole(below, name, state.lime) for name in ("max_answers", "max_subquestions"))
    most = [limit for limit in limits if limit]
    if most:
        made["at_most"] = min(most)
    yield made


def _text(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    if below.attribute("numbers_only") == "1":
        yield from number(made, rows, below, state)
        return
    made["kind"] = "text"
    if rows[0].get("type") != "S":
        made |= {"long": True, "at_most": 2_000}
    most = whole(below, "maximum_chars", state.lime)
    if most is not None:
        made["at_most"] = most
    state.remember(rows[0], Asked(made["id"], Sort.words, {}))
    yield made


def _several(made: Document, rows: list[Record], below: Answers, state: State) -> Made:
    """Ask several numbers or texts one after another, under a note with the question they share."""
    required = made.pop("required", False)
    yield made | {"kind": "note"}
    build = number if rows[0].get("type") == "K" else _text
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
    **dict.fromkeys("MP", _multiple),
    **dict.fromkeys(sorted(_BATTERIES), _battery),
    "R": _rank,
    "N": number,
    **dict.fromkeys("STU", _text),
    **dict.fromkeys("KQ", _several),
    "X": _note,
}
