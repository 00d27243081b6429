"""Every page of staff is tried by every role that may not, and by another municipality's people."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.routing import Rule

from surveyapp.accounts import access
from surveyapp.demo.loading import SLUG
from surveyapp.demo.profiles import profiles
from surveyapp.storage.audit import Action, Wanted, count, newest
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.field.waves import collectors_of, waves_of
from surveyapp.storage.municipal.profiles import municipality, newest_profile, save_profile
from surveyapp.storage.people import sessions as staff_sessions
from surveyapp.storage.people.staff import Role, Staff, add_staff
from tests.accounts.making import KEPT
from tests.client import Client
from tests.test_house import DOORS, EVERYBODY

# What a page without an address part of its own shows or begins for anybody of the role: lists
# that leave out what is not theirs, and one's own account.
OWN = {
    "account.everywhere",
    "account.own",
    "account.password",
    "bringing.bring",
    "drafts.drafts",
    "drafts.new",
    "entry_desk.all_desks",
    "fieldwork.waves",
    "log.export",
    "log.lines",
    "municipalities.listed",
    "people.invite",
    "people.people",
    "second_step.begin",
    "second_step.codes",
    "second_step.confirm",
    "second_step.off",
    "surveys.surveys",
}


# Pages of a survey that staff of a municipality that takes part open as well: what they change
# there is their own alone, and what they see their part (docs/decisions/0029).
SHARED = {
    "answered.who",
    "conditions.condition",
    "editor.question",
    "editor.section",
    "editor.undo",
    "editor.whole",
    "fieldwork.ways",
    "library.change_own",
    "library.keep_own",
    "library.put",
    "library.shelf",
    "releases.before_internal",
    "releases.download",
    "releases.internal",
    "releases.releases",
    "results.areas",
    "results.item",
    "results.items",
    "reviewing.history",
    "reviewing.page",
    "translating.texts",
    "translating.write",
    "translation_files.page",
    "translation_files.send",
    "translation_files.take",
    "trying.first",
    "trying.page",
    "trying.send",
    "words.read",
}


def staff_rules(app: Flask) -> Iterator[Rule]:
    """Walk the addresses that somebody must be signed in for."""
    for rule in app.url_map.iter_rules():
        if DOORS[rule.endpoint] != EVERYBODY:
            yield rule


def is_owner(slug: str, owner_id: int) -> bool:
    found = municipality(slug)
    return found is not None and found.id == owner_id


def facts(app: Flask) -> dict[str, object]:
    """Return what fills each part of an address: things of the demo's county that are there."""
    with app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None
        wave = waves_of(survey.id)[0]
        ways = {one.kind: one.code for one in collectors_of(wave.id)}
        return {
            "language": "en",
            "slug": SLUG,
            "owner": next(slug for slug in profiles() if is_owner(slug, survey.owner_id)),
            "code": wave.code,
            "collector_code": ways["open_link"],
            "sample_code": "open",
            "paper": ways["paper"],
            "phone": ways["phone"],
            "sheet": "7",
            "number": 1,
            "name": "items.csv",
            "file": "poster.pdf",
            "kind": "xlsx",
            "section_id": "home",
            "question_id": "walking",
            "item": "walking",
            "item_id": 1,
            "edit_id": 1,
            "staff_id": 1,
        }


def address(app: Flask, rule: Rule, known: dict[str, object]) -> str:
    """Fill an address in; one with a part that is not known here fails the test."""
    values = {name: known[name] for name in rule.arguments if name in known}
    if "code" in rule.arguments and rule.endpoint.startswith(("entry_", "interview.")):
        values["code"] = known["phone" if rule.endpoint.startswith("interview.") else "paper"]
    if rule.endpoint == "municipalities.edit":
        values["slug"] = known["owner"]
    missing = rule.arguments - set(values)
    assert not missing, f"{rule.endpoint}: say in facts() what stands for {sorted(missing)}"
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def hired(app: Flask, role: Role, place: int | None = None) -> Staff:
    places = [] if place is None else [place]
    with app.app_context():
        email = f"{role}-{place or 'all'}@doors.example"
        moment = datetime.now(UTC)
        return add_staff(email, role, KEPT, by="test", now=moment, municipality_ids=places)


class Visitor:
    """Somebody signed in, with the token that a forged form would need."""

    def __init__(self, app: Flask, staff: Staff) -> None:
        self.browser = app.test_client()
        self.staff = staff
        with app.app_context():
            token = staff_sessions.begin(staff, datetime.now(UTC))
        with self.browser.session_transaction() as session:
            session[access.KEY] = [token, int(datetime.now(UTC).timestamp())]
        page = self.browser.get("/en/staff/account/").get_data(as_text=True)
        self.token = page.split('name="csrf_token" value="')[1].split('"')[0]

    def tries(self, rule: Rule, path: str) -> dict[str, tuple[int, str]]:
        """Try an address in every way that it has; return status and words of each."""
        found = {}
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            data = {"csrf_token": self.token} if method == "POST" else None
            answer = self.browser.open(path, method=method, data=data)
            found[method] = (answer.status_code, answer.get_data(as_text=True))
        return found


def elsewhere(app: Flask) -> int:
    """Make a municipality that the demo's surveys do not belong to."""
    with app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None
        words = newest_profile(survey.owner_id).content
        return save_profile("elsewhere", words, datetime.now(UTC)).municipality_id


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.administrator])
def test_a_role_that_may_not_is_told_so_at_every_door(demo_app: Flask, role: Role) -> None:
    known, visitor = facts(demo_app), Visitor(demo_app, hired(demo_app, role))
    wrong, tried = {}, 0
    for rule in staff_rules(demo_app):
        doors = DOORS[rule.endpoint]
        assert isinstance(doors, set)
        if role in doors:
            continue
        for method, (status, page) in visitor.tries(rule, address(demo_app, rule, known)).items():
            tried += 1
            if status != 403 or "ask the person" not in page and "ask administrator" not in page:
                wrong[f"{method} {rule.endpoint}"] = status
    assert tried > 10
    assert wrong == {}
    with demo_app.app_context():
        asked = Wanted(actor=visitor.staff.email, action=Action.access_refused)
        assert count(asked) == min(tried, 60)


@pytest.mark.parametrize("role", list(Role))
def test_another_municipality_s_staff_are_turned_away_at_every_door(
    demo_app: Flask, role: Role
) -> None:
    place = elsewhere(demo_app)
    known, visitor = facts(demo_app), Visitor(demo_app, hired(demo_app, role, place))
    wrong, tried = {}, 0
    for rule in staff_rules(demo_app):
        doors = DOORS[rule.endpoint]
        assert isinstance(doors, set)
        if rule.endpoint in OWN or role not in {*doors, Role.administrator}:
            continue
        for method, (status, _page) in visitor.tries(rule, address(demo_app, rule, known)).items():
            tried += 1
            if status != 403:
                wrong[f"{method} {rule.endpoint}"] = status
    assert tried > 3
    assert wrong == {}


@pytest.mark.parametrize("role", list(Role))
def test_staff_of_a_municipality_that_takes_part_open_what_is_shared(
    demo_app: Flask, role: Role
) -> None:
    with demo_app.app_context():
        found = municipality("alderbrook")
        assert found is not None
    known, visitor = facts(demo_app), Visitor(demo_app, hired(demo_app, role, found.id))
    opened, expected = set(), set()
    for rule in staff_rules(demo_app):
        doors = DOORS[rule.endpoint]
        assert isinstance(doors, set)
        if rule.endpoint in OWN or role not in {*doors, Role.administrator}:
            continue
        if rule.endpoint in SHARED:
            expected.add(rule.endpoint)
        answers = visitor.tries(rule, address(demo_app, rule, known)).values()
        if any(status != 403 for status, _page in answers):
            opened.add(rule.endpoint)
    # The core's parts are the owner's: the demo has no local question to try these doors with.
    assert opened == expected - {"conditions.condition", "library.keep_own"}


@pytest.mark.parametrize("role", list(Role))
def test_lists_leave_out_what_belongs_to_others(demo_app: Flask, role: Role) -> None:
    place = elsewhere(demo_app)
    visitor = Visitor(demo_app, hired(demo_app, role, place))
    seen = {}
    for rule in staff_rules(demo_app):
        assert rule.endpoint not in OWN or rule.arguments <= {"language"}
        if rule.endpoint in OWN and "GET" in (rule.methods or set()):
            answer = visitor.browser.get(address(demo_app, rule, {"language": "en"}))
            if SLUG in answer.get_data(as_text=True):
                seen[rule.endpoint] = answer.status_code
    assert seen == {}


def test_nobody_who_is_not_signed_in_gets_past_any_door(demo_app: Flask) -> None:
    known, browser = facts(demo_app), demo_app.test_client()
    page = browser.get("/en/staff/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    wrong = {}
    for rule in staff_rules(demo_app):
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            data = {"csrf_token": token} if method == "POST" else None
            answer = browser.open(address(demo_app, rule, known), method=method, data=data)
            to_sign_in = str(answer.location).startswith("/en/staff/sign-in")
            if answer.status_code != 303 or not to_sign_in:
                wrong[f"{method} {rule.endpoint}"] = answer.status_code
    assert wrong == {}


def test_a_translator_who_posts_structure_is_told_and_written_down(demo_app: Flask) -> None:
    client = Client(demo_app)
    visitor = Visitor(demo_app, hired(demo_app, Role.translator))
    client.browser = visitor.browser
    page = client.get(f"/en/staff/questionnaires/{SLUG}/questions/walking")
    button = "copy|questions/walking"
    said = client.post(page.url, {**page.fields(), "do": button}, status=403)
    assert "your role changes words only" in said.words
    with demo_app.app_context():
        assert newest()[0].action == "edit_refused"
