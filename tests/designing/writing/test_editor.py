"""Designers write a draft page by page: everything typed is saved, nobody overwrites anybody."""

import pytest
from flask import Flask

from surveyapp.questionnaire.kinds import Kind
from surveyapp.questionnaire.nodes import GoneError, find, ids_in
from surveyapp.questionnaire.scales import scales
from surveyapp.storage.audit import newest
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted, english, field, stored, writer
from tests.designing.making import sign_in

__all__ = ["writer"]
OVERALL = "questions/overall"
GOOD = "questions/streets/options/good"


def button(client: Client, beginning: str, page: str = "") -> str:
    """Return the value of the first button that does something."""
    found = client.page.select(f"button[name=do][value^='{beginning}']")  # type: ignore[union-attr]
    assert found, f"no button {beginning}"
    return str(found[0]["value"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_part_has_its_page_in_both_languages(
    app: Flask, writer: Client, language: str
) -> None:
    base = BASE.replace("/en/", f"/{language}/")
    for question in stored(app).questions():
        page = writer.get(f"{base}questions/{question.id}")
        assert page.language == language
        assert page.heading == question.text.get(language)
    assert writer.get(f"{base}sections/home").heading == {"en": "Home", "fr": "Home (fr)"}[language]
    writer.get(base)


def test_words_in_two_languages_are_saved_and_undone(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/overall")
    words = {field(OVERALL): "How is it?", field(OVERALL, language="fr"): "Comment est-ce?"}
    page = writer.press("Save", words)
    assert page.heading == "How is it?"
    assert "Saved at" in page.words
    assert english(app, OVERALL) == "How is it?"
    page = writer.press("Undo")
    assert page.heading == "About overall?"
    assert english(app, OVERALL) == "About overall?"


def test_one_rewritten_language_leaves_the_other_stale_until_somebody_looks(
    app: Flask, writer: Client
) -> None:
    writer.get(f"{BASE}questions/overall")
    page = writer.press("Save", {field(OVERALL): "How is it?"})
    assert "The other language changed since" in page.words
    # What it was translated from is shown, with what has become of it.
    (was,) = page.select(".was [lang=en]")
    assert [one.get_text() for one in was.select("del")]
    assert [one.get_text() for one in was.select("ins")]
    for said in was.select("ins, .hidden"):
        said.extract()
    assert was.get_text() == "About overall?"
    page = writer.press("Save", {f"h:{OVERALL}:text:fr": "yes"})
    assert "The other language changed since" not in page.words


def test_settings_options_and_their_scores_are_saved(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/streets")
    writer.press(
        "Save",
        {
            "s:questions/streets:required": "yes",
            "s:questions/streets:areas": ["prevention", "risk_intervention"],
            "s:questions/streets:factors": ["risk_housing"],
            "s:questions/streets:sensitivity": "sensitive",
            f"s:{GOOD}:score": "90,5",
            f"s:{GOOD}:favourable": "no",
            field(GOOD, "label"): "Great",
        },
    )
    streets, good = find(stored(app), "questions/streets"), find(stored(app), GOOD)
    assert (streets.required, streets.sensitivity) == (True, "sensitive")  # type: ignore[attr-defined]
    assert streets.areas == ("prevention", "risk_intervention")  # type: ignore[attr-defined]
    assert (good.score, good.favourable) == (90.5, False)  # type: ignore[attr-defined]
    assert good.label.get("en") == "Great"  # type: ignore[attr-defined]


def test_a_statement_has_tags_of_its_own(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/streets")
    calm = "questions/streets/statements/calm"
    writer.press("Save", {f"s:{calm}:areas": ["incident_response"]})
    assert find(stored(app), calm).areas == ("incident_response",)  # type: ignore[attr-defined]


def test_a_page_that_nobody_changed_saves_nothing(app: Flask, writer: Client) -> None:
    before, logged = stored(app), None
    for question in before.questions():
        writer.get(f"{BASE}questions/{question.id}")
        page = writer.press("Save")
        assert "Saved at" not in page.words
    with app.app_context():
        logged = newest()
    assert stored(app) == before
    assert not [one for one in logged if one.action == "draft_edited"]


def test_a_number_that_is_none_is_told_and_everything_typed_stays(
    app: Flask, writer: Client
) -> None:
    writer.get(f"{BASE}questions/times")
    name = "s:questions/times:minimum"
    page = writer.press("Save", {name: "few", field("questions/times"): "How often?"}, status=400)
    assert page.errors == (("s-questions-times-minimum", "Write a number in digits, such as 12.5"),)
    assert page.fields("Save")[field("questions/times")] == ["How often?"]
    assert english(app, "questions/times") == "About times?"


def test_two_people_on_different_texts_do_not_disturb_each_other(
    app: Flask, writer: Client
) -> None:
    mine = writer.get(f"{BASE}questions/streets")
    writer.get(f"{BASE}questions/streets")
    writer.press("Save", {field("questions/streets"): "Theirs?"})
    writer.press("Save", {field(GOOD, "label"): "Mine"}, on=mine)
    assert english(app, "questions/streets") == "Theirs?"
    assert english(app, GOOD, "label") == "Mine"


def test_who_writes_one_language_undoes_nothing_of_the_other(app: Flask, writer: Client) -> None:
    mine = writer.get(f"{BASE}questions/overall")
    writer.press("Save", {field(OVERALL): "Theirs?"})
    french = field(OVERALL, language="fr")
    page = writer.press("Save", {french: "La mienne?"}, on=mine, status=409)
    sent = page.fields("Save")
    assert (sent[field(OVERALL)], sent[french]) == (["Theirs?"], ["La mienne?"])
    writer.press("Save", {f"c:{OVERALL}:text": "mine"})
    text = find(stored(app), OVERALL).text  # type: ignore[attr-defined]
    assert (text.get("en"), text.get("fr")) == ("Theirs?", "La mienne?")


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_of_every_kind_is_added_after_this_one(
    app: Flask, writer: Client, kind: Kind
) -> None:
    writer.get(f"{BASE}questions/why")
    page = writer.press(button(writer, "add|sections/help|questions"), {"kind": kind.value})
    assert page.path == f"{BASE}questions/question_1"
    assert page.heading == "Not written yet"
    assert ids_in(find(stored(app), "sections/help"), "questions") == (
        "why",
        "question_1",
        "helped",
    )
    assert find(stored(app), "questions/question_1").kind is kind  # type: ignore[attr-defined]


def test_what_was_typed_is_saved_with_the_button_that_was_pressed(
    app: Flask, writer: Client
) -> None:
    writer.get(f"{BASE}questions/overall")
    page = writer.press("Add an answer", {field(OVERALL): "How is it?"})
    assert english(app, OVERALL) == "How is it?"
    # The next words are written there: a browser puts the cursor in what an address names.
    anchor = page.url.partition("#")[2] or "w-questions-overall-options-option_1-label-en"
    assert page.select(f"#card-questions-overall-options-option_1 textarea[id='{anchor}']")
    page = writer.press("Undo")
    assert english(app, OVERALL) == "About overall?"


def test_parts_are_moved_copied_removed_and_brought_back(app: Flask, writer: Client) -> None:
    order = ids_in(find(stored(app), "questions/streets"), "options")
    writer.get(f"{BASE}questions/streets")
    writer.press(button(writer, f"down|{GOOD}|"))
    assert ids_in(find(stored(app), "questions/streets"), "options")[:2] == (order[1], order[0])
    writer.press(button(writer, f"up|{GOOD}|"))
    writer.press(button(writer, f"copy|{GOOD}"))
    assert ids_in(find(stored(app), "questions/streets"), "options")[:2] == ("good", "good_1")
    writer.press(button(writer, f"remove|{GOOD}|"))
    assert "good" not in ids_in(find(stored(app), "questions/streets"), "options")
    writer.press("Undo")
    assert ids_in(find(stored(app), "questions/streets"), "options")[0] == "good"


def test_a_question_moves_over_the_end_of_its_section(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/helped")
    writer.press(button(writer, "down|questions/helped|"))
    assert ids_in(find(stored(app), "sections/more"), "questions")[0] == "helped"
    writer.press(button(writer, "up|questions/helped|"))
    assert ids_in(find(stored(app), "sections/help"), "questions")[-1] == "helped"


def test_a_removed_section_comes_back_with_undo(app: Flask, writer: Client) -> None:
    before = stored(app)
    writer.get(f"{BASE}sections/home")
    page = writer.press(button(writer, "remove|sections/home|"))
    assert page.path == BASE
    with pytest.raises(GoneError):
        find(stored(app), "sections/home")
    page = writer.press("Undo")
    assert stored(app) == before
    assert page.path == f"{BASE}sections/home"


def test_a_ready_made_scale_fills_the_answers(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/overall")
    writer.press("Replace the answers by these", {"scale": "satisfaction"})
    found = find(stored(app), OVERALL)
    assert found.options == scales()["satisfaction"]  # type: ignore[attr-defined]


def test_the_whole_survey_its_notice_and_its_priorities_are_written(
    app: Flask, writer: Client
) -> None:
    writer.get(BASE)
    writer.press("Add a priority", {"s::minutes": "7", field("", "title"): "Safe streets"})
    name = field("priorities/priority_1", "name")
    writer.press("Save", {name: "Homes", field("notice", "purpose"): "To plan"})
    draft = stored(app)
    assert (draft.minutes, draft.title.get("en")) == (7, "Safe streets")
    assert draft.priorities[0].name.get("en") == "Homes"
    assert draft.notice is not None
    assert draft.notice.purpose.get("en") == "To plan"


def test_problems_stand_beside_the_question_and_in_the_outline(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/overall")
    page = writer.press("Save", {field(OVERALL, language="fr"): ""})
    links = page.select(".near li a")
    assert [one.get_text() for one in links] == ["Write this text in French"]
    assert str(links[0]["href"]).endswith("#w-questions-overall-text-fr")
    assert page.select("#w-questions-overall-text-fr")
    assert "1 problem" in page.select(".outline")[0].get_text()


def test_translators_see_words_and_cannot_post_structure(app: Flask) -> None:
    drafted(app)
    client = sign_in(app, Role.translator)
    page = client.get(f"{BASE}questions/streets")
    assert not page.select("button[value^=add], button[value^=remove], [name^='s:']")
    client.press("Save", {field("questions/streets", language="fr"): "Les rues?"})
    assert find(stored(app), "questions/streets").text.get("fr") == "Les rues?"  # type: ignore[attr-defined]
    before = stored(app)
    forged = {**client.page.fields("Save"), "do": "add|questions/streets|options"}  # type: ignore[union-attr]
    client.post(f"{BASE}questions/streets", forged, status=403)
    assert stored(app) == before
    with app.app_context():
        assert newest()[0].action == "edit_refused"


@pytest.mark.parametrize(
    "button",
    ["", "x", "add|", "add||options", "add|questions/none|options", "remove||", "up|x|y"]
    + ["fill|questions/why|x", "copy|", "down|questions/none|x", "remove|questions/overall|wrong"],
)
def test_a_forged_button_changes_nothing(app: Flask, writer: Client, button: str) -> None:
    before = stored(app)
    page = writer.get(f"{BASE}questions/overall")
    writer.post(page.url, {**page.fields("Save"), "do": button})
    assert stored(app) == before


def test_analysts_and_other_municipalities_are_kept_out(app: Flask) -> None:
    drafted(app)
    analyst = sign_in(app, Role.analyst)
    assert "Questionnaires" not in analyst.get("/en/staff/").words
    for address in ("", "questions/overall", "texts", "review", "editions", "try/home"):
        analyst.get(BASE + address, status=403)


def test_staff_of_another_municipality_are_kept_out(app: Flask) -> None:
    drafted(app)
    client = sign_in(app, limited_to="oak")
    for address in ("", "sections/home", "questions/overall", "questions/overall/condition"):
        client.get(BASE + address, status=403)
    for address in ("texts", "review", "editions", "try/home"):
        client.get(BASE + address, status=403)
    assert BASE not in client.get("/en/staff/questionnaires/").text


def test_a_third_of_a_hundred_is_shown_short_and_kept_whole(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/overall")
    writer.press(button(writer, "fill|"), {"scale": "safety"})
    where = "questions/overall/options"
    reasonably = ids_in(find(stored(app), "questions/overall"), "options")[1]
    score = f"s:{where}/{reasonably}:score"
    kept = find(stored(app), f"{where}/{reasonably}").score  # type: ignore[attr-defined]
    assert writer.page.fields("Save")[score] == ["66.67"]  # type: ignore[union-attr]
    writer.press("Save", {f"s:{where}/{reasonably}:favourable": "no"})
    again = find(stored(app), f"{where}/{reasonably}")
    assert (again.favourable, again.score) == (False, kept)  # type: ignore[attr-defined]
    writer.press("Save", {score: "60.5"})
    assert find(stored(app), f"{where}/{reasonably}").score == 60.5  # type: ignore[attr-defined]
