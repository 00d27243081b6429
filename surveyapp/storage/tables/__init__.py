"""The tables. A named constraint is a sentence of the specification."""

from surveyapp.storage.tables.collecting import (
    FieldworkCountRow,
    ResponseRow,
    SubmissionRow,
    VisitRow,
    WithdrawalRow,
)
from surveyapp.storage.tables.entering import EntryRow
from surveyapp.storage.tables.fielding import CollectorRow, InvitationRow, SampleRow, WaveRow
from surveyapp.storage.tables.keys import (
    RecoveryCodeRow,
    SecondStepRow,
    StaffLinkRow,
    StaffSessionRow,
)
from surveyapp.storage.tables.offices import (
    AuditRow,
    InterimRow,
    RateLimitRow,
    ReleaseRow,
    StaffMunicipalityRow,
    StaffRow,
)
from surveyapp.storage.tables.surveys import (
    DraftEditRow,
    DraftOriginRow,
    EditionRow,
    LibraryItemRow,
    LogoRow,
    MunicipalityRow,
    PartnerRow,
    PlacePrefixRow,
    PlaceRow,
    PlaceSetRow,
    ProfileRow,
    SurveyRow,
)

__all__ = [
    "AuditRow",
    "CollectorRow",
    "DraftEditRow",
    "DraftOriginRow",
    "EditionRow",
    "EntryRow",
    "FieldworkCountRow",
    "InterimRow",
    "InvitationRow",
    "LibraryItemRow",
    "LogoRow",
    "MunicipalityRow",
    "PartnerRow",
    "PlacePrefixRow",
    "PlaceRow",
    "PlaceSetRow",
    "ProfileRow",
    "RateLimitRow",
    "RecoveryCodeRow",
    "ReleaseRow",
    "ResponseRow",
    "SampleRow",
    "SecondStepRow",
    "StaffLinkRow",
    "StaffMunicipalityRow",
    "StaffRow",
    "StaffSessionRow",
    "SubmissionRow",
    "SurveyRow",
    "VisitRow",
    "WaveRow",
    "WithdrawalRow",
]
