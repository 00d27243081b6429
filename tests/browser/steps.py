"""What somebody does on a page to bring it into the state that is meant."""

import io
from collections.abc import Callable
from urllib.parse import urlsplit

from openpyxl import Workbook
from playwright.sync_api import Page, expect

MOST_PAGES = 20
NO_CODE = "CDFG-HJKM"
NO_RECEIPT = "CDFG-HJKM-NPQR"
SEND_AWAY = """([method, action, name, value]) => {
  const form = document.createElement("form");
  const field = document.createElement("textarea");
  Object.assign(form, {method, action});
  Object.assign(field, {name, value});
  form.append(field);
  document.body.append(form);
  form.submit();
}"""
REST = """() => {
  const button = document.createElement("button");
  Object.assign(button, {name: "action", value: "rest", formNoValidate: true});
  document.getElementById("page").append(button);
  button.click();
}"""


def send(tab: Page) -> None:
    """Send the page's main form as it stands."""
    with tab.expect_navigation():
        tab.locator("main form button.go").first.click()


def here(tab: Page) -> str:
    """Return the address of the survey that the page belongs to."""
    return "/".join(urlsplit(tab.url).path.split("/")[:4])


def press(tab: Page, selector: str) -> None:
    """Press what leads to another page."""
    with tab.expect_navigation():
        tab.locator(selector).last.click()


def new_link(tab: Page) -> None:
    """Make somebody a new link to set their password."""
    press(tab, "form[action$='/link'] button")


def later(tab: Page) -> None:
    """Begin, and save for later."""
    send(tab)
    press(tab, "main button[value=later]")


def welcome_back(tab: Page) -> None:
    """Save for later and come back with the code."""
    later(tab)
    code = tab.locator(".code").inner_text()
    tab.goto(f"{here(tab)}/resume")
    tab.fill("#code", code)
    send(tab)
    expect(tab.locator("main [role=status]").first).to_be_visible()


def put_away(tab: Page) -> None:
    """Begin, and let the page be put away."""
    send(tab)
    with tab.expect_navigation():
        tab.evaluate(REST)


def kept(tab: Page) -> None:
    """Begin, and be shown what is kept instead of an older page."""
    send(tab)
    tab.goto(tab.url + "?kept=1")


def wrong_code(tab: Page) -> None:
    """Write a code that nobody was given."""
    tab.fill("#code", NO_CODE)
    send(tab)


def wrong_receipt(tab: Page) -> None:
    """Write a receipt that nobody was given."""
    tab.fill("#receipt", NO_RECEIPT)
    send(tab)


def wrong_invitation(tab: Page) -> None:
    """Write an invitation that nobody was sent."""
    tab.fill("#code", NO_CODE)
    send(tab)


def choose_language(tab: Page) -> None:
    """Come in by a letter."""
    send(tab)


def check(tab: Page) -> None:
    """Press on to the check page."""
    send(tab)
    for _page in range(MOST_PAGES):
        if tab.url.endswith("/check"):
            return
        press(tab, "main button.go")
    raise AssertionError(f"the check page is not on the way: {tab.url}")


def receipt(tab: Page) -> None:
    """Press on to the receipt."""
    check(tab)
    press(tab, "main button.go")
    expect(tab.locator(".code")).to_be_visible()


def late(what: str) -> Callable[[Page], None]:
    """Send a page, or other answers, after the answers were sent."""

    def sent_late(tab: Page) -> None:
        receipt(tab)
        tab.goto(f"{tab.url}?late={what}")
        expect(tab.locator("main [role=status]").first).to_be_visible()

    return sent_late


def copy(tab: Page) -> None:
    """Read what was sent."""
    receipt(tab)
    tab.goto(f"{here(tab)}/copy")


def taken_back(tab: Page) -> None:
    """Take back what was sent."""
    receipt(tab)
    _take_back(tab, tab.locator(".code").inner_text())


def _take_back(tab: Page, code: str) -> None:
    tab.goto(f"{here(tab)}/withdraw")
    tab.fill("#receipt", code)
    send(tab)


def taken_back_twice(tab: Page) -> None:
    """Take it back again."""
    receipt(tab)
    code = tab.locator(".code").inner_text()
    _take_back(tab, code)
    _take_back(tab, code)


def too_long(tab: Page) -> None:
    """Send more than any page takes."""
    with tab.expect_navigation():
        tab.evaluate(SEND_AWAY, ["post", f"{here(tab)}/notice", "words", "x" * 1_100_000])


def wrong_method(tab: Page) -> None:
    """Send a form to a page that takes none."""
    with tab.expect_navigation():
        tab.evaluate(SEND_AWAY, ["post", f"{here(tab)}/", "words", "x"])


def grouped(tab: Page) -> None:
    """Build a condition of two parts, one of them in a group."""
    for choice in ({}, {"#into": "new"}):
        with tab.expect_navigation():
            tab.locator("main form").last.locator("button").last.click()
        tab.locator("#relation").select_option("answered")
        for field, value in choice.items():
            tab.locator(field).select_option(value)
        with tab.expect_navigation():
            tab.locator("button[value=add]").click()
    expect(tab.locator("li.group").first).to_be_visible()


def broken_file(tab: Page) -> None:
    """Bring in what is no workbook."""
    _bring(tab, "questions.xlsx", b"no workbook")


def good_file(tab: Page) -> None:
    """Bring in a workbook with a sheet that is left out."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (
        ("type", "name", "label::English (en)", "label::French (fr)"),
        ("text", "why", "Why?", "Pourquoi?"),
    ):
        sheet.append(row)
    made.create_sheet("notes").append(("To do",))
    kept = io.BytesIO()
    made.save(kept)
    _bring(tab, "questions.xlsx", kept.getvalue())
    expect(tab.locator("main li").first).to_be_visible()


def _bring(tab: Page, name: str, data: bytes) -> None:
    tab.set_input_files("#file", {"name": name, "mimeType": "", "buffer": data})
    send(tab)


def no_file(tab: Page) -> None:
    """Take in no file at all."""
    press(tab, "main form[method=post] button.go")


def file_back(tab: Page) -> None:
    """Take in a file that changes nothing, with a row of which the source changed since."""
    query = "file?from=en&to=fr&sort=.csv&which=all"
    sent = tab.request.get(tab.url.removesuffix("files") + query).body()
    back = sent.replace(b",en,fr,", b",en,fr,Once: ", 1)
    file = {"name": "back.csv", "mimeType": "text/csv", "buffer": back}
    tab.set_input_files("#file", [file])  # type: ignore[list-item]
    press(tab, "main form[method=post] button.go")


def typeset(tab: Page) -> None:
    """Mend the typography of the French."""
    press(tab, "main button[value=typography]")
