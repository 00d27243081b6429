"""What must be true of every page: each rule yields what is wrong, in words.

``problems_of(html)`` is asked by the test client at every fetch, so that a rule added here guards
every page of the program from then on.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag, TemplateString
from html5lib.html5parser import ParseError

ERROR_PREFIXES = ("Error: ", "Erreur\N{NO-BREAK SPACE}: ")
FIELDS = ["input", "select", "textarea"]
UNLABELLED = ("hidden", "submit", "button", "image", "reset")
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage", "for")
# What a browser fetches by itself; a link that somebody follows is another matter.
FETCHED = {
    "link": "href",
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "object": "data",
    "form": "action",
    "button": "formaction",
}
# A page that a script will put in the place of this one has its own h1 and main.
UNFOLDED = "data-unfolded"
HERE = f":not([{UNFOLDED}] *)"
LEFTOVERS = re.compile(r"\{\{|\{%|%\(\w+\)|<\w+ object at|lazy_gettext|\bUndefined\b")


def normal(text: str) -> str:
    """Join the words of a text with single spaces, as a reader sees them."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def words(element: Tag) -> str:
    """Return the words of an element; of one in a template, those that a script will show."""
    if element.find_parent("template"):
        return normal(element.get_text(types=(NavigableString, TemplateString)))
    return normal(element.get_text())


def _heading(soup: BeautifulSoup) -> Iterator[str]:
    headings = soup.select(f"h1{HERE}")
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one: {[words(one) for one in headings]}"
        return
    if not words(headings[0]):
        yield "the h1 is empty"
    elif soup.title is None or not words(soup.title):
        yield "there is no title"
    elif headings[0].select("[lang]") and not _is_foreign(headings[0]):
        yield from _twin_title(words(soup.title), headings[0])
    else:
        yield from _title(words(soup.title), words(headings[0]))


def _is_foreign(heading: Tag) -> bool:
    """Tell whether a heading is one sentence, in another language than its page."""
    parts = heading.select("[lang]")
    return len(parts) == 1 and words(parts[0]) == words(heading)


def _title(title: str, heading: str) -> Iterator[str]:
    bare = next((title[len(one) :] for one in ERROR_PREFIXES if title.startswith(one)), title)
    if not bare.startswith(heading):
        yield f"the title {title!r} does not begin with the h1 {heading!r}"


def _twin_title(title: str, heading: Tag) -> Iterator[str]:
    """A page in both languages says both headings in its title, in the same order."""
    parts = [words(one) for one in heading.select("[lang]")]
    first = heading.find(string=True, recursive=False)
    parts = [normal(first), *parts] if first and normal(first) not in ("", "|") else parts
    if " | ".join(parts) != title:
        yield f"the title {title!r} is not the h1 {' | '.join(parts)!r}"


def _language(soup: BeautifulSoup) -> Iterator[str]:
    root = soup.html
    if root is None or not root.get("lang"):
        yield "html has no lang"
    elif root.get("dir") not in ("ltr", "rtl"):
        yield "html has no dir"
    for element in soup.find_all(lang=True):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", str(element["lang"])):
            yield f"lang={element['lang']!r} is no language"


def _ids(soup: BeautifulSoup) -> Iterator[str]:
    ids = Counter(str(element["id"]) for element in soup.find_all(id=True))
    yield from (f"id {one!r} is used {times} times" for one, times in ids.items() if times > 1)
    yield from (f"id {one!r} is empty or has a space" for one in ids if not one or " " in one)
    for name in REFERENCES:
        for element in soup.find_all(attrs={name: True}):
            targets = str(element[name]).split()
            yield from (
                f"{name}={one!r} of {element.name} leads to nothing"
                for one in targets
                if one not in ids
            )
            if not targets:
                yield f"{name} of {element.name} is empty"
    for link in soup.select("a[href^='#']"):
        if str(link["href"])[1:] not in ids:
            yield f"the link {words(link)!r} leads to no {link['href']} on the page"


def _named(element: Tag, labelled: set[str]) -> bool:
    if normal(str(element.get("aria-label", ""))) or element.get("aria-labelledby"):
        return True
    wrapping = element.find_parent("label")
    return element.get("id") in labelled or bool(wrapping and words(wrapping))


def _labels(soup: BeautifulSoup) -> Iterator[str]:
    labelled = {
        str(one["for"]) for one in soup.find_all("label", attrs={"for": True}) if words(one)
    }
    for field in soup.find_all(FIELDS):
        if field.get("type") not in UNLABELLED and not _named(field, labelled):
            yield f"the field {field.get('name') or field.get('id')!r} has no label"
    for element in soup.select("button, a[href]"):
        pictures = any(image.get("alt") for image in element.select("img"))
        if not (words(element) or element.get("aria-label") or pictures):
            yield f"a {element.name} has no words: {element}"
    for image in soup.select("img:not([alt])"):
        yield f"the picture {image.get('src')} has no alt"


def _groups(soup: BeautifulSoup) -> Iterator[str]:
    """Several radio buttons or boxes of one name are one question: a group with a name."""
    boxes = soup.select("input[type=radio][name], input[type=checkbox][name]")
    names = Counter(str(box["name"]) for box in boxes)
    for box in boxes:
        group = box.find_parent("fieldset")
        legend = group.find("legend") if group else None
        if names[str(box["name"])] > 1 and not (legend and words(legend)):
            labelled = box.find_parent(attrs={"role": ("group", "radiogroup")})
            if labelled is None:
                yield f"the choices {box['name']!r} are in no fieldset with a legend"
                names[str(box["name"])] = 0
    for fieldset in soup.select("fieldset"):
        if fieldset.find("legend") is None:
            yield "a fieldset has no legend"


def _policy(soup: BeautifulSoup) -> Iterator[str]:
    for element in soup.find_all(True):
        inline = [name for name in element.attrs if name == "style" or name.startswith("on")]
        yield from (f"{element.name} has an inline {name}" for name in inline)
        address = str(element.get(FETCHED.get(element.name, ""), ""))
        if address and not re.match(r"/(?!/)|\?|#|data:image/", address):
            yield f"{element.name} asks another origin, or not by path: {address}"
        if element.get("srcset"):
            yield f"{element.name} has a srcset, which this guard does not read"
    for script in soup.select("script:not([src])"):
        yield f"an inline script: {script.get_text()[:60]!r}"
    if soup.select("style, base, iframe, object, embed"):
        yield "a style, base, iframe, object or embed"
    for link in soup.select("a[href]"):
        if not re.match(r"/(?!/)|\?|#|https://|http://|tel:|mailto:", str(link["href"])):
            yield f"a link to {link['href']!r}"


def _forms(soup: BeautifulSoup) -> Iterator[str]:
    for form in soup.select("form"):
        posts = str(form.get("method", "get")).lower() == "post"
        if posts and not form.select("input[type=hidden][name=csrf_token][value]"):
            yield f"the form to {form.get('action')!r} has no token"
        if not posts and form.select("[name=csrf_token]"):
            yield "a form that only asks puts its token into the address"
        if form.find_parent("form"):
            yield "a form inside a form"
    for button in soup.select("button[form]"):
        if not soup.select(f"form[id='{button['form']}']"):
            yield f"a button of no form {button['form']!r}"


def _shell(soup: BeautifulSoup) -> Iterator[str]:
    for selector in ("meta[charset]", "meta[name=viewport]", f"main{HERE}"):
        if len(soup.select(selector)) != 1:
            yield f"not one {selector}"
    if "user-scalable" in str(soup.select_one("meta[name=viewport]")):
        yield "the page cannot be enlarged"


def _is_said(node: NavigableString) -> bool:
    """An option may well say None: what is chosen from is a survey's own words."""
    return bool(node.find_parent(["label", "option"]) or node.find_parent(class_="words"))


def _text(soup: BeautifulSoup) -> Iterator[str]:
    for node in soup.find_all(string=True):
        text = normal(str(node))
        if (text == "None" and not _is_said(node)) or LEFTOVERS.search(text):
            yield f"what should not be shown: {text[:80]!r}"


RULES: tuple[Callable[[BeautifulSoup], Iterator[str]], ...] = (
    _heading,
    _language,
    _ids,
    _labels,
    _groups,
    _policy,
    _forms,
    _shell,
    _text,
)


def _markup(html: str) -> Iterator[str]:
    try:
        html5lib.HTMLParser(strict=True).parse(html)
    except ParseError as error:
        yield f"the HTML is wrong: {error}"


@lru_cache(maxsize=500)
def problems_of(html: str) -> tuple[str, ...]:
    """List everything that is wrong with a page."""
    # What lies in a <template> is held to the same rules: a script puts it on the page.
    unfolded = re.sub(r"<template\b", f"<div {UNFOLDED}", html).replace("</template", "</div")
    soup = BeautifulSoup(unfolded, "html.parser")
    return (*_markup(html), *(problem for rule in RULES for problem in rule(soup)))
