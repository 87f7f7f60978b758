"""Setting up a seat and unlocking it; with ``renewal``, all that others need of this room.

Every step that writes leaves the old way in or the new one, never neither. Left to others: what a
seat's secrets are (an opaque mapping here), the vault itself, and who may press the button.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from schoolsafe.crypto import fresh
from schoolsafe.errors import SchoolSafeError
from schoolsafe.keys import files, keyfile, paper, safety
from schoolsafe.keys.anchor import COPY as ANCHOR_COPY
from schoolsafe.keys.device import DeviceStore
from schoolsafe.keys.door import (
    NewSeat,
    Unlocked,
    anchors,
    check_passphrase,
    counter,
    door,
    new_header,
    secret_name,
    settings_for,
)
from schoolsafe.keys.home import SeatFolder, make_private, new_seat, prepare
from schoolsafe.keys.keyfile_format import Contents, Label
from schoolsafe.keys.renewal import change_passphrase, pass_drill, recover, renew_paper_key
from schoolsafe.keys.throttle import COPY as TRIES_COPY
from schoolsafe.keys.throttle import Uptime, uptime_s

__all__ = [
    "NewSeat",
    "Unlocked",
    "change_passphrase",
    "pass_drill",
    "recover",
    "renew_paper_key",
    "set_up_seat",
    "unlock",
]


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
    make_private(home)
    safety.check(home)
    check_passphrase(passphrase, label=label, store=device_store, names=names)
    folder = prepare(home, seat or new_seat())
    device_secret, paper_key = fresh.key(), paper.new_paper_key()
    contents = Contents(vault_key=fresh.key(), anchor_key=fresh.key(), secrets=dict(secrets))
    header = new_header(
        folder, label=label, now=now, store=device_store, device_secret=device_secret
    )
    data = keyfile.create(
        header=header,
        contents=contents,
        passphrase=passphrase,
        paper_key=paper_key,
        device_secret=device_secret,
        settings=settings_for(label),
    )
    throttle = counter(folder, store=device_store, device_secret=device_secret, uptime=uptime)
    unlocked = Unlocked(
        folder=folder,
        header=header,
        vault_key=contents.vault_key,
        secrets=contents.secrets,
        anchors=anchors(folder, store=device_store, contents=contents),
        throttle=throttle,
    )
    try:
        files.replace_whole(folder.unfinished, b"")
        device_store.put(folder.seat, secret_name(header), device_secret)
        throttle.start()
        if make_vault is not None:
            make_vault(unlocked)
        files.replace_whole(folder.key_file, data)
    except BaseException:
        _take_back(folder, device_store, secret_name(header))
        raise
    # From here on the seat exists; a mark left behind hides nothing once there is a key file.
    with suppress(SchoolSafeError):
        files.remove(folder.unfinished)
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
    way = door(home, seat, device_store=device_store, uptime=uptime)
    contents, before = way.knock(passphrase, now=now)
    return Unlocked(
        folder=way.folder,
        header=way.file.header,
        vault_key=contents.vault_key,
        secrets=contents.secrets,
        anchors=anchors(way.folder, store=way.store, contents=contents),
        throttle=way.throttle,
        failed_tries=before.failed,
        last_failed=before.last if before.failed else None,
        drill_passed=way.file.marks.drill_passed,
    )


def _take_back(folder: SeatFolder, store: DeviceStore, secret: str) -> None:
    """Leaves nothing of a failed set-up. The key file first: it must not outlive its secret."""
    with suppress(SchoolSafeError):
        files.remove(folder.key_file)
    for name in (secret, TRIES_COPY, ANCHOR_COPY):
        with suppress(SchoolSafeError):
            store.remove(folder.seat, name)
