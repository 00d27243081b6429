"""Everything that can be found in a draft leads to the very place where it is mended."""

from flask import Flask

from surveyapp.designing.writing.mending import MENDED_AT
from surveyapp.questionnaire.findings import Code
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted
from tests.designing.making import sign_in
from tests.questionnaire.making import document, node, option, question, section, text, whole

REVIEW = f"{BASE}review"


def links(client: Client) -> dict[str, str]:
    """Return the links of the review page by their sentences."""
    page = client.get(REVIEW)
    return {one.get_text(): str(one["href"]) for one in page.select("main .state-list a")}


def lands(client: Client, href: str) -> None:
    """Fail unless a link leads to a page that has its anchor."""
    address, _mark, anchor = href.partition("#")
    assert not anchor or client.get(address).select(f"[id='{anchor}']"), href


def test_every_finding_has_its_place() -> None:
    assert set(MENDED_AT) == set(Code)


def broken() -> dict[str, object]:
    """Give a draft in which much is to be mended."""
    made = whole()
    age = question("number", "age", minimum=9, maximum=3, bands=[4, 1], decimals=0)
    picks = question("multiple", "picks", options=[option("a"), option("b")])
    few = question("single", "few", options=[option("a")])
    battery = question("battery", "lines", statements=[])
    later = question("text", "later", text=text("Do you agree that you should walk?"))
    later["asked_if"] = {"question": "overall", "answered": True}
    lost = question("text", "lost", asked_if={"question": "nothing", "answered": True})
    odd = question("text", "odd", asked_if={"question": "after", "any_of": ["nothing"]})
    number = question("text", "number", asked_if={"question": "after", "is": ">", "value": 2})
    never = question("text", "never", asked_if={"question": "times", "is": ">", "value": 90})
    long = [question("text", f"words{n}", long=True) for n in range(16)]
    made["sections"].insert(3, section("odd", age, picks, few, battery, later, lost, odd, number))
    made["sections"] += [section("empty"), section("long", never, *long)]
    node(made, "overall")["text"] = {"en": "Overall?"}
    node(made, "overall")["factors"] = ["nowhere"]
    made["youth"] = {"least_age": 12, "most_age": 10}
    made["notice"] = None
    return made


def test_what_is_to_be_mended_is_where_its_link_leads(app: Flask) -> None:
    drafted(app, broken())
    client = sign_in(app, Role.publisher)
    found = links(client)
    for href in found.values():
        lands(client, href)
    wanted = {
        "Change the condition: it looks at a question that is not there": (
            "questions/lost/condition"
        ),
        "Change the condition: nobody can ever be asked this question": "questions/never/condition",
        "Make the smallest number less than the largest": "questions/age#s-questions-age-minimum",
        "Put the classes in order, each once": "questions/age#s-questions-age-bands",
        "Add answers: at least two are needed to choose from": "questions/few#options",
        "Add a statement: there is nothing to answer yet": "questions/lines#statements",
        "Add a question to this section, or remove it": "sections/empty#kind",
        "Add an answer that stands alone, such as “None of these”": "questions/picks#options",
        "Write this text in French": "questions/overall#w-questions-overall-text-fr",
    }
    assert {sentence: found[sentence] for sentence in wanted} == {
        sentence: f"{BASE}{href}" for sentence, href in wanted.items()
    }
    (long,) = [href for sentence, href in found.items() if "Shorten the survey" in sentence]
    assert long == f"{BASE}#outline"


def test_a_place_question_is_one_press_away(app: Flask) -> None:
    made = document(section("home", question("single", "one", areas=["prevention"])))
    for one in node(made, "one")["options"]:
        one |= {"role": "scored", "score": 50, "favourable": True}
    drafted(app, made)
    client = sign_in(app, Role.publisher)
    found = links(client)
    (area,) = [href for sentence, href in found.items() if "an index needs" in sentence]
    assert area == f"{BASE}library/?area=prevention"
    (place,) = [href for sentence, href in found.items() if "place where people live" in sentence]
    client.get(place.partition("#")[0])
    page = client.press("Add the question")
    assert "Choose a place" in page.words


def test_a_survey_without_sections_leads_to_where_one_is_added(app: Flask) -> None:
    drafted(app, document(notice=None))
    client = sign_in(app, Role.publisher)
    found = links(client)
    assert found["Add a section: there is nothing to answer yet"] == f"{BASE}#sections"
    lands(client, f"{BASE}#sections")


def test_a_translator_is_led_only_where_translators_may_go(app: Flask) -> None:
    drafted(app, broken())
    client = sign_in(app, Role.translator)
    found = links(client)
    for href in found.values():
        assert "/condition" not in href
        assert "/library" not in href
        lands(client, href)
