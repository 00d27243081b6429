"""What a part was when somebody saw it is found by its mark, however often it changed since."""

from datetime import timedelta

import pytest

from surveyapp.questionnaire.drafting.commands import Remove, Set, Write
from surveyapp.questionnaire.nodes import find, mark, settings
from surveyapp.storage.drafting.drafts import change
from surveyapp.storage.drafting.meanwhile import Meanwhile, removal_of, since
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.people.staff import Role, Staff
from tests.storage.drafting.test_drafts import saved, seen, stored, write
from tests.storage.making import NOW, SLUG

pytestmark = pytest.mark.usefixtures("context")
WHERE = "questions/overall"
WORDS, SETTINGS = (WHERE, "text"), (WHERE, "")


def survey_id() -> int:
    found = survey_by_slug(SLUG)
    assert found is not None
    return found.id


def done(command: Write | Set | Remove, who: str, later: int = 0) -> None:
    staff = Staff(1, f"{who}@county.example", Role.designer, "", "", False)
    assert change(SLUG, (command,), staff, NOW + timedelta(minutes=later)).made


def now(**values: object) -> Set:
    return Set(where=WHERE, values=values, seen=mark(settings(find(stored(), WHERE))))


def test_words_are_found_as_they_were_seen_and_who_was_last() -> None:
    saved()
    first = seen()
    for later, (who, words) in enumerate([("ann", "One?"), ("bob", "Two?"), ("ann", "Three?")]):
        done(write(words), who, later)
    found = since(survey_id(), {WORDS: first})[WORDS]
    assert found.before == {"en": "About overall?", "fr": "About overall? (fr)"}
    assert (found.by, found.at) == ("ann@county.example", NOW + timedelta(minutes=2))
    done(write("About overall?"), "bob", 3)
    done(write("Four?"), "bob", 4)
    again = since(survey_id(), {WORDS: first})[WORDS]
    assert (again.before, again.by) == (found.before, "bob@county.example")


def test_of_settings_those_that_changed_since_are_given() -> None:
    saved()
    done(now(sensitivity="mixed"), "ann")
    first = mark(settings(find(stored(), WHERE)))
    done(now(required=True), "ann")
    done(now(required=False, areas=["prevention"]), "bob")
    done(write("Other words?"), "bob")
    found = since(survey_id(), {SETTINGS: first, WORDS: seen()})
    before = settings(find(stored(), WHERE)) | dict(found[SETTINGS].before or {})
    assert before["required"] is False
    assert "prevention" not in before["areas"]
    assert "sensitivity" not in (found[SETTINGS].before or {})
    assert found[WORDS].before is None


def test_a_mark_that_nobody_remembers_tells_who_was_last_and_nothing_else() -> None:
    saved()
    assert since(survey_id(), {WORDS: "0" * 16}) == {WORDS: Meanwhile()}
    done(write("One?"), "ann")
    found = since(survey_id(), {WORDS: "0" * 16})[WORDS]
    assert (found.before, found.by) == (None, "ann@county.example")


def test_a_removal_is_found_by_what_it_took_along() -> None:
    saved()
    option = f"{WHERE}/options/good"
    assert removal_of(survey_id(), WHERE) is None
    done(Remove(where=option, seen=mark(find(stored(), option))), "ann")
    assert removal_of(survey_id(), WHERE) is None
    section = next(one for one in stored().sections if "overall" in {q.id for q in one.questions})
    done(Remove(where=f"sections/{section.id}", seen=mark(section)), "bob", 1)
    for where in (WHERE, f"{WHERE}/options/fair", f"sections/{section.id}"):
        found = removal_of(survey_id(), where)
        assert found is not None
        assert (found.by, found.at) == ("bob@county.example", NOW + timedelta(minutes=1))
