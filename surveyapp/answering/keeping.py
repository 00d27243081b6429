"""A copy of one's own answers, for a while after they are sent and in this browser only."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.answering.municipality import profile_of_sent
from surveyapp.answering.visiting import can_read_copy, forget_visit, token_of
from surveyapp.forms.summary import Answered, answered
from surveyapp.i18n import language
from surveyapp.press.printed.copy import Answer, Copy, Part, own_copy
from surveyapp.questionnaire.answers import route
from surveyapp.questionnaire.tongues import said
from surveyapp.storage.collected.responses import Sent, sent_answers
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.municipal.places import place_tree

bp = Blueprint("keeping", __name__, url_prefix="/<language>/surveys/<slug>")


def _in_words(sent: Sent) -> list[Answered]:
    questionnaire, tree = edition(sent.edition_id).questionnaire, place_tree(sent.place_set_id)
    reader = language()
    sections = route(questionnaire, sent.answers, tree.lineages)
    return answered(questionnaire, sections, sent.answers, reader, tree.names(reader))


def _copied(slug: str) -> Sent | None:
    """Return what this browser sent, as long as a copy of it is shown."""
    return sent_answers(token_of(slug)) if can_read_copy(slug) else None


@bp.get("/copy")
def copy(slug: str) -> ResponseReturnValue:
    """Show a copy of the answers that this browser sent a short while ago."""
    sent = _copied(slug)
    if sent is None:
        return redirect(url_for("sending.receipt", slug=slug), 303)
    return render_template(
        "answering/copy.html",
        sections=_in_words(sent),
        survey=edition(sent.edition_id).questionnaire,
        profile=profile_of_sent(sent),
        slug=slug,
    )


def _printed(sent: Sent) -> Copy:
    reader = language()
    sections = (one for one in _in_words(sent) if one.lines)
    return Copy(
        language=reader,
        municipality=said(profile_of_sent(sent).names, reader),
        heading=_("Your answers"),
        title=edition(sent.edition_id).questionnaire.title[reader],
        note=_("This is what you sent. Keep it where nobody else can read it."),
        not_provided=_("Not provided"),
        parts=[
            Part(
                one.title,
                tuple(Answer(f"{q.stem} {q.question}".strip(), q.words) for q in one.lines),
            )
            for one in sections
        ],
    )


@bp.get("/copy.pdf")
def print_copy(slug: str) -> ResponseReturnValue:
    """Give the same copy as a file to keep."""
    sent = _copied(slug)
    if sent is None:
        return redirect(url_for("sending.receipt", slug=slug), 303)
    # A name that tells nobody what was answered, nor to which survey.
    headers = {"Content-Disposition": 'attachment; filename="copy.pdf"'}
    return Response(own_copy(_printed(sent)), mimetype="application/pdf", headers=headers)


@bp.post("/forget")
def forget(slug: str) -> ResponseReturnValue:
    """Let this browser forget the receipt and the copy; what was sent stays sent."""
    forget_visit(slug)
    return redirect(url_for("arrival.lobby", slug=slug), 303)
