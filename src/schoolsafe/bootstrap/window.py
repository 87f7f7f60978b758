"""The window wired to a data folder: who may come in, what each screen is given, what happens at the lock."""

# ruff: noqa: PLC0415  # the unlock screen is painted before SQLAlchemy, cryptography and keyring are loaded

import importlib
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from schoolsafe.bootstrap import places
from schoolsafe.bootstrap import policy as policies
from schoolsafe.bootstrap.clock import SystemClock
from schoolsafe.bootstrap.config import ConfigFile
from schoolsafe.services.policy import NOTHING_FIXED, Policy
from schoolsafe.ui.app import Fittings, Wiring
from schoolsafe.ui.app import run as run_window
from schoolsafe.ui.seams import SeatCard
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.bootstrap.entrance import HomeEntrance, Lock
    from schoolsafe.services.entrance import Opened
    from schoolsafe.ui.house import House
    from schoolsafe.ui.screens.first_run.view import FirstRunWindow
    from schoolsafe.ui.screens.recover.view import RecoverWindow

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
    home: Path


class WindowEntrance:
    """The unlock screen's way in."""

    def __init__(
        self, home: Path, *, now: datetime | None = None, policy: Policy = NOTHING_FIXED
    ) -> None:
        self._home, self._now, self._policy = home, now, policy
        self._entrance: HomeEntrance | None = None

    def _way_in(self) -> "HomeEntrance":
        if self._entrance is None:
            from schoolsafe.bootstrap.entrance import HomeEntrance

            self._entrance = HomeEntrance(self._home, policy=self._policy)
        return self._entrance

    def seats(self) -> tuple[SeatCard, ...]:
        """Everyone with a school on this computer. Reads the key files' clear part, and loads little else."""
        from schoolsafe.keys.home import seats
        from schoolsafe.services.school_words import role_words

        return tuple(
            SeatCard(
                line.seat,
                line.label.person_name if line.label else "",
                role_words(line.label.role) if line.label else "",
                line.label.school_name if line.label else "",
                line.locked_at,
                hint=_demo_hint() if line.label and line.label.mark == "demo" else "",
            )
            for line in seats(self._home)
        )

    def wait_s(self, seat: str) -> int:
        """Whole seconds until the next try is taken."""
        return self._way_in().wait_s(seat)

    def unlock(self, seat: str, passphrase: str) -> object:
        """Opens the vault."""
        opened, lock = self._way_in().unlock(passphrase, seat=seat, now=self._clock(seat))
        return Inside(opened, lock, self._home)

    def prepare(self) -> None:
        """Loads what unlocking needs, while the person types."""
        for name in _HEAVY:
            importlib.import_module(name)

    def now(self) -> datetime:
        """The time in the school's zone."""
        from zoneinfo import ZoneInfo

        # As `services.desk` has it, which the unlock screen does not wait for.
        return (self._now or SystemClock().now()).astimezone(ZoneInfo("Europe/London"))

    def _clock(self, seat: str) -> datetime | None:
        """The demo school's day is always the same one."""
        if self._now is None and any(s.demo for s in self._way_in().seats() if s.seat == seat):
            from schoolsafe.bootstrap.demo_record import story_time

            return story_time()
        return self._now


def run(home: Path, path: str | None, *, now: datetime | None = None) -> int:
    """Opens the window on a data folder; gives the exit code."""
    return run_window(wiring(home, now=now, files=(Path(path),) if path else ()))


def wiring(
    home: Path,
    *,
    now: datetime | None = None,
    files: tuple[Path, ...] = (),
    fixed: policies.InForce | None = None,
    test: bool = False,
) -> Wiring:
    """Everything the window needs of a data folder.

    Args:
        home: the data folder; it need not exist yet.
        now: where a demo or test school's clock stands.
        files: named on the command line.
        fixed: what the school's IT has fixed; None asks this computer.
        test: a school set up from this window is a pretend one, marked as such for ever.
    """
    fixed = fixed or policies.in_force()
    entrance = WindowEntrance(home, now=now, policy=fixed.policy)
    return Wiring(
        entrance=entrance,
        furnish=furnish,
        close=lambda inside: cast("Inside", inside).lock(),
        again=again(home),
        folder=home,
        window_file=places.window_file(home),
        policy=fixed.policy,
        policy_problem=fixed.problem,
        appearance=ConfigFile(home),
        start=lambda fittings: _start(home, entrance, fittings, test=test),
        forgotten=lambda fittings, seat: _forgotten(home, entrance, fittings, seat=seat),
        demo=(*program(), "demo", "--out", str(places.demo_folder(home))),
        write=_write,
        files=files,
    )


def program() -> tuple[str, ...]:
    """The command of this program, frozen or not."""
    frozen = bool(getattr(sys, "frozen", False))
    return (sys.executable,) if frozen else (sys.executable, "-m", "schoolsafe")


def again(home: Path) -> tuple[str, ...]:
    """The command that starts this program anew: locking ends the process."""
    return (*program(), "--home", str(home))


def furnish(inside: object, fittings: Fittings) -> "House":
    """The screens of an open vault."""
    from schoolsafe.bootstrap.furniture import house

    found = cast("Inside", inside)
    return house(found.opened, fittings, home=found.home)


def _start(
    home: Path, entrance: WindowEntrance, fittings: Fittings, *, test: bool
) -> "FirstRunWindow":
    from schoolsafe.bootstrap.first_run import FirstRun
    from schoolsafe.bootstrap.paper import paper_desk
    from schoolsafe.ui.screens.first_run.view import FirstRunWindow

    made = FirstRunWindow(
        FirstRun(home, entrance.unlock, test=test),
        fittings.tasks,
        dialogs=fittings.dialogs,
        paper=paper_desk(fittings.dialogs),
    )
    made.finished.connect(fittings.enter)
    made.demo_wanted.connect(lambda: made.show_demo_started(started=fittings.demo()))
    return made


def _forgotten(
    home: Path, entrance: WindowEntrance, fittings: Fittings, *, seat: str
) -> "RecoverWindow":
    from schoolsafe.bootstrap.first_run import Recovery
    from schoolsafe.bootstrap.paper import paper_desk
    from schoolsafe.ui.screens.recover.view import RecoverWindow

    card = next(card for card in entrance.seats() if card.id == seat)
    made = RecoverWindow(
        card,
        seam=Recovery(home, entrance.unlock),
        tasks=fittings.tasks,
        paper=paper_desk(fittings.dialogs),
    )
    made.finished.connect(fittings.enter)
    made.left.connect(fittings.leave)
    return made


def _demo_hint() -> str:
    from schoolsafe.bootstrap.demo_record import PASSPHRASE

    return _("Demo school: the passphrase is “{words}”.").format(words=PASSPHRASE)


def _write(path: Path, data: bytes) -> None:
    from schoolsafe.reports.files import DiskFiles

    DiskFiles().write_new(path, data)
