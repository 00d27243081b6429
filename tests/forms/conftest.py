"""The program without a database: a question is drawn from what it is given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from surveyapp import create_app
from tests.conftest import dispose, settings_for


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Flask]:
    """The program, its database never opened."""
    made = create_app(settings_for(f"sqlite:///{tmp_path / 'none.db'}", tmp_path))
    yield made
    dispose(made)
