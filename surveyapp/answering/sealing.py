"""Forms that waited on an event tablet: sealed there for this program alone, opened here.

A tablet seals what cannot be sent (static/kiosk/seal.js) with a public key of the program; the
private key is derived from the program's secret and never leaves it. Whoever takes the tablet
cannot read what waits on it, and neither can the tablet. A sealed form comes without cookies, and
is read as if it had come in the clear.
"""

import base64
from functools import cache
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Response, abort, current_app, g, request, session
from werkzeug.datastructures import ImmutableMultiDict

CURVE = ec.SECP256R1()
POINT, NONCE = 65, 12
PURPOSE = b"surveyapp kiosk"
MOST_FIELDS = 2_000
FIELD = "sealed"


class SealError(Exception):
    """Something was not sealed with this program's key, or not for this address."""


def _derived(secret: bytes, salt: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, PURPOSE).derive(secret)


@cache
def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    # 16 bytes more than the curve needs: every key is as likely as another (FIPS 186-5, A.2.1).
    number = int.from_bytes(_derived(secret.encode(), b"", 48))
    return ec.derive_private_key(number % (CURVE.group_order - 1) + 1, CURVE)


def public_key() -> str:
    """Return the key that tablets seal with: a point of P-256, in base64."""
    key = _private_key(str(current_app.config["SECRET_KEY"])).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


def opened(sealed: str, address: str, secret: str) -> bytes:
    """Return what was sealed for an address.

    A sealed form is base64 of the tablet's own point (made for this form alone), a nonce, and the
    words under AES-256-GCM; its key is what both points agree on, through HKDF-SHA-256.

    :raise SealError: if it was sealed with another key or for another address, or was changed.
    """
    try:
        data = base64.b64decode(sealed, validate=True)
        point, nonce, closed = data[:POINT], data[POINT : POINT + NONCE], data[POINT + NONCE :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        agreed = _private_key(secret).exchange(ec.ECDH(), theirs)
        return AESGCM(_derived(agreed, point, 32)).decrypt(nonce, closed, address.encode())
    except (ValueError, InvalidTag) as error:
        raise SealError("not sealed for here") from error


def is_sealed() -> bool:
    """Tell whether this request brought a sealed form."""
    return bool(g.get(FIELD))


def open_form() -> None:
    """Put what was sealed in the place of the form that it came in.

    :raise 400: if it cannot be opened; the tablet keeps it then, and staff see that it waits.
    """
    sealed = request.form.get(FIELD, "") if request.method == "POST" else ""
    if not sealed:
        return
    try:
        words = opened(sealed, request.path, str(current_app.config["SECRET_KEY"])).decode()
        pairs = parse_qsl(words, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (SealError, ValueError):
        abort(400)
    request.form = ImmutableMultiDict(pairs)
    g.sealed = True


def say_nothing(response: Response) -> Response:
    """Answer a sealed form with its status alone: whoever it is from stands there no more."""
    if is_sealed():
        response.data = b""
        response.headers.pop("Location", None)
        session.modified = False
    return response
