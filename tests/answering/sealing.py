"""A tablet that seals a form, as static/kiosk/seal.js does it."""

import base64
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NONCE = b"0" * 12


def sealed(words: dict[str, str], address: str, key: str) -> str:
    """Seal a form for an address with the public key of a page."""
    curve = ec.SECP256R1()
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(curve, base64.b64decode(key))
    mine = ec.generate_private_key(curve)
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    agreed = mine.exchange(ec.ECDH(), theirs)
    secret = HKDF(SHA256(), 32, point, b"surveyapp kiosk").derive(agreed)
    closed = AESGCM(secret).encrypt(NONCE, urlencode(words).encode(), address.encode())
    return base64.b64encode(point + NONCE + closed).decode()
