"""How a sample came out: who was invited, who answered, out of how many people.

From public tables alone: what is said of a sample can be read in its files too.
"""

from dataclasses import dataclass

import pandas as pd
from flask_babel import format_decimal
from flask_babel import gettext as _

from surveyapp.press.rows import ALL
from surveyapp.statistics.tables import PublicTable


@dataclass(frozen=True)
class Outcome:
    """How many people; None where a number is not known, or hidden even for the whole."""

    invited: int | None
    responses: int | None
    population: int | None

    @property
    def response_rate(self) -> float | None:
        """Percent: AAPOR's Response Rate 1, complete responses divided by everybody invited."""
        return _percent(self.responses, self.invited)

    @property
    def fraction(self) -> float | None:
        """The sampling fraction: percent of the population that was invited."""
        return _percent(self.invited, self.population)


def _percent(part: int | None, whole: int | None) -> float | None:
    # More people than there are: one of the two was written down wrong.
    return 100 * part / whole if part is not None and whole and part <= whole else None


def _most(column: pd.Series) -> int | None:
    known = pd.to_numeric(column).dropna()
    return None if known.empty else int(known.max())


def outcome(areas: PublicTable, items: PublicTable, invited: int | None, **which: str) -> Outcome:
    """Read how a sample came out; ``which`` picks its rows where a table holds several.

    Who was asked the question that most were asked has answered: every response is asked some
    question that everybody gets.
    """
    responses = _most(items.where(geo_level=ALL, **which)["asked_n"])
    population = _most(areas.where(geo_level=ALL, **which)["population"])
    return Outcome(invited, responses, population)


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


def outcome_words(found: Outcome) -> str:
    """Say how a probability sample came out (counting rules, sections 2 and 5.2)."""
    rate, fraction, said = found.response_rate, found.fraction, []
    if rate is not None:
        said.append(
            _(
                "%(invited)s people were invited and %(responses)s answered: a response rate of"
                " %(rate)s%% (AAPOR Response Rate 1: complete responses divided by everyone"
                " invited).",
                invited=format_decimal(found.invited),
                responses=format_decimal(found.responses),
                rate=format_decimal(round(rate, 1)),
            )
        )
    if fraction is not None:
        said.append(
            _(
                "Sampling fraction: %(fraction)s%% of a population of %(population)s were invited.",
                fraction=format_decimal(round(fraction, 1)),
                population=format_decimal(found.population),
            )
        )
    return " ".join(said)


def sample_words(sample_type: str, found: Outcome) -> str:
    """Return all that goes with the figures of a sample: what it can tell, and how it came out."""
    said = [statement(sample_type)]
    if sample_type == "probability":
        said.append(outcome_words(found))
    return " ".join(one for one in said if one)
