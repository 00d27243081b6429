"""What a questionnaire lacks before anybody can be asked: gaps, each with its code and place."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel

from surveyapp.questionnaire.conditions import AnyOf, Condition, NoneOf, leaves
from surveyapp.questionnaire.model import (
    Battery,
    Draft,
    Multiple,
    Note,
    Number,
    Option,
    Place,
    Question,
    Rank,
    Role,
    Scale,
    Single,
    items,
)
from surveyapp.questionnaire.text import Text, TranslationState


class Code(StrEnum):
    """What can be said of a draft."""

    text_missing = "text_missing"
    text_stale = "text_stale"
    no_notice = "no_notice"
    no_language = "no_language"
    no_section = "no_section"
    no_question = "no_question"
    duplicate_id = "duplicate_id"
    few_options = "few_options"
    few_statements = "few_statements"
    too_many_options = "too_many_options"
    score_without_role = "score_without_role"
    role_without_score = "role_without_score"
    favourable_unknown = "favourable_unknown"
    condition_unknown_question = "condition_unknown_question"
    condition_later_question = "condition_later_question"
    condition_unknown_option = "condition_unknown_option"
    condition_not_a_number = "condition_not_a_number"
    number_range = "number_range"
    bands_unordered = "bands_unordered"
    no_place_question = "no_place_question"
    two_place_questions = "two_place_questions"
    no_none_of_these = "no_none_of_these"
    few_index_items = "few_index_items"
    rank_is_long = "rank_is_long"
    page_is_long = "page_is_long"
    identifying = "identifying"
    takes_long = "takes_long"


# A multiple choice is one 64-bit word in the matrix; a single code fits 16 bits with room.
MOST_OPTIONS = 60


@dataclass(frozen=True)
class Finding:
    """Something to mend or to consider. ``node`` is the path of ids from the section down."""

    code: Code
    node: str = ""
    language: str | None = None
    limits: Mapping[str, object] = field(default_factory=dict)


def _named(part: object, name: str) -> str:
    return str(getattr(part, "id", name))


def texts(part: BaseModel, path: str = "") -> Iterator[tuple[str, Text]]:
    """Walk every text below a node with its path of ids and field names."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        below = value if isinstance(value, tuple) else (value,)
        for one in below:
            if isinstance(one, Text):
                yield f"{path}/{name}".lstrip("/"), one
            elif isinstance(one, BaseModel) and name != "asked_if":
                yield from texts(one, f"{path}/{_named(one, name)}")


def _text_gaps(draft: Draft) -> Iterator[Finding]:
    for path, text in texts(draft):
        for language in draft.languages:
            state = text.state(language)
            if state is TranslationState.missing:
                yield Finding(Code.text_missing, path, language)
            elif state is TranslationState.stale:
                yield Finding(Code.text_stale, path, language)


def _structure_gaps(draft: Draft) -> Iterator[Finding]:
    if not draft.languages:
        yield Finding(Code.no_language)
    if draft.notice is None:
        yield Finding(Code.no_notice, "notice")
    if not draft.sections:
        yield Finding(Code.no_section)
    for section in draft.sections:
        if not section.questions:
            yield Finding(Code.no_question, section.id)


def _repeated(ids: Collection[str]) -> Iterator[str]:
    return (one for one, times in Counter(ids).items() if times > 1)


def _id_gaps(draft: Draft) -> Iterator[Finding]:
    for one in _repeated([section.id for section in draft.sections]):
        yield Finding(Code.duplicate_id, one)
    for one in _repeated([question.id for question in draft.questions()]):
        yield Finding(Code.duplicate_id, one)
    for question in draft.questions():
        for group in (getattr(question, "options", ()), getattr(question, "statements", ())):
            for one in _repeated([part.id for part in group]):
                yield Finding(Code.duplicate_id, f"{question.id}/{one}")


def _option_gaps(question: Question, option: Option) -> Iterator[Finding]:
    node = f"{question.id}/{option.id}"
    if option.role is Role.scored and option.score is None:
        yield Finding(Code.role_without_score, node)
    if option.role is not Role.scored and option.score is not None:
        yield Finding(Code.score_without_role, node)
    if option.role is Role.scored and option.favourable is None:
        yield Finding(Code.favourable_unknown, node)


def _question_gaps(question: Question) -> Iterator[Finding]:
    if isinstance(question, Single | Scale | Multiple | Battery | Rank):
        if len(question.options) < 2:
            yield Finding(Code.few_options, question.id)
        if len(question.options) > MOST_OPTIONS:
            yield Finding(Code.too_many_options, question.id, limits={"most": MOST_OPTIONS})
        for option in question.options:
            yield from _option_gaps(question, option)
    if isinstance(question, Battery) and not question.statements:
        yield Finding(Code.few_statements, question.id)
    if isinstance(question, Number):
        low, high = question.minimum, question.maximum
        if low is not None and high is not None and low >= high:
            yield Finding(Code.number_range, question.id)
        if list(question.bands) != sorted(set(question.bands)):
            yield Finding(Code.bands_unordered, question.id)


def _codes_of(question: Question) -> frozenset[str] | None:
    if isinstance(question, Place):
        return None
    options = frozenset(option.id for option in getattr(question, "options", ()))
    return options or frozenset(code.value for code in Role)


def _condition_gaps(
    question: Question, condition: Condition, earlier: Mapping[str, Question], later: frozenset[str]
) -> Iterator[Finding]:
    for leaf in leaves(condition):
        if leaf.question not in earlier:
            unknown = leaf.question not in later
            code = Code.condition_unknown_question if unknown else Code.condition_later_question
            yield Finding(code, question.id, limits={"question": leaf.question})
            continue
        looked_at = earlier[leaf.question]
        wanted = leaf.any_of if isinstance(leaf, AnyOf) else ()
        wanted = leaf.none_of if isinstance(leaf, NoneOf) else wanted
        known = _codes_of(looked_at)
        for option in wanted:
            if known is not None and option not in known:
                yield Finding(Code.condition_unknown_option, question.id, limits={"option": option})
        if hasattr(leaf, "is_") and not isinstance(looked_at, Number):
            yield Finding(Code.condition_not_a_number, question.id)


def _all_condition_gaps(draft: Draft) -> Iterator[Finding]:
    keys = {item.key: item.question for item in items(draft)}
    earlier: dict[str, Question] = {}
    for question in draft.questions():
        if question.asked_if is not None:
            later = frozenset(keys) - frozenset(earlier)
            yield from _condition_gaps(question, question.asked_if, earlier, later)
        if not isinstance(question, Note):
            earlier |= {key: one for key, one in keys.items() if one is question}


def gaps(draft: Draft) -> Iterator[Finding]:
    """Walk everything without which nobody can be asked. None: the questionnaire is complete."""
    yield from _structure_gaps(draft)
    yield from _text_gaps(draft)
    yield from _id_gaps(draft)
    for question in draft.questions():
        yield from _question_gaps(question)
    yield from _all_condition_gaps(draft)
