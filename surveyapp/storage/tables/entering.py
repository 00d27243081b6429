"""Paper on its way in: what one person typed, until another has typed the same."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.extensions import Base


class EntryRow(Base):
    """A paper questionnaire as one person typed it; deleted with its twin when they agree.

    The number that staff wrote on the sheet is all that tells which sheet it is. The database
    itself sees to it that the two who type a sheet are two.
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("collector_id", "sheet", "staff_id", name="uq_entry_by_two_people"),
        CheckConstraint("turn IN (1, 2)", "first_or_second"),
        CheckConstraint("length(content_hash) = 64", "content_is_hashed"),
        CheckConstraint("length(sheet) BETWEEN 1 AND 20", "sheet_number_is_short"),
    )

    collector_id: Mapped[int] = mapped_column(ForeignKey("collector.id"), primary_key=True)
    sheet: Mapped[str] = mapped_column(primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    language: Mapped[str]
    entered_on: Mapped[date]
    content_hash: Mapped[str]
    answers: Mapped[str] = mapped_column(LongText)
