"""Results of a wave for staff: public tables, whatever the state of the wave."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, requires
from surveyapp.press.interim import TooFewNewError, WaveClosedError, count_anew
from surveyapp.press.published import Published
from surveyapp.press.release import NothingToReleaseError
from surveyapp.reporting.figures import staff_figures
from surveyapp.reporting.laying import areas_page, item_page, items_page
from surveyapp.reporting.reach import now, shared_survey_and_wave, survey_and_wave
from surveyapp.storage.field.waves import Wave, WaveState
from surveyapp.storage.people.staff import Role

bp = Blueprint("results", __name__, url_prefix="/<language>/staff/surveys/<slug>/waves/<code>")


def _drawn(
    slug: str,
    code: str,
    template: str,
    lay: Callable[[Published, Wave], dict[str, Any]],
    **more: Any,
) -> str:
    """Draw a page from the newest figures that staff may see, or one that says there are none."""
    survey, wave, reach = shared_survey_and_wave(slug, code)
    instant = now()
    found = staff_figures(survey, wave, instant, reach)
    return render_template(
        f"reporting/{template}.html",
        survey=survey,
        wave=wave,
        closed=wave.state(instant) is WaveState.closed,
        here=template,
        reach=reach,
        **more,
        **(lay(found, wave) if found else {"published": None}),
    )


def _page(slug: str, code: str, refusal: str = "", status: int = 200) -> ResponseReturnValue:
    return _drawn(slug, code, "results", areas_page, refusal=refusal), status


@bp.get("/items")
@requires(Role.analyst, Role.publisher)
def items(slug: str, code: str) -> ResponseReturnValue:
    """Show every question's answers for one sample."""
    return _drawn(slug, code, "items", items_page)


@bp.get("/items/<item>")
@requires(Role.analyst, Role.publisher)
def item(slug: str, code: str, item: str) -> ResponseReturnValue:
    """Show one question's answers by place, whole distributions only."""
    return _drawn(slug, code, "item", lambda found, wave: item_page(found, wave, item))


@bp.get("/results")
@requires(Role.analyst, Role.publisher)
def areas(slug: str, code: str) -> ResponseReturnValue:
    """Show one sample's neighbourhoods by framework area."""
    return _page(slug, code)


@bp.post("/results")
@requires(Role.analyst, Role.publisher)
def recount(slug: str, code: str) -> ResponseReturnValue:
    """Count a wave in the field anew, if enough came in since what was shown."""
    survey_and_wave(slug, code)
    try:
        count_anew(slug, code, current_staff().email, now())
    except TooFewNewError:
        return _page(slug, code, _("Not yet: a group that is shown has too few new answers."), 409)
    except NothingToReleaseError:
        return _page(slug, code, _("Nobody has answered yet: there is nothing to count."), 409)
    except WaveClosedError:
        pass  # it was closed meanwhile: the page shows every answer
    return redirect(url_for("results.areas", slug=slug, code=code), 303)
