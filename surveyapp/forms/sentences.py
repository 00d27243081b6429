"""What a resident is told when an answer cannot be taken: a whole sentence for each problem."""

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.questionnaire.answers import Problem, ProblemCode

SENTENCES: dict[ProblemCode, LazyString] = {
    ProblemCode.required: _l("Answer this question to go on"),
    ProblemCode.unknown_option: _l("Choose one of the answers shown"),
    ProblemCode.unknown_place: _l("Choose a place from the list"),
    ProblemCode.not_a_number: _l("Write a number in digits, such as 12"),
    ProblemCode.out_of_range: _l("Write a number from %(least)s to %(most)s"),
    ProblemCode.too_many_decimals: _l("Write a number with at most %(decimals)s decimals"),
    ProblemCode.too_long: _l("Shorten your answer to %(most)s characters; it has %(length)s"),
    ProblemCode.unprintable: _l(
        "Remove the characters that cannot be shown, then write your answer again"
    ),
    ProblemCode.too_many: _l("Choose at most %(most)s answers; you chose %(ticked)s"),
    ProblemCode.exclusive: _l(
        "One of the answers you ticked can only stand alone: untick it, or untick the others"
    ),
    ProblemCode.ranked_twice: _l(
        "Give each number to one answer only; you gave %(position)s twice"
    ),
    ProblemCode.not_a_position: _l("Use the numbers from 1 to %(most)s"),
    ProblemCode.answer_and_code: _l("Write an answer or tick the box, not both"),
    ProblemCode.specify_without_choice: _l(
        "Choose the answer that your words belong to, or clear them"
    ),
    ProblemCode.nothing_told: _l("Answer at least one question: there is nothing to send yet"),
}
_WHOLE = _l("Write a whole number")
_AT_LEAST = _l("Write a number of at least %(least)s")
_AT_MOST = _l("Write a number of at most %(most)s")


def _template(problem: Problem) -> LazyString:
    limits = problem.limits
    if problem.code is ProblemCode.too_many_decimals and not limits["decimals"]:
        return _WHOLE
    if problem.code is ProblemCode.out_of_range and limits["most"] is None:
        return _AT_LEAST
    if problem.code is ProblemCode.out_of_range and limits["least"] is None:
        return _AT_MOST
    return SENTENCES[problem.code]


def sentence(problem: Problem) -> str:
    """Put a problem into words, numbers in the reader's format."""
    limits = {
        name: format_decimal(value) if isinstance(value, int | float) else value
        for name, value in problem.limits.items()
    }
    return str(_template(problem)) % limits
