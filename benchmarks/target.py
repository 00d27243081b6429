"""What hostile requests are thrown at, and what must be as it was after each of them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from benchmarks.survey import SLUG, prepare, program
from config import Settings
from surveyapp.accounts.passwords import hashed
from surveyapp.questionnaire.answers import keys_of, settle
from surveyapp.questionnaire.document import read_draft, written
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.connection import reading
from surveyapp.storage.drafting.surveys import edition, publish, save_draft, survey_by_slug
from surveyapp.storage.field.collectors import Kind, make_collector, make_sample
from surveyapp.storage.field.invitations import Invitee, make_invitations
from surveyapp.storage.field.timing import close_wave, open_wave
from surveyapp.storage.field.waves import Opening, wave_of
from surveyapp.storage.municipal.places import place_set_id, place_tree
from surveyapp.storage.people.staff import Role, add_staff

OTHER, OVER, COMING = "tell-us", "over", "coming"
EMAIL, PASSWORD = "administrator@example.ca", "the fuzz test signs in so"
BY = "fuzz"
INVITED = 40


@dataclass(frozen=True)
class Target:
    """Right values for each part of an address, by its name, and the codes that were given out."""

    segments: Mapping[str, list[str]]
    codes: list[str] = field(default_factory=list)


def _ranked(made: Draft) -> Draft:
    """Add the one kind of question that the shipped questionnaire does without."""
    document = json.loads(written(made))
    both = {"en": "One", "fr": "Un"}
    options = [{"id": code, "label": both} for code in ("a", "b", "c")]
    asked = {
        "kind": "rank",
        "id": "order",
        "text": both,
        "options": options,
        "at_most": 2,
        "top": 1,
    }
    document["sections"].append({"id": "last", "title": both, "questions": [asked]})
    return read_draft(document)


def _publish(slug: str, made: Draft, now: datetime) -> None:
    known = survey_by_slug(SLUG)
    assert known is not None
    saved = save_draft(slug, known.owner_id, made)
    publish(slug, saved.revision, (), BY, now)


def _invite(now: datetime) -> list[str]:
    """Give out invitations to the first survey; return their codes."""
    found = wave_of(SLUG, "wave")
    assert found is not None
    names = {"en": "Mailed", "fr": "Par la poste"}
    opening = Opening("places", "probability", sample_code="mailed", names=names, invited=INVITED)
    sample = make_sample(found, opening, by=BY, now=now)
    way_in = make_collector(sample, Kind.invitation, by=BY, now=now)
    invited = make_invitations(way_in, [Invitee("all", 1.0)] * INVITED, by=BY, now=now)
    return [one.code for one in invited]


def made(settings: Settings) -> Target:
    """Migrate a database and put four surveys into it: two open, one over, one to come."""
    prepare(settings)
    now = datetime.now(UTC)
    with program(settings):
        for slug, draft in (
            (OTHER, shipped("tell_us")),
            (OVER, shipped()),
            (COMING, _ranked(shipped())),
        ):
            _publish(slug, draft, now)
        open_wave(OTHER, "wave", Opening("places", "open"), now)
        open_wave(OVER, "wave", Opening("places", "open"), now - timedelta(days=3))
        close_wave(OVER, "wave", now - timedelta(days=1))
        opens = (now + timedelta(days=30)).date()
        open_wave(COMING, "wave", Opening("places", "open", opens=opens), now)
        add_staff(EMAIL, Role.administrator, hashed(PASSWORD), by=BY, now=now)
        return Target(_segments(), _invite(now))


def _segments() -> dict[str, list[str]]:
    sections = [one.id for one in shipped().sections] + [
        one.id for one in shipped("tell_us").sections
    ]
    items = [one.id for part in shipped().sections for one in part.questions]
    collectors = reading().execute(text("SELECT code FROM collector ORDER BY id")).scalars().all()
    return {
        "language": ["en", "fr", "en", "fr", "xx"],
        "slug": [*[SLUG] * 6, OTHER, OVER, COMING, "nowhere"],
        "section_id": [*sections, "last", "nowhere"],
        "code": [*["wave"] * 12, *collectors, "used"],
        "collector_code": list(collectors),
        "item": items,
        "level": ["neighbourhood", "municipality", "nowhere"],
        "place_set_id": [str(place_set_id("places")), "0", "999999"],
        "number": ["1", "0", "999999"],
        "file": ["poster-letter.pdf", "cards.pdf", "nothing.svg"],
        "name": ["results.csv", "nothing.zip"],
        "filename": ["survey.css", "survey.js", "nothing.js"],
        "digest": ["0" * 16],
    }


@dataclass(frozen=True)
class Kept:
    """What is stored of residents: their unfinished visits, and what they sent."""

    visits: Mapping[str, Mapping[str, Any]]
    responses: Mapping[str, str]


_VISITS = text(
    "SELECT token_hash, edition_id, collector_id, answers, typed, saved, counter, furthest,"
    " language, invitation_id FROM visit"
)
_RESPONSES = text("SELECT id, answers FROM response")


def kept() -> Kept:
    """Read everything that is stored of residents."""
    visits = {row.token_hash: dict(row._mapping) for row in reading().execute(_VISITS)}
    return Kept(visits, {row.id: row.answers for row in reading().execute(_RESPONSES)})


def moved(before: Kept, after: Kept, own: set[str], section: str) -> Iterator[str]:
    """Walk what a request did to what was stored and may not do.

    ``own`` are the hashes of the sender's visits; a page may change its ``section`` of one of
    those, and the check page may turn one into a response of the same answers.
    """
    for key, answers in before.responses.items():
        if after.responses.get(key) != answers:
            yield "a response that was sent is another one, or gone"
    gone = before.visits.keys() - after.visits.keys()
    new = after.responses.keys() - before.responses.keys()
    if len(gone) != len(new) or (gone and (section != "check" or not gone <= own)):
        yield f"{len(gone)} visits went and {len(new)} responses came"
    for key in before.visits.keys() & after.visits.keys():
        was, is_now = before.visits[key], after.visits[key]
        if was == is_now:
            continue
        if key not in own:
            yield f"somebody else’s visit changed: {was} {is_now}"
        else:
            yield from _changes(was, is_now, section)


def _changes(was: Mapping[str, Any], is_now: Mapping[str, Any], section: str) -> Iterator[str]:
    questionnaire = edition(was["edition_id"]).questionnaire
    if was["edition_id"] != is_now["edition_id"]:
        yield "the visit goes on with another edition"
    keys = {
        key
        for part in questionnaire.sections
        if part.id == section
        for question in part.questions
        for key in keys_of(question)
    }
    old, new = json.loads(was["answers"]), json.loads(is_now["answers"])
    tree = place_tree(int(place_set_id("places") or 0))
    still_asked = settle(questionnaire, {**old, **new}, tree.lineages)
    for key, answer in old.items():
        mine = key in keys or key.removesuffix(".other") in keys
        lost = answer is not None and key in still_asked and new.get(key) != answer
        if lost and not mine:
            yield f"{key} was {answer!r} and is {new.get(key)!r} after section {section} was sent"
    for name in ("typed", "saved"):
        others = {k: v for k, v in json.loads(was[name]).items() if k != section}
        if {k: v for k, v in json.loads(is_now[name]).items() if k != section} != others:
            yield f"what was {name} elsewhere is another after section {section} was sent"
