"""What stands beside the figures: how to read them, in one language at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from surveyapp.press.rows import Heading
from surveyapp.press.sampling import Outcome, sample_words


@dataclass(frozen=True)
class Told:
    """A sample as a reader is told of it."""

    heading: Heading
    name: str
    outcome: Outcome


def _sample(told: Told) -> str:
    words = sample_words(told.heading.sample_type, told.outcome)
    return f"{told.name} ({told.heading.sample_id})\n{words}"


def readme(title: str, samples: Sequence[Told], locale: str) -> bytes:
    """Write the page that a bundle is opened with, in the language of a locale."""
    first = samples[0].heading
    with force_locale(locale):
        parts = [
            title,
            _(
                "Wave %(wave)s, release %(number)s. Fieldwork: %(start)s to %(end)s.",
                wave=first.wave,
                number=first.release_no,
                start=format_date(first.fieldwork_start, "long"),
                end=format_date(first.fieldwork_end, "long"),
            ),
            *(_sample(one) for one in samples),
            _(
                "neighbourhood_by_area.csv: an index from 0 to 100 for each neighbourhood and area"
                " of the provincial framework. items.csv: every question, answer by answer."
                " area_composition.csv: the questions behind each index, how people lie on it, and"
                " how well its questions agree. codebook.csv: what the codes stand for."
            ),
            _(
                "A row that is marked as suppressed is empty on purpose, never zero. Its reason is"
                " protected (too few people, or too alike), unreliable (fewer than 30 answers)"
                " or by_agreement (not published without an agreement)."
            ),
            _(
                "Areas share questions: their figures are never added up. Percentages are not"
                " adjusted to add up to 100."
            ),
        ]
    return ("\n\n".join(parts) + "\n").encode()
