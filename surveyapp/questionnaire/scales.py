"""Ready-made scales in both languages: the ones that the shipped questionnaire answers on."""

from collections.abc import Mapping
from functools import cache

from surveyapp.questionnaire.model import Draft, Option, Role
from surveyapp.questionnaire.shipped import shipped
from surveyapp.questionnaire.text import Text

# The scale and the shipped question that has it (Statistics Canada's own wordings, see there).
_FROM = {
    "agreement": "support",
    "satisfaction": "satisfaction",
    "safety": "walking",
    "worry": "home_alone",
    "strength": "belonging",
    "good_job": "police",
}


def _yes_no() -> tuple[Option, ...]:
    words = {
        "yes": ("Yes", "Oui", Role.substantive),
        "no": ("No", "Non", Role.substantive),
        "dont_know": ("I don’t know", "Je ne sais pas", Role.dont_know),
        "prefer_not": ("I prefer not to say", "Je préfère ne pas répondre", Role.prefer_not),
    }
    return tuple(
        Option(id=code, label=Text(wordings={"en": english, "fr": french}), role=role)
        for code, (english, french, role) in words.items()
    )


def _options(draft: Draft, question_id: str) -> tuple[Option, ...]:
    found = next(one for one in draft.questions() if one.id == question_id)
    options: tuple[Option, ...] = getattr(found, "options", ())
    return options


@cache
def scales() -> Mapping[str, tuple[Option, ...]]:
    """Return the options of every scale by its name; scores run from 0 to 100, 100 = best."""
    draft = shipped()
    made = {name: _options(draft, question_id) for name, question_id in _FROM.items()}
    return made | {"yes_no": _yes_no()}
