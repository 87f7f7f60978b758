"""SHA-256, and nothing else: names of rows, links and sealed chunks.

Left to others: which tag stands in front of the bytes (wire).
"""

from hashlib import sha256 as _sha256


def sha256(*parts: bytes) -> bytes:
    """32 bytes over the parts, one after another."""
    state = _sha256()
    for part in parts:
        state.update(part)
    return state.digest()


def sha256_hex(*parts: bytes) -> str:
    """64 hex characters over the parts, one after another."""
    return sha256(*parts).hex()
