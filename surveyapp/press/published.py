"""A wave's public figures as they were written, read back for every page that shows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from surveyapp.press.bundle import unpacked
from surveyapp.press.release import Files, NothingToReleaseError, public_files
from surveyapp.statistics.disclosure import reopen
from surveyapp.statistics.tables import PublicTable
from surveyapp.storage.counted.releases import Release, bundle, next_number
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.field.waves import Wave

AREAS = "neighbourhood_by_area.csv"
ITEMS = "items.csv"
COMPOSITION = "area_composition.csv"
# The tables of a large survey are some megabytes; those read last are kept.
MOST_KEPT = 6


@dataclass(frozen=True)
class Published:
    """Public tables restored from the bytes they were written in, with their manifest.

    ``number`` is 0 for figures that are no release: they are for staff. ``composition`` is None
    in those that were made before it was told.
    """

    number: int
    cut_off_at: datetime
    manifest: Mapping[str, Any]
    areas: PublicTable
    items: PublicTable
    composition: PublicTable | None = None


def reopened(files: Mapping[str, bytes], manifest: Mapping[str, Any], number: int) -> Published:
    """Restore what was written.

    :raise ValueError: if the bytes are not those that the manifest names.
    """
    hashes = {one["path"]: one["sha256"] for one in manifest["files"]}
    return Published(
        number=number,
        cut_off_at=datetime.fromisoformat(manifest["data_cut_off"]),
        manifest=manifest,
        areas=reopen(files[AREAS], hashes[AREAS]),
        items=reopen(files[ITEMS], hashes[ITEMS]),
        composition=(
            reopen(files[COMPOSITION], hashes[COMPOSITION]) if COMPOSITION in hashes else None
        ),
    )


def kept(key: tuple[object, ...], read: Callable[[], Published]) -> Published:
    """Return what was read before under a key that names its content."""
    memory: dict[tuple[object, ...], Published]
    memory = current_app.extensions.setdefault("surveyapp_published", {})
    found = memory.pop(key, None) or read()
    memory[key] = found
    for oldest in list(memory)[:-MOST_KEPT]:
        memory.pop(oldest, None)
    return found


def of_release(release: Release) -> Published:
    """Read a release from its own bytes, against the hashes that are kept beside them."""
    return kept(
        ("release", release.id),
        lambda: reopened(unpacked(bundle(release.id)), release.manifest, release.number),
    )


def of_closed(survey: Survey, wave: Wave, now: datetime) -> Published | None:
    """Make what a release of a closed wave would hold, without keeping it; None if nothing."""

    def read() -> Published:
        made: Files = public_files(survey, wave, next_number(wave.id), now)
        return reopened(made.files, made.manifest, 0)

    try:
        return kept(("closed", wave.id, wave.last_change), read)
    except NothingToReleaseError:
        return None
