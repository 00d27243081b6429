"""Every text side by side: what is missing, what is stale, what is next."""

import pytest
from flask import Flask

from surveyapp.questionnaire.nodes import find
from surveyapp.questionnaire.text import Text
from surveyapp.storage.audit import newest
from surveyapp.storage.people.staff import Role, add_staff
from tests.client import Client
from tests.designing.drafting import BASE, drafted, field, stored
from tests.designing.making import KEPT, PASSWORD, sign_in
from tests.questionnaire.making import node, whole
from tests.storage.making import NOW, SLUG

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
    assert seen == int(page.select("ul.filters")[0].select("b")[0].get_text())


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
    assert title.state("en").value == "draft"


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


def worded(app: Flask, where: str) -> Text:
    found: Text = find(stored(app), where).text  # type: ignore[attr-defined]
    return found


@pytest.fixture
def written(app: Flask) -> Client:
    """A translator who wrote what was missing, and a designer to approve it."""
    made = whole()
    node(made, "why")["text"] = {"en": "Why do you feel so?"}
    drafted(app, made)
    translator = sign_in(app, Role.translator)
    translator.get(f"{TEXTS}?of=fr&state=missing")
    translator.press("Save", {field("questions/why", language="fr"): "Pourquoi?"})
    return translator


def test_a_translator_drafts_and_a_designer_approves(app: Flask, written: Client) -> None:
    assert worded(app, "questions/why").state("fr").value == "draft"
    page = written.get(f"{TEXTS}?of=fr&state=draft")
    assert "Approve these words" not in page.words
    designer = Client(app)
    with app.app_context():
        add_staff("chief@county.example", Role.designer, KEPT, by="test", now=NOW)
    designer.get("/en/staff/sign-in")
    designer.press("Sign in", {"email": "chief@county.example", "password": PASSWORD})
    page = designer.get(f"/en/staff/questionnaires/{SLUG}/review")
    assert "Have the translations into French approved. Still drafts: 1" in page.words
    designer.get(f"{TEXTS}?of=fr&state=draft")
    designer.press("Save, and approve all drafts on this page")
    assert worded(app, "questions/why").state("fr").value == "approved"
    page = designer.get(f"/en/staff/questionnaires/{SLUG}/review")
    assert "Still drafts:" not in page.words
    page = written.get(f"{TEXTS}?of=fr&state=approved")
    page = written.press("Save", {field("questions/why", language="fr"): "Pour quelle raison?"})
    assert worded(app, "questions/why").state("fr").value == "draft"


def test_a_designer_writes_and_approves_at_once(app: Flask) -> None:
    made = whole()
    node(made, "why")["text"] = {"en": "Why?"}
    drafted(app, made)
    designer = sign_in(app)
    designer.get(f"{TEXTS}?of=fr&state=missing")
    name = field("questions/why", language="fr")
    designer.press("Save, and approve all drafts on this page", {name: "Pourquoi?"})
    assert worded(app, "questions/why").state("fr").value == "approved"
    page = designer.press("Undo")
    assert worded(app, "questions/why").get("fr") == ""
    assert page.status == 200


@pytest.mark.parametrize(
    "posted",
    [
        {"a:questions/why:text:fr": "yes"},
        {"do": "remove|questions/why|0"},
        {"do": "approve"},
        {"m:questions/why:": "0", "s:questions/why:required": "yes"},
    ],
)
def test_structure_and_approval_are_not_a_translators(
    app: Flask, written: Client, posted: dict[str, str]
) -> None:
    before = stored(app)
    address = f"{BASE}questions/why" if "remove" in posted.get("do", "") else TEXTS
    page = written.get(f"{TEXTS}?of=fr&state=draft")
    sent = page.fields("Save") | posted
    answer = written.post(address, sent, status=403)
    assert "Ask a designer or a publisher" in answer.words
    assert stored(app) == before
    with app.app_context():
        assert newest(1)[0].action == "edit_refused"


def test_a_stale_text_shows_what_changed_in_its_source(app: Flask, written: Client) -> None:
    written.get(f"{TEXTS}?of=fr&state=draft")
    written.press("Save", {field("questions/why"): "Why do you think so?"})
    page = written.get(f"{TEXTS}?of=fr&state=stale")
    shown = page.select(".was")[0]
    assert shown.select("del")[0].get_text() == "[taken out: feel]"
    assert shown.select("ins")[0].get_text() == "[added: think]"
    assert shown.select("span[lang=en]")


def test_the_next_untranslated_is_reached_at_its_field(app: Flask, translator: Client) -> None:
    page = translator.get(TEXTS)
    link = next(one for one in page.select("a") if one.get_text() == "Next untranslated")
    page = translator.get(str(link["href"]))
    assert page.select(f"textarea#{str(link['href']).partition('#')[2]}")[0]["lang"] == "fr"


def test_what_mending_changed_is_listed_and_undone(app: Flask, translator: Client) -> None:
    translator.get(TEXTS)
    translator.press("Save", {field("", "title", "fr"): "Sécurité : oui"})
    page = translator.press("Mend the typography of the French")
    assert "The typography of 1 French text was mended" in page.words
    assert page.select(".mended del")[0].get_text() == "[taken out: ·]"
    assert page.select(".mended ins")[0].get_text() == "[added: °]"
    translator.press("Undo")
    assert stored(app).title.get("fr") == "Sécurité : oui"
    translator.get(TEXTS)
    translator.press("Mend the typography of the French")
    page = translator.press("Mend the typography of the French")
    assert "The French is typeset already" in page.words
