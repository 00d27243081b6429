"""What is known while the survey sheet is read: names, lists, and conditions still to be read."""

from dataclasses import dataclass, field

from surveyapp.questionnaire.interchange.choices import ChoiceList
from surveyapp.questionnaire.interchange.headers import Line
from surveyapp.questionnaire.interchange.names import slug
from surveyapp.questionnaire.interchange.own import Document
from surveyapp.questionnaire.interchange.relevance import Asked
from surveyapp.questionnaire.interchange.report import Code, Log
from surveyapp.questionnaire.interchange.tree import Leaf


@dataclass
class Pending:
    """A question whose condition is read when all questions are known."""

    made: Document
    relevants: tuple[Line, ...]
    exact: object = None


@dataclass
class Reading:
    """What is known while the survey sheet is read."""

    lists: dict[str, ChoiceList]
    log: Log
    known: dict[str, Asked] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    pending: list[Pending] = field(default_factory=list)
    specified: list[Leaf] = field(default_factory=list)
    lines: dict[str, Line] = field(default_factory=dict)
    listed: dict[str, ChoiceList] = field(default_factory=dict)

    def name(self, line: Line, otherwise: str) -> str:
        """Give a question its id, and tell when it is not its name."""
        name = line.get("name")
        made = slug(name or otherwise, self.taken)
        self.taken.add(made)
        self.lines[made] = line
        if name and made != name:
            self.log.changed(Code.renamed, line.number, line.named("name"), old=name, new=made)
        return made

    def remember(self, name: str, asked: Asked) -> None:
        """Let conditions look at a question; a name that two have is nobody's."""
        if name in self.known:
            self.ambiguous.add(name)
        self.known[name] = asked

    def options(self, leaf: Leaf) -> ChoiceList:
        """Find the list of choices of a row."""
        listed = self.lists.get(leaf.type.choices)
        if listed is None:
            self.refused(Code.unknown_list, leaf, "type", name=leaf.type.choices)
            return ChoiceList(leaf.line)
        listed.used = True
        return listed

    def refused(self, code: Code, leaf: Leaf, column: str, **limits: object) -> None:
        """Refuse a cell of a row."""
        self.log.refused(code, leaf.line.number, leaf.line.named(column), **limits)
