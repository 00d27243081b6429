"""Every text side by side: what is missing, what is stale, what is next."""

import pytest
from flask import Flask

from surveyapp.questionnaire.nodes import find
from surveyapp.storage.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted, field, stored
from tests.designing.making import sign_in
from tests.questionnaire.making import node, whole

TEXTS = f"{BASE}texts"


@pytest.fixture
def translator(app: Flask) -> Client:
    """A translator's browser, with a draft that lacks two French texts."""
    made = whole()
    node(made, "why")["text"] = {"en": "Why?"}
    node(made, "overall")["options"][0]["label"] = {"en": "Good"}
    drafted(app, made)
    return sign_in(app, Role.translator)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_text_is_listed_with_its_state(app: Flask, translator: Client, language: str) -> None:
    address: str | None = TEXTS.replace("/en/", f"/{language}/")
    seen = 0
    while address:
        page = translator.get(address)
        seen += len(page.select("fieldset.worded"))
        later = [one for one in page.select("p.actions a") if "first=" in str(one["href"])]
        after = [one for one in later if one.get_text() in ("Later texts", "Textes suivants")]
        address = str(after[0]["href"]) if after else None
    assert seen == int(page.select("tbody tr")[0].select("td")[2].get_text(" ").split()[0])


def test_the_next_untranslated_come_up_until_nothing_is_left(
    app: Flask, translator: Client
) -> None:
    translator.get("/en/staff/questionnaires/")
    translator.follow("Safety")
    translator.follow("Translate")
    page = translator.follow("Next untranslated")
    assert len(page.select("fieldset.worded")) == 2
    page = translator.press("Save", {field("questions/why", language="fr"): "Pourquoi ?"})
    assert "Saved at" in page.words
    assert len(page.select("fieldset.worded")) == 1
    name = field("questions/overall/options/good", "label", "fr")
    page = translator.press("Save", {name: "Bon"})
    assert "Nothing is left in this list." in page.words


def test_the_typography_of_the_french_is_mended_on_request(app: Flask, translator: Client) -> None:
    translator.get(TEXTS)
    translator.press("Save", {field("", "title", "fr"): "Sécurité : l'été !"})
    translator.press("Save", {"h::title:en": "yes"})
    translator.press("Mend the typography of the French")
    title = stored(app).title
    assert title.get("fr") == "Sécurité\N{NO-BREAK SPACE}: l’été!"
    assert title.state("en").value == "current"


def test_the_second_translator_of_a_text_chooses(app: Flask, translator: Client) -> None:
    name = field("questions/why", language="fr")
    mine = translator.get(f"{TEXTS}?of=fr&state=missing")
    translator.press("Save", {name: "La leur"})
    page = translator.press("Save", {name: "La mienne"}, on=mine, status=409)
    assert "Somebody else changed these words" in page.words or "same part" in page.words
    assert find(stored(app), "questions/why").text.get("fr") == "La leur"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "query", ["?of=xx", "?state=nonsense", "?first=-5", "?first=x", "?first=9999"]
)
def test_an_odd_address_shows_a_list(translator: Client, query: str) -> None:
    assert translator.get(TEXTS + query).heading == "Translate"
