"""A translator's file taken into a draft: every row that fits, in one edit that undoes at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from surveyapp.questionnaire.drafting.commands import Refusal
from surveyapp.questionnaire.interchange.wordings.taking import Judged, Verdict, judge
from surveyapp.questionnaire.interchange.wordings.units import Row
from surveyapp.storage.drafting.drafts import Outcome, change
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.people.staff import Staff


@dataclass(frozen=True)
class Returned:
    """What became of each row; ``edit_id`` undoes all that was taken, None if nothing was."""

    judged: tuple[Judged, ...]
    edit_id: int | None = None

    @property
    def refused(self) -> tuple[Judged, ...]:
        """The rows of which nothing was taken."""
        return tuple(one for one in self.judged if one.verdict.is_refused)


def take_in(survey: Survey, rows: Sequence[Row], by: Staff, now: datetime) -> Returned:
    """Write the translations that fit the draft as it stands.

    :raise NotAllowedError: if their role may not; the attempt is logged.
    """
    judged = tuple(judge(survey.draft, rows))
    commands = [one.command for one in judged if one.command]
    if not commands:
        return Returned(judged)
    outcome = change(survey.slug, commands, by, now)
    return Returned(tuple(_after(one, outcome) for one in judged), outcome.edit_id)


def _after(one: Judged, outcome: Outcome) -> Judged:
    """Judge a row again, now that its change was tried."""
    refusals = {other.where: other.refusal for other in outcome.refused}
    lost = [other.command for other in outcome.conflicts]
    if not one.command or (one.command not in lost and one.where not in refusals):
        return one
    is_foreign = refusals.get(one.where) is Refusal.not_yours
    verdict = Verdict.not_yours if is_foreign else Verdict.changed_meanwhile
    return replace(one, verdict=verdict, command=None)
