"""Codes that a telephone shows for half a minute (RFC 6238), and how their secret is kept."""

import base64
import hmac
from datetime import datetime

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from markupsafe import Markup

from surveyapp.storage.codes import keyed

SECONDS = 30
# A telephone's clock may be half a minute off, and a code takes time to type.
DRIFT = 1


def _seal() -> Fernet:
    key = bytes.fromhex(keyed("second step", "the key that seals secrets"))
    return Fernet(base64.urlsafe_b64encode(key))


def sealed(secret: str) -> str:
    """Encrypt a secret under the program's own: a copy of the database opens nothing."""
    return _seal().encrypt(secret.encode()).decode()


def unsealed(kept: str) -> str | None:
    """Read a sealed secret; None once the program's own secret is another one."""
    try:
        return _seal().decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def new_secret() -> str:
    """Make a secret of 160 bits, in base 32."""
    return pyotp.random_base32()


def step_at(now: datetime) -> int:
    """Number the half minute of an instant."""
    return int(now.timestamp()) // SECONDS


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """Return the half minute that a typed code belongs to, or nothing if it is wrong."""
    code = "".join(one for one in typed if one.isdecimal())
    here, generator = step_at(now), pyotp.TOTP(secret)
    found = None
    for step in range(here - DRIFT, here + DRIFT + 1):
        # All are compared: how long it takes tells nothing.
        if hmac.compare_digest(generator.generate_otp(step).encode(), code.encode()):
            found = step
    return found


def address_of(secret: str, email: str, issuer: str) -> str:
    """Return what a telephone scans."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer))


def picture_of(address: str, label: str) -> Markup:
    """Draw an address as a QR code that stands in the page; ``label`` is read aloud."""
    drawn = segno.make(address, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(drawn).replace(
        "<svg ", Markup('<svg role="img" aria-label="{}" ').format(label), 1
    )
