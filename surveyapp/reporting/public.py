"""Results for residents, without signing in: what was released, and nothing else."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from surveyapp.press.published import Published, of_release
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.reporting.files import file_of, listed_files
from surveyapp.reporting.laying import areas_page, item_page, items_page
from surveyapp.storage.counted.releases import Release, release_of
from surveyapp.storage.drafting.surveys import Survey, newest_edition, survey_by_slug
from surveyapp.storage.field.waves import Wave, wave_of, waves_of
from surveyapp.storage.municipal.profiles import Profile, newest_profile

bp = Blueprint("public", __name__, url_prefix="/<language>/surveys/<slug>/results")


def published_survey(slug: str) -> tuple[Survey, Questionnaire, Profile]:
    """Find a survey that was published, with whose it is; 404 if there is none."""
    survey = survey_by_slug(slug)
    edition = newest_edition(survey.id) if survey else None
    if survey is None or edition is None:
        abort(404)
    return survey, edition.questionnaire, newest_profile(survey.owner_id).content


def _released(slug: str, code: str) -> tuple[Wave, Release]:
    wave = wave_of(slug, code)
    release = release_of(wave.id) if wave else None
    if wave is None or release is None:
        abort(404)
    return wave, release


@bp.get("/")
def waves(slug: str) -> ResponseReturnValue:
    """List the waves of a survey that have results."""
    survey, questionnaire, profile = published_survey(slug)
    found = [(wave, release_of(wave.id)) for wave in waves_of(survey.id)]
    return render_template(
        "reporting/public_waves.html",
        slug=slug,
        survey=questionnaire,
        profile=profile,
        waves=[(wave, release) for wave, release in found if release],
    )


def _drawn(
    slug: str,
    code: str,
    template: str,
    lay: Callable[[Published, Wave], dict[str, Any]],
) -> str:
    """Draw a page from the newest release of a wave: nothing else is read."""
    _survey, questionnaire, profile = published_survey(slug)
    wave, release = _released(slug, code)
    return render_template(
        f"reporting/public_{template}.html",
        slug=slug,
        survey=questionnaire,
        profile=profile,
        wave=wave,
        release=release,
        **lay(of_release(release), wave),
    )


@bp.get("/<code>/")
def areas(slug: str, code: str) -> ResponseReturnValue:
    """Show one sample's neighbourhoods by framework area, from the released bytes."""
    _wave, release = _released(slug, code)
    files = listed_files(release)
    return _drawn(
        slug, code, "results", lambda found, wave: {**areas_page(found, wave), "files": files}
    )


@bp.get("/<code>/items/")
def items(slug: str, code: str) -> ResponseReturnValue:
    """Show every question's answers for one sample."""
    return _drawn(slug, code, "items", items_page)


@bp.get("/<code>/items/<item>")
def item(slug: str, code: str, item: str) -> ResponseReturnValue:
    """Show one question's answers by place, whole distributions only."""
    return _drawn(slug, code, "item", lambda found, wave: item_page(found, wave, item))


@bp.get("/<code>/files/<int(max=2147483647):number>/<name>")
def download(slug: str, code: str, number: int, name: str) -> ResponseReturnValue:
    """Give a file of a release, or its bundle."""
    wave, _newest = _released(slug, code)
    found = release_of(wave.id, number)
    return file_of(found, slug, code, name) if found else abort(404)
