"""Two people on one draft: only the same node is in the way."""

import pytest

from surveyapp.questionnaire.drafting.commands import (
    Add,
    ConflictError,
    EditRefusedError,
    Refusal,
    Remove,
)
from surveyapp.questionnaire.drafting.editing import edit
from surveyapp.questionnaire.nodes import (
    find,
    ids_in,
    mark,
    text_mark,
)
from tests.questionnaire.drafting.test_editing import DRAFT, EDITS, write
from tests.questionnaire.making import option


def test_only_the_same_text_conflicts_and_the_second_sees_what_is_there() -> None:
    mine = write(en="My words?")
    there = edit(DRAFT, write(en="Their words?")).draft
    with pytest.raises(ConflictError) as raised:
        edit(there, mine)
    assert raised.value.now.get("en") == "Their words?"
    assert raised.value.command == mine
    chosen = mine.model_copy(update={"seen": text_mark(raised.value.now)})
    found = find(edit(there, chosen).draft, "questions/overall")
    assert found.text.get("en") == "My words?"  # type: ignore[attr-defined]


def test_a_question_somebody_just_changed_is_not_removed() -> None:
    removal = Remove(where="questions/overall", seen=mark(find(DRAFT, "questions/overall")))
    there = edit(DRAFT, write("questions/overall/options/good", "label", en="Great")).draft
    with pytest.raises(ConflictError):
        edit(there, removal)


def test_an_edit_of_what_somebody_removed_says_that_it_is_gone() -> None:
    there = edit(DRAFT, EDITS["remove a section"]).draft
    for name in ("set a question", "move a question"):
        with pytest.raises(EditRefusedError) as raised:
            edit(there, EDITS[name])
        assert raised.value.refusal is Refusal.gone


def test_a_question_is_found_where_it_was_moved() -> None:
    there = edit(DRAFT, EDITS["move a question"]).draft
    found = edit(there, EDITS["set a question"]).draft
    assert ids_in(find(found, "sections/end"), "questions") == ("priorities", "why", "overall")
    assert find(found, "questions/why").required is True  # type: ignore[attr-defined]


def test_a_neighbour_that_is_gone_means_the_end() -> None:
    there = edit(DRAFT, EDITS["remove an option"]).draft
    put = Add(where="questions/streets", into="options", node=option("late"), before="good")
    assert ids_in(find(edit(there, put).draft, "questions/streets"), "options")[-1] == "late"
