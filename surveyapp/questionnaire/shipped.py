"""The questionnaires that come with the program."""

from pathlib import Path

from surveyapp.questionnaire.document import read_draft
from surveyapp.questionnaire.model import Draft

FOLDER = Path(__file__).resolve().parent / "shipped"


def shipped(name: str = "community_safety") -> Draft:
    """Read a shipped questionnaire as a draft."""
    return read_draft((FOLDER / f"{name}.json").read_bytes())
