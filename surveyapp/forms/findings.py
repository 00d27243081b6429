"""What a designer reads of a draft: a whole sentence for everything that can be found."""

from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.i18n import language
from surveyapp.questionnaire.findings import Code, Finding
from surveyapp.questionnaire.framework import AREA_NAMES, Area

SENTENCES: dict[Code, LazyString] = {
    Code.text_missing: _l("Write this text in %(language)s"),
    Code.text_stale: _l(
        "Look at the %(language)s again: the text it was translated from has changed"
    ),
    Code.text_draft: _l(
        "Have the translations into %(language)s approved. Still drafts: %(texts)s"
    ),
    Code.no_notice: _l(
        "Write the notice of collection: the law asks for its authority and its purpose"
    ),
    Code.youth_ages: _l("The youngest age, %(least)s, is above the oldest, %(most)s"),
    Code.youth_needs_adult: _l(
        "Ask an adult first: children under %(least)s do not decide by themselves"
    ),
    Code.no_language: _l("Choose a language"),
    Code.no_section: _l("Add a section: there is nothing to answer yet"),
    Code.no_question: _l("Add a question to this section, or remove it"),
    Code.duplicate_id: _l("Remove one of two parts that have the same code"),
    Code.few_options: _l("Add answers: at least two are needed to choose from"),
    Code.few_statements: _l("Add a statement: there is nothing to answer yet"),
    Code.too_many_options: _l("Remove answers: there can be at most %(most)s"),
    Code.role_not_possible: _l("Choose another meaning: this kind of question has no use for it"),
    Code.specify_not_possible: _l("Only choices of a list can open a line to write"),
    Code.two_specify: _l("Let only one answer open a line to write"),
    Code.score_without_role: _l("Remove the score, or make this an answer with a score"),
    Code.role_without_score: _l("Write the score of this answer, from 0 to 100"),
    Code.favourable_unknown: _l("Say whether this answer is favourable"),
    Code.condition_unknown_question: _l(
        "Change the condition: it looks at a question that is not there"
    ),
    Code.condition_later_question: _l(
        "Change the condition, or move the question: it looks at an answer that is still to come"
    ),
    Code.condition_unknown_option: _l(
        "Change the condition: it looks at an answer that is not offered"
    ),
    Code.condition_not_a_number: _l(
        "Change the condition: it compares an answer that is no number"
    ),
    Code.only_for_before_place: _l(
        "Ask where people live first: this question is only for residents of some places"
    ),
    Code.never_asked: _l("Change the condition: nobody can ever be asked this question"),
    Code.number_range: _l("Make the smallest number less than the largest"),
    Code.bands_unordered: _l("Put the classes in order, each once"),
    Code.no_place_question: _l("Add a question about the place where people live: results need it"),
    Code.two_place_questions: _l("Keep only one question about the place where people live"),
    Code.no_none_of_these: _l("Add an answer that stands alone, such as “None of these”"),
    Code.few_index_items: _l(
        "%(area)s: %(items)s scored questions asked of everybody inform this area, and an index"
        " needs %(least)s"
    ),
    Code.too_many_codes: _l(
        "Ask a new question: this one has had %(codes)s answers over its editions, and %(most)s"
        " is the most"
    ),
    Code.rank_is_long: _l("Shorten the list: %(options)s answers are hard to put in order"),
    Code.page_is_long: _l("Split this section: it has %(questions)s questions on one page"),
    Code.identifying: _l(
        "Ask for fewer personal details: a place with %(details)s of them can tell who somebody is"
    ),
    Code.takes_long: _l("Shorten the survey: it takes about %(minutes)s minutes to answer"),
    Code.youth_decides_alone: _l(
        "Think about asking an adult first: under %(own)s, a parent can act for a young person"
    ),
    Code.youth_not_sensitive: _l(
        "Think about the button to leave the page quickly: this survey is for young people"
    ),
    Code.may_not_apply: _l(
        "This question can be answered with “does not apply”: it leaves the index of its area"
        " when more than a tenth say so"
    ),
    Code.unknown_tag: _l("Remove the tag %(tag)s, or name it in this survey"),
    Code.local_code: _l(
        "Add this local question anew for its municipality: its code does not begin with"
        " %(prefix)s, so that results and files do not say whose it is"
    ),
    Code.local_nowhere: _l(
        "Choose a place that is known, or bring the places of %(place)s in: nobody can be asked"
        " this question"
    ),
    Code.local_before_core: _l(
        "Move this local question behind what everybody is asked: those who are asked it may answer"
        " the rest otherwise, and results are harder to compare"
    ),
    Code.core_hangs_on_local: _l(
        "Make this question local as well, or change its condition: it hangs on a question that"
        " only some places are asked"
    ),
    Code.local_not_in_index: _l(
        "Know that this local question is shown beside its area, not in the index: an index holds"
        " what everybody is asked"
    ),
    Code.leaning: _l("Ask without leaning: in the %(language)s, “%(phrase)s” leads to an answer"),
    Code.two_in_one: _l(
        "Ask one thing at a time: in the %(language)s, somebody can agree with one part and not"
        " with the other"
    ),
    Code.hard_to_read: _l(
        "Write shorter sentences or plainer words: the %(language)s is harder to read than"
        " secondary school"
    ),
}


def language_name(code: str) -> str:
    """Name a language in the reader's own."""
    named = {"en": _("English"), "fr": _("French")}
    locale = get_locale()
    return named.get(code) or str((locale and locale.languages.get(code)) or code)


def finding_sentence(finding: Finding) -> str:
    """Put a finding into words."""
    values: dict[str, object] = {
        name: format_decimal(value) if isinstance(value, int | float) else value
        for name, value in finding.limits.items()
    }
    if finding.language:
        values["language"] = language_name(finding.language)
    if "area" in values:
        values["area"] = AREA_NAMES[Area(str(values["area"]))][language()]
    return str(SENTENCES[finding.code]) % values
