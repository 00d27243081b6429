"""The settings that can be changed in the editor: for each, its words and how it is read back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from surveyapp.designing.writing.fields import shown
from surveyapp.forms.codes import CODES
from surveyapp.forms.findings import language_name
from surveyapp.i18n import LANGUAGES, OFFERED, language, tongue
from surveyapp.questionnaire.framework import AREA_NAMES, FACTORS
from surveyapp.questionnaire.kinds import Kind, Role, Sensitivity
from surveyapp.questionnaire.model import Draft, Floors, Node, Option, Statement, Youth
from surveyapp.questionnaire.numerals import amount
from surveyapp.questionnaire.tongues import marked
from surveyapp.storage.municipal.places import collation, list_place_sets, place_set_id, place_tree

Posted = MultiDict[str, str]


class UnreadableError(ValueError):
    """What was typed is no such value; the message is a sentence for the page."""


@dataclass(frozen=True)
class Setting:
    """One setting: its sort of control, its label and what more is to be said."""

    name: str
    sort: str
    label: LazyString
    hint: LazyString | None = None
    least: int | None = None


ROLES: dict[Role, LazyString] = {
    Role.substantive: _l("Answer, no score"),
    Role.scored: _l("Answer with a score"),
    Role.not_applicable: _l("Does not apply"),
    **CODES,
}
SENSITIVITIES: dict[Sensitivity, LazyString] = {
    Sensitivity.general: _l("General"),
    Sensitivity.mixed: _l("Somewhat sensitive: people may not want others to know"),
    Sensitivity.sensitive: _l("Sensitive: an answer could harm somebody if it became known"),
}
LEVELS: dict[str, LazyString] = {
    "neighbourhood": _l("Neighbourhood"),
    "municipality": _l("Municipality"),
}
FAVOURABLE: dict[str, LazyString] = {
    "": _l("Not said"),
    "yes": _l("Favourable"),
    "no": _l("Not favourable"),
}
_REQUIRED = Setting("required", "flag", _l("People must answer this question to go on"))
_TAGGED = (
    Setting("areas", "many", _l("Areas of the plan that it informs")),
    Setting("factors", "many", _l("Risk and protective factors")),
    Setting("priorities", "many", _l("Local priorities")),
    Setting("sensitivity", "choice", _l("How sensitive the answers are")),
    Setting(
        "only_for",
        "many",
        _l("Ask only residents of these places"),
        _l("Tick none to ask everybody."),
    ),
)
_CODED = (
    Setting("dont_know", "flag", _l("Offer “I don’t know”")),
    Setting("prefer_not", "flag", _l("Offer “I prefer not to say”")),
)
_MOST = Setting(
    "at_most", "whole", _l("How many can be chosen"), _l("Leave it empty for as many as they like.")
)
_OWN: dict[Kind, tuple[Setting, ...]] = {
    Kind.single: (),
    Kind.scale: (),
    Kind.battery: (),
    Kind.multiple: (_MOST,),
    Kind.rank: (
        _MOST,
        Setting("top", "whole", _l("How many first places count in results"), None),
    ),
    Kind.number: (
        Setting("minimum", "decimal", _l("Smallest number")),
        Setting("maximum", "decimal", _l("Largest number")),
        Setting("decimals", "whole", _l("Decimals")),
        Setting(
            "bands",
            "numbers",
            _l("Where classes of the results begin"),
            _l(
                "Numbers with spaces between them, such as 0 18 30 65. Nothing is published"
                " without them."
            ),
        ),
        *_CODED,
    ),
    Kind.text: (
        Setting("long", "flag", _l("A paragraph, not a line")),
        Setting("at_most", "whole", _l("Most characters")),
        *_CODED,
    ),
    Kind.place: (Setting("level", "choice", _l("The smallest place to choose")),),
    Kind.note: (Setting("content_note", "flag", _l("A warning before hard questions")),),
}
SETTINGS_FOR: dict[Kind, tuple[Setting, ...]] = {
    kind: (*own, _REQUIRED, *_TAGGED) if kind is not Kind.note else own
    for kind, own in _OWN.items()
}
OPTION = (
    Setting("role", "choice", _l("What it means")),
    Setting("score", "decimal", _l("Score (100 is best)")),
    Setting("favourable", "favour", _l("Favourable or not")),
    Setting("exclusive", "flag", _l("Stands alone, such as “None of these”")),
    Setting("specify", "flag", _l("Opens a line to write, such as “Other”")),
)
STATEMENT = tuple(one for one in _TAGGED if one.sort == "many" and one.name != "only_for")
SURVEY = (
    Setting(
        "languages",
        "languages",
        _l("Further languages"),
        _l(
            "Besides English and French. What is written in a language is kept when it is taken"
            " away. Buttons and notices stay in English where there is no catalogue of them."
        ),
    ),
    Setting("minutes", "whole", _l("Minutes that answering takes")),
    Setting("retention_months", "whole", _l("Months that responses are kept after closing")),
    Setting("sensitive", "flag", _l("A button to leave the page quickly is shown")),
    Setting("standing", "flag", _l("People can answer at any time: it never closes")),
)
FLOORS = (
    Setting("general", "whole", _l("Questions of general interest"), None, 12),
    Setting("mixed", "whole", _l("Somewhat sensitive questions"), None, 15),
    Setting("sensitive", "whole", _l("Sensitive questions"), None, 20),
)
YOUTH = (
    Setting("least_age", "whole", _l("Youngest age"), None, 5),
    Setting("most_age", "whole", _l("Oldest age"), _l("Leave it empty for no limit."), 5),
    Setting("ask_adult", "flag", _l("They are told to ask an adult first")),
)
# What an option of each kind has use for: a tick has no score, a ranking nothing but its words.
_OF_OPTION: dict[Kind, tuple[str, ...]] = {
    Kind.rank: (),
    Kind.multiple: ("role", "exclusive", "specify"),
    Kind.battery: ("role", "score", "favourable"),
}


def settings_of(node: Node, kind: Kind | None = None) -> tuple[Setting, ...]:
    """List the settings of a node; ``kind`` is that of the question an option belongs to."""
    if isinstance(node, Draft):
        return SURVEY
    if isinstance(node, Floors):
        return FLOORS
    if isinstance(node, Youth):
        return YOUTH
    if isinstance(node, Statement):
        return STATEMENT
    if isinstance(node, Option):
        wanted = _OF_OPTION.get(kind or Kind.single, ("role", "score", "favourable", "specify"))
        return tuple(one for one in OPTION if one.name in wanted)
    own: Kind | None = getattr(node, "kind", None)
    return SETTINGS_FOR[own] if own else ()


def _further(draft: Draft) -> dict[str, str]:
    """Name what a survey can speak besides English and French, as the reader and it call it."""
    codes = dict.fromkeys((*OFFERED, *draft.languages))
    found = {
        code: f"{language_name(code)} – {marked(spoken.name, code)}" if spoken else code
        for code, spoken in ((code, tongue(code)) for code in codes)
        if code not in LANGUAGES
    }
    return dict(sorted(found.items(), key=lambda pair: collation(pair[1])))


def place_names(draft: Draft) -> dict[str, str]:
    """Name the places of the newest place set, and any other that the draft asks only."""
    asked = {code: code for question in draft.questions() for code in question.only_for}
    newest = list_place_sets()[:1]
    number = place_set_id(newest[0]) if newest else None
    if number is None:
        return asked
    tree = place_tree(number)
    placed = tree.sorted_by_name(tree.places, language())
    return {one.code: one.name(language()) for one in placed} | {
        code: code for code in asked if code not in tree.by_code
    }


def choices(draft: Draft, setting: Setting) -> list[tuple[str, str]]:
    """List the choices of a setting in the reader's language."""
    reader = language()
    own = {tag.id: tag.name.get(reader) or tag.id for tag in draft.factors}
    lists: dict[str, Mapping[str, Any]] = {
        "role": ROLES,
        "sensitivity": SENSITIVITIES,
        "level": LEVELS,
        "languages": _further(draft),
        "favourable": FAVOURABLE,
        "areas": {area: names[reader] for area, names in AREA_NAMES.items()},
        "factors": {code: one.names[reader] for code, one in FACTORS.items()} | own,
        "priorities": {tag.id: tag.name.get(reader) or tag.id for tag in draft.priorities},
        "only_for": place_names(draft) if setting.name == "only_for" else {},
    }
    return [(str(value), str(label)) for value, label in lists[setting.name].items()]


def _number(typed: str, decimals: int) -> float | None:
    if not typed:
        return None
    found = amount(typed, decimals)
    if found is None or (decimals == 0 and found != int(found)):
        raise UnreadableError(
            _("Write a number in digits, such as 12.5")
            if decimals
            else _("Write a whole number in digits, such as 12")
        )
    return float(found) if decimals else int(found)


def _favour(values: Sequence[str]) -> bool | None:
    return {"yes": True, "no": False}.get(values[0] if values else "")


def _numbers(values: Sequence[str]) -> list[float | None]:
    return [_number(one, 6) for one in " ".join(values).replace(";", " ").split()]


def _languages(values: Sequence[str]) -> list[str]:
    """English and French are always spoken, in the order that the survey has them."""
    known = [*dict.fromkeys((*values, *LANGUAGES))]
    if any(tongue(code) is None for code in values):
        raise UnreadableError(_("Choose languages from the list"))
    return known


_READ: dict[str, Callable[[Sequence[str]], Any]] = {
    "flag": lambda values: bool(values),
    "choice": lambda values: values[0] if values else "",
    "favour": _favour,
    "many": list,
    "languages": _languages,
    "whole": lambda values: _number("".join(values).strip(), 0),
    "decimal": lambda values: _number("".join(values).strip(), 6),
    "numbers": _numbers,
}
# Fields that cannot be empty fall back to what they are at first.
_AT_FIRST = {"decimals": 0, "top": 3, "retention_months": 24, "least_age": 12}
_AT_FIRST |= {"general": 12, "mixed": 15, "sensitive": 20}


def read(setting: Setting, values: Sequence[str], kind: Kind | None) -> Any:
    """Read a posted setting as the document holds it.

    :raise UnreadableError: with a sentence, if it is no such value.
    """
    found = _READ[setting.sort](values)
    if found is None and setting.name == "at_most" and kind is Kind.text:
        return 300
    if setting.least is not None and found is not None and found < setting.least:
        raise UnreadableError(_("Write %(least)s or more", least=setting.least))
    return _AT_FIRST.get(setting.name) if found is None else found


def typed(setting: Setting, value: Any) -> list[str]:
    """Return a setting as a form holds it."""
    if setting.sort == "flag":
        return ["yes"] if value else []
    if setting.sort == "favour":
        return [{True: "yes", False: "no"}.get(value, "")]
    if setting.sort in ("many", "languages"):
        return [str(one) for one in value]
    if setting.sort == "numbers":
        return [" ".join(_plain(one) for one in value)]
    return ["" if value is None else _plain(shown(setting.name, value))]


def _plain(value: Any) -> str:
    whole = isinstance(value, float) and value == int(value)
    return str(int(value) if whole else value)
