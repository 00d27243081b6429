"""Whose part of a joint survey is whose: what somebody may edit, and whom a question can be for."""

from dataclasses import dataclass

from surveyapp.accounts.access import current_staff, must_see
from surveyapp.accounts.reach import shared_survey
from surveyapp.i18n import language
from surveyapp.questionnaire.local import Part, prefix_of
from surveyapp.questionnaire.model import Draft, Node
from surveyapp.questionnaire.translation import Place, places
from surveyapp.storage.drafting.partners import own_part, partners_of, reach_of
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.municipal.profiles import Municipality, municipality_name, newest_profile


@dataclass(frozen=True)
class Share:
    """What somebody edits of a survey.

    ``own`` is None for all of it. ``asks`` are the municipalities that they write local questions
    for.
    """

    own: Part | None
    asks: tuple[Municipality, ...]

    def may_change(self, survey: Survey, where: str) -> bool:
        """Tell whether a part of the draft is theirs to change."""
        return self.own is None or self.own.has(survey.draft, where)

    def has_item(self, key: str, *drafts: Draft) -> bool:
        """Tell whether an item, by its answer key, is theirs in any of some drafts."""
        where = f"questions/{key.partition('.')[0]}"
        return self.own is None or any(self.own.has(one, where) for one in drafts)

    def texts(self, survey: Survey, language: str) -> list[Place]:
        """List the texts that are theirs to write, in a language."""
        found = places(survey.draft, language)
        return [one for one in found if self.may_change(survey, one.where)]

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return codes and names of whom a new question can be for; empty is everybody."""
        return tuple((one.slug, municipality_name(one.id, language())) for one in self.asks)

    def stem(self, code: str) -> str:
        """Return what ids of a municipality's own parts begin with; nothing for everybody's."""
        return prefix_of(code) if any(one.slug == code for one in self.asks) else ""

    def title(self, code: str) -> dict[str, str]:
        """Return the title of a municipality's own section: its name, in each language."""
        found = next(one for one in self.asks if one.slug == code)
        return dict(newest_profile(found.id).content.names.wordings)

    def whose_section(self, section_id: str) -> str:
        """Return the code of whom a section of somebody's part belongs to; nothing for all."""
        codes = [one.slug for one in self.asks if section_id.startswith(prefix_of(one.slug))]
        return codes[0] if codes and self.own is not None else ""

    def near(self, node: Node) -> str:
        """Return whom a new question beside a part is probably for: whose the part is."""
        node_id, asked = str(getattr(node, "id", "")), getattr(node, "only_for", ())
        codes = [one.slug for one in self.asks]
        mine = [one for one in codes if asked == (one,) or node_id.startswith(prefix_of(one))]
        return mine[0] if mine else codes[0] if codes and self.own is not None else ""


def share_of(survey: Survey) -> Share:
    """Return what the reader edits of a survey, by how far their work reaches into it."""
    reach = reach_of(current_staff(), survey)
    return Share(own_part(reach), partners_of(survey.id) if reach.whole else reach.parts)


def in_part(survey: Survey) -> bool:
    """Tell whether a part alone of a survey is the reader's to edit."""
    return not reach_of(current_staff(), survey).whole


def survey_to_change(slug: str, where: str) -> Survey:
    """Find a survey to change one part of: 404 if it is not there, 403 if it is not theirs."""
    survey, _reach = shared_survey(slug)
    if not share_of(survey).may_change(survey, where):
        must_see(survey.owner_id)
    return survey
