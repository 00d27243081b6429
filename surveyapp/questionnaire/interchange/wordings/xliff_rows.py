"""The units of an XLIFF file, whatever a translator's program made of the one it was given."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from surveyapp.questionnaire.interchange.languages import language_code
from surveyapp.questionnaire.interchange.wordings.units import Fault, Row, TranslationFileError

_FAMILY = "urn:oasis:names:tc:xliff:document:"
_DONE = frozenset(("translated", "reviewed", "final", "signed-off"))
# Inside these stands what a program took for a code: it is part of the words. The others only mark.
_CODES = frozenset(("ph", "it", "bpt", "ept", "cp"))
_MARKS = frozenset(("source", "target", "mrk", "sm", "em"))
_HEX = re.compile(r"^[0-9A-Fa-f]{1,6}$")
MOST_CODE = 0x10FFFF
_EQUIVALENTS = ("equiv-text", "equiv")


def xliff_rows(root: Element) -> Iterator[Row]:
    """Walk the rows of a file of version 1 or 2; some programs leave out the namespace.

    :raise TranslationFileError: for another version.
    """
    space = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
    version = root.get("version", "") or space.removeprefix(_FAMILY)
    reader = {"1": _first, "2": _second}.get(version[:1])
    if reader is None or (space and not space.startswith(_FAMILY)):
        raise TranslationFileError(Fault.xliff_version, {"version": version[:10] or "?"})
    yield from reader(root)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _inside(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if _name(one) == name)


def _child(element: Element, name: str) -> Element | None:
    return next((one for one in element if _name(one) == name), None)


def _language(element: Element, name: str) -> str:
    return language_code(element.get(name, "")) or ""


def _id(unit: Element) -> str:
    """Return the code that we gave: where it is no name for a program, it goes beside its own."""
    names = [unit.get(one, "") for one in ("id", "resname", "name", "original")]
    return next((one for one in names if one.count(":") == 2), names[0])


def _words(element: Element | None) -> str:
    """Return the words of a source or a target, with what a program took for codes."""
    if element is None:
        return ""
    for one in element.iter():
        if not len(one) and not one.text:
            one.text = _stands_for(one)
    return "".join(element.itertext())


def _stands_for(element: Element) -> str:
    """Return what an empty element was in the file that a program was given."""
    if _name(element) == "cp":
        written = element.get("hex", "")
        is_character = _HEX.match(written) and int(written, 16) <= MOST_CODE
        return chr(int(written, 16)) if is_character else ""
    return next((element.get(name, "") for name in _EQUIVALENTS if name in element.attrib), "")


def _has_markup(element: Element | None) -> bool:
    """Tell whether a target holds what no text of ours has: codes with neither words nor a name."""
    return element is not None and any(
        _name(one) not in _MARKS | _CODES and not any(name in one.attrib for name in _EQUIVALENTS)
        for one in element.iter()
    )


def _segments(element: Element | None) -> dict[str, bool]:
    """Return the segments that a program made of words, and whether each says anything."""
    if element is None:
        return {}
    marked = (one for one in _inside(element, "mrk") if one.get("mtype") == "seg")
    return {one.get("mid", ""): bool(_words(one).strip()) for one in marked}


def _first(root: Element) -> Iterator[Row]:
    number = 0
    for file in _inside(root, "file"):
        languages = _language(file, "source-language"), _language(file, "target-language")
        for unit in _inside(file, "trans-unit"):
            number += 1
            target, source = _child(unit, "target"), _child(unit, "seg-source")
            made = _segments(target)
            state = "" if target is None else target.get("state", "")
            yield Row(
                number,
                _id(unit),
                *languages,
                _words(_child(unit, "source")),
                _words(target),
                is_done=state in _DONE or (not state and unit.get("approved") == "yes"),
                has_markup=_has_markup(target),
                is_partial=any(made.values())
                and any(says and not made.get(mid) for mid, says in _segments(source).items()),
            )


def _second(root: Element) -> Iterator[Row]:
    languages = _language(root, "srcLang"), _language(root, "trgLang")
    for number, unit in enumerate(_inside(root, "unit"), 1):
        sources, targets, states = [], [], []
        for part in unit:
            if _name(part) not in ("segment", "ignorable"):
                continue
            source, target = _words(_child(part, "source")), _child(part, "target")
            sources.append(source)
            # What stands between sentences is seldom translated.
            between = target is None and _name(part) == "ignorable"
            targets.append(source if between else _words(target))
            if source.strip() and not between:
                states.append((part.get("state", ""), bool(targets[-1].strip())))
        says = [says for _state, says in states]
        yield Row(
            number,
            _id(unit),
            *languages,
            "".join(sources),
            "".join(targets) if any(says) else "",
            is_done=bool(states) and all(state in _DONE for state, _says in states),
            has_markup=any(_has_markup(one) for one in _inside(unit, "target")),
            is_partial=any(says) and not all(says),
        )
