"""Wording that leans, asks two things at once or is hard to read: advice, in either language.

Rules of words find what they know and no more: few false alarms are worth more than every hit,
because a reviewer who is told of nothing stops reading. A language without rules is left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveyapp.questionnaire.findings import Code, Finding
from surveyapp.questionnaire.model import (
    Battery,
    Draft,
    Note,
    Question,
    Role,
    Scale,
    Section,
    Single,
)
from surveyapp.questionnaire.reviewing.readability import FORMULAS, words_in
from surveyapp.questionnaire.text import Text

# Below this a single long word decides the figure.
LEAST_WORDS = 10
# Past the last grade of secondary school; in French, where "very difficult" texts begin.
HARDEST_GRADE = 13.0
LEAST_EASE = 30.0


@dataclass(frozen=True)
class Rules:
    """What gives a language away: leaning phrases, the word that joins two things, and names.

    ``one_thing`` are phrases in which the joining word names one thing.
    """

    leaning: re.Pattern[str]
    joining: re.Pattern[str]
    one_thing: re.Pattern[str]


def _phrases(*found: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)


RULES: Mapping[str, Rules] = {
    "en": Rules(
        leaning=_phrases(
            r"(?:do|wo|would|is|are|should|does)n[’']t"
            r" (?:you|we|it|they|the|our|this|that)\b[^.?]*",
            r"do(?:es)? you not\b",
            r"(?:do|would) you agree that\b(?![^?]*\bdisagree)",
            r"of course",
            r"obviously",
            r"clearly",
            r"surely",
            r"everyone knows",
            r"as you know",
            r"most people (?:agree|think|believe|say)",
            r"experts (?:agree|say)",
            r"(?:terrible|shocking|outrageous|wonderful|excellent work|hard-working|long overdue)",
        ),
        joining=_phrases("and", "as well as"),
        one_thing=_phrases(
            r"safety and well-being",
            r"health and safety",
            r"mental health and addictions?",
            r"parks and recreation",
            r"arts and culture",
            r"between [^?]* and",
            r"approachable and easy to talk to",
            r"disagree\b[^.?:]* and",
        ),
    ),
    "fr": Rules(
        leaning=_phrases(
            r"n[’']êtes-vous pas d[’']accord",
            r"ne (?:pensez|croyez|trouvez|souhaitez|voulez|devrait|devrions)[- ]\w+ pas",
            r"n[’'](?:est-il|est-ce|est-elle|aimeriez-vous|avez-vous) pas",
            r"êtes-vous d[’']accord (?:pour dire )?que\b(?![^?]*\bdésaccord)",
            r"bien sûr",
            r"évidemment",
            r"de toute évidence",
            r"il est (?:clair|évident) que",
            r"(?:tout le monde|chacun) sait",
            r"comme vous le savez",
            r"la plupart des gens (?:pensent|croient|disent|sont d[’']accord)",
            r"les (?:experts|spécialistes) (?:disent|s[’']entendent)",
            r"(?:épouvantable|scandaleux|honteux|merveilleux|excellent travail)",
        ),
        joining=_phrases("et", "ainsi que"),
        one_thing=_phrases(
            r"sécurité et (?:le |du |de )?bien-être",
            r"santé et (?:de |la )?sécurité",
            r"santé mentale et (?:de |les |des )?dépendances?",
            r"parcs et (?:de |les )?loisirs",
            r"arts et (?:de |la )?culture",
            r"entre [^?]* et",
            r"ouvert et facile d[’']approche",
        ),
    ),
}


def leaning(words: str, language: str) -> str:
    """Return the phrase by which a text leads to an answer; empty when none is known."""
    rules = RULES.get(language)
    found = rules.leaning.search(words) if rules else None
    return " ".join(found.group().split()[:6]) if found else ""


def joins_two(words: str, language: str, *, rated: bool) -> bool:
    """Tell whether a text asks two things: two questions, or two things with one rating."""
    if words.count("?") > 1:
        return True
    rules = RULES.get(language)
    if rules is None or not rated:
        return False
    return rules.joining.search(rules.one_thing.sub("", words)) is not None


def is_hard(words: str, language: str) -> bool:
    """Tell whether a text is harder than secondary school reads; short ones never are."""
    if language not in FORMULAS or len(words_in(words)) < LEAST_WORDS:
        return False
    level = FORMULAS[language](words)
    return level >= HARDEST_GRADE if language == "en" else level < LEAST_EASE


def _is_rated(question: Question) -> bool:
    return isinstance(question, Single | Scale | Battery) and any(
        one.role is Role.scored for one in question.options
    )


def _asked(section: Section, question: Question) -> Iterator[tuple[str, Text, bool]]:
    """Walk the texts of a question that ask or tell, with whether they are rated."""
    node = f"{section.id}/{question.id}"
    lines = question.statements if isinstance(question, Battery) else ()
    yield f"{node}/text", question.text, _is_rated(question) and not lines
    if question.hint:
        yield f"{node}/hint", question.hint, False
    for one in lines:
        yield f"{node}/{one.id}/text", one.text, _is_rated(question)


def _of_text(node: str, text: Text, language: str, rated: bool, note: bool) -> Iterator[Finding]:
    words = text.get(language)
    phrase = "" if note else leaning(words, language)
    if phrase:
        yield Finding(Code.leaning, node, language, {"phrase": phrase})
    if not note and not node.endswith("/hint") and joins_two(words, language, rated=rated):
        yield Finding(Code.two_in_one, node, language)
    if is_hard(words, language):
        yield Finding(Code.hard_to_read, node, language)


def wording_advice(draft: Draft) -> Iterator[Finding]:
    """Walk what of the wording a reviewer should consider; the notice is the law's, and left."""
    for section in draft.sections:
        for question in section.questions:
            for node, text, rated in _asked(section, question):
                for language in draft.languages:
                    note = isinstance(question, Note)
                    yield from _of_text(node, text, language, rated, note)


def reading_levels(draft: Draft) -> dict[str, float]:
    """Return how hard all questions together are, by language that has a formula.

    English: a school grade, less is easier. French: an ease of 0 to 100, more is easier.
    """
    asked = [
        text
        for section in draft.sections
        for question in section.questions
        for _node, text, _rated in _asked(section, question)
    ]
    found = {}
    for code in draft.languages:
        whole = " ".join(f"{one.get(code)}." for one in asked if one.get(code))
        if code in FORMULAS and words_in(whole):
            found[code] = FORMULAS[code](whole)
    return found
