"""What is found in a draft, in words, each with a link to the very place where it is mended."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import url_for

from surveyapp.accounts.access import current_staff
from surveyapp.designing.whose import Share
from surveyapp.designing.writing.fields import TEXTS, id_of, text_name
from surveyapp.designing.writing.outline import address_of, named, page_of
from surveyapp.forms.findings import finding_sentence
from surveyapp.questionnaire.findings import Code, Finding
from surveyapp.questionnaire.kinds import Kind
from surveyapp.questionnaire.model import Draft
from surveyapp.storage.drafting.drafts import STRUCTURE
from surveyapp.storage.drafting.surveys import Survey


@dataclass(frozen=True)
class Told:
    """A finding in the page: its sentence, the part it is about, and where that is mended."""

    sentence: str
    about: str
    href: str


@dataclass(frozen=True)
class Place:
    """Where a finding is about: its survey, the address of its part, and the text there."""

    slug: str
    draft: Draft
    where: str
    text: str
    finding: Finding

    def at(self, anchor: str) -> str:
        """Return the page of the part, at an anchor."""
        return f"{page_of(self.slug, self.where).partition('#')[0]}#{anchor}"


Mending = Callable[[Place], str]


def _part(place: Place) -> str:
    return page_of(place.slug, place.where)


def _words(place: Place) -> str:
    """Lead to the field of a text in the language that is meant."""
    if not place.finding.language or not place.text:
        return _part(place)
    return place.at(id_of(text_name(place.where, place.text, place.finding.language)))


def _at(anchor: str) -> Mending:
    return lambda place: place.at(anchor)


def _setting(name: str) -> Mending:
    """Lead to a setting; translators, who see none, to the part that has it."""

    def mending(place: Place) -> str:
        return place.at(id_of(f"s:{place.where}:{name}")) if _designs() else _part(place)

    return mending


def _designs() -> bool:
    return current_staff().role in STRUCTURE


def _condition(place: Place) -> str:
    """Lead to the menus of the condition; translators to the question."""
    if not _designs() or not place.where.startswith("questions/"):
        return _part(place)
    question_id = place.where.split("/")[1]
    return url_for("conditions.condition", slug=place.slug, question_id=question_id)


def _add_place(place: Place) -> str:
    """Lead to the menu that adds a question, with the kind chosen."""
    if not place.draft.sections:
        return _section(place)
    section_id = place.draft.sections[0].id
    if not _designs():
        return page_of(place.slug, f"sections/{section_id}")
    values = {"section_id": section_id, "kind": Kind.place.value, "_anchor": "kind"}
    return url_for("editor.section", slug=place.slug, **values)  # type: ignore[arg-type]


def _section(place: Place) -> str:
    anchor = "sections" if _designs() else None
    return url_for("editor.whole", slug=place.slug, _anchor=anchor)


def _area(place: Place) -> str:
    """Lead to the library's questions on an area; translators to the survey."""
    area = place.finding.limits.get("area")
    if not _designs():
        return _part(place)
    return url_for("library.shelf", slug=place.slug, area=area)


def _drafts(place: Place) -> str:
    return url_for("translating.texts", slug=place.slug, of=place.finding.language, state="draft")


def _adding(place: Place) -> str:
    return place.at("kind") if _designs() else _part(place)


MENDED_AT: dict[Code, Mending] = {
    Code.text_missing: _words,
    Code.text_stale: _words,
    Code.text_draft: _drafts,
    Code.no_notice: _part,
    Code.youth_ages: _part,
    Code.youth_needs_adult: _part,
    Code.no_language: _setting("languages"),
    Code.no_section: _section,
    Code.no_question: _adding,
    Code.duplicate_id: _part,
    Code.few_options: _at("options"),
    Code.few_statements: _at("statements"),
    Code.too_many_options: _at("options"),
    Code.role_not_possible: _part,
    Code.specify_not_possible: _part,
    Code.two_specify: _at("options"),
    Code.score_without_role: _part,
    Code.role_without_score: _part,
    Code.favourable_unknown: _part,
    Code.condition_unknown_question: _condition,
    Code.condition_later_question: _condition,
    Code.condition_unknown_option: _condition,
    Code.condition_not_a_number: _condition,
    Code.only_for_before_place: _part,
    Code.never_asked: _condition,
    Code.number_range: _setting("minimum"),
    Code.bands_unordered: _setting("bands"),
    Code.no_place_question: _add_place,
    Code.two_place_questions: _part,
    Code.no_none_of_these: _at("options"),
    Code.few_index_items: _area,
    Code.too_many_codes: _at("options"),
    Code.rank_is_long: _at("options"),
    Code.page_is_long: _part,
    Code.identifying: _part,
    Code.takes_long: _at("outline"),
    Code.youth_decides_alone: _part,
    Code.youth_not_sensitive: lambda place: _setting("sensitive")(
        Place(place.slug, place.draft, "", "", place.finding)
    ),
    Code.may_not_apply: _part,
    Code.unknown_tag: _part,
    Code.local_code: _adding,
    Code.local_nowhere: _setting("only_for"),
    Code.local_before_core: _part,
    Code.core_hangs_on_local: _condition,
    Code.local_not_in_index: _setting("areas"),
    Code.leaning: _words,
    Code.two_in_one: _words,
    Code.hard_to_read: _words,
}


def place_of(slug: str, draft: Draft, finding: Finding) -> str:
    """Return the link to the place where a finding is mended."""
    where, text = address_of(draft, finding.node)
    return MENDED_AT[finding.code](Place(slug, draft, where, text, finding))


def _about(draft: Draft, finding: Finding) -> str:
    """Name the part, and which of its texts where it has several: else two lines read alike."""
    where, text = address_of(draft, finding.node)
    part = named(draft, where)
    return f"{part} – {TEXTS[text]}" if text in TEXTS else part


def theirs(survey: Survey, share: Share, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what of some findings is about a part that the reader may mend."""
    draft = survey.draft
    return tuple(
        one for one in findings if share.may_change(survey, address_of(draft, one.node)[0])
    )


def told(slug: str, draft: Draft, findings: Iterable[Finding]) -> tuple[Told, ...]:
    """Put findings into words with their places."""
    return tuple(
        Told(
            finding_sentence(one),
            _about(draft, one),
            place_of(slug, draft, one),
        )
        for one in findings
    )
