"""A municipality's own words are changed on screen, as a new version, by its own people."""

from io import BytesIO

import pytest
from flask import Flask

from surveyapp.storage.audit import newest
from surveyapp.storage.municipal.profiles import municipality as known
from surveyapp.storage.municipal.profiles import newest_profile, save_profile
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.making import EMAIL, designer, fielded_once, sign_in
from tests.designing.municipalities.test_pictures import png, svg
from tests.storage.making import NOW, SLUG, municipality, profile_content

__all__ = ["designer"]
ELM = "/en/staff/municipalities/elm/"


def now_said(app: Flask, slug: str = "elm"):  # type: ignore[no-untyped-def]
    with app.app_context():
        found = known(slug)
        assert found is not None
        return newest_profile(found.id)


def send_logo(client: Client, file: bytes, status: int = 200) -> None:
    page = client.get(ELM)
    sent = {name: values[0] for name, values in page.fields().items()}
    client.post(ELM, {**sent, "logo": (BytesIO(file), "logo")}, status=status)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_are_changed_and_residents_see_them(
    app: Flask, designer: Client, language: str
) -> None:
    designer.get(f"/{language}/staff/municipalities/")
    designer.follow({"en": "Elm", "fr": "Orme"}[language])
    page = designer.press(
        answers={"name_en": "Elm Grove", "name_fr": "Ormeraie", "telephone": "705 555-0142"}
    )
    assert page.heading == {"en": "Elm Grove", "fr": "Ormeraie"}[language]
    assert page.select("[role=status]")
    made = now_said(app)
    assert made.version == 2
    assert made.content.officer.telephone == "705 555-0142"
    resident = Client(app).get(f"/{language}/surveys/{SLUG}/notice")
    assert page.heading in resident.text
    with app.app_context():
        assert (newest()[0].actor, newest()[0].action) == (EMAIL, "profile_saved")


def test_a_help_line_is_added_and_one_taken_off(app: Flask, designer: Client) -> None:
    designer.get(ELM)
    added = {"line_1_name_en": "Crisis line", "line_1_name_fr": "Ligne de crise"}
    taken = {"line_0_name_en": "", "line_0_name_fr": "", "line_0_telephone": ""}
    designer.press(answers={**added, **taken, "line_1_telephone": "9-8-8"})
    lines = now_said(app).content.help_lines
    assert [(one.name["en"], one.telephone, one.note) for one in lines] == [
        ("Crisis line", "9-8-8", None)
    ]


def test_what_a_municipality_adds_to_the_notice_is_shown(app: Flask, designer: Client) -> None:
    designer.get(ELM)
    designer.press(answers={"notice_en": "By-law 12 also applies.", "notice_fr": "Règlement 12."})
    assert "By-law 12 also applies." in Client(app).get(f"/en/surveys/{SLUG}/notice").words
    assert "Règlement 12." in Client(app).get(f"/fr/surveys/{SLUG}/notice").words


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"name_fr": ""}, "name_fr"),
        ({"telephone": "call us"}, "telephone"),
        ({"notice_en": "Only here"}, "notice_fr"),
        ({"line_0_name_en": "", "line_0_name_fr": "", "line_0_telephone": ""}, "line_0_name_en"),
        ({"line_1_telephone": "9-8-8"}, "line_1_name_en"),
        ({"line_0_note_en": "Any hour"}, "line_0_note_fr"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    app: Flask, designer: Client, answers: dict[str, str], field: str
) -> None:
    designer.get(ELM)
    page = designer.press(answers={"plan_en": "Our plan", **answers}, status=400)
    assert page.errors[0][0] == field
    assert page.fields()["plan_en"] == ["Our plan"]
    assert now_said(app).version == 1


def test_two_people_do_not_overwrite_each_other(app: Flask, designer: Client) -> None:
    designer.get(ELM)
    with app.app_context():
        save_profile("elm", profile_content(names={"en": "Theirs", "fr": "La leur"}), NOW)
    page = designer.press(answers={"name_en": "Mine"}, status=400)
    assert "look at theirs first" in page.errors[0][1]
    assert now_said(app).content.names["en"] == "Theirs"


@pytest.mark.parametrize(("file", "kind"), [(png(), "image/png"), (svg("<g/>"), "image/svg+xml")])
def test_a_logo_is_shown_to_residents_last(
    app: Flask, designer: Client, file: bytes, kind: str
) -> None:
    send_logo(designer, file)
    page = Client(app).get(f"/en/surveys/{SLUG}/")
    shown = page.select("footer img.logo")[0]
    assert shown["loading"] == "lazy"
    sent = app.test_client().get(str(shown["src"]))
    assert sent.content_type.partition(";")[0] == kind
    assert "sandbox" in ";".join(sent.headers.getlist("Content-Security-Policy"))
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in sent.headers["Cache-Control"]
    designer.get(ELM)
    designer.press(answers={"without_logo": "y"})
    assert not Client(app).get(f"/en/surveys/{SLUG}/").select("img")


def test_a_file_that_is_no_picture_is_refused(app: Flask, designer: Client) -> None:
    send_logo(designer, b"<html><script>alert(1)</script>", 400)
    assert now_said(app).version == 1
    assert app.test_client().get("/logo/" + "0" * 64).status_code == 404
    assert app.test_client().get("/logo/else").status_code == 404


def test_people_reach_their_own_municipality_only(app: Flask) -> None:
    with app.app_context():
        fielded_once()
        municipality("oak", names={"en": "Oak", "fr": "Chêne"})
    local = sign_in(app, Role.designer, "oak")
    links = local.get("/en/staff/municipalities/").select("main a")
    assert [one["href"] for one in links] == ["/en/staff/municipalities/oak/"]
    local.get(ELM, status=403)
    local.get("/en/staff/municipalities/oak/")
    local.get("/en/staff/municipalities/ash/", status=404)
