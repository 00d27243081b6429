"""The codebook: every question and answer with its code, in every language of the survey."""

from collections.abc import Iterator
from typing import Any

from surveyapp.press.fields import Field, Type
from surveyapp.press.rows import item_text
from surveyapp.questionnaire.index import is_asked_of_everyone
from surveyapp.questionnaire.model import Draft, Item, Option, items


def codebook_fields(questionnaire: Draft) -> tuple[Field, ...]:
    """Return the columns: texts and labels in each of the questionnaire's languages."""
    languages = questionnaire.languages
    return (
        Field("item_code"),
        Field("item_version", Type.integer),
        Field("item_type"),
        *(Field(f"item_text_{language}", is_text=True) for language in languages),
        Field("asked_of"),
        Field("sensitivity"),
        Field("area_codes"),
        Field("factor_codes"),
        Field("priority_codes"),
        Field("option_code"),
        *(Field(f"option_label_{language}", is_text=True) for language in languages),
        Field("option_role"),
        Field("score", Type.number),
        Field("favourable", Type.boolean),
        Field("exclusive", Type.boolean),
    )


def _asked_of(item: Item) -> str:
    """Say who was asked: everyone, residents of some places by code, or some by a condition."""
    if item.question.only_for:
        return f"only_for {' '.join(item.question.only_for)}"
    return "everyone" if is_asked_of_everyone(item) else "some"


def _row(item: Item, option: Option | None, languages: tuple[str, ...]) -> dict[str, Any]:
    return {
        "item_code": item.key,
        "item_version": item.version,
        "item_type": item.question.kind.value,
        **{f"item_text_{language}": item_text(item, language) for language in languages},
        "asked_of": _asked_of(item),
        "sensitivity": item.question.sensitivity.value,
        "area_codes": " ".join(area.value for area in item.areas),
        "factor_codes": " ".join(item.factors),
        "priority_codes": " ".join(item.priorities),
        "option_code": option.id if option else "",
        **{
            f"option_label_{language}": option.label[language] if option else ""
            for language in languages
        },
        "option_role": option.role.value if option else "",
        "score": option.score if option else None,
        "favourable": option.favourable if option else None,
        "exclusive": option.exclusive if option else None,
    }


def codebook_rows(questionnaire: Draft) -> Iterator[dict[str, Any]]:
    """Walk the codebook: a row for each answer that can be chosen, else one for the question."""
    for item in items(questionnaire):
        for option in item.options or (None,):
            yield _row(item, option, questionnaire.languages)
