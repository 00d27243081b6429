"""A real browser before a real server, for what only a script does."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import dispose, program, settings_for

CHROMIUM = next(
    (found for one in ("chromium", "google-chrome") if (found := shutil.which(one))), ""
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000


@dataclass
class Site:
    """The program as it is served. ``paths`` are the addresses asked for, with their queries."""

    app: Flask
    address: str
    paths: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each has contexts of its own."""
    if not CHROMIUM:
        assert os.environ.get("CI") != "true", "there is no Chromium for the browser tests"
        pytest.skip("there is no Chromium: scripts/chromium says how to get one")
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield running
        running.close()


@contextmanager
def served(app: Flask) -> Iterator[Site]:
    """Serve the program at an address of its own for as long as it is wanted."""
    made = Site(app, "")

    def noted(environ: dict[str, Any], start: Any) -> Any:
        made.paths.append(environ["PATH_INFO"] + "?" + environ["QUERY_STRING"])
        return app(environ, start)

    server = make_server("127.0.0.1", 0, noted, threaded=True)
    made.address = f"http://127.0.0.1:{server.port}"
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield made
    finally:
        server.shutdown()
        running.join()
        server.server_close()
        dispose(app)


@pytest.fixture
def site(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Site]:
    """The program on an empty SQLite database."""
    shutil.copy(migrated_sqlite, tmp_path / "site.db")
    found = settings_for(f"sqlite:///{tmp_path / 'site.db'}", tmp_path / "data")
    with served(program(found, testing=False)) as made:
        yield made


@pytest.fixture(scope="session")
def demo_site(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, served once for every test of a worker: leave it as it was found."""
    folder = tmp_path_factory.mktemp("served") / "demo"
    shutil.copytree(demo_folder, folder)
    found = settings_for(f"sqlite:///{folder / 'surveyapp.db'}", folder)
    with served(program(found, testing=False)) as made:
        yield made


@pytest.fixture
def device(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone with nothing in its memory."""
    made = browser.new_context(
        base_url=site.address, viewport={"width": 360, "height": 740}, locale="en-CA"
    )
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def tab(device: BrowserContext) -> Page:
    """A tab that fails the test when a script does."""
    page = device.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    return page
