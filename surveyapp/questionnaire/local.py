"""Local questions of a joint survey: whose they are, and what is everybody's.

A municipality's own questions are those asked ``only_for`` its places; a section is its own when
its id begins as the municipality's ids do and it holds no question of others. What is left, once
they are taken away, is the core: the same for everybody, so that its results can be compared.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from surveyapp.questionnaire.model import Draft, Question, Section, items

# Ids are 40 characters at most: enough of a name to know it by, and room for the question's own.
LONGEST_PREFIX = 20


@dataclass(frozen=True)
class Part:
    """What is a municipality's own: ids that begin so, and questions for these places alone."""

    prefixes: tuple[str, ...]
    places: frozenset[str]

    def has_question(self, question: Question) -> bool:
        """Tell whether a question is asked here and nowhere else."""
        return bool(question.only_for) and self.places.issuperset(question.only_for)

    def has_section(self, section: Section) -> bool:
        """Tell whether a section is the municipality's own."""
        return section.id.startswith(self.prefixes) and all(
            self.has_question(one) for one in section.questions
        )

    def has(self, draft: Draft, where: str) -> bool:
        """Tell whether the node at an address, or the question that holds it, is its own."""
        name, _slash, rest = where.partition("/")
        node_id = rest.partition("/")[0]
        if name == "sections":
            return any(one.id == node_id and self.has_section(one) for one in draft.sections)
        found = (one for one in draft.questions() if name == "questions" and one.id == node_id)
        return any(self.has_question(one) for one in found)


def prefix_of(place: str) -> str:
    """Return what the ids of a municipality's own questions begin with, from its place's code."""
    bare = re.sub(r"[^a-z0-9]+", "_", place.lower()).strip("_")[:LONGEST_PREFIX].rstrip("_")
    return f"{bare}_" if bare[:1].isalpha() else f"m_{bare}_"


def part(municipalities: Collection[str], places: Collection[str]) -> Part:
    """Return what is the own of some municipalities, by the codes of all places in them."""
    return Part(tuple(sorted(map(prefix_of, municipalities))), frozenset(places))


def _core(draft: Draft, own: Part) -> Iterator[Section]:
    for section in draft.sections:
        if not own.has_section(section):
            kept = tuple(one for one in section.questions if not own.has_question(one))
            yield section.model_copy(update={"questions": kept})


def keeps_core(before: Draft, after: Draft, own: Part) -> bool:
    """Tell whether two drafts differ in nothing but what is a municipality's own."""
    first, second = (
        one.model_copy(update={"sections": tuple(_core(one, own))}) for one in (before, after)
    )
    return first == second


def foreign_items(draft: Draft, places: Collection[str]) -> frozenset[str]:
    """Name the items that are asked in other places only."""
    return frozenset(
        item.key
        for item in items(draft)
        if item.question.only_for and not set(item.question.only_for) & set(places)
    )
