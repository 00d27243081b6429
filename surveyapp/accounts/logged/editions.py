"""What the lines about publishing are about."""

import re

from flask_babel import gettext as _
from flask_babel import ngettext

from surveyapp.accounts.logged.names import Names


def said_of_edition(found: re.Match[str], names: Names) -> str:
    """Name an edition that was published."""
    return _(
        "Edition %(number)s of %(survey)s.",
        number=found["number"],
        survey=names.survey(found["slug"]),
    )


def said_of_no_edition(found: re.Match[str], names: Names) -> str:
    """Say why an edition was not published."""
    survey = names.survey(found["slug"])
    if found["problems"] is None:
        return _(
            "No edition of %(survey)s: the draft had changed since it was reviewed.", survey=survey
        )
    return ngettext(
        "No edition of %(survey)s: %(num)s thing was to be mended or accepted first.",
        "No edition of %(survey)s: %(num)s things were to be mended or accepted first.",
        int(found["problems"]),
        survey=survey,
    )
