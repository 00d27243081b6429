"""The parts of a draft that were changed, or could not be, by their addresses."""

import re

from flask_babel import gettext as _

ADDRESS = re.compile(r"[\w./-]+", re.ASCII)


def _inner(question: str, name: str, part: str) -> str:
    if name == "options":
        return _("option %(part)s of question %(question)s", part=part, question=question)
    if name == "statements":
        return _("statement %(part)s of question %(question)s", part=part, question=question)
    return f"{question}/{name}/{part}"


def part_words(address: str) -> str:
    """Name a part of a draft; what somebody posted that cannot be an address is not repeated."""
    alone = {
        "/": _("the survey as a whole"),
        "notice": _("the notice of collection"),
        "youth": _("who can answer"),
        "floors": _("how many answers a published figure needs"),
    }
    in_a_list = {
        "sections": _("section %(part)s"),
        "questions": _("question %(part)s"),
        "priorities": _("local priority %(part)s"),
        "factors": _("local factor %(part)s"),
    }
    if not ADDRESS.fullmatch(address):
        return _("an unknown part")
    match address.split("/"):
        case ["questions", question, name, part]:
            return _inner(question, name, part)
        case [name, part] if name in in_a_list:
            return in_a_list[name] % {"part": part}
    return alone.get(address, address)


def parts_words(addresses: str) -> list[str]:
    """Name the parts of a draft in a list of addresses."""
    return [part_words(one) for one in addresses.split(", ")]


def _lost(said: str) -> str:
    reason, _mark, address = said.partition(" at ")
    part = part_words(address)
    match reason:
        case "gone":
            return _("%(part)s, which is gone", part=part)
        case "changed meanwhile":
            return _("%(part)s, which somebody else changed meanwhile", part=part)
    return _("%(part)s, which cannot be so", part=part)


def lost_words(said: str) -> list[str]:
    """Name the parts that stayed as they were, each with the reason."""
    return [_lost(one) for one in said.split(", ")]
