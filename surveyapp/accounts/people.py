"""Those who work here, for administrators: let in by a link, given a role, switched off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.inviting import InviteForm, RoleForm
from surveyapp.accounts.refusing import RefusedError, refuse_person
from surveyapp.accounts.sign_in import ACCOUNT, TRIES_AN_ACCOUNT, WINDOW
from surveyapp.accounts.sign_in_code import CODES, TRIES
from surveyapp.accounts.words import ROLES, places_words, zone_of
from surveyapp.storage import limits
from surveyapp.storage.audit import Action, note
from surveyapp.storage.people import links as staff_links
from surveyapp.storage.people import second_steps
from surveyapp.storage.people.staff import (
    EmailError,
    EmailTakenError,
    LastAdministratorError,
    Role,
    Staff,
    add_staff,
    change_staff,
    end_sessions,
    list_staff,
    staff_member,
    switch,
)

bp = Blueprint("people", __name__, url_prefix="/<language>/staff/people")
# No number of anybody is larger on either database.
NUMBER = "<int(max=2147483647):staff_id>"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Person:
    """Somebody as a line of the list."""

    staff: Staff
    role: str
    places: str
    state: str
    second_step: bool


def is_locked(staff: Staff, now: datetime) -> bool:
    """Tell whether somebody tried too often, and has to wait."""
    tries = ((ACCOUNT, TRIES_AN_ACCOUNT), (CODES, TRIES))
    return any(limits.is_spent(name, staff.email, most, WINDOW, now) for name, most in tries)


def _state(staff: Staff, now: datetime) -> str:
    if staff.switched_off_at is not None:
        day = format_date(staff.switched_off_at.astimezone(zone_of(staff)), "long")
        return _("Switched off on %(day)s", day=day)
    if not staff.password_hash:
        until = staff_links.waits_until(staff, now)
        if until is None:
            return _("Invited; the link ran out")
        day = format_date(until.astimezone(zone_of(staff)), "long")
        return _("Invited; the link works until %(day)s", day=day)
    return _("Locked after too many tries") if is_locked(staff, now) else _("Can sign in")


def manages(administrator: Staff, staff: Staff) -> bool:
    """Tell whether all of somebody's work is within an administrator's."""
    mine, theirs = set(administrator.municipality_ids), set(staff.municipality_ids)
    return not mine or (bool(theirs) and theirs <= mine)


def managed() -> tuple[Staff, ...]:
    """List those whose accounts the reader may change."""
    reader = current_staff()
    return tuple(one for one in list_staff() if manages(reader, one))


def _person(staff: Staff, with_step: frozenset[int]) -> Person:
    return Person(
        staff,
        str(ROLES[staff.role]),
        places_words(staff.municipality_ids),
        _state(staff, _now()),
        staff.id in with_step,
    )


@bp.get("/")
@requires(Role.administrator)
def people() -> ResponseReturnValue:
    """List those who sign in."""
    with_step = second_steps.those_with_one()
    listed = [_person(one, with_step) for one in managed()]
    return render_template("accounts/people.html", people=listed)


def _link(staff: Staff) -> ResponseReturnValue:
    """Make somebody's link and show it, this once."""
    token = staff_links.make_link(staff, by=current_staff().email, now=_now())
    path = url_for("welcome.choose", token=token)
    return render_template(
        "accounts/link.html",
        staff=staff,
        link=f"{current_app.config['PUBLIC_URL']}{path}",
        days=staff_links.LASTS.days,
    )


@bp.route("/invite", methods=["GET", "POST"])
@requires(Role.administrator)
def invite() -> ResponseReturnValue:
    """Let somebody in: the page gives the link to send them."""
    form, by = InviteForm(current_staff()), current_staff().email
    if form.validate_on_submit():
        role, places = Role(form.role.data), form.chosen_places()
        try:
            made = add_staff(form.email.data, role, "", by=by, now=_now(), municipality_ids=places)
            return _link(made)
        except EmailError:
            form.email.errors = [_("Write an e-mail address such as name@example.ca")]
        except EmailTakenError:
            form.email.errors = [_("Somebody signs in with that address already")]
    status = 400 if form.is_submitted() else 200
    return render_template("accounts/invite.html", form=form), status


def in_reach(staff_id: int) -> Staff:
    """Find somebody: 404 if nobody is there, 403 if their work goes beyond the reader's."""
    found = staff_member(staff_id) or abort(404)
    if not manages(current_staff(), found):
        refuse_person(current_staff())
    return found


def _unlock(staff: Staff) -> None:
    for bucket in (ACCOUNT, CODES):
        limits.forget(bucket, staff.email, _now())
    note(current_staff().email, Action.lockout_lifted, staff.email, _now())


def _switch_off(staff: Staff) -> None:
    switch(staff.id, on=False, by=current_staff().email, now=_now())


def _switch_on(staff: Staff) -> None:
    switch(staff.id, on=True, by=current_staff().email, now=_now())


def _step_off(staff: Staff) -> None:
    second_steps.turn_off(staff, by=current_staff().email, now=_now())


def _sign_out(staff: Staff) -> None:
    end_sessions(staff, by=current_staff().email, now=_now())


def _not_oneself(staff: Staff) -> None:
    """Nobody shuts themselves out, or gives themselves more than they were given."""
    if staff.id == current_staff().id:
        raise RefusedError(_("Ask another administrator to change your own account."))


DEEDS: dict[str, Callable[[Staff], None]] = {
    "unlock": _unlock,
    "off": _switch_off,
    "on": _switch_on,
    "step-off": _step_off,
    "sign-out": _sign_out,
}


def _done() -> str:
    said = {
        "role": _("Role and municipalities are changed. They sign in once more."),
        "unlock": _("They can try to sign in again."),
        "off": _("The account is switched off."),
        "on": _("The account is switched on."),
        "step-off": _("Their second step is turned off."),
        "sign-out": _("They are signed out everywhere."),
    }
    return said.get(request.args.get("done", ""), "")


def _page(staff: Staff, form: RoleForm, refusal: str = "") -> ResponseReturnValue:
    status = 400 if form.is_submitted() or refusal else 200
    return render_template(
        "accounts/person.html",
        person=_person(staff, second_steps.those_with_one()),
        form=form,
        locked=is_locked(staff, _now()),
        is_self=staff.id == current_staff().id,
        refusal=refusal,
        done=_done(),
    ), status


def _last() -> str:
    return _(
        "Not changed: nobody else could let staff in everywhere. Make another person an"
        " administrator for every municipality first."
    )


@bp.route(f"/{NUMBER}/", methods=["GET", "POST"])
@requires(Role.administrator)
def person(staff_id: int) -> ResponseReturnValue:
    """Show somebody's account; change their role and places."""
    staff = in_reach(staff_id)
    form = RoleForm(current_staff(), staff)
    if form.is_submitted():
        _not_oneself(staff)
    if form.validate_on_submit():
        role, places = Role(form.role.data), form.chosen_places()
        by = current_staff().email
        try:
            change_staff(staff.id, by=by, now=_now(), role=role, municipality_ids=places)
            return redirect(url_for(".person", staff_id=staff_id, done="role"), 303)
        except LastAdministratorError:
            return _page(staff, form, _last())
    return _page(staff, form)


@bp.route(f"/{NUMBER}/link", methods=["GET", "POST"])
@requires(Role.administrator)
def link(staff_id: int) -> ResponseReturnValue:
    """Make a new link to set a password; an older one ends. It is shown to a post alone."""
    staff = in_reach(staff_id)
    if request.method == "GET":
        return redirect(url_for(".person", staff_id=staff_id))
    return _link(staff)


@bp.route(f"/{NUMBER}/do", methods=["GET", "POST"])
@requires(Role.administrator)
def do(staff_id: int) -> ResponseReturnValue:
    """Switch an account off or on, lift a lockout, end sessions or the second step."""
    staff = in_reach(staff_id)
    if request.method == "GET":
        return redirect(url_for(".person", staff_id=staff_id))
    name = request.form.get("do", "")
    deed = DEEDS.get(name) or abort(400)
    if deed is _switch_off:
        _not_oneself(staff)
    try:
        deed(staff)
    except LastAdministratorError:
        return _page(staff, RoleForm(current_staff(), staff), _last())
    return redirect(url_for(".person", staff_id=staff_id, done=name), 303)
