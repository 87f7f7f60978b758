"""AES-256-GCM in the two ways we need it.

``seal_once`` has a zero nonce and is right *only* because its key seals one thing and no other (a
row key, a chunk key). ``seal`` draws a random nonce for keys that are used again: key file, drafts,
anchors.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from schoolsafe.crypto.fresh import KEY_BYTES, random_bytes
from schoolsafe.errors import Tampered

NONCE_BYTES = 12
TAG_BYTES = 16
_ZERO_NONCE = bytes(NONCE_BYTES)


class SealBroken(Tampered):
    """This was changed outside SchoolSafe, or sealed with another key. It does not open."""


def seal_once(key: bytes, clear: bytes, aad: bytes) -> bytes:
    """Seals with a key that seals nothing else, ever. Adds 16 bytes."""
    return AESGCM(key).encrypt(_ZERO_NONCE, clear, aad)


def open_once(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Opens what ``seal_once`` sealed.

    Raises:
        SealBroken: key, bytes or ``aad`` are not those it was sealed with.
    """
    return _open(key, _ZERO_NONCE, sealed, aad)


def seal(key: bytes, clear: bytes, aad: bytes) -> bytes:
    """Seals a small local thing under a key that is used again.

    Adds 28 bytes: nonce in front, tag behind.
    """
    nonce = random_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, clear, aad)


def open_sealed(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Opens what ``seal`` sealed.

    Raises:
        SealBroken: key, bytes or ``aad`` are not those it was sealed with.
    """
    return _open(key, sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)


def _open(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    if len(key) != KEY_BYTES or len(nonce) != NONCE_BYTES or len(sealed) < TAG_BYTES:
        raise SealBroken
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except InvalidTag:
        raise SealBroken from None
