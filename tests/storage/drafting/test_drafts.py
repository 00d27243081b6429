"""A stored draft is edited node by node; what was done can be taken back, by those who may."""

import pytest

from surveyapp.questionnaire.document import read_draft
from surveyapp.questionnaire.drafting.commands import Add, Command, Copy, Remove, Set, Write
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import find, mark, settings, text_mark
from surveyapp.storage.audit import newest
from surveyapp.storage.drafting import drafts
from surveyapp.storage.drafting.drafts import (
    NotAllowedError,
    Outcome,
    begin,
    change,
    edit_of,
    former_wordings,
    published_addresses,
    take_back,
)
from surveyapp.storage.drafting.surveys import SlugTakenError, save_draft, survey_by_slug
from surveyapp.storage.people.staff import Role, Staff
from tests.questionnaire.making import whole
from tests.storage.making import NOW, SLUG, municipality, published

pytestmark = pytest.mark.usefixtures("context")
WHERE = "questions/overall"


def somebody(role: Role = Role.designer) -> Staff:
    return Staff(1, f"{role.value}@county.example", role, "", "", False)


def stored() -> Draft:
    found = survey_by_slug(SLUG)
    assert found is not None
    return found.draft


def saved() -> Draft:
    return save_draft(SLUG, municipality().municipality_id, read_draft(whole())).draft


def write(words: str) -> Write:
    return Write(where=WHERE, text="text", wordings={"en": words}, seen=seen())


def seen() -> str:
    return text_mark(find(stored(), WHERE).text)  # type: ignore[attr-defined]


def require() -> Set:
    return Set(where=WHERE, values={"required": True}, seen=mark(settings(find(stored(), WHERE))))


def done(*commands: Command, role: Role = Role.designer) -> Outcome:
    return change(SLUG, commands, somebody(role), NOW)


def test_an_edit_is_stored_and_taken_back() -> None:
    before = saved()
    outcome = done(write("How is it?"), require())
    assert [one.where for one in outcome.made] == [WHERE, WHERE]
    assert find(stored(), WHERE).text.get("en") == "How is it?"  # type: ignore[attr-defined]
    assert outcome.edit_id is not None
    back = take_back(SLUG, outcome.edit_id, somebody(), NOW)
    assert stored() == before
    assert back.edit_id is not None
    take_back(SLUG, back.edit_id, somebody(), NOW)
    assert find(stored(), WHERE).text.get("en") == "How is it?"  # type: ignore[attr-defined]


def test_two_people_on_different_nodes_do_not_disturb_each_other() -> None:
    saved()
    mine, theirs = write("Mine?"), require()
    assert not done(theirs).conflicts
    assert not done(mine).conflicts
    found = find(stored(), WHERE)
    assert (found.text.get("en"), found.required) == ("Mine?", True)  # type: ignore[attr-defined]


def test_the_second_on_one_node_is_told_and_the_rest_of_their_work_is_kept() -> None:
    saved()
    mine, also = write("Mine?"), require()
    done(write("Theirs?"))
    outcome = done(mine, also)
    assert [one.command for one in outcome.conflicts] == [mine]
    assert [one.command for one in outcome.made] == [also]
    found = find(stored(), WHERE)
    assert (found.text.get("en"), found.required) == ("Theirs?", True)  # type: ignore[attr-defined]


def test_the_same_words_saved_twice_are_no_conflict() -> None:
    saved()
    once, required, other = write("Once?"), require(), write("Twice?")
    assert done(once, required).edit_id
    again = done(once, required)
    assert (again.edit_id, again.conflicts, again.refused) == (None, (), ())
    assert [one.command for one in done(other).conflicts] == [other]


def test_what_somebody_changed_since_is_not_taken_back() -> None:
    saved()
    outcome = done(write("Mine?"))
    done(write("Theirs?"))
    assert outcome.edit_id is not None
    back = take_back(SLUG, outcome.edit_id, somebody(), NOW)
    assert (len(back.conflicts), back.edit_id) == (1, None)
    assert find(stored(), WHERE).text.get("en") == "Theirs?"  # type: ignore[attr-defined]


def test_a_removed_section_comes_back_whole() -> None:
    before = saved()
    removal = Remove(where="sections/home", seen=mark(find(before, "sections/home")))
    outcome = done(removal)
    assert len(stored().sections) == len(before.sections) - 1
    assert outcome.edit_id is not None
    take_back(SLUG, outcome.edit_id, somebody(), NOW)
    assert stored() == before


def test_nothing_but_the_log_is_written_when_nothing_can_be_done() -> None:
    saved()
    before = stored()
    outcome = done(Remove(where="questions/nowhere"))
    assert (outcome.edit_id, len(outcome.refused)) == (None, 1)
    assert stored() == before
    last = newest(1)[0]
    assert (last.action, last.subject) == ("edit_refused", f"{SLUG}: gone at questions/nowhere")


@pytest.mark.parametrize("role", [Role.designer, Role.publisher, Role.administrator])
def test_those_who_may_change_the_structure(role: Role) -> None:
    saved()
    assert done(Copy(where=WHERE), role=role).made


def test_translators_change_words_and_nothing_else() -> None:
    saved()
    assert done(write("Words?"), role=Role.translator).made
    for command in (require(), Copy(where=WHERE), Add(into="sections", node={})):
        before = stored()
        with pytest.raises(NotAllowedError):
            done(write("More words?"), command, role=Role.translator)
        assert stored() == before
        assert newest()[0].action == "edit_refused"


def test_analysts_change_nothing() -> None:
    saved()
    with pytest.raises(NotAllowedError):
        done(write("Words?"), role=Role.analyst)


def test_translators_do_not_take_back_what_designers_did() -> None:
    saved()
    outcome = done(require())
    assert outcome.edit_id is not None
    with pytest.raises(NotAllowedError):
        take_back(SLUG, outcome.edit_id, somebody(Role.translator), NOW)


def test_who_did_it_is_logged() -> None:
    saved()
    done(write("How is it?"))
    line = newest()[0]
    assert (line.actor, line.action) == ("designer@county.example", "draft_edited")
    assert line.subject == f"{SLUG}: {WHERE}"


def test_what_was_published_keeps_its_ids_for_ever() -> None:
    made = published()
    assert "questions/streets/options/good" in published_addresses(made.survey_id)
    done(Remove(where=WHERE, seen=mark(find(stored(), WHERE))))
    blank = Add(where="sections/end", into="questions", node={"kind": "scale"})
    first = done(blank)
    assert first.made[0].where == "questions/question_1"


def test_a_survey_is_begun_once() -> None:
    owner = municipality().municipality_id
    begin("new", owner, Draft(), somebody(), NOW)
    with pytest.raises(SlugTakenError):
        begin("new", owner, Draft(), somebody(), NOW)
    with pytest.raises(NotAllowedError):
        begin("newer", owner, Draft(), somebody(Role.translator), NOW)
    assert newest()[0].action == "survey_begun"


def test_an_edit_of_another_survey_is_not_there() -> None:
    saved()
    outcome = done(write("How is it?"))
    begin("new", municipality().municipality_id, Draft(), somebody(), NOW)
    assert outcome.edit_id is not None
    with pytest.raises(LookupError):
        take_back("new", outcome.edit_id, somebody(), NOW)
    with pytest.raises(LookupError):
        change("none", (), somebody(), NOW)


def test_the_oldest_edits_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    saved()
    monkeypatch.setattr(drafts, "MOST_KEPT", 2)
    ids = [done(write(f"{number}?")).edit_id or 0 for number in range(4)]
    found = survey_by_slug(SLUG)
    assert found is not None
    assert [edit_of(found, one) is not None for one in ids] == [False, False, True, True]


def test_a_rewritten_wording_is_found_by_the_hash_that_translations_keep() -> None:
    saved()
    done(write("How is it?"))
    text = find(stored(), WHERE).text  # type: ignore[attr-defined]
    found = survey_by_slug(SLUG)
    assert found is not None
    assert former_wordings(found.id)[text.sources["fr"].hash] == "About overall?"
