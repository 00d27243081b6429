"""Drafts can be saved half-written; what is published never changes."""

import pytest
from sqlalchemy import delete, select, update

from surveyapp.questionnaire.document import canonical, read_draft
from surveyapp.questionnaire.reviewing.review import NotPublishableError
from surveyapp.storage import audit
from surveyapp.storage.connection import IntegrityError, writing
from surveyapp.storage.drafting.surveys import (
    RevisionChangedError,
    SlugTakenError,
    edition,
    editions_of,
    list_surveys,
    newest_edition,
    publish,
    save_draft,
    survey_by_slug,
)
from surveyapp.storage.tables import EditionRow
from tests.questionnaire.making import Document, document, node, question, section, whole
from tests.storage.making import NOW, SLUG, municipality, published

pytestmark = pytest.mark.usefixtures("context")
BY = "publisher@example.ca"


def saved(made: Document, slug: str = SLUG) -> str:
    """Save a draft; return its revision."""
    return save_draft(slug, municipality().municipality_id, read_draft(made)).revision


def test_a_half_written_draft_comes_back_as_it_was() -> None:
    half = document(section("home", question("single", "one", text={"en": "Only English"})))
    saved(half)
    found = survey_by_slug(SLUG)
    assert found is not None
    assert found.draft == read_draft(half)


def test_saving_again_changes_the_revision() -> None:
    first = saved(document(section("home", question("single", "one"))))
    assert saved(document(section("home", question("single", "one")))) == first
    assert saved(document(section("home", question("single", "two")))) != first
    assert len(list_surveys()) == 1


def test_another_municipality_cannot_take_a_survey() -> None:
    saved(whole())
    other = municipality("oak")
    with pytest.raises(SlugTakenError):
        save_draft(SLUG, other.municipality_id, read_draft(document()))
    found = survey_by_slug(SLUG)
    assert found is not None
    assert found.draft == read_draft(whole())


def test_an_unknown_survey_is_none() -> None:
    assert survey_by_slug("none") is None
    with pytest.raises(LookupError):
        publish("none", "", (), BY, NOW)


def test_a_published_edition_is_the_draft_that_was_reviewed() -> None:
    made = published()
    assert (made.number, made.published_by, made.published_at) == (1, BY, NOW)
    assert newest_edition(made.survey_id) == made
    found = survey_by_slug(SLUG)
    assert found is not None
    assert made.questionnaire.title == found.draft.title
    assert made.fingerprint == found.revision


def test_the_stored_document_is_the_canonical_one() -> None:
    made = published()
    with writing() as connection:
        stored = connection.execute(select(EditionRow.document)).scalar_one()
    assert stored.encode() == canonical(made.questionnaire)


def test_an_edition_is_read_once() -> None:
    made = published()
    assert edition(made.id) is edition(made.id)


def test_a_draft_saved_since_the_review_is_not_published() -> None:
    reviewed = saved(document(section("home", question("single", "one"))))
    saved(document(section("home", question("single", "two"))))
    with pytest.raises(RevisionChangedError):
        publish(SLUG, reviewed, (), BY, NOW)
    assert newest_edition(1) is None


def test_a_draft_with_a_gap_is_not_published() -> None:
    revision = saved(document(section("home", question("single", "one", text={"en": "Alone"}))))
    with pytest.raises(NotPublishableError):
        publish(SLUG, revision, (), BY, NOW)
    assert newest_edition(1) is None


def test_a_reworded_question_needs_its_acceptance_and_keeps_it() -> None:
    first = published()
    reworded = whole()
    node(reworded, "overall")["text"] = {"en": "Overall now?", "fr": "Dans l’ensemble?"}
    revision = saved(reworded)
    with pytest.raises(NotPublishableError):
        publish(SLUG, revision, (), BY, NOW)
    second = published(reworded)
    assert second.number == 2
    assert [one.id for one in editions_of(first.survey_id)] == [first.id, second.id]
    with writing() as connection:
        stored = connection.execute(
            select(EditionRow.acceptances).where(EditionRow.id == second.id)
        ).scalar_one()
    assert stored


def test_a_retired_id_cannot_come_back_with_another_meaning() -> None:
    published()
    without = whole()
    without["sections"][3]["questions"].pop()
    published(without)
    back = whole()
    back["sections"][3]["questions"][-1] = question("number", "overall", minimum=0, maximum=9)
    revision = saved(back)
    with pytest.raises(NotPublishableError):
        publish(SLUG, revision, ("overall",), BY, NOW)


def test_publishing_is_written_down() -> None:
    published()
    (line,) = audit.newest()
    assert (line.actor, line.action) == (BY, "edition_published")
    assert line.subject == f"{SLUG}, edition 1"


def test_nobody_changes_or_deletes_an_edition() -> None:
    made = published()

    def change() -> None:
        with writing() as connection:
            connection.execute(update(EditionRow).values(published_by="someone else"))

    def drop() -> None:
        with writing() as connection:
            connection.execute(delete(EditionRow))

    with pytest.raises(IntegrityError, match="never changes"):
        change()
    with pytest.raises(IntegrityError, match="never goes"):
        drop()
    assert newest_edition(made.survey_id) == made
