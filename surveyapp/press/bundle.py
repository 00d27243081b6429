"""A bundle is one file with the same bytes for the same release."""

import io
import zipfile
from collections.abc import Mapping

# The earliest date a zip can hold: when a file was packed says nothing about its data.
_PACKED = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Pack files by name, always in one order and under one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _READABLE
            archive.writestr(entry, files[name])
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a bundle by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sizes(data: bytes) -> dict[str, int]:
    """Return how many bytes each file of a bundle has, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: entry.file_size for entry in archive.infolist()}
