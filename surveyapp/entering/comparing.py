"""Two typings of one sheet side by side, item by item, and what was settled of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from surveyapp.entering.screens import Screen
from surveyapp.forms.keyed import keyed
from surveyapp.forms.paper import numbers_on_paper
from surveyapp.forms.posting import raw_of
from surveyapp.forms.summary import line
from surveyapp.questionnaire.model import Item, items

_ABSENT = object()


@dataclass(frozen=True)
class Difference:
    """An item that two people typed differently, in words, for somebody with the paper to settle.

    ``turn`` is whose typing was chosen ("1", "2", or "0" for ``typed``), empty for nobody's yet.
    """

    item: Item
    number: str
    question: str
    stem: str
    words: tuple[str, str]
    turn: str
    typed: str
    errors: tuple[str, ...]

    @property
    def key(self) -> str:
        """The answer key."""
        return self.item.key


def differing(screen: Screen, both: tuple[Mapping[str, Any], Mapping[str, Any]]) -> list[Item]:
    """Return the items whose answers, or whose own words, are not the same."""
    first, second = both

    def differs(key: str) -> bool:
        return bool(first.get(key, _ABSENT) != second.get(key, _ABSENT))

    return [
        one
        for one in items(screen.questionnaire)
        if differs(one.key) or differs(f"{one.key}.other")
    ]


def _words(screen: Screen, item: Item, answers: Mapping[str, Any]) -> str:
    if item.key not in answers:
        return _("Not asked")
    names = screen.tree.names(screen.language)
    return "; ".join(line(item, answers, screen.language, names).words) or _("Left blank")


def differences(
    screen: Screen,
    both: tuple[Mapping[str, Any], Mapping[str, Any]],
    chosen: Mapping[str, str],
    problems: Mapping[str, list[str]],
) -> list[Difference]:
    """Put what differs into words, with what was chosen so far."""
    numbers = numbers_on_paper(screen.questionnaire)
    found = []
    for item in differing(screen, both):
        said = line(item, {}, screen.language, {})
        found.append(
            Difference(
                item,
                numbers[item.key],
                said.question,
                said.stem,
                (_words(screen, item, both[0]), _words(screen, item, both[1])),
                chosen.get(item.key, ""),
                screen.typed.get(item.key, ""),
                tuple(problems.get(item.key, ())),
            )
        )
    return found


def _all_raw(screen: Screen, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = {}
    for section in screen.questionnaire.sections:
        raw |= raw_of(section, answers)
    return raw


def _of(raw: Mapping[str, list[str]], key: str) -> dict[str, list[str]]:
    return {one: raw[one] for one in raw if one == key or one.startswith(f"{key}.")}


def settled_raw(
    screen: Screen,
    both: tuple[Mapping[str, Any], Mapping[str, Any]],
    chosen: Mapping[str, str],
) -> dict[str, list[str]]:
    """Join the two typings: what is alike, then for each difference what was chosen."""
    raws = {"1": _all_raw(screen, both[0]), "2": _all_raw(screen, both[1])}
    joined = dict(raws["1"])
    for item in differing(screen, both):
        joined = {key: joined[key] for key in joined if key not in _of(joined, item.key)}
        turn = chosen.get(item.key, "")
        if turn in raws:
            joined |= _of(raws[turn], item.key)
        else:
            joined |= keyed(item.question, item.key, screen.typed, screen.pad)
    return joined
