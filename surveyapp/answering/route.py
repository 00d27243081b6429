"""Where a resident stands in a questionnaire: what is asked, what is done, what comes next."""

from dataclasses import dataclass
from functools import cached_property

from surveyapp.answering.municipality import profile_id_of
from surveyapp.questionnaire.answers import is_for_everybody, route
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Section
from surveyapp.storage.collected.visits import Visit
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.municipal.places import PlaceTree, place_tree


@dataclass(frozen=True)
class Standing:
    """A visit on its way through the sections that its answers lead to."""

    visit: Visit
    questionnaire: Questionnaire
    tree: PlaceTree
    sections: tuple[Section, ...]

    def find(self, section_id: str) -> Section | None:
        """Return a section of the way, if it is on it."""
        return next((one for one in self.sections if one.id == section_id), None)

    def is_done(self, section: Section) -> bool:
        """Tell whether a section was sent and accepted."""
        return section.id in self.visit.saved and section.id not in self.visit.typed

    @property
    def undone(self) -> Section | None:
        """The first section that is not done."""
        return next((one for one in self.sections if not self.is_done(one)), None)

    def after(self, section_id: str) -> Section | None:
        """Return the section that follows another."""
        ids = [one.id for one in self.questionnaire.sections]
        later = set(ids[ids.index(section_id) + 1 :])
        return next((one for one in self.sections if one.id in later), None)

    def place(self, section: Section) -> int:
        """Return how many sections of the way come before one; by id, which costs less.

        :raise ValueError: if it is not on the way.
        """
        return [one.id for one in self.sections].index(section.id)

    def before(self, section: Section) -> Section | None:
        """Return the section that comes before another."""
        at = self.place(section)
        return self.sections[at - 1] if at else None

    def can_show(self, section: Section) -> bool:
        """Tell whether everything before a section is done."""
        undone = self.undone
        return undone is None or self.place(section) <= self.place(undone)

    @cached_property
    def profile_id(self) -> int:
        """The profile whose words are shown: of the municipality that was named, once it was."""
        return profile_id_of(self.visit, self.tree)

    @property
    def total(self) -> int:
        """How many pages there will be; 0 while answers to come may still change that."""
        draft = self.questionnaire
        always = all(is_for_everybody(draft, one) for one in draft.sections)
        sure = always or self.undone is None
        return len(self.sections) if sure else 0


def standing(visit: Visit) -> Standing:
    """Find where a visit stands."""
    questionnaire = edition(visit.edition_id).questionnaire
    tree = place_tree(visit.wave.place_set_id)
    return Standing(visit, questionnaire, tree, route(questionnaire, visit.answers, tree.lineages))


def first_section(edition_id: int, place_set_id: int) -> str:
    """Return the section where a new visit begins: one address less to go through."""
    lineages = place_tree(place_set_id).lineages
    return route(edition(edition_id).questionnaire, {}, lineages)[0].id
