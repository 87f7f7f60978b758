"""The key file: what a passphrase and this computer's secret open, and a paper key opens too.

Format and reasons: docs/spec/keyfile.md. Left to others: the bytes (``keyfile_format``), where it
lies (``home``), the secret's place (``device``), how often one may guess (``throttle``), the order
of events (``unlock``).
"""

import hmac
import time
from collections.abc import Callable
from dataclasses import replace
from hmac import compare_digest
from typing import Final

import msgspec

from schoolsafe.crypto import aead, commit, kdf
from schoolsafe.crypto.fresh import random_bytes
from schoolsafe.crypto.kdf import Argon2Settings
from schoolsafe.errors import Locked, Tampered
from schoolsafe.keys import paper, strength
from schoolsafe.keys.device import DeviceSecretOther
from schoolsafe.keys.keyfile_format import (
    SUITE,
    VERSION,
    Contents,
    Cost,
    Header,
    KeyFile,
    Marks,
    front,
    sized,
    unsigned,
    whole,
)

TEST_COST: Final = Argon2Settings(memory_kib=kdf.LIMITS.memory_kib_floor)
"""The floor: for vaults that hold pretend data."""
_COMMIT: Final = b"schoolsafe/commit/key-file/1"
_PAPER_COMMIT: Final = b"schoolsafe/commit/key-file-paper/1"
_AAD: Final = b"schoolsafe/key-file/1\0passphrase\0"
_PAPER_AAD: Final = b"schoolsafe/key-file/1\0paper\0"
_QUICKEST_S: Final = 0.5
_SLOWEST_S: Final = 1.5


class WrongPassphrase(Locked):
    """That passphrase does not open these records."""


class WrongPaperKey(Locked):
    """That recovery key belongs to other records, or to an older sheet."""


class KeyFileChanged(Tampered):
    """The key file was changed outside SchoolSafe. Put back a copy from a backup."""


def device_tag(device_secret: bytes) -> str:
    """16 hex characters that tell one secret from another and say nothing about either."""
    return kdf.hkdf(device_secret, info=b"schoolsafe/device-tag/1", length=8).hex()


def calibrated(*, timer: Callable[[], float] = time.perf_counter) -> Argon2Settings:
    """Settings that take 0.5 to 1.5 seconds on this computer, never below the floor.

    Costs one to four derivations; done at set-up, at recovery and when the passphrase is changed.
    """
    settings = Argon2Settings()
    seconds = _seconds(settings, timer)
    while seconds > _SLOWEST_S and settings.memory_kib > kdf.LIMITS.memory_kib_floor:
        settings = replace(settings, memory_kib=settings.memory_kib // 2)
        seconds = _seconds(settings, timer)
    while seconds < _QUICKEST_S and settings.passes < kdf.LIMITS.passes_ceiling:
        settings = replace(settings, passes=settings.passes + 1)
        seconds = _seconds(settings, timer)
    return settings


def create(
    *,
    header: Header,
    contents: Contents,
    passphrase: str,
    paper_key: str,
    device_secret: bytes,
    settings: Argon2Settings,
) -> bytes:
    """The bytes of a new key file: one payload sealed twice."""
    header_bytes = msgspec.json.encode(header)
    paper_kek = _paper_kek(paper_key, header)
    file = KeyFile(
        header_bytes=header_bytes,
        cost_bytes=b"",
        commitment=b"",
        sealed=b"",
        paper_commitment=commit.commitment(paper_kek, _PAPER_COMMIT),
        paper_sealed=aead.seal(paper_kek, _encoded(contents), _PAPER_AAD + front(header_bytes)),
        marks_bytes=msgspec.json.encode(Marks()),
        mac=b"",
    )
    return with_passphrase(
        file,
        contents=contents,
        passphrase=passphrase,
        device_secret=device_secret,
        settings=settings,
    )


def open_with_passphrase(file: KeyFile, *, passphrase: str, device_secret: bytes) -> Contents:
    """What is inside. Takes as long as Argon2id does.

    Raises:
        DeviceSecretOther: the secret is not this file's; nothing was derived.
        KeyFileChanged: somebody edited the file, or sealed other bytes into it.
        WrongPassphrase: the file is whole and the passphrase is another.
    """
    check_device(file, device_secret=device_secret)
    kek = _kek(file, passphrase=passphrase, device_secret=device_secret)
    if not compare_digest(commit.commitment(kek, _COMMIT), file.commitment):
        raise WrongPassphrase
    return _opened(kek, file.sealed, _AAD + front(file.header_bytes) + sized(file.cost_bytes))


def open_with_paper_key(file: KeyFile, *, paper_key: str) -> Contents:
    """What is inside, without passphrase and device secret.

    Raises:
        WrongPaperKey: whole, but of another vault or an older sheet.
        PaperKeyLength, PaperKeyCharacter, PaperKeyMistyped: not a recovery key at all.
        KeyFileChanged: somebody edited the file.
    """
    kek = _paper_kek(paper.typed(paper_key), file.header)
    if not compare_digest(commit.commitment(kek, _PAPER_COMMIT), file.paper_commitment):
        raise WrongPaperKey
    return _opened(kek, file.paper_sealed, _PAPER_AAD + front(file.header_bytes))


def check_device(file: KeyFile, *, device_secret: bytes) -> None:
    """Returns only for this computer's secret and an unedited file.

    Raises:
        DeviceSecretOther: the secret is another.
        KeyFileChanged: the file was edited by somebody without the secret.
    """
    header = file.header
    if not compare_digest(device_tag(device_secret).encode(), header.device_tag.encode()):
        raise DeviceSecretOther
    if not compare_digest(_mac(file, header, device_secret), file.mac):
        raise KeyFileChanged


def with_passphrase(
    file: KeyFile,
    *,
    contents: Contents,
    passphrase: str,
    device_secret: bytes,
    settings: Argon2Settings,
) -> bytes:
    """The same file under another passphrase: new salt, new key. The paper key stays as it is."""
    cost = Cost(
        memory_kib=settings.memory_kib,
        passes=settings.passes,
        lanes=settings.lanes,
        salt=random_bytes(kdf.SALT_BYTES),
    )
    fresh = replace(file, cost_bytes=msgspec.json.encode(cost))
    kek = _kek(fresh, passphrase=passphrase, device_secret=device_secret)
    aad = _AAD + front(fresh.header_bytes) + sized(fresh.cost_bytes)
    sealed = aead.seal(kek, _encoded(contents), aad)
    return _signed(
        replace(fresh, commitment=commit.commitment(kek, _COMMIT), sealed=sealed), device_secret
    )


def with_marks(file: KeyFile, marks: Marks, *, device_secret: bytes) -> bytes:
    """The same file with other marks.

    Raises:
        DeviceSecretOther, KeyFileChanged: as ``check_device``.
    """
    check_device(file, device_secret=device_secret)
    return _signed(replace(file, marks_bytes=msgspec.json.encode(marks)), device_secret)


def _kek(file: KeyFile, *, passphrase: str, device_secret: bytes) -> bytes:
    cost = file.cost
    stretched = kdf.passphrase_key(
        strength.normalised(passphrase), salt=cost.salt, settings=cost.settings
    )
    try:
        return kdf.hkdf(stretched, salt=device_secret, info=_info(b"passphrase", file.header))
    finally:
        stretched[:] = bytes(len(stretched))


def _paper_kek(paper_key: str, header: Header) -> bytes:
    # At least 128 random bits need no stretching, and must open without the device secret.
    secret = paper.key_bytes(paper_key)
    return kdf.hkdf(secret, salt=header.paper_salt, info=_info(b"paper", header))


def _info(which: bytes, header: Header) -> bytes:
    bound = (bytes((SUITE,)), header.label.school.encode(), header.seat.encode(), bytes((VERSION,)))
    return b"schoolsafe/key-file/1\0" + which + b"".join(sized(part) for part in bound)


def _encoded(contents: Contents) -> bytes:
    return msgspec.msgpack.encode(contents)


def _opened(kek: bytes, sealed: bytes, aad: bytes) -> Contents:
    try:
        return msgspec.msgpack.decode(aead.open_sealed(kek, sealed, aad), type=Contents)
    except (aead.SealBroken, msgspec.DecodeError):
        raise KeyFileChanged from None


def _signed(file: KeyFile, device_secret: bytes) -> bytes:
    return whole(replace(file, mac=_mac(file, file.header, device_secret)))


def _mac(file: KeyFile, header: Header, device_secret: bytes) -> bytes:
    key = kdf.hkdf(device_secret, info=b"schoolsafe/key-file-mac/1\0" + header.seat.encode())
    return hmac.digest(key, unsigned(file), "sha256")


def _seconds(settings: Argon2Settings, timer: Callable[[], float]) -> float:
    start = timer()
    kdf.passphrase_key(b"calibration", salt=bytes(kdf.SALT_BYTES), settings=settings)
    return timer() - start
