"""What every page that asks for one code does: show it, and refuse what is not looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from flask import render_template, request
from flask_babel import gettext as _

from surveyapp.answering.tokens import has_token
from surveyapp.answering.visiting import now
from surveyapp.storage.codes import ungrouped
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.limits import allow
from surveyapp.storage.municipal.profiles import profile

WINDOW = timedelta(hours=1)
TRIES_A_CODE = 20
# A library, a shelter or a telephone company is one address. A guess at an invitation is right once
# in half a million at worst; codes to come back and receipts are longer, and live shorter.
TRIES_AN_ADDRESS = 120
MOST_LETTERS = 40


class Refusal(StrEnum):
    """Why what was posted is not looked up."""

    old = "old"
    empty = "empty"
    crowded = "crowded"


STATUS = {Refusal.old: 400, Refusal.empty: 400, Refusal.crowded: 429}


@dataclass(frozen=True)
class Tries:
    """How often one thing, an address or a code, may be tried in an hour."""

    bucket: str
    key: str
    most: int


def limits_of(bucket: str, typed: str) -> tuple[Tries, ...]:
    """Return what a code that was typed counts under: the code itself, then who asks."""
    return (
        Tries(f"{bucket} code", ungrouped(typed)[:MOST_LETTERS], TRIES_A_CODE),
        Tries(f"{bucket} address", request.remote_addr or "", TRIES_AN_ADDRESS),
    )


def refused(typed: str, limits: Sequence[Tries]) -> Refusal | None:
    """Return why what was posted is not looked up, if it is not; what is counts as a try."""
    if not has_token():
        return Refusal.old
    if not typed.strip():
        return Refusal.empty
    instant = now()
    within = [allow(one.bucket, one.key, one.most, WINDOW, instant) for one in limits]
    return None if all(within) else Refusal.crowded


def code_page(template: str, found: Fielding, problem: str = "", typed: str = "") -> str:
    """Draw a page that asks for a code, with what was typed and what is wrong with it."""
    return render_template(
        f"answering/{template}.html",
        survey=edition(found.edition_id).questionnaire,
        profile=profile(found.profile_id).content,
        slug=found.slug,
        problem=problem,
        typed=typed,
    )


def refusal(bucket: str, typed: str, empty: str) -> tuple[str, int] | None:
    """Return why what was posted is not looked up in words, and with which status.

    ``empty`` is the sentence for nothing typed.
    """
    why = refused(typed, limits_of(bucket, typed))
    if why is None:
        return None
    words = {
        Refusal.old: _("This page was open for a long time. Press the button again."),
        Refusal.empty: empty,
        Refusal.crowded: _("Too many tries. Wait an hour, then try again."),
    }
    return words[why], STATUS[why]
