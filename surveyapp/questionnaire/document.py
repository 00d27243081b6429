"""The questionnaire as a file: read, checked, written in one canonical way, fingerprinted."""

import hashlib
import json
from functools import cache
from typing import Any, Self, TypeVar

from pydantic import ValidationError, model_validator

from surveyapp.questionnaire.completeness import Finding, gaps
from surveyapp.questionnaire.model import Draft, Notice

_D = TypeVar("_D", bound=Draft)


class DocumentError(ValueError):
    """A document that is no questionnaire; ``problems`` are pairs of a path and a reason.

    ``sorts`` names what each of them is, in pydantic's words: ``missing``, ``json_invalid``.
    """

    def __init__(self, problems: tuple[tuple[str, str], ...], sorts: tuple[str, ...] = ()) -> None:
        super().__init__("; ".join(f"{path}: {reason}" for path, reason in problems[:10]))
        self.problems = problems
        self.sorts = sorts or ("",) * len(problems)


class IncompleteError(ValueError):
    """A draft with gaps: nobody can be asked yet."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(f"{one.code} at {one.node or '/'}" for one in findings[:10]))
        self.findings = findings


class Questionnaire(Draft):
    """A complete questionnaire: what an edition holds. Every text is in every language."""

    notice: Notice

    @model_validator(mode="after")
    def _has_no_gap(self) -> Self:
        found = tuple(gaps(self))
        if found:
            raise IncompleteError(found)
        return self


def _reasons(error: ValidationError) -> tuple[tuple[str, str], ...]:
    return tuple(
        ("/".join(str(part) for part in one["loc"]) or "/", one["msg"]) for one in error.errors()
    )


def _read(kind: type[_D], data: bytes | str | dict[str, Any]) -> _D:
    try:
        if isinstance(data, dict):
            return kind.model_validate(data)
        return kind.model_validate_json(data)
    except ValidationError as error:
        sorts = tuple(one["type"] for one in error.errors())
        raise DocumentError(_reasons(error), sorts) from error
    except RecursionError as error:
        raise DocumentError((("/", "nested too deeply"),)) from error


def read_draft(data: bytes | str | dict[str, Any]) -> Draft:
    """Read a document of which only the structure must be right.

    :raise DocumentError: naming the path and the reason of every fault.
    """
    return _read(Draft, data)


def read(data: bytes | str | dict[str, Any]) -> Questionnaire:
    """Read a complete questionnaire.

    :raise DocumentError: naming the path and the reason of every fault.
    """
    return _read(Questionnaire, data)


def _without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_sources(one)
            for key, one in value.items()
            if not (key == "sources" and isinstance(one, dict))
        }
    return [_without_sources(one) for one in value] if isinstance(value, list) else value


def plain_document(draft: Draft, *, sources: bool = False) -> dict[str, Any]:
    """Return the document as JSON values, without fields that hold their default."""
    dumped = draft.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    # The kind is a default of its class, and the one thing a reader cannot do without.
    for section, made in zip(dumped.get("sections", ()), draft.sections, strict=True):
        for question, node in zip(section.get("questions", ()), made.questions, strict=True):
            question["kind"] = node.kind.value
    dumped["format"] = draft.format
    result: dict[str, Any] = dumped if sources else _without_sources(dumped)
    return result


def canonical(draft: Draft) -> bytes:
    """Write a document in one way only: sorted keys, no defaults, no translation sources."""
    return _canonical(plain_document(draft))


def _canonical(document: dict[str, Any]) -> bytes:
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def written(draft: Draft) -> str:
    """Write a draft for people and for keeping: indented, in its own order, with sources."""
    return json.dumps(plain_document(draft, sources=True), ensure_ascii=False, indent=2) + "\n"


def fingerprint(draft: Draft) -> str:
    """Return the SHA-256 of the canonical document, in hexadecimal."""
    return hashlib.sha256(canonical(draft)).hexdigest()


def to_keep(draft: Draft) -> tuple[str, str]:
    """Return a draft as it is stored at every edit, and its fingerprint.

    Dumped once and without the indentation of ``written``, which takes most of its time.
    """
    document = plain_document(draft, sources=True)
    kept = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return kept, hashlib.sha256(_canonical(_without_sources(document))).hexdigest()


def complete(draft: Draft) -> Questionnaire:
    """Turn a draft into what can be published.

    :raise IncompleteError: naming every gap.
    """
    found = tuple(gaps(draft))
    if found:
        raise IncompleteError(found)
    return read(plain_document(draft))


@cache
def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a questionnaire."""
    return Questionnaire.model_json_schema(by_alias=True)
