"""What the county and its towns tell residents: an office that does not exist, and real help.

The help lines are national and true, because somebody may need one even in a demonstration.
"""

from collections.abc import Mapping

from surveyapp.demo.county import COUNTY, COUNTY_NAMES, TOWNS
from surveyapp.storage.municipal.profiles import HelpLine, Officer, Profile

_PLAN = {
    "en": "Community Safety and Well-Being Plan (demonstration)",
    "fr": "Plan de sécurité et de bien-être dans la collectivité (démonstration)",
}
_OFFICER = {
    "en": "Community Safety Planning Officer (fictional)",
    "fr": "Responsable de la planification de la sécurité dans la collectivité (poste fictif)",
}
# domain.md, section 3: only the lines that were verified.
_HELP = (
    HelpLine.model_validate(
        {
            "name": {
                "en": "Suicide Crisis Helpline",
                "fr": "Ligne d’aide en cas de crise de suicide",
            },
            "telephone": "9-8-8",
            "note": {
                "en": "Call or text, in English or French, at any hour.",
                "fr": "Appel ou texto, en français ou en anglais, à toute heure.",
            },
        }
    ),
    HelpLine.model_validate(
        {
            "name": {"en": "Emergency", "fr": "Urgence"},
            "telephone": "9-1-1",
            "note": {
                "en": "If someone is in danger now.",
                "fr": "Si une personne est en danger en ce moment.",
            },
        }
    ),
    HelpLine.model_validate(
        {
            "name": {"en": "211 Ontario", "fr": "211 Ontario"},
            "telephone": "2-1-1",
            "note": {
                "en": "Finds community and social services near you.",
                "fr": "Trouve des services communautaires et sociaux près de chez vous.",
            },
        }
    ),
)


def _profile(names: Mapping[str, str], number: int, street: Mapping[str, str]) -> Profile:
    officer = Officer.model_validate(
        {"title": _OFFICER, "address": street, "telephone": f"705 555-01{number:02}"}
    )
    return Profile.model_validate(
        {"names": names, "plan_name": _PLAN, "officer": officer, "help_lines": _HELP}
    )


def profiles() -> Mapping[str, Profile]:
    """Return the profiles by municipality; the county, which owns the survey, comes first."""
    county = {
        "en": "1 Example Street, Alderbrook, Ontario",
        "fr": "1, rue de l’Exemple, Alderbrook (Ontario)",
    }
    made = {COUNTY: _profile(COUNTY_NAMES, 10, county)}
    for number, town in enumerate(TOWNS, 11):
        seat = town.en.partition(" of ")[2]
        street = {
            "en": f"{number} Example Street, {seat}, Ontario",
            "fr": f"{number}, rue de l’Exemple, {seat} (Ontario)",
        }
        made[town.code] = _profile({"en": town.en, "fr": town.fr}, number, street)
    return made
