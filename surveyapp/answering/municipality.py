"""Whose words a page has: those of the municipality where a resident said they live, once they did.

What is stored with a response stays the version that its notice was shown in.
"""

from collections.abc import Mapping
from typing import Any

from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.walk import walk_of
from surveyapp.storage.collected.responses import Sent
from surveyapp.storage.collected.visits import Visit
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import profile_taking_part
from surveyapp.storage.municipal.places import PlaceTree, place_tree
from surveyapp.storage.municipal.profiles import Profile, profile


def _home(questionnaire: Questionnaire, answers: Mapping[str, Any], tree: PlaceTree) -> str:
    """Return the code of the municipality that somebody named; nothing as long as none is."""
    residence = walk_of(questionnaire).residence(answers, tree.lineages)
    return next((one for one in residence if tree.by_code[one].level == "municipality"), "")


def profile_id_of(told: Visit | Sent, tree: PlaceTree) -> int:
    """Return the profile whose words somebody is shown, on the way or beside what they sent."""
    made = edition(told.edition_id)
    home = _home(made.questionnaire, told.answers, tree)
    found = profile_taking_part(made.survey_id, home) if home else None
    if found is None:
        return told.profile_id
    # Whoever came in by that municipality goes on with the words they were shown.
    same = profile(found).municipality_id == profile(told.profile_id).municipality_id
    return told.profile_id if same else found


def profile_of_sent(sent: Sent) -> Profile:
    """Return the words beside the answers that somebody sent."""
    return profile(profile_id_of(sent, place_tree(sent.place_set_id))).content
