"""ML-DSA-65 signatures (FIPS 204): beside Ed25519 on what must hold against a quantum computer.

Keys are plain bytes: seed 32, public 1,952, signature 3,309.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from schoolsafe.crypto.sign import SignatureBroken

SEED_BYTES = 32
PUBLIC_BYTES = 1952
SIGNATURE_BYTES = 3309


def generate() -> bytes:
    """A new seed."""
    return MLDSA65PrivateKey.generate().private_bytes_raw()


def public_of(seed: bytes) -> bytes:
    """The public key that belongs to a seed."""
    return MLDSA65PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """A signature."""
    return MLDSA65PrivateKey.from_seed_bytes(seed).sign(message)


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    """Returns only when the signature holds.

    Raises:
        SignatureBroken: it does not.
    """
    try:
        MLDSA65PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise SignatureBroken from None
