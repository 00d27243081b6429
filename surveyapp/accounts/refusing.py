"""Pages that somebody may not open: the page says what to do, and the log who tried.

A refusal is the one thing that a GET writes (docs/decisions/0022).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden

from surveyapp.accounts.words import ROLES, listed, places_words
from surveyapp.i18n import language
from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import writing
from surveyapp.storage.limits import within
from surveyapp.storage.municipal.profiles import municipality_name
from surveyapp.storage.people.staff import Role, Staff, list_staff

# Whoever keeps trying fills no disk: the first so many of an hour tell enough.
MOST_NOTED = 60
HOUR = timedelta(hours=1)
MOST_NAMED = 2


class RefusedError(Forbidden):
    """A page that is not for the reader; ``sentence`` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _write_down(staff: Staff, why: str) -> None:
    """Log the address without its query: what was typed is nobody's business."""
    now = datetime.now(UTC)
    with writing() as connection:
        if within(connection, "refused", staff.email, MOST_NOTED, HOUR, now):
            subject = f"{why}: {request.method} {request.path}"[:300]
            record(connection, staff.email, Action.access_refused, subject, now)


def who_helps(staff: Staff) -> str:
    """Name who can change somebody's account: administrators whose work reaches all of theirs."""
    found = [
        one.email
        for one in list_staff()
        if one.role is Role.administrator
        and one.may_sign_in
        and one.id != staff.id
        and (
            not one.municipality_ids
            or (staff.municipality_ids and set(staff.municipality_ids) <= set(one.municipality_ids))
        )
    ]
    if not found:
        return _("the person who gave you the account")
    return listed(found[:MOST_NAMED], "or")


def refuse_role(staff: Staff, roles: Sequence[Role]) -> NoReturn:
    """Refuse a page of other roles."""
    _write_down(staff, "role")
    raise RefusedError(
        _(
            "This page is for the role of %(roles)s, and yours is %(role)s. If your work needs it,"
            " ask %(who)s to change your role.",
            roles=listed((str(ROLES[one]) for one in dict.fromkeys(roles)), "or"),
            role=ROLES[staff.role],
            who=who_helps(staff),
        )
    )


def refuse_place(staff: Staff, municipality_id: int) -> NoReturn:
    """Refuse a page of another municipality."""
    _write_down(staff, "municipality")
    raise RefusedError(
        _(
            "This belongs to %(owner)s, and your account is for %(places)s. If you work on it too,"
            " ask %(who)s to add that municipality to your account.",
            owner=municipality_name(municipality_id, language()),
            places=places_words(staff.municipality_ids),
            who=who_helps(staff),
        )
    )


def refuse_person(staff: Staff) -> NoReturn:
    """Refuse the account of somebody whose work goes beyond the reader's."""
    _write_down(staff, "person")
    raise RefusedError(
        _(
            "This person also works for municipalities that are not yours. Ask %(who)s to change"
            " the account.",
            who=who_helps(staff),
        )
    )
