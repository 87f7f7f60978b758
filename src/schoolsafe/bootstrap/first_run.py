"""Before Today: what set-up and coming back with the recovery sheet ask of the keys, over a real data folder."""

# ruff: noqa: PLC0415  # loaded when first asked for: the unlock screen is painted before it

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from schoolsafe.bootstrap.clock import SystemClock
from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.errors import SchoolSafeError
from schoolsafe.keys import device, files, home, keyfile, paper, safety, strength
from schoolsafe.reports.files import DiskFiles
from schoolsafe.services.entrance import Founded, SetUp
from schoolsafe.services.establishment import FILE_BYTES, Establishments
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.keys_seam import Strength

ANSWERS: Final = "first-run.json"
"""Pages 1 to 3 of a set-up that was stopped: school, URN, name and role of whoever sets it up."""
_ANSWERS_BYTES: Final = 8_192
_LIST_BYTES: Final = 50 * 1024 * 1024
_PROBE: Final = "0" * 16

Unlock = Callable[[str, str], object]
"""Seat and passphrase to an open vault, as the unlock screen does it."""


class Care:
    """Makes and judges passphrases."""

    def __init__(self, *, test: bool = False) -> None:
        """For one window.

        Args:
            test: the school is a pretend one, marked as such for ever.
        """
        self._test = test

    def made_passphrase(self) -> str:
        """Five ordinary words."""
        return strength.made()

    def strength(self, text: str, names: Sequence[str]) -> Strength:
        """In words."""
        measured = strength.measure(text, names=names)
        return Strength(measured.level, measured.words)

    def check_passphrase(self, text: str, names: Sequence[str], *, secret_in_file: bool) -> None:
        """Returns only for one that will be taken."""
        strength.check(text, names=names, five_words=secret_in_file and not self._test)


class FirstRun(Care):
    """`ui.keys_seam.FirstRunSeam` over one data folder."""

    def __init__(self, folder: Path, unlock: Unlock, *, test: bool = False) -> None:
        super().__init__(test=test)
        self._home, self._unlock = folder, unlock
        self._entrance = HomeEntrance(folder)
        self._schools = self._entrance.establishments()

    def kept(self) -> Mapping[str, str]:
        """The answers of a set-up that was stopped."""
        try:
            data = files.read_whole(self._home / ANSWERS, limit_bytes=_ANSWERS_BYTES)
            found = json.loads(data) if data is not None else {}
        except (SchoolSafeError, ValueError):
            return {}  # asked again: it is four answers
        if not isinstance(found, dict):
            return {}
        return {str(name): words for name, words in found.items() if isinstance(words, str)}

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keeps them for this account only; a folder that will not do is refused at set-up itself."""
        with suppress(SchoolSafeError):
            if not answers:
                files.remove(self._home / ANSWERS)
                return
            home.make_private(self._home)
            safety.check(self._home)
            files.private_folder(self._home)
            data = json.dumps(dict(answers), ensure_ascii=False).encode()
            files.replace_whole(self._home / ANSWERS, data)

    def keyring_problem(self) -> str:
        """Why the keyring does not answer."""
        return keyring_problem()

    def set_up(self, form: SetUp, passphrase: str) -> Founded:
        """Makes the school."""
        return self._entrance.set_up(replace(form, test=self._test), passphrase)

    def recovery_sheet(self, seat: str, key: str) -> bytes:
        """As PDF."""
        return self._entrance.recovery_sheet(key, seat=seat)

    def drill_groups(self) -> tuple[int, ...]:
        """Drawn anew."""
        return paper.new_drill().asked

    def drill(
        self, founded: Founded, passphrase: str, *, asked: Sequence[int], answers: Sequence[str]
    ) -> None:
        """Compares, opens with the sheet, notes it."""
        paper.Drill(tuple(asked)).check(founded.recovery_key, answers)
        self._entrance.drill(passphrase, founded.recovery_key, seat=founded.seat_id)

    @contextmanager
    def services(self, seat: str, passphrase: str) -> Iterator[Services]:
        """Open for the length of a ``with``."""
        with self._entrance.open(passphrase, seat=seat) as opened:
            yield opened.services

    def unlock(self, seat: str, passphrase: str) -> object:
        """Open for good."""
        return self._unlock(seat, passphrase)

    def read_file(self, path: Path) -> bytes:
        """A pupil list or calendar a person chose."""
        return DiskFiles().read(path, limit_bytes=_LIST_BYTES)

    @property
    def schools(self) -> Establishments:
        """The register of schools of this computer."""
        return self._schools

    def read_register(self, path: Path) -> bytes:
        """A register of schools a person chose."""
        return DiskFiles().read(path, limit_bytes=FILE_BYTES)


class Recovery(Care):
    """`ui.keys_seam.RecoverySeam` over one data folder."""

    def __init__(self, folder: Path, unlock: Unlock, *, test: bool = False) -> None:
        super().__init__(test=test)
        self._home, self._unlock = folder, unlock
        self._entrance = HomeEntrance(folder)

    def check_key(self, seat: str, key: str) -> None:
        """Returns only for the key of this person's sheet."""
        file = home.SeatFolder(home=self._home, seat=seat).read_key_file()
        keyfile.open_with_paper_key(file, paper_key=key)

    def keyring_problem(self, seat: str) -> str:
        """Why the keyring this login needs does not answer."""
        try:
            file = home.SeatFolder(home=self._home, seat=seat).read_key_file()
        except SchoolSafeError:
            return ""  # trying the key will say what is wrong with the file
        return keyring_problem() if file.header.device == "keyring" else ""

    def recover(self, seat: str, key: str, new: str, *, secret_in_file: bool) -> str:
        """A new passphrase, and the next paper key."""
        from schoolsafe.keys import unlock

        label = next(each for each in self._entrance.seats() if each.seat == seat)
        store = device.store_for("file", "", home=self._home) if secret_in_file else None
        made = unlock.recover(
            self._home,
            seat,
            paper_key=key,
            new=new,
            now=SystemClock().now(),
            names=(label.school, label.person),
            device_store=store,
        )
        return made.paper_key

    def recovery_sheet(self, seat: str, key: str) -> bytes:
        """As PDF."""
        return self._entrance.recovery_sheet(key, seat=seat)

    def drill_groups(self) -> tuple[int, ...]:
        """Drawn anew."""
        return paper.new_drill().asked

    def drill(
        self, seat: str, passphrase: str, key: str, *, asked: Sequence[int], answers: Sequence[str]
    ) -> None:
        """Compares, opens with the sheet, notes it."""
        paper.Drill(tuple(asked)).check(key, answers)
        self._entrance.drill(passphrase, key, seat=seat)

    def unlock(self, seat: str, passphrase: str) -> object:
        """Open for good."""
        return self._unlock(seat, passphrase)


def keyring_problem() -> str:
    """A sentence where this computer's keyring does not answer; "" where it does."""
    try:
        device.KeyringSecret().get(_PROBE, "probe")
    except SchoolSafeError as problem:
        return str(problem)
    return ""
