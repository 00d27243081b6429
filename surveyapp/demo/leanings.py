"""How people in the county answer each question of the shipped survey, before who they are.

Shares follow the order of a question's scored options, the best first. They resemble what
Ontario surveys find; nobody was asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Leaning:
    """Answers to a scored item.

    ``dimension`` names what moves it: safety, ties, help or police. ``shift`` is the change from
    the first wave to the second, in standard deviations. The last three are shares of those who
    do not use the scale; ``inapplicable`` falls to those who feel unsafe.
    """

    shares: tuple[float, ...]
    dimension: str = "ties"
    shift: float = 0.0
    dont_know: float = 0.03
    prefer_not: float = 0.01
    inapplicable: float = 0.0


@dataclass(frozen=True)
class Odds:
    """Answers yes to an unscored question: a share, and what moves its odds.

    ``unsafe`` and ``renting`` add to the log-odds of those who feel a standard deviation less
    safe or rent; ``racialized`` of those who are.
    """

    yes: float
    unsafe: float = 0.0
    renting: float = 0.0
    racialized: float = 0.0


LEANINGS: Mapping[str, Leaning] = {
    "belonging": Leaning((0.19, 0.47, 0.24, 0.10), dont_know=0.04),
    "support.neighbours": Leaning((0.28, 0.40, 0.15, 0.11, 0.06), dont_know=0.02),
    "support.reach": Leaning((0.24, 0.41, 0.14, 0.14, 0.07), "help", dont_know=0.02),
    "satisfaction": Leaning((0.26, 0.46, 0.15, 0.09, 0.04), "safety", shift=0.2),
    "walking": Leaning((0.36, 0.42, 0.15, 0.07), "safety", shift=0.25, inapplicable=0.12),
    "home_alone": Leaning((0.70, 0.25, 0.05), "safety", inapplicable=0.05),
    "transit": Leaning((0.45, 0.42, 0.13), "safety", inapplicable=0.5),
    "help.know_where": Leaning((0.18, 0.40, 0.18, 0.17, 0.07), "help", 0.3, 0.06),
    "help.before_worse": Leaning((0.06, 0.23, 0.29, 0.27, 0.15), "help", 0.0, 0.13),
    "help.together": Leaning((0.08, 0.28, 0.30, 0.22, 0.12), "help", 0.0, 0.15),
    "police.promptly": Leaning((0.47, 0.37, 0.16), "police", 0.0, 0.16),
    "police.approachable": Leaning((0.52, 0.34, 0.14), "police", 0.0, 0.13),
    "police.information": Leaning((0.38, 0.42, 0.20), "police", 0.0, 0.14),
    "police.citizens": Leaning((0.45, 0.40, 0.15), "police", 0.0, 0.09),
    "crisis_response": Leaning((0.07, 0.24, 0.28, 0.26, 0.15), "help", -0.25, 0.16),
}
ODDS: Mapping[str, Odds] = {
    "needed_help": Odds(0.27, unsafe=0.2, renting=0.35),
    "victim": Odds(0.09, unsafe=0.6, renting=0.2),
    "reported": Odds(0.42),
    "discrimination": Odds(0.09, unsafe=0.3, renting=0.2, racialized=1.5),
}
# How often each option is ticked, before who is asked; the first list is at most three.
TICKS: Mapping[str, Mapping[str, float]] = {
    "priorities": {
        "housing": 0.52,
        "mental_health": 0.43,
        "substance_use": 0.34,
        "crime": 0.27,
        "family_violence": 0.14,
        "poverty": 0.38,
        "isolation": 0.15,
        "discrimination": 0.10,
        "youth": 0.22,
        "traffic": 0.21,
        "other": 0.04,
    },
    "precautions": {
        "changed_routine": 0.24,
        "locks": 0.17,
        "alarms": 0.26,
        "stayed_home": 0.11,
        "moved": 0.02,
    },
}
# What stands alone instead: none of these, then no answer.
INSTEAD: Mapping[str, Mapping[str, float]] = {
    "priorities": {"none": 0.01, "dont_know": 0.03},
    "precautions": {"none": 0.45, "prefer_not": 0.02},
}
# What is ticked more often, by a tenth for each tenth, where people feel less safe.
FEARS = frozenset({"crime", "changed_routine", "locks", "alarms", "stayed_home"})
