"""AES key wrap (RFC 3394): a key under another key. 32 bytes become 40.

Left to others: which key under which (wire).
"""

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from schoolsafe.errors import Tampered

WRAPPED_KEY_BYTES = 40


class WrapBroken(Tampered):
    """A wrapped key does not open: it was changed, or belongs to another key."""


def wrap(under: bytes, key: bytes) -> bytes:
    """``key`` (a multiple of 8 bytes, at least 16) under ``under``; 8 bytes longer."""
    return aes_key_wrap(under, key)


def unwrap(under: bytes, wrapped: bytes) -> bytes:
    """The key inside.

    Raises:
        WrapBroken: another wrapping key, or changed bytes.
    """
    try:
        return aes_key_unwrap(under, wrapped)
    except (InvalidUnwrap, ValueError):
        raise WrapBroken from None
