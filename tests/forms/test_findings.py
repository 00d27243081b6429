"""Everything that can be found in a draft has a sentence, in both languages."""

import pytest
from flask import Flask

from surveyapp.forms.changes import KINDS, REFUSED, REWORDED, change_sentence
from surveyapp.forms.findings import finding_sentence
from surveyapp.questionnaire.findings import Code, Finding
from surveyapp.questionnaire.reviewing.changes import REFUSED as REFUSED_REASONS
from surveyapp.questionnaire.reviewing.changes import Change, ChangeKind, Reason

LIMITS = {
    "least": 3,
    "most": 60,
    "area": "prevention",
    "items": 2,
    "codes": 65,
    "options": 11,
    "questions": 9,
    "details": 5,
    "minutes": 16,
    "own": 16,
    "tag": "odd",
    "prefix": "east_",
    "place": "east",
    "phrase": "of course",
    "texts": 12,
}
WORDS = {
    Code.text_missing,
    Code.text_stale,
    Code.text_draft,
    Code.leaning,
    Code.two_in_one,
    Code.hard_to_read,
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_whole_sentence(program: Flask, code: Code, language: str) -> None:
    finding = Finding(code, "home", "fr" if code in WORDS else None, LIMITS)
    with program.test_request_context(f"/{language}/"):
        said = finding_sentence(finding)
    assert said
    assert "%(" not in said
    assert not said.endswith(".")


def test_sentences_name_limits_and_languages_in_the_readers_own(program: Flask) -> None:
    few = Finding(Code.few_index_items, limits=LIMITS)
    missing = Finding(Code.text_missing, "title", "fr")
    with program.test_request_context("/fr/"):
        assert finding_sentence(few).startswith("Prévention\N{NO-BREAK SPACE}: 2 questions")
        assert finding_sentence(missing) == "Écrivez ce texte en français"
    with program.test_request_context("/en/"):
        assert finding_sentence(few).startswith("Prevention: 2 scored questions")
        assert finding_sentence(missing) == "Write this text in French"


def test_every_change_and_every_reason_has_a_sentence(program: Flask) -> None:
    assert set(KINDS) == set(ChangeKind)
    assert set(REFUSED) == set(REFUSED_REASONS)
    assert set(REFUSED) | set(REWORDED) == set(Reason)
    with program.test_request_context("/en/"):
        for reason in Reason:
            kind = ChangeKind.refused if reason in REFUSED else ChangeKind.reworded
            assert change_sentence(Change(kind, "one", reason)).endswith(".")
        assert change_sentence(Change(ChangeKind.added, "one")) != change_sentence(
            Change(ChangeKind.retired, "one")
        )
