"""Random bytes from the operating system: the only source of keys.

Left to others: ids of entities (the Ids port).
"""

import secrets

KEY_BYTES = 32


def random_bytes(size: int) -> bytes:
    """``size`` random bytes."""
    return secrets.token_bytes(size)


def key() -> bytes:
    """A fresh 256-bit key."""
    return random_bytes(KEY_BYTES)
