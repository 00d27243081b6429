"""The benchmark of what staff wait for makes its changes, and times each of them."""

from collections import Counter
from pathlib import Path

from benchmarks.staff import bring, changes, signed_in, workbook
from benchmarks.survey import settings_for


def test_each_sort_of_change_and_a_workbook_are_made_and_timed(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'staff.db'}", tmp_path)
    with signed_in(settings, questions=28) as (_app, staff):
        found = [*changes(staff, 28, turns=2), bring(staff, "rows", workbook(250, 5_000))]
    assert Counter(one.what for one in found) == {
        "edit a text": 2,
        "add an option": 2,
        "add a condition": 2,
        "move a question": 2,
        "rows": 1,
    }
    assert all(one.wall_ms > 0 for one in found)
