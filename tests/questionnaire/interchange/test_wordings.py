"""Texts go to a translator and come back: exactly, row by row, and nothing that does not fit."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.questionnaire.drafting.editing import edit
from surveyapp.questionnaire.interchange.wordings.files import (
    READER_OF,
    WRITER_OF,
    read_translations,
)
from surveyapp.questionnaire.interchange.wordings.table import guarded, unguarded
from surveyapp.questionnaire.interchange.wordings.taking import Judged, Verdict, judge
from surveyapp.questionnaire.interchange.wordings.units import (
    Fault,
    Row,
    TranslationFileError,
    Unit,
    units,
)
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import find
from surveyapp.questionnaire.text import Text, TranslationState
from surveyapp.questionnaire.translation import rewritten
from tests.questionnaire.making import draft, node, whole

ENDINGS = (".csv", ".po", ".xlf")
LEGAL = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t").filter(
    lambda one: one not in "\ufffe\uffff"
)
WORDS = st.one_of(
    st.text(LEGAL, max_size=40),
    st.text(st.sampled_from("'=+-@\t\n|,;\"\\{}<>&a %"), max_size=12),
)


def made() -> Draft:
    """Give a draft with a text that is missing, one that is stale and one that is a draft."""
    bent = whole()
    node(bent, "why")["text"] = {"en": "Why {name}?"}
    node(bent, "overall")["text"] = rewritten(
        rewritten(rewritten(Text(), {"en": "How?"}), {"fr": "Comment?"}), {"en": "How is it?"}
    ).model_dump()
    return draft(bent)


DRAFT = made()


def back(
    ending: str, changed: dict[str, str], of: Draft = DRAFT, now: Draft | None = None
) -> dict[str, Judged]:
    """Send everything out, write some words into the file, and judge what comes back."""
    sent = [
        Unit(**{**vars(one), "target": changed.get(one.id.rpartition(":")[0], one.target)})
        for one in units(of, "en", "fr")
    ]
    rows = read_translations(f"x{ending}", WRITER_OF[ending](sent, "safety"))
    return {one.row.id.rpartition(":")[0]: one for one in judge(now or of, rows)}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_goes_out_and_comes_back_changes_nothing(ending: str) -> None:
    found = back(ending, {})
    assert len(found) == len(units(DRAFT, "en", "fr"))
    assert {one.verdict for one in found.values()} == {Verdict.unchanged}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_translation_that_comes_back_is_a_draft(ending: str) -> None:
    found = back(ending, {"questions/why:text": "Pourquoi {name}?"})["questions/why:text"]
    assert found.verdict is Verdict.taken
    assert found.command is not None
    text = find(edit(DRAFT, found.command).draft, "questions/why").text  # type: ignore[attr-defined]
    assert text.get("fr") == "Pourquoi {name}?"
    assert text.state("fr") is TranslationState.draft


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=40, deadline=None)
@given(source=WORDS, target=WORDS, note=st.text(LEGAL, max_size=10))
def test_any_words_come_back_exactly(ending: str, source: str, target: str, note: str) -> None:
    note = " ".join(note.split())
    key = "questions/why:text:0123456789abcdef"
    sent = Unit(key, "en", "fr", f"x{source}", target, TranslationState.draft, note)
    (row,) = read_translations(f"x{ending}", WRITER_OF[ending]([sent], "safety"))
    assert (row.id, row.source, row.target) == (key, sent.source, target)
    assert row.target_language == "fr"
    assert row.is_done


@given(WORDS)
def test_no_cell_begins_a_formula_and_every_guard_is_taken_back(words: str) -> None:
    assert guarded(words).lstrip(" ")[:1] not in tuple("=+-@\t\r|\uff1d\uff0b\uff0d\uff20")
    assert unguarded(guarded(words)) == words


def test_a_spreadsheet_of_the_french_separates_by_semicolons() -> None:
    lines = list(
        csv.reader(io.StringIO(WRITER_OF[".csv"](units(DRAFT, "en", "fr"), "").decode("utf-8-sig")))
    )
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(lines)
    rows = read_translations("x.csv", out.getvalue().encode())
    assert {one.verdict for one in judge(DRAFT, rows)} == {Verdict.unchanged}


def test_only_what_is_left_can_go_out() -> None:
    left = units(DRAFT, "en", "fr", only_left=True)
    assert [one.id.rpartition(":")[0] for one in left] == [
        "questions/why:text",
        "questions/overall:text",
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_stale_text_that_was_looked_at_is_confirmed(ending: str) -> None:
    sent = [
        Unit(**{**vars(one), "state": TranslationState.draft})
        for one in units(DRAFT, "en", "fr", only_left=True)
    ]
    rows = read_translations(f"x{ending}", WRITER_OF[ending](sent, ""))
    found = {one.where: one for one in judge(DRAFT, rows)}["questions/overall"]
    assert found.verdict is Verdict.confirmed
    assert found.command is not None
    text = find(edit(DRAFT, found.command).draft, "questions/overall").text  # type: ignore[attr-defined]
    assert text.state("fr") is TranslationState.draft


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Pourquoi?", Verdict.placeholders),
        ("Pourquoi {nom}?", Verdict.placeholders),
        ("Pourquoi {name} <b>?", Verdict.placeholders),
        ("Pourquoi {name}?" + "x" * 5000, Verdict.too_long),
    ],
)
def test_words_that_would_break_a_page_are_refused(
    ending: str, words: str, verdict: Verdict
) -> None:
    found = back(ending, {"questions/why:text": words})["questions/why:text"]
    assert found.verdict is verdict
    assert found.command is None


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_changed_since_the_export_is_refused(ending: str) -> None:
    bent = whole()
    node(bent, "why")["text"] = {"en": "Why, {name}?"}
    node(bent, "times")["text"] = {"en": "About times?", "fr": "Combien?"}
    changed = {"questions/why:text": "Pourquoi {name}?", "questions/times:text": "Combien de fois?"}
    found = back(ending, changed, now=draft(bent))
    assert found["questions/why:text"].verdict is Verdict.source_changed
    assert [one.words for one in found["questions/why:text"].pieces if one.fate == "added"] == [","]
    assert found["questions/times:text"].verdict is Verdict.translation_changed


def one_row(**more: object) -> Judged:
    unit = units(DRAFT, "en", "fr", only_left=True)[0]
    row = Row(2, unit.id, "en", "fr", unit.source, "Pourquoi {name}?")
    return next(judge(DRAFT, [Row(**{**vars(row), **more})]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({}, Verdict.taken),
        ({"id": ""}, Verdict.unknown_id),
        ({"id": "questions/none:text:0"}, Verdict.unknown_id),
        ({"id": "questions/why:kind:0"}, Verdict.unknown_id),
        ({"id": "questions/why:text"}, Verdict.unknown_id),
        ({"id": "questions/why:text:0"}, Verdict.translation_changed),
        ({"target_language": "es"}, Verdict.other_language),
        ({"source_language": "ar"}, Verdict.other_language),
        ({"target_language": "en"}, Verdict.other_language),
        ({"has_markup": True}, Verdict.markup),
        ({"target": "a\x00"}, Verdict.unprintable),
        ({"target": " "}, Verdict.unchanged),
    ],
)
def test_each_row_is_judged_for_itself(more: dict[str, object], verdict: Verdict) -> None:
    assert one_row(**more).verdict is verdict


def test_an_emptied_translation_is_left_as_it_is() -> None:
    assert back(".csv", {":title": ""})[":title"].verdict is Verdict.empty


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_text_that_stands_twice_is_taken_neither_time(ending: str) -> None:
    one = units(DRAFT, "en", "fr", only_left=True)[0]
    sent = [Unit(**{**vars(one), "target": words}) for words in ("Un {name}", "Deux {name}")]
    data = WRITER_OF[ending](sent, "")
    if ending == ".po":
        single = [WRITER_OF[ending]([each], "").decode() for each in sent]
        data = (single[0] + single[1][single[1].index("msgctxt") :]).encode()
    rows = read_translations(f"x{ending}", data)
    assert {found.verdict for found in judge(DRAFT, rows)} == {Verdict.twice}


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>'


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("x.docx", b"", Fault.unknown_ending),
        ("x", b"", Fault.unknown_ending),
        ("x.xlf", BOMB, Fault.entities),
        ("x.xlf", OUTSIDE, Fault.entities),
        ("x.xlf", b"<xliff><file></xliff>", Fault.not_xml),
        ("x.xlf", b"", Fault.not_xml),
        ("x.xlf", b"PK\x03\x04", Fault.not_xml),
        ("x.xlf", b"<html/>", Fault.not_xliff),
        ("x.xlf", b"<xliff/>", Fault.xliff_version),
        ("x.xlf", b'<xliff version="3.0"/>', Fault.xliff_version),
        ("x.xlf", b'<xliff xmlns="http://x" version="1.2"/>', Fault.xliff_version),
        ("x.xlf", b'<xliff version="2.0"/>', Fault.no_rows),
        ("x.sdlxliff", b"", Fault.working_file),
        ("x.xliff", b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', Fault.no_rows),
        ("x.csv", "id;é".encode("cp1252"), Fault.no_column),
        ("x.csv", "id;é".encode("mac-roman"), Fault.not_utf8),
        ("x.csv", "id;é".encode("cp850"), Fault.not_utf8),
        ("x.csv", "id".encode("utf-16"), Fault.no_column),
        ("x.csv", b"\xff\xfei", Fault.not_utf8),
        ("x.csv", b"PK\x03\x04\xff", Fault.not_utf8),
        ("x.csv", b"", Fault.no_rows),
        ("x.csv", b"id,source,target", Fault.no_column),
        ("x.csv", b"id,id,source_language,target_language,source,target", Fault.no_column),
        ("x.csv", b"id,source_language,target_language,source,target\r\n", Fault.no_rows),
        ("x.csv", b"id\n" * 20_002, Fault.too_many_rows),
        ("x.csv", b"id," + b"x" * 200_000, Fault.not_csv),
        ("x.po", b"hello", Fault.not_po),
        ("x.po", b'msgid "a\nmsgstr', Fault.no_language),
        ("x.po", b'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n', Fault.no_language),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_reason(
    name: str, data: bytes, fault: Fault
) -> None:
    with pytest.raises(TranslationFileError) as raised:
        read_translations(name, data)
    assert raised.value.fault is fault


def test_markup_of_a_translators_tool_is_told_from_segments() -> None:
    (first, _second) = units(DRAFT, "en", "fr", only_left=True)
    data = WRITER_OF[".xlf"]([first], "").decode()
    at = '<target state="needs-translation" />'
    assert at in data
    marked = data.replace(at, '<target><mrk mtype="seg" mid="1">Pourquoi {name}?</mrk></target>')
    tagged = data.replace(at, '<target>Pourquoi <g id="1">{name}</g>?</target>')
    verdicts = [
        next(judge(DRAFT, read_translations("x.xlf", one.encode()))).verdict
        for one in (marked, tagged)
    ]
    assert verdicts == [Verdict.taken, Verdict.markup]


def test_every_kind_of_file_that_is_written_is_read() -> None:
    assert set(WRITER_OF) <= set(READER_OF)
