"""A page as a test has it before it: its words, fields and forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from tests.inspecting import words

Values = Mapping[str, str | Sequence[str] | None]


def _value_of(control: Tag) -> list[str]:
    """Return what one control would send."""
    if control.name == "textarea":
        text = control.get_text().replace("\r\n", "\n").removeprefix("\n")
        return [text.replace("\n", "\r\n")]
    if control.name == "select":
        options = control.select("option")
        chosen = [one for one in options if one.has_attr("selected")] or options[:1]
        return [str(one.get("value", words(one))) for one in chosen]
    if control.get("type") in ("radio", "checkbox"):
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    return [str(control.get("value", ""))]


def _offered(controls: Sequence[Tag]) -> set[str] | None:
    """Return the values that a name can be given, or None where anything can be typed."""
    values: set[str] = set()
    for control in controls:
        if control.name == "select":
            values |= {str(one.get("value", words(one))) for one in control.select("option")}
        elif control.get("type") in ("radio", "checkbox"):
            values.add(str(control.get("value", "on")))
        else:
            return None
    return values


@dataclass(frozen=True)
class Page:
    """A response as a reader has it before them."""

    url: str
    response: TestResponse
    soup: BeautifulSoup

    @property
    def status(self) -> int:
        """The status of the response."""
        return self.response.status_code

    @property
    def text(self) -> str:
        """The body as it was sent."""
        return self.response.get_data(as_text=True)

    @property
    def path(self) -> str:
        """The address without its query."""
        return urlsplit(self.url).path

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return str(self.response.location)

    @property
    def heading(self) -> str:
        """The words of the page's one h1."""
        return words(self.soup.select("h1")[0])

    @property
    def title(self) -> str:
        """The words of the title."""
        return words(self.soup.select("title")[0])

    @property
    def language(self) -> str:
        """The language that the page says it is in."""
        return str(self.soup.select("html")[0]["lang"])

    @property
    def words(self) -> str:
        """Everything that can be read in the main part."""
        return words(self.soup.select("main")[0])

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """The summary of errors: the field that each line leads to, and its sentence."""
        links = self.soup.select("#errors a")
        return tuple((str(link["href"])[1:], words(link)) for link in links)

    def select(self, selector: str) -> list[Tag]:
        """Find elements by a CSS selector."""
        return list(self.soup.select(selector))

    def button(self, said: str = "") -> Tag:
        """Find a button by its words or its value; without either, the page's main one."""
        found = self.select("button" if said else "main button.go") or self.select("main button")
        matching = [one for one in found if said in ("", words(one), one.get("value"))]
        # A hidden first button answers Enter; it is not what a reader presses.
        seen = [one for one in matching if one.get("aria-hidden") != "true"]
        assert seen, f"no button {said!r} on {self.url}: {[words(one) for one in found]}"
        return seen[0]

    def form(self, button: Tag) -> Tag:
        """Return the form that a button sends."""
        form = (
            self.soup.find("form", id=button["form"])
            if button.get("form")
            else button.find_parent("form")
        )
        assert isinstance(form, Tag), f"the button {words(button)!r} sends no form"
        return form

    def controls(self, form: Tag) -> dict[str, list[Tag]]:
        """Return the controls of a form by name."""
        own = form.select("input[name], select[name], textarea[name]")
        outside = self.select(f"[name][form='{form['id']}']") if form.get("id") else []
        found: dict[str, list[Tag]] = {}
        for control in [*own, *(one for one in outside if one.name != "button")]:
            # What lies in a <template> is on no page until a script takes it out.
            inert = control.has_attr("disabled") or control.find_parent("template") is not None
            if not inert and control.get("type") != "file":
                found.setdefault(str(control["name"]), []).append(control)
        return found

    def fields(self, said: str = "") -> dict[str, list[str]]:
        """Return what a button would send as the page stands."""
        button = self.button(said)
        controls = self.controls(self.form(button))
        sent = {name: [v for c in cs for v in _value_of(c)] for name, cs in controls.items()}
        if button.get("name"):
            sent.setdefault(str(button["name"]), []).append(str(button.get("value", "")))
        return {name: values for name, values in sent.items() if values}

    def filled(self, said: str, answers: Values) -> dict[str, list[str]]:
        """Return what a button would send after somebody answered."""
        controls = self.controls(self.form(self.button(said)))
        sent = self.fields(said)
        for name, value in answers.items():
            assert name in controls, f"{self.url} has no field {name!r}: {sorted(controls)}"
            values = [value] if isinstance(value, str) else list(value or ())
            offered = _offered(controls[name])
            strange = [one for one in values if offered is not None and one not in offered]
            assert not strange, f"{name!r} does not offer {strange}: {sorted(offered or ())}"
            sent[name] = values
        return sent
