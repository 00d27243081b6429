"""All questionnaires with their states, and beginning a new one."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from surveyapp.accounts.access import current_staff, may_see, requires
from surveyapp.accounts.reach import now, shared_surveys
from surveyapp.designing.roles import WORKS_ON_DRAFTS
from surveyapp.i18n import language
from surveyapp.questionnaire.model import Draft, Notice, Section
from surveyapp.questionnaire.reviewing.changes import are_alike
from surveyapp.questionnaire.text import Text, printable
from surveyapp.questionnaire.translation import Progress, progress
from surveyapp.storage.drafting.drafts import STRUCTURE, begin
from surveyapp.storage.drafting.origins import Origin
from surveyapp.storage.drafting.partners import Reach
from surveyapp.storage.drafting.surveys import SlugTakenError, Survey, newest_edition
from surveyapp.storage.field.collectors import municipalities_with_words
from surveyapp.storage.municipal.profiles import municipality_name
from surveyapp.storage.people.staff import Role

bp = Blueprint("drafts", __name__, url_prefix="/<language>/staff/questionnaires")
OWNER = _l("Whose survey is it?")
# Pages of the list itself, which no survey may stand in the way of.
TAKEN = ("new", "from-a-file")
_LENGTH = Length(max=200, message=_l("Write a title of at most 200 characters"))


@dataclass(frozen=True)
class Listed:
    """A survey as a line of the list: its state in words, each language's progress, whose it is."""

    survey: Survey
    state: str
    languages: tuple[tuple[str, Progress], ...]
    reach: Reach


def _shown(typed: str | None) -> str:
    """Leave out what nobody sees; nothing may be left of it."""
    return printable(typed or "").strip()


def _title(label: LazyString, hint: LazyString | str = "") -> StringField:
    return StringField(label, (_LENGTH,), filters=(_shown,), description=hint)


class BeginForm(FlaskForm):  # type: ignore[misc]
    """A new questionnaire: its title, and whose it is."""

    title_en = _title(
        _l("Title in English"),
        _l(
            "One language is enough to begin. The other can be written at any time until"
            " publishing."
        ),
    )
    title_fr = _title(_l("Title in French"))
    owner = SelectField(OWNER, (InputRequired(_l("Choose whose survey it is")),))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a title in one language, whichever the survey is written in first."""
        is_valid = super().validate(extra_validators)
        if self.title_en.data or self.title_fr.data:
            return bool(is_valid)
        self.title_en.errors = [_("Write the title in English or in French")]
        return False

    def draft(self) -> Draft:
        """Return an empty questionnaire of that title."""
        typed = {"en": self.title_en.data, "fr": self.title_fr.data}
        title = {code: words for code, words in typed.items() if words}
        first = Section(id="section_1", title=Text())
        notice = Notice(authority=Text(), purpose=Text())
        # What is written first stands first in the editor.
        order = ("fr", "en") if list(title) == ["fr"] else ("en", "fr")
        made = Text(wordings=title)
        return Draft(languages=order, title=made, notice=notice, sections=(first,))


def state_of(survey: Survey) -> str:
    """Say how a draft stands to what was published of it."""
    newest = newest_edition(survey.id)
    if newest is None:
        return _("Not published yet")
    values = {"number": newest.number, "day": format_date(newest.published_at, "long")}
    if are_alike(survey.draft, newest.questionnaire):
        return _("Edition %(number)s, published on %(day)s", **values)
    return _("Changed since edition %(number)s, published on %(day)s", **values)


def slug_of(title: str) -> str:
    """Make the name of a survey in addresses from its title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    bare = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    is_free = bare[:1].isalpha() and bare not in TAKEN
    return bare if is_free else f"survey-{bare}".strip("-")


@bp.get("/")
@requires(*WORKS_ON_DRAFTS)
def drafts() -> ResponseReturnValue:
    """List the questionnaires that the reader may work on."""
    listed = [
        Listed(
            one,
            state_of(one),
            tuple((code, progress(one.draft, code)) for code in one.draft.languages),
            reach,
        )
        for one, reach in shared_surveys()
    ]
    may_begin = current_staff().role in STRUCTURE
    return render_template("designing/drafts.html", surveys=listed, may_begin=may_begin)


def _to_choose(names: list[SelectChoice]) -> list[SelectChoice]:
    """Offer no municipality before the others: the first of the alphabet would be taken for set."""
    return names if len(names) < 2 else [SelectChoice("", _("Choose a municipality")), *names]


def owners() -> list[SelectChoice]:
    """List the municipalities that the reader may write a questionnaire for."""
    staff = current_staff()
    return [
        SelectChoice(str(one.id), municipality_name(one.id, language()))
        for one in municipalities_with_words()
        if may_see(staff, one.id)
    ]


def begun(draft: Draft, owner_id: int, name: str = "", origin: Origin | None = None) -> str:
    """Store a new questionnaire under the first free name; return that.

    :raise TakenBeforeError: if it comes from a file that was sent before.
    """
    titles = draft.title.wordings
    stem = slug_of(titles.get("en") or titles.get("fr") or name)
    slug, number = stem, 1
    while True:
        try:
            begin(slug, owner_id, draft, current_staff(), now(), origin)
        except SlugTakenError:
            number += 1
            slug = f"{stem}-{number}"
            continue
        return slug


@bp.route("/new", methods=["GET", "POST"])
@requires(Role.designer, Role.publisher)
def new() -> ResponseReturnValue:
    """Begin a questionnaire."""
    form = BeginForm()
    form.owner.choices = _to_choose(owners())
    if form.validate_on_submit():
        slug = begun(form.draft(), int(form.owner.data))
        return redirect(url_for("editor.whole", slug=slug), 303)
    status = 400 if form.is_submitted() else 200
    return render_template("designing/new_draft.html", form=form), status
