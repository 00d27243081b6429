"""What a designer reads of a file that was taken in: a whole sentence for every remark."""

from collections.abc import Mapping

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.questionnaire.interchange.report import Code, Remark

SENTENCES: Mapping[Code, LazyString] = {
    Code.not_a_workbook: _l("This file is not a workbook that can be read: save it as .xlsx again"),
    Code.locked_or_old: _l(
        "This workbook is locked by a password or in an old format: save it as .xlsx without one"
    ),
    Code.too_big: _l("This file is too big for a questionnaire"),
    Code.too_many_rows: _l("This sheet has too many rows: there can be at most %(most)s"),
    Code.rows_behind_blanks: _l(
        "There are rows behind more than %(blanks)s blank ones: remove the blank rows"
    ),
    Code.not_a_document: _l(
        "This file does not hold a questionnaire as it is saved here, or is torn: save it again,"
        " then choose that file"
    ),
    Code.not_a_lime_survey: _l(
        "This file is not a survey of LimeSurvey that can be read. Export it from LimeSurvey again,"
        " as a survey structure (.lss), then choose that file"
    ),
    Code.unknown_suffix: _l("Files that end in %(known)s can be read"),
    Code.no_sheet: _l("The workbook has no sheet %(name)s with questions"),
    Code.sheet_twice: _l("The workbook has two sheets called %(name)s: remove one"),
    Code.no_column: _l("The column %(name)s is missing or empty here"),
    Code.column_twice: _l("This column says the same as %(other)s: remove one of the two"),
    Code.formula: _l("There is a formula here: write what it gives in its place"),
    Code.id_twice: _l("Two parts have the code %(name)s: give one of them another, or remove it"),
    Code.list_too_long: _l("This list has %(found)s parts, and %(most)s is the most: remove some"),
    Code.unknown_language: _l(
        "Which language is %(language)s? Write its code behind it, as in “French (fr)”"
    ),
    Code.language_assumed: _l("The words name no language: they were taken as %(language)s"),
    Code.other_format: _l(
        "This file is from another version of this program: bring the workbook (.xlsx) instead"
    ),
    Code.field_missing: _l("“%(name)s” is missing here"),
    Code.field_unknown: _l("Nothing is called “%(name)s” here: remove it"),
    Code.no_kind: _l("There is no such kind of question"),
    Code.not_valid: _l("This value cannot be used here"),
    Code.type_not_supported: _l("There is no kind of question for “%(type)s”"),
    Code.no_type: _l("This row has words but no type of question"),
    Code.group_not_closed: _l("This group is never closed, or lies too deep in others"),
    Code.group_not_open: _l("This row closes a group that is not open"),
    Code.unknown_list: _l("There is no list of choices called “%(name)s”"),
    Code.choice_twice: _l("The choice %(name)s stands twice in its list"),
    Code.condition: _l("This condition is not understood: “%(part)s”"),
    Code.constraint: _l("This limit on answers cannot be kept: “%(part)s”"),
    Code.choice_filter: _l("Choices that depend on another answer cannot be kept"),
    Code.logic_not_supported: _l("This rule cannot be kept: “%(text)s”"),
    Code.reference_in_text: _l("An answer put into a text cannot be kept: “%(text)s”"),
    Code.specify_moved: _l(
        "The words beside a choice must be asked when it is chosen, and only then"
    ),
    Code.battery_mixed: _l("Make all statements of this table required, or none"),
    Code.step: _l("The steps of this slider are too many or no numbers: “%(text)s”"),
    Code.renamed: _l("“%(old)s” is now called %(new)s"),
    Code.group_flattened: _l(
        "The group %(name)s stands in the section around it; its title is a note"
    ),
    Code.loose_questions: _l("Questions outside any group are now the section %(section)s"),
    Code.condition_joined: _l("The condition of the group is now one of each question in it"),
    Code.condition_edited: _l(
        "The condition was edited in the workbook, and taken as it reads there"
    ),
    Code.other_added: _l("“Other” is now an answer with a line to write: look at its words"),
    Code.comment_apart: _l("The comment beside the choices is now a question after them"),
    Code.softly_required: _l("This question was only asked for twice: people can go on without it"),
    Code.range_made: _l("The slider is now a number or a scale"),
    Code.decimals_assumed: _l("The number may have %(decimals)s decimals"),
    Code.formula_result: _l("There is a formula here: the words it last showed were taken"),
    Code.title_edited: _l("The title was edited in the settings, and taken from there"),
    Code.column_left: _l("This column was left out"),
    Code.sheet_left: _l("This sheet was left out"),
    Code.setting_left: _l("The setting “%(value)s” was left out"),
    Code.value_left: _l("“%(value)s” was left out"),
    Code.list_left: _l("No question asks the list %(name)s: it was left out"),
    Code.type_left: _l("“%(type)s” asks nothing, and was left out"),
    Code.text_left: _l("These words have no place here, and were left out"),
    Code.media_left: _l("A link, a picture or a recording among these words was left out"),
}


class _Limits(dict[str, object]):
    """Says nothing where a remark has no such limit."""

    def __missing__(self, _name: str) -> str:
        return ""


def remark_sentence(remark: Remark) -> str:
    """Put a remark into words; its place stands beside it."""
    limits = {
        name: format_decimal(value) if type(value) is int else value
        for name, value in remark.limits.items()
    }
    return str(SENTENCES[remark.code]) % _Limits(limits)
