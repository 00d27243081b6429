"""What can be said of a draft: codes with their place and limits; the wings word them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from surveyapp.questionnaire.model import Draft, items


class Code(StrEnum):
    """What can be said of a draft."""

    text_missing = "text_missing"
    text_stale = "text_stale"
    text_draft = "text_draft"
    no_notice = "no_notice"
    youth_ages = "youth_ages"
    youth_needs_adult = "youth_needs_adult"
    no_language = "no_language"
    no_section = "no_section"
    no_question = "no_question"
    duplicate_id = "duplicate_id"
    few_options = "few_options"
    few_statements = "few_statements"
    too_many_options = "too_many_options"
    role_not_possible = "role_not_possible"
    specify_not_possible = "specify_not_possible"
    two_specify = "two_specify"
    score_without_role = "score_without_role"
    role_without_score = "role_without_score"
    favourable_unknown = "favourable_unknown"
    condition_unknown_question = "condition_unknown_question"
    condition_later_question = "condition_later_question"
    condition_unknown_option = "condition_unknown_option"
    condition_not_a_number = "condition_not_a_number"
    only_for_before_place = "only_for_before_place"
    never_asked = "never_asked"
    number_range = "number_range"
    bands_unordered = "bands_unordered"
    no_place_question = "no_place_question"
    two_place_questions = "two_place_questions"
    no_none_of_these = "no_none_of_these"
    few_index_items = "few_index_items"
    too_many_codes = "too_many_codes"
    rank_is_long = "rank_is_long"
    page_is_long = "page_is_long"
    identifying = "identifying"
    takes_long = "takes_long"
    youth_decides_alone = "youth_decides_alone"
    youth_not_sensitive = "youth_not_sensitive"
    may_not_apply = "may_not_apply"
    unknown_tag = "unknown_tag"
    local_code = "local_code"
    local_nowhere = "local_nowhere"
    local_before_core = "local_before_core"
    core_hangs_on_local = "core_hangs_on_local"
    local_not_in_index = "local_not_in_index"
    leaning = "leaning"
    two_in_one = "two_in_one"
    hard_to_read = "hard_to_read"


@dataclass(frozen=True)
class Finding:
    """Something to mend or to consider.

    ``node`` is the path of ids from the section down ("home/streets/calm/text"), a field of the
    document ("notice/purpose", "priorities/housing/name"), or empty for the whole.
    """

    code: Code
    node: str = ""
    language: str | None = None
    limits: Mapping[str, object] = field(default_factory=dict)


def under(node: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Put findings below a node."""
    return (replace(one, node=f"{node}/{one.node}".rstrip("/")) for one in findings)


def item_nodes(draft: Draft) -> dict[str, str]:
    """Return the node of each item by its answer key."""
    pages = {
        question.id: section.id for section in draft.sections for question in section.questions
    }
    return {
        item.key: f"{pages[item.question.id]}/{item.key.replace('.', '/')}" for item in items(draft)
    }
