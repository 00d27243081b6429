"""A resident as a program: walks the pages of a survey by reading their forms."""

import gzip
import http.client
import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

TAG = re.compile(
    r"<(input|select|option|textarea|button|form|/form|/select)\b((?:[^>\"]|\"[^\"]*\")*)>", re.I
)
# What lies in a template is on no page until a script takes it out.
TEMPLATE = re.compile(r"<template\b.*?</template>", re.I | re.S)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
ONWARD = re.compile(r'<a class="go" href="([^"]+)"')
RECEIPT = re.compile(r'<p class="code"><bdi dir="ltr">([^<]+)</bdi></p>')
WORDS = "More light on the way home; l’été, les gens se parlent."
MOST_REQUESTS = 90
Pairs = list[tuple[str, str]]


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): unescape(value) for name, value in ATTRIBUTE.findall(text)}


@dataclass
class Form:
    """A form of a page: where it goes, what it carries, what can be chosen or written.

    ``is_main``: it has the page's main button.

    ``texts`` maps the name of a field to be written in to whether it takes a number.
    """

    action: str = ""
    hidden: Pairs = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, bool] = field(default_factory=dict)
    submits: Pairs = field(default_factory=list)
    is_main: bool = False


def _note_control(form: Form, tag: str, found: dict[str, str], select: str) -> None:
    kind, name = found.get("type", "text"), found.get("name", "")
    value = found.get("value", "")
    if tag == "option":
        form.choices.setdefault(select, []).append(value)
    elif tag == "button" or kind == "submit":
        form.submits.append((name, value))
        form.is_main |= found.get("class") == "go"
    elif kind == "hidden":
        form.hidden.append((name, value))
    elif kind in ("radio", "checkbox"):
        form.choices.setdefault(name, []).append(value)
    elif found.get("tabindex") != "-1":  # a trap for programs, which a person does not see
        form.texts[name] = "inputmode" in found


def read_forms(page: str) -> list[Form]:
    """Read the forms that are posted from a page."""
    forms: list[Form] = []
    form, select = None, ""
    for tag, rest in TAG.findall(TEMPLATE.sub("", page)):
        tag, found = tag.lower(), _attributes(rest)
        if tag == "form" and found.get("method", "get").lower() == "post":
            form = Form(action=found.get("action", ""))
            forms.append(form)
        elif tag in ("/form", "form"):
            form = None
        elif tag in ("select", "/select"):
            select = found.get("name", "") if tag == "select" else ""
        elif form is not None:
            _note_control(form, tag, found, select)
    return forms


def main_form(page: str) -> Form:
    """Return the form with the page's main button."""
    return next(form for form in read_forms(page) if form.is_main)


def _pick(values: list[str], turn: int) -> str:
    chosen = [value for value in values if value]
    return chosen[turn % len(chosen)] if chosen else ""


def _written(form: Form, turn: int) -> Pairs:
    # The words of "other, please specify" belong to an option that may not be chosen.
    return [
        (name, str(turn % 60) if is_number else WORDS)
        for name, is_number in form.texts.items()
        if not name.endswith(".other")
    ]


def filled(form: Form, turn: int) -> Pairs:
    """Answer a form: every question gets words or one of its options, another one each turn."""
    written = _written(form, turn)
    instead = {f"{name}.code" for name, _words in written}
    answers = [
        (name, _pick(values, turn)) for name, values in form.choices.items() if name not in instead
    ]
    onward = [pair for pair in form.submits if pair[0] and not pair[1].startswith("lang:")]
    return form.hidden + [pair for pair in answers if pair[1]] + written + onward[:1]


@dataclass
class Resident:
    """One connection, one set of cookies, and the time each request took (in seconds)."""

    port: int
    times: list[float] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.path = "/"

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Send one request; return the status, the page and where it redirects."""
        headers = {"Accept-Encoding": "gzip"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        reply = self.connection.getresponse()
        content = reply.read()
        self.times.append(time.perf_counter() - began)
        for cookie in reply.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if reply.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return reply.status, content.decode(), reply.headers.get("Location", "")

    def go(self, method: str, path: str, body: str | None = None) -> str:
        """Send a request and follow its redirects to a page."""
        self.path = urljoin(self.path, path)
        status, page, location = self.ask(method, self.path, body)
        while status in (302, 303):
            self.path = urljoin(self.path, location)
            status, page, location = self.ask("GET", self.path)
        if status != 200:
            raise RuntimeError(f"{method} {self.path} answered {status}")
        return page

    def journey(self, language: str, slug: str, turn: int) -> None:
        """Answer the whole survey once and keep the receipt."""
        self.cookies.clear()
        first = len(self.times)
        page = self.go("GET", f"/{language}/surveys/{slug}/")
        onward = ONWARD.search(page)
        if onward is None:
            raise RuntimeError("the lobby leads nowhere")
        page = self.go("GET", unescape(onward[1]))
        while not urlsplit(self.path).path.endswith("/receipt"):
            form = main_form(page)
            page = self.go("POST", form.action or self.path, urlencode(filled(form, turn)))
            if len(self.times) - first > MOST_REQUESTS:
                raise RuntimeError(f"no receipt after {MOST_REQUESTS} requests, at {self.path}")
        receipt = RECEIPT.search(page)
        if receipt is None:
            raise RuntimeError("the last page shows no receipt")
        self.receipts.append(receipt[1])
