"""One seat's key file with all that is needed to open it: what unlocking and renewing share.

Left to others: the order of events (``unlock``, ``renewal``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from schoolsafe.crypto import fresh, kdf
from schoolsafe.crypto.kdf import Argon2Settings
from schoolsafe.keys import keyfile, strength
from schoolsafe.keys.anchor import KeptAnchors
from schoolsafe.keys.device import (
    DeviceSecretMissing,
    DeviceStore,
    default_secret_folder,
    store_for,
)
from schoolsafe.keys.home import SeatFolder
from schoolsafe.keys.keyfile_format import Contents, Header, KeyFile, Label
from schoolsafe.keys.throttle import Throttle, Tries, Uptime

_NAME: Final = "device-"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What an open key file gives. Never printed: the secret fields have no repr."""

    folder: SeatFolder
    header: Header
    vault_key: bytes = field(repr=False)
    """32 bytes for SQLCipher."""
    secrets: Mapping[str, bytes] = field(repr=False)
    anchors: KeptAnchors = field(repr=False)
    throttle: Throttle = field(repr=False)
    failed_tries: int = 0
    """Wrong passphrases since the last that opened the vault."""
    last_failed: str | None = None
    """When the last of them was, ISO 8601."""
    drill_passed: datetime | None = None
    """When the recovery sheet was last tried."""

    def lock(self, *, now: datetime) -> None:
        """Brings the anchors' copy up to date and notes the time for the unlock screen."""
        self.anchors.settle()
        self.throttle.locked(now=now)


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat just made or recovered. The paper key is shown once and kept nowhere."""

    seat: str
    paper_key: str = field(repr=False)
    unlocked: Unlocked = field(repr=False)


@dataclass(frozen=True, slots=True)
class Door:
    """A key file that proved to be this computer's, before anybody tries a passphrase."""

    folder: SeatFolder
    file: KeyFile
    store: DeviceStore
    throttle: Throttle
    device_secret: bytes = field(repr=False)

    def knock(self, passphrase: str, *, now: datetime) -> tuple[Contents, Tries]:
        """One counted try: what is inside, and what was known about tries before this one.

        Raises:
            TooManyTries, WrongPassphrase: locked.
            KeyFileChanged: something else was sealed into the file.
            Unavailable: the try cannot be counted, so it is not made.
        """
        before = self.throttle.count(now=now)
        contents = keyfile.open_with_passphrase(
            self.file, passphrase=passphrase, device_secret=self.device_secret
        )
        self.throttle.opened()
        return contents, before


def door(home: Path, seat: str, *, device_store: DeviceStore | None, uptime: Uptime) -> Door:
    """The way to one seat's key file.

    Raises:
        KeyFileMissing, DamagedKeyFile, KeyFileChanged, KdfSettingsOutOfRange: tampered.
        DeviceSecretMissing, DeviceSecretOther, KeyringIsLocked: locked.
        NewerKeyFile: refused. Unavailable: disk or keyring do not answer.
    """
    folder = SeatFolder(home=home, seat=seat)
    file = folder.read_key_file()
    store = device_store or named_store(file, home)
    device_secret = store.get(seat, secret_name(file.header))
    if device_secret is None:
        raise DeviceSecretMissing
    keyfile.check_device(file, device_secret=device_secret)
    throttle = counter(folder, store=store, device_secret=device_secret, uptime=uptime)
    return Door(
        folder=folder, file=file, store=store, throttle=throttle, device_secret=device_secret
    )


def named_store(file: KeyFile, home: Path) -> DeviceStore:
    """The store the key file names."""
    return store_for(file.header.device, file.header.device_folder, home=home)


def secret_name(header: Header) -> str:
    """The entry of a device secret: by its tag, so a new one never overwrites the one in use."""
    return _NAME + header.device_tag


def counter(
    folder: SeatFolder, *, store: DeviceStore, device_secret: bytes, uptime: Uptime
) -> Throttle:
    """The count of tries at one seat."""
    return Throttle(
        folder.tries, seat=folder.seat, store=store, device_secret=device_secret, uptime=uptime
    )


def anchors(folder: SeatFolder, *, store: DeviceStore, contents: Contents) -> KeptAnchors:
    """The anchors of one seat's vault."""
    return KeptAnchors(folder.anchor, seat=folder.seat, store=store, key=contents.anchor_key)


def new_header(
    folder: SeatFolder, *, label: Label, now: datetime, store: DeviceStore, device_secret: bytes
) -> Header:
    """The clear part of a key file made now."""
    by_default = store.folder == str(default_secret_folder(folder.home))
    return Header(
        label=label,
        seat=folder.seat,
        made=now,
        device=store.kind,
        device_folder="" if by_default else store.folder,
        device_tag=keyfile.device_tag(device_secret),
        paper_salt=fresh.random_bytes(kdf.SALT_BYTES),
    )


def check_passphrase(
    passphrase: str, *, label: Label, store: DeviceStore, names: Sequence[str]
) -> None:
    """Returns only for a passphrase this seat may have.

    Raises:
        Refused: as ``strength.check``.
    """
    # A real vault whose secret lies in a file has only the passphrase against a thief of both.
    five_words = store.kind == "file" and not label.mark
    known = (label.school_name, label.person_name, *names)
    strength.check(passphrase, names=known, five_words=five_words)


def settings_for(label: Label) -> Argon2Settings:
    """Argon2id's settings: fitted to this computer; the floor where the data are pretend."""
    return keyfile.TEST_COST if label.mark else keyfile.calibrated()
