"""What staff read about ways in: how people are chosen, and why something is refused."""

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.statistics.bands import Band
from surveyapp.storage.field.collectors import WayInError
from surveyapp.storage.field.invitation_files import (
    REFERENCE,
    STRATUM,
    WEIGHT,
    Fault,
    InvitationFileError,
)
from surveyapp.storage.field.invitations import SmallStratumError

TYPES: dict[str, LazyString] = {
    "probability": _l("Probability sample: people were drawn and invited"),
    "open": _l("Open sample: anyone could answer"),
}
REASONS: dict[str, LazyString] = {
    "sample_code_not_plain": _l(
        "Write a code of small letters, digits and hyphens that begins with a letter"
    ),
    "sample_code_taken": _l("Choose another code: this wave has a sample of that code"),
    "open_sample_invites_nobody": _l(
        "Leave the number of people invited empty: nobody is drawn for an open sample"
    ),
    "invited_out_of_range": _l("Write how many people were invited, from 1 to 1,000,000"),
    "codes_out_of_range": _l("Make from 1 to 100,000 codes at a time"),
    "wave_closed": _l("This wave is closed: nothing can be added to it"),
    "invitation_needs_probability": _l(
        "Choose a probability sample: personal invitations go to people who were drawn"
    ),
    "anyone_needs_open": _l(
        "Choose an open sample: anyone can use this way in, so nobody’s chance of being asked is"
        " known"
    ),
    "municipality_unknown": _l("Choose a municipality from the list"),
    "not_for_invitations": _l("This way in is not for personal invitations"),
}
FAULTS: dict[Fault, LazyString] = {
    Fault.not_text: _l("Save the list as a CSV file in UTF-8, then choose it again"),
    Fault.column_twice: _l("Keep one column named %(column)s in the first line: there are two"),
    Fault.no_column: _l("Add a column named %(column)s to the first line"),
    Fault.no_rows: _l("Add a line for each person who is invited"),
    Fault.too_many_rows: _l("Split the list: a file can have at most 100,000 lines"),
    Fault.stratum_missing: _l("Line %(line)s: write the stratum"),
    Fault.stratum_too_long: _l("Line %(line)s: shorten the stratum to 60 characters"),
    Fault.weight_not_a_number: _l("Line %(line)s: write a base weight above 0, such as 40.5"),
    Fault.reference_twice: _l(
        "Line %(line)s: keep one line a person, this reference is on an earlier line too"
    ),
}
# The name that the page tells: a file may use those of either language.
COLUMNS: dict[str, LazyString] = {
    STRATUM: _l("stratum"),
    WEIGHT: _l("base_weight"),
    REFERENCE: _l("reference"),
}


def reason(error: WayInError) -> str:
    """Say why a sample, a way in or invitations were refused."""
    return str(REASONS[error.reason])


def faults(error: InvitationFileError) -> list[str]:
    """Say what to mend in a list."""
    return [
        str(FAULTS[one.fault]) % {"line": one.line, "column": COLUMNS.get(one.column, one.column)}
        for one in error.faults
    ]


def made_meanwhile() -> str:
    """Say that a list was made from the page as it stands, perhaps by a second press."""
    return _(
        "Codes were made since this page was opened: look at their number below. If their list did"
        " not reach you, cancel them; if you need still more codes, choose the list again"
    )


def small_strata(error: SmallStratumError) -> list[str]:
    """Say which strata to join with others."""
    return [
        ngettext(
            "Join stratum %(stratum)s (weight %(weight)s) with another: it has %(num)s person,"
            " and at least %(least)s must share a stratum and weight so that nobody stands out",
            "Join stratum %(stratum)s (weight %(weight)s) with another: it has %(num)s people,"
            " and at least %(least)s must share a stratum and weight so that nobody stands out",
            number,
            stratum=stratum,
            weight=f"{weight:g}",
            least=error.least,
        )
        for (stratum, weight), number in error.pairs.items()
    ]


def band_words(found: Band) -> str:
    """Put a band of responses into words."""
    if found.is_under:
        return _("Fewer than %(most)s", most=found.most + 1)
    return _(
        "%(low)s to %(high)s", low=format_decimal(found.least), high=format_decimal(found.most)
    )
