"""A language has the program's sentences from its catalogue; what that lacks is said in English."""

from pathlib import Path

import pytest
from flask import Flask

from surveyapp import create_app
from surveyapp.catalogues import FOLDER, read_catalogue
from surveyapp.marking import heard
from surveyapp.questionnaire.tongues import bare, isolated, marked, one_deep, said
from tests.answering.making import in_the_field
from tests.client import Client
from tests.conftest import dispose, settings_for
from tests.storage.making import SLUG
from tests.tongues import survey

HEADER = r"""
msgid ""
msgstr ""
"Language: ar\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);\n"
"""  # noqa: E501
ARABIC = f"""{HEADER}
msgid "Continue"
msgstr "متابعة"

msgid "Page %(number)s of %(total)s"
msgstr "الصفحة %(number)s من %(total)s"

msgid "It takes about %(num)s minute."
msgid_plural "It takes about %(num)s minutes."
msgstr[0] "لا يستغرق وقتاً."
msgstr[1] "يستغرق دقيقة واحدة."
msgstr[2] "يستغرق دقيقتين."
msgstr[3] "يستغرق حوالي %(num)s دقائق."
msgstr[4] "يستغرق حوالي %(num)s دقيقة."
msgstr[5] "يستغرق حوالي %(num)s دقيقة."
"""


def test_what_a_catalogue_has_is_said_and_the_rest_is_english(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "ar.po").write_text(ARABIC, "utf-8")
    database = tmp_path / "own.db"
    database.write_bytes(migrated_sqlite.read_bytes())
    app: Flask = create_app(settings_for(f"sqlite:///{database}", tmp_path))
    try:
        in_the_field(app, survey())
        client = Client(app)
        assert "يستغرق حوالي 3 دقائق." in client.get(f"/ar/surveys/{SLUG}/").words
        client.get(f"/ar/surveys/{SLUG}/notice")
        page = client.press()
        assert page.button("متابعة").select("[lang]") == []
        assert page.select(".progress p")[0].get_text() == "الصفحة 1 من 3"
        assert page.select("main button.plain [lang=en]")
        # Ojibwe has no catalogue: all of it is English, and says so.
        client.get(f"/oj/surveys/{SLUG}/notice")
        assert client.press().button().select("[lang=en]")
    finally:
        dispose(app)


@pytest.mark.parametrize(
    "written",
    [
        "this is no catalogue",
        HEADER + 'msgid "Call %(telephone)s."\nmsgstr "%(phone)s"\n',
    ],
    ids=["no catalogue", "another placeholder"],
)
def test_a_catalogue_that_cannot_be_used_is_refused_by_name(tmp_path: Path, written: str) -> None:
    path = tmp_path / "ar.po"
    path.write_text(written, "utf-8")
    with pytest.raises(ValueError, match=r"ar\.po"):
        read_catalogue(path)


def test_words_are_marked_where_html_can_say_it() -> None:
    english = marked("Day 1", "en")
    assert heard(f"<p>{english}</p>") == '<p><span lang="en" dir="ltr">Day 1</span></p>'
    inner = marked(f"Change {marked('شارع', 'ar')}.", "en")
    assert heard(f"<p>{inner}</p>") == (
        '<p><span lang="en" dir="ltr">Change <span lang="ar" dir="rtl">شارع</span>.</span></p>'
    )
    assert heard(f"<option>{english}</option>") == '<option lang="en" dir="ltr">Day 1</option>'
    assert heard(f"<title>{english} – شارع</title>") == "<title>Day 1 – شارع</title>"
    assert (
        heard(f'<p data-busy="{english}"></p>') == '<p data-busy="Day 1" lang="en" dir="ltr"></p>'
    )
    assert heard(f'<nav data-x="{english}"><a>شارع</a></nav>') == (
        '<nav data-x="Day 1"><a>شارع</a></nav>'
    )
    assert heard(f"<b>{marked('613 555')}</b>") == "<b><bdi>613 555</bdi></b>"


def test_marks_that_do_not_match_leave_nothing_behind() -> None:
    assert heard(f"<p>x{marked('y', 'en')[-1]}</p>") == "<p>x</p>"
    assert bare(marked("a", "en")) == "a"
    assert isolated(marked("a", "ar")) == "\u2067a\u2069"
    assert one_deep(marked(f"a{marked('b', 'ar')}", "en")) == (
        "\ufdd0en\ufdd1\u2066a\u2067b\u2069\u2069\ufdd2"
    )


def test_words_of_a_municipality_are_english_where_it_has_no_others() -> None:
    names = {"en": "Elm", "fr": "Orme", "oj": "ᐊᓂᐱ"}
    assert (said(names, "fr"), said(names, "oj")) == ("Orme", "ᐊᓂᐱ")
    assert said(names, "ar") == marked("Elm", "en")
