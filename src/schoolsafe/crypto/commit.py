"""Key commitment: 32 bytes that belong to one key only.

Neither GCM nor Poly1305 binds a ciphertext to one key; a row could be made to open to one text here
and another there. The commitment stands beside the ciphertext and is compared before anything is
opened.
"""

from hmac import compare_digest

from schoolsafe.crypto.kdf import hkdf
from schoolsafe.errors import Tampered

COMMITMENT_BYTES = 32
ROW = b"schoolsafe/commit/row/1"


class KeyDoesNotMatch(Tampered):
    """This key is not the one the record was sealed with."""


def commitment(key: bytes, label: bytes = ROW) -> bytes:
    """HKDF-SHA256 of the key with a label that says what it seals."""
    return hkdf(key, info=label)


def check(key: bytes, expected: bytes, label: bytes = ROW) -> None:
    """Returns only when the key is the committed one. Constant time.

    Raises:
        KeyDoesNotMatch: it is another.
    """
    if not compare_digest(commitment(key, label), expected):
        raise KeyDoesNotMatch
