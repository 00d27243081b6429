"""What people wrote in their own words, for staff to read: never with what would name somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import requires
from surveyapp.i18n import language
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Place, Sensitivity, TextQuestion
from surveyapp.reporting.choosing import chosen
from surveyapp.reporting.reach import now, shared_survey_and_wave
from surveyapp.statistics.disclosure import places_shown
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.tables import Hierarchy
from surveyapp.statistics.tree import Tree
from surveyapp.storage.collected.words import Written, written
from surveyapp.storage.counted.interims import newest_interim
from surveyapp.storage.drafting.partners import Reach
from surveyapp.storage.drafting.surveys import newest_edition
from surveyapp.storage.field.waves import Wave, WaveState
from surveyapp.storage.municipal.places import PlaceTree, place_tree
from surveyapp.storage.people.staff import Role

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


def municipalities_told(
    found: Sequence[Written], tree: PlaceTree, policy: Policy
) -> frozenset[str]:
    """Return the municipalities whose answers may be read beside everybody's.

    As in a table: whoever is left, in the others or in none, is nobody or many (5.4).
    """
    towns = tree.at("municipality")
    number = {town.code: node for node, town in enumerate(towns, 1)}
    home = {
        code: number[one] for code, line in tree.lineages.items() for one in line if one in number
    }
    nodes = Tree(
        Hierarchy(
            codes=tuple(number),
            # No council reads the words of others: none can take its own away.
            levels=("place",) * len(towns),
            parents=(-1,) * len(towns),
            populations=tuple(town.population for town in towns),
            by_agreement=tuple(town.agreement_required for town in towns),
        )
    )
    own = np.bincount([home.get(one.place or "", 0) for one in found], minlength=len(nodes.codes))
    shown = places_shown(nodes.rolled_up(own), nodes, policy)
    return frozenset(code for code, node in number.items() if shown[node])


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
    survey, wave, reach = shared_survey_and_wave(slug, code)
    questionnaire, questions = _open_questions(survey.id)
    wanted = chosen("question", [one.id for one in questions], questions[0].id)
    tree = place_tree(wave.place_set_id)
    places = _municipalities(tree, reach)
    place = _chosen_place(places, reach)
    found = written(wave.id, _upto(wave, now()), wanted, _where(questionnaire))
    return render_template(
        "reporting/words.html",
        survey=survey,
        wave=wave,
        questions=questions,
        wanted=next(one for one in questions if one.id == wanted),
        places=places,
        place=place,
        page=_page(_read(found, tree, place, questionnaire, reach), questionnaire),
        closed=wave.state(now()) is WaveState.closed,
        here="words",
        reach=reach,
    )


def _open_questions(survey_id: int) -> tuple[Questionnaire, list[TextQuestion]]:
    """Return the questions answered in one's own words; 404 where there are none."""
    edition = newest_edition(survey_id)
    if edition is None:
        abort(404)
    asked = edition.questionnaire.questions()
    found = [one for one in asked if isinstance(one, TextQuestion)]
    return (edition.questionnaire, found) if found else abort(404)


def _municipalities(tree: PlaceTree, reach: Reach) -> list[tuple[str, str]]:
    """Return the municipalities whose words may be read alone: of a part, its own."""
    reader, own = language(), {one.slug for one in reach.parts}
    named = tree.sorted_by_name(tree.at("municipality"), reader)
    return [(one.code, one.name(reader)) for one in named if reach.whole or one.code in own]


def _chosen_place(places: Sequence[tuple[str, str]], reach: Reach) -> str:
    """Return the place that the address names: everywhere is for those who see the whole."""
    known = [*([EVERYWHERE] if reach.whole else []), *(code for code, _name in places)]
    return chosen("place", known, known[0]) if known else abort(404)


def _where(questionnaire: Questionnaire) -> str:
    """Name the question of where somebody lives; nothing where it is not asked."""
    return next((one.id for one in questionnaire.questions() if isinstance(one, Place)), "")


def _read(
    found: tuple[Written, ...],
    tree: PlaceTree,
    place: str,
    questionnaire: Questionnaire,
    reach: Reach,
) -> tuple[Written, ...]:
    """Return the answers of the place that was chosen; none where these tell of another place.

    Who reads everybody's words and those of all municipalities but one has the last one's too.
    """
    if place == EVERYWHERE:
        return found
    if reach.whole and place not in municipalities_told(found, tree, Policy.of(questionnaire)):
        return ()
    inside = _inside(tree, place)
    return tuple(one for one in found if one.place in inside)
