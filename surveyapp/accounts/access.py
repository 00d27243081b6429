"""Who is signed in, and which pages are whose."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import ParamSpec

from flask import abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.refusing import refuse_place, refuse_role
from surveyapp.storage.audit import Action, note
from surveyapp.storage.people import sessions as staff_sessions
from surveyapp.storage.people.staff import Role, Staff

P = ParamSpec("P")
KEY = "staff"
# SP 800-63B-4, section 2.2.3: an hour without a page, and a working day in all.
IDLE = timedelta(hours=1)
# The cookie says when it was last seen; to say so with every page would only cost bytes.
SEEN_EVERY = timedelta(minutes=1)
_STAFF_PAGE = re.compile(r"/[a-z]{2,3}/staff/[A-Za-z0-9_/-]*(\?[^\\\s]*)?")


def _now() -> datetime:
    return datetime.now(UTC)


def enter(staff: Staff) -> None:
    """Begin a session for someone who proved who they are; older tokens of forms end."""
    _forget()
    session[KEY] = [staff_sessions.begin(staff, _now()), int(_now().timestamp())]


def leave() -> None:
    """End the session of whoever is signed in; a resident's unfinished answers stay."""
    staff = signed_in()
    if staff is not None:
        staff_sessions.end(session[KEY][0])
        note(staff.email, Action.signed_out, "", _now())
    _forget()


def _forget() -> None:
    session.pop(KEY, None)
    session.pop("csrf_token", None)
    g.pop("staff", None)


def _find() -> Staff | None:
    kept = session.get(KEY)
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    token, seen = kept
    if not isinstance(token, str) or not isinstance(seen, int):
        return None
    idle = _now() - datetime.fromtimestamp(seen, UTC)
    found = staff_sessions.find(token, _now()) if idle <= IDLE else None
    if found is not None and idle >= SEEN_EVERY:
        session[KEY] = [token, int(_now().timestamp())]
    return found


def signed_in() -> Staff | None:
    """Return who is signed in, looked up once a request."""
    if "staff" not in g:
        g.staff = _find()
    found: Staff | None = g.staff
    return found


def current_staff() -> Staff:
    """Return who is signed in, on pages that require it."""
    found = signed_in()
    if found is None:
        abort(403)
    return found


def safe_next(address: str) -> str:
    """Return an address to go to after signing in: a staff page of ours, or nothing."""
    return address if _STAFF_PAGE.fullmatch(address) else ""


def may_see(staff: Staff, municipality_id: int) -> bool:
    """Tell whether someone's work reaches a municipality's surveys."""
    return not staff.municipality_ids or municipality_id in staff.municipality_ids


def must_see(municipality_id: int) -> None:
    """Refuse what belongs to a municipality that the reader's work does not reach.

    :raise RefusedError: a 403 that says what to do; the attempt is logged.
    """
    staff = current_staff()
    if not may_see(staff, municipality_id):
        refuse_place(staff, municipality_id)


def requires(
    *roles: Role,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let only some roles open a page, administrators always; others sign in first, or get 403.

    Who is refused reads what to do, and the attempt is logged.
    """

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            staff = signed_in()
            if staff is None:
                wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
                return redirect(url_for("sign_in.sign_in", next=safe_next(wanted) or None), 303)
            if staff.role not in (*roles, Role.administrator):
                refuse_role(staff, (*roles, Role.administrator))
            return view(*args, **kwargs)

        guarded.required_roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return guard
