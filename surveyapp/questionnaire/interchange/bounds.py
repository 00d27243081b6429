"""Whether a questionnaire from a file can be worked on: each code once, and lists with an end."""

from collections.abc import Iterator

from surveyapp.questionnaire.completeness import repeated_ids
from surveyapp.questionnaire.drafting.editing import MOST_NODES
from surveyapp.questionnaire.interchange.report import Code, Log, Taken
from surveyapp.questionnaire.model import Draft, Node
from surveyapp.questionnaire.nodes import list_names


def _long_lists(draft: Draft) -> Iterator[tuple[str, str, int]]:
    """Walk lists that are too long: the path of the node that holds each, its name, its length."""
    for path, node in _holders(draft):
        for name in list_names(node):
            found = len(getattr(node, name))
            if found > MOST_NODES[name]:
                yield path, name, found


def _holders(draft: Draft) -> Iterator[tuple[str, Node]]:
    yield "", draft
    for section in draft.sections:
        yield section.id, section
        for question in section.questions:
            yield f"{section.id}/{question.id}", question


def check_editable(taken: Taken) -> None:
    """Refuse a draft in which two parts share a code, or with more parts than can be edited.

    :raise FileRefusedError: naming each, beside what else there is to say of the file.
    """
    log = Log(remarks=list(taken.remarks))
    for one in repeated_ids(taken.draft):
        log.refused(Code.id_twice, 0, one.node, name=one.node.rpartition("/")[2])
    for path, name, found in _long_lists(taken.draft):
        log.refused(Code.list_too_long, 0, path or name, found=found, most=MOST_NODES[name])
    log.stop_if_refused()
