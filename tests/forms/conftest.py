"""The program without a database: a question is drawn from what it is given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import dispose, settings_for
from tests.conftest import program as program_of


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Flask]:
    """The program, its database never opened."""
    made = program_of(settings_for(f"sqlite:///{tmp_path / 'none.db'}", tmp_path), testing=False)
    yield made
    dispose(made)
