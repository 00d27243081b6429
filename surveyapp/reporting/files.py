"""Files of a release as they are given to a reader: the bytes that were kept, and no others."""

from dataclasses import dataclass

from flask import Response, abort

from surveyapp.press.bundle import sizes, unpacked
from surveyapp.storage.counted.releases import Release, bundle

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
}
ORDER = ("neighbourhood_by_area.csv", "items.csv", "area_composition.csv", "codebook.csv")


@dataclass(frozen=True)
class Listed:
    """A file of a release. ``rows`` is None for what is no table."""

    name: str
    rows: int | None
    size: int


def bundle_name(slug: str, code: str, number: int) -> str:
    """Name the bundle of a release as the command line does."""
    return f"{slug}_{code}_release_{number}.zip"


def listed_files(release: Release) -> tuple[Listed, ...]:
    """List the files of a release, tables first."""
    rows = {one["path"]: one["rows"] for one in release.manifest["files"]}
    found = sizes(bundle(release.id))
    names = sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else 9, name))
    return tuple(Listed(name, rows.get(name), found[name]) for name in names)


def as_download(data: bytes, name: str, type_: str) -> Response:
    """Answer with bytes to keep."""
    answer = Response(data, content_type=type_)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def file_of(release: Release, slug: str, code: str, name: str) -> Response:
    """Give one file of a release, or the bundle itself."""
    packed = bundle(release.id)
    if name == bundle_name(slug, code, release.number):
        return as_download(packed, name, TYPES["zip"])
    files = unpacked(packed)
    if name not in files:
        abort(404)
    return as_download(files[name], name, TYPES[name.rpartition(".")[2]])
