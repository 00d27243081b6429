"""The questionnaire as a file: one canonical form, one fingerprint for one meaning."""

import copy
import hashlib
import json
import random
import unicodedata
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaire.document import (
    DocumentError,
    IncompleteError,
    Questionnaire,
    canonical,
    complete,
    fingerprint,
    json_schema,
    plain_document,
    read,
    read_draft,
    to_keep,
    written,
)
from surveyapp.questionnaire.model import Kind
from surveyapp.questionnaire.text import text_hash
from tests.questionnaire.making import Document, draft, node, text, whole

WHOLE = read(whole())


def rich() -> Document:
    """Give a document in which every field that has a default holds something else."""
    made = whole() | {
        "thanks": text("Thank you"),
        "minutes": 12,
        "sensitive": True,
        "retention_months": 36,
        "floors": {"general": 13, "mixed": 16, "sensitive": 25},
        "factors": [{"id": "odd", "name": text("Odd")}],
        "priorities": [{"id": "housing", "name": text("Housing")}],
    }
    node(made, "times").update(
        hint=text("Roughly"), unit=text("times", "fois"), bands=[0, 1, 5.5], decimals=1
    )
    node(made, "overall").update(
        required=True,
        sensitivity="sensitive",
        areas=["prevention"],
        factors=["risk_housing"],
        priorities=["housing"],
        text=text("How is it, all in all?", "Comment ça va, à l’été\u00a0?"),
    )
    made["sections"][0]["intro"] = text("First")
    return made


def test_a_questionnaire_is_read_from_bytes_text_or_values() -> None:
    spoken = json.dumps(rich(), ensure_ascii=False)
    assert read(spoken) == read(spoken.encode()) == read(rich())
    assert isinstance(read(spoken), Questionnaire)


def test_what_is_written_reads_as_the_same() -> None:
    made = read(rich())
    assert read(canonical(made)) == made
    assert read(written(made)) == made
    assert written(read(written(made))) == written(made)


def test_the_fingerprint_is_the_hash_of_the_canonical_bytes() -> None:
    assert fingerprint(WHOLE) == hashlib.sha256(canonical(WHOLE)).hexdigest()
    assert b"\n" not in canonical(WHOLE)
    assert "été".encode() in canonical(read(rich()))


def test_a_draft_and_its_questionnaire_have_one_fingerprint() -> None:
    assert fingerprint(draft(rich())) == fingerprint(complete(draft(rich())))


def walk(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Walk every value of a document with its path."""
    yield path, value
    children: Any = ()
    if isinstance(value, dict):
        children = value.items()
    if isinstance(value, list):
        children = enumerate(value)
    for step, child in children:
        yield from walk(child, (*path, step))


def shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        pairs = [(key, shuffled(one, chance)) for key, one in value.items()]
        chance.shuffle(pairs)
        return dict(pairs)
    return [shuffled(one, chance) for one in value] if isinstance(value, list) else value


def with_sources(value: Any) -> Any:
    if isinstance(value, dict) and {"en", "fr"} <= set(value):
        return value | {"sources": {"fr": {"language": "en", "hash": text_hash(value["en"])}}}
    if isinstance(value, dict):
        return {key: with_sources(one) for key, one in value.items()}
    return [with_sources(one) for one in value] if isinstance(value, list) else value


@given(
    st.randoms(use_true_random=False),
    st.sampled_from(["NFC", "NFD"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, 1, 4]),
    st.booleans(),
)
def test_one_meaning_has_one_fingerprint(
    chance: random.Random, form: str, spelled: bool, sourced: bool, indent: int, escaped: bool
) -> None:
    made = rich()
    if spelled:
        made = read_draft(made).model_dump(mode="json", by_alias=True, exclude_none=True)
    if sourced:
        made = with_sources(made)
    spoken = json.dumps(shuffled(made, chance), indent=indent, ensure_ascii=escaped)
    spoken = spoken if escaped else unicodedata.normalize(form, spoken)
    assert fingerprint(read_draft(spoken)) == fingerprint(read(rich()))
    assert fingerprint(read(spoken)) == fingerprint(read(rich()))


def changed(value: Any) -> Any:
    """Give another value of the same sort."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return {"en": "fr", "fr": "en"}.get(value, value + "x")
        case list():
            return value[:-1] if len(value) < 2 else [value[-1], *value[:-1]]
    return {}


def put(made: Document, path: tuple[Any, ...], value: Any) -> Document:
    made = copy.deepcopy(made)
    here: Any = made
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return made


def test_every_change_of_meaning_has_another_fingerprint() -> None:
    made = rich()
    before = fingerprint(read_draft(made))
    seen = {before: "as it was"}
    tried = 0
    for path, value in walk(made):
        if not path or isinstance(value, dict):
            continue
        try:
            after = fingerprint(read_draft(put(made, path, changed(value))))
        except DocumentError:
            continue  # an unknown kind, role or comparator: refused before it means anything
        assert after not in seen, (path, seen.get(after))
        seen[after] = str(path)
        tried += 1
    assert tried > 200


def test_a_field_left_out_of_the_document_means_its_default() -> None:
    bare, spelled = whole(), whole()
    node(spelled, "overall").update(required=False, only_for=[], version=1, hint=None)
    spelled["retention_months"] = 24
    assert fingerprint(draft(bare)) == fingerprint(draft(spelled))
    node(spelled, "overall").update(required=True)
    assert fingerprint(draft(bare)) != fingerprint(draft(spelled))


def test_a_published_questionnaire_has_no_translation_sources() -> None:
    made = complete(read_draft(with_sources(rich())))
    assert "sources" not in canonical(made).decode()
    assert "sources" in written(read_draft(with_sources(rich())))
    assert "sources" not in written(made)


def test_a_kind_is_always_spelled_out() -> None:
    kinds = [one["kind"] for part in plain_document(WHOLE)["sections"] for one in part["questions"]]
    assert set(kinds) == {kind.value for kind in Kind}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"{",
        b'{"format": 2}',
        b'{"unknown": 1}',
        b'{"title": "Safety"}',
        b'{"title": {"en": "a\\u0000"}}',
        b'{"title": {"en": "\\ud800"}}',
        b'{"languages": ["english"]}',
        b'{"sections": [{"id": "Bad Id", "title": {}}]}',
        b'{"sections": [{"id": "a", "title": {}, "questions": [{"kind": "poll", "id": "q"}]}]}',
        b'{"sections": [{"id": "a", "title": {}, "questions": [{"id": "q", "text": {}}]}]}',
        b'{"floors": {"general": 5}}',
        b'{"retention_months": 0}',
        b'{"title": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(DocumentError) as error:
        read_draft(data)
    assert error.value.problems
    assert all(path and reason for path, reason in error.value.problems)


def test_conditions_nested_beyond_reason_are_refused() -> None:
    condition: Document = {"question": "place", "answered": True}
    for _ in range(5000):
        condition = {"not": condition}
    made = whole()
    node(made, "overall")["asked_if"] = condition
    with pytest.raises(DocumentError):
        read_draft(made)


def test_every_fault_is_named_with_its_path() -> None:
    made = whole()
    made["sections"][0]["questions"][1]["options"][0]["score"] = 101
    made["sections"][3]["id"] = "Not An Id"
    with pytest.raises(DocumentError) as error:
        read_draft(made)
    paths = [path for path, _ in error.value.problems]
    assert paths == ["sections/0/questions/1/battery/options/0/score", "sections/3/id"]


def test_a_gap_names_itself_when_a_draft_is_completed() -> None:
    made = whole()
    node(made, "overall")["text"].pop("fr")
    with pytest.raises(IncompleteError, match="text_missing at end/overall/text"):
        complete(draft(made))
    with pytest.raises(DocumentError, match="text_missing at end/overall/text"):
        read(made)


def test_the_document_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        WHOLE.sections[0].questions[0].required = True  # type: ignore[misc]


SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert "notice" in SCHEMA["required"]


@pytest.mark.parametrize("made", [whole(), rich(), with_sources(rich())])
def test_a_questionnaire_is_valid_by_the_schema(made: Document) -> None:
    assert list(VALIDATOR.iter_errors(made)) == []
    assert list(VALIDATOR.iter_errors(json.loads(canonical(read(made))))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), "Safety"),
        (("title",), {"default": "Safety"}),
        (("notice",), None),
        (("floors",), {"general": 5}),
        (("sections", 0, "id"), "Bad Id"),
        (("sections", 0, "questions", 0, "kind"), "poll"),
        (("sections", 0, "questions", 0, "surprise"), 1),
        (("sections", 0, "questions", 1, "options", 0, "score"), 101),
        (("sections", 1, "questions", 0, "asked_if"), {"question": "place"}),
        (("sections", 1, "questions", 0, "at_most"), 0),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(path: tuple[Any, ...], value: Any) -> None:
    made = put(rich(), path, value)
    assert list(VALIDATOR.iter_errors(made))
    with pytest.raises(DocumentError):
        read(made)


def test_what_is_kept_at_every_edit_is_the_draft_with_its_sources() -> None:
    made = rich()
    made["title"]["sources"] = {"fr": {"language": "en", "hash": text_hash("old")}}
    kept, revision = to_keep(draft(made))
    assert read_draft(kept) == draft(made)
    assert revision == fingerprint(draft(made))
