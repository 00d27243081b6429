"""What became of a translator's file in sentences: of each row, and of a file that is none."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.questionnaire.interchange.wordings.taking import Judged, Verdict
from surveyapp.questionnaire.interchange.wordings.units import Fault, TranslationFileError

VERDICTS: dict[Verdict, LazyString] = {
    Verdict.taken: _l("Taken, as a draft to approve"),
    Verdict.confirmed: _l("Taken: the words still say the same"),
    Verdict.unchanged: _l("Unchanged"),
    Verdict.empty: _l("Left as it is: the file has no words for it"),
    Verdict.unknown_id: _l("Not taken: this survey has no text of that code"),
    Verdict.twice: _l("Not taken: it stands twice in the file. Keep one of them"),
    Verdict.other_language: _l(
        "Not taken: its languages are not two of this survey’s. Ask for one that is"
    ),
    Verdict.source_changed: _l(
        "Not taken: what was translated has changed since the file was made. Send it out again"
    ),
    Verdict.translation_changed: _l(
        "Not taken: somebody changed the translation since the file was made. Compare, then write"
        " it on the page"
    ),
    Verdict.placeholders: _l(
        "Not taken: what stands in braces or angle brackets must stay as it is in the source"
    ),
    Verdict.partial: _l("Not taken: a part of it is not translated. Ask for the rest"),
    Verdict.markup: _l("Not taken: it holds markup, and this text has none"),
    Verdict.too_long: _l("Not taken: it is longer than 5,000 characters"),
    Verdict.unprintable: _l("Not taken: it holds characters that cannot be shown"),
    Verdict.changed_meanwhile: _l(
        "Not taken: somebody changed the text at this very moment. Choose the file again"
    ),
    Verdict.not_yours: _l(
        "Not taken: it belongs to what all municipalities ask, or to another one. Send it to the"
        " owner of the survey"
    ),
}
FAULTS: dict[Fault, LazyString] = {
    Fault.unknown_ending: _l("Choose a file that ends in one of these: %(known)s"),
    Fault.working_file: _l(
        "This is where a translation program keeps its work. Ask for the file that the program"
        " saves as the translation, which ends in .xlf"
    ),
    Fault.not_utf8: _l(
        "This is not text in UTF-8. In a spreadsheet, save it as “CSV UTF-8”, then choose it again"
    ),
    Fault.no_column: _l("The first line must name the column %(column)s, once"),
    Fault.not_csv: _l("Line %(line)s is not CSV: save the file from a spreadsheet again"),
    Fault.not_xml: _l(
        "This is not XML: it breaks at line %(line)s, column %(column)s. Ask for it again"
    ),
    Fault.entities: _l(
        "The file declares a document type or entities, which are never read. Ask for XLIFF 1.2"
        " without them"
    ),
    Fault.not_xliff: _l("This is XML, but not XLIFF: its outermost element is %(found)s"),
    Fault.xliff_version: _l("This is XLIFF %(version)s. Ask for XLIFF 1.2 or 2"),
    Fault.not_po: _l("This is not a PO file: see line %(line)s"),
    Fault.no_language: _l(
        "The file does not say its language: its header “Language” must name it, such as fr_CA"
    ),
    Fault.too_many_rows: _l("The file has more than %(most)s rows"),
    Fault.no_rows: _l("The file holds no text"),
}


def fault_sentence(error: TranslationFileError) -> str:
    """Say why a file was refused."""
    return str(FAULTS[error.fault]) % dict(error.limits)


def verdict_sentence(judged: Judged) -> str:
    """Say what became of a row."""
    return str(VERDICTS[judged.verdict])
