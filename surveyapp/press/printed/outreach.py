"""Posters and cards: both languages equal, a QR code, and the address in full beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.press.typesetting import Emblem, qr_svg, typeset_words

CARDS = 10


@dataclass(frozen=True)
class Side:
    """What a poster says in one language. ``facts`` are short lines."""

    language: str
    municipality: str
    title: str
    summary: str
    scan: str
    address_lead: str
    facts: Sequence[str]
    telephone: str
    help_heading: str
    help_lines: Sequence[str]


@dataclass(frozen=True)
class Outreach:
    """A way in, in words: one side for each language, and the address in full."""

    sides: Sequence[Side]
    address: str
    logo: Emblem | None = None

    @property
    def shown_address(self) -> str:
        """The address as it is typed: browsers add the rest."""
        return self.address.removeprefix("https://").removeprefix("http://")


def _data(outreach: Outreach) -> dict[str, object]:
    return {
        "logo": outreach.logo,
        "sides": outreach.sides,
        "address": outreach.shown_address,
        "qr": qr_svg(outreach.address).decode(),
        "cards": CARDS,
    }


def poster(outreach: Outreach, paper: str = "letter") -> bytes:
    """Set a poster for a wall."""
    return typeset_words("poster", _data(outreach), paper)


def cards(outreach: Outreach, paper: str = "letter") -> bytes:
    """Set a sheet of cards to cut out and hand out."""
    return typeset_words("cards", _data(outreach), paper)
