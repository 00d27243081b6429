"""Ontario's community safety and well-being framework: its four areas and its factors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Area(StrEnum):
    """An area of the framework (*secteur*): a kind of response, not a topic."""

    social_development = "social_development"
    prevention = "prevention"
    risk_intervention = "risk_intervention"
    incident_response = "incident_response"


# Official names: Ontario, Community Safety and Well-Being Planning Framework, booklet 3, section 2.
AREA_NAMES: dict[Area, dict[str, str]] = {
    Area.social_development: {"en": "Social development", "fr": "Développement social"},
    Area.prevention: {"en": "Prevention", "fr": "Prévention"},
    Area.risk_intervention: {
        "en": "Risk intervention",
        "fr": "Intervention centrée sur le risque",
    },
    Area.incident_response: {
        "en": "Incident response",
        "fr": "Intervention en cas d’incident",
    },
}


class Side(StrEnum):
    """Whether a factor raises or lowers the chance of harm."""

    risk = "risk"
    protective = "protective"


@dataclass(frozen=True)
class Factor:
    """A risk or protective factor of the framework, to tag questions with.

    ``official`` tells that the English name was read in the Province's own text; the others,
    and every French name, are our wording: a questionnaire can name them as its plan does.
    """

    code: str
    side: Side
    names: Mapping[str, str]
    official: bool = False


def _factors(side: Side, rows: tuple[tuple[str, str, str, bool], ...]) -> Iterator[Factor]:
    for code, english, french, official in rows:
        yield Factor(f"{side.value}_{code}", side, {"en": english, "fr": french}, official)


# Groups of the framework's appendix on factors, then those that the Act or the booklet names.
_RISKS = (
    (
        "antisocial_behaviour",
        "Antisocial or problematic behaviour (non-criminal)",
        "Comportement antisocial ou problématique (non criminel)",
        True,
    ),
    ("criminal_involvement", "Criminal involvement", "Activité criminelle", False),
    ("education_employment", "Education and employment", "Éducation et emploi", False),
    ("emotional_violence", "Emotional violence", "Violence psychologique", False),
    ("family_circumstances", "Family circumstances", "Situation familiale", False),
    ("gangs", "Gang issues", "Problèmes liés aux gangs", False),
    ("housing", "Housing", "Logement", False),
    (
        "mental_health",
        "Mental health and cognitive functioning",
        "Santé mentale et fonctions cognitives",
        False,
    ),
    ("neighbourhood", "Neighbourhood", "Quartier", False),
    ("peers", "Peers", "Pairs", False),
    ("physical_health", "Physical health", "Santé physique", False),
    ("substance_use", "Substance use issues", "Problèmes de consommation de substances", False),
    ("victimization", "Victimization", "Victimisation", False),
    ("basic_needs", "Basic needs", "Besoins essentiels", True),
    ("poverty", "Poverty", "Pauvreté", True),
    ("missing_school", "Missing school", "Absentéisme scolaire", True),
    ("systemic_discrimination", "Systemic discrimination", "Discrimination systémique", True),
)
_PROTECTIONS = (
    ("education", "Education", "Éducation", False),
    ("family_supports", "Family supports", "Soutien familial", False),
    (
        "financial_security",
        "Financial security and employment",
        "Sécurité financière et emploi",
        False,
    ),
    ("housing_neighbourhood", "Housing and neighbourhood", "Logement et quartier", True),
    ("mental_health", "Mental health", "Santé mentale", True),
    ("physical_health", "Physical health", "Santé physique", False),
    (
        "positive_behaviour",
        "Pro-social and positive behaviour",
        "Comportement prosocial et positif",
        False,
    ),
    ("social_support", "Social support network", "Réseau de soutien social", False),
)

FACTORS: Mapping[str, Factor] = {
    factor.code: factor
    for factor in (*_factors(Side.risk, _RISKS), *_factors(Side.protective, _PROTECTIONS))
}
