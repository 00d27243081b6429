"""Who is answering: the visit's token in the session, or in the form when the session is gone."""

from datetime import UTC, datetime, timedelta

from flask import abort, redirect, request, session, url_for

from surveyapp.answering.kiosk import KIOSK, note_way_in
from surveyapp.storage.collected.visits import Visit, visit
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.collectors import Kind, has_short_address
from surveyapp.storage.field.fielding import Fielding, fielding, fielding_of, survey_id, way_in_of
from surveyapp.storage.field.invitations import is_usable

VISITS = "visits"
SENT = "sent"
INVITED = "invited"
HEARD = "heard"
# Long enough to read and print one's answers, short enough for a phone that is shared.
COPY_SHOWN_FOR = timedelta(minutes=45)
# How long a browser may be quiet before the answers on its screen are put away: time for a meal
# or a bus, not for a phone to change hands. What was saved stays for the visit's own lifetime.
SITTING = timedelta(minutes=45)
# A session is signed and sent again at most once a minute.
GRAIN = timedelta(minutes=1)


def now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def remember(slug: str, token: str) -> None:
    """Keep the token of a visit in this browser's session."""
    visits = session.get(VISITS, {})
    # An unchanged session is not signed and sent again.
    if visits.get(slug) != token:
        session[VISITS] = {**visits, slug: token}
    hear(slug)


def quiet(slug: str) -> timedelta:
    """Return how long this browser was not heard from."""
    heard = session.get(HEARD, {}).get(slug, 0)
    return timedelta(seconds=now().timestamp() - heard)


def is_sitting(slug: str) -> bool:
    """Tell whether this browser was heard from a short while ago."""
    return quiet(slug) < SITTING


def hear(slug: str) -> None:
    """Note that somebody is there."""
    if not timedelta() <= quiet(slug) < GRAIN:
        session[HEARD] = {**session.get(HEARD, {}), slug: int(now().timestamp())}


def end_sitting(slug: str) -> None:
    """Put the answers away; what was saved stays saved."""
    session[HEARD] = {**session.get(HEARD, {}), slug: 0}


def forget_visit(slug: str) -> None:
    """Let this browser forget that it answered a survey."""
    for kept in (VISITS, SENT, HEARD):
        session[kept] = {name: one for name, one in session.get(kept, {}).items() if name != slug}


def forget_all() -> None:
    """Let this browser forget that it answered anything; staff stay signed in."""
    for kept in (VISITS, SENT, HEARD, INVITED):
        session.pop(kept, None)


def note_sending(slug: str) -> None:
    """Keep when answers were sent from this browser: a copy of them is shown for a while."""
    session[SENT] = {**session.get(SENT, {}), slug: int(now().timestamp())}


def can_read_copy(slug: str) -> bool:
    """Tell whether this browser sent its answers a short while ago."""
    sent = session.get(SENT, {}).get(slug)
    return sent is not None and now() < datetime.fromtimestamp(sent, UTC) + COPY_SHOWN_FOR


def token_of(slug: str) -> str:
    """Return the token of this browser's visit, or an empty string.

    A page that was kept open outlives its cookie: its form carries the token too.
    """
    posted = request.form.get("visit", "") if request.method == "POST" else ""
    return posted or session.get(VISITS, {}).get(slug, "")


def visit_to(slug: str) -> Visit | None:
    """Return this browser's unfinished visit to a survey."""
    found = visit(token_of(slug))
    if found is None or edition(found.edition_id).survey_id != survey_id(slug):
        return None
    return found


def goes_on(found: Fielding) -> bool:
    """Tell whether this browser is in the middle of a visit of its one person.

    A kiosk, or staff who enter paper, serve one after another: there every start is a new one.
    """
    for_many = (Kind.kiosk, Kind.paper, Kind.phone)
    if found.collector.kind in for_many or not is_sitting(found.slug):
        return False
    begun = visit_to(found.slug)
    return begun is not None and begun.can_go_on(now())


def remember_invitation(slug: str, collector_id: int, invitation_id: int) -> None:
    """Keep in this browser's session that its resident was invited to a survey."""
    session[INVITED] = {**session.get(INVITED, {}), slug: [collector_id, invitation_id]}


def invitation_to(found: Fielding) -> int | None:
    """Return the invitation that this browser came with to a way in."""
    kept = session.get(INVITED, {}).get(found.slug)
    return kept[1] if kept and kept[0] == found.collector.id else None


def _invited_way_in(slug: str) -> Fielding | None:
    """Return the way in of this browser's invitation, as long as nobody answered with it."""
    kept = session.get(INVITED, {}).get(slug)
    return way_in_of(kept[0]) if kept and is_usable(kept[1]) else None


def _kiosk_way_in(slug: str) -> Fielding | None:
    """Return the way in that this browser is a tablet for."""
    code = session.get(KIOSK, {}).get(slug)
    return fielding_of(code) if code else None


def way_in(slug: str) -> Fielding:
    """Return what the address leads to; ``via`` names another way in than the default.

    Whoever came with a personal code stays with it, and nobody comes by that way without one.

    :raise 404: if there is no such survey, the way in belongs to another, or staff use it alone.
    """
    via = request.values.get("via", "")
    kept = None if via else _invited_way_in(slug) or _kiosk_way_in(slug)
    found = fielding_of(via) if via else kept or fielding(slug, now())
    if found is None or found.slug != slug:
        abort(404)
    if found.collector.kind == Kind.invitation:
        invitation_id = invitation_to(found)
        if invitation_id is None or not is_usable(invitation_id):
            abort(redirect(url_for("invited.used" if invitation_id else "invited.ask"), 303))
    elif not has_short_address(found.collector):
        abort(404)
    note_way_in(found)
    return found
