"""Edits change one node, are taken back exactly, and disturb nobody at another node."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaire.document import fingerprint, read_draft, written
from surveyapp.questionnaire.drafting.commands import (
    COMMANDS,
    Add,
    Approve,
    Command,
    ConflictError,
    Copy,
    EditRefusedError,
    Fill,
    Move,
    Refusal,
    Remove,
    Set,
    Write,
    only_words,
)
from surveyapp.questionnaire.drafting.editing import MOST_NODES, edit
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import (
    GoneError,
    addresses,
    find,
    ids_in,
    mark,
    parent,
    settings,
    text_mark,
)
from surveyapp.questionnaire.text import TranslationState
from tests.questionnaire.making import draft, option, question, section, text, whole

DRAFT = draft(whole())


def seen_text(where: str, name: str, made: Draft = DRAFT) -> str:
    return text_mark(getattr(find(made, where), name))


def seen_settings(where: str, made: Draft = DRAFT) -> str:
    return mark(settings(find(made, where)))


def seen_order(where: str, made: Draft = DRAFT) -> str:
    holder, name = parent(made, where)
    return mark(ids_in(find(made, holder), name))


def options_of(where: str, made: Draft = DRAFT) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in find(made, where).options]  # type: ignore[attr-defined]


def write(where: str = "questions/overall", name: str = "text", **wordings: str) -> Write:
    return Write(where=where, text=name, wordings=wordings, seen=seen_text(where, name))


def every_command() -> dict[str, Command]:
    """Give an edit of each sort, and of each sort of node."""
    good = "questions/streets/options/good"
    return {
        "write a question": write(en="How is it?"),
        "write a hint that is not there": write(name="hint", en="Think of today", fr="Aujourd’hui"),
        "write the title": write("", "title", fr="Sécurité"),
        "write the notice": write("notice", "purpose", en="To plan"),
        "write a label": write(good, "label", fr="Bon"),
        "write a statement": write("questions/streets/statements/calm", fr="C’est calme"),
        "set a question": Set(
            where="questions/why",
            values={"required": True, "asked_if": None},
            seen=seen_settings("questions/why"),
        ),
        "set an option": Set(where=good, values={"score": 90}, seen=seen_settings(good)),
        "set the whole": Set(values={"minutes": 7, "sensitive": True}, seen=seen_settings("")),
        "add a section": Add(into="sections", node={"title": {"en": "New"}}, before="help"),
        "add a question": Add(
            where="sections/help", into="questions", node=question("rank", "added")
        ),
        "add an option": Add(
            where="questions/overall", into="options", node={"label": text("Odd")}, before="fair"
        ),
        "add a statement": Add(
            where="questions/streets", into="statements", node={"text": text("Wide")}
        ),
        "add a priority": Add(into="priorities", node={"id": "homes", "name": text("Homes")}),
        "copy a question": Copy(where="questions/after"),
        "copy a section": Copy(where="sections/more"),
        "copy an option": Copy(where=good),
        "move a question": Move(
            where="questions/why",
            to="sections/end",
            before="overall",
            seen=seen_order("questions/why"),
        ),
        "move a section": Move(
            where="sections/end", before="home", seen=seen_order("sections/end")
        ),
        "move an option": Move(where=good, seen=seen_order(good)),
        "remove a section": Remove(where="sections/help", seen=mark(find(DRAFT, "sections/help"))),
        "remove a question": Remove(
            where="questions/streets", seen=mark(find(DRAFT, "questions/streets"))
        ),
        "remove an option": Remove(where=good, seen=mark(find(DRAFT, good))),
        "fill the options": Fill(
            where="questions/overall",
            options=(option("yes"), option("no")),
            seen=mark(options_of("questions/overall")),
        ),
    }


EDITS = every_command()


@pytest.mark.parametrize("name", sorted(EDITS))
def test_an_edit_is_taken_back_and_made_again(name: str) -> None:
    there = edit(DRAFT, EDITS[name])
    back = edit(there.draft, there.inverse)
    again = edit(back.draft, back.inverse)
    assert there.draft != DRAFT
    assert written(back.draft) == written(DRAFT)
    assert written(again.draft) == written(there.draft)


@pytest.mark.parametrize("name", sorted(EDITS))
def test_an_edited_draft_is_still_a_draft(name: str) -> None:
    made = edit(DRAFT, EDITS[name]).draft
    assert read_draft(written(made)) == made


@pytest.mark.parametrize("name", sorted(EDITS))
def test_a_command_and_its_inverse_survive_being_stored(name: str) -> None:
    kept = (EDITS[name], edit(DRAFT, EDITS[name]).inverse)
    assert COMMANDS.validate_json(COMMANDS.dump_json(kept)) == kept


@pytest.mark.parametrize(
    "name", sorted(set(EDITS) - {one for one in EDITS if "add" in one or "copy" in one})
)
def test_a_command_made_twice_is_a_conflict_or_finds_nothing(name: str) -> None:
    there = edit(DRAFT, EDITS[name]).draft
    with pytest.raises((ConflictError, EditRefusedError)):
        edit(there, EDITS[name])


def test_a_translation_is_approved_and_the_approval_taken_back() -> None:
    made = edit(DRAFT, write(en="How?", fr="Comment?")).draft
    approve = Approve(where="questions/overall", text="text", languages=("fr",), seen=mark_of(made))
    approved = edit(made, approve)
    assert state_of(approved.draft) is TranslationState.approved
    assert state_of(edit(approved.draft, approved.inverse).draft) is TranslationState.draft
    with pytest.raises(ConflictError):
        edit(DRAFT, approve)
    with pytest.raises(EditRefusedError):
        edit(DRAFT, approve.model_copy(update={"text": "hint", "seen": text_mark(None)}))
    assert not only_words(approve)


def mark_of(made: Draft) -> str:
    return text_mark(find(made, "questions/overall").text)  # type: ignore[attr-defined]


def state_of(made: Draft) -> TranslationState:
    found: TranslationState = find(made, "questions/overall").text.state("fr")  # type: ignore[attr-defined]
    return found


def area(command: Command) -> tuple[str, ...]:
    """Name what a command changes, as finely as marks tell it."""
    name = getattr(command, "text", command.do)
    return (command.where, name)


@given(st.permutations(sorted(one for one in EDITS if one.startswith(("write", "set")))))
def test_edits_of_different_nodes_can_come_in_any_order(names: list[str]) -> None:
    made = DRAFT
    for name in names:
        made = edit(made, EDITS[name]).draft
    ordered = DRAFT
    for name in sorted(names):
        ordered = edit(ordered, EDITS[name]).draft
    assert fingerprint(made) == fingerprint(ordered)
    assert len({area(EDITS[name]) for name in names}) == len(names)


def test_new_nodes_are_given_fresh_ids_that_no_edition_had() -> None:
    published = ("questions/question_1", "questions/streets/options/option_1")
    blank = Add(where="sections/home", into="questions", node={"kind": "text"})
    assert edit(DRAFT, blank).where == "questions/question_1"
    assert edit(DRAFT, blank, published).where == "questions/question_2"
    label = Add(where="questions/streets", into="options", node={})
    assert edit(DRAFT, label, published).where == "questions/streets/options/option_2"
    elsewhere = Add(where="questions/overall", into="options", node={})
    assert edit(DRAFT, elsewhere, published).where == "questions/overall/options/option_1"


def test_a_copied_section_asks_its_own_questions() -> None:
    made = edit(DRAFT, EDITS["copy a section"])
    copy = find(made.draft, made.where)
    assert ids_in(copy, "questions") == ("warning_1", "times_1", "after_1", "ferry_1")
    after = find(made.draft, "questions/after_1")
    assert after.asked_if.question == "times_1"  # type: ignore[attr-defined]
    times = find(made.draft, "questions/times_1")
    assert times.asked_if.question == "helped"  # type: ignore[attr-defined]


def test_ids_cannot_be_given_twice_nor_changed() -> None:
    for node in (question("text", "why"), question("text", "Why me")):
        with pytest.raises(EditRefusedError):
            edit(DRAFT, Add(where="sections/home", into="questions", node=node))
    twins = section("twins", question("text", "one"), question("text", "one"))
    with pytest.raises(EditRefusedError) as raised:
        edit(DRAFT, Add(into="sections", node=twins))
    assert raised.value.refusal is Refusal.id_taken
    for name in ("id", "kind", "text", "options", "nonsense"):
        forged = Set(where="questions/why", values={name: "x"}, seen=seen_settings("questions/why"))
        with pytest.raises(EditRefusedError):
            edit(DRAFT, forged)


@pytest.mark.parametrize(
    "command",
    [
        Set(where="questions/why", values={"at_most": 0}, seen=seen_settings("questions/why")),
        Set(
            where="questions/streets/options/good",
            values={"score": 101},
            seen=seen_settings("questions/streets/options/good"),
        ),
        Write(where="questions/why", text="options", wordings={"en": "x"}),
        Write(where="questions/why", text="text", wordings={"en": "x\x00"}),
        Add(where="questions/why", into="options", node=option("one")),
        Add(where="", into="options", node=option("one")),
        Add(where="sections/home", into="questions", node={"kind": "telepathy"}),
        Move(where="questions/why", to="questions/streets", seen=seen_order("questions/why")),
        Remove(where="", seen=mark(DRAFT)),
        Remove(where="notice", seen=""),
        Copy(where="youth"),
        Copy(where="questions/why/options/none"),
        Fill(where="questions/why", options=(), seen=mark([])),
    ],
    ids=lambda one: f"{one.do} {one.where or 'whole'}",
)
def test_what_makes_no_sense_is_refused(command: Command) -> None:
    with pytest.raises(EditRefusedError):
        edit(DRAFT, command)


def test_ten_thousand_options_are_refused() -> None:
    many = tuple(option(f"o_{number}") for number in range(10_000))
    filling = Fill(
        where="questions/overall", options=many, seen=mark(options_of("questions/overall"))
    )
    with pytest.raises(EditRefusedError) as raised:
        edit(DRAFT, filling)
    assert raised.value.refusal is Refusal.too_many
    full = edit(DRAFT, filling.model_copy(update={"options": many[: MOST_NODES["options"]]})).draft
    with pytest.raises(EditRefusedError):
        edit(full, Add(where="questions/overall", into="options", node={}))


def test_a_rewritten_source_leaves_its_translation_stale() -> None:
    found = find(edit(DRAFT, write(en="New?")).draft, "questions/overall").text  # type: ignore[attr-defined]
    assert found.state("fr") is TranslationState.stale
    assert found.state("en") is TranslationState.original


def test_translators_may_change_words_only() -> None:
    words = {name for name, command in EDITS.items() if only_words(command)}
    assert words == {name for name in EDITS if name.startswith("write")}


def test_every_address_leads_to_its_node() -> None:
    found = tuple(addresses(DRAFT))
    assert len(found) == len(set(found))
    for where in found:
        assert find(DRAFT, where).id == where.rpartition("/")[2]  # type: ignore[attr-defined]
    for where in (
        "questions/none",
        "sections/none",
        "questions/why/options/x",
        "x/y",
        "x",
        "a/b/c",
    ):
        with pytest.raises(GoneError):
            find(DRAFT, where)
