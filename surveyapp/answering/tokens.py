"""Whether what was posted comes from one of our own pages.

A token that is missing or too old never costs an answer, so residents' pages take it with what
was typed and ask again. What another site posts is refused before anything is looked at: it could
otherwise put a visit of its own, and its eyes on it, into somebody's browser.
"""

from hmac import compare_digest
from urllib.parse import urlsplit

from flask import abort, current_app, request, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

from surveyapp.answering.sealing import is_sealed

OWN = "csrf_token"
MOST_KEPT = 2_000


def _kept() -> dict[tuple[object, str], str]:
    found: dict[tuple[object, str], str] = current_app.extensions.setdefault("surveyapp_tokens", {})
    return found


def _kept_token() -> str:
    """Return the token that this session was given a page ago, or an empty string."""
    return _kept().get((current_app.secret_key, session.get(OWN, "")), "")


def form_token() -> str:
    """Return Flask-WTF's token of this session, signed once and not for every page.

    A resident's token has no time limit, so the one of the page before is as good as a new one.
    """
    token = _kept_token()
    if not token:
        token = generate_csrf()
        kept = _kept()
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[current_app.secret_key, session[OWN]] = token
    return token


def has_token() -> bool:
    """Tell whether a form carries the token that this browser was given.

    Residents' views ask themselves: whoever fails keeps every word on the page. What was sealed on
    a tablet comes without cookies: it can do nothing in anybody's name but its own visit's.
    """
    if is_sealed():
        return True
    given, kept = request.form.get(OWN, ""), _kept_token()
    if kept and compare_digest(given.encode("utf-8", "replace"), kept.encode()):
        return True
    try:
        validate_csrf(given)
    except ValidationError:
        return False
    return True


def refuse_other_sites() -> None:
    """Refuse what a browser says that another site made it post.

    :raise 400: if so; older browsers say less, and are taken at their word.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(400)
        return
    origin = request.headers.get("Origin")
    # Behind a proxy that does not pass it on, only the settings know the host.
    ours = (request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc)
    if origin is not None and urlsplit(origin).netloc not in ours:
        abort(400)
