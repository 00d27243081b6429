"""Whether what was posted comes from one of our own pages.

A token that is missing or too old never costs an answer, so residents' pages take it with what
was typed and ask again. What another site posts is refused before anything is looked at: it could
otherwise put a visit of its own, and its eyes on it, into somebody's browser.
"""

from urllib.parse import urlsplit

from flask import abort, current_app, request


def refuse_other_sites() -> None:
    """Refuse what a browser says that another site made it post.

    :raise 400: if so; older browsers say less, and are taken at their word.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(400)
        return
    origin = request.headers.get("Origin")
    # Behind a proxy that does not pass it on, only the settings know the host.
    ours = (request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc)
    if origin is not None and urlsplit(origin).netloc not in ours:
        abort(400)
