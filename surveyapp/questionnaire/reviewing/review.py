"""Whether a draft may be published, and what it would change."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from surveyapp.questionnaire.completeness import gaps
from surveyapp.questionnaire.document import (
    Questionnaire,
    complete,
    fingerprint,
    plain_document,
    read_draft,
)
from surveyapp.questionnaire.findings import Code, Finding, item_nodes
from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.index import LEAST_ITEMS, index_items
from surveyapp.questionnaire.model import Draft, Multiple, Place, Role, items
from surveyapp.questionnaire.reviewing.advice import advice
from surveyapp.questionnaire.reviewing.changes import (
    Change,
    ChangeKind,
    Reason,
    changes_between,
    newest_items,
)
from surveyapp.questionnaire.reviewing.reach import never_asked

__all__ = [
    "Change",
    "ChangeKind",
    "Code",
    "Finding",
    "NotPublishableError",
    "Reason",
    "Review",
    "changes_between",
    "prepare",
    "review",
]

# Codes keep their number for ever, and a multiple choice is one 64-bit word in the matrix.
MOST_CODES = 64


@dataclass(frozen=True)
class Review:
    """What a reviewer reads. ``revision`` names the draft that was reviewed."""

    problems: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    changes: tuple[Change, ...]
    revision: str

    def unaccepted(self, accepted: Collection[str]) -> tuple[Change, ...]:
        """List the changes that keep the draft from being published."""
        return tuple(
            change
            for change in self.changes
            if change.kind is ChangeKind.refused
            or (change.kind is ChangeKind.reworded and change.node not in accepted)
        )


class NotPublishableError(ValueError):
    """The draft has problems, or changes that are refused or not accepted."""

    def __init__(self, review: Review, accepted: Collection[str]) -> None:
        super().__init__("the draft cannot be published")
        self.review = review
        self.changes = review.unaccepted(accepted)


def _place_rules(draft: Draft) -> Iterator[Finding]:
    places = [
        f"{section.id}/{question.id}"
        for section in draft.sections
        for question in section.questions
        if isinstance(question, Place)
    ]
    if not places:
        yield Finding(Code.no_place_question)
    for extra in places[1:]:
        yield Finding(Code.two_place_questions, extra)


def _option_rules(draft: Draft) -> Iterator[Finding]:
    for section in draft.sections:
        for question in section.questions:
            if isinstance(question, Multiple) and not any(
                option.exclusive and option.role is Role.substantive for option in question.options
            ):
                yield Finding(Code.no_none_of_these, f"{section.id}/{question.id}")


def _index_rules(draft: Draft) -> Iterator[Finding]:
    for area in Area:
        found = len(index_items(draft, area))
        if 0 < found < LEAST_ITEMS:
            limits = {"area": area.value, "items": found, "least": LEAST_ITEMS}
            yield Finding(Code.few_index_items, limits=limits)


def _code_rules(draft: Draft, editions: Sequence[Draft]) -> Iterator[Finding]:
    """Options of a multiple choice that were ever published, and those to come, in one word."""
    known: dict[str, set[str]] = {}
    for document in (*editions, draft):
        for item in items(document):
            known.setdefault(item.key, set()).update(option.id for option in item.options)
    crowded = {key: len(codes) for key, codes in known.items() if len(codes) > MOST_CODES}
    nodes = item_nodes(draft) if crowded else {}
    for item in items(draft):
        if isinstance(item.question, Multiple) and item.key in crowded:
            limits = {"codes": crowded[item.key], "most": MOST_CODES}
            yield Finding(Code.too_many_codes, nodes[item.key], limits=limits)


def _problems(draft: Draft, editions: Sequence[Draft]) -> Iterator[Finding]:
    yield from gaps(draft)
    yield from (Finding(Code.never_asked, node) for node in never_asked(draft))
    yield from _place_rules(draft)
    yield from _option_rules(draft)
    yield from _index_rules(draft)
    yield from _code_rules(draft, editions)


def review(draft: Draft, last: Draft | None = None, older: Sequence[Draft] = ()) -> Review:
    """Review a draft against the rules and against the editions before it, oldest first."""
    editions = (*older, last) if last else ()
    return Review(
        problems=tuple(_problems(draft, editions)),
        advice=tuple(advice(draft)),
        changes=tuple(changes_between(last, draft, older)) if last else (),
        revision=fingerprint(draft),
    )


def _renumbered(draft: Draft, reworded: Collection[str], editions: Sequence[Draft]) -> Draft:
    versions = {key: item.version for key, (item, _) in newest_items(editions).items()}
    document = plain_document(draft)
    for section in document.get("sections", ()):
        for question in section.get("questions", ()):
            nodes = [(question["id"], question)]
            nodes += [(f"{question['id']}.{s['id']}", s) for s in question.get("statements", ())]
            for key, node in nodes:
                if key in versions:
                    node["version"] = versions[key] + (key in reworded)
    return read_draft(document)


def prepare(
    draft: Draft, last: Draft | None, accepted: Collection[str], older: Sequence[Draft] = ()
) -> Questionnaire:
    """Make the questionnaire that is published: reworded items get the next version.

    :raise NotPublishableError: with the review, if there is a problem or an unaccepted change.
    """
    reviewed = review(draft, last, older)
    if reviewed.problems or reviewed.unaccepted(accepted):
        raise NotPublishableError(reviewed, accepted)
    if last is not None:
        kinds = {change.node for change in reviewed.changes if change.kind is ChangeKind.reworded}
        draft = _renumbered(draft, kinds, (*older, last))
    return complete(draft)
