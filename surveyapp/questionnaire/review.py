"""Whether a draft may be published, and what it would change."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from surveyapp.questionnaire.completeness import Code, Finding, gaps
from surveyapp.questionnaire.document import (
    Questionnaire,
    complete,
    fingerprint,
    plain_document,
    read_draft,
)
from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.index import LEAST_ITEMS, index_items
from surveyapp.questionnaire.model import (
    Draft,
    Item,
    Multiple,
    Note,
    Place,
    Question,
    Rank,
    Role,
    TextQuestion,
    items,
)

MOST_TO_RANK = 10
MOST_ON_A_PAGE = 8
MINUTES_ADVISED = 15
IDENTIFYING_DETAILS = 5
SECONDS_AN_ITEM = 9
SECONDS_A_LONG_TEXT = 60


class ChangeKind(StrEnum):
    """How a node differs from the last edition."""

    added = "added"
    reworded = "reworded"
    retired = "retired"
    refused = "refused"


@dataclass(frozen=True)
class Change:
    """One difference from the last edition; a reworded node needs a person's acceptance."""

    kind: ChangeKind
    node: str
    reason: str = ""


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


def _rules(draft: Draft) -> Iterator[Finding]:
    places = [question for question in draft.questions() if isinstance(question, Place)]
    if not places:
        yield Finding(Code.no_place_question)
    for extra in places[1:]:
        yield Finding(Code.two_place_questions, extra.id)
    for question in draft.questions():
        if isinstance(question, Multiple) and not any(
            option.exclusive and option.role is Role.substantive for option in question.options
        ):
            yield Finding(Code.no_none_of_these, question.id)
    for area in Area:
        found = len(index_items(draft, area))
        if 0 < found < LEAST_ITEMS:
            limits = {"area": area.value, "items": found, "least": LEAST_ITEMS}
            yield Finding(Code.few_index_items, limits=limits)


def estimated_minutes(draft: Draft) -> int:
    """Estimate how long answering takes: 9 seconds an item, a minute for a long text.

    A rule of thumb for planning; median minutes of a wave are the truth.
    """
    seconds = sum(
        SECONDS_A_LONG_TEXT
        if isinstance(item.question, TextQuestion) and item.question.long
        else SECONDS_AN_ITEM
        for item in items(draft)
    )
    return max(1, round(seconds / 60))


def _advice(draft: Draft) -> Iterator[Finding]:
    for question in draft.questions():
        if isinstance(question, Rank) and len(question.options) > MOST_TO_RANK:
            yield Finding(Code.rank_is_long, question.id, limits={"most": MOST_TO_RANK})
    for section in draft.sections:
        asked = [question for question in section.questions if not isinstance(question, Note)]
        if len(asked) > MOST_ON_A_PAGE:
            yield Finding(Code.page_is_long, section.id, limits={"most": MOST_ON_A_PAGE})
    details = sum(
        any(option.role is Role.prefer_not for option in item.options) and not item.areas
        for item in items(draft)
    )
    if details >= IDENTIFYING_DETAILS and any(isinstance(q, Place) for q in draft.questions()):
        yield Finding(Code.identifying, limits={"details": details})
    minutes = estimated_minutes(draft)
    if minutes > MINUTES_ADVISED:
        yield Finding(Code.takes_long, limits={"minutes": minutes, "most": MINUTES_ADVISED})


def _meaning(item: Item) -> dict[str, Any]:
    """What may never change under answers: kind, and each option's role, score and flags."""
    return {
        "kind": item.question.kind,
        "options": {
            option.id: (option.role, option.score, option.favourable, option.exclusive)
            for option in item.options
        },
    }


def _wording(item: Item, languages: tuple[str, ...]) -> tuple[object, ...]:
    question: Question = item.question
    texts = [question.text, question.hint, getattr(item.statement, "text", None)]
    texts += [option.label for option in item.options]
    return tuple(text.get(language) if text else "" for text in texts for language in languages)


def _refusal(old: Item, new: Item) -> str:
    before, after = _meaning(old), _meaning(new)
    if before["kind"] != after["kind"]:
        return "kind"
    shared = before["options"].keys() & after["options"].keys()
    changed = sorted(one for one in shared if before["options"][one] != after["options"][one])
    return f"option {changed[0]}" if changed else ""


def changes_between(last: Draft, draft: Draft) -> Iterator[Change]:
    """Name each item that was added, reworded or retired, or may not change as it did."""
    old = {item.key: item for item in items(last)}
    new = {item.key: item for item in items(draft)}
    for key, item in new.items():
        if key not in old:
            yield Change(ChangeKind.added, key)
            continue
        refusal = _refusal(old[key], item)
        same = _wording(old[key], last.languages) == _wording(item, last.languages)
        if refusal:
            yield Change(ChangeKind.refused, key, refusal)
        elif not same:
            yield Change(ChangeKind.reworded, key)
    for key in old:
        if key not in new:
            yield Change(ChangeKind.retired, key)


def review(draft: Draft, last: Draft | None = None) -> Review:
    """Review a draft against the rules and against the last edition."""
    return Review(
        problems=(*gaps(draft), *_rules(draft)),
        advice=tuple(_advice(draft)),
        changes=tuple(changes_between(last, draft)) if last else (),
        revision=fingerprint(draft),
    )


def _renumbered(draft: Draft, reworded: Collection[str], last: Draft) -> Draft:
    versions = {item.key: item.version for item in items(last)}
    document = plain_document(draft)
    for section in document.get("sections", ()):
        for question in section.get("questions", ()):
            nodes = [(question["id"], question)]
            nodes += [(f"{question['id']}.{s['id']}", s) for s in question.get("statements", ())]
            for key, node in nodes:
                if key in versions:
                    node["version"] = versions[key] + (key in reworded)
    return read_draft(document)


def prepare(draft: Draft, last: Draft | None, accepted: Collection[str]) -> Questionnaire:
    """Make the questionnaire that is published: reworded items get the next version.

    :raise NotPublishableError: with the review, if there is a problem or an unaccepted change.
    """
    reviewed = review(draft, last)
    if reviewed.problems or reviewed.unaccepted(accepted):
        raise NotPublishableError(reviewed, accepted)
    if last is not None:
        kinds = {change.node for change in reviewed.changes if change.kind is ChangeKind.reworded}
        draft = _renumbered(draft, kinds, last)
    return complete(draft)
