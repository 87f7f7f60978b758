"""Changing a passphrase, recovering with the paper key, a new paper key, the drill.

Each rewrites one small file: killed at any moment, the old way in works or the new one. Left to
others: who may press the button, and new seat keys after a leak (that is rotation).
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from schoolsafe.crypto import fresh, kdf
from schoolsafe.errors import SchoolSafeError
from schoolsafe.keys import files, keyfile, paper, safety
from schoolsafe.keys.device import DeviceStore
from schoolsafe.keys.door import (
    NewSeat,
    Unlocked,
    anchors,
    check_passphrase,
    counter,
    door,
    named_store,
    new_header,
    secret_name,
    settings_for,
)
from schoolsafe.keys.home import SeatFolder
from schoolsafe.keys.keyfile_format import Marks
from schoolsafe.keys.throttle import Uptime, uptime_s


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
    way = door(home, seat, device_store=device_store, uptime=uptime)
    label = way.file.header.label
    check_passphrase(new, label=label, store=way.store, names=names)
    contents, _before = way.knock(old, now=now)
    data = keyfile.with_passphrase(
        way.file,
        contents=contents,
        passphrase=new,
        device_secret=way.device_secret,
        settings=settings_for(label),
    )
    files.replace_whole(way.folder.key_file, data)


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
    label, store = file.header.label, device_store or named_store(file, home)
    contents = keyfile.open_with_paper_key(file, paper_key=paper_key)
    check_passphrase(new, label=label, store=store, names=names)
    device_secret, next_paper_key = fresh.key(), paper.new_paper_key()
    header = new_header(folder, label=label, now=now, store=store, device_secret=device_secret)
    data = keyfile.create(
        header=header,
        contents=contents,
        passphrase=new,
        paper_key=next_paper_key,
        device_secret=device_secret,
        settings=settings_for(label),
    )
    store.put(seat, secret_name(header), device_secret)
    files.replace_whole(folder.key_file, data)
    throttle = counter(folder, store=store, device_secret=device_secret, uptime=uptime)
    # The new key file stands, so the new paper key must reach the person whatever else fails.
    with suppress(SchoolSafeError):
        throttle.start()
        store.remove(seat, secret_name(file.header))
    unlocked = Unlocked(
        folder=folder,
        header=header,
        vault_key=contents.vault_key,
        secrets=contents.secrets,
        anchors=anchors(folder, store=store, contents=contents),
        throttle=throttle,
    )
    return NewSeat(seat=seat, paper_key=next_paper_key, unlocked=unlocked)


def renew_paper_key(
    home: Path,
    seat: str,
    passphrase: str,
    *,
    now: datetime,
    device_store: DeviceStore | None = None,
    uptime: Uptime = uptime_s,
) -> str:
    """A new paper key, where the sheet was lost or never printed. The old sheet opens nothing more.

    Raises:
        Locked, Tampered, Unavailable: as ``unlock``; it counts as a try.
    """
    way = door(home, seat, device_store=device_store, uptime=uptime)
    contents, _before = way.knock(passphrase, now=now)
    paper_key = paper.new_paper_key()
    data = keyfile.create(
        header=replace(way.file.header, paper_salt=fresh.random_bytes(kdf.SALT_BYTES)),
        contents=contents,
        passphrase=passphrase,
        paper_key=paper_key,
        device_secret=way.device_secret,
        settings=way.file.cost.settings,
    )
    files.replace_whole(way.folder.key_file, data)
    return paper_key


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
    way = door(home, seat, device_store=device_store, uptime=uptime_s)
    keyfile.open_with_paper_key(way.file, paper_key=paper_key)
    data = keyfile.with_marks(way.file, Marks(drill_passed=now), device_secret=way.device_secret)
    files.replace_whole(way.folder.key_file, data)
