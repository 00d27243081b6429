"""Who starts a visit: a token of the notice that was shown, and what gives a program away."""

from flask import current_app, request
from itsdangerous import BadSignature, TimestampSigner
from werkzeug.datastructures import MultiDict

from surveyapp.answering.kiosk import kiosk_code
from surveyapp.questionnaire.quality import Sign
from surveyapp.storage.collected.visits import Starts

# A field that no person sees, under a name that programs like to fill in.
TRAP = "website"
LEAST_SECONDS = 2


def _signer() -> TimestampSigner:
    return TimestampSigner(str(current_app.config["SECRET_KEY"]), salt="start")


def start_token(slug: str) -> str:
    """Sign that the notice of a survey is shown now."""
    return _signer().sign(slug).decode()


def signs_at_start(form: MultiDict[str, str], slug: str) -> tuple[Sign, ...] | None:
    """Return what a sent notice gives away; None if it was never shown."""
    signer, given = _signer(), form.get("start", "")
    try:
        shown = signer.unsign(given.encode("utf-8", "replace"), return_timestamp=True)
    except BadSignature:
        return None
    if shown[0].decode() != slug:
        return None
    seconds = signer.get_timestamp() - int(shown[1].timestamp())
    found = {Sign.trap: bool(form.get(TRAP)), Sign.hurried_start: seconds < LEAST_SECONDS}
    return tuple(sign for sign, seen in found.items() if seen)


def starts() -> Starts:
    """Return how many visits may begin where this request comes from.

    Tablets of one way in are counted together, apart from the phones on the same network.
    """
    return Starts(
        kiosk_code() or request.remote_addr or "", current_app.config["STARTS_AN_ADDRESS"]
    )
