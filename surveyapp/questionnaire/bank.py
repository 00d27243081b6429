"""The library of questions: ready-made items in both languages, found by words and put into drafts.

The data lie in ``bank/items.json``. Each item says where it comes from, and whether its English
is the source's own wording; no source's French was at hand, so every French wording is ours.
"""

import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, cast

from surveyapp.questionnaire.conditions import questions_of
from surveyapp.questionnaire.drafting.commands import Add
from surveyapp.questionnaire.drafting.copying import fresh
from surveyapp.questionnaire.framework import FACTORS
from surveyapp.questionnaire.local import prefix_of
from surveyapp.questionnaire.model import Battery, Draft, Note, Question, items
from surveyapp.questionnaire.nodes import MAKERS, addresses
from surveyapp.questionnaire.shipped import shipped
from surveyapp.questionnaire.text import Text

FILE = Path(__file__).resolve().parent / "bank" / "items.json"
SHIPPED = "shipped"
OWN = "own"
# With room for a number that tells two of them apart.
MOST_OF_AN_ID = 36


class Basis(StrEnum):
    """Whose the words are."""

    theirs = "theirs"  # English as the source asks it; the French is ours
    adapted = "adapted"  # after the source, in our words
    ours = "ours"


@dataclass(frozen=True)
class BankItem:
    """A question to put into drafts. ``code`` names it in the library; ``source`` a source."""

    code: str
    question: Question
    source: str
    basis: Basis

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that it, or one of its statements, informs."""
        return tuple(dict.fromkeys(one.value for node in self._tagged for one in node.areas))

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors that it, or one of its statements, is tagged with."""
        return tuple(dict.fromkeys(one for node in self._tagged for one in node.factors))

    @property
    def _tagged(self) -> tuple[Any, ...]:
        lines = self.question.statements if isinstance(self.question, Battery) else ()
        return (self.question, *lines)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words in any language, an area, a factor, a source; empty is any."""

    words: str = ""
    area: str = ""
    factor: str = ""
    source: str = ""


@cache
def _data() -> dict[str, Any]:
    return cast(dict[str, Any], json.loads(FILE.read_bytes()))


@cache
def sources() -> Mapping[str, Text]:
    """Return the names of the sources by their code, our own library among them."""
    found = {code: Text(wordings=names) for code, names in _data()["sources"].items()}
    names = {"en": "The survey that comes with the program", "fr": "Le sondage fourni"}
    return {SHIPPED: Text(wordings=names)} | found


def _made(entry: dict[str, Any], scales: Mapping[str, Any]) -> BankItem:
    written = dict(entry["question"])
    if isinstance(written.get("options"), str):
        written["options"] = scales[written["options"]]
    question = MAKERS["questions"].validate_python(written)
    return BankItem(f"bank_{question.id}", question, entry["source"], Basis(entry["basis"]))


@cache
def bank() -> tuple[BankItem, ...]:
    """Return every item: those of the bank, then the questions of the shipped survey."""
    data = _data()
    made = [_made(one, data["scales"]) for one in data["items"]]
    asked = (one for one in shipped().questions() if not isinstance(one, Note))
    made += [BankItem(f"shipped_{one.id}", one, SHIPPED, Basis.ours) for one in asked]
    return tuple(made)


def folded(words: str) -> str:
    """Return words as they are searched: without accents and capitals, apostrophes alike."""
    plain = unicodedata.normalize("NFD", words.casefold().replace("’", "'"))
    return "".join(one for one in plain if not unicodedata.combining(one))


def _searched(item: BankItem) -> str:
    lines = getattr(item.question, "statements", ())
    options = getattr(item.question, "options", ())
    texts = [item.question.text, *(one.text for one in lines), *(one.label for one in options)]
    texts.append(sources().get(item.source, Text()))
    return folded(" ".join(words for text in texts for words in text.wordings.values()))


def found(among: Collection[BankItem], wanted: Wanted) -> Iterator[BankItem]:
    """Walk the items that have every word, in either language, and the tags and source wanted."""
    words = folded(wanted.words).split()
    for one in among:
        if wanted.area and wanted.area not in one.areas:
            continue
        if wanted.factor and wanted.factor not in one.factors:
            continue
        if wanted.source and wanted.source != one.source:
            continue
        searched = _searched(one)
        if all(word in searched for word in words):
            yield one


@dataclass(frozen=True)
class Placing:
    """The command that puts an item into a draft; ``dropped``: without its condition."""

    command: Add
    dropped: bool


def _known_tags(question: Any, draft: Draft) -> Any:
    """Leave out what only the survey it comes from knows: its priorities and own factors."""
    priorities = {one.id for one in draft.priorities}
    factors = {*FACTORS, *(one.id for one in draft.factors)}
    update: dict[str, Any] = {
        "priorities": tuple(one for one in question.priorities if one in priorities),
        "factors": tuple(one for one in question.factors if one in factors),
        "version": 1,
    }
    if hasattr(question, "statements"):
        update["statements"] = tuple(_known_tags(one, draft) for one in question.statements)
    return question.model_copy(update=update)


def placed(
    question: Question,
    draft: Draft,
    section: str,
    published: Collection[str] = (),
    only_for: str = "",
) -> Placing:
    """Return what puts a question at the end of a section, under an id that is free.

    ``published`` are addresses of any edition, whose ids are not given again. A condition, or
    places it is only for, goes when the draft does not ask what it looks at. ``only_for`` is the
    code of the municipality whose own question it becomes, with an id that says so.
    """
    used = {one.partition("/")[2] for one in {*addresses(draft), *published}}
    wanted = question.id
    if only_for and not wanted.startswith(prefix_of(only_for)):
        wanted = f"{prefix_of(only_for)}{wanted}"[:MOST_OF_AN_ID]
    node_id = fresh(wanted, used) if wanted in used else wanted
    asked = {"only_for": (only_for,)} if only_for else {}
    made = _known_tags(question, draft).model_copy(update={"id": node_id, **asked})
    answered = {one.key for one in items(draft)}
    condition = made.asked_if
    dropped = condition is not None and not questions_of(condition) <= answered
    if dropped:
        made = made.model_copy(update={"asked_if": None})
    node = made.model_dump(mode="json", by_alias=True)
    return Placing(Add(where=f"sections/{section}", into="questions", node=node), dropped)
