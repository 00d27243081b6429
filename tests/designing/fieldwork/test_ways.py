"""Staff see the ways into a wave and add some; nobody else does."""

import pytest
from flask import Flask

from surveyapp.storage.audit import newest
from surveyapp.storage.collected.responses import submit
from surveyapp.storage.collected.visits import start
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.field.fielding import fielding_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import collector_by_code, samples_of
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.making import EMAIL, FIELDWORK, designer, fielded_once, sign_in, way
from tests.storage.making import NOW, SLUG, municipality

__all__ = ["designer"]
ADDRESSES = ("", "samples/add", "collectors/add")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_wave_shows_its_samples_and_ways_in(app: Flask, designer: Client, language: str) -> None:
    with app.app_context():
        poster, letter = way(Kind.qr), way(Kind.invitation, "mailed")
    page = designer.get(FIELDWORK.replace("/en/", f"/{language}/"))
    expected = {"en": "Ways into wave 2026", "fr": "Voies d’accès à la vague 2026"}
    assert page.heading == expected[language]
    assert f"http://127.0.0.1:8000/s/{poster.code}" in page.words
    assert letter.code in page.words
    assert f"/s/{letter.code}" not in page.words
    assert {"en": "400 people invited", "fr": "400 personnes invitées"}[language] in page.words


def test_counts_are_bands_under_and_over_the_floor(app: Flask, designer: Client) -> None:
    with app.app_context():
        few, many = way(Kind.qr), way(Kind.qr)
        for collector, number in ((few, 11), (many, 13)):
            field = fielding_of(collector.code)
            assert field is not None
            for _ in range(number):
                submit(start(field, "en", NOW), NOW)
    page = designer.get(FIELDWORK)
    rows = [" ".join(row.get_text(" ").split()) for row in page.select(".cards [role=row]")]
    assert next(row for row in rows if few.code in row).endswith("Fewer than 12")
    assert next(row for row in rows if many.code in row).endswith("12 to 19")


def test_a_way_in_is_added_and_logged(app: Flask, designer: Client) -> None:
    with app.app_context():
        oak = municipality("oak", names={"en": "Oak Town", "fr": "Ville d’Oak"}).municipality_id
    designer.get(FIELDWORK)
    designer.follow("Add a way in")
    wanted = {"kind": "qr", "sample": "open", "municipality": str(oak), "label": " Main  Library "}
    page = designer.press(answers=wanted)
    assert page.heading == "Posters and cards with a QR code"
    assert "Oak Town" in page.words
    code = page.path.rstrip("/").rpartition("/")[2]
    with app.app_context():
        made = collector_by_code(code)
        assert made is not None
        assert (made.kind, made.mode, made.municipality_id) == ("qr", "web", oak)
        assert (newest()[0].actor, newest()[0].action) == (EMAIL, "collector_added")
    assert "Main Library" in page.words
    assert "Posters and cards with a QR code, Main Library" in designer.get(FIELDWORK).words
    # Whoever reads the poster has no use for it.
    assert "Main Library" not in Client(app).get(f"/s/{code}").words


@pytest.mark.parametrize(
    ("kind", "sample", "said"),
    [
        ("invitation", "open", "Choose a probability sample"),
        ("qr", "mailed", "Choose an open sample"),
    ],
)
def test_a_kind_that_does_not_go_with_the_sample_is_explained(
    designer: Client, kind: str, sample: str, said: str
) -> None:
    designer.get(f"{FIELDWORK}collectors/add")
    page = designer.press(answers={"kind": kind, "sample": sample}, status=400)
    assert page.errors[0][1].startswith(said)
    assert page.fields("Add the way in")["kind"] == [kind]


def test_a_sample_is_added(app: Flask, designer: Client) -> None:
    designer.get(f"{FIELDWORK}samples/add")
    page = designer.press(
        answers={
            "type": "probability",
            "code": "phone-list",
            "name_en": "Telephone list",
            "name_fr": "Liste téléphonique",
            "invited": "1,500",
        }
    )
    assert "Telephone list" in page.words
    assert "1,500 people invited" in page.words
    with app.app_context():
        made = next(one for one in samples_of(fielded_once()) if one.code == "phone-list")
        assert (made.type, made.invited, made.names["fr"]) == (
            "probability",
            1500,
            "Liste téléphonique",
        )


def test_a_sample_is_called_and_counted_otherwise_later(app: Flask, designer: Client) -> None:
    designer.get(FIELDWORK)
    designer.follow("Change “Probability sample”")
    page = designer.press(answers={"name_fr": "Lettres", "invited": "0"}, status=400)
    assert page.errors[0][0] == "invited"
    page = designer.press(answers={"name_fr": "Lettres", "invited": "5,500"})
    assert "5,500 people invited" in page.words
    with app.app_context():
        made = next(one for one in samples_of(fielded_once()) if one.code == "mailed")
        assert (made.type, made.invited, made.names["fr"]) == ("probability", 5500, "Lettres")
        told = f"{SLUG} 2026: mailed, invited 400 now 5500"
        assert (newest()[0].action, newest()[0].subject) == ("sample_changed", told)
    page = designer.get(f"{FIELDWORK}samples/open/")
    assert not page.select("[name=invited]")
    designer.get(f"{FIELDWORK}samples/nowhere/", status=404)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_an_empty_form_says_what_to_write(designer: Client, address: str, language: str) -> None:
    designer.get(FIELDWORK.replace("/en/", f"/{language}/") + address)
    page = designer.press(status=400)
    assert page.errors
    for _field, sentence in page.errors:
        assert "valid" not in sentence.lower()


def test_what_was_written_is_kept_when_a_code_is_taken(designer: Client) -> None:
    designer.get(f"{FIELDWORK}samples/add")
    written = {"type": "open", "code": "open", "name_en": "Two", "name_fr": "Deux"}
    page = designer.press(answers=written, status=400)
    assert page.errors == (("code", "Choose another code: this wave has a sample of that code"),)
    assert page.fields("Add the sample")["name_fr"] == ["Deux"]


def test_forged_choices_are_refused_on_the_page(designer: Client) -> None:
    page = designer.get(f"{FIELDWORK}collectors/add")
    forged = {"kind": "satellite", "sample": "nobodys", "municipality": "x"}
    page = designer.post(page.url, {**page.fields("Add the way in"), **forged}, status=400)
    assert {field for field, _ in page.errors} == {"kind", "sample", "municipality"}


def test_a_closed_wave_takes_nothing_more(app: Flask, designer: Client) -> None:
    page = designer.get(f"{FIELDWORK}collectors/add")
    with app.app_context():
        close_wave(SLUG, "2026", NOW)
    page = designer.press(answers={"kind": "qr", "sample": "open"}, status=400)
    assert page.errors == (("kind", "This wave is closed: nothing can be added to it"),)
    assert "Add a way in" not in designer.get(FIELDWORK).words


@pytest.mark.parametrize("role", [Role.designer, Role.publisher, Role.administrator])
def test_those_who_run_fieldwork_find_it_from_the_first_page(app: Flask, role: Role) -> None:
    with app.app_context():
        fielded_once()
    client = sign_in(app, role)
    client.get("/en/staff/")
    client.follow("Fieldwork")
    assert client.follow("Wave 2026").path == FIELDWORK


@pytest.mark.parametrize("role", [Role.analyst, Role.translator])
def test_others_on_the_staff_may_not_open_it(app: Flask, role: Role) -> None:
    with app.app_context():
        fielded_once()
    client = sign_in(app, role)
    assert "Fieldwork" not in client.get("/en/staff/").words
    for address in ADDRESSES:
        client.get(FIELDWORK + address, status=403)


def test_another_municipality_may_not_open_it(app: Flask) -> None:
    with app.app_context():
        code = way(Kind.invitation, "mailed").code
    client = sign_in(app, limited_to="oak")
    for address in (*ADDRESSES, f"collectors/{code}/"):
        client.get(FIELDWORK + address, status=403)
    assert "Safety" not in client.get("/en/staff/fieldwork/").words


def test_visitors_sign_in_first(app: Flask) -> None:
    client = Client(app)
    for address in ADDRESSES:
        assert client.get(FIELDWORK + address).path == "/en/staff/sign-in"


def test_what_is_not_there_is_not_found(designer: Client) -> None:
    designer.get("/en/staff/fieldwork/nothing/2026/", status=404)
    designer.get(f"/en/staff/fieldwork/{SLUG}/1999/", status=404)
    designer.get(f"{FIELDWORK}collectors/CDFGHJ/", status=404)
