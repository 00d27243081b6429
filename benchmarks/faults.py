"""Journeys on which everything goes wrong that goes wrong on a phone: told is stored, once.

Each resident doubles presses, goes back, refreshes, opens two tabs, switches the language, loses
replies and sends old pages late, while the server is killed and started again. What was
acknowledged must be stored, once, with the newest answers.
"""

import argparse
import http.client
import random
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.client import ONWARD, RECEIPT, Form, Pairs, Resident, filled, main_form
from benchmarks.mortal import Mortal
from benchmarks.stored import Journey, differences
from benchmarks.survey import SLUG, check_stored, environment_of, prepare, settings_for

PATIENCE = 60
LATE = re.compile(r"/pages/")


@dataclass
class Restless(Resident):
    """A resident with a bad line, who remembers what the newest page said."""

    dice: random.Random = field(default_factory=random.Random)
    met: Counter[str] = field(default_factory=Counter)

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Send one request, again and again while nobody answers."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return super().ask(method, path, body)
            except (OSError, http.client.HTTPException):
                self.met["no answer"] += 1
                self.connection.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def lose_the_reply(self, path: str, body: str) -> None:
        """Send a page and hang up before anything comes back."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request("POST", path, body, headers)
        except (OSError, http.client.HTTPException):
            self.met["no answer"] += 1
        self.connection.close()

    def beside(self, path: str, body: str) -> threading.Thread:
        """Send a page from a second window at the same time."""
        other = Restless(self.port, dice=self.dice)
        other.cookies = dict(self.cookies)

        def send() -> None:
            other.ask("POST", path, body)
            other.connection.close()

        started = threading.Thread(target=send)
        started.start()
        return started


def _answers(pairs: Pairs) -> dict[str, str]:
    return {name[2:]: value for name, value in pairs if name.startswith("q_") and value}


@dataclass
class Walk:
    """One journey. ``said`` is what the newest accepted page of each section said."""

    resident: Restless
    marker: str
    language: str
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    page: str = ""

    def form(self) -> Form:
        """Return the form of the page in front of the resident."""
        return main_form(self.page)

    def fill(self) -> tuple[str, Pairs]:
        """Answer the page with something new; return its address and what to send."""
        form, turn = self.form(), self.resident.dice.randrange(1000)
        pairs = [
            (name, f"{self.marker} {turn} {value}" if value.startswith("More light") else value)
            for name, value in filled(form, turn)
        ]
        return form.action or self.resident.path, pairs

    def section(self, path: str) -> str:
        """Name the section of an address."""
        return urlsplit(path).path.rpartition("/")[2]

    def send(self) -> None:
        """Send the page, and remember what it said if its section took it."""
        path, pairs = self.fill()
        self.page = self.resident.go("POST", path, urlencode(pairs))
        self.said[self.section(path)] = _answers(pairs)

    def open(self, path: str) -> None:
        """Open a page."""
        self.page = self.resident.go("GET", path)


def doubled(walk: Walk) -> None:
    """Press twice at once: both windows say the same."""
    path, pairs = walk.fill()
    other = walk.resident.beside(path, urlencode(pairs))
    walk.page = walk.resident.go("POST", path, urlencode(pairs))
    other.join()
    walk.said[walk.section(path)] = _answers(pairs)


def refreshed(walk: Walk) -> None:
    """Load the page again before answering."""
    walk.open(walk.resident.path)
    walk.send()


def switched(walk: Walk) -> None:
    """Change the language with words typed: they are still there."""
    path, pairs = walk.fill()
    walk.language = "fr" if walk.language == "en" else "en"
    typed = [pair for pair in pairs if pair[0] != "action"]
    body = urlencode([*typed, ("action", f"lang:{walk.language}")])
    walk.page = walk.resident.go("POST", path, body)
    if f"/{walk.language}/" not in walk.resident.path:
        raise RuntimeError("the language did not change")
    for words in (value for value in _answers(pairs).values() if walk.marker in value):
        if words not in unescape(walk.page):
            raise RuntimeError("typed words were lost with the language")
    walk.send()


def lost(walk: Walk) -> None:
    """Lose the reply, then send the same page again."""
    path, pairs = walk.fill()
    walk.resident.lose_the_reply(path, urlencode(pairs))
    walk.page = walk.resident.go("POST", path, urlencode(pairs))
    walk.said[walk.section(path)] = _answers(pairs)


def late(walk: Walk) -> None:
    """Answer, go back and answer anew; then the first page arrives once more."""
    path, old = walk.fill()
    walk.page = walk.resident.go("POST", path, urlencode(old))
    walk.open(path)
    walk.send()
    here, kept = walk.resident.path, walk.page
    walk.resident.ask("POST", path, urlencode(old))
    walk.resident.path, walk.page = here, kept


def two_tabs(walk: Walk) -> None:
    """Answer the same page in two tabs, one after the other: the first stands, visibly."""
    path, second = walk.fill()
    walk.send()
    walk.page = walk.resident.go("POST", path, urlencode(second))


def went_back(walk: Walk) -> None:
    """Answer, go back to the page and change it."""
    path, _pairs = walk.fill()
    walk.send()
    walk.open(path)
    walk.send()


def plain(walk: Walk) -> None:
    """Answer and go on."""
    walk.send()


FAULTS: tuple[Callable[[Walk], None], ...] = (
    plain, plain, plain, doubled, refreshed, switched, lost, late, two_tabs, went_back,
)  # fmt: skip


def _finish(walk: Walk) -> str:
    """Send the answers, with one more fault, and return the receipt."""
    resident, form = walk.resident, walk.form()
    path, body = form.action or resident.path, urlencode(form.hidden)
    if resident.dice.random() < 0.5:
        other = resident.beside(path, body)
        walk.page = resident.go("POST", path, body)
        other.join()
    else:
        resident.lose_the_reply(path, body)
        walk.page = resident.go("POST", path, body)
    first = RECEIPT.search(walk.page)
    again = RECEIPT.search(resident.go("POST", path, body))
    if first is None or again is None or first[1] != again[1]:
        raise RuntimeError("sending again gave another receipt, or none")
    return first[1]


def journey(resident: Restless, marker: str) -> Journey:
    """Answer the whole survey with a fault on most pages."""
    resident.cookies.clear()
    walk = Walk(resident, marker, resident.dice.choice(("en", "fr")))
    walk.open(f"/{walk.language}/surveys/{SLUG}/")
    onward = ONWARD.search(walk.page)
    assert onward is not None
    walk.open(unescape(onward[1]))
    walk.page = resident.go("POST", walk.form().action, urlencode(filled(walk.form(), 0)))
    while LATE.search(resident.path):
        fault = resident.dice.choice(FAULTS)
        resident.met[fault.__name__] += 1
        fault(walk)
    receipt = _finish(walk)
    said = {key: value for one in walk.said.values() for key, value in one.items()}
    return Journey(receipt, marker, said)


def run(
    database_url: str, folder: Path, journeys: int, clients: int, seed: int, kills: int
) -> tuple[list[Journey], Counter[str], list[str]]:
    """Walk the journeys; return them, the faults they met, and what is wrong with what is kept."""
    settings = settings_for(database_url, folder)
    prepare(settings)
    done: list[Journey] = []
    met: Counter[str] = Counter()
    problems: list[str] = []

    def work(port: int, number: int) -> None:
        resident = Restless(port, dice=random.Random(seed * 1000 + number))
        for turn in range(number, journeys, clients):
            try:
                done.append(journey(resident, f"m{turn:05d}"))
            except Exception as problem:
                problems.append(f"journey {turn}: {problem!r}")
        resident.connection.close()
        met.update(resident.met)

    with Mortal("wsgi:app", environment_of(settings)) as server:
        threads = [threading.Thread(target=work, args=(server.port, n)) for n in range(clients)]
        for thread in threads:
            thread.start()
        for _kill in range(kills):
            _wait_until(
                lambda share=_kill + 1: len(done) >= journeys * share // (kills + 1), threads
            )
            met["server killed"] += 1
            server.kill_and_start()
        for thread in threads:
            thread.join()
    problems += differences(settings, done)
    # Where the reply to a start was lost, the visit that nobody knows of waits for its end.
    check_stored(settings, [one.receipt for one in done], most_left=met["no answer"])
    return done, met, problems


def _wait_until(reached: Callable[[], bool], threads: list[threading.Thread]) -> None:
    while not reached() and any(thread.is_alive() for thread in threads):
        time.sleep(0.02)


def main() -> None:
    """Print what the journeys met and whether all of it was kept."""
    parser = argparse.ArgumentParser(prog="scripts/bench faults", description=__doc__)
    parser.add_argument("--journeys", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        url = f"sqlite:///{Path(folder) / 'faults.db'}"
        options = (given.journeys, given.clients, given.seed, given.kills)
        done, met, problems = run(url, Path(folder), *options)
    print(*(f"{number:6d}  {what}" for what, number in sorted(met.items())), sep="\n")
    print(f"{len(done)} acknowledged, {len(done)} stored, none doubled, {len(problems)} problems")
    print(*problems[:20], sep="\n")
    raise SystemExit(1 if problems or len(done) != given.journeys else 0)


if __name__ == "__main__":
    main()
