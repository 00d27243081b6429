"""Surveys, their drafts and their published editions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from surveyapp.questionnaire.document import (
    Questionnaire,
    canonical,
    fingerprint,
    read,
    read_draft,
    written,
)
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.reviewing.changes import are_alike
from surveyapp.questionnaire.reviewing.review import prepare
from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.memory import remembered
from surveyapp.storage.tables import EditionRow, SurveyRow


@dataclass(frozen=True)
class Survey:
    """A survey: ``revision`` names its draft as it stands."""

    id: int
    slug: str
    owner_id: int
    draft: Draft
    revision: str


@dataclass(frozen=True)
class Edition:
    """A published questionnaire and where it came from."""

    id: int
    survey_id: int
    number: int
    questionnaire: Questionnaire
    fingerprint: str
    published_at: datetime
    published_by: str


class RevisionChangedError(Exception):
    """The draft is not the one that was reviewed."""


class AddressFrozenError(Exception):
    """The survey is published: its address is on posters, and leads to what was answered."""


class SlugTakenError(Exception):
    """Another survey has that name."""


def _survey(row: SurveyRow) -> Survey:
    return Survey(row.id, row.slug, row.owner_id, read_draft(row.draft), row.revision)


def survey_by_slug(slug: str) -> Survey | None:
    """Find a survey."""
    row = reading().execute(select(SurveyRow).where(SurveyRow.slug == slug)).first()
    return _survey(row) if row else None  # type: ignore[arg-type]


def list_surveys() -> tuple[Survey, ...]:
    """List every survey by slug."""
    rows = reading().execute(select(SurveyRow).order_by(SurveyRow.slug))
    return tuple(_survey(row) for row in rows)  # type: ignore[arg-type]


def save_draft(slug: str, owner_id: int, draft: Draft) -> Survey:
    """Store a draft; the survey is made if new.

    :raise SlugTakenError: if the survey belongs to another municipality.
    """
    values = {"draft": written(draft), "revision": fingerprint(draft)}
    with writing() as connection:
        found = connection.execute(select(SurveyRow).where(SurveyRow.slug == slug)).first()
        if found is None:
            connection.execute(insert(SurveyRow).values(slug=slug, owner_id=owner_id, **values))
        elif found.owner_id != owner_id:
            raise SlugTakenError(slug)
        else:
            connection.execute(update(SurveyRow).where(SurveyRow.id == found.id).values(**values))
    saved = survey_by_slug(slug)
    assert saved is not None
    return saved


def rename(slug: str, to: str, by: str, now: datetime) -> None:
    """Give a survey another address, as long as nothing of it is published.

    :raise LookupError: if there is no such survey.
    :raise AddressFrozenError: if an edition is published: links and printed codes lead to it.
    :raise SlugTakenError: if another survey has that address.
    """
    survey = survey_by_slug(slug)
    if survey is None:
        raise LookupError(slug)
    if newest_edition(survey.id) is not None:
        raise AddressFrozenError(slug)
    if survey_by_slug(to) is not None:
        raise SlugTakenError(to)
    try:
        with writing() as connection:
            connection.execute(update(SurveyRow).where(SurveyRow.id == survey.id).values(slug=to))
            record(connection, by, Action.survey_renamed, f"{slug} → {to}", now)
    except IntegrityError as error:
        # Published, or the address given to another, a moment ago.
        if newest_edition(survey.id) is not None:
            raise AddressFrozenError(slug) from error
        raise SlugTakenError(to) from error


def _edition(row: EditionRow) -> Edition:
    return Edition(
        id=row.id,
        survey_id=row.survey_id,
        number=row.number,
        questionnaire=read(row.document),
        fingerprint=row.fingerprint,
        published_at=row.published_at,
        published_by=row.published_by,
    )


def _read_edition(edition_id: int) -> Edition:
    row = reading().execute(select(EditionRow).where(EditionRow.id == edition_id)).one()
    return _edition(row)  # type: ignore[arg-type]


def edition(edition_id: int) -> Edition:
    """Return an edition, read once by each process: it never changes."""
    return remembered("edition", edition_id, lambda: _read_edition(edition_id))


def newest_edition(survey_id: int) -> Edition | None:
    """Return the edition that new visits are given."""
    newest = select(func.max(EditionRow.id)).where(EditionRow.survey_id == survey_id)
    found = reading().execute(newest).scalar()
    return edition(found) if found else None


def editions_of(survey_id: int) -> tuple[Edition, ...]:
    """List the editions of a survey, the oldest first."""
    ids = select(EditionRow.id).where(EditionRow.survey_id == survey_id)
    found = reading().execute(ids.order_by(EditionRow.number)).scalars().all()
    return tuple(edition(one) for one in found)


def _expect(connection: Connection, survey: Survey, editions: int) -> None:
    """Hold the survey's row and refuse if it is not what was reviewed.

    :raise RevisionChangedError: if its draft was saved or published meanwhile.
    """
    current = select(SurveyRow.revision).where(SurveyRow.id == survey.id).with_for_update()
    numbers = select(func.count()).where(EditionRow.survey_id == survey.id)
    drafted, published = (connection.execute(query).scalar() for query in (current, numbers))
    if drafted != survey.revision or published != editions:
        raise RevisionChangedError(survey.slug)


class UnchangedError(Exception):
    """The draft says what its newest edition does."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.number)
        self.edition = edition


def publish(slug: str, revision: str, accepted: Collection[str], by: str, now: datetime) -> Edition:
    """Publish a draft as the next edition.

    :raise LookupError: if there is no such survey.
    :raise RevisionChangedError: if the draft is not the one reviewed.
    :raise NotPublishableError: if it has problems or unaccepted changes.
    :raise UnchangedError: if it says what the newest edition does.
    """
    survey = survey_by_slug(slug)
    if survey is None:
        raise LookupError(slug)
    if survey.revision != revision:
        raise RevisionChangedError(slug)
    editions = editions_of(survey.id)
    documents = [one.questionnaire for one in editions]
    last = documents[-1] if documents else None
    if last and are_alike(survey.draft, last):
        raise UnchangedError(editions[-1])
    questionnaire = prepare(survey.draft, last, accepted, documents[:-1])
    with writing() as connection:
        _expect(connection, survey, len(editions))
        made = connection.execute(
            insert(EditionRow).values(
                survey_id=survey.id,
                number=len(editions) + 1,
                document=canonical(questionnaire).decode(),
                fingerprint=fingerprint(questionnaire),
                acceptances=sorted(accepted),
                published_at=now,
                published_by=by,
            )
        )
        edition_id = int(made.inserted_primary_key[0])  # type: ignore[index]
        subject = f"{slug}, edition {len(editions) + 1}"
        record(connection, by, Action.edition_published, subject, now)
    return edition(edition_id)
