"""What others made of a part meanwhile, beside what was typed: marked, for the second to choose."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff
from surveyapp.designing.writing.controls import Posted, Setting, choices, typed
from surveyapp.designing.writing.fields import TEXTS, drawn_name, kept_name, text_name
from surveyapp.designing.writing.saving import moment_of
from surveyapp.forms.findings import language_name
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import mark
from surveyapp.questionnaire.rewording import Piece, pieces
from surveyapp.questionnaire.text import Text
from surveyapp.questionnaire.tongues import direction
from surveyapp.storage.drafting.meanwhile import Meanwhile, Part, since
from surveyapp.storage.drafting.surveys import Survey

OWN_WORDS = "mine"


@dataclass(frozen=True)
class Contest:
    """A part that two people changed: who was first, and what both began with, if it is known."""

    who: str
    before: Mapping[str, Any] | None


@dataclass(frozen=True)
class InLanguage:
    """What is shown in a language of the survey, whatever the reader's is."""

    language: str

    @property
    def direction(self) -> str:
        """The direction of the language."""
        return direction(self.language)


@dataclass(frozen=True)
class Wordings(InLanguage):
    """A text in one language: what became of it meanwhile, and what its author makes of it."""

    theirs: tuple[Piece, ...]
    mine: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """What the reader calls the language."""
        return language_name(self.language)

    @property
    def is_theirs(self) -> bool:
        """Whether somebody else changed it."""
        return any(one.fate != "kept" for one in self.theirs)

    @property
    def is_mine(self) -> bool:
        """Whether the reader changed it."""
        return any(one.fate != "kept" for one in self.mine)


@dataclass(frozen=True)
class WordClash:
    """A text that two people changed. ``known``: what both began with is remembered."""

    who: str
    known: bool
    lines: tuple[Wordings, ...]


@dataclass(frozen=True)
class Valued:
    """A setting that was changed: what it was, what it is now and what its author made of it."""

    label: str
    before: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class SettingClash:
    """Settings of a node that two people changed. ``asked``: when it is asked changed as well."""

    who: str
    lines: tuple[Valued, ...]
    asked: bool


def _who(survey: Survey, found: Meanwhile) -> str:
    if found.at is None:
        return _("Somebody else changed this since you opened the page.")
    time = moment_of(survey, found.at)
    if found.by == current_staff().email:
        return _("At %(time)s you changed this yourself, in another window.", time=time)
    return _(
        "At %(time)s, after you opened the page, %(who)s changed this.", who=found.by, time=time
    )


def contests(survey: Survey, parts: Collection[Part], form: Posted) -> dict[Part, Contest]:
    """Tell of each part that two people changed who was first, by the mark that came back."""
    seen = {(where, text): form.get(f"m:{where}:{text}", "") for where, text in parts}
    found = since(survey.id, seen)
    return {part: Contest(_who(survey, one), one.before) for part, one in found.items()}


def _bare(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def typed_words(form: Posted, where: str, name: str, code: str) -> str | None:
    """Return what somebody made of a text in a language; None if they left it alone."""
    words = form.get(text_name(where, name, code))
    if words is None or form.get(drawn_name(where, name, code)) == mark(_bare(words)):
        return None
    return _bare(words)


def _wordings(part: Part, text: Text, contest: Contest, form: Posted, code: str) -> Wordings:
    there = text.get(code)
    base = there if contest.before is None else str(contest.before.get(code, ""))
    mine = typed_words(form, *part, code)
    return Wordings(code, pieces(base, there), pieces(base, base if mine is None else mine))


def word_clash(draft: Draft, part: Part, text: Text, contest: Contest, form: Posted) -> WordClash:
    """Show a text that two people changed in each language that one of them changed."""
    every = (_wordings(part, text, contest, form, code) for code in draft.languages)
    known = contest.before is not None
    lines = tuple(one for one in every if one.is_theirs or one.is_mine or not known)
    return WordClash(contest.who, known, lines)


def _said(draft: Draft, setting: Setting, values: Sequence[str]) -> str:
    if setting.sort == "flag":
        return _("Yes") if values else _("No")
    if setting.sort in ("choice", "many", "favour", "languages"):
        labels = dict(choices(draft, setting))
        values = [labels.get(one, one) for one in values]
    return ", ".join(one for one in values if one) or "–"


def _valued(
    draft: Draft,
    where: str,
    wanted: Sequence[Setting],
    values: Mapping[str, Any],
    changed: Collection[Part],
    contest: Contest,
    form: Posted,
) -> Iterator[Valued]:
    before = contest.before or {}
    for one in wanted:
        is_theirs = one.name in before and before[one.name] != values[one.name]
        is_mine = (where, one.name) in changed
        if not (is_theirs or is_mine):
            continue
        there = _said(draft, one, typed(one, values[one.name]))
        was = _said(draft, one, typed(one, before.get(one.name, values[one.name])))
        mine = _said(draft, one, form.getlist(f"s:{where}:{one.name}")) if is_mine else was
        yield Valued(str(one.label), was, there, mine)


def setting_clash(
    draft: Draft,
    where: str,
    wanted: Sequence[Setting],
    values: Mapping[str, Any],
    changed: Collection[Part],
    contest: Contest,
    form: Posted,
) -> SettingClash:
    """Show the settings of a node that two people changed."""
    lines = tuple(_valued(draft, where, wanted, values, changed, contest, form))
    return SettingClash(contest.who, lines, "asked_if" in (contest.before or {}))


@dataclass(frozen=True)
class Aside(InLanguage):
    """Words that their author typed and did not keep: they stay in the page, to be used yet."""

    name: str
    words: str


@dataclass(frozen=True)
class Orphan(InLanguage):
    """Words that were typed for a part that is gone."""

    label: str
    words: str


def words_of_gone(form: Posted, gone: Collection[str]) -> tuple[Orphan, ...]:
    """Return what somebody typed for parts that are gone; what they left alone is not theirs."""
    found = []
    for field in form:
        kind, where, name, code = (*field.split(":"), "", "", "", "")[:4]
        words = typed_words(form, where, name, code) if kind == "w" and where in gone else None
        if words and name in TEXTS:
            found.append(Orphan(code, str(TEXTS[name]), words))
    return tuple(found)


def set_aside(draft: Draft, form: Posted, where: str, name: str, text: Text) -> dict[str, str]:
    """Return what was typed of a text whose author keeps what is there, or set it aside before."""
    found = {}
    for code in draft.languages:
        mine = form.get(kept_name(where, name, code))
        if form.get(f"c:{where}:{name}") == "theirs":
            mine = typed_words(form, where, name, code)
        if mine is not None and mine != text.get(code):
            found[code] = mine
    return found


def with_own_words(form: Posted) -> Posted:
    """Return a form with the words that were set aside, where its button says to use them."""
    button, _mark, part = form.get("do", "").partition("|")
    if button != OWN_WORDS:
        return form
    kept = {name: words for name, words in form.items() if name.startswith(f"k:{part}:")}
    made: Posted = form.copy()  # type: ignore[assignment]
    for name, words in kept.items():
        made.setlist(f"w{name[1:]}", [words])
        made.poplist(name)
    return made
