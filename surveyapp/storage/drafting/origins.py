"""The files that drafts came from: what was taken, changed or left out, for as long as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from surveyapp.questionnaire.interchange.report import Code, Outcome, Remark
from surveyapp.storage.connection import reading
from surveyapp.storage.tables import DraftOriginRow, SurveyRow

# More than anybody reads through; the others are counted.
MOST_REMARKS = 500
MOST_NAME = 200


class TakenBeforeError(Exception):
    """The same sending of a file made a survey already; ``slug`` is its name."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True)
class Origin:
    """A file that was taken in: by whom, when, and what there is to know of it.

    ``key`` (64 hexadecimal digits) names the sending; ``unlisted`` counts further remarks.
    """

    key: str
    file_name: str
    taken_at: datetime
    taken_by: str
    remarks: tuple[Remark, ...]
    unlisted: int = 0


def _plain(limits: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value if isinstance(value, int | float | str) else str(value)
        for name, value in limits.items()
    }


def _written(one: Remark) -> list[Any]:
    return [one.outcome.value, one.code.value, one.sheet, one.row, one.column, _plain(one.limits)]


def _remark(written: list[Any]) -> Remark:
    outcome, code, *more = written
    return Remark(Outcome(outcome), Code(code), *more)


def keep_origin(connection: Connection, survey_id: int, origin: Origin) -> None:
    """Keep what became of a file, inside ``writing()``."""
    listed = origin.remarks[:MOST_REMARKS]
    row = {
        "survey_id": survey_id,
        "key": origin.key,
        "file_name": origin.file_name[:MOST_NAME],
        "taken_at": origin.taken_at,
        "taken_by": origin.taken_by,
        "remarks": [_written(one) for one in listed],
        "unlisted": origin.unlisted + len(origin.remarks) - len(listed),
    }
    connection.execute(insert(DraftOriginRow).values(**row))


def origin_of(survey_id: int) -> Origin | None:
    """Return the file that a survey's draft came from, if it came from one."""
    wanted = select(DraftOriginRow).where(DraftOriginRow.survey_id == survey_id)
    row = reading().execute(wanted).first()
    if row is None:
        return None
    known = set(Code)
    # A code that is no longer known has no sentence.
    remarks = tuple(_remark(one) for one in row.remarks if one[1] in known)
    return Origin(row.key, row.file_name, row.taken_at, row.taken_by, remarks, row.unlisted)


def slug_taken_from(key: str) -> str | None:
    """Return the name of the survey that a sending of a file made."""
    wanted = (
        select(SurveyRow.slug)
        .join(DraftOriginRow, DraftOriginRow.survey_id == SurveyRow.id)
        .where(DraftOriginRow.key == key)
    )
    return reading().execute(wanted).scalar()
