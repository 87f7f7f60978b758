"""The seal of each page of the file, checked a few pages at a time.

The engine's own ``cipher_integrity_check`` does the same for the whole file in one call: a second
for ten years of a large school, in which no save could be taken. Left to others: the log (it is
emptied before), what the pages say (the engine's ``integrity_check``).
Source: SQLCipher's page format: 4096 bytes, the last 64 an HMAC-SHA512 over the rest and the page's
number, the first 16 of the file a salt.
"""

import hashlib
import hmac
from pathlib import Path
from typing import Final

PAGE_BYTES: Final = 4096
_SEAL_BYTES: Final = 64
_SALT_BYTES: Final = 16
_SALT_MASK: Final = 0x3A
_ROUNDS: Final = 2
_KEY_BYTES: Final = 32
_LOCK_PAGE: Final = 0x4000_0000 // PAGE_BYTES + 1
"""The engine keeps its locks there and never writes it."""


class Seals:
    """The main file, as it lies on the disk. Nothing may write to it during a call.

    It takes no lock, and the system drops this process's locks on the file when it is let go;
    the lock file beside the vault keeps other processes out.
    """

    def __init__(self, path: Path, key_hex: str) -> None:
        self._file = path.open("rb")
        salt = bytes(byte ^ _SALT_MASK for byte in self._file.read(_SALT_BYTES))
        key = hashlib.pbkdf2_hmac("sha512", bytes.fromhex(key_hex), salt, _ROUNDS, _KEY_BYTES)
        self._seal = hmac.new(key, digestmod="sha512")
        self.pages = -(-path.stat().st_size // PAGE_BYTES)
        """How many there are; a part of one counts."""

    def hold(self, first: int, many: int) -> bool:
        """Whether the seals of these pages hold; the first page of the file is 1."""
        self._file.seek((first - 1) * PAGE_BYTES)
        block = self._file.read(many * PAGE_BYTES)
        return all(
            self._holds(first + place, block[place * PAGE_BYTES : (place + 1) * PAGE_BYTES])
            for place in range(-(-len(block) // PAGE_BYTES))
        )

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def _holds(self, number: int, page: bytes) -> bool:
        if number == _LOCK_PAGE:
            return True
        seal = self._seal.copy()
        seal.update(page[_SALT_BYTES if number == 1 else 0 : -_SEAL_BYTES])
        seal.update(number.to_bytes(4, "little"))
        return hmac.compare_digest(seal.digest(), page[-_SEAL_BYTES:])
