"""Fresh ids for new nodes, and copies whose conditions look at the copied questions."""

import re
from collections.abc import Collection, Mapping, Set
from typing import Any

from surveyapp.questionnaire.conditions import All, AnyPart, Condition, Not
from surveyapp.questionnaire.model import Node, Section

LONGEST = 40


def fresh(stem: str, taken: Collection[str]) -> str:
    """Return a slug that nothing has: the stem without its number, and the next free number."""
    bare = re.sub(r"_\d+$", "", stem)[: LONGEST - 5]
    number = next(n for n in range(1, len(taken) + 2) if f"{bare}_{n}" not in taken)
    return f"{bare}_{number}"


def redirected(condition: Condition, names: Mapping[str, str]) -> Condition:
    """Return a condition that looks at renamed questions, statements of a battery included."""
    match condition:
        case All():
            return All(all=tuple(redirected(part, names) for part in condition.all))
        case AnyPart():
            return AnyPart(any=tuple(redirected(part, names) for part in condition.any))
        case Not():
            return Not(not_=redirected(condition.not_, names))
        case _:
            question, dot, line = condition.question.partition(".")
            key = f"{names.get(question, question)}{dot}{line}"
            return condition.model_copy(update={"question": key})


def _question(question: Any, names: Mapping[str, str]) -> Any:
    """Copy a question: its wording has not been published yet."""
    update = {"id": names[question.id], "version": 1}
    if question.asked_if is not None:
        update["asked_if"] = redirected(question.asked_if, names)
    if hasattr(question, "statements"):
        lines = (one.model_copy(update={"version": 1}) for one in question.statements)
        update["statements"] = tuple(lines)
    return question.model_copy(update=update)


def copied(node: Node, taken: Mapping[str, Set[str]], name: str) -> Node:
    """Return a copy of a node of a list; ``taken`` are the ids that each list may not use."""
    node_id = str(node.id)  # type: ignore[attr-defined]
    if name == "questions":
        return _question(node, {node_id: fresh(node_id, taken["questions"])})  # type: ignore[no-any-return]
    made = node.model_copy(update={"id": fresh(node_id, taken[name])})
    if not isinstance(made, Section):
        return made
    used, names = set(taken["questions"]), {}
    for question in made.questions:
        names[question.id] = fresh(question.id, used)
        used.add(names[question.id])
    questions = tuple(_question(one, names) for one in made.questions)
    return made.model_copy(update={"questions": questions})
