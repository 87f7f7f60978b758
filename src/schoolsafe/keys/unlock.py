"""Setting up a seat, unlocking it, changing its passphrase, recovering it: the order of events.

Every step that writes leaves the old way in or the new one, never neither. Left to others: what a
seat's secrets are (an opaque mapping here), the vault itself, and who may press the button.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from schoolsafe.crypto import fresh, kdf
from schoolsafe.crypto.kdf import Argon2Settings
from schoolsafe.errors import SchoolSafeError
from schoolsafe.keys import files, keyfile, paper, safety, strength
from schoolsafe.keys.anchor import COPY as ANCHOR_COPY
from schoolsafe.keys.anchor import KeptAnchors
from schoolsafe.keys.device import (
    DeviceSecretMissing,
    DeviceStore,
    default_secret_folder,
    store_for,
)
from schoolsafe.keys.home import SeatFolder, new_seat, prepare
from schoolsafe.keys.keyfile_format import Contents, Header, KeyFile, Label, Marks
from schoolsafe.keys.throttle import COPY as TRIES_COPY
from schoolsafe.keys.throttle import Throttle, Uptime, uptime_s

_NAME: Final = "device-"
"""Entries are named after the secret's tag, so a new one never overwrites the one in use."""


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
    """A seat just made. The paper key is shown once and kept nowhere."""

    seat: str
    paper_key: str = field(repr=False)
    unlocked: Unlocked = field(repr=False)


def set_up_seat(
    home: Path,
    *,
    label: Label,
    secrets: Mapping[str, bytes],
    passphrase: str,
    device_store: DeviceStore,
    now: datetime,
    names: Sequence[str] = (),
    seat: str | None = None,
    make_vault: Callable[[Unlocked], None] | None = None,
    uptime: Uptime = uptime_s,
) -> NewSeat:
    """Makes a seat. The key file is written last: until then nothing is on the unlock screen.

    ``make_vault`` founds the vault with the new keys before that, so that a set-up that is cut off
    never shows a name without a record. ``names`` (school, town, person) may not be the passphrase.

    Raises:
        Refused: folder or passphrase will not do; nothing was written.
        Unavailable: disk or keyring do not answer.
    """
    safety.check(home)
    _check_passphrase(passphrase, label=label, store=device_store, names=names)
    folder = prepare(home, seat or new_seat())
    device_secret, paper_key = fresh.key(), paper.new_paper_key()
    contents = Contents(vault_key=fresh.key(), anchor_key=fresh.key(), secrets=dict(secrets))
    header = _header(folder, label=label, now=now, store=device_store, device_secret=device_secret)
    data = keyfile.create(
        header=header,
        contents=contents,
        passphrase=passphrase,
        paper_key=paper_key,
        device_secret=device_secret,
        settings=_settings(label),
    )
    throttle = _throttle(folder, device_store, device_secret, uptime)
    unlocked = Unlocked(
        folder=folder,
        header=header,
        vault_key=contents.vault_key,
        secrets=contents.secrets,
        anchors=_anchors(folder, device_store, contents.anchor_key),
        throttle=throttle,
    )
    secret_name = _NAME + header.device_tag
    try:
        files.replace_whole(folder.unfinished, b"")
        device_store.put(folder.seat, secret_name, device_secret)
        throttle.start()
        if make_vault is not None:
            make_vault(unlocked)
        files.replace_whole(folder.key_file, data)
        files.remove(folder.unfinished)
    except BaseException:
        for name in (secret_name, TRIES_COPY, ANCHOR_COPY):
            with suppress(SchoolSafeError):
                device_store.remove(folder.seat, name)
        raise
    return NewSeat(seat=folder.seat, paper_key=paper_key, unlocked=unlocked)


def unlock(
    home: Path,
    seat: str,
    passphrase: str,
    *,
    now: datetime,
    device_store: DeviceStore | None = None,
    uptime: Uptime = uptime_s,
) -> Unlocked:
    """Opens a seat's key file. Takes as long as Argon2id does, about half a second.

    Raises:
        WrongPassphrase, TooManyTries: locked.
        DeviceSecretMissing, DeviceSecretOther, KeyringIsLocked: the passphrase was not looked at.
        DamagedKeyFile, KeyFileChanged, KeyFileMissing, KdfSettingsOutOfRange: tampered.
        Refused: the data folder is no longer safe, or the file is of a newer program.
        Unavailable: disk or keyring do not answer.
    """
    safety.check(home)
    folder = SeatFolder(home=home, seat=seat)
    file = folder.read_key_file()
    store = device_store or _store(file, home)
    device_secret = _device_secret(file, store)
    throttle = _throttle(folder, store, device_secret, uptime)
    before = throttle.count(now=now)
    contents = keyfile.open_with_passphrase(
        file, passphrase=passphrase, device_secret=device_secret
    )
    throttle.opened()
    return Unlocked(
        folder=folder,
        header=file.header,
        vault_key=contents.vault_key,
        secrets=contents.secrets,
        anchors=_anchors(folder, store, contents.anchor_key),
        throttle=throttle,
        failed_tries=before.failed,
        last_failed=before.last if before.failed else None,
        drill_passed=file.marks.drill_passed,
    )


def change_passphrase(
    home: Path,
    seat: str,
    *,
    old: str,
    new: str,
    now: datetime,
    names: Sequence[str] = (),
    device_store: DeviceStore | None = None,
    uptime: Uptime = uptime_s,
) -> None:
    """Rewrites one small file. Copies in backups still open with the old passphrase.

    Raises:
        Refused: the new passphrase will not do.
        Locked, Tampered, Unavailable: as ``unlock`` for the old one; it counts as a try.
    """
    folder = SeatFolder(home=home, seat=seat)
    file = folder.read_key_file()
    label, store = file.header.label, device_store or _store(file, home)
    _check_passphrase(new, label=label, store=store, names=names)
    device_secret = _device_secret(file, store)
    throttle = _throttle(folder, store, device_secret, uptime)
    throttle.count(now=now)
    contents = keyfile.open_with_passphrase(file, passphrase=old, device_secret=device_secret)
    throttle.opened()
    data = keyfile.with_passphrase(
        file,
        contents=contents,
        passphrase=new,
        device_secret=device_secret,
        settings=_settings(label),
    )
    files.replace_whole(folder.key_file, data)


def recover(
    home: Path,
    seat: str,
    *,
    paper_key: str,
    new: str,
    now: datetime,
    names: Sequence[str] = (),
    device_store: DeviceStore | None = None,
    uptime: Uptime = uptime_s,
) -> NewSeat:
    """Opens a seat with its paper key and gives it a new passphrase, device secret and paper key.

    ``device_store`` may be another than before, where the keyring is gone for good. The old secret
    is forgotten only when the new key file is in its place.

    Raises:
        WrongPaperKey, PaperKeyLength, PaperKeyCharacter, PaperKeyMistyped: not this sheet.
        Refused: the new passphrase will not do.
        Tampered, Unavailable: as ``unlock``.
    """
    safety.check(home)
    folder = SeatFolder(home=home, seat=seat)
    file = folder.read_key_file()
    label, store = file.header.label, device_store or _store(file, home)
    contents = keyfile.open_with_paper_key(file, paper_key=paper_key)
    _check_passphrase(new, label=label, store=store, names=names)
    device_secret, fresh_paper_key = fresh.key(), paper.new_paper_key()
    header = _header(folder, label=label, now=now, store=store, device_secret=device_secret)
    data = keyfile.create(
        header=header,
        contents=contents,
        passphrase=new,
        paper_key=fresh_paper_key,
        device_secret=device_secret,
        settings=_settings(label),
    )
    store.put(seat, _NAME + header.device_tag, device_secret)
    files.replace_whole(folder.key_file, data)
    throttle = _throttle(folder, store, device_secret, uptime)
    throttle.start()
    store.remove(seat, _NAME + file.header.device_tag)
    unlocked = Unlocked(
        folder=folder,
        header=header,
        vault_key=contents.vault_key,
        secrets=contents.secrets,
        anchors=_anchors(folder, store, contents.anchor_key),
        throttle=throttle,
    )
    return NewSeat(seat=seat, paper_key=fresh_paper_key, unlocked=unlocked)


def pass_drill(
    home: Path,
    seat: str,
    *,
    paper_key: str,
    now: datetime,
    device_store: DeviceStore | None = None,
) -> None:
    """Opens the key file with the paper key for the sake of it, and notes that it worked.

    Raises:
        WrongPaperKey, PaperKeyLength, PaperKeyCharacter, PaperKeyMistyped: not this sheet.
        Locked, Tampered, Unavailable: as ``unlock``.
    """
    folder = SeatFolder(home=home, seat=seat)
    file = folder.read_key_file()
    keyfile.open_with_paper_key(file, paper_key=paper_key)
    device_secret = _device_secret(file, device_store or _store(file, home))
    data = keyfile.with_marks(file, Marks(drill_passed=now), device_secret=device_secret)
    files.replace_whole(folder.key_file, data)


def _header(
    folder: SeatFolder, *, label: Label, now: datetime, store: DeviceStore, device_secret: bytes
) -> Header:
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


def _check_passphrase(
    passphrase: str, *, label: Label, store: DeviceStore, names: Sequence[str]
) -> None:
    # A real vault whose secret lies in a file has only the passphrase against a thief of both.
    five_words = store.kind == "file" and not label.mark
    known = (label.school_name, label.person_name, *names)
    strength.check(passphrase, names=known, five_words=five_words)


def _settings(label: Label) -> Argon2Settings:
    return keyfile.TEST_COST if label.mark else keyfile.calibrated()


def _store(file: KeyFile, home: Path) -> DeviceStore:
    return store_for(file.header.device, file.header.device_folder, home=home)


def _device_secret(file: KeyFile, store: DeviceStore) -> bytes:
    """This computer's secret, after the file proved to be this computer's.

    Raises:
        DeviceSecretMissing: the store has none.
        DeviceSecretOther, KeyFileChanged: as ``keyfile.check_device``.
    """
    device_secret = store.get(file.header.seat, _NAME + file.header.device_tag)
    if device_secret is None:
        raise DeviceSecretMissing
    keyfile.check_device(file, device_secret=device_secret)
    return device_secret


def _throttle(
    folder: SeatFolder, store: DeviceStore, device_secret: bytes, uptime: Uptime
) -> Throttle:
    return Throttle(
        folder.tries, seat=folder.seat, store=store, device_secret=device_secret, uptime=uptime
    )


def _anchors(folder: SeatFolder, store: DeviceStore, key: bytes) -> KeptAnchors:
    return KeptAnchors(folder.anchor, seat=folder.seat, store=store, key=key)
