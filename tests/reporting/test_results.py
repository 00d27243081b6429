"""Results on a page: the answer first, samples apart, and nothing hidden that can be read."""

import pytest
from flask import Flask

from surveyapp.press.counting import counts_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import wave
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.press.making import CLOSED, answer_more
from tests.reporting.making import PUBLIC, STAFF, cells, made, signed_in
from tests.storage.making import SLUG, fielded

# Ten answered from D; C is hidden with it, or D would be the town less C.
SHOWN = {"en": "Bay, “East”", "fr": "Baie"}
WORDS = {
    "en": ("Results of wave 2026", "protected", "this is not a random sample"),
    "fr": ("Résultats de la vague 2026", "protégé", "il ne s’agit pas d’un échantillon aléatoire"),
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_staff_read_the_results_of_a_closed_wave(app: Flask, language: str) -> None:
    made(app)
    heading, protected, _open = WORDS[language]
    page = signed_in(app).get(f"/{language}{STAFF}/results")
    assert page.heading == heading
    assert page.select(".finding")
    assert cells(page, "D")[0] == protected
    assert cells(page, SHOWN[language])[0] not in (protected, "")


def test_an_index_leads_to_the_questions_it_is_made_of(app: Flask) -> None:
    made(app)
    client = signed_in(app)
    page = client.get(f"/en{STAFF}/results?sample=open")
    section = page.select("section[aria-labelledby=made-heading]")[0]
    links = [str(one["href"]) for one in section.select("li a")]
    assert len(links) >= 3
    for link in links:
        assert "sample=open" in link
        client.get(link)
    shares = [cell.get_text(strip=True) for cell in section.select("td.n")]
    assert len(shares) == 10
    assert all(one.endswith("%") for one in shares)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_samples_are_shown_apart(app: Flask, language: str) -> None:
    made(app)
    client = signed_in(app)
    invited = client.get(f"/{language}{STAFF}/results")
    opened = client.get(f"/{language}{STAFF}/results?sample=open")
    statement = WORDS[language][2]
    assert statement not in invited.text
    tables = len(opened.select("main table"))
    assert opened.text.count(statement) == tables
    assert invited.select("path.doubt")
    assert not opened.select("path.doubt")
    # The making gives both samples the same answers: one place's base is never the sum of two.
    place = SHOWN[language]
    assert cells(invited, place)[1] == cells(opened, place)[1]
    assert int(cells(opened, place)[1]) <= 60


def test_a_hidden_row_has_no_figure_anywhere_in_the_page(app: Flask) -> None:
    made_wave = made(app)
    with app.app_context():
        raw = counts_of(wave(made_wave.id))[0].raw.areas.frame
        hidden = raw[raw["geo_id"] == "d"]
        figures = [f"{value:.1f}" for value in hidden["index"]]
    client = signed_in(app)
    for query in ("", "?sort=prevention&down=1", "?level=municipality", "?sample=open"):
        page = client.get(f"/en{STAFF}/results{query}")
        for row in page.select("tbody tr"):
            if row.select("th")[0].get_text(strip=True) != "D":
                continue
            assert not row.select("svg")
            assert not [one for one in row.select(".n") if one.get_text(strip=True).isdigit()]
            assert not set(figures) & set(row.get_text(" ").split())


def test_tables_are_sorted_by_link_and_hidden_places_come_last(app: Flask) -> None:
    made(app)
    client = signed_in(app)
    client.get(f"/en{STAFF}/results")
    page = client.follow("Population")
    assert "sort=population" in page.url
    page = client.get(f"/en{STAFF}/results?sort=prevention&down=1")
    rows = [row.select("th")[0].get_text(strip=True) for row in page.select(".matrix tbody tr")]
    assert rows[0] == "All respondents"
    assert rows[-2:] == ["C", "D"]
    values = [cells(page, one)[2] for one in rows[1:-2]]
    shown = [float(one.removesuffix("c")) for one in values if one[0].isdigit()]
    assert shown == sorted(shown, reverse=True)
    assert page.select("th[aria-sort=descending]")


@pytest.mark.parametrize(
    "query", ["sample=other", "area=justice", "level=street", "sort=x", "down=2", "area="]
)
def test_a_choice_that_is_not_there_is_not_found(app: Flask, query: str) -> None:
    made(app)
    signed_in(app).get(f"/en{STAFF}/results?{query}", status=404)


def test_an_address_passes_on_only_its_choices(app: Flask) -> None:
    made(app)
    page = signed_in(app).get(f"/en{STAFF}/results?_external=1&_scheme=x&endpoint=y&sample=open")
    links = [str(one["href"]) for one in page.select("main a[href]")]
    assert not [one for one in links if "external" in one or one.startswith("x:")]
    assert [one for one in links if "sample=open" in one]


def test_a_place_name_that_looks_like_a_formula_reads_as_it_was_given(app: Flask) -> None:
    made(app)
    page = signed_in(app).get(f"/en{STAFF}/results")
    assert "=1+1" in [one.get_text(strip=True) for one in page.select(".matrix th[scope=row]")]


def test_a_wave_in_the_field_has_no_figures_until_it_is_counted(app: Flask) -> None:
    made(app, closed=False)
    page = signed_in(app).get(f"/en{STAFF}/results")
    assert not page.select("table")
    assert "still in the field" in page.words


@pytest.mark.parametrize("path", ["results", "releases"])
def test_pages_are_for_those_who_analyse(app: Flask, path: str) -> None:
    made(app)
    address = f"/en{STAFF}/{path}"
    Client(app).get(address, follow=False, status=303)
    for role in (Role.analyst, Role.publisher, Role.administrator):
        signed_in(app, role).get(address)
    for role in (Role.designer, Role.translator):
        signed_in(app, role).get(address, status=403)
    signed_in(app, Role.analyst, "elm").get(address)
    signed_in(app, Role.analyst, "other").get(address, status=403)
    signed_in(app, Role.publisher, "other").get(address, status=403)


@pytest.mark.parametrize("wave_code", ["2031", "x"])
def test_a_wave_that_is_not_there_is_not_found(app: Flask, wave_code: str) -> None:
    made(app)
    client = signed_in(app)
    client.get(f"/en/staff/surveys/safety/waves/{wave_code}/results", status=404)
    client.get("/fr/staff/surveys/nothing/waves/2026/results", status=404)
    client.get(f"/en{PUBLIC}/{wave_code}/", status=404)
    client.get("/fr/surveys/nothing/results/", status=404)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_staff_see_a_wave_in_the_field_as_it_was_last_counted(app: Flask, language: str) -> None:
    made(app, closed=False)
    count, again, when, refused = {
        "en": ("Count the answers so far", "Count the answers anew", "Answers up to", "Not yet"),
        "fr": (
            "Compter les réponses reçues jusqu’ici",
            "Recalculer les chiffres",
            "Les réponses reçues jusqu’au",
            "Pas encore",
        ),
    }[language]
    client = signed_in(app)
    client.get(f"/{language}{STAFF}/results")
    page = client.press(count)
    assert when in page.words
    before = cells(page, SHOWN[language])
    with app.app_context():
        answer_more({"b": 3})
    page = client.press(again, status=409)
    assert refused in page.words
    assert cells(page, SHOWN[language]) == before
    assert cells(client.get(f"/{language}{STAFF}/results"), SHOWN[language]) == before
    Client(app).get(f"/{language}{PUBLIC}/2026/", status=404)


def test_a_wave_that_nobody_answered_says_so(app: Flask) -> None:
    with app.app_context():
        fielded()
    client = signed_in(app)
    client.get(f"/en{STAFF}/results")
    assert "Nobody has answered yet" in client.press("Count the answers so far", status=409).words
    with app.app_context():
        close_wave(SLUG, "2026", CLOSED)
    assert "Nobody answered this wave" in client.get(f"/en{STAFF}/results").words
    client.get(f"/en{STAFF}/releases")
    assert "nothing to release" in client.press("Release the results", status=409).words
