"""Ontario's community safety and well-being framework: its four areas and its factors."""

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
