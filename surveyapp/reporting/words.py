"""What people wrote in their own words, for staff to read: never with what would name somebody."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import requires
from surveyapp.i18n import language
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Place, Sensitivity, TextQuestion
from surveyapp.reporting.choosing import chosen
from surveyapp.reporting.reach import now, survey_and_wave
from surveyapp.statistics.floors import Policy
from surveyapp.storage.interims import newest_interim
from surveyapp.storage.places import PlaceTree, place_tree
from surveyapp.storage.staff import Role
from surveyapp.storage.surveys import newest_edition
from surveyapp.storage.waves import Wave, WaveState
from surveyapp.storage.words import Written, written

bp = Blueprint("words", __name__, url_prefix="/<language>/staff/surveys/<slug>/waves/<code>")

EVERYWHERE = "all"
A_PAGE = 50


@dataclass(frozen=True)
class Page:
    """Some of the answers. ``too_few``: there are fewer than may be read of so small a group."""

    shown: tuple[Written, ...]
    total: int
    number: int
    last: int
    too_few: bool = False


def _upto(wave: Wave, instant: datetime) -> int:
    """Return the last change that staff may read: of a wave in the field, its last count's."""
    if wave.state(instant) is WaveState.closed:
        return wave.last_change
    counted = newest_interim(wave.id)
    return counted.change_no if counted else 0


def _inside(tree: PlaceTree, municipality: str) -> frozenset[str]:
    return frozenset(code for code, line in tree.lineages.items() if municipality in line)


def _page(found: tuple[Written, ...], questionnaire: Questionnaire) -> Page:
    """Lay out one page; nothing of a group under the floor (counting rules, section 5.2)."""
    if len(found) < Policy.of(questionnaire).floor(Sensitivity.general):
        return Page((), 0, 1, 1, too_few=True)
    last = -(-len(found) // A_PAGE)
    given = request.args.get("page", "1")
    number = (
        int(given) if given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= last else 1
    )
    first = (number - 1) * A_PAGE
    return Page(found[first : first + A_PAGE], len(found), number, last)


@bp.get("/words")
@requires(Role.analyst)
def read(slug: str, code: str) -> ResponseReturnValue:
    """Show the answers to one open question, everywhere or in one municipality."""
    survey, wave = survey_and_wave(slug, code)
    edition = newest_edition(survey.id)
    questions = [] if edition is None else _open_questions(edition.questionnaire)
    if edition is None or not questions:
        abort(404)
    tree, reader = place_tree(wave.place_set_id), language()
    places = tree.sorted_by_name(tree.at("municipality"), reader)
    wanted = chosen("question", [one.id for one in questions], questions[0].id)
    place = chosen("place", [EVERYWHERE, *(one.code for one in places)], EVERYWHERE)
    asked_where = [one.id for one in edition.questionnaire.questions() if isinstance(one, Place)]
    only = {} if place == EVERYWHERE else {asked_where[0]: _inside(tree, place)}
    found = written(wave.id, _upto(wave, now()), wanted, **only)
    return render_template(
        "reporting/words.html",
        survey=survey,
        wave=wave,
        questions=questions,
        wanted=next(one for one in questions if one.id == wanted),
        places=[(one.code, one.name(reader)) for one in places],
        place=place,
        page=_page(found, edition.questionnaire),
        closed=wave.state(now()) is WaveState.closed,
        here="words",
    )


def _open_questions(questionnaire: Questionnaire) -> list[TextQuestion]:
    return [one for one in questionnaire.questions() if isinstance(one, TextQuestion)]
