"""Thousands of hostile requests: each gets a clear page, and nothing that was saved is lost.

Every rule of the program's own address map is met, so a new page is covered without being named.
"""

import argparse
import gzip
import random
import re
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from benchmarks.client import Pairs, Resident, filled, read_forms
from benchmarks.hostile import (
    BENDS,
    FORM,
    MARK,
    SEGMENTS,
    Request,
    encoded,
    packed,
    strange_headers,
    strange_query,
)  # fmt: skip
from benchmarks.survey import SLUG, settings_for
from benchmarks.target import EMAIL, OTHER, PASSWORD, Kept, Target, kept, made, moved
from surveyapp import create_app
from surveyapp.extensions import db
from surveyapp.storage.codes import token_hash

Inspect = Callable[[str], tuple[str, ...]]
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND")
# Whose right answer would close the waves that everybody here answers.
ENDINGS = ("waves.close", "waves.times")
# A heading in both languages.
TWIN = re.compile(r'<h1[^>]*>(?:(?!</h1>).)*lang="fr"', re.S)


@dataclass
class Inside(Resident):
    """A resident whose browser is the test client of the program itself."""

    port: int = 0
    client: FlaskClient = field(default_factory=lambda: FlaskClient(Flask("nowhere")))
    address: str = "127.0.0.1"

    def __post_init__(self) -> None:
        self.path = "/"

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Send one request; return the status, the page and where it redirects."""
        kind = None if body is None else FORM
        whence = {"REMOTE_ADDR": self.address}
        reply = self.client.open(
            path, method=method, data=body, content_type=kind, environ_overrides=whence
        )
        return reply.status_code, reply.get_data(as_text=True), reply.headers.get("Location", "")


@dataclass
class Browser:
    """A browser with a name, and the tokens of the visits that are its own."""

    name: str
    client: FlaskClient
    visits: set[str] = field(default_factory=set)

    def begin(self, slug: str, pages: int) -> None:
        """Answer so many pages of a survey, at most until its check page."""
        resident = Inside(client=self.client)
        page = resident.go("GET", f"/en/surveys/{slug}/notice")
        for turn in range(pages + 1):
            if resident.path.endswith("/check"):
                break
            form = next(one for one in read_forms(page) if one.is_main)
            body = encoded(filled(form, turn)).decode()
            page = resident.go("POST", form.action or resident.path, body)
        with self.client.session_transaction() as session:
            self.visits.add(session["visits"][slug])

    def sign_in(self, address: str) -> None:
        """Sign in as staff, from an address that has not tried too often."""
        resident = Inside(client=self.client, address=address)
        form = read_forms(resident.go("GET", "/en/staff/sign-in"))[0]
        pairs = [*form.hidden, ("email", EMAIL), ("password", PASSWORD)]
        resident.go("POST", "/en/staff/sign-in", encoded(pairs).decode())

    def form(self, path: str) -> Pairs:
        """Return what the page at an address would send there, or a token alone."""
        reply = self.client.get(path, follow_redirects=True)
        page = reply.get_data(as_text=True) if reply.mimetype == "text/html" else ""
        forms = read_forms(page)
        own = [one for one in forms if unquote(one.action or path).startswith(unquote(path))]
        return filled((own or forms)[0], 1) if forms else self._token()

    def _token(self) -> Pairs:
        reply = self.client.get(f"/en/surveys/{SLUG}/token").get_json()
        return [("csrf_token", reply["csrf_token"])]


@dataclass
class Fuzz:
    """One run: who asks, what for, and what went wrong."""

    app: Flask
    target: Target
    dice: random.Random
    inspect: Inspect
    met: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.app.testing = True  # what fails shows where, instead of the page for it
        self.rules = [rule for rule in self.app.url_map.iter_rules() if rule.methods]
        posts = [rule for rule in self.rules if "POST" in (rule.methods or ())]
        # A page of answers has the most that can be lost: its share does not shrink with new doors.
        pages = [rule for rule in posts if "section_id" in rule.arguments]
        self.posts = posts + len(posts) // 5 * pages
        self.bystander = Browser("bystander", self.app.test_client())
        self.bystander.begin(SLUG, 3)
        self.renew()

    def renew(self) -> None:
        """Begin anew in every browser."""
        self.browsers = [
            Browser(name, self.app.test_client()) for name in ("answering", "both", "new", "staff")
        ]
        answering, both, _new, staff = self.browsers
        answering.begin(SLUG, self.dice.randrange(9))
        both.begin(SLUG, 40 if self.dice.random() < 0.3 else 2)
        both.begin(OTHER, 1)
        staff.sign_in(f"198.51.100.{self.dice.randrange(255)}")

    def address(self, rule: Rule, wildness: float) -> str:
        """Fill in a rule: with what is there, or with what is not."""
        path = rule.rule
        for name in rule.arguments:
            known = self.target.segments.get(name, ["nothing"])
            if rule.endpoint in ENDINGS and name == "slug":
                known = [one for one in known if one not in (SLUG, OTHER)]
            wild = self.dice.random() < wildness
            value = self.dice.choice(SEGMENTS if wild else known)
            path = re.sub(rf"<(?:[^<>]*:)?{name}>", lambda _found, value=value: value, path)
        return path

    def post(self, turn: int) -> tuple[Browser, Request]:
        """Bend what a page would send."""
        rule = self.posts[(turn - turn // 3) % len(self.posts)]
        dice, browser = self.dice, self.dice.choice(self.browsers)
        path = self.address(rule, 0.05)
        pairs = browser.form(path)
        foreign = [*self.target.codes[:5], *browser.visits, *self.bystander.form("/i/")[0]]
        bends = [dice.choice(BENDS) for _bend in range(dice.choice((1, 1, 2)))]
        for bend in bends:
            pairs = bend(dice, pairs, foreign)
        what = " ".join((rule.endpoint, *(one.__name__ for one in bends)))
        return browser, packed(dice, Request("POST", path, what=what), pairs)

    def other(self, turn: int) -> tuple[Browser, Request]:
        """Ask for an address as no link of ours leads there."""
        rule = self.rules[turn // 3 % len(self.rules)]
        method = "GET" if self.dice.random() < 0.8 else self.dice.choice(METHODS)
        path = self.address(rule, 0.4)
        return self.dice.choice(self.browsers), Request(method, path, what=rule.endpoint)

    def turn(self, turn: int) -> None:
        """Send one request and look at what came of it."""
        dice = self.dice
        browser, request = (self.post if turn % 3 else self.other)(turn)
        if dice.random() < 0.2:
            request.query = strange_query(dice)
        if dice.random() < 0.2:
            request.headers.update(strange_headers(dice))
        before = self.kept()
        try:
            reply = self.send(browser, request)
        except Exception:
            self.problems.append(
                f"turn {turn}: {request}\n{traceback.format_exc(limit=-5, chain=False)}"
            )
            return
        self.met[f"{reply.status_code}"] += 1
        self.met[request.what.partition(" ")[0]] += 1
        wrong = [*self.of_reply(request, reply), *self.of_stored(browser, request, before)]
        self.problems += [f"turn {turn}: {one}\n    {request}" for one in wrong]
        if turn % 60 == 59:
            self.renew()

    def send(self, browser: Browser, request: Request) -> Response:
        """Send a request through the program, with the address of somebody else each time."""
        builder = EnvironBuilder(path="/", method=request.method, query_string=request.query)
        environ = builder.get_environ()
        environ["PATH_INFO"] = unquote(request.path, "latin-1")
        environ["REMOTE_ADDR"] = f"192.0.2.{self.dice.randrange(255)}"
        if request.method == "POST":
            environ["wsgi.input"] = BytesIO(request.body)
            environ["CONTENT_TYPE"] = request.content_type
            if request.chunked:
                environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
            else:
                environ["CONTENT_LENGTH"] = str(len(request.body))
        cookie = browser.client.get_cookie("surveyapp")
        environ["HTTP_COOKIE"] = f"surveyapp={cookie.value}" if cookie else ""
        for name, value in request.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_LENGTH" else f"HTTP_{key}"] = value
        # Not through the client: what one request does to its cookies is not the next one's.
        body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        return Response(body, status, headers)

    def kept(self) -> Kept:
        """Read what is stored of residents."""
        with self.app.app_context():
            return kept()

    def of_reply(self, request: Request, reply: Response) -> Iterator[str]:
        """Walk what is wrong with a reply."""
        html = _html(reply)
        if reply.status_code >= 500:
            yield f"answered {reply.status_code}"
        if MARK in html or "Traceback" in html:
            yield "a page repeats markup, or tells how it failed"
        if _holds_a_connection(self.app):
            yield "the request keeps a database connection"
        if html and request.method != "HEAD" and not 300 <= reply.status_code < 400:
            yield from self.inspect(html)
            yield from _of_language(request, reply.status_code, html)
        elif reply.status_code >= 400 and not html and request.method != "HEAD":
            yield f"{reply.status_code} without a page: {reply.mimetype}"

    def of_stored(self, browser: Browser, request: Request, before: Kept) -> Iterator[str]:
        """Walk what a request changed that it may not change."""
        own = {token_hash(one) for one in browser.visits}
        section = request.path.rpartition("/")[2]
        with self.app.app_context():
            yield from moved(before, kept(), own, section)


def _holds_a_connection(app: Flask) -> bool:
    """Tell whether a connection is still taken after a request."""
    with app.app_context():
        return bool(db.engine.pool.checkedout())  # type: ignore[attr-defined]


def _html(reply: Response) -> str:
    if reply.mimetype != "text/html":
        return ""
    data = reply.get_data()
    return (gzip.decompress(data) if reply.content_encoding == "gzip" else data).decode()


def _of_language(request: Request, status: int, html: str) -> Iterator[str]:
    language = request.path.split("/")[1]
    twin = TWIN.search(html)
    if status == 404 or language not in ("en", "fr"):
        if not twin:
            yield "whoever does not read English is not told what happened"
    elif not twin and f'<html lang="{language}"' not in html:
        yield f"the page is not in {language}"


def run(
    database_url: str, folder: Path, turns: int, seed: int, inspect: Inspect
) -> tuple[Counter[str], list[str]]:
    """Send so many hostile requests; return what was met and what went wrong."""
    settings = replace(settings_for(database_url, folder), starts_an_address=1_000_000)
    target = made(settings)
    app = create_app(settings)
    try:
        fuzz = Fuzz(app, target, random.Random(seed), inspect)
        for turn in range(turns):
            fuzz.turn(turn)
    finally:
        with app.app_context():
            db.engine.dispose()
    missed = {rule.endpoint for rule in fuzz.rules} - set(fuzz.met)
    return fuzz.met, [*fuzz.problems, *(f"never met: {one}" for one in sorted(missed))]


def main() -> None:
    """Print what was met and what went wrong."""
    parser = argparse.ArgumentParser(prog="scripts/bench fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        url = f"sqlite:///{Path(folder) / 'fuzz.db'}"
        met, problems = run(url, Path(folder), given.requests, given.seed, lambda _html: ())
    print(*(f"{number:6d}  {what}" for what, number in sorted(met.items())), sep="\n")
    print(f"{given.requests} hostile requests, {len(problems)} problems")
    print(*problems[:20], sep="\n")
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
