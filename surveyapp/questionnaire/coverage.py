"""The groups that the Act names, and the answers by which somebody says they belong to one.

Ontario's Community Safety and Policing Act, 2019, asks for consultation with youth, members of
racialized groups, First Nations, Inuit and Métis communities, and people who have received or are
receiving mental health or addictions services (``domain.md``, section 1). A questionnaire says
nothing of groups: its questions about people keep the ids of the shipped survey and of the bank.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.questionnaire.model import Draft, Multiple, Role, Single


class Group(StrEnum):
    """Who must be consulted."""

    youth = "youth"
    racialized = "racialized"
    first_nations = "first_nations"
    metis = "metis"
    inuit = "inuit"
    services = "services"


@dataclass(frozen=True)
class Known:
    """The question that tells who belongs to a group: by some options, or by all but some."""

    question: str
    options: frozenset[str] = frozenset()
    all_but: frozenset[str] = frozenset()


KNOWN_BY: Mapping[Group, Known] = {
    Group.youth: Known("age", frozenset(("under_18", "age_18_24"))),
    # First Nations, Inuit and Métis people are groups of their own, as the Act names them.
    Group.racialized: Known("race", all_but=frozenset(("white", "indigenous", "none"))),
    Group.first_nations: Known("indigenous", frozenset(("first_nations",))),
    Group.metis: Known("indigenous", frozenset(("metis",))),
    Group.inuit: Known("indigenous", frozenset(("inuit",))),
    Group.services: Known("mental_health_services", frozenset(("yes",))),
}


def asked(questionnaire: Draft, group: Group) -> Single | Multiple | None:
    """Return the question by which a group is known; None when it is not asked."""
    wanted = KNOWN_BY[group].question
    for question in questionnaire.questions():
        if question.id == wanted and isinstance(question, Single | Multiple):
            return question
    return None


def members(question: Single | Multiple, group: Group) -> frozenset[str]:
    """Return the options whose choosers belong to a group."""
    known = KNOWN_BY[group]
    if known.options:
        return known.options
    silent = (Role.dont_know, Role.prefer_not)
    return frozenset(
        one.id for one in question.options if one.role not in silent and one.id not in known.all_but
    )


def silent(question: Single | Multiple) -> frozenset[str]:
    """Return the options by which somebody says nothing."""
    return frozenset(
        one.id for one in question.options if one.role in (Role.dont_know, Role.prefer_not)
    )
