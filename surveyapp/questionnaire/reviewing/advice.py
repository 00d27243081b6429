"""What a reviewer should consider before publishing; nothing here keeps anybody from it."""

from collections.abc import Iterator

from surveyapp.questionnaire.findings import Code, Finding, item_nodes
from surveyapp.questionnaire.framework import FACTORS, Area
from surveyapp.questionnaire.index import index_items
from surveyapp.questionnaire.model import Draft, Note, Place, Rank, Role, TextQuestion, items
from surveyapp.questionnaire.reviewing.local_advice import local_advice
from surveyapp.questionnaire.reviewing.wording import wording_advice
from surveyapp.questionnaire.text import TranslationState
from surveyapp.questionnaire.translation import places

MOST_TO_RANK = 10
MOST_ON_A_PAGE = 8
MINUTES_ADVISED = 15
IDENTIFYING_DETAILS = 5
AGE_OF_OWN_RIGHTS = 16
SECONDS_AN_ITEM = 9
SECONDS_A_LONG_TEXT = 60


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


def _drafts(draft: Draft) -> Iterator[Finding]:
    """Tell of translations that nobody approved: one line a language, since there may be many."""
    for language in draft.languages:
        found = sum(one.state is TranslationState.draft for one in places(draft, language))
        if found:
            yield Finding(Code.text_draft, language=language, limits={"texts": found})


def _length(draft: Draft) -> Iterator[Finding]:
    for section in draft.sections:
        asked = [question for question in section.questions if not isinstance(question, Note)]
        if len(asked) > MOST_ON_A_PAGE:
            limits = {"questions": len(asked), "most": MOST_ON_A_PAGE}
            yield Finding(Code.page_is_long, section.id, limits=limits)
        for question in asked:
            if isinstance(question, Rank) and len(question.options) > MOST_TO_RANK:
                limits = {"options": len(question.options), "most": MOST_TO_RANK}
                yield Finding(Code.rank_is_long, f"{section.id}/{question.id}", limits=limits)
    minutes = estimated_minutes(draft)
    if minutes > MINUTES_ADVISED:
        yield Finding(Code.takes_long, limits={"minutes": minutes, "most": MINUTES_ADVISED})


def _identifying(draft: Draft) -> Iterator[Finding]:
    """A place beside many details of a person, and words of one's own, can name somebody.

    A detail is an item that informs no area and no factor and may be refused: age, gender,
    identity.
    """
    details = [
        item.key
        for item in items(draft)
        if any(option.role is Role.prefer_not for option in item.options)
        and not (item.areas or item.factors)
    ]
    texts = sum(isinstance(question, TextQuestion) for question in draft.questions())
    has_place = any(isinstance(question, Place) for question in draft.questions())
    if has_place and len(details) >= IDENTIFYING_DETAILS:
        # Where the fifth is asked, which is where one too many can be left out.
        node = item_nodes(draft)[details[IDENTIFYING_DETAILS - 1]]
        yield Finding(Code.identifying, node, limits={"details": len(details), "texts": texts})


def _inapplicable(draft: Draft) -> Iterator[Finding]:
    """Index items that leave the index when more than a tenth find them not applicable."""
    noted = {
        item.key: item
        for area in Area
        for item in index_items(draft, area)
        if any(option.role is Role.not_applicable for option in item.options)
    }
    nodes = item_nodes(draft)
    for key, item in noted.items():
        yield Finding(Code.may_not_apply, nodes[key], limits={"areas": " ".join(item.areas)})


def _tags(draft: Draft) -> Iterator[Finding]:
    factors = {*FACTORS, *(tag.id for tag in draft.factors)}
    priorities = {tag.id for tag in draft.priorities}
    nodes = item_nodes(draft)
    for item in items(draft):
        for tag in sorted({*item.factors} - factors | {*item.priorities} - priorities):
            yield Finding(Code.unknown_tag, nodes[item.key], limits={"tag": tag})


def _youth(draft: Draft) -> Iterator[Finding]:
    """Under 16, whoever has lawful custody may act for a person (MFIPPA, s. 54 (c))."""
    youth = draft.youth
    if youth is None:
        return
    if youth.least_age < AGE_OF_OWN_RIGHTS and not youth.ask_adult:
        limits = {"least": youth.least_age, "own": AGE_OF_OWN_RIGHTS}
        yield Finding(Code.youth_decides_alone, "youth", limits=limits)
    if not draft.sensitive:
        yield Finding(Code.youth_not_sensitive, "youth")


def advice(draft: Draft) -> Iterator[Finding]:
    """Walk what a reviewer should consider."""
    yield from _drafts(draft)
    yield from _length(draft)
    yield from _identifying(draft)
    yield from _inapplicable(draft)
    yield from _tags(draft)
    yield from _youth(draft)
    yield from local_advice(draft)
    yield from wording_advice(draft)
