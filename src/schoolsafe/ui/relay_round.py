"""Looks at the relay folder while the window is open: takes sealed notices in, sends receipts.

The folder may be on a network that does not answer, so it is looked at in a worker that never touches the vault; what
came is put on record by the vault's worker, a few at a time. Left to others: what a notice does (services).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer

from schoolsafe.errors import SchoolSafeError, Unavailable
from schoolsafe.services.changes import Changes
from schoolsafe.services.police_notice import Errand, Fetched, TakenIn, carry
from schoolsafe.services.relay import Mailboxes, RelayState
from schoolsafe.ui.seams import Scope, TaskRunner
from schoolsafe.words import ngettext

START_MS: Final = 4_000
"""After unlocking: the first screen comes first."""
EVERY_MS: Final = 60_000


class Notices(Protocol):
    """Sealed notices, as a round needs them. In the vault's worker."""

    def errand(self) -> Errand:
        """What is to be fetched and left."""
        ...

    def take_in(self, fetched: Fetched) -> TakenIn:
        """Puts on record what was fetched."""
        ...


class Place(Protocol):
    """Which relay this computer uses."""

    def state(self) -> RelayState:
        """Which. In the vault's worker."""
        ...

    def looked(self, said: str = "") -> Changes:
        """It was looked at now. In the vault's worker."""
        ...

    def through(self, folder: Path) -> Mailboxes:
        """The relay in that folder. In the other worker."""
        ...


@dataclass(frozen=True, slots=True)
class RelayWork:
    """The notices, the folder, and the worker that may have to wait for it."""

    notices: Notices
    place: Place
    errands: TaskRunner


class RelayRound(QObject):
    """One for one unlocked vault. Its timer ends with it."""

    def __init__(
        self,
        work: RelayWork,
        tasks: TaskRunner,
        tell: Callable[[str], None],
        *,
        host: QObject | None = None,
        start_ms: int = START_MS,
    ) -> None:
        """Begins by itself.

        Args:
            work: what is to be done, and the worker that may have to wait.
            tasks: the vault's worker.
            tell: hears what came, in a sentence.
            host: it ends with this one, and so do its answers.
            start_ms: until the first look.
        """
        super().__init__(host)
        self._notices, self._place, self._tell = work.notices, work.place, tell
        self._tasks, self._errands = Scope(tasks), Scope(work.errands)
        self.destroyed.connect(self._tasks.close)
        self.destroyed.connect(self._errands.close)
        self._busy = self._again = False
        self._came = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        QTimer.singleShot(start_ms, self, self._begin)

    def is_busy(self) -> bool:
        """Whether a look is under way."""
        return self._busy

    def look(self) -> None:
        """Looks now; during a look, once more after it."""
        if self._busy:
            self._again = True
            return
        self._busy, self._came = True, 0
        self._ask()

    def stop(self) -> None:
        """No more looks."""
        self._timer.stop()
        self._again = False

    # ------------------------------------------------------------------ inside

    def _begin(self) -> None:
        self._timer.start()
        self.look()

    def _ask(self) -> None:
        def prepare() -> tuple[Path | None, Errand | None]:
            folder = self._place.state().folder
            return folder, self._notices.errand() if folder else None

        self._tasks.query(prepare, lambda found: self._go(*found), self._over)

    def _go(self, folder: Path | None, errand: Errand | None) -> None:
        if folder is None or errand is None or not errand.mailboxes:
            self._over(None)
            return
        self._errands.query(
            lambda: carry(errand, self._place.through(folder)), self._take, self._away
        )

    def _take(self, fetched: Fetched) -> None:
        taken: list[TakenIn] = []

        def take() -> Changes:
            taken.append(self._notices.take_in(fetched))
            return taken[0].changes.and_then(self._place.looked())

        self._tasks.command(take, lambda _changes: self._took(taken[0]), self._over)

    def _took(self, taken: TakenIn) -> None:
        self._came += len(taken.received)
        if taken.goes_on:
            self._ask()  # the rest, or receipts
        else:
            self._over(None)

    def _away(self, error: SchoolSafeError) -> None:
        """The folder does not answer: said in Settings, and tried again in a minute."""
        said = str(error) if isinstance(error, Unavailable) else ""
        self._tasks.command(
            lambda: self._place.looked(said), lambda _changes: self._over(None), self._over
        )

    def _over(self, _problem: SchoolSafeError | None) -> None:
        self._busy = False
        if self._came:
            words = ngettext("{n} sealed notice came.", "{n} sealed notices came.", self._came)
            self._tell(words.format(n=self._came))
            self._came = 0
        if self._again:
            self._again = False
            self.look()
