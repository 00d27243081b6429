"""What became of a file that was taken in: remarks by sheet, row and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from surveyapp.questionnaire.model import Draft


class Outcome(StrEnum):
    """What a remark is about. One ``refused`` refuses the whole file."""

    refused = "refused"
    changed = "changed"
    not_taken = "not_taken"


class Code(StrEnum):
    """What can be said of a file; ``forms`` owns the sentences."""

    # The file as a whole.
    not_a_workbook = "not_a_workbook"
    locked_or_old = "locked_or_old"
    too_big = "too_big"
    too_many_rows = "too_many_rows"
    rows_behind_blanks = "rows_behind_blanks"
    not_a_document = "not_a_document"
    not_a_lime_survey = "not_a_lime_survey"
    unknown_suffix = "unknown_suffix"
    no_sheet = "no_sheet"
    sheet_twice = "sheet_twice"
    no_column = "no_column"
    column_twice = "column_twice"
    formula = "formula"
    id_twice = "id_twice"
    list_too_long = "list_too_long"
    unknown_language = "unknown_language"
    language_assumed = "language_assumed"
    not_valid = "not_valid"
    other_format = "other_format"
    field_missing = "field_missing"
    field_unknown = "field_unknown"
    no_kind = "no_kind"
    # Rows that would lose who is asked, or what may be answered.
    type_not_supported = "type_not_supported"
    no_type = "no_type"
    group_not_closed = "group_not_closed"
    group_not_open = "group_not_open"
    unknown_list = "unknown_list"
    choice_twice = "choice_twice"
    condition = "condition"
    constraint = "constraint"
    choice_filter = "choice_filter"
    logic_not_supported = "logic_not_supported"
    reference_in_text = "reference_in_text"
    specify_moved = "specify_moved"
    battery_mixed = "battery_mixed"
    step = "step"
    # What was taken otherwise than it stood.
    renamed = "renamed"
    group_flattened = "group_flattened"
    loose_questions = "loose_questions"
    condition_joined = "condition_joined"
    condition_edited = "condition_edited"
    other_added = "other_added"
    comment_apart = "comment_apart"
    softly_required = "softly_required"
    range_made = "range_made"
    decimals_assumed = "decimals_assumed"
    formula_result = "formula_result"
    title_edited = "title_edited"
    # What was left out, and changes neither who is asked nor what may be answered.
    column_left = "column_left"
    sheet_left = "sheet_left"
    setting_left = "setting_left"
    value_left = "value_left"
    list_left = "list_left"
    type_left = "type_left"
    text_left = "text_left"
    media_left = "media_left"


@dataclass(frozen=True)
class Remark:
    """One thing to know about a file. Rows count from 1, as the sheet shows them; 0 is none."""

    outcome: Outcome
    code: Code
    sheet: str = ""
    row: int = 0
    column: str = ""
    limits: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A questionnaire from a file. ``name`` is what the file calls it, or empty."""

    draft: Draft
    remarks: tuple[Remark, ...] = ()
    name: str = ""


class FileRefusedError(ValueError):
    """A file that cannot be taken without losing something; the remarks say where and what."""

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        self.refusals = tuple(one for one in remarks if one.outcome is Outcome.refused)
        told = (f"{one.sheet} {one.row} {one.column}: {one.code}" for one in self.refusals[:10])
        super().__init__("; ".join(told))


class NotExportableError(ValueError):
    """A draft that the format cannot hold; ``node`` is the id at fault."""

    def __init__(self, code: str, node: str) -> None:
        super().__init__(f"{code}: {node}")
        self.code = code
        self.node = node


class Log:
    """Collects the remarks on one sheet or file while it is read."""

    def __init__(self, sheet: str = "", remarks: list[Remark] | None = None) -> None:
        self.sheet = sheet
        self.remarks: list[Remark] = [] if remarks is None else remarks

    def on(self, sheet: str) -> "Log":
        """Give a log of another sheet that writes to the same list."""
        return Log(sheet, self.remarks)

    def refused(self, code: Code, row: int = 0, column: str = "", **limits: object) -> None:
        """Note what refuses the file."""
        self._note(Outcome.refused, code, row, column, limits)

    def changed(self, code: Code, row: int = 0, column: str = "", **limits: object) -> None:
        """Note what was taken otherwise than it stood."""
        self._note(Outcome.changed, code, row, column, limits)

    def left(self, code: Code, row: int = 0, column: str = "", **limits: object) -> None:
        """Note what was not taken and does no harm."""
        self._note(Outcome.not_taken, code, row, column, limits)

    def _note(
        self, outcome: Outcome, code: Code, row: int, column: str, limits: Mapping[str, object]
    ) -> None:
        self.remarks.append(Remark(outcome, code, self.sheet, row, column, limits))

    def refusals(self) -> Iterator[Remark]:
        """Walk what refuses the file."""
        return (one for one in self.remarks if one.outcome is Outcome.refused)

    def stop_if_refused(self) -> None:
        """Give up with everything found so far.

        :raise FileRefusedError: if anything was refused.
        """
        if any(self.refusals()):
            raise FileRefusedError(tuple(self.remarks))
