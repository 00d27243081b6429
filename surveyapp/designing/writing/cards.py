"""A node of a draft as a card of the editor: its words, its settings, its marks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from surveyapp.designing.writing.contested import (
    Aside,
    Contest,
    Orphan,
    SettingClash,
    WordClash,
    setting_clash,
    word_clash,
)
from surveyapp.designing.writing.controls import Posted, Setting, choices, settings_of, typed
from surveyapp.designing.writing.fields import (
    HINTS,
    STATES,
    TEXTS,
    base_of,
    drawn_name,
    id_of,
    is_long,
    kept_name,
    text_name,
)
from surveyapp.i18n import tongue
from surveyapp.questionnaire.kinds import Kind
from surveyapp.questionnaire.model import Draft, Node
from surveyapp.questionnaire.nodes import (
    child,
    find,
    list_names,
    mark,
    order_mark,
    parent,
    settings,
    text_fields,
    text_mark,
)
from surveyapp.questionnaire.rewording import Piece, pieces
from surveyapp.questionnaire.text import Text, TranslationState
from surveyapp.questionnaire.tongues import direction


@dataclass(frozen=True)
class Side:
    """A text in one language, with its state there.

    ``reworded`` shows, in the language ``made_from``, what changed since a stale translation was
    made; empty when nobody remembers what it was made from. ``to_approve``: the reader may.
    """

    language: str
    name: str
    words: str
    state: TranslationState
    said: str
    mark: str
    reworded: tuple[Piece, ...] = ()
    made_from: str = ""
    to_approve: bool = False
    drawn: str = ""

    @property
    def drawn_name(self) -> str:
        """The field that marks the words as they were drawn."""
        return f"o{self.name[1:]}"

    @property
    def approval(self) -> str:
        """The field that approves these words."""
        return f"a{self.name[1:]}"

    @property
    def id(self) -> str:
        """The id of the field."""
        return id_of(self.name)

    @property
    def direction(self) -> str:
        """The direction of the language."""
        return direction(self.language)

    @property
    def own_name(self) -> str:
        """What the language calls itself."""
        spoken = tongue(self.language)
        return spoken.name if spoken else self.language


@dataclass(frozen=True)
class Pair:
    """A text in every language of the survey.

    ``clash`` shows what somebody else made of it; ``aside`` are words that were not kept.
    """

    where: str
    text: str
    label: str
    long: bool
    sides: tuple[Side, ...]
    seen: str
    clash: WordClash | None = None
    aside: tuple[Aside, ...] = ()

    @property
    def hint(self) -> str:
        """What to write, where that is not plain from the label."""
        return str(HINTS.get(self.text, ""))

    @property
    def hint_id(self) -> str:
        """The id of the hint in the page."""
        return id_of(f"hint:{self.where}:{self.text}")

    @property
    def seen_name(self) -> str:
        """The field that carries the mark."""
        return f"m:{self.where}:{self.text}"


@dataclass(frozen=True)
class Control:
    """A setting in the page."""

    name: str
    setting: Setting
    values: list[str]
    choices: list[tuple[str, str]] = field(default_factory=list)
    error: str = ""

    @property
    def id(self) -> str:
        """The id of the field."""
        return id_of(self.name)


@dataclass(frozen=True)
class Card:
    """A node in the page. ``seen`` and ``base`` tell what its settings were when it was drawn."""

    where: str
    id: str
    pairs: tuple[Pair, ...]
    controls: tuple[Control, ...]
    seen: str
    base: str
    whole: str
    order: str
    is_first: bool
    is_last: bool
    clash: SettingClash | None = None

    @property
    def anchor(self) -> str:
        """The id of the card in the page."""
        return id_of(f"card:{self.where}")


def _sides(draft: Draft, where: str, name: str, text: Text | None, back: "Back") -> Iterator[Side]:
    """Draw each language; a text that can be left out, and is, lacks nothing."""
    unused, text = text is None, text or Text()
    for code in draft.languages:
        field_name = text_name(where, name, code)
        words = _shown(back, where, name, code, text.get(code))
        state = text.state(code)
        said = _("Not used") if unused else str(STATES[state])
        mark_class = "unused" if unused else state.value
        source = text.sources.get(code) if state is TranslationState.stale else None
        was = back.former.get(source.hash, "") if source else ""
        made_from = source.language if source else ""
        reworded = pieces(was, text.get(made_from)) if was else ()
        to_approve = back.approves and state is TranslationState.draft
        shown = (code, field_name, words, state, said, mark_class)
        as_drawn = mark(text.get(code))
        yield Side(*shown, reworded, made_from, to_approve, as_drawn)


def _shown(back: "Back", where: str, name: str, code: str, now: str) -> str:
    """Return what a field holds: what was typed comes back where it was not saved."""
    raw = back.raw
    if raw is None or not (back.keeps_all or (where, name) in back.contested):
        return now
    typed_words = raw.get(text_name(where, name, code), "")
    # A field left alone shows what somebody else made of it since.
    alone = raw.get(drawn_name(where, name, code)) == mark(typed_words.replace("\r\n", "\n"))
    return now if alone else typed_words


def pair(draft: Draft, where: str, name: str, node: Node, back: "Back") -> Pair:
    """Draw a text of a node in every language of the survey."""
    held: Text | None = getattr(node, name)
    text = held or Text()
    contest = back.contested.get((where, name))
    sides = tuple(_sides(draft, where, name, held, back))
    clash = word_clash(draft, (where, name), text, contest, back.form) if contest else None
    kept = back.aside.get((where, name), {}).items()
    aside = tuple(Aside(code, kept_name(where, name, code), words) for code, words in kept)
    label = str(TEXTS[name])
    return Pair(where, name, label, is_long(name), sides, text_mark(text), clash, aside)


def values_of(node: Node, wanted: tuple[Setting, ...]) -> dict[str, Any]:
    """Return those settings of a node that a form shows."""
    held = settings(node)
    return {one.name: held[one.name] for one in wanted}


def _control(draft: Draft, where: str, setting: Setting, value: Any, back: "Back") -> Control:
    name = f"s:{where}:{setting.name}"
    is_mine = (where, "") in back.contested and (where, setting.name) in back.changed
    keep = back.keeps_all or is_mine
    values = back.raw.getlist(name) if keep and back.raw is not None else typed(setting, value)
    listed = (
        choices(draft, setting) if setting.sort in ("choice", "many", "favour", "languages") else []
    )
    return Control(name, setting, values, listed, back.errors.get(name, ""))


@dataclass(frozen=True)
class Back:
    """What comes back to the page: what was typed, what cannot be read, what is contested.

    ``keeps_all``: nothing was saved, so that everything typed is shown again; otherwise only
    what somebody else changed meanwhile. ``contested`` and ``aside`` are by an address and the
    name of a text, or nothing for settings: what others changed too, and words that their author
    did not keep. ``former`` are wordings of before, by their hash. ``approves``: drafts can be
    approved on this page. ``changed`` pairs an address with the name of a setting that whoever
    sent the page changed. ``orphans`` are words for parts that are gone.
    """

    raw: Posted | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    contested: Mapping[tuple[str, str], Contest] = field(default_factory=dict)
    keeps_all: bool = False
    former: Mapping[str, str] = field(default_factory=dict)
    approves: bool = False
    changed: frozenset[tuple[str, str]] = frozenset()
    aside: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    orphans: tuple[Orphan, ...] = ()

    @property
    def form(self) -> Posted:
        """What was typed; nothing on a page that was only opened."""
        return self.raw if self.raw is not None else Posted()


NOTHING = Back()


def card(draft: Draft, where: str, kind: Kind | None = None, back: Back = NOTHING) -> Card:
    """Draw a node; ``kind`` is that of the question an option belongs to."""
    node = find(draft, where)
    wanted = settings_of(node, kind)
    values = values_of(node, wanted)
    first, last, order = True, True, ""
    contest = back.contested.get((where, ""))
    if "/" in where:
        holder, name = parent(draft, where)
        ids = [one.id for one in getattr(find(draft, holder), name)]
        first, last = ids[0] == where.rpartition("/")[2], ids[-1] == where.rpartition("/")[2]
        order = order_mark(find(draft, holder), name)
    return Card(
        where=where,
        id=where.rpartition("/")[2],
        pairs=tuple(pair(draft, where, name, node, back) for name in text_fields(type(node))),
        controls=tuple(_control(draft, where, one, values[one.name], back) for one in wanted),
        seen=mark(settings(node)),
        base=base_of(values),
        whole=mark(node) if where else "",
        order=order,
        is_first=first,
        is_last=last,
        clash=setting_clash(draft, where, wanted, values, back.changed, contest, back.form)
        if contest
        else None,
    )


def cards_in(draft: Draft, where: str, name: str, back: Back = NOTHING) -> tuple[Card, ...]:
    """Draw the nodes of a list of a question, such as its options."""
    node = find(draft, where)
    if name not in list_names(node):
        return ()
    kind = getattr(node, "kind", None)
    ids = [one.id for one in getattr(node, name)]
    return tuple(card(draft, child(where, name, one), kind, back) for one in ids)
