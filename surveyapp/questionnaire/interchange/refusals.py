"""What keeps a draft from being a form that other programs accept."""

from collections import Counter
from collections.abc import Iterator

from surveyapp.questionnaire.completeness import texts
from surveyapp.questionnaire.interchange.expressions import ExpressionError
from surveyapp.questionnaire.interchange.relevance import Asked, Known, Sort, expression_of
from surveyapp.questionnaire.interchange.report import NotExportableError
from surveyapp.questionnaire.model import (
    Battery,
    Draft,
    Kind,
    Multiple,
    Note,
    Question,
    Rank,
    Scale,
    Single,
)

MOST_CHARACTERS = 32_767
_SORTS = {
    Kind.single: Sort.one,
    Kind.scale: Sort.one,
    Kind.battery: Sort.one,
    Kind.multiple: Sort.several,
    Kind.rank: Sort.several,
    Kind.number: Sort.number,
    Kind.place: Sort.place,
}
_CODES = ("dont_know", "prefer_not")


def known_of(draft: Draft) -> Known:
    """Return every answer that an expression can look at, by the name it has in a form."""
    return {asked.key: asked for question in draft.questions() for asked in _asked(question)}


def _asked(question: Question) -> Iterator[Asked]:
    sort = _SORTS.get(question.kind, Sort.words)
    ids = [option.id for option in getattr(question, "options", ())]
    codes = {code: code for code in (ids or ([] if isinstance(question, Note) else _CODES))}
    if isinstance(question, Battery):
        for statement in question.statements:
            yield Asked(f"{question.id}.{statement.id}", sort, codes)
    else:
        yield Asked(question.id, sort, codes)


def _repeated(draft: Draft) -> Iterator[str]:
    groups = [
        [section.id for section in draft.sections],
        [question.id for question in draft.questions()],
    ]
    for question in draft.questions():
        for part in ("options", "statements"):
            groups.append([one.id for one in getattr(question, part, ())])
    for group in groups:
        yield from (one for one, times in Counter(group).items() if times > 1)


def check_exportable(draft: Draft) -> None:
    """Refuse a draft that no form can be made of.

    :raise NotExportableError: naming the first fault and the id at fault.
    """
    for one in _repeated(draft):
        raise NotExportableError("duplicate_id", one)
    known = known_of(draft)
    for question in draft.questions():
        if isinstance(question, Single | Scale | Multiple | Rank | Battery):
            if not question.options:
                raise NotExportableError("few_options", question.id)
            if isinstance(question, Battery) and not question.statements:
                raise NotExportableError("few_statements", question.id)
        _check_condition(question, known)
    _check_texts(draft)


def _check_condition(question: Question, known: Known) -> None:
    try:
        if question.asked_if is not None:
            expression_of(question.asked_if, known)
    except (ExpressionError, RecursionError) as error:
        raise NotExportableError("condition", question.id) from error


def _check_texts(draft: Draft) -> None:
    for path, text in texts(draft):
        for words in text.wordings.values():
            # "${" would be read as the answer to another question.
            if len(words) > MOST_CHARACTERS or "${" in words or "x005F_" in words:
                raise NotExportableError("text", path)
