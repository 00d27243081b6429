"""Bad input, whoever sends it: refused with a sentence that says what to do, and written down."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from surveyapp.questionnaire.document import written
from surveyapp.storage.audit import Action, Wanted, newest
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted, field, stored
from tests.questionnaire.making import whole
from tests.reporting.making import signed_in

WHY, AFTER = "questions/why", "questions/after"
XML = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
Sender = Callable[[Client, Client], tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class Bad:
    """What is sent, by whom, and what is said of it; ``send`` returns an address and its fields."""

    name: str
    send: Sender
    said: str
    action: Action
    logged: str
    status: int = 400
    role: Role = Role.publisher
    limited_to: str = ""
    method: str = "POST"


def typed(client: Client, page: str = WHY, **more: str) -> dict[str, Any]:
    return {**client.get(BASE + page).fields("Save"), **more}


def token(client: Client) -> dict[str, Any]:
    fields = client.get("/en/staff/questionnaires/new").fields()
    return {"csrf_token": fields["csrf_token"]}


def changed_elsewhere(client: Client, colleague: Client) -> tuple[str, dict[str, Any]]:
    sent = typed(client) | {field(WHY): "Mine?"}
    colleague.get(BASE + WHY)
    colleague.press("Save", {field(WHY): "Theirs?"})
    return WHY, sent


def removed_elsewhere(client: Client, colleague: Client) -> tuple[str, dict[str, Any]]:
    sent = typed(client) | {field(WHY): "Mine?"}
    colleague.get(BASE + WHY)
    colleague.press("Remove About why?")
    return WHY, sent


def circle(client: Client, _colleague: Client) -> tuple[str, dict[str, Any]]:
    sent = client.get(f"{BASE}{AFTER}/condition?about=why").fields("Add this condition")
    return f"{AFTER}/condition", sent | {"about": "after", "do": "add", "relation": "answered"}


def published_too_early(client: Client, colleague: Client) -> tuple[str, dict[str, Any]]:
    colleague.get(BASE + WHY)
    colleague.press("Save", {field(WHY, language="fr"): ""})
    (revision,) = client.get(f"{BASE}review").select("#publish [name=revision]")
    return "review", token(client) | {"revision": str(revision["value"])}


def published_unseen(client: Client, colleague: Client) -> tuple[str, dict[str, Any]]:
    sent = client.get(f"{BASE}review").fields("")
    colleague.get(BASE + WHY)
    colleague.press("Save", {field(WHY): "Other?", field(WHY, language="fr"): "Autre?"})
    return "review", sent


def file(name: str, data: Callable[[Client], bytes] | bytes) -> Sender:
    """Send a questionnaire's file."""

    def send(client: Client, _colleague: Client) -> tuple[str, dict[str, Any]]:
        made = data if isinstance(data, bytes) else data(client)
        page = client.get("/en/staff/questionnaires/from-a-file")
        return page.url, page.filled("", {}) | {"file": (io.BytesIO(made), name)}

    return send


def translated(name: str, data: bytes) -> Sender:
    """Send a translator's file."""

    def send(client: Client, _colleague: Client) -> tuple[str, dict[str, Any]]:
        sent = client.get(f"{BASE}texts/files").fields("Take it in")
        return "texts/files", sent | {"file": (io.BytesIO(data), name)}

    return send


def document(change: Callable[[dict[str, Any]], None]) -> Callable[[Client], bytes]:
    """Write the draft as our own file, otherwise in one thing."""

    def made(client: Client) -> bytes:
        held = written(stored(client.app))
        held = json.loads(held) if isinstance(held, str) else held
        change(held)
        return json.dumps(held).encode()

    return made


def twice(held: dict[str, Any]) -> None:
    held["sections"][0]["questions"] *= 2


def endless(held: dict[str, Any]) -> None:
    single = next(q for s in held["sections"] for q in s["questions"] if q["kind"] == "single")
    single["options"] = [{"id": f"o{n}", "label": {"en": "O", "fr": "O"}} for n in range(10_000)]


def strange(held: dict[str, Any]) -> None:
    held["languages"] = ["en", "fr", "klingon"]


def structure(client: Client, _colleague: Client) -> tuple[str, dict[str, Any]]:
    return WHY, typed(client) | {"do": "add|sections/help|questions"}


def get(page: str) -> Sender:
    return lambda _client, _colleague: (page, {})


def many(client: Client, colleague: Client) -> tuple[str, dict[str, Any]]:
    """Bring in as many options as there can be, and add one more."""
    held = json.loads(document(lambda made: None)(client))
    single = next(q for s in held["sections"] for q in s["questions"] if q["id"] == "overall")
    single["options"] = [{"id": f"o{n}", "label": {"en": "O", "fr": "O"}} for n in range(200)]
    drafted(client.app, held)
    sent = typed(client, "questions/overall")
    return "questions/overall", sent | {"do": "add|questions/overall|options"}


GONE = "Somebody removed what you changed"
LONG = "this list is as long as it can be"
OTHER_OWNER = "This belongs to Elm"
ITEMS = (
    Bad("changed elsewhere", changed_elsewhere, "Which do you want to keep?",
        Action.edit_refused, "safety: changed meanwhile at questions/why", 409),
    Bad("removed elsewhere", removed_elsewhere, GONE,
        Action.edit_refused, "safety: gone at questions/why", 409),
    Bad("circular condition", circle, "can only look at an answer that comes before",
        Action.edit_refused, "safety: not_possible at questions/after"),
    Bad("published too early", published_too_early, "Not published: mend the problems below",
        Action.publication_refused, "safety: 1 to mend"),
    Bad("published unseen", published_unseen, "somebody changed the draft since",
        Action.publication_refused, "safety: changed meanwhile", 409),
    Bad("duplicate ids", file("own.json", document(twice)), "give one of them another",
        Action.file_refused, "own.json: id_twice"),
    Bad("10,000 options in a file", file("own.json", document(endless)), "200",
        Action.file_refused, "own.json: list_too_long"),
    Bad("an option too many", many, LONG,
        Action.edit_refused, "safety: too_many at questions/overall", 200),
    Bad("unknown language in a file", file("own.json", document(strange)), "language",
        Action.file_refused, "own.json: "),
    Bad("unknown language posted", lambda one, _two: ("", typed(one, "", **{"s::languages": "xx"})),
        "Choose languages from the list", Action.edit_refused, "safety: not_possible at /"),
    Bad("entities", translated("back.xlf", XML + b"<xliff/>"), "which are never read",
        Action.file_refused, "back.xlf: entities"),
    Bad("broken XML", translated("back.xlf", b"<xliff>"), "breaks at line 1",
        Action.file_refused, "back.xlf: not_xml"),
    Bad("entities in a survey", file("survey.lss", XML + b"<document/>"), "Export it",
        Action.file_refused, "survey.lss: "),
    Bad("wrong type of file", file("survey.exe", b"MZ"), ".xlsx",
        Action.file_refused, "survey.exe: "),
    Bad("wrong type of translation", translated("back.docx", b"PK"), "Choose a file that ends in",
        Action.file_refused, "back.docx: unknown_ending"),
    Bad("structure from a translator", structure, "Ask a designer or a publisher",
        Action.edit_refused, "safety", 403, Role.translator),
    Bad("an analyst in the editor", get("questions/why"), "This page is for the role of",
        Action.access_refused, "role: GET", 403, Role.analyst, method="GET"),
    Bad("another municipality's staff", get(""), OTHER_OWNER,
        Action.access_refused, "municipality: GET", 403, limited_to="oak", method="GET"),
)  # fmt: skip


# One database is enough: what is refused never gets to it.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("bad", ITEMS, ids=lambda bad: str(bad.name).replace(" ", "-"))
def test_bad_input_is_refused_with_what_to_do_and_logged(app: Flask, bad: Bad) -> None:
    drafted(app, whole())
    client, colleague = signed_in(app, bad.role, bad.limited_to), signed_in(app, Role.designer)
    page, sent = bad.send(client, colleague)
    before = stored(app)
    address = page if page.startswith(("/", "http")) else BASE + page
    if bad.method == "GET":
        answer = client.get(address, status=bad.status)
    else:
        answer = client.post(address, sent, status=bad.status)
    assert bad.said in answer.words
    assert stored(app) == before
    with app.app_context():
        line = newest(1, Wanted(action=bad.action))[0]
    assert line.subject.startswith(bad.logged)
    assert line.actor.startswith(bad.role.value)
