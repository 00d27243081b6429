"""What changed between two editions, in words: a sentence for each change, and both wordings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.questionnaire.model import Draft, Item, items
from surveyapp.questionnaire.reviewing.changes import Change, ChangeKind, Reason
from surveyapp.questionnaire.text import Text

KINDS: dict[ChangeKind, LazyString] = {
    ChangeKind.added: _l("New"),
    ChangeKind.reworded: _l("Reworded"),
    ChangeKind.retired: _l("No longer asked"),
    ChangeKind.refused: _l("Not possible"),
}
REWORDED: dict[Reason, LazyString] = {
    Reason.wording: _l("The words changed."),
    Reason.options: _l("Answers were added, removed or put in another order."),
    Reason.limits: _l("How many can be chosen, or which numbers are taken, changed."),
    Reason.base: _l("Other people are asked: the condition or the places changed."),
}
REFUSED: dict[Reason, LazyString] = {
    Reason.kind: _l("It became another kind of question. Copy it, and remove the old one."),
    Reason.level: _l("It asks for another size of place. Copy it, and remove the old one."),
    Reason.scale: _l(
        "Its scale has other steps, so that scores could not be compared. Copy the question, and"
        " remove the old one."
    ),
    Reason.role: _l(
        "An answer has another meaning in results. Add a new answer instead, and remove the old"
        " one."
    ),
    Reason.score: _l(
        "An answer has another score, so that results could not be compared. Put the score back,"
        " or copy the question and remove the old one."
    ),
    Reason.exclusive: _l(
        "An answer now stands alone, or no longer does. Add a new answer instead, and remove the"
        " old one."
    ),
}
ADDED = _l("It was not asked in the last edition.")
RETIRED = _l("Answers already given stay in the results.")


@dataclass(frozen=True)
class Reworded:
    """A wording as it was and as it is now, in one language."""

    language: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeInWords:
    """A change: what it is, why that matters, the item by its words, and what was reworded."""

    node: str
    kind: ChangeKind
    kind_words: str
    sentence: str
    item: str
    wordings: tuple[Reworded, ...]


def change_sentence(change: Change) -> str:
    """Say what a change is, and what to do about one that is not possible."""
    if change.kind is ChangeKind.added or change.reason is None:
        return str(ADDED if change.kind is ChangeKind.added else RETIRED)
    table = REFUSED if change.kind is ChangeKind.refused else REWORDED
    return str(table[change.reason])


def _texts(item: Item) -> dict[str, Text]:
    question = item.question
    found = {"text": question.text, "hint": question.hint or Text()}
    found["unit"] = getattr(question, "unit", None) or Text()
    if item.statement:
        found["statement"] = item.statement.text
    return found | {f"option {one.id}": one.label for one in item.options}


def _wordings(old: Item | None, new: Item | None, languages: tuple[str, ...]) -> Iterator[Reworded]:
    if old is None or new is None:
        return
    before, after = _texts(old), _texts(new)
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, Text()), after.get(name, Text())
        for code in languages:
            if was.get(code) != now.get(code):
                yield Reworded(code, was.get(code), now.get(code))


def _said(item: Item | None, key: str, language: str) -> str:
    if item is None:
        return key
    words = (
        [item.question.text.get(language), item.statement.text.get(language)]
        if (item.statement)
        else [item.question.text.get(language)]
    )
    return " – ".join(one for one in words if one) or key


def in_words(
    changes: tuple[Change, ...], last: Mapping[str, Item], draft: Draft, language: str
) -> tuple[ChangeInWords, ...]:
    """Put changes into words; ``last`` are the items as they were, by answer key."""
    new = {item.key: item for item in items(draft)}
    return tuple(
        ChangeInWords(
            node=one.node,
            kind=one.kind,
            kind_words=str(KINDS[one.kind]),
            sentence=change_sentence(one),
            item=_said(new.get(one.node) or last.get(one.node), one.node, language),
            wordings=tuple(_wordings(last.get(one.node), new.get(one.node), draft.languages)),
        )
        for one in changes
    )
