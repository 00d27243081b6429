"""A bundle has the same bytes for the same files, in whatever order they came."""

import zipfile
from io import BytesIO

from surveyapp.press.bundle import bundle, unpacked

FILES = {"b.csv": b"x" * 1000, "a.json": "é".encode()}


def test_the_same_files_are_the_same_bytes() -> None:
    assert bundle(FILES) == bundle(dict(reversed(FILES.items())))
    assert bundle(FILES) != bundle(FILES | {"a.json": b"e"})


def test_what_was_packed_comes_out() -> None:
    assert unpacked(bundle(FILES)) == FILES
    with zipfile.ZipFile(BytesIO(bundle(FILES))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.json", "b.csv"]
