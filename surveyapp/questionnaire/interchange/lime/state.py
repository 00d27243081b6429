"""What is known while questions of LimeSurvey are read: rows below them, and earlier answers."""

from dataclasses import dataclass, field

from surveyapp.questionnaire.interchange.lime.tables import Lime, Record
from surveyapp.questionnaire.interchange.names import slug
from surveyapp.questionnaire.interchange.relevance import Asked
from surveyapp.questionnaire.interchange.report import Code


@dataclass
class Answers:
    """The rows below a question, each with all its languages."""

    options: list[list[Record]] = field(default_factory=list)
    parts: list[list[Record]] = field(default_factory=list)
    attributes: dict[str, Record] = field(default_factory=dict)
    by_language: dict[str, list[Record]] = field(default_factory=dict)

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, or an empty string."""
        row = self.attributes.get(name)
        return row.get("value") if row else ""


@dataclass
class State:
    """What is known while the questions are read."""

    lime: Lime
    known: dict[str, Asked] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    def name(self, row: Record, name: str) -> str:
        """Give a question its id, and tell when it is not its name."""
        made = slug(name, self.taken)
        self.taken.add(made)
        if made != name:
            self.lime.changed(Code.renamed, row, "title", old=name, new=made)
        return made

    def remember(self, row: Record, asked: Asked, part: Record | None = None) -> None:
        """Let conditions look at an answer by each of the names it has had over the versions.

        "mood", "7X1X10" and, since version 7, "Q10"; with a part: "food_SQ2", "7X1X11SQ2" and
        "Q11_S12". A name that two answers have is nobody's.
        """
        title, code = row.get("title"), part.get("title") if part else ""
        old = f"{row.get('sid')}X{row.get('gid')}X{row.get('qid')}{code}"
        new = f"Q{row.get('qid')}" + (f"_S{part.get('qid')}" if part else "")
        for name in (f"{title}_{code}" if part else title, old, new):
            if self.known.get(name, asked) != asked:
                self.unsure.add(name)
            if name in self.unsure:
                self.known.pop(name, None)
            else:
                self.known[name] = asked


def whole(below: Answers, name: str, lime: Lime) -> int | None:
    """Return an attribute that is a whole number; None if it is not there, or refused."""
    value = below.attribute(name)
    if not value:
        return None
    if value.isdecimal() and len(value) < 10:
        return int(value)
    row = below.attributes[name]
    lime.refused(Code.constraint, row, name, text=value[:60])
    return None
