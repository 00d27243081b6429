"""After the last question: check the answers, send them, keep the receipt."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.answering.checking import answers_in_words
from surveyapp.answering.kiosk import kiosk_here
from surveyapp.answering.municipality import profile_id_of
from surveyapp.answering.present import no_visit, open_visit
from surveyapp.answering.route import Standing, standing
from surveyapp.answering.sealing import is_sealed, open_form
from surveyapp.answering.slots import Slots, filled, slots
from surveyapp.answering.tokens import has_token, refuse_other_sites
from surveyapp.answering.visiting import (
    can_read_copy,
    forget_visit,
    note_sending,
    now,
    remember,
    token_of,
    way_in,
)
from surveyapp.extensions import csrf
from surveyapp.i18n import language
from surveyapp.storage.collected.responses import (
    Receipt,
    Sending,
    already_sent,
    content_hash,
    sent_answers,
    settled,
    submit,
)
from surveyapp.storage.counted.releases import has_results, results_by
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.municipal.profiles import profile

bp = Blueprint("sending", __name__, url_prefix="/<language>/surveys/<slug>")
bp.before_request(open_form)


def _check_page(where: Standing, slug: str, message: str = "") -> str | Response:
    visit, last = where.visit, where.sections[-1]

    def draw(tokens: Slots) -> str:
        return render_template(
            "answering/check.html",
            slots=tokens,
            survey=where.questionnaire,
            profile=profile(where.profile_id).content,
            last=last,
            slug=slug,
            message=message,
        )

    mine = replace(
        slots(token_of(slug), visit.counter),
        seen=content_hash(settled(visit)),
        answers=answers_in_words(where, slug),
    )
    key = ("check", visit.edition_id, where.profile_id, language(), slug, last.id, message)
    return filled(key, mine, draw)


@bp.get("/check")
def check(slug: str) -> ResponseReturnValue:
    """Show every answer with a way to change it."""
    found = open_visit(slug)
    if found is None:
        return no_visit(slug)
    where = standing(found)
    if where.undone is not None:
        return redirect(url_for("sections.first", slug=slug), 303)
    return _check_page(where, slug)


@bp.post("/check")
@csrf.exempt
def send(slug: str) -> ResponseReturnValue:
    """Send the answers, once however often the button is pressed."""
    refuse_other_sites()
    token = token_of(slug)
    found = open_visit(slug)
    where = standing(found) if found else None
    if where is None and not already_sent(token):
        return no_visit(slug)
    remember(slug, token)
    if where and where.undone is not None:
        return redirect(url_for("sections.first", slug=slug), 303)
    if where and not has_token():
        return _check_page(where, slug, _too_old()), 400
    return _sent(where, slug, submit(token, now(), request.form.get("seen", "")))


def _sent(where: Standing | None, slug: str, receipt: Receipt) -> ResponseReturnValue:
    if where and receipt.outcome is Sending.changed:
        return _check_page(where, slug, _changed()), 409
    if receipt.code and is_sealed():
        return "", 204
    if receipt.code and kiosk_here(slug):
        return _thanks(slug, receipt.code)
    if receipt.outcome is Sending.accepted:
        note_sending(slug)
    if receipt.outcome is Sending.used:
        return redirect(url_for("invited.used"), 303)
    if receipt.code:
        late = "answers" if receipt.outcome is Sending.conflict else None
        return redirect(url_for("sending.receipt", slug=slug, late=late), 303)
    return no_visit(slug)


def _thanks(slug: str, code: str) -> str | Response:
    """Thank whoever answered on a tablet, which forgets them with this page."""
    forget_visit(slug)
    return _receipt_page(way_in(slug), code, can_read=False, name="thanks")


def _too_old() -> str:
    return _("This page was open for a long time. Your answers are still here: send them again.")


def _changed() -> str:
    return _("Your answers changed in another window. Check them again before you send them.")


def _late(what: str) -> str:
    if what == "answers":
        return _(
            "You had already sent other answers. Those were kept; what you changed afterwards was"
            " not sent."
        )
    return _("You already sent your answers. They cannot be changed.") if what == "page" else ""


@bp.get("/receipt")
def receipt(slug: str) -> ResponseReturnValue:
    """Show the receipt of what was sent."""
    code = already_sent(token_of(slug))
    if not code:
        return redirect(url_for("sections.first", slug=slug), 303)
    return _receipt_page(way_in(slug), code, can_read_copy(slug))


def _profile_id(found: Fielding, can_read: bool) -> int:
    """Return whose words a receipt has: where somebody lives is told while a copy can be read."""
    sent = sent_answers(token_of(found.slug)) if can_read else None
    return profile_id_of(sent, place_tree(sent.place_set_id)) if sent else found.profile_id


def _receipt_page(
    found: Fielding, code: str, can_read: bool, name: str = "receipt"
) -> str | Response:
    wave, message = found.wave, _late(request.args.get("late", ""))
    day = results_by(wave, now())
    is_published, profile_id = has_results(wave.survey_id), _profile_id(found, can_read)

    def draw(tokens: Slots) -> str:
        return render_template(
            f"answering/{name}.html",
            slots=tokens,
            can_read=can_read,
            survey=edition(found.edition_id).questionnaire,
            profile=profile(profile_id).content,
            wave=wave,
            slug=found.slug,
            has_results=is_published,
            results_by=day,
            message=message,
        )

    facts = (
        language(),
        found.slug,
        can_read,
        is_published,
        wave.closes_at,
        wave.closed_at,
        day,
        message,
    )
    key = (name, found.edition_id, profile_id, *facts)
    return filled(key, slots(receipt=code), draw)
