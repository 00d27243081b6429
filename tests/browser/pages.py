"""Every page of the program and every state of one, in one list: add yours with a line.

``{language}``, ``{slug}``, ``{open}`` and ``{closed}`` (wave codes), ``{collector}`` (the open
wave's default way in), ``{paper}`` and ``{calls}`` (ways in that staff type for) and ``{tablet}``
(that of its tablet at events) are filled in from the demo. A page with a ``role`` is seen signed
in, by staff of one municipality of the joint plan alone where it is a ``town``'s. What can only be
walked to (pages of questions, the receipt) is walked by ``test_every_page``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from surveyapp.storage.people.staff import Role
from tests.browser import steps
from tests.browser.steps import send

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Shown:
    """A page, as somebody meets it; ``then`` brings it into the state that is meant."""

    name: str
    address: str
    role: Role | None = None
    then: Step | None = None
    town: bool = False

    def __str__(self) -> str:
        """Name the test."""
        return self.name


def mistype(tab: Page) -> None:
    """Type what no answer has, and send it."""
    tab.fill("#q_belonging", "99")
    send(tab)


def no_number(tab: Page) -> None:
    """Begin a sheet that has no number."""
    tab.fill("#sheet", "")
    send(tab)


HERE = "/{language}/surveys/{slug}"


def mistake(tab: Page) -> None:
    """Write a number that is none into a setting of a question."""
    tab.fill("[id$=-minimum]", "few")
    with tab.expect_navigation():
        tab.keyboard.press("Tab")


RESIDENTS = (
    Shown("front", "/"),
    Shown("open surveys", "/{language}/"),
    Shown("short link", "/s/{collector}"),
    Shown("tablet", "/s/{tablet}"),
    Shown("lobby", "/{language}/surveys/{slug}/"),
    Shown("notice", "/{language}/surveys/{slug}/notice"),
    Shown("no visit", "/{language}/surveys/{slug}/check"),
    Shown("not found", "/{language}/nowhere"),
    Shown("take back", "/{language}/surveys/{slug}/withdraw"),
    Shown("take back without a code", "/{language}/surveys/{slug}/withdraw", then=send),
    Shown("come back", "/{language}/surveys/{slug}/resume"),
    Shown("come back without a code", "/{language}/surveys/{slug}/resume", then=send),
    Shown("published side by side", "/{language}/surveys/{slug}/results/{closed}/municipalities/"),
    Shown("published questions", "/{language}/surveys/{slug}/results/{closed}/items/"),
    Shown("invited", "/{language}/i/"),
    Shown("published waves", "/{language}/surveys/{slug}/results/"),
    Shown("published results", "/{language}/surveys/{slug}/results/{closed}/"),
    Shown("published answers", "/{language}/surveys/{slug}/results/{closed}/items/"),
    Shown("lobby of a standing form", "/{language}/surveys/{standing}/"),
    Shown("notice of a standing form", "/{language}/surveys/{standing}/notice"),
    Shown("a standing form", "/{language}/surveys/{standing}/notice", then=send),
    Shown("closed", HERE + "/?via={way_of_closed}"),
    Shown("closed before it was sent", HERE + "/check?via={way_of_closed}"),
    Shown("invited by a letter", "/{language}/i/{invitation}"),
    Shown("invited with an unknown code", "/{language}/i/", then=steps.wrong_invitation),
    Shown("invitation that was used", "/{language}/i/used"),
    Shown("let in by a letter", "/{language}/i/{invitation}", then=steps.choose_language),
    Shown("later", HERE + "/notice", then=steps.later),
    Shown("welcome back", HERE + "/notice", then=steps.welcome_back),
    Shown("come back with a wrong code", HERE + "/resume", then=steps.wrong_code),
    Shown("put away", HERE + "/notice", then=steps.put_away),
    Shown("kept after an older page", HERE + "/notice", then=steps.kept),
    Shown("check", HERE + "/notice", then=steps.check),
    Shown("receipt", HERE + "/notice", then=steps.receipt),
    Shown("receipt of a late page", HERE + "/notice", then=steps.late("page")),
    Shown("receipt of other answers", HERE + "/notice", then=steps.late("answers")),
    Shown("copy of the answers", HERE + "/notice", then=steps.copy),
    Shown("taken back", HERE + "/notice", then=steps.taken_back),
    Shown("taken back before", HERE + "/notice", then=steps.taken_back_twice),
    Shown("take back with a wrong receipt", HERE + "/withdraw", then=steps.wrong_receipt),
    Shown("too long", HERE + "/notice", then=steps.too_long),
    Shown("not as it is sent", HERE + "/", then=steps.wrong_method),
    Shown("not understood", HERE + "/?via=%00"),
    Shown("neither address nor language", "/no/where"),
    Shown("a published question", "/{language}/surveys/{slug}/results/{closed}/items/walking"),
)
WAVE = "/{language}/staff/surveys/{slug}/waves"
DRAFTS = "/{language}/staff/questionnaires"
DRAFT = "/{language}/staff/questionnaires/{slug}"
FIELD = "/{language}/staff/fieldwork/{slug}/{open}"
ACCOUNT = "/{language}/staff/account"
PEOPLE = "/{language}/staff/people"
LOG = "/{language}/staff/log/"
NEW_WAVE = "/{language}/staff/fieldwork/{slug}/new"
ENTRY = "/{language}/staff/entry"
STAFF = (
    Shown("sign in", "/{language}/staff/sign-in"),
    Shown("sign in with mistakes", "/{language}/staff/sign-in", then=send),
    Shown("a link that was used", "/{language}/staff/welcome/used"),
    Shown("one's own account", ACCOUNT + "/", Role.translator),
    Shown("a new password", ACCOUNT + "/password", Role.translator),
    Shown("a new password with mistakes", ACCOUNT + "/password", Role.translator, send),
    Shown("a second step", ACCOUNT + "/second-step", Role.translator),
    Shown("a second step with mistakes", ACCOUNT + "/second-step", Role.translator, send),
    Shown("staff", PEOPLE + "/", Role.administrator),
    Shown("letting somebody in", PEOPLE + "/invite", Role.administrator),
    Shown("letting nobody in", PEOPLE + "/invite", Role.administrator, send),
    Shown("somebody's account", PEOPLE + "/1/", Role.administrator),
    Shown("a new link", PEOPLE + "/1/", Role.administrator, steps.new_link),
    Shown("the log", LOG, Role.administrator),
    Shown("a log of nothing", LOG + "?to=1999-12-31", Role.administrator),
    Shown("surveys", "/{language}/staff/", Role.analyst),
    Shown("surveys of a translator", "/{language}/staff/", Role.translator),
    Shown("may not", "/{language}/staff/fieldwork/", Role.translator),
    Shown("who answered", WAVE + "/{closed}/answered", Role.analyst),
    Shown("results", WAVE + "/{closed}/results", Role.analyst),
    Shown("questions", WAVE + "/{closed}/items", Role.analyst),
    Shown("results of an open wave", WAVE + "/{open}/results", Role.analyst),
    Shown("who answered so far", WAVE + "/{open}/answered", Role.analyst),
    Shown("every question", WAVE + "/{closed}/items", Role.analyst),
    Shown("a question", WAVE + "/{closed}/items/victim", Role.analyst),
    Shown("questions of an open wave", WAVE + "/{open}/items", Role.analyst),
    Shown("who takes part", DRAFT + "/municipalities", Role.designer),
    Shown("side by side", WAVE + "/{closed}/municipalities", Role.analyst),
    Shown("releases", WAVE + "/{closed}/releases", Role.publisher),
    Shown("raw files", WAVE + "/{closed}/internal", Role.analyst),
    Shown("what to type in", ENTRY + "/", Role.analyst),
    Shown("paper", ENTRY + "/{paper}/", Role.designer),
    Shown("paper without a number", ENTRY + "/{paper}/", Role.designer, no_number),
    Shown("a sheet", ENTRY + "/{paper}/sheets/7/", Role.designer),
    Shown("a sheet with mistakes", ENTRY + "/{paper}/sheets/7/", Role.designer, mistype),
    Shown("a call", ENTRY + "/{calls}/interview/", Role.analyst),
    Shown("a call without consent", ENTRY + "/{calls}/interview/", Role.analyst, mistype),
    Shown("a call refused", ENTRY + "/{calls}/interview/refused", Role.analyst),
    Shown("questionnaires", "/{language}/staff/questionnaires/", Role.designer),
    Shown("a new questionnaire", "/{language}/staff/questionnaires/new", Role.designer),
    Shown("the whole survey", DRAFT + "/", Role.designer),
    Shown("a section", DRAFT + "/sections/home", Role.designer),
    Shown("writing a question", DRAFT + "/questions/walking", Role.designer),
    Shown("writing with mistakes", DRAFT + "/questions/years", Role.designer, mistake),
    Shown("translating a question", DRAFT + "/questions/support", Role.translator),
    Shown("files for translators", DRAFT + "/texts/files", Role.translator),
    Shown("a translator's file refused", DRAFT + "/texts/files", Role.translator, steps.no_file),
    Shown("a translator's file taken", DRAFT + "/texts/files", Role.designer, steps.file_back),
    Shown("French typeset", DRAFT + "/texts", Role.designer, steps.typeset),
    Shown("the address of a survey", DRAFT + "/address", Role.designer),
    Shown(
        "a condition of groups",
        DRAFT + "/questions/walking/condition",
        Role.designer,
        steps.grouped,
    ),
    Shown("a condition", DRAFT + "/questions/walking/condition?about=belonging", Role.designer),
    Shown("library of questions", DRAFT + "/library/?words=police", Role.designer),
    Shown("all texts", DRAFT + "/texts", Role.translator),
    Shown("trying a draft", DRAFT + "/try/safety", Role.designer),
    Shown("reviewing a draft", DRAFT + "/review", Role.publisher),
    Shown("editions", DRAFT + "/editions", Role.publisher),
    Shown("files and copies", DRAFT + "/files", Role.designer),
    Shown("bringing in a file", DRAFTS + "/from-a-file", Role.designer),
    Shown("bringing in no file", DRAFTS + "/from-a-file", Role.designer, send),
    Shown("a file to mend", DRAFTS + "/from-a-file", Role.designer, steps.broken_file),
    Shown("a file taken in", DRAFTS + "/from-a-file", Role.designer, steps.good_file),
    Shown("fieldwork", "/{language}/staff/fieldwork/", Role.designer),
    Shown("a new wave", "/{language}/staff/fieldwork/{slug}/new", Role.designer),
    Shown(
        "a new wave with mistakes", "/{language}/staff/fieldwork/{slug}/new", Role.designer, send
    ),
    Shown("when a wave closes", FIELD + "/times", Role.designer),
    Shown("closing a wave", FIELD + "/close", Role.designer),
    Shown("ways in", FIELD + "/", Role.designer),
    Shown("new way in", FIELD + "/collectors/add", Role.designer),
    Shown("new way in with mistakes", FIELD + "/collectors/add", Role.designer, send),
    Shown("new sample", FIELD + "/samples/add", Role.designer),
    Shown("a way in", FIELD + "/collectors/{collector}/", Role.designer),
    Shown("a tablet's way in", FIELD + "/collectors/{tablet}/", Role.designer),
    Shown("a sample", FIELD + "/samples/invited/", Role.designer),
    Shown("new sample with mistakes", FIELD + "/samples/add", Role.designer, send),
    Shown("invitations", FIELD + "/collectors/{by_letter}/", Role.designer),
    Shown("invitations with mistakes", FIELD + "/collectors/{by_letter}/", Role.designer, send),
    Shown("words", WAVE + "/{closed}/words", Role.analyst),
    Shown("words of an open wave", WAVE + "/{open}/words", Role.analyst),
    Shown("municipalities", "/{language}/staff/municipalities/", Role.designer),
    Shown("a municipality", "/{language}/staff/municipalities/larkspur/", Role.designer),
    Shown("a town's surveys", "/{language}/staff/", Role.designer, town=True),
    Shown("a town's part of the questionnaire", DRAFT + "/", Role.designer, town=True),
    Shown("a core question, to read", DRAFT + "/questions/walking", Role.designer, town=True),
    Shown("a town's texts", DRAFT + "/texts", Role.designer, town=True),
    Shown("files of a town's translators", DRAFT + "/texts/files", Role.designer, town=True),
    Shown("a town's review", DRAFT + "/review", Role.designer, town=True),
    Shown("editions as a town reads them", DRAFT + "/editions", Role.designer, town=True),
    Shown("library of a town", DRAFT + "/library/?words=police", Role.designer, town=True),
    Shown("a town's ways in", FIELD + "/", Role.designer, town=True),
    Shown("who answered in a town", WAVE + "/{closed}/answered", Role.designer, town=True),
    Shown("results of a town", WAVE + "/{closed}/results", Role.analyst, town=True),
    Shown("words of a town", WAVE + "/{closed}/words", Role.analyst, town=True),
    Shown("raw files of a town", WAVE + "/{closed}/internal", Role.analyst, town=True),
)
