"""The window wired to a data folder: who may come in, what each screen is given, what happens at the lock."""

# ruff: noqa: PLC0415  # the unlock screen is painted before SQLAlchemy, cryptography and keyring are loaded

import importlib
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import platformdirs

from schoolsafe.bootstrap.clock import SystemClock
from schoolsafe.bootstrap.config import ConfigFile
from schoolsafe.bootstrap.logs import start as start_logs
from schoolsafe.ui.app import Fittings, Wiring
from schoolsafe.ui.app import run as run_window
from schoolsafe.ui.house import House
from schoolsafe.ui.seams import SeatCard

if TYPE_CHECKING:
    from schoolsafe.bootstrap.entrance import HomeEntrance, Lock
    from schoolsafe.services.entrance import Opened

_HEAVY = (
    "schoolsafe.keys.unlock",
    "schoolsafe.store.vault",
    "schoolsafe.services.circle",
    "schoolsafe.services.unlocked",
    "schoolsafe.intake.reader",
)


@dataclass(frozen=True, slots=True)
class Inside:
    """What unlocking gives, handed through the window unread."""

    opened: "Opened"
    lock: "Lock"


class WindowEntrance:
    """The unlock screen's way in."""

    def __init__(self, home: Path, *, now: datetime | None = None) -> None:
        self._home = home
        self._now = now
        self._entrance: HomeEntrance | None = None

    def _way_in(self) -> "HomeEntrance":
        if self._entrance is None:
            from schoolsafe.bootstrap.entrance import HomeEntrance

            self._entrance = HomeEntrance(self._home)
        return self._entrance

    def seats(self) -> tuple[SeatCard, ...]:
        """Everyone with a school on this computer. Reads the key files' clear part only: no heavy import."""
        from schoolsafe.keys.home import seats
        from schoolsafe.services.school_words import role_words

        return tuple(
            SeatCard(
                line.seat,
                line.label.person_name if line.label else "",
                role_words(line.label.role) if line.label else "",
                line.label.school_name if line.label else "",
                line.locked_at,
            )
            for line in seats(self._home)
        )

    def wait_s(self, seat: str) -> int:
        """Whole seconds until the next try is taken."""
        return self._way_in().wait_s(seat)

    def unlock(self, seat: str, passphrase: str) -> object:
        """Opens the vault."""
        opened, lock = self._way_in().unlock(passphrase, seat=seat, now=self._now)
        return Inside(opened, lock)

    def prepare(self) -> None:
        """Loads what unlocking needs, while the person types."""
        for name in _HEAVY:
            importlib.import_module(name)

    def now(self) -> datetime:
        """The time in the school's zone."""
        from schoolsafe.services.desk import LONDON

        return (self._now or SystemClock().now()).astimezone(LONDON)


def run(home: Path, path: str | None, *, now: datetime | None = None) -> int:
    """Opens the window on a data folder; gives the exit code."""
    start_logs(platformdirs.user_log_path("schoolsafe", appauthor=False))
    return run_window(wiring(home, now=now, files=(Path(path),) if path else ()))


def wiring(home: Path, *, now: datetime | None = None, files: tuple[Path, ...] = ()) -> Wiring:
    """Everything the window needs of a data folder."""
    return Wiring(
        entrance=WindowEntrance(home, now=now),
        furnish=furnish,
        close=lambda inside: cast("Inside", inside).lock(),
        again=again(home),
        folder=home if home.is_dir() else None,
        appearance=ConfigFile(home),
        write=_write,
        files=files,
    )


def again(home: Path) -> tuple[str, ...]:
    """The command that starts this program anew: locking ends the process."""
    program = (
        (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "schoolsafe")
    )
    return (*program, "--home", str(home))


def furnish(inside: object, fittings: Fittings) -> House:
    """The screens of an open vault."""
    from schoolsafe.bootstrap.furniture import house

    return house(cast("Inside", inside).opened, fittings)


def _write(path: Path, data: bytes) -> None:
    from schoolsafe.reports.files import DiskFiles

    DiskFiles().write_new(path, data)
