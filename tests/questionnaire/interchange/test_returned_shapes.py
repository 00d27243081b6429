"""What programs of translators make of a file that they were given comes back whole.

The shapes are those of real programs; the words in them are our own.
"""

import csv
import io
import re
from collections.abc import Callable
from xml.etree.ElementTree import fromstring

import pytest

from surveyapp.questionnaire.interchange.wordings.files import WRITER_OF, read_translations
from surveyapp.questionnaire.interchange.wordings.taking import Verdict, judge
from surveyapp.questionnaire.interchange.wordings.units import (
    Fault,
    Row,
    TranslationFileError,
    Unit,
    units,
)
from tests.questionnaire.making import draft, node, whole

WHY = "questions/why:text"
ENGLISH = "Why, {name}? It’s not asked twice.\n\nSay it in your words."
FRENCH = "Pourquoi, {name}? On ne le demande\u00a0: qu’une fois.\n\nRépondez dans vos mots."
Change = Callable[[str], str]


def made() -> dict[str, object]:
    bent = whole()
    node(bent, "why")["text"] = {"en": ENGLISH}
    return bent


DRAFT = draft(made())


def sent(ending: str) -> str:
    """Write a file as a translator sends it back: one text more, the others as they were."""
    found = [
        Unit(**{**vars(one), "target": FRENCH}) if one.id.startswith(WHY) else one
        for one in units(DRAFT, "en", "fr")
    ]
    return WRITER_OF[ending](found, "safety").decode("utf-8-sig")


def taken(name: str, data: bytes, words: str = FRENCH) -> tuple[Row, ...]:
    """Read a file of which one text is new, word by word, and nothing else is; give its rows."""
    rows = read_translations(name, data)
    found = list(judge(DRAFT, rows))
    assert len(found) == len(units(DRAFT, "en", "fr"))
    assert {one.verdict for one in found} == {Verdict.taken, Verdict.unchanged}
    (new,) = (one for one in found if one.verdict is Verdict.taken)
    assert (f"{new.where}:{new.name}", new.row.target.strip()) == (WHY, words)
    return rows


def as_trados(file: str) -> str:
    """A byte order mark, segments beside the source, a namespace and definitions of its own."""
    file = re.sub(
        r"<source>([^<]+)</source>(\s*)<target[^>]*>([^<]+)</target>",
        r'<source>\1</source><seg-source><mrk mtype="seg" mid="1">\1</mrk></seg-source>'
        r'<target><mrk mtype="seg" mid="1">\3</mrk></target>'
        r'<sdl:seg-defs><sdl:seg id="1" conf="Translated" percent="100"/></sdl:seg-defs>',
        file,
    )
    file = file.replace("<body>", '<body><group id="g1">').replace("</body>", "</group></body>")
    own = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
    return "\ufeff" + file.replace("<xliff ", f"<xliff {own} ").replace("\n", "\r\n")


def as_memoq(file: str) -> str:
    """Attributes of its own, former wordings below the unit, regions in small letters."""
    file = file.replace("<xliff ", '<xliff xmlns:mq="MQXliff" ')
    file = file.replace("<trans-unit ", '<trans-unit mq:status="ManuallyConfirmed" ')
    older = (
        "<mq:minorversions><mq:historical-unit><source>Old</source><target>Vieux</target>"
        "</mq:historical-unit></mq:minorversions></trans-unit>"
    )
    return file.replace("</trans-unit>", older).replace('"fr-CA"', '"fr-ca"')


def as_phrase(file: str) -> str:
    """Other translations beside the chosen one, contexts and groups around each unit."""
    file = file.replace("<xliff ", '<xliff xmlns:m="http://www.memsource.com/mxlf/2.0" ')
    file = file.replace("<trans-unit ", '<group><trans-unit m:confirmed="1" ')
    beside = (
        '<alt-trans origin="memsource-tm" match-quality="0.9"><source>A</source>'
        "<target>Une autre</target></alt-trans></trans-unit></group>"
    )
    return file.replace("</trans-unit>", beside)


def as_smartcat(file: str) -> str:
    """Words as character data, approval on the unit and not on the target, no notes."""
    file = re.sub(r"<note>[^<]*</note>", "", file)
    file = re.sub(r"<target state=[^>]*?(/?)>", r"<target\1>", file)
    file = re.sub(r">([^<>]*\{name\}[^<>]*)<", r"><![CDATA[\1]]><", file)
    return file.replace("<trans-unit ", '<trans-unit approved="yes" ')


def as_weblate(file: str) -> str:
    """No namespace, languages with an underscore, codes beside ids of its own."""
    number = iter(range(1000))
    file = re.sub(r"trans-unit id=", lambda _: f'trans-unit id="u{next(number)}" resname=', file)
    return file.replace(' xmlns="urn:oasis:names:tc:xliff:document:1.2"', "").replace("-CA", "_CA")


def as_okapi(file: str) -> str:
    """What looked like a code of a program put in elements, once with words, once without."""
    file = file.replace("Why, {name}", 'Why, <ph id="0" ctype="x-code">{name}</ph>')
    return file.replace("Pourquoi, {name}", 'Pourquoi, <x id="0" equiv-text="{name}"/>')


def as_two(file: str) -> str:
    """Version 2: sentences apart, codes as names, languages on the outermost element."""
    root, out, space = fromstring(file.encode()), [], "{urn:oasis:names:tc:xliff:document:1.2}"
    for number, unit in enumerate(root.iter(f"{space}trans-unit")):
        source, target = (unit.findtext(f"{space}{one}") or "" for one in ("source", "target"))
        pairs = [*zip(*(one.split("\n\n", 1) for one in (source, target)), strict=False)]
        gap = "<ignorable><source>\n\n</source></ignorable>"
        said = gap.join(
            f'<segment state="translated"><source>{one}</source><target>{other}</target></segment>'
            for one, other in pairs
        ).replace("{name}", '<ph id="1" equiv="{name}"/>')
        out.append(f'<unit id="u{number}" name="{unit.get("id")}">{said}</unit>')
    head = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.1" version="2.1" srcLang="en-CA"'
    return f'{head} trgLang="fr-CA"><file id="f1">{"".join(out)}</file></xliff>'


@pytest.mark.parametrize(
    "shape", [as_trados, as_memoq, as_phrase, as_smartcat, as_weblate, as_okapi, as_two]
)
def test_an_xliff_file_comes_back_from_a_program(shape: Change) -> None:
    changed = shape(sent(".xlf"))
    assert changed != sent(".xlf")
    rows = taken("x.xliff", changed.encode())
    assert [one.number for one in rows] == [*range(1, len(rows) + 1)]


def test_an_xliff_file_comes_back_in_two_bytes_a_letter() -> None:
    file = sent(".xlf").replace("encoding='utf-8'", 'encoding="utf-16"')
    assert "utf-16" in file
    taken("x.xlf", file.encode("utf-16"))


def test_a_program_that_folds_lines_changes_nothing_but_its_own_words() -> None:
    """Pretty-printing puts every word of every unit on one line, and spaces around it."""
    folded = re.sub(
        r"<(source|target)([^>/]*)>([^<]+)<",
        lambda one: f"<{one[1]}{one[2]}>\n   {' '.join(one[3].split())}\n  <",
        sent(".xlf"),
    )
    taken("x.xlf", folded.encode(), " ".join(FRENCH.split()))


@pytest.mark.parametrize("version", [1, 2])
def test_a_text_of_which_a_part_is_not_translated_is_not_taken(version: int) -> None:
    first, second = ENGLISH.split("\n\n")
    file = sent(".xlf")
    if version == 1:
        segments = f'<mrk mtype="seg" mid="1">{first}</mrk>\n\n<mrk mtype="seg" mid="2">{second}'
        file = file.replace(
            f"<source>{ENGLISH}</source>",
            f"<source>{ENGLISH}</source><seg-source>{segments}</mrk></seg-source>",
        )
        half = '<target><mrk mtype="seg" mid="1">Pourquoi, {name}?</mrk><mrk mtype="seg" mid="2"/>'
        file = re.sub(r"<target[^>]*>Pourquoi[^<]*", half, file)
    else:
        file = as_two(file).replace(FRENCH.split("\n\n")[1], "")
    found = {
        one.where: one.verdict for one in judge(DRAFT, read_translations("x.xlf", file.encode()))
    }
    assert found["questions/why"] is Verdict.partial


def test_elements_within_elements_without_end_are_no_trouble() -> None:
    deep = "<g>" * 50_000 + "</g>" * 50_000
    unit = f'<trans-unit id="a:b:c"><source>A</source><target>{deep}</target></trans-unit>'
    file = f'<xliff version="1.2"><file target-language="fr"><body>{unit}</body></file></xliff>'
    (row,) = read_translations("x.xlf", file.encode())
    assert (row.target, row.has_markup) == ("", True)


def as_poedit(file: str) -> str:
    """Lines of at most 79 letters, contexts too, with Windows line ends."""

    def wrapped(line: re.Match[str]) -> str:
        parts = re.findall(r".{1,40}(?:\\n|[ /]|$)", line[2]) or [line[2]]
        return f'{line[1]} ""\n' + "\n".join(f'"{part}"' for part in parts)

    file = re.sub(r'^(msgctxt|msgid|msgstr) "(.{30,})"$', wrapped, file, flags=re.MULTILINE)
    return file.replace("\n", "\r\n")


def as_weblate_po(file: str) -> str:
    """Obsolete messages at the end, former wordings, another header and plural forms."""
    file = file.replace("msgctxt", '#| msgid "Was"\n#, fuzzy, python-brace-format\nmsgctxt', 1)
    file += '\n#~ msgctxt "questions/why:text:0"\n#~ msgid "Old"\n#~ msgstr "Vieux"\n'
    head = '"X-Generator: Weblate 5.5.3\\n"\n"Plural-Forms: nplurals=2; plural=n > 1;\\n"\n'
    return file.replace('"Language: ', f'{head}"Language: ', 1)


def as_crowdin(file: str) -> str:
    """A byte order mark, places of messages, its own names for languages."""
    file = file.replace("msgctxt", "#: /main/safety.po:1\nmsgctxt").replace("utf-8", "UTF8")
    head = '"X-Crowdin-Project: safety\\n"\n"X-Crowdin-Language: fr\\n"\n'
    file = file.replace('"Language: ', f'{head}"Language: ', 1)
    return "\ufeff" + re.sub(r'"Language: fr_CA', '"Language: fr-CA', file)


@pytest.mark.parametrize("shape", [as_poedit, as_weblate_po, as_crowdin])
def test_a_po_file_comes_back_from_a_program(shape: Change) -> None:
    changed = shape(sent(".po"))
    assert changed != sent(".po")
    taken("x.po", changed.encode())


def test_a_po_file_may_be_in_the_character_set_that_it_names() -> None:
    file = sent(".po").replace("utf-8", "ISO-8859-15").replace("’", "'").encode("iso-8859-15")
    rows = read_translations("x.po", file)
    assert {one.target for one in rows if one.id.startswith(WHY)} == {FRENCH.replace("’", "'")}
    with pytest.raises(TranslationFileError):
        read_translations("x.po", file.replace(b"ISO-8859-15", b"punycode"))


def test_a_message_that_stands_twice_is_found_where_its_context_is_folded() -> None:
    file = as_poedit(sent(".po"))
    message = file[file.index("msgctxt") :].split("\r\n\r\n")[0]
    rows = read_translations("x.po", f"{file}\r\n{message}\r\n".encode())
    assert Verdict.twice in {one.verdict for one in judge(DRAFT, rows)}


def as_excel(separator: str, lines: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=lines)
    writer.writerows(csv.reader(io.StringIO(sent(".csv"), newline="")))
    return out.getvalue()


SAVED = {
    "csv": as_excel(",").encode("cp1252"),
    "french": as_excel(";").encode("cp1252"),
    "utf8": as_excel(";").encode("utf-8-sig"),
    "unicode": as_excel("\t").encode("utf-16"),
    "macintosh": as_excel(",", "\r").encode("utf-8"),
}


@pytest.mark.parametrize("how", SAVED)
def test_a_table_comes_back_as_a_spreadsheet_saves_it(how: str) -> None:
    taken("x.txt" if how == "unicode" else "x.csv", SAVED[how])


def test_letters_that_a_spreadsheet_would_have_lost_are_not_guessed() -> None:
    file = as_excel(",").replace(",fr,", ",oj,")
    with pytest.raises(TranslationFileError) as raised:
        read_translations("x.csv", file.encode("cp1252"))
    assert raised.value.fault is Fault.not_utf8
    with pytest.raises(TranslationFileError):
        read_translations("x.csv", as_excel(",").encode("mac-roman"))
