"""What a screen reader is given of a page: landmarks, one heading of the first level, names.

``problems(tab)`` is asked of every page in ``pages.py`` by ``judge``.
"""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

# What nobody can use, or find again, without a name.
NAMED = (
    "button|checkbox|combobox|dialog|form|group|img|link|listbox|navigation|option|progressbar|radio"
    "|radiogroup|region|searchbox|slider|spinbutton|switch|tab|table|textbox|complementary"
)
LINE = re.compile(r"^( *)- '?(?P<role>[a-z]+)(?P<name> \"(?:[^\"\\]|\\.)*\"| /.*/)?(?P<rest>.*)$")
ONCE = ("banner", "main", "contentinfo")
OWN_NAMES = {"English": "en", "Français": "fr"}
# A link or button that says another language's name in this one's voice.
UNMARKED = """names => [...document.querySelectorAll('a, button, span, p')]
  .filter(one => names[one.textContent.trim()]
    && one.closest('[lang]').lang !== names[one.textContent.trim()])
  .map(one => one.outerHTML)"""
# What says that something went wrong, or was done, says it aloud by itself.
SILENT = """() => [...document.querySelectorAll('.errors, .message, .state')]
  .filter(one => !one.closest('[role=alert], [role=status], [aria-live]')
    && !one.querySelector('[role=alert], [role=status]'))
  .map(one => one.outerHTML.slice(0, 200))"""
# Words outside every landmark, which whoever goes from one to the next never hears.
ASTRAY = """() => [...document.querySelectorAll('body *')].filter(one =>
    [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    && one.checkVisibility()
    && !one.closest('header, main, footer, nav, aside, dialog, .skip, script, noscript, template'))
  .map(one => one.outerHTML.slice(0, 200))"""


def snapshot(tab: Page) -> str:
    """Return the accessibility tree of a page as text."""
    return tab.locator("body").aria_snapshot()


def _of_tree(tree: str) -> Iterator[str]:
    found = [match for line in tree.splitlines() if (match := LINE.match(line))]
    roles = [one["role"] for one in found]
    for role in ONCE:
        if roles.count(role) != 1:
            yield f"{roles.count(role)} landmarks {role}"
    first = [one for one in found if one["role"] == "heading" and "[level=1]" in one["rest"]]
    if len(first) != 1:
        yield f"{len(first)} headings of the first level"
    for one in found:
        # What is folded away says its summary inside the group.
        folded = one["role"] == "group" and one["rest"].startswith(": ")
        if re.fullmatch(NAMED, one["role"]) and not one["name"] and not folded:
            yield f"a {one['role']} without a name: {one[0].strip()}"
        if one["role"] == "heading" and not one["name"]:
            yield "an empty heading"


def problems(tab: Page) -> list[str]:
    """List what is wrong with the accessibility tree of a page."""
    return [
        *_of_tree(snapshot(tab)),
        *(f"not marked as another language: {one}" for one in tab.evaluate(UNMARKED, OWN_NAMES)),
        *(f"says nothing by itself: {one}" for one in tab.evaluate(SILENT)),
        *(f"outside every landmark: {one}" for one in tab.evaluate(ASTRAY)),
    ]
