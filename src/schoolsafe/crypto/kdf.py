"""Keys from passphrases (Argon2id) and keys from keys (HKDF-SHA256).

The settings of Argon2id stand in a file, so they are checked before a byte is allocated: below the
floor a guess is too cheap, above the ceiling the file could stop the computer.
"""

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from schoolsafe.errors import Tampered

SALT_BYTES: Final = 16
_MIB: Final = 1024


class KdfSettingsOutOfRange(Tampered):
    """The passphrase settings in this file lie outside what SchoolSafe ever writes."""


@dataclass(frozen=True, slots=True)
class Argon2Settings:
    """How dear one guess at a passphrase is."""

    memory_kib: int = 256 * _MIB
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may ask for. Source: security.md section 3."""

    memory_kib_floor: int = 64 * _MIB
    memory_kib_ceiling: int = 1024 * _MIB
    passes_floor: int = 3
    passes_ceiling: int = 12
    lanes_ceiling: int = 16
    salt_bytes_floor: int = SALT_BYTES


LIMITS: Final = Limits()


def check_settings(settings: Argon2Settings) -> None:
    """Returns only for settings between floor and ceiling.

    Raises:
        KdfSettingsOutOfRange: weaker than 64 MiB or 3 passes, or dearer than 1 GiB, 12 passes or 16
        lanes.
    """
    within = (
        LIMITS.memory_kib_floor <= settings.memory_kib <= LIMITS.memory_kib_ceiling
        and LIMITS.passes_floor <= settings.passes <= LIMITS.passes_ceiling
        and 1 <= settings.lanes <= LIMITS.lanes_ceiling
    )
    if not within:
        raise KdfSettingsOutOfRange


def passphrase_key(
    passphrase: bytes | bytearray, *, salt: bytes, settings: Argon2Settings
) -> bytearray:
    """32 bytes from a passphrase, in a buffer the caller can overwrite. Takes 0.1 to 2 seconds.

    Raises:
        KdfSettingsOutOfRange: before anything is allocated.
    """
    check_settings(settings)
    if len(salt) < LIMITS.salt_bytes_floor:
        raise KdfSettingsOutOfRange
    key = bytearray(32)
    _argon2id(passphrase, key, salt=salt, settings=settings)
    return key


def _argon2id(
    passphrase: bytes | bytearray,
    into: bytearray,
    *,
    salt: bytes,
    settings: Argon2Settings,
    secret: bytes | None = None,
    ad: bytes | None = None,
) -> None:
    Argon2id(
        salt=salt,
        length=len(into),
        iterations=settings.passes,
        lanes=settings.lanes,
        memory_cost=settings.memory_kib,
        secret=secret,
        ad=ad,
    ).derive_into(passphrase, into)  # type: ignore[arg-type]  # stub: any buffer works


def hkdf(
    key: bytes | bytearray, *, info: bytes, salt: bytes | None = None, length: int = 32
) -> bytes:
    """``length`` bytes from a key that is already strong; ``info`` says what for."""
    return HKDF(hashes.SHA256(), length, salt, info).derive(key)
