"""What a questionnaire lacks before anybody can be asked: gaps, each with its code and place."""

from collections import Counter
from collections.abc import Collection, Iterator

from pydantic import BaseModel

from surveyapp.questionnaire.findings import Code, Finding, under
from surveyapp.questionnaire.model import (
    Battery,
    Draft,
    Kind,
    Multiple,
    Number,
    Option,
    Question,
    Rank,
    Role,
    Scale,
    Section,
    Single,
    Tag,
)
from surveyapp.questionnaire.references import reference_gaps
from surveyapp.questionnaire.text import Text, TranslationState

__all__ = ["Code", "Finding", "gaps", "texts"]

# A multiple choice is one 64-bit word in the matrix; a single code fits 16 bits with room.
MOST_OPTIONS = 60
# Our own line: a child younger than this is told to ask an adult before answering.
LEAST_AGE_ALONE = 12


def _step(name: str, part: BaseModel) -> str:
    if isinstance(part, Tag):
        return f"{name}/{part.id}"
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
                yield from texts(one, f"{path}/{_step(name, one)}")


def _text_gaps(draft: Draft) -> Iterator[Finding]:
    for path, text in texts(draft):
        for language in draft.languages:
            state = text.state(language)
            if state is TranslationState.missing:
                yield Finding(Code.text_missing, path, language)
            elif state is TranslationState.stale:
                yield Finding(Code.text_stale, path, language)


def _youth_gaps(draft: Draft) -> Iterator[Finding]:
    youth = draft.youth
    if youth is None:
        return
    if youth.most_age is not None and youth.most_age < youth.least_age:
        limits = {"least": youth.least_age, "most": youth.most_age}
        yield Finding(Code.youth_ages, "youth", limits=limits)
    if youth.least_age < LEAST_AGE_ALONE and not youth.ask_adult:
        yield Finding(Code.youth_needs_adult, "youth", limits={"least": LEAST_AGE_ALONE})


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
    groups = {
        "": [section.id for section in draft.sections],
        "languages": draft.languages,
        "factors": [tag.id for tag in draft.factors],
        "priorities": [tag.id for tag in draft.priorities],
    }
    for name, ids in groups.items():
        for one in _repeated(ids):
            yield Finding(Code.duplicate_id, f"{name}/{one}".lstrip("/"))
    paths = {question.id: f"{part.id}/{question.id}" for part, question in _placed(draft)}
    for one in _repeated([question.id for question in draft.questions()]):
        yield Finding(Code.duplicate_id, paths[one])


def _placed(draft: Draft) -> Iterator[tuple[Section, Question]]:
    return ((section, question) for section in draft.sections for question in section.questions)


# Roles that have a meaning: nothing in a ranking is "not applicable", and no tick has a score.
_ROLES = {
    Kind.multiple: frozenset(Role) - {Role.scored},
    Kind.rank: frozenset((Role.substantive,)),
}
# A battery has one set of options for many lines, a ranking a position for each option: neither
# has a place for words of one's own.
_SPECIFY = frozenset((Kind.single, Kind.scale, Kind.multiple))


def _option_gaps(question: Question, option: Option) -> Iterator[Finding]:
    node = f"{question.id}/{option.id}"
    if option.role not in _ROLES.get(question.kind, frozenset(Role)):
        yield Finding(Code.role_not_possible, node, limits={"role": option.role.value})
    if option.specify and question.kind not in _SPECIFY:
        yield Finding(Code.specify_not_possible, node)
    if option.role is Role.scored and option.score is None:
        yield Finding(Code.role_without_score, node)
    if option.role is not Role.scored and option.score is not None:
        yield Finding(Code.score_without_role, node)
    if option.role is Role.scored and option.favourable is None:
        yield Finding(Code.favourable_unknown, node)


def _choice_gaps(question: Single | Scale | Multiple | Battery | Rank) -> Iterator[Finding]:
    if len(question.options) < 2:
        yield Finding(Code.few_options, question.id)
    if len(question.options) > MOST_OPTIONS:
        yield Finding(Code.too_many_options, question.id, limits={"most": MOST_OPTIONS})
    if sum(option.specify for option in question.options) > 1:
        yield Finding(Code.two_specify, question.id)
    for option in question.options:
        yield from _option_gaps(question, option)
    if isinstance(question, Battery) and not question.statements:
        yield Finding(Code.few_statements, question.id)


def _number_gaps(question: Number) -> Iterator[Finding]:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low >= high:
        yield Finding(Code.number_range, question.id)
    if list(question.bands) != sorted(set(question.bands)):
        yield Finding(Code.bands_unordered, question.id)


def _repeated_parts(question: Question) -> Iterator[Finding]:
    for group in (getattr(question, "options", ()), getattr(question, "statements", ())):
        for one in _repeated([part.id for part in group]):
            yield Finding(Code.duplicate_id, f"{question.id}/{one}")


def repeated_ids(draft: Draft) -> Iterator[Finding]:
    """Walk the codes that two parts share: no edit could tell these apart."""
    yield from _id_gaps(draft)
    for section, question in _placed(draft):
        yield from under(section.id, _repeated_parts(question))


def _question_gaps(question: Question) -> Iterator[Finding]:
    yield from _repeated_parts(question)
    if isinstance(question, Single | Scale | Multiple | Battery | Rank):
        yield from _choice_gaps(question)
    if isinstance(question, Number):
        yield from _number_gaps(question)


def gaps(draft: Draft) -> Iterator[Finding]:
    """Walk everything without which nobody can be asked. None: the questionnaire is complete."""
    yield from _structure_gaps(draft)
    yield from _youth_gaps(draft)
    yield from _text_gaps(draft)
    yield from _id_gaps(draft)
    for section, question in _placed(draft):
        yield from under(section.id, _question_gaps(question))
    yield from reference_gaps(draft)
