"""What screens need of the keys, without knowing them: a passphrase, its strength, the paper sheet.

Qt-free Protocols, made by bootstrap; slow calls run in the worker. Left to others: keys itself, and
the way in for somebody who has a vault already (seams.Entrance).
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from schoolsafe.services.entrance import Founded, SetUp
from schoolsafe.services.establishment import Establishments
from schoolsafe.services.unlocked import Services


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess, for a person to read."""

    level: int
    """0 (will be refused) to 3."""
    words: str


class PassphraseCare(Protocol):
    """Making and judging a passphrase."""

    def made_passphrase(self) -> str:
        """Five ordinary words, drawn anew at each call. Quick."""
        ...

    def strength(self, text: str, names: Sequence[str]) -> Strength:
        """The strength in words; ``names`` are what a guesser here would try. About 5 ms."""
        ...

    def check_passphrase(self, text: str, names: Sequence[str], *, secret_in_file: bool) -> None:
        """Returns only for a passphrase that will be taken.

        Raises:
            Refused: too short, too long, too easy, made of names; or fewer than five words where
                the secret of this computer lies in a file.
        """
        ...


class FirstRunSeam(PassphraseCare, Protocol):
    """Setting up a school. Nothing stays open between two calls."""

    def kept(self) -> Mapping[str, str]:
        """The answers to pages 1 to 3 of a set-up that was stopped; empty if there is none."""
        ...

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keeps them (school, urn, person, role; no child's data); an empty mapping forgets them."""
        ...

    def keyring_problem(self) -> str:
        """Why this computer cannot keep a secret in its keyring, in a sentence; "" where it can."""
        ...

    def set_up(self, form: SetUp, passphrase: str) -> Founded:
        """Makes the school and its first person.

        Raises:
            Refused: the folder, the passphrase, or a school that is already here.
            Unavailable: keyring or disk.
        """
        ...

    def recovery_sheet(self, seat: str, key: str) -> bytes:
        """The sheet to print, as PDF."""
        ...

    def drill_groups(self) -> tuple[int, ...]:
        """Which groups of the sheet to type back, counted from 1, drawn anew."""
        ...

    def drill(
        self, founded: Founded, passphrase: str, *, asked: Sequence[int], answers: Sequence[str]
    ) -> None:
        """Compares the groups typed back, opens the key file with the sheet, and notes that it worked.

        Raises:
            Refused: a group is not what stands on the sheet.
        """
        ...

    def services(self, seat: str, passphrase: str) -> AbstractContextManager[Services]:
        """Unlocks for the length of a ``with``: a page of set-up writes what it was told."""
        ...

    def unlock(self, seat: str, passphrase: str) -> object:
        """Opens the vault for good; handed on unread, as from ``Entrance.unlock``."""
        ...

    def read_file(self, path: Path) -> bytes:
        """A pupil list or calendar a person chose.

        Raises:
            Unavailable: not there, or too large.
        """
        ...

    @property
    def schools(self) -> Establishments:
        """The register of schools of this computer: public, so nothing is unlocked for it."""
        ...

    def read_register(self, path: Path) -> bytes:
        """A register of schools a person chose.

        Raises:
            Unavailable: not there, or too large.
        """
        ...


class RecoverySeam(PassphraseCare, Protocol):
    """Coming back with the paper sheet. Nothing stays open between two calls."""

    def check_key(self, seat: str, key: str) -> None:
        """Returns only for the key of this person's sheet, however it was typed.

        Raises:
            Refused: too short, too long, a letter no sheet has, mistyped, or another sheet.
            Tampered, Unavailable: the key file cannot be used.
        """
        ...

    def keyring_problem(self, seat: str) -> str:
        """Why the keyring this login needs does not answer; "" where it does, or needs none."""
        ...

    def recover(self, seat: str, key: str, new: str, *, secret_in_file: bool) -> str:
        """Opens with the paper key, sets a new passphrase, and gives the next paper key.

        Args:
            seat: whose.
            key: as typed from the sheet, which opens nothing afterwards.
            new: the passphrase from now on.
            secret_in_file: the stated choice where the keyring is gone for good.

        Raises:
            Refused: not this sheet, mistyped, or the new passphrase will not do.
            Unavailable: keyring or disk.
        """
        ...

    def recovery_sheet(self, seat: str, key: str) -> bytes:
        """The next sheet, as PDF."""
        ...

    def drill_groups(self) -> tuple[int, ...]:
        """Which groups of the sheet to type back, counted from 1, drawn anew."""
        ...

    def drill(
        self, seat: str, passphrase: str, key: str, *, asked: Sequence[int], answers: Sequence[str]
    ) -> None:
        """Compares the groups typed back, opens the key file with the sheet, and notes that it worked.

        Raises:
            Refused: a group is not what stands on the sheet.
        """
        ...

    def unlock(self, seat: str, passphrase: str) -> object:
        """Opens the vault; handed on unread."""
        ...


@dataclass(frozen=True, slots=True)
class SecurityFacts:
    """How this person's way in stands."""

    sheet_tried: datetime | None
    """When the recovery sheet was last proved to work, in the school's time; None if it never was."""
    secret_in_file: bool
    """The stated, weaker choice where there is no keyring."""


class SecuritySeam(PassphraseCare, Protocol):
    """Passphrase and paper sheet of the person who is signed in. The vault stays open meanwhile."""

    def facts(self) -> SecurityFacts:
        """How it stands now."""
        ...

    def change_passphrase(self, old: str, new: str) -> None:
        """Rewrites one small file.

        Raises:
            Locked: the old one is wrong, or too many tries. Refused: the new one will not do.
        """
        ...

    def new_recovery_key(self, passphrase: str) -> str:
        """A new paper key; the old sheet opens nothing more.

        Raises:
            Locked: the passphrase is wrong, or too many tries.
        """
        ...

    def recovery_sheet(self, key: str) -> bytes:
        """The sheet as PDF."""
        ...

    def try_sheet(self, key: str) -> None:
        """Proves that the typed key opens this school, and notes it.

        Raises:
            Refused: mistyped, or not this sheet.
        """
        ...
