"""The framework's words: four areas and the factors, in both languages."""

import re

from surveyapp.questionnaire.framework import AREA_NAMES, FACTORS, Area, Side


def test_the_areas_have_the_framework_s_own_names() -> None:
    assert {area: names["fr"] for area, names in AREA_NAMES.items()} == {
        Area.social_development: "Développement social",
        Area.prevention: "Prévention",
        Area.risk_intervention: "Intervention centrée sur le risque",
        Area.incident_response: "Intervention en cas d’incident",
    }
    assert set(AREA_NAMES) == set(Area)
    assert [area.value for area in Area] == [
        "social_development",
        "prevention",
        "risk_intervention",
        "incident_response",
    ]


def test_every_factor_has_a_code_a_side_and_two_names() -> None:
    for code, factor in FACTORS.items():
        assert code == factor.code
        assert code.startswith(f"{factor.side.value}_")
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", code)
        assert set(factor.names) == {"en", "fr"}
        assert all(name == name.strip() and name[0].isupper() for name in factor.names.values())
        assert "'" not in "".join(factor.names.values())


def test_a_side_names_no_factor_twice() -> None:
    for side in Side:
        for language in ("en", "fr"):
            names = [one.names[language] for one in FACTORS.values() if one.side is side]
            assert names
            assert len(names) == len(set(names))


def test_the_factors_that_the_act_names_are_there() -> None:
    assert FACTORS["risk_systemic_discrimination"].official
    assert {"risk_victimization", "risk_substance_use", "risk_poverty"} <= set(FACTORS)
