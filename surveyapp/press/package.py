"""The description of a bundle that other programs read (Frictionless), and its manifest."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveyapp.press.csv import BOM
from surveyapp.press.fields import Field


@dataclass(frozen=True)
class Sheet:
    """A table of the bundle as it is written."""

    path: str
    fields: Sequence[Field]
    data: bytes
    rows: int

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def _resource(sheet: Sheet) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": sheet.path.removesuffix(".csv"),
        "path": sheet.path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if sheet.data.startswith(BOM.encode()) else "utf-8",
        "hash": f"sha256:{sheet.sha256}",
        "bytes": len(sheet.data),
        "schema": {
            "fields": [{"name": field.name, "type": field.type.value} for field in sheet.fields],
            "missingValues": [""],
        },
    }


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def datapackage(name: str, titles: Mapping[str, str], sheets: Sequence[Sheet]) -> bytes:
    """Describe the tables with their types and hashes."""
    return _json(
        {
            "profile": "tabular-data-package",
            "name": name,
            "title": " / ".join(dict.fromkeys(titles.values())),
            "resources": [_resource(sheet) for sheet in sheets],
        }
    )


def manifest_json(manifest: Mapping[str, Any]) -> bytes:
    """Write the manifest of a release."""
    return _json(manifest)


def listed(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """List public files with their rows and hashes (counting rules, section 5.12)."""
    return [{"path": one.path, "rows": one.rows, "sha256": one.sha256} for one in sheets]
