"""The interface's sentences: both catalogues whole, and French typeset as in Canada."""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from surveyapp.questionnaire.shipped import FOLDER as SHIPPED
from tests.test_house import ROOT, name_of

NO_BREAK = "\N{NO-BREAK SPACE}"


def catalogues() -> object:
    """Load the script that keeps the catalogues: the test asks what it would do."""
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts/catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


SCRIPT = catalogues()

LOCALES: tuple[str, ...] = SCRIPT.LOCALES  # type: ignore[attr-defined]


def catalogue(locale: str) -> Catalog:
    with SCRIPT.path_of(locale).open("rb") as file:  # type: ignore[attr-defined]
        return read_po(file, locale=locale)


def said(catalog: Catalog) -> set[object]:
    return {(one.context, str(one.id)) for one in catalog if one.id}


def sentences(locale: str) -> Iterator[tuple[str, str]]:
    for message in catalogue(locale):
        if message.id:
            several = isinstance(message.string, tuple | list)
            for one in message.string if several else (message.string,):
                yield str(message.id), str(one)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalogue_holds_what_the_code_says_and_nothing_else(locale: str) -> None:
    assert said(catalogue(locale)) == said(SCRIPT.extracted())  # type: ignore[attr-defined]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_is_missing_or_in_doubt(locale: str) -> None:
    assert [one for one, string in sentences(locale) if not string.strip()] == []
    assert not [one.id for one in catalogue(locale) if one.fuzzy and one.id]


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_survive_translation(locale: str) -> None:
    holders = re.compile(r"%\(\w+\)[a-z]")
    wrong = []
    for message in catalogue(locale):
        several = isinstance(message.id, tuple | list)
        known = set(holders.findall(" ".join(message.id) if several else str(message.id)))
        last = message.string[-1] if isinstance(message.string, tuple | list) else message.string
        if message.id and set(holders.findall(str(last))) != known:
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_catalogue_is_the_written_one(locale: str) -> None:
    written = SCRIPT.compiled(catalogue(locale))  # type: ignore[attr-defined]
    path: Path = SCRIPT.path_of(locale)  # type: ignore[attr-defined]
    assert path.with_suffix(".mo").read_bytes() == written


def typography_problems(text: str) -> list[str]:
    """Canadian French: a no-break space before ":" and inside « », none before ; ? !."""
    found = []
    bare = re.sub(r"https?://\S+|\d:\d", "", text)
    if re.search(rf"(?<![{NO_BREAK}\s]):(?=\s|$)| :", bare):
        found.append("no no-break space before a colon")
    if re.search(rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»", bare):
        found.append("no no-break space inside « »")
    if re.search(rf"[\s{NO_BREAK}][;?!](?!\w)", bare):
        found.append("a space before ; ? or !")
    if "'" in bare or '"' in bare:
        found.append("a typewriter’s quotation mark")
    return [f"{one}: {text}" for one in found]


def test_the_french_of_the_interface_is_typeset_as_in_canada() -> None:
    found = [one for _id, text in sentences("fr_CA") for one in typography_problems(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [("Erreur : x", 1), (f"Erreur{NO_BREAK}: x", 0), ("Quoi ?", 1), ("Quoi?", 0), ("« x »", 1)]
    + [(f"«{NO_BREAK}x{NO_BREAK}»", 0), ("fin ; x", 1), ("l'été", 1), ("à 8:30", 0)],
)
def test_the_check_of_typography_can_fail(text: str, problems: int) -> None:
    assert len(typography_problems(text)) == problems


def french(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("fr"), str):
            yield node["fr"]
        for one in node.values():
            yield from french(one)
    elif isinstance(node, list):
        for one in node:
            yield from french(one)


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.json")), ids=name_of)
def test_a_shipped_questionnaire_is_typeset_as_in_canada(file: Path) -> None:
    texts = list(french(json.loads(file.read_text("utf-8"))))
    assert texts
    assert [one for text in texts for one in typography_problems(text)] == []
