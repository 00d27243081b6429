"""Translations as XLIFF 1.2, which translators' tools have read longest and read best."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from surveyapp.questionnaire.interchange.wordings.units import (
    MOST_ROWS,
    Fault,
    Row,
    TranslationFileError,
    Unit,
)
from surveyapp.questionnaire.interchange.wordings.xliff_rows import xliff_rows
from surveyapp.questionnaire.text import TranslationState

SPACE = "urn:oasis:names:tc:xliff:document:1.2"
_STATES = {
    TranslationState.missing: "needs-translation",
    TranslationState.stale: "needs-review-translation",
    TranslationState.draft: "translated",
    TranslationState.approved: "final",
    TranslationState.original: "final",
}
_REGIONS = {"en": "en-CA", "fr": "fr-CA"}


def _add(body: Element, unit: Unit) -> None:
    preserved = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    made = SubElement(body, "trans-unit", {"id": unit.id, **preserved})
    SubElement(made, "source").text = unit.source
    SubElement(made, "target", {"state": _STATES[unit.state]}).text = unit.target
    if unit.note:
        SubElement(made, "note").text = unit.note


def write_xliff(units: Sequence[Unit], name: str) -> bytes:
    """Write one file element; ``name`` says whose texts they are."""
    root = Element("xliff", {"version": "1.2", "xmlns": SPACE})
    first = units[0] if units else None
    codes = (first.source_language, first.target_language) if first else ("en", "fr")
    source, target = (_REGIONS.get(one, one) for one in codes)
    languages = {"source-language": source, "target-language": target}
    file = SubElement(root, "file", {"original": name, "datatype": "plaintext", **languages})
    body = SubElement(file, "body")
    for one in units:
        _add(body, one)
    # Between the parts of a unit, a line end is no words of it.
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _root(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise TranslationFileError(Fault.entities) from error
    except ParseError as error:
        line, column = error.position
        raise TranslationFileError(Fault.not_xml, {"line": line, "column": column}) from error
    except (ValueError, LookupError) as error:
        raise TranslationFileError(Fault.not_utf8) from error
    if root.tag.rpartition("}")[2] != "xliff":
        raise TranslationFileError(Fault.not_xliff, {"found": root.tag.rpartition("}")[2][:40]})
    return root


def read_xliff(data: bytes) -> tuple[Row, ...]:
    """Read units of XLIFF 1 or 2; entities and document types are never looked at.

    :raise TranslationFileError: if that is none.
    """
    rows = tuple(xliff_rows(_root(data)))
    if len(rows) > MOST_ROWS:
        raise TranslationFileError(Fault.too_many_rows, {"most": MOST_ROWS})
    return rows
