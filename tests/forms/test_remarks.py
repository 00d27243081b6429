"""Every remark on a file that was taken in has a sentence in both languages."""

import re

import pytest
from flask import Flask

from surveyapp.forms.remarks import SENTENCES, remark_sentence
from surveyapp.i18n import speaking
from surveyapp.questionnaire.interchange.report import Code, Outcome, Remark


def test_every_remark_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This condition is not understood: “regex()”"),
        ("fr", "Cette condition n’est pas comprise\u00a0: «\u00a0regex()\u00a0»"),
    ],
)
def test_a_remark_is_told_in_the_readers_language(app: Flask, language: str, sentence: str) -> None:
    remark = Remark(Outcome.refused, Code.condition, "survey", 3, "relevant", {"part": "regex()"})
    with app.test_request_context(), speaking(language):
        assert remark_sentence(remark) == sentence


@pytest.mark.parametrize("code", list(Code))
def test_a_remark_without_its_limits_is_told_too(app: Flask, code: Code) -> None:
    with app.test_request_context(), speaking("fr"):
        assert not re.search(r"%|\(\w+\)s", remark_sentence(Remark(Outcome.changed, code)))
