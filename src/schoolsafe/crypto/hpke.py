"""HPKE boxes (RFC 9180, base mode): MLKEM768-X25519, HKDF-SHA256, AES-256-GCM.

The hybrid key classes of the library have no serialisation, so ours is fixed here: private = ML-KEM
seed 64 | X25519 32, public = ML-KEM 1,184 | X25519 32. A box is 1,136 bytes longer than what it
holds. Base mode does not say who sealed: whatever is boxed must also be signed.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from schoolsafe.errors import Tampered

PRIVATE_BYTES = 96
PUBLIC_BYTES = 1216
BOX_OVERHEAD_BYTES = 1136
BOXED_KEY_BYTES = 1168
_MLKEM_SEED_BYTES = 64
_MLKEM_PUBLIC_BYTES = 1184
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class BoxBroken(Tampered):
    """A sealed box does not open: it was changed, or sealed to somebody else."""


class NotABoxKey(Tampered):
    """A box key has the wrong length or shape: it was changed outside SchoolSafe."""


def generate() -> bytes:
    """A new private key, 96 bytes."""
    return (
        MLKEM768PrivateKey.generate().private_bytes_raw()
        + X25519PrivateKey.generate().private_bytes_raw()
    )


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private one, 1,216 bytes.

    Raises:
        NotABoxKey: not 96 bytes.
    """
    mlkem, x25519 = _private_parts(private)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def seal(public: bytes, clear: bytes, info: bytes) -> bytes:
    """Boxes a few bytes to a public key, bound to ``info``.

    Raises:
        NotABoxKey: the public key has the wrong length or shape.
    """
    key = _public(public)
    try:
        return _SUITE.encrypt(clear, key, info=info)
    except ValueError:  # a point of low order passes the constructor and fails here
        raise NotABoxKey from None


def open_box(private: bytes, box: bytes, info: bytes) -> bytes:
    """What is in the box.

    Raises:
        BoxBroken: another key, other ``info``, or changed bytes.
        NotABoxKey: the private key is not 96 bytes.
    """
    mlkem, x25519 = _private_parts(private)
    try:
        return _SUITE.decrypt(box, MLKEM768X25519PrivateKey(mlkem, x25519), info=info)
    except (InvalidTag, ValueError):
        raise BoxBroken from None


def _private_parts(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(private) != PRIVATE_BYTES:
        raise NotABoxKey
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:_MLKEM_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(private[_MLKEM_SEED_BYTES:]),
    )


def _public(public: bytes) -> MLKEM768X25519PublicKey:
    if len(public) != PUBLIC_BYTES:
        raise NotABoxKey
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
        )
    except ValueError:
        raise NotABoxKey from None
