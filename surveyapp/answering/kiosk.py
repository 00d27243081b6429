"""Event tablets: one browser on which many people answer, one after another.

Nobody's answers may be seen by whoever comes next, so a tablet forgets by itself: after each
response, after a minute of quiet, and whenever its first page is opened.
"""

from flask import Response, g, session, url_for

from surveyapp.storage.collected.visits import Visit
from surveyapp.storage.field.collectors import Kind, kiosk_code_of
from surveyapp.storage.field.fielding import Fielding

KIOSK = "kiosk"
IDLE_SECONDS = 60
# Nobody may lose a page with less than 20 seconds to say that they are there (WCAG 2.2.1).
WARNING_SECONDS = 20
# Without a script nobody is asked, and a page cannot know that somebody is writing on it.
IDLE_SECONDS_WITHOUT_SCRIPT = 600
THANKS_SECONDS = 45
ERROR_SECONDS = 20


def kiosk_code() -> str:
    """Return the code of the tablet's way in, or an empty string anywhere else."""
    return str(g.get(KIOSK, ""))


def kiosk_start() -> str:
    """Return the address of the tablet's first page."""
    return url_for("arrival.short", code=kiosk_code())


def kiosk_here(slug: str) -> bool:
    """Tell whether this browser is a tablet for a survey, and note that it is."""
    if not kiosk_code():
        g.kiosk = session.get(KIOSK, {}).get(slug, "")
    return bool(kiosk_code())


def note_way_in(found: Fielding) -> None:
    """Note whether a way in makes this browser a tablet, or an ordinary one again."""
    is_kiosk = found.collector.kind == Kind.kiosk
    g.kiosk = found.collector.code if is_kiosk else ""
    kept = session.get(KIOSK, {})
    if is_kiosk and kept.get(found.slug) != g.kiosk:
        session[KIOSK] = {found.slug: g.kiosk}
    elif not is_kiosk and found.slug in kept:
        session.pop(KIOSK)


def note_visit(found: Visit) -> None:
    """Note whether a visit is answered on a tablet."""
    g.kiosk = kiosk_code_of(found.collector_id)


def begin_again(found: Fielding) -> None:
    """Let the tablet forget everybody before the next: residents, and staff who set it up."""
    session.clear()
    note_way_in(found)


def come_back(response: Response) -> Response:
    """Let a tablet leave an error page by itself: such a page has no script to do it."""
    if response.status_code < 400 or kiosk_code():
        return response
    for code in session.get(KIOSK, {}).values():
        start = url_for("arrival.short", code=code)
        response.headers["Refresh"] = f"{ERROR_SECONDS};url={start}"
    return response
