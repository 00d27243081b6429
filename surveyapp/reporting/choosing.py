"""What a reader chose to look at: always in the address, never remembered."""

from collections.abc import Collection, Sequence

from flask import abort, request, url_for

from surveyapp.storage.field.waves import Sample

# Whatever else an address carries is not passed on.
CHOICES = ("sample", "area", "level", "sort", "down", "town")


def chosen(name: str, known: Collection[str], otherwise: str) -> str:
    """Return a choice from the address; 404 when it is none of those there are."""
    found = request.args.get(name, otherwise)
    if found not in known:
        abort(404)
    return found


def chosen_of(samples: Sequence[Sample]) -> Sample:
    """Return the sample that the address names: the first of them, if it names none."""
    code = chosen("sample", [one.code for one in samples], samples[0].code)
    return next(one for one in samples if one.code == code)


def here_with(**changes: str) -> str:
    """Return the address of this page with some choices changed."""
    assert request.endpoint is not None
    kept = {name: request.args[name] for name in CHOICES if name in request.args}
    return url_for(request.endpoint, **{**(request.view_args or {}), **kept, **changes})
