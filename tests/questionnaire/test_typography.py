"""French is typeset as in Canada on request, once and for all."""

import json

import pytest

from surveyapp.questionnaire.shipped import FOLDER
from surveyapp.questionnaire.typography import NO_BREAK, typeset_french


@pytest.mark.parametrize(
    ("typed", "typeset"),
    [
        ("Raison: x", f"Raison{NO_BREAK}: x"),
        ("Raison : x", f"Raison{NO_BREAK}: x"),
        ("Pourquoi ?", "Pourquoi?"),
        ("Oui ; non !", "Oui; non!"),
        ("Il dit «oui»", f"Il dit «{NO_BREAK}oui{NO_BREAK}»"),
        ('Il dit "oui"', f"Il dit «{NO_BREAK}oui{NO_BREAK}»"),
        ("l'été", "l’été"),
        ("12 %", f"12{NO_BREAK}%"),
        ("à 8:30, voir https://x.example/a", "à 8:30, voir https://x.example/a"),
        ("Rien à mender", "Rien à mender"),
    ],
)
def test_what_a_keyboard_cannot_do_is_mended(typed: str, typeset: str) -> None:
    assert typeset_french(typed) == typeset
    assert typeset_french(typeset) == typeset


def test_shipped_words_are_typeset_already() -> None:
    def french(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["fr"]] if isinstance(node.get("fr"), str) else []
            return own + [one for value in node.values() for one in french(value)]
        return [one for value in node for one in french(value)] if isinstance(node, list) else []

    found = french(json.loads((FOLDER / "community_safety.json").read_text("utf-8")))
    assert found
    assert [one for one in found if typeset_french(one) != one] == []
