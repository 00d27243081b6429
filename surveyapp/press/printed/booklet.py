"""A paper questionnaire: one booklet for each language, alike in everything but words.

A language a booklet, not both on a page: half the pages to carry and to post, nobody reads past
words that are not theirs, and the form of one language is as plain as that of the other. Both
together are one file, the second booklet beginning on a new sheet.
"""

from collections.abc import Sequence
from typing import Any

from surveyapp.press.typesetting import typeset_words


def questionnaire(booklets: Sequence[dict[str, Any]], paper: str = "letter") -> bytes:
    """Set one booklet after the other."""
    return typeset_words("questionnaire", {"booklets": list(booklets)}, paper)
