"""The data folder: where each seat's four files lie, and the names on the unlock screen.

``<home>/seats/<seat>/`` holds ``seat.key``, ``vault.db``, ``anchor`` and ``tries``. Left to others:
what is in them, and which folders are safe (``safety``).
"""

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from schoolsafe.errors import SchoolSafeError, Tampered
from schoolsafe.keys import files, keyfile_format, safety, throttle
from schoolsafe.keys.keyfile import KeyFileChanged
from schoolsafe.keys.keyfile_format import KeyFile, Label

SEATS: Final = "seats"
_SEAT: Final = re.compile(r"[0-9a-f]{16}")


class KeyFileMissing(Tampered):
    """The key file of your records is gone. Put back a copy from a backup. Nothing was made anew."""


@dataclass(frozen=True, slots=True)
class SeatFolder:
    """One seat's files."""

    home: Path
    seat: str

    @property
    def path(self) -> Path:
        """The seat's own folder."""
        return self.home / SEATS / self.seat

    @property
    def key_file(self) -> Path:
        """What the passphrase opens."""
        return self.path / "seat.key"

    @property
    def vault(self) -> Path:
        """The encrypted record."""
        return self.path / "vault.db"

    @property
    def anchor(self) -> Path:
        """What the vault must at least contain."""
        return self.path / "anchor"

    @property
    def tries(self) -> Path:
        """How often somebody guessed."""
        return self.path / "tries"

    @property
    def unfinished(self) -> Path:
        """There while set-up runs: what lies beside it is nobody's record yet."""
        return self.path / "unfinished"

    def read_key_file(self) -> KeyFile:
        """Parsed, not opened.

        Raises:
            KeyFileMissing: it is gone. KeyFileChanged: it is another seat's.
            DamagedKeyFile, NewerKeyFile, KdfSettingsOutOfRange, Unavailable: it cannot be used.
        """
        limit_bytes = keyfile_format.LIMIT_BYTES
        try:
            data = files.read_whole(self.key_file, limit_bytes=limit_bytes)
        except files.NotAPlainFile:
            raise keyfile_format.DamagedKeyFile from None
        if data is None:
            raise KeyFileMissing
        found = keyfile_format.parse(data)
        if found.header.seat != self.seat:
            raise KeyFileChanged
        return found


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One name on the unlock screen, from the clear part of a key file. Not yet authenticated."""

    seat: str
    label: Label | None
    """None where the key file cannot be read: ``problem`` says why."""
    problem: SchoolSafeError | None
    locked_at: datetime | None


def new_seat() -> str:
    """A fresh seat id: 16 hex characters."""
    return secrets.token_hex(8)


def seats(home: Path) -> tuple[SeatLine, ...]:
    """The seats of this data folder by the person's name; needs no passphrase.

    A set-up that was cut off is left out: it holds nothing anybody saved.

    Raises:
        FileNotReached: the folder may not be read.
    """
    names = files.names_in(home / SEATS)
    folders = [SeatFolder(home=home, seat=name) for name in names if _SEAT.fullmatch(name)]
    lines = [_line(folder) for folder in folders if _was_set_up(folder)]
    return tuple(sorted(lines, key=_by_name))


def make_private(home: Path) -> None:
    """An empty folder of our own that others may list is shut before anything is put into it.

    One that holds something stays as it is, and is refused: others may be meant to read that.
    """
    if os.name == "nt" or home.is_symlink() or not home.is_dir():
        return
    found = home.stat()
    if found.st_uid == os.getuid() and found.st_mode & 0o077 and not any(home.iterdir()):
        with suppress(OSError):  # the check that follows says why it will not do
            home.chmod(files.PRIVATE_FOLDER)


def prepare(home: Path, seat: str) -> SeatFolder:
    """Makes the seat's folder in a data folder that is safe.

    Raises:
        Refused: the folder is not safe; each reason has its own sentence (``safety.check``).
        Unavailable: it cannot be made.
    """
    safety.check(home)
    folder = SeatFolder(home=home, seat=seat)
    files.private_folder(folder.path)
    return folder


def _was_set_up(folder: SeatFolder) -> bool:
    # A vault that has lost its key file is still shown, with the reason.
    there = files.names_in(folder.path)
    lost = folder.vault.name in there and folder.unfinished.name not in there
    return folder.key_file.name in there or lost


def _line(folder: SeatFolder) -> SeatLine:
    locked_at = throttle.peek_locked_at(folder.tries)
    try:
        label = folder.read_key_file().header.label
    except SchoolSafeError as problem:
        return SeatLine(seat=folder.seat, label=None, problem=problem, locked_at=locked_at)
    return SeatLine(seat=folder.seat, label=label, problem=None, locked_at=locked_at)


def _by_name(line: SeatLine) -> tuple[str, str]:
    return (line.label.person_name.casefold() if line.label else "\uffff", line.seat)
