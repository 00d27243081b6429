"""An entry screen as it is drawn and read: one edition, in one language, with what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import abort, request

from surveyapp.entering.reach import Desk
from surveyapp.forms.entry_view import TOLERATED, Filled, Part, screen, worded
from surveyapp.forms.fields import sentences_by_key
from surveyapp.forms.keyed import Keypad, all_keyed, in_other_language
from surveyapp.forms.paper import PlaceNames, on_paper
from surveyapp.forms.posting import posted, storable
from surveyapp.i18n import speaking
from surveyapp.questionnaire.answers import accept
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Place
from surveyapp.storage.collected.entries import Typed, settled_answers
from surveyapp.storage.drafting.surveys import Edition
from surveyapp.storage.municipal.places import PlaceTree, place_tree


def typed_in_form(survey: Questionnaire) -> dict[str, str]:
    """Take what was typed, by answer key."""
    raw = {}
    for section in survey.sections:
        raw |= storable(posted(request.form, section))
    return {key: values[0] for key, values in raw.items()}


def asked_for(name: str, otherwise: str = "") -> str:
    """Return what a form says, before what the address that it was begun at says."""
    return request.form.get(name) or request.args.get(name) or otherwise


def spoken_in(desk: Desk) -> str:
    """Return the language of the screen; 404 for one that nobody answers in."""
    spoken = asked_for("in", desk.first_language)
    return spoken if spoken in desk.languages else abort(404)


@dataclass(frozen=True)
class Screen:
    """A sheet or an interview on its way in."""

    desk: Desk
    edition: Edition
    language: str
    typed: Mapping[str, str]

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.edition.questionnaire

    @property
    def tree(self) -> PlaceTree:
        """The places of the wave."""
        return place_tree(self.desk.way.wave.place_set_id)

    @cached_property
    def printed(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The codes of the places that are asked for, as paper in this language lists them."""
        asked = [one for one in self.questionnaire.questions() if isinstance(one, Place)]
        groups = self.tree.printed(asked[0].level, self.language) if asked else ()
        return tuple((label, tuple(one.code for one in places)) for label, places in groups)

    @property
    def pad(self) -> Keypad:
        """What the numbers of places stand for."""
        codes = tuple(code for _label, group in self.printed for code in group)
        return Keypad(codes, self.tree.names(self.language))

    def raw(self) -> dict[str, list[str]]:
        """Read what was typed into what a form posts."""
        return all_keyed(self.questionnaire, self.typed, self.pad)

    def accepted(self, raw: Mapping[str, list[str]]) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """Return the answers, and what is wrong as sentences by answer key."""
        found = accept(self.questionnaire, raw, places=self.tree.lineages)
        wrong = [one for one in found.problems if one.code not in TOLERATED]
        return found.answers, sentences_by_key(wrong, worded)

    def parts(self, problems: Mapping[str, list[str]]) -> tuple[Part, ...]:
        """Lay the screen out in the language of the sheet."""
        names = self.tree.names(self.language)
        groups = ((label, tuple(names[one] for one in codes)) for label, codes in self.printed)
        with speaking(self.language):
            sections = on_paper(self.questionnaire, self.language, PlaceNames(tuple(groups), names))
        return screen(self.questionnaire, sections, self.pad, Filled(self.typed, problems))

    def switched(self, language: str) -> "Screen":
        """Return the screen in another language, with what was typed."""
        other = replace(self, language=language)
        kept = in_other_language(self.questionnaire, self.typed, self.pad, other.pad)
        return replace(other, typed=kept)

    def result(self, name: str, answers: dict[str, Any]) -> Typed:
        """Return what is kept under the number of a sheet, or the name of an interview."""
        settled = settled_answers(self.desk.way, self.edition.id, answers)
        return Typed(name, self.edition.id, self.language, settled)
