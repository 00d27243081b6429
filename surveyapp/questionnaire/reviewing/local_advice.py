"""What a reviewer should know of local questions, so that the core stays the same everywhere."""

from collections.abc import Collection, Iterator

from surveyapp.questionnaire.conditions import questions_of
from surveyapp.questionnaire.findings import Code, Finding, item_nodes
from surveyapp.questionnaire.index import is_scored
from surveyapp.questionnaire.local import prefix_of
from surveyapp.questionnaire.model import Draft, Note, Question, items


def _asked(draft: Draft) -> Iterator[tuple[str, Question]]:
    """Walk the questions that are answered, with the node of each."""
    for section in draft.sections:
        for question in section.questions:
            if not isinstance(question, Note):
                yield f"{section.id}/{question.id}", question


def _out_of_place(draft: Draft) -> Iterator[Finding]:
    """Tell of local questions that come before the core: it is answered otherwise after them."""
    asked = list(_asked(draft))
    core = [number for number, (_node, one) in enumerate(asked) if not one.only_for]
    last = core[-1] if core else -1
    for node, question in asked[:last]:
        if question.only_for:
            yield Finding(Code.local_before_core, node)


def _nameless(draft: Draft) -> Iterator[Finding]:
    """Tell of local questions whose code does not say whose they are."""
    known = tuple({prefix_of(code) for one in draft.questions() for code in one.only_for})
    for node, question in _asked(draft):
        if question.only_for and not question.id.startswith(known):
            prefix = prefix_of(question.only_for[0])
            yield Finding(Code.local_code, node, limits={"prefix": prefix})


def _hanging(draft: Draft) -> Iterator[Finding]:
    """Tell of questions for everybody that hang on the answer to a local one."""
    local = {one.id for one in draft.questions() if one.only_for}
    for node, question in _asked(draft):
        looked_at = questions_of(question.asked_if) if question.asked_if else ()
        if not question.only_for and local & {key.partition(".")[0] for key in looked_at}:
            yield Finding(Code.core_hangs_on_local, node)


def _outside(draft: Draft) -> Iterator[Finding]:
    """Tell of local items that are tagged with an area, whose index they are no part of."""
    nodes = item_nodes(draft)
    for item in items(draft):
        if item.question.only_for and item.areas and is_scored(item):
            yield Finding(Code.local_not_in_index, nodes[item.key])


def local_advice(draft: Draft) -> Iterator[Finding]:
    """Walk what a reviewer should consider of local questions."""
    yield from _nameless(draft)
    yield from _out_of_place(draft)
    yield from _hanging(draft)
    yield from _outside(draft)


def unknown_places(draft: Draft, known: Collection[str]) -> Iterator[Finding]:
    """Tell of local questions for places that no set of places has: nobody can be asked them."""
    for node, question in _asked(draft):
        for code in question.only_for:
            if code not in known:
                yield Finding(Code.local_nowhere, node, limits={"place": code})
