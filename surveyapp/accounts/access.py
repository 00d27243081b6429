"""Who is signed in, and which pages are whose."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import ParamSpec

from flask import abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from surveyapp.storage.staff import Role, Staff, staff_member

P = ParamSpec("P")
KEY = "staff"
# A working day; the cookie itself ends with the browser.
LONGEST = timedelta(hours=12)
_STAFF_PAGE = re.compile(r"/[a-z]{2,3}/staff/[A-Za-z0-9_/-]*(\?[^\\\s]*)?")


def enter(staff: Staff) -> None:
    """Begin a session for someone whose password was right; older tokens of forms end."""
    session.pop("csrf_token", None)
    session[KEY] = [staff.id, staff.stamp, int(datetime.now(UTC).timestamp())]
    g.pop("staff", None)


def leave() -> None:
    """End the session of whoever is signed in; a resident's unfinished answers stay."""
    session.pop(KEY, None)
    session.pop("csrf_token", None)
    g.pop("staff", None)


def _find() -> Staff | None:
    kept = session.get(KEY)
    if not isinstance(kept, list) or len(kept) != 3:
        return None
    number, stamp, began = kept
    if datetime.now(UTC) > datetime.fromtimestamp(began, UTC) + LONGEST:
        return None
    found = staff_member(number)
    return found if found and found.stamp == stamp else None


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


def requires(
    *roles: Role,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let only some roles open a page, administrators always; others sign in first, or get 403."""

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            staff = signed_in()
            if staff is None:
                wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
                return redirect(url_for("sign_in.sign_in", next=safe_next(wanted) or None), 303)
            if staff.role not in (*roles, Role.administrator):
                abort(403)
            return view(*args, **kwargs)

        guarded.required_roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return guard
