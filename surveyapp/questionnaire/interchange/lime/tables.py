"""A LimeSurvey file as tables of rows, and its words by language without their markup."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from surveyapp.questionnaire.interchange.languages import language_code
from surveyapp.questionnaire.interchange.report import Code, Log

MOST_BYTES = 20_000_000
MOST_ROWS = 100_000
# LimeSurvey puts an answer, a name or a sum where it finds braces around anything but space.
_PLACEHOLDER = re.compile(r"\{[^\s{}][^{}]*\}")
# What words lose with their markup: where a link leads, and what is seen or heard.
_UNPLAIN = re.compile(r"<(?:img|video|audio|iframe|object|embed|a\s[^>]*href)\b", re.IGNORECASE)
_BLOCKS = frozenset(("p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol"))
_UNSEEN = frozenset(("script", "style"))


@dataclass(frozen=True)
class Record:
    """A row of a table; ``number`` counts from 1 within its table."""

    table: str
    number: int
    fields: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a field without the space around it, or an empty string."""
        return self.fields.get(name, "").strip()


@dataclass
class Lime:
    """The tables of a file; ``languages`` maps LimeSurvey's codes to ours, the base first."""

    log: Log
    tables: dict[str, list[Record]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)

    def rows(self, table: str) -> list[Record]:
        """Return the rows of a table, none if the file has no such table."""
        return self.tables.get(table, [])

    def refused(self, code: Code, row: Record, column: str, **limits: object) -> None:
        """Refuse a field of a row."""
        self.log.on(row.table).refused(code, row.number, column, **limits)

    def changed(self, code: Code, row: Record, column: str, **limits: object) -> None:
        """Note a field that was taken otherwise than it stood."""
        self.log.on(row.table).changed(code, row.number, column, **limits)

    def left(self, code: Code, row: Record, column: str, **limits: object) -> None:
        """Note a field that was not taken and does no harm."""
        self.log.on(row.table).left(code, row.number, column, **limits)

    def words(self, rows: list[Record], column: str) -> dict[str, str]:
        """Return what a column says in each language, without markup."""
        found: dict[str, str] = {}
        for row in rows:
            language = self.languages.get(row.get("language"))
            written = plain_words(row.get(column))
            if not language or not written:
                continue
            if _UNPLAIN.search(row.get(column)):
                self.left(Code.media_left, row, column)
            if _PLACEHOLDER.search(written):
                self.refused(Code.reference_in_text, row, column, text=written[:60])
            found[language] = written
        return found


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN and self.unseen > 0
        if tag in _BLOCKS - {"br"}:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.found.append(data)


def plain_words(written: str) -> str:
    """Take the markup off: our texts are plain. Paragraphs stay apart."""
    reader = _Words()
    try:
        reader.feed(written)
        reader.close()
    except AssertionError:  # what the parser makes of a torn declaration
        reader.found = [written]
    text = "".join(reader.found).replace("\r", "\n")
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _records(root: Element) -> Iterator[Record]:
    for table in root:
        for number, row in enumerate(table.iterfind("rows/row"), 1):
            yield Record(table.tag, number, {cell.tag: cell.text or "" for cell in row})


def _parsed(data: bytes, log: Log) -> Element | None:
    if len(data) > MOST_BYTES:
        log.refused(Code.too_big, most=MOST_BYTES, size=len(data))
        return None
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        log.refused(Code.not_a_lime_survey, reason=type(error).__name__)
        return None
    if root.tag != "document" or root.findtext("LimeSurveyDocType") != "Survey":
        log.refused(Code.not_a_lime_survey, reason=root.tag[:40])
    return root


def read_tables(data: bytes, log: Log) -> Lime:
    """Read the tables; entities and document types are refused before anything is expanded.

    :raise FileRefusedError: if it is no survey of LimeSurvey, or too big.
    """
    root = _parsed(data, log)
    log.stop_if_refused()
    assert root is not None
    lime = Lime(log)
    for count, record in enumerate(_records(root)):
        if count >= MOST_ROWS:
            log.refused(Code.too_many_rows, most=MOST_ROWS)
            break
        lime.tables.setdefault(record.table, []).append(record)
    _languages(root, lime)
    log.stop_if_refused()
    return lime


def _languages(root: Element, lime: Lime) -> None:
    for written in (one.text or "" for one in root.iterfind("languages/language")):
        code = language_code(written)
        if code is None or code in lime.languages.values():
            lime.log.on("languages").refused(Code.unknown_language, language=written)
        else:
            lime.languages[written] = code
