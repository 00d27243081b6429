"""What people think: a latent opinion for each scored item, cut into its options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from surveyapp.demo.county import neighbourhoods
from surveyapp.demo.leanings import FEARS, INSTEAD, LEANINGS, ODDS, TICKS, Leaning, Odds
from surveyapp.demo.respondents import Chance, Floats, People
from surveyapp.questionnaire.model import Item, Option, Role

DIMENSIONS = ("safety", "ties", "help", "police")
# Opinions of one person go together; the rest of an answer is its own.
_GENERAL, _LOADING = 0.6, 0.65
_OPEN_SAMPLE = -0.2
Strings = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Minds:
    """People with what they think: a value for each dimension, better when higher."""

    who: People
    opinion: Mapping[str, Floats]
    second: bool


def _placed(name: str, who: People) -> Floats:
    return np.array([getattr(one, name) for one in neighbourhoods()])[who.place]


def minds(who: People, chance: Chance, *, second: bool) -> Minds:
    """Draw what people think, from where they live and who they are."""
    older = (who.age - 3.5) / 3.5
    centre = {
        "safety": _placed("safety", who) - 0.35 * who.woman + 0.1 * older,
        "ties": _placed("ties", who) + 0.3 * older - 0.25 * who.renter,
        "help": _placed("help", who) + 0.15 * older - 0.1 * who.renter - 0.1 * who.french,
        "police": 0.5 * _placed("safety", who) + 0.25 * older - 0.45 * who.racialized,
    }
    general = chance.standard_normal(len(who))
    own = np.sqrt(1 - _GENERAL**2)
    bent = np.where(who.probability, 0.0, _OPEN_SAMPLE)
    opinion = {
        name: centre[name] + bent + _GENERAL * general + own * chance.standard_normal(len(who))
        for name in DIMENSIONS
    }
    return Minds(who, opinion, second)


def _cut(shares: Sequence[float], felt: Floats) -> npt.NDArray[Any]:
    """Cut a latent opinion into categories, 0 the best, in these shares where nothing moves it."""
    below = 1 - np.cumsum(shares)[:-1] / np.sum(shares)
    edges = [-NormalDist().inv_cdf(float(share)) for share in below]
    return np.searchsorted(edges, -felt)


def _off_scale(options: Sequence[Option], role: Role) -> list[int]:
    return [number for number, one in enumerate(options) if one.role is role]


def scored(item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw answers to an item with a scale: ids of its options."""
    options = item.options
    scale = sorted(
        (number for number, one in enumerate(options) if one.role is Role.scored),
        key=lambda number: -float(options[number].score or 0),
    )
    leaning = LEANINGS.get(item.key) or Leaning(tuple(1 / len(scale) for _ in scale))
    opinion = mind.opinion[leaning.dimension]
    unique = np.sqrt(1 - _LOADING**2) * chance.standard_normal(len(opinion))
    felt = _LOADING * opinion + unique + leaning.shift * mind.second
    chosen = np.array(scale)[_cut(leaning.shares, felt)]
    for role, share in (
        (Role.not_applicable, leaning.inapplicable * np.exp(-0.4 * opinion)),
        (Role.dont_know, leaning.dont_know),
        (Role.prefer_not, leaning.prefer_not),
    ):
        places = _off_scale(options, role)
        if places:
            moved = chance.random(len(felt)) < share
            chosen[moved] = chance.choice(places, int(moved.sum()))
    ids: Strings = np.array([one.id for one in options], dtype=object)
    return np.asarray(ids[chosen], dtype=object)


def _yes(odds: Odds, mind: Minds) -> Floats:
    logit = np.log(odds.yes / (1 - odds.yes)) - odds.unsafe * mind.opinion["safety"]
    logit = logit + odds.renting * mind.who.renter + odds.racialized * mind.who.racialized
    return np.asarray(1 / (1 + np.exp(-logit)))


def yes_or_no(item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw answers to a question with its own odds; the second option is what the rest say."""
    first, second = (one.id for one in item.options[:2])
    drawn = chance.random(len(mind.who))
    answers = np.where(drawn < _yes(ODDS[item.key], mind), first, second).astype(object)
    for role, share in ((Role.dont_know, 0.03), (Role.prefer_not, 0.02)):
        for number in _off_scale(item.options, role):
            answers[chance.random(len(answers)) < share] = item.options[number].id
    return answers


def ticked(item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw lists of options; a limit keeps those that matter most to each person."""
    shares, fear = TICKS[item.key], -mind.opinion["safety"]
    names = [one.id for one in item.options if one.id in shares]
    keen = np.stack(
        [
            np.log(shares[name] / (1 - shares[name])) + 0.35 * fear * (name in FEARS)
            for name in names
        ],
        axis=1,
    ) + chance.logistic(size=(len(fear), len(names)))
    most = getattr(item.question, "at_most", None)
    wanted = keen > 0
    if most is not None and most < len(names):
        edge = np.partition(keen, len(names) - most, axis=1)[:, -most]
        wanted &= keen >= edge[:, None]
    answers = listed(names, wanted)
    drawn = chance.random(len(fear))
    for name, share in INSTEAD[item.key].items():
        put(answers, drawn < share, [name])
        drawn = np.where(drawn < share, 2.0, drawn - share)
    return answers


def put(answers: Strings, where: npt.NDArray[np.bool_], value: Any) -> None:
    """Give some the same answer; numpy would take a list for many answers."""
    same = np.empty(int(where.sum()), dtype=object)
    same.fill(value)
    answers[where] = same


def listed(names: Sequence[str], wanted: npt.NDArray[np.bool_]) -> Strings:
    """Turn ticks, a row a person, into lists of names; nothing ticked is a blank."""
    bits = wanted @ (1 << np.arange(len(names)))
    known = {
        int(one): [name for number, name in enumerate(names) if one >> number & 1] or None
        for one in np.unique(bits)
    }
    answers = np.empty(len(bits), dtype=object)
    answers[:] = [known[one] for one in bits.tolist()]
    return answers
