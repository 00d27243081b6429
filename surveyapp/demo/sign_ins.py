"""The people of the demo: one for each role, with passwords that only this copy knows.

A password printed in a public repository would open every demo that was ever put on a network,
so each copy makes its own, and keeps them beside the demo's secret.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from surveyapp.accounts.passwords import hashed, matches
from surveyapp.storage.people.staff import Role, add_staff, change_staff, staff_by_email

FILE = "demo_passwords.json"
HOST = "larkspur.example"
BY = "demo"


def email(role: Role) -> str:
    """Return the address of a role's person: no such host can exist (RFC 2606)."""
    return f"{role.value}@{HOST}"


def _kept(file: Path) -> dict[str, str]:
    return dict(json.loads(file.read_text())) if file.exists() else {}


def _keep(file: Path, passwords: Mapping[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(passwords, indent=2))


def let_in(folder: Path, now: datetime) -> Mapping[str, str]:
    """Let the demo's people in; return the password of each by address.

    Whoever is there keeps their password, unless the file that tells it is lost.
    """
    file = folder / FILE
    passwords = _kept(file)
    for role in Role:
        passwords.setdefault(email(role), secrets.token_urlsafe(12))
    _keep(file, passwords)
    for role in Role:
        address = email(role)
        found = staff_by_email(address)
        if found is None:
            add_staff(address, role, hashed(passwords[address]), by=BY, now=now, is_demo=True)
        elif not matches(passwords[address], found.password_hash):
            change_staff(found.id, by=BY, now=now, password_hash=hashed(passwords[address]))
    return {email(role): passwords[email(role)] for role in Role}


def are_in() -> bool:
    """Tell whether the demo's people were let in, which is the last step of loading it."""
    return all(staff_by_email(email(role)) is not None for role in Role)
