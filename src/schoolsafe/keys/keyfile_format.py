"""The bytes of a key file and what stands in them; nothing is derived or opened here.

Format and reasons: docs/spec/keyfile.md. Left to others: sealing and opening (``keyfile``).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest
from typing import Final, Literal

import msgspec

from schoolsafe.crypto import kdf
from schoolsafe.crypto.digest import sha256
from schoolsafe.crypto.kdf import Argon2Settings
from schoolsafe.errors import Refused, Tampered
from schoolsafe.keys.device import Kind

MAGIC: Final = b"SSKY"
VERSION: Final = 1
SUITE: Final = 1
"""Argon2id, HKDF-SHA256, AES-256-GCM, HMAC-SHA256."""
LIMIT_BYTES: Final = 16 * 1024
HASH_BYTES: Final = 32

Mark = Literal["", "test", "demo"]


class DamagedKeyFile(Tampered):
    """The key file is damaged. Put back a copy from a backup; the passphrase has not changed."""


class NewerKeyFile(Refused):
    """These records were written by a newer SchoolSafe (key file version {version}). Update first."""


class TooManySecrets(Refused):
    """A key file would be {count} bytes long; {limit} is the most."""


@dataclass(frozen=True, slots=True)
class Label:
    """Whose vault this is: readable without any key, and bound to what is sealed."""

    school: str
    """The school's id."""
    school_name: str
    person: str
    """The person's id."""
    person_name: str
    role: str
    mark: Mark = ""
    """A test or demo vault is marked as such for ever."""


@dataclass(frozen=True, slots=True)
class Header:
    """The clear part of a key file."""

    label: Label
    seat: str
    made: datetime
    device: Kind
    device_folder: str
    """Where a secret in a file lies; "" for the default place, and for the keyring."""
    device_tag: str
    """Tells this computer's secret from another's; 16 hex characters."""
    paper_salt: bytes


@dataclass(frozen=True, slots=True)
class Marks:
    """What may be noted later without any passphrase. Authenticated with the device secret."""

    drill_passed: datetime | None = None
    """When the paper key was last tried and opened this file."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the key file is for."""

    vault_key: bytes = field(repr=False)
    """32 bytes for SQLCipher."""
    anchor_key: bytes = field(repr=False)
    """32 bytes for the anchors: needs passphrase and device secret, and outlives both."""
    secrets: Mapping[str, bytes] = field(repr=False)
    """The seat's private keys, by name."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear one guess at this file is, and its salt."""

    memory_kib: int
    passes: int
    lanes: int
    salt: bytes

    @property
    def settings(self) -> Argon2Settings:
        """Without the salt."""
        return Argon2Settings(memory_kib=self.memory_kib, passes=self.passes, lanes=self.lanes)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file, parsed but not opened. Checksum and limits hold; nothing else is proved yet."""

    header_bytes: bytes = field(repr=False)
    cost_bytes: bytes = field(repr=False)
    commitment: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    paper_commitment: bytes = field(repr=False)
    paper_sealed: bytes = field(repr=False)
    marks_bytes: bytes = field(repr=False)
    mac: bytes = field(repr=False)

    @property
    def header(self) -> Header:
        """The clear part."""
        return msgspec.json.decode(self.header_bytes, type=Header)

    @property
    def marks(self) -> Marks:
        """What was noted since."""
        return msgspec.json.decode(self.marks_bytes, type=Marks)

    @property
    def cost(self) -> Cost:
        """How dear one guess is."""
        return msgspec.json.decode(self.cost_bytes, type=Cost)


def parse(data: bytes) -> KeyFile:
    """The parts of a key file. Nothing is derived: takes under a millisecond, whatever it says.

    Raises:
        DamagedKeyFile: the checksum does not hold, or the parts do not fit.
        NewerKeyFile: a later version or suite.
        KdfSettingsOutOfRange: Argon2id settings below the floor or above the ceiling.
    """
    body, checksum = data[:-HASH_BYTES], data[-HASH_BYTES:]
    if len(data) > LIMIT_BYTES or not compare_digest(sha256(body), checksum):
        raise DamagedKeyFile
    if not body.startswith(MAGIC) or len(body) < len(MAGIC) + 2:
        raise DamagedKeyFile
    version, suite = body[len(MAGIC) : len(MAGIC) + 2]
    if (version, suite) != (VERSION, SUITE):
        raise NewerKeyFile(version=version)
    try:
        file = _parts(body)
        # The three clear parts must be readable; they are decoded again where they are used.
        _header, _marks, cost = file.header, file.marks, file.cost
    except (struct.error, msgspec.DecodeError):
        raise DamagedKeyFile from None
    kdf.check_settings(cost.settings)
    return file


def sized(part: bytes) -> bytes:
    """A part with its length in front, two bytes, big-endian."""
    return struct.pack(">H", len(part)) + part


def front(header_bytes: bytes) -> bytes:
    """Magic, version, suite and clear header."""
    return MAGIC + bytes((VERSION, SUITE)) + sized(header_bytes)


def unsigned(file: KeyFile) -> bytes:
    """Everything before the authentication code and the checksum."""
    return b"".join(
        (
            front(file.header_bytes),
            sized(file.cost_bytes),
            file.commitment,
            sized(file.sealed),
            file.paper_commitment,
            sized(file.paper_sealed),
            sized(file.marks_bytes),
        )
    )


def whole(file: KeyFile) -> bytes:
    """The bytes of the file, checksum and all.

    Raises:
        TooManySecrets: no program would open so long a file again.
    """
    body = unsigned(file) + file.mac
    if len(body) + HASH_BYTES > LIMIT_BYTES:
        raise TooManySecrets(count=len(body) + HASH_BYTES, limit=LIMIT_BYTES)
    return body + sha256(body)


def _parts(body: bytes) -> KeyFile:
    at = len(MAGIC) + 2

    def fixed(size: int) -> bytes:
        nonlocal at
        part = body[at : at + size]
        if len(part) != size:
            raise DamagedKeyFile
        at += size
        return part

    def counted() -> bytes:
        (size,) = struct.unpack(">H", fixed(2))
        return fixed(size)

    file = KeyFile(
        header_bytes=counted(),
        cost_bytes=counted(),
        commitment=fixed(HASH_BYTES),
        sealed=counted(),
        paper_commitment=fixed(HASH_BYTES),
        paper_sealed=counted(),
        marks_bytes=counted(),
        mac=fixed(HASH_BYTES),
    )
    if at != len(body):
        raise DamagedKeyFile
    return file
