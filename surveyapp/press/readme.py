"""What stands beside the figures: how to read them, in one language at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from surveyapp.press.rows import Heading


@dataclass(frozen=True)
class Told:
    """A sample as a reader is told of it."""

    heading: Heading
    name: str
    invited: int | None


def open_sample_statement() -> str:
    """Say what an open sample can and cannot tell; printed with every table and chart."""
    words = _(
        "Anyone could answer: this is not a random sample. No sampling error can be calculated,"
        " and the figures describe those who answered, not all residents."
    )
    return str(words)


def probability_statement() -> str:
    """Say what the intervals of a probability sample are."""
    words = _(
        "People were invited at random. The intervals are 95% confidence intervals; the figures"
        " are not weighted."
    )
    return str(words)


def statement(sample_type: str) -> str:
    """Return the statement that goes with the figures of a sample."""
    return probability_statement() if sample_type == "probability" else open_sample_statement()


def _sample(told: Told) -> str:
    lines = [f"{told.name} ({told.heading.sample_id})", statement(told.heading.sample_type)]
    if told.invited:
        lines.append(_("Invited: %(count)s.", count=told.invited))
    return "\n".join(lines)


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
                " codebook.csv: what the codes stand for."
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
