"""Review and publish: problems and advice with their places, changes to accept, past editions."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, shared_survey, survey_in_reach
from surveyapp.designing.drafts import state_of
from surveyapp.designing.roles import RUNS_FIELDWORK, WORKS_ON_DRAFTS
from surveyapp.designing.whose import Share, share_of
from surveyapp.designing.writing.drawing import reviewed
from surveyapp.designing.writing.mending import theirs, told
from surveyapp.designing.writing.outline import page_of
from surveyapp.forms.changes import ChangeInWords, in_words
from surveyapp.i18n import language
from surveyapp.questionnaire.model import Draft, items
from surveyapp.questionnaire.reviewing.advice import estimated_minutes
from surveyapp.questionnaire.reviewing.changes import (
    ChangeKind,
    are_alike,
    changes_between,
    newest_items,
)
from surveyapp.questionnaire.reviewing.review import NotPublishableError, Review
from surveyapp.questionnaire.reviewing.wording import reading_levels
from surveyapp.storage.audit import Action, note
from surveyapp.storage.drafting.surveys import (
    Edition,
    RevisionChangedError,
    Survey,
    UnchangedError,
    editions_of,
    publish,
)
from surveyapp.storage.field.waves import WaveState, waves_of
from surveyapp.storage.people.staff import Role

bp = Blueprint("reviewing", __name__, url_prefix="/<language>/staff/questionnaires/<slug>")
PUBLISHES = (Role.publisher,)
WAITS: dict[Role, LazyString] = {
    Role.designer: _l(
        "It is ready. Tell a publisher of your municipality: designers write and do not publish."
    ),
    Role.translator: _l(
        "It is ready. Tell a publisher of your municipality: translators write and do not publish."
    ),
}
LEVELS: dict[str, LazyString] = {
    "en": _l("The English reads at grade %(level)s of school."),
    "fr": _l("The French has a reading ease of %(level)s, where 100 is easiest."),
}


@dataclass(frozen=True)
class PastEdition:
    """An edition with what it changed, in words; nothing for the first."""

    edition: Edition
    changes: tuple[ChangeInWords, ...]


def _changes(survey: Survey, found: Review, share: Share) -> tuple[ChangeInWords, ...]:
    documents = [one.questionnaire for one in editions_of(survey.id)]
    known = newest_items(documents)
    last = {key: item for key, (item, _edition) in known.items()}
    mine = [one for one in found.changes if share.has_item(one.node, survey.draft, *documents)]
    return in_words(mine, last, survey.draft, language())


def _levels(draft: Draft) -> list[str]:
    return [
        str(LEVELS[code]) % {"level": format_decimal(max(0, min(100, round(level))))}
        for code, level in reading_levels(draft).items()
    ]


def _places(survey: Survey) -> dict[str, str]:
    """Return the page of each item that is still asked, by its answer key."""
    return {
        one.key: page_of(
            survey.slug,
            f"questions/{one.question.id}"
            + (f"/statements/{one.statement.id}" if one.statement else ""),
        )
        for one in items(survey.draft)
    }


def _draw(slug: str, problem: str = "", status: int = 200) -> ResponseReturnValue:
    survey, _reach = shared_survey(slug)
    share, found = share_of(survey), reviewed(survey)
    changes = _changes(survey, found, share)
    editions = editions_of(survey.id)
    return render_template(
        "designing/reviewing/review.html",
        survey=survey,
        draft=survey.draft,
        state=state_of(survey),
        problems=told(slug, survey.draft, theirs(survey, share, found.problems)),
        advice=told(slug, survey.draft, theirs(survey, share, found.advice)),
        changes=changes,
        places=_places(survey),
        refused=[one for one in changes if one.kind is ChangeKind.refused],
        minutes=estimated_minutes(survey.draft),
        is_published=bool(editions) and are_alike(survey.draft, editions[-1].questionnaire),
        next_number=len(editions) + 1,
        revision=found.revision,
        accepted=set(request.form.getlist("accept")),
        levels=_levels(survey.draft),
        waits=WAITS.get(current_staff().role, ""),
        problem=problem,
        done=request.args.get("published", type=int),
        goes_to_field=current_staff().role in RUNS_FIELDWORK,
        in_field=any(one.state(now()) is not WaveState.closed for one in waves_of(survey.id)),
    ), status


def _note_refused(slug: str, why: str) -> None:
    note(current_staff().email, Action.publication_refused, f"{slug}: {why}", now())


@bp.get("/review")
@requires(*WORKS_ON_DRAFTS)
def page(slug: str) -> ResponseReturnValue:
    """Show what there is to mend, to consider and to accept."""
    return _draw(slug)


@bp.post("/review")
@requires(*PUBLISHES)
def send(slug: str) -> ResponseReturnValue:
    """Publish what was reviewed; refuse when it is not what is there."""
    survey_in_reach(slug)
    accepted, revision = request.form.getlist("accept"), request.form.get("revision", "")
    try:
        made = publish(slug, revision, accepted, current_staff().email, now())
    except RevisionChangedError:
        _note_refused(slug, "changed meanwhile")
        sentence = _(
            "Not published: somebody changed the draft since you opened this page. Look at it as"
            " it is now, then publish."
        )
        return _draw(slug, sentence, 409)
    except UnchangedError:
        # A second press of the button: the page says that everything is published.
        return redirect(url_for(".page", slug=slug), 303)
    except NotPublishableError as error:
        _note_refused(slug, f"{len(error.review.problems) + len(error.changes)} to mend")
        sentence = _("Not published: mend the problems below, and accept every reworded question.")
        return _draw(slug, sentence, 400)
    return redirect(url_for(".page", slug=slug, published=made.number), 303)


def _past(editions: tuple[Edition, ...], share: Share) -> list[PastEdition]:
    listed = []
    for number, one in enumerate(editions):
        before = [other.questionnaire for other in editions[:number]]
        found: tuple[ChangeInWords, ...] = ()
        if before:
            every = changes_between(before[-1], one.questionnaire, before[:-1])
            changes = [
                found for found in every if share.has_item(found.node, one.questionnaire, *before)
            ]
            last = {key: item for key, (item, _edition) in newest_items(before).items()}
            found = in_words(changes, last, one.questionnaire, language())
        listed.append(PastEdition(one, found))
    return listed[::-1]


@bp.get("/editions")
@requires(*WORKS_ON_DRAFTS)
def history(slug: str) -> ResponseReturnValue:
    """Show the editions, the newest first, with what each changed."""
    survey, _reach = shared_survey(slug)
    past = _past(editions_of(survey.id), share_of(survey))
    return render_template(
        "designing/reviewing/history.html", survey=survey, draft=survey.draft, editions=past
    )
