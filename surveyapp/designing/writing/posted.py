"""A posted page of the editor as commands: one for each text and each node that was changed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveyapp.designing.whose import Share
from surveyapp.designing.writing.cards import values_of
from surveyapp.designing.writing.contested import set_aside
from surveyapp.designing.writing.controls import Posted, Setting, UnreadableError, read, settings_of
from surveyapp.designing.writing.fields import base_of, drawn_name, text_name
from surveyapp.questionnaire.drafting.commands import (
    MOST_CHARACTERS,
    Add,
    Approve,
    Command,
    Copy,
    Fill,
    Move,
    Remove,
    Set,
    Write,
)
from surveyapp.questionnaire.kinds import Kind
from surveyapp.questionnaire.model import Draft, Node
from surveyapp.questionnaire.nodes import MAKERS, GoneError, find, ids_in, mark, parent, text_fields
from surveyapp.questionnaire.scales import scales
from surveyapp.questionnaire.text import Text, TranslationState, plain


@dataclass
class Sheet:
    """What a post asks for, and what of it cannot be read: sentences by field.

    ``aside`` are words that their author typed and did not keep, by the text they were for;
    ``forged`` the nodes whose settings hold what no page offers.
    """

    commands: list[Command] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)
    aside: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)


def _words(form: Posted, name: str) -> str:
    try:
        return plain(form.get(name, "")).strip()[:MOST_CHARACTERS]
    except ValueError:
        # The command refuses it with its own sentence.
        return form.get(name, "")


def _meant(draft: Draft, where: str, name: str, text: Text, form: Posted) -> dict[str, str]:
    """Return what each language is to read: a field that its author left alone says nothing.

    Whoever writes the French has the English of a moment ago beside it, and means none of it.
    """
    meant = {}
    for code in draft.languages:
        words = _words(form, text_name(where, name, code))
        alone = form.get(drawn_name(where, name, code)) == mark(words)
        meant[code] = text.get(code) if alone else words
    return meant


def _writing(draft: Draft, where: str, node: Node, name: str, form: Posted) -> Iterator[Command]:
    """Write a text if its author changed it; what only others changed is left alone."""
    text: Text = getattr(node, name) or Text()
    posted = {code: _words(form, text_name(where, name, code)) for code in draft.languages}
    now = {code: text.get(code) for code in draft.languages}
    meant = _meant(draft, where, name, text, form)
    seen = form.get(f"m:{where}:{name}", "")
    holds = tuple(code for code in draft.languages if f"h:{where}:{name}:{code}" in form)
    untouched = mark({code: words for code, words in posted.items() if words}) == seen
    if f"c:{where}:{name}" in form and form[f"c:{where}:{name}"] == "theirs":
        return
    if (meant != now and not untouched) or holds:
        changed = {code: words for code, words in meant.items() if words != now[code]}
        yield Write(where=where, text=name, wordings=changed, holds=holds, seen=seen)


def _approving(
    draft: Draft, where: str, node: Node, name: str, form: Posted, approves_all: bool
) -> Iterator[Command]:
    """Approve the drafts that are ticked, or all, as they stand once they are written."""
    text: Text = getattr(node, name) or Text()
    if form.get(f"c:{where}:{name}") == "theirs":
        return
    asked = [one for one in draft.languages if f"a:{where}:{name}:{one}" in form or approves_all]
    posted = _meant(draft, where, name, text, form)
    seen = mark({code: words for code, words in {**text.wordings, **posted}.items() if words})
    drafts = [
        one
        for one in asked
        if not approves_all
        or posted[one] != text.get(one)
        or f"h:{where}:{name}:{one}" in form
        or text.state(one) is TranslationState.draft
    ]
    if drafts:
        yield Approve(where=where, text=name, languages=tuple(drafts), seen=seen)


def _settings(
    where: str, node: Node, wanted: Sequence[Setting], form: Posted, sheet: Sheet
) -> Iterator[Command]:
    kind = getattr(node, "kind", None)
    posted = {}
    for one in wanted:
        name = f"s:{where}:{one.name}"
        try:
            posted[one.name] = read(one, form.getlist(name), kind)
        except UnreadableError as error:
            sheet.errors[name] = str(error)
            # No page offers a language that is none: it is no slip of the keys.
            sheet.forged.extend([where] if one.sort == "languages" else [])
            return
    now = values_of(node, tuple(wanted))
    drawn = form.get(f"b:{where}", "").split()
    meant = {name: value for name, value in posted.items() if base_of({name: value}) not in drawn}
    changed = {name: value for name, value in meant.items() if value != now[name]}
    if changed and form.get(f"c:{where}:") != "theirs":
        yield Set(where=where, values=changed, seen=form.get(f"m:{where}:", ""))


def _kind_above(draft: Draft, where: str) -> Kind | None:
    parts = where.split("/")
    return getattr(find(draft, "/".join(parts[:2])), "kind", None) if len(parts) == 4 else None


def read_sheet(
    draft: Draft, form: Posted, leaving_out: str = "\x00", *, approves_all: bool = False
) -> Sheet:
    """Read the nodes that a form holds; those under ``leaving_out`` are about to go."""
    sheet = Sheet()
    for where in dict.fromkeys(form.getlist("node")):
        if where == leaving_out or where.startswith(f"{leaving_out}/"):
            continue
        try:
            node = find(draft, where)
        except GoneError:
            sheet.gone.append(where)
            continue
        for name in text_fields(type(node)):
            if f"m:{where}:{name}" in form:
                sheet.commands.extend(_writing(draft, where, node, name, form))
                sheet.commands.extend(_approving(draft, where, node, name, form, approves_all))
                kept = set_aside(draft, form, where, name, getattr(node, name) or Text())
                sheet.aside.update({(where, name): kept} if kept else {})
        if f"m:{where}:" in form:
            wanted = settings_of(node, _kind_above(draft, where))
            sheet.commands.extend(_settings(where, node, wanted, form, sheet))
    return sheet


def _up(draft: Draft, where: str, seen: str) -> Iterator[Command]:
    holder, name = parent(draft, where)
    ids, node_id = ids_in(find(draft, holder), name), where.rpartition("/")[2]
    index = ids.index(node_id)
    if index:
        yield Move(where=where, before=ids[index - 1], seen=seen)
    elif name == "questions":
        pages = ids_in(draft, "sections")
        page = pages.index(holder.rpartition("/")[2])
        if page:
            yield Move(where=where, to=f"sections/{pages[page - 1]}", seen=seen)


def _down(draft: Draft, where: str, seen: str) -> Iterator[Command]:
    holder, name = parent(draft, where)
    ids, node_id = (*ids_in(find(draft, holder), name), ""), where.rpartition("/")[2]
    index = ids.index(node_id)
    if index < len(ids) - 2:
        yield Move(where=where, before=ids[index + 2], seen=seen)
    elif name == "questions":
        pages = ids_in(draft, "sections")
        page = pages.index(holder.rpartition("/")[2]) + 1
        if page < len(pages):
            below = f"sections/{pages[page]}"
            first = next(iter(ids_in(find(draft, below), "questions")), "")
            yield Move(where=where, to=below, before=first, seen=seen)


def _add(where: str, into: str, form: Posted, share: Share) -> Iterator[Command]:
    """Add a part; a municipality's own question or section has ids that say whose it is."""
    code = form.get("for", "")
    stem = share.stem(code) if into in ("questions", "sections") else ""
    node: dict[str, Any] = {}
    if into == "questions":
        kind = form.get("kind", "single")
        node = {"kind": kind if kind in set(Kind) else "single"}
        node |= {"only_for": [code]} if stem else {}
    elif stem:
        node = {"title": share.title(code)}
    if into in MAKERS:
        yield Add.model_validate(
            {
                "where": where,
                "into": into,
                "node": node,
                "before": form.get(f"before:{where}", ""),
                "stem": f"{stem}{into[:-1]}" if stem else "",
            }
        )


def deed(draft: Draft, button: str, form: Posted, share: Share) -> tuple[Command, ...]:
    """Read a pressed button, "what|where|mark", as commands; nothing for one that is unknown.

    :raise GoneError: if what it is about is gone.
    """
    what, where, more = (*button.split("|", 2), "", "")[:3]
    if what == "add":
        return tuple(_add(where, more, form, share))
    if what == "fill":
        options = scales().get(form.get("scale", ""), ())
        plain_options = tuple(one.model_dump(mode="json", exclude_defaults=True) for one in options)
        return (Fill(where=where, options=plain_options, seen=more),) if options else ()
    if what == "youth":
        made = {"least_age": 12, "ask_adult": True} if where == "on" else None
        return (Set(values={"youth": made}, seen=more),)
    if what in ("up", "down"):
        return tuple((_up if what == "up" else _down)(draft, where, more))
    if what == "copy":
        return (Copy(where=where),)
    return (Remove(where=where, seen=more),) if what == "remove" else ()


def left_out(button: str) -> str:
    """Return the address whose edits a button makes void: it is removed or filled anew."""
    what, where = (*button.split("|", 2), "", "")[:2]
    if what in ("remove", "youth"):
        return where if what == "remove" else "youth"
    return f"{where}/options" if what == "fill" else "\x00"


def wheres(commands: Collection[Command]) -> frozenset[tuple[str, str]]:
    """Name what commands were about, as a page marks it."""
    return frozenset((one.where, getattr(one, "text", "")) for one in commands)


def settings_in(commands: Collection[Command]) -> frozenset[tuple[str, str]]:
    """Name the settings that commands change, by the address of their node."""
    sets = (one for one in commands if isinstance(one, Set))
    return frozenset((one.where, name) for one in sets for name in one.values)
