"""The municipalities in the reader's reach, each with its own words; and the logos themselves."""

import re

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from surveyapp.accounts.access import current_staff, may_see, must_see, requires
from surveyapp.accounts.reach import now
from surveyapp.designing.municipalities.forms import (
    ProfileForm,
    posted_rows,
    problems_of,
    profile_of,
    rows_of,
    written,
    zones_for,
)
from surveyapp.designing.municipalities.pictures import PictureError, picture_of
from surveyapp.designing.roles import RUNS_FIELDWORK
from surveyapp.storage.field.collectors import municipalities_with_words
from surveyapp.storage.municipal.logos import keep_logo, logo
from surveyapp.storage.municipal.profiles import (
    Logo,
    Profile,
    ProfileChangedError,
    StoredProfile,
    municipality,
    newest_profile,
    save_profile,
)

bp = Blueprint("municipalities", __name__)
AT = "/<language>/staff/municipalities"
DIGEST = re.compile(r"[0-9a-f]{64}")
# Its bytes never change; opened by itself, it can do nothing at all.
LOGO_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline",
}
PICTURES = {
    "broken": _l("Save the logo again, then choose it: the file is not whole"),
    "other_kind": _l("Choose a PNG of 8 bits without interlacing, or an SVG file"),
    "too_large": _l("Choose a smaller logo: at most 200 kB and 2,000 pixels each way"),
    "no_size": _l("Give the drawing a width and a height, then choose it again"),
}


@bp.get(f"{AT}/")
@requires(*RUNS_FIELDWORK)
def listed() -> ResponseReturnValue:
    """List the municipalities whose words the reader may change."""
    staff = current_staff()
    found = [
        (one.slug, newest_profile(one.id).content)
        for one in municipalities_with_words()
        if may_see(staff, one.id)
    ]
    return render_template("designing/municipalities/all.html", municipalities=found)


def _in_reach(slug: str) -> StoredProfile:
    found = municipality(slug)
    if found is None:
        abort(404)
    must_see(found.id)
    try:
        return newest_profile(found.id)
    except LookupError:
        abort(404)


def _sent_logo(form: ProfileForm, before: Profile, problems: list[tuple[str, str]]) -> Logo | None:
    """Keep a logo that was sent; say what is wrong with one that cannot be kept."""
    if form.without_logo.data:
        return None
    sent = form.logo.data.read() if form.logo.data else b""
    if not sent:
        return before.logo
    try:
        made = picture_of(sent)
    except PictureError as error:
        problems.append(("logo", str(PICTURES[error.reason])))
        return None
    if not problems:
        keep_logo(made)
    return Logo(digest=made.digest, width=made.width, height=made.height)


def _save(slug: str, form: ProfileForm, before: StoredProfile) -> list[tuple[str, str]]:
    """Store what was written; return what to mend instead, if anything."""
    rows = posted_rows(request.form)
    form.validate_on_submit()
    problems = [(name, str(error)) for name, errors in form.errors.items() for error in errors]
    problems += problems_of(rows)
    picture = _sent_logo(form, before.content, problems)
    if problems:
        return problems
    seen = int(form.version.data) if (form.version.data or "").isdigit() else 0
    made = profile_of(form, rows, before.content, picture)
    try:
        save_profile(slug, made, now(), by=current_staff().email, after=seen)
    except ProfileChangedError:
        sentence = _("Somebody saved this page meanwhile: open it again and look at theirs first")
        return [("name_en", sentence)]
    return []


@bp.route(f"{AT}/<slug>/", methods=["GET", "POST"])
@requires(*RUNS_FIELDWORK)
def edit(slug: str) -> ResponseReturnValue:
    """Show a municipality's words and take changed ones, as a new version."""
    before, problems = _in_reach(slug), []
    form = ProfileForm(**written(before.content), version=before.version)
    form.zone.choices = zones_for(before.content.time_zone)
    rows = rows_of(before.content)
    if form.is_submitted():
        problems = _save(slug, form, before)
        if not problems:
            return redirect(url_for("municipalities.edit", slug=slug, saved=1), 303)
        rows = posted_rows(request.form)
    return render_template(
        "designing/municipalities/one.html",
        profile=before.content,
        form=form,
        rows=rows,
        problems=problems,
        saved="saved" in request.args and not problems,
    ), (400 if problems else 200)


@bp.get("/logo/<digest>")
def picture(digest: str) -> ResponseReturnValue:
    """Send a logo by the hash of its bytes."""
    found = logo(digest) if DIGEST.fullmatch(digest) else None
    if found is None:
        abort(404)
    response: Response = make_response(found[1])
    response.headers.update(LOGO_HEADERS)
    response.content_type = found[0]
    return response
