"""Two people on one part: the second sees what each changed, chooses, and loses no word."""

import pytest
from bs4 import Tag
from flask import Flask

from surveyapp.questionnaire.nodes import find
from surveyapp.storage.audit import Action, Wanted, newest
from surveyapp.storage.people.staff import Role
from tests.client import Client, Page
from tests.designing.drafting import BASE, drafted, english, field, stored, writer
from tests.designing.making import sign_in
from tests.reporting.making import signed_in

__all__ = ["writer"]
OVERALL = "questions/overall"
WORDS, FRENCH = field(OVERALL), field(OVERALL, language="fr")
CHOICE = f"c:{OVERALL}:text"


@pytest.fixture
def other(app: Flask, writer: Client) -> Client:
    """A colleague's browser on the same draft."""
    return signed_in(app, Role.publisher)


def marked(shown: Tag) -> str:
    """Read words as they are marked, with what is said of each mark."""
    return " ".join(shown.get_text().split())


def quarrel(writer: Client, other: Client, mine: dict[str, str]) -> Page:
    """Let a colleague rewrite both languages after the writer opened the page; save anyway."""
    opened = writer.get(f"{BASE}{OVERALL}")
    other.get(f"{BASE}{OVERALL}")
    other.press("Save", {WORDS: "About all?", FRENCH: "À propos de tout?"})
    return writer.press("Save", mine, on=opened, status=409)


def test_the_second_sees_who_changed_what_and_what_they_changed_themselves(
    app: Flask, writer: Client, other: Client
) -> None:
    page = quarrel(writer, other, {WORDS: "About overall now?"})
    (clash,) = page.select(".contested")
    assert "after you opened the page, publisher@county.example changed this." in page.words
    said = [marked(one) for one in clash.select("dd")]
    assert said == [
        "About [taken out: overall][added: all]?",
        "About overall[added: now]?",
        "[taken out: About overall][added: À propos de tout]?[taken out: (fr)]",
        "About overall? (fr)",
    ]
    assert [str(one["lang"]) for one in clash.select("dd")] == ["en", "en", "fr", "fr"]
    # What was typed is in the field; what was left alone is as the colleague made it.
    sent = page.fields("Save")
    assert (sent[WORDS], sent[FRENCH]) == (["About overall now?"], ["À propos de tout?"])
    assert english(app, OVERALL) == "About all?"


def test_who_keeps_their_own_words_keeps_the_other_language_of_the_first(
    app: Flask, writer: Client, other: Client
) -> None:
    quarrel(writer, other, {WORDS: "About overall now?"})
    page = writer.press("Save", {CHOICE: "mine"})
    assert not page.select(".contested, .aside")
    text = find(stored(app), OVERALL).text  # type: ignore[attr-defined]
    assert (text.get("en"), text.get("fr")) == ("About overall now?", "À propos de tout?")


def test_who_takes_the_other_s_words_has_their_own_at_hand(
    app: Flask, writer: Client, other: Client
) -> None:
    quarrel(writer, other, {WORDS: "About overall now?"})
    page = writer.press("Save", {CHOICE: "theirs"})
    assert english(app, OVERALL) == "About all?"
    assert page.fields("Save")[WORDS] == ["About all?"]
    assert [marked(one) for one in page.select(".aside .words")] == ["About overall now?"]
    # They stay while something else is saved, and come back with one press.
    page = writer.press("Save", {field(f"{OVERALL}/options/good", "label"): "Fine"})
    assert "Saved at" in page.words
    page = writer.press("Use what I wrote after all")
    assert english(app, OVERALL) == "About overall now?"
    assert english(app, f"{OVERALL}/options/good", "label") == "Fine"
    assert not page.select(".aside")


def test_somebody_in_two_windows_is_told_that_it_was_them(app: Flask, writer: Client) -> None:
    opened = writer.get(f"{BASE}{OVERALL}")
    writer.press("Save", {WORDS: "First?"})
    page = writer.press("Save", {WORDS: "Second?"}, on=opened, status=409)
    assert "you changed this yourself, in another window." in page.words


def test_without_a_memory_of_the_beginning_both_are_compared(
    app: Flask, writer: Client, other: Client
) -> None:
    opened = writer.get(f"{BASE}{OVERALL}")
    forged = {**opened.fields("Save"), WORDS: "About overall now?", f"m:{OVERALL}:text": "0" * 16}
    page = writer.post(opened.url, forged, status=409)
    assert "Somebody else changed this since you opened the page." in page.words
    assert "Marked is what differs from what is there now" in page.words
    assert marked(page.select(".contested dd")[1]) == "About overall[added: now]?"


def test_contested_settings_are_shown_side_by_side_and_chosen(
    app: Flask, writer: Client, other: Client
) -> None:
    opened = writer.get(f"{BASE}questions/why")
    other.get(f"{BASE}questions/why")
    other.press("Save", {"s:questions/why:required": "yes"})
    page = writer.press("Save", {"s:questions/why:at_most": "50"}, on=opened, status=409)
    said = [marked(one) for one in page.select(".contested dt, .contested dd")]
    assert said == [
        "Most characters",
        "When you opened the page: 20",
        "There now: 20",
        "What you set: [changed: 50]",
        "People must answer this question to go on",
        "When you opened the page: No",
        "There now: [changed: Yes]",
        "What you set: No",
    ]
    # What was left alone is as somebody else made it, and stays so.
    assert page.fields("Save")["s:questions/why:required"] == ["yes"]
    writer.press("Save", {"c:questions/why:": "mine"})
    why = find(stored(app), "questions/why")
    assert (why.at_most, why.required) == (50, True)  # type: ignore[attr-defined]


def test_a_question_that_somebody_removed_is_put_back_and_its_words_are_not_lost(
    app: Flask, writer: Client, other: Client
) -> None:
    opened = writer.get(f"{BASE}{OVERALL}")
    other.get(f"{BASE}{OVERALL}")
    other.press("Remove About overall?")
    page = writer.press("Save", {WORDS: "Mine?"}, on=opened, status=409)
    assert page.heading == "This question was removed"
    assert "publisher@county.example removed it." in page.words
    assert [marked(one) for one in page.select(".aside dd")] == ["Mine?"]
    page = writer.press("Put it back")
    assert page.path == f"{BASE}{OVERALL}"
    assert english(app, OVERALL) == "About overall?"
    with app.app_context():
        (line,) = newest(9, Wanted(action=Action.edit_refused))
    assert line.subject == f"safety: gone at {OVERALL}"


def test_words_for_an_answer_that_is_gone_are_shown_and_the_rest_is_saved(
    app: Flask, writer: Client, other: Client
) -> None:
    good = f"{OVERALL}/options/good"
    opened = writer.get(f"{BASE}{OVERALL}")
    other.get(f"{BASE}{OVERALL}")
    other.press("Remove Answer 1")
    mine = {field(good, "label"): "Very good", WORDS: "Mine?"}
    page = writer.press("Save", mine, on=opened, status=409)
    assert "Somebody removed what you changed" in page.words
    assert [marked(one) for one in page.select(".aside dd")] == ["Very good"]
    assert english(app, OVERALL) == "Mine?"


def test_a_translator_chooses_even_where_the_list_no_longer_has_the_text(app: Flask) -> None:
    drafted(app)
    first, second = sign_in(app, Role.translator), signed_in(app, Role.translator)
    listed = f"{BASE}texts?of=fr&state=original"
    second.get(listed)
    opened = second.page
    first.get(listed)
    first.press("Save", {field("", "title", "fr"): "La leur"})
    page = second.press("Save", {field("", "title", "fr"): "La mienne"}, on=opened, status=409)
    assert page.select(".contested dd[lang=fr] ins")
    second.press("Save", {"c::title": "theirs"})
    assert stored(app).title.get("fr") == "La leur"
    second.press("Use what I wrote after all")
    assert stored(app).title.get("fr") == "La mienne"
