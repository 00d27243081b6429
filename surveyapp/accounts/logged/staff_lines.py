"""What the lines about people and their accounts are about."""

import re
from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from surveyapp.accounts.logged.deeds import actor_words, deed_words
from surveyapp.accounts.logged.names import Names
from surveyapp.accounts.words import ROLES, listed
from surveyapp.storage.audit import Action
from surveyapp.storage.people.staff import Role

Match = re.Match[str]
_ROLE = "|".join(Role)


def _own(_found: Match, _names: Names) -> str:
    return _("Their own account.")


def _said_of_account(found: Match, _names: Names) -> str:
    return _("The account of %(email)s.", email=found["email"])


def _said_of_new_account(found: Match, _names: Names) -> str:
    role = ROLES[Role(found["role"])]
    return _(
        "The account of %(email)s, with the role of %(role)s.", email=found["email"], role=role
    )


def _change_words(written: str) -> str:
    what, _space, value = written.partition(" ")
    if what == "role":
        return _("the role of %(role)s", role=ROLES[Role(value)])
    if what == "password":
        return _("a new password")
    if value == "all":
        return _("every municipality")
    return ngettext("%(num)s municipality", "%(num)s municipalities", int(value))


def _said_of_changes(found: Match, _names: Names) -> str:
    changes = [_change_words(one) for one in found["changes"].split(", ")]
    return _(
        "The account of %(email)s now has %(changes)s.",
        email=found["email"],
        changes=listed(changes),
    )


def _said_of_page(found: Match, _names: Names) -> str:
    sentences = {
        "role": _("The page %(page)s, which their role does not open."),
        "municipality": _("The page %(page)s, which belongs to another municipality."),
        "person": _("The page %(page)s, about somebody who also works elsewhere."),
    }
    return sentences[found["why"]] % {"page": found["page"]}


def _said_of_log(found: Match, _names: Names) -> str:
    asked = []
    if found["person"]:
        asked.append(_("person: %(person)s", person=actor_words(found["person"])))
    if found["kind"]:
        asked.append(_("what was done: %(kind)s", kind=deed_words(found["kind"])))
    if found["first"]:
        asked.append(_("first day: %(day)s", day=found["first"]))
    if found["last"]:
        asked.append(_("last day: %(day)s", day=found["last"]))
    if not asked:
        return _("Every line of the log.")
    return _("Some lines of the log (%(asked)s).", asked=listed(asked))


_ACCOUNT = (r"(?P<email>\S+)", _said_of_account)
_OWN = (r"", _own)
_CHANGE = rf"(?:role (?:{_ROLE})|password|municipalities (?:\d+|all))"

READINGS: Mapping[Action, tuple[str, Callable[[Match, Names], str]]] = {
    Action.staff_added: (rf"(?P<email>\S+): (?P<role>{_ROLE})", _said_of_new_account),
    Action.staff_changed: (
        rf"(?P<email>\S+): (?P<changes>{_CHANGE}(?:, {_CHANGE})*)",
        _said_of_changes,
    ),
    Action.staff_switched_off: _ACCOUNT,
    Action.staff_switched_on: _ACCOUNT,
    Action.link_made: _ACCOUNT,
    Action.password_set: _OWN,
    Action.password_changed: _OWN,
    Action.second_step_turned_on: _OWN,
    Action.second_step_turned_off: _ACCOUNT,
    Action.recovery_codes_made: _OWN,
    Action.recovery_code_used: _OWN,
    Action.lockout_lifted: _ACCOUNT,
    Action.signed_in: _OWN,
    Action.signed_out: _OWN,
    Action.sessions_ended: _ACCOUNT,
    Action.sign_in_refused: _OWN,
    Action.sign_in_locked: _OWN,
    Action.second_step_refused: _OWN,
    Action.access_refused: (
        r"(?P<why>role|municipality|person): [A-Z]+ (?P<page>\S+)",
        _said_of_page,
    ),
    Action.log_exported: (
        r"(?:person=(?P<person>.+?) ?)?(?:kind=(?P<kind>\S+) ?)?"
        r"(?:from=(?P<first>\S+) ?)?(?:to=(?P<last>\S+))?",
        _said_of_log,
    ),
}
