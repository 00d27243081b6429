"""Small files of LimeSurvey for tests, as it writes them."""

from typing import Any
from xml.sax.saxutils import escape

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def document(tables: Tables, languages: tuple[str, ...] = ("fr", "en"), head: str = "") -> bytes:
    """Write tables as an .lss file."""
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>{head}<document>']
    parts.append("<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>498</DBVersion>")
    codes = "".join(f"<language>{code}</language>" for code in languages)
    parts.append(f"<languages>{codes}</languages>")
    for name, rows in tables.items():
        parts.append(f"<{name}><fields/><rows>")
        for row in rows:
            cells = "".join(f"<{key}>{escape(str(value))}</{key}>" for key, value in row.items())
            parts.append(f"<row>{cells}</row>")
        parts.append(f"</rows></{name}>")
    return "".join([*parts, "</document>"]).encode()


def group(gid: int, title: str, **more: Any) -> Tables:
    """Give a group with its words in two languages."""
    row = {"gid": gid, "sid": 7, "group_order": gid, "grelevance": "", **more}
    words = [
        {"gid": gid, "group_name": f"{title} ({code})", "description": "", "language": code}
        for code in ("fr", "en")
    ]
    return {"groups": [row], "group_l10ns": words}


def asked(
    qid: int,
    kind: str,
    title: str,
    *,
    gid: int = 1,
    answers: tuple[str, ...] = (),
    parts: tuple[str, ...] = (),
    attributes: dict[str, str] | None = None,
    **more: Any,
) -> Tables:
    """Give a question with its answers, subquestions and attributes."""
    row = {"qid": qid, "sid": 7, "gid": gid, "parent_qid": 0, "type": kind, "title": title}
    row |= {"question_order": qid, "other": "N", "mandatory": "N", "relevance": "1", **more}
    found: Tables = {"questions": [row], "question_l10ns": worded(qid, title)}
    found["answers"] = [
        {"aid": f"{qid}{code}", "qid": qid, "code": code, "sortorder": order, "scale_id": 0}
        for order, code in enumerate(answers)
    ]
    found["answer_l10ns"] = [
        {"aid": f"{qid}{code}", "answer": f"{code} ({language})", "language": language}
        for code in answers
        for language in ("fr", "en")
    ]
    found["subquestions"] = [
        {"qid": qid * 100 + order, "parent_qid": qid, "sid": 7, "gid": gid, "title": code}
        | {"type": kind, "question_order": order, "relevance": "1", "scale_id": 0}
        for order, code in enumerate(parts)
    ]
    for order, code in enumerate(parts):
        found["question_l10ns"] += worded(qid * 100 + order, code)
    found["question_attributes"] = [
        {"qid": qid, "attribute": name, "value": value}
        for name, value in (attributes or {}).items()
    ]
    return found


def worded(qid: int, title: str) -> list[Row]:
    """Give the words of a question in two languages."""
    return [
        {"qid": qid, "question": f"<p>{title} &amp; {code}?</p>", "help": "", "language": code}
        for code in ("fr", "en")
    ]


def file(*parts: Tables, head: str = "", languages: tuple[str, ...] = ("fr", "en")) -> bytes:
    """Put parts together into a file with one group at least."""
    settings = [
        {
            "surveyls_language": code,
            "surveyls_title": f"Safety ({code})",
            "surveyls_welcometext": "<b>Hello</b>",
            "surveyls_endtext": "",
        }
        for code in ("fr", "en")
    ]
    tables: Tables = {"surveys_languagesettings": settings}
    for part in (group(1, "Home"), *parts):
        for name, rows in part.items():
            tables.setdefault(name, []).extend(rows)
    return document({name: rows for name, rows in tables.items() if rows}, languages, head)
