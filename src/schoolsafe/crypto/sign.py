"""Ed25519 signatures: one on every row and every roster link.

Keys are plain bytes: seed 32, public 32, signature 64. Left to others: the tag in front of what is
signed (wire).
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from schoolsafe.errors import Tampered

SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64


class SignatureBroken(Tampered):
    """A signature does not hold: this was changed outside SchoolSafe, or is not theirs."""


def generate() -> bytes:
    """A new seed."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(seed: bytes) -> bytes:
    """The public key that belongs to a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """The signature; the same every time for the same seed and message."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    """Returns only when the signature holds.

    Raises:
        SignatureBroken: it does not.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise SignatureBroken from None
