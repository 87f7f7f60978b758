"""The way in: setting up a school, unlocking, recovering. What windows and command line both need of it.

Carried out by `bootstrap`, which alone knows keys and store. Left to others: the screens and prompts.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schoolsafe.errors import Refused, SchoolSafeError, Unavailable
from schoolsafe.services.establishment import Establishments
from schoolsafe.services.unlocked import Services


class NothingHere(Unavailable):
    """There is no SchoolSafe school in this folder yet. Set one up first."""


class AlreadySetUp(Refused):
    """This folder already holds a SchoolSafe school."""


class CannotFound(Refused):
    """A school is set up by its safeguarding lead, its head or another member of staff.

    With this role nothing could be put on record.
    """


class ClockNotYours(Refused):
    """The clock can be set for a demo or test school only."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What set-up asks for."""

    school: str
    urn: str
    person: str
    role: str
    device_secret: str = "keyring"  # noqa: S105  # a place, not a secret
    """keyring, file, or file:PATH (outside the data folder)."""
    test: bool = False
    """A test school is marked as such for ever."""
    demo: bool = False
    """So is the demo school; it prints DEMO across its pages."""


@dataclass(frozen=True, slots=True)
class Founded:
    """A school that has just been set up. The recovery key is shown once."""

    school_id: str
    person_id: str
    seat_id: str
    recovery_key: str


@dataclass(frozen=True, slots=True)
class SeatLabel:
    """One name on the unlock screen."""

    seat: str
    person: str
    role: str
    school: str
    test: bool
    """A test or demo school: its clock may be set."""
    locked_at: datetime | None
    demo: bool = False
    problem: SchoolSafeError | None = None
    """Why its key file cannot be used; the other facts are blank then."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One unlocked vault."""

    services: Services
    label: SeatLabel
    failed_tries: int
    """Wrong passphrases since the last time it was opened."""
    drilled: bool
    device_secret: str
    """keyring or file."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-test."""

    name: str
    ok: bool
    detail: str


class Entrance(Protocol):
    """Set-up, unlocking, passphrases."""

    def seats(self) -> tuple[SeatLabel, ...]:
        """The names in this data folder; no passphrase needed."""
        ...

    def set_up(self, form: SetUp, passphrase: str, *, now: datetime | None = None) -> Founded:
        """Makes a school with its first person.

        Raises:
            ClockNotYours: ``now`` is for a test or demo school.
            AlreadySetUp: there is one here. CannotFound: not with this role.
            Refused: the folder or the passphrase will not do.
        """
        ...

    def open(
        self, passphrase: str, *, seat: str | None = None, now: datetime | None = None
    ) -> AbstractContextManager[Opened]:
        """Unlocks; leaving the context locks again.

        Raises:
            Locked: wrong passphrase, or too many tries. Tampered: a file was changed outside SchoolSafe.
        """
        ...

    def change_passphrase(self, old: str, new: str, *, seat: str | None = None) -> None:
        """Rewrites one small file; old copies in backups still open with the old passphrase."""
        ...

    def recover(self, key: str, new: str, *, seat: str | None = None) -> str:
        """Opens with the paper key, sets a new passphrase, and gives a new paper key."""
        ...

    def renew_recovery_key(self, passphrase: str, *, seat: str | None = None) -> str:
        """A new paper key for a sheet that was lost; the old one opens nothing any more."""
        ...

    def drill(self, passphrase: str, key: str, *, seat: str | None = None) -> None:
        """Proves that the recovery sheet opens this school, and remembers it.

        Raises:
            Refused: the key typed back is not the one.
        """
        ...

    def recovery_sheet(self, key: str, *, seat: str | None = None) -> bytes:
        """The sheet to print, as PDF."""
        ...

    def establishments(self) -> Establishments:
        """The register of schools of this data folder: public, so no passphrase is asked."""
        ...


class Program(Protocol):
    """What the command line runs besides the record: windows, demo, pictures, self-test."""

    def window(self, path: str | None) -> int:
        """Opens the window; gives the exit code."""
        ...

    def self_test(self) -> Iterator[Check]:
        """Every part once, in this build."""
        ...
