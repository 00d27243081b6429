"""A reader of pages for tests: fetches like a browser without JavaScript, and inspects it all.

    def test_something(client):                        # the fixture of tests/conftest.py
        page = client.get("/en/surveys/safety/")       # follows redirects; expects 200 at the end
        page = client.follow("Start")                  # a link, by its words
        page = client.press("Continue to the questions")
        page = client.press(answers={"q_kids": "yes"})  # the page's main button
        page = client.press("Français", {"q_why": "half a th"})
        assert page.heading == "..." and page.errors == (("q_kids", "Choose ..."),)
        page = client.get("/en/nowhere", status=404)

``press`` sends what the page's form holds, as a browser would (hidden fields, the token, what is
ticked), with ``answers`` typed over it: a string, a list of them, or None to leave out. A name or
choice that the page does not offer fails the test; a forged post goes through ``client.post``,
usually with ``{**page.fields(), "q_kids": "forged"}``.

Every response is inspected (tests/inspecting.py for pages; headers, cookies, links and the
database here): a test fails at the fetch, with everything that is wrong with the page. A GET that
takes the right to write fails, and so does a request that keeps a connection.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from weakref import WeakMethod

import pytest
from bs4 import BeautifulSoup
from flask import Flask, has_app_context
from sqlalchemy import event
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from surveyapp.extensions import db
from surveyapp.security import FILE_HEADERS, HEADERS
from tests.inspecting import problems_of, words
from tests.page import Page, Values

MOST_HOPS = 5
MOST_COOKIE = 1_000


def _call(noted: "WeakMethod[Callable[..., None]]", told: tuple[Any, ...]) -> None:
    note = noted()
    if note is not None:
        note(*told)


class Client:
    """Fetches pages, inspects each one and remembers where it is."""

    def __init__(self, app: Flask, **environ: Any) -> None:
        """``environ`` goes with every request: ``REMOTE_ADDR``, ``HTTP_ACCEPT_LANGUAGE`` ..."""
        self.app = app
        self.browser = app.test_client()
        self.environ = environ
        self.page: Page | None = None
        self._began: list[str] = []
        with app.app_context():
            self.engine = db.engine
        # An engine that held this client would hold its program for as long as the tests run.
        noted = WeakMethod(self._note)
        event.listen(self.engine, "before_cursor_execute", lambda *told: _call(noted, told))

    def _note(self, *args: Any) -> None:
        if str(args[2]).startswith("BEGIN"):
            self._began.append(str(args[2]))

    def get(self, url: str, *, status: int = 200, follow: bool = True) -> Page:
        """Fetch a page; ``status`` is what it must answer at the end."""
        return self._fetch("GET", url, None, status, follow)

    def post(
        self, url: str, data: Mapping[str, Any], *, status: int = 200, follow: bool = True
    ) -> Page:
        """Post anything at all, forged or not."""
        return self._fetch("POST", url, data, status, follow)

    def press(
        self,
        button: str = "",
        answers: Values | None = None,
        *,
        on: Page | None = None,
        status: int = 200,
        follow: bool = True,
    ) -> Page:
        """Press a button of this page, or of an older one (``on``), after answering."""
        page = on or self._here()
        pressed = page.button(button)
        form = page.form(pressed)
        data = page.filled(button, answers or {})
        action = pressed.get("formaction") or form.get("action")
        address = urldefrag(urljoin(page.url, str(action or page.url))).url
        if str(form.get("method", "get")).lower() == "get":
            query = self.browser.application.test_request_context(query_string=data).request
            return self.get(
                f"{urlsplit(address).path}?{query.query_string.decode()}", status=status
            )
        return self.post(address, data, status=status, follow=follow)

    def follow(self, said: str, *, status: int = 200) -> Page:
        """Follow a link of this page by its words (or the beginning of them)."""
        page = self._here()
        links = [one for one in page.select("a[href]") if words(one).startswith(said)]
        assert links, f"no link {said!r}: {[words(one) for one in page.select('a[href]')]}"
        exact = [one for one in links if words(one) == said]
        return self.get(urljoin(page.url, str((exact or links)[0]["href"])), status=status)

    def _here(self) -> Page:
        assert self.page is not None, "nothing was fetched yet"
        return self.page

    def _fetch(
        self, method: str, url: str, data: Mapping[str, Any] | None, status: int, follow: bool
    ) -> Page:
        page = self._one(method, url, data)
        for _hop in range(MOST_HOPS):
            if not (follow and page.status in (301, 302, 303, 307, 308)):
                break
            assert page.status != 307, "a redirect that posts again"
            page = self._one("GET", urljoin(url, page.location), None)
        assert page.status == status, (
            f"{method} {url} answered {page.status}, not {status}, at {page.url}:"
            f" {page.text[:2000]}"
        )
        self.page = page
        return page

    def _one(self, method: str, url: str, data: Mapping[str, Any] | None) -> Page:
        assert not has_app_context(), "fetch outside app_context(): a request brings its own"
        self._began.clear()
        parts = urlsplit(url)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        response = self.browser.open(address, method=method, data=data, environ_base=self.environ)
        html = response.get_data(as_text=True) if _is_html(response) else ""
        page = Page(address, response, BeautifulSoup(html, "html.parser"))
        found = [*self._problems(method, page)]
        if found:
            pytest.fail(f"{method} {address} ({page.status}):\n- " + "\n- ".join(found))
        return page

    def _problems(self, method: str, page: Page) -> Iterator[str]:
        # Who is refused a page is written down (docs/decisions/0022), and nothing else by a GET.
        if method == "GET" and self._began and page.status != 403:
            yield f"a GET takes the right to write: {self._began}"
        if self.engine.pool.checkedout():  # type: ignore[attr-defined]
            yield "the request keeps a database connection"
        yield from _header_problems(page.response)
        if _is_html(page.response) and not 300 <= page.status < 400:
            yield from problems_of(page.text)
            yield from self._dead_links(page)

    def _dead_links(self, page: Page) -> Iterator[str]:
        """Every address of ours on a page is one that the program knows."""
        adapter = self.app.url_map.bind("localhost")
        found = [(one, "href", "GET") for one in page.select("a[href], link[href]")]
        found += [(one, "src", "GET") for one in page.select("script[src], img[src]")]
        for form in page.select("form"):
            found.append((form, "action", str(form.get("method", "get")).upper()))
        for element, name, verb in found:
            path = urlsplit(urljoin(page.url, str(element.get(name) or page.url))).path
            if not re.match(r"/|$", str(element.get(name, "")).split("?")[0]):
                continue
            try:
                adapter.match(path, method=verb)
            except RequestRedirect:
                yield f"{name}={path!r} is a redirect: write it in full"
            except HTTPException as error:
                yield f"{name}={path!r} leads nowhere: {error.name}"


def _is_html(response: TestResponse) -> bool:
    return response.mimetype == "text/html"


def _header_problems(response: TestResponse) -> Iterator[str]:
    is_file = response.request.path.startswith("/static/")
    wanted = FILE_HEADERS if is_file and response.status_code < 400 else HEADERS
    for name, value in wanted.items():
        if response.headers.get(name) != value:
            yield f"the header {name} is {response.headers.get(name)!r}"
    if "Cache-Control" not in response.headers:
        yield "no Cache-Control"
    for cookie in response.headers.getlist("Set-Cookie"):
        if len(cookie) > MOST_COOKIE:
            yield f"a cookie of {len(cookie)} bytes"
        if "HttpOnly" not in cookie or "SameSite=Lax" not in cookie:
            yield f"a cookie open to scripts or other sites: {cookie.partition('=')[0]}"
