"""The words of a questionnaire: kinds of question, roles of options, how much harm is possible."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of question."""

    single = "single"
    multiple = "multiple"
    scale = "scale"
    battery = "battery"
    rank = "rank"
    number = "number"
    text = "text"
    place = "place"
    note = "note"


class Role(StrEnum):
    """What an option means when answers are counted."""

    scored = "scored"
    substantive = "substantive"
    not_applicable = "not_applicable"
    dont_know = "dont_know"
    prefer_not = "prefer_not"


class Sensitivity(StrEnum):
    """How much an answer could harm; sets the floors of publication."""

    general = "general"
    mixed = "mixed"
    sensitive = "sensitive"


class PlaceCode(StrEnum):
    """Answers to a place question that name no place."""

    unknown = "unknown"
    outside = "outside"
    no_fixed_address = "no_fixed_address"
