"""Worlds to attack: small counties, what their people answered, and the files made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from hypothesis import strategies as st

from surveyapp.press.counting import hierarchy_of
from surveyapp.press.package import listed, manifest_json
from surveyapp.press.release import public_sheets
from surveyapp.press.rows import Heading
from surveyapp.questionnaire.conditions import holds
from surveyapp.questionnaire.model import Draft, Item, items
from surveyapp.statistics.disclosure import release
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.results import RawResults, compute
from surveyapp.storage.municipal.places import Place, PlaceTree
from tests.statistics.making import matrix, option, questionnaire, scale, text

CUT_OFF = datetime(2026, 4, 1, tzinfo=UTC)
LOCAL = "t0"
LEAF = "t0n0"
DK = option("dk", role="dont_know")


def _single(code: str, *options: str, **more: Any) -> dict[str, Any]:
    made = {"kind": "single", "id": code, "text": text(code)}
    return made | {"options": [*(option(one) for one in options), DK]} | more


DRAFT = questionnaire(
    {"kind": "place", "id": "home", "text": text("home")},
    scale("a", [100, 50, 0], areas=["prevention"]),
    scale("b", [100, 50, 0], areas=["prevention"]),
    scale("c", [100, 0], areas=["prevention", "risk_intervention"], sensitivity="mixed"),
    scale("d", [100, 75, 25, 0], areas=["risk_intervention"], sensitivity="sensitive"),
    scale("e", [100, 0], areas=["risk_intervention"]),
    _single("why", "x", "y", asked_if={"question": "a", "any_of": ["o3"]}),
    _single("hurt", "yes", "no", sensitivity="sensitive"),
    _single("told", "yes", "no", asked_if={"question": "hurt", "any_of": ["yes"]}),
    _single("worst", "x", "y", asked_if={"question": "d", "any_of": ["o3", "o4"]}),
    _single("here", "x", "y", only_for=[LOCAL]),
    _single("near", "x", "y", asked_if={"question": "home", "any_of": [LEAF]}),
    {
        "kind": "multiple",
        "id": "wants",
        "text": text("wants"),
        "options": [option("bus"), option("park"), option("none", exclusive=True)],
    },
)
ITEMS = {item.key: item for item in items(DRAFT) if item.key != "home"}


@dataclass(frozen=True)
class World:
    """A county; for each sample, how many answered in each place and nowhere; and their leaning."""

    places: tuple[Place, ...]
    sizes: tuple[tuple[int, ...], ...]
    homeless: tuple[int, ...]
    seed: int
    leaning: float
    silence: float
    rare: bool = False  # of the sensitive scale, hardly anybody chooses the answers in the middle

    @property
    def tree(self) -> PlaceTree:
        return PlaceTree(1, "set", self.places)


@dataclass(frozen=True)
class Released:
    """The files as bytes, and (for a council, who knows its own) what they were made of."""

    items: bytes
    areas: bytes
    manifest: bytes
    raw: tuple[RawResults, ...]


def place(
    code: str, level: str, parent: str | None, population: int, agreed: bool = False
) -> Place:
    return Place(code, level, text(code), parent, population, agreement_required=agreed)


@st.composite
def worlds(draw: Callable[..., Any]) -> World:
    """Draw a county of one to three levels with small and middling places."""
    small = st.sampled_from([60, 150, 300, 9000])
    agreed = st.sampled_from([False] * 11 + [True])
    found: list[Place] = []
    levels = draw(st.integers(1, 3))
    if levels == 3:
        found.append(place("county", "region", None, 50_000))
    for town in range(draw(st.integers(1, 4))):
        inside = draw(st.integers(0, 3)) if levels > 1 else 0
        below = [draw(small) for _ in range(inside)]
        people = sum(below) if below else draw(small)
        above = "county" if levels == 3 else None
        found.append(place(f"t{town}", "municipality", above, people, draw(agreed)))
        for number, people in enumerate(below):
            code = f"t{town}n{number}"
            found.append(place(code, "neighbourhood", f"t{town}", people, draw(agreed)))
    number = draw(st.integers(1, 2))
    size = st.sampled_from([0, 1, 4, 9, 12, 14, 19, 21, 26, 33, 48])
    sizes = [
        tuple(0 if one.level == "region" else draw(size) for one in found) for _ in range(number)
    ]
    return World(
        tuple(found[:10]),
        tuple(one[:10] for one in sizes),
        tuple(draw(st.sampled_from([0, 0, 3, 13])) for _ in range(number)),
        draw(st.integers(0, 2**32 - 1)),
        draw(st.sampled_from([0.4, 0.8, 0.95])),
        draw(st.sampled_from([0.0, 0.0, 0.1])),
    )


def _answer(item: Item, world: World, chance: np.random.Generator) -> Any:
    if chance.random() < world.silence:
        return None
    codes = [one.id for one in item.options if one.id != "dk"]
    if item.question.kind == "multiple":
        ticked = [code for code in codes[:-1] if chance.random() < world.leaning]
        return ticked or [codes[-1]]
    if len(codes) < len(item.options) and chance.random() < world.silence:
        return "dk"
    if world.rare and item.key == "d":
        return str(chance.choice(codes, p=[0.5, 0.03, 0.01, 0.46]))
    rest = (1 - world.leaning) / (len(codes) - 1)
    return str(chance.choice(codes, p=[world.leaning] + [rest] * (len(codes) - 1)))


def _response(world: World, home: str | None, chance: np.random.Generator) -> dict[str, Any]:
    """Answer what this person is asked, as the questionnaire leads them."""
    answers: dict[str, Any] = {"home": home or "unknown"}
    lived_in = world.tree.lineages[home] if home else ()
    for key, item in ITEMS.items():
        question = item.question
        if question.only_for and set(question.only_for).isdisjoint(lived_in):
            continue
        if question.asked_if is None or holds(question.asked_if, answers):
            answers[key] = _answer(item, world, chance)
    return answers


def counted(world: World, sample: int, chance: np.random.Generator) -> RawResults:
    """Let everybody of a sample answer, and count."""
    hierarchy = hierarchy_of(world.tree)
    homes: list[str | None] = [None] * world.homeless[sample]
    for one, size in zip(world.places, world.sizes[sample], strict=True):
        homes += [one.code] * size
    answers = [_response(world, home, chance) for home in homes]
    number = {code: index for index, code in enumerate(hierarchy.codes)}
    where = [number.get(home or "", -1) for home in homes]
    draft: Draft = DRAFT.model_copy(update={"sections": (_without_place(),)})
    made = matrix(draft, answers, where)
    return compute(DRAFT, made, hierarchy, open_sample=sample == 1)


def _without_place() -> Any:
    (section,) = DRAFT.sections
    return section.model_copy(update={"questions": section.questions[1:]})


def _heading(sample: int) -> Heading:
    kind = ("probability", "open")[sample]
    days = (date(2026, 3, 1), date(2026, 4, 1))
    return Heading("safety", "2026", kind, kind, "web", "none", "set", 1, *days)


def released(world: World) -> Released:
    """Make the files of a world, as a release has them."""
    chance = np.random.default_rng(world.seed)
    raw = tuple(counted(world, one, chance) for one in range(len(world.sizes)))
    samples = [(release(one, Policy.of(DRAFT)), _heading(no)) for no, one in enumerate(raw)]
    sheets = public_sheets(samples, world.tree, DRAFT, CUT_OFF)
    files = {one.path: one.data for one in sheets}
    manifest = manifest_json({"files": listed(sheets)})
    return Released(files["items.csv"], files["neighbourhood_by_area.csv"], manifest, raw)
