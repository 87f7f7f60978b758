"""The whole record proved in the background, while nobody types and the worker has nothing else to do.

One slice at a time, from a few seconds after unlocking, once a day. What is wrong is told at once.
Left to others: what a slice proves (services), the banner (chrome).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QTimer
from typing_extensions import override

from schoolsafe.domain.say import moment_words
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.desk import LONDON
from schoolsafe.services.ports_upkeep import Checked, Verified, WrongPlace
from schoolsafe.ui.seams import Scope, TaskRunner
from schoolsafe.words import _

_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.InputMethod})


class WholeCheck(Protocol):
    """A check on its way, in the worker."""

    @property
    def wrong(self) -> WrongPlace | None:
        """What is wrong first, as far as it has come."""
        ...

    def step(self, wanted: Callable[[], bool] | None = None) -> Verified | None:
        """One slice; the verdict once the last is done."""
        ...


class Proofs(Protocol):
    """What the records offer."""

    @property
    def problem(self) -> str | None:
        """Why nothing can be saved, in a sentence."""
        ...

    def last_check(self) -> Checked | None:
        """What the last whole check found."""
        ...

    def check_due(self) -> bool:
        """Whether there is to be one today."""
        ...

    def checking(self) -> WholeCheck:
        """Begins one."""
        ...


@dataclass(frozen=True, slots=True)
class Proof:
    """The records, and how the worker is."""

    records: Proofs
    spare: Callable[[], bool]
    """Whether it has nothing to do. Asked on the main thread."""
    wanted: Callable[[], bool]
    """Whether somebody waits for it. Asked in the worker."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When a slice may run, in ms."""

    start: int = 5_000
    """After unlocking: the first screen comes first."""
    quiet: int = 2_000
    """Since the last key."""
    gap: int = 30
    """Between two slices: at least this long the worker is free."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How far it is, as the window is told."""

    over: bool
    ok: bool = True
    problem: str = ""
    wrong: WrongPlace | None = None


def wrong_words(wrong: WrongPlace | None) -> str:
    """The first wrong row by number and time, and whom to call."""
    call = _("Leave this computer as it is. Call your IT team and tell the headteacher.")
    if wrong is None or wrong.number is None:
        return call
    if wrong.wall_ms is None:
        first = _("The first wrong entry is number {n}.").format(n=wrong.number)
    else:
        when = moment_words(datetime.fromtimestamp(wrong.wall_ms / 1000, LONDON))
        first = _("The first wrong entry is number {n}, written {when}.").format(
            n=wrong.number, when=when
        )
    return f"{first} {call}"


class Checker(QObject):
    """One check for one unlocked vault. Its timer ends with it, and the check with the vault."""

    def __init__(
        self,
        proof: Proof,
        tasks: TaskRunner,
        tell: Callable[[str, str], None],
        *,
        host: QObject | None = None,
        pace: Pace = Pace(),
    ) -> None:
        """Begins by itself.

        Args:
            proof: the records, and how the worker is.
            tasks: where slices run.
            tell: hears what is wrong in two parts, or two empty ones where nothing is.
            host: it ends with this one, and so do its answers.
            pace: when a slice may run.
        """
        super().__init__(host)
        self._proof, self._tell, self._pace = proof, tell, pace
        self._tasks = Scope(tasks)
        self.destroyed.connect(self._tasks.close)
        self._check: WholeCheck | None = None
        self._asked = False
        self._due = False
        self._told: tuple[str, str] = ("", "")
        self._since_key = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(pace.gap)
        self._timer.timeout.connect(self.tick)
        self._starts = QTimer(self)
        self._starts.setSingleShot(True)
        self._starts.setInterval(pace.start)
        self._starts.timeout.connect(self.go)
        self._starts.start()
        self._tasks.query(self._before, self._show, self._stop)

    def is_running(self) -> bool:
        """Whether it is under way."""
        return self._timer.isActive()

    def check_now(self) -> None:
        """A whole check, due or not."""
        self._due = True
        self.go()

    def go(self) -> None:
        """From now on slices run, whenever there is time for one."""
        self._starts.stop()
        if self.is_running():
            return
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """No more slices."""
        self._starts.stop()
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def tick(self) -> None:
        """One slice, unless somebody types, or the last one is not back, or the worker is busy."""
        typing = self._since_key.isValid() and not self._since_key.hasExpired(self._pace.quiet)
        if self._asked or typing or not self._proof.spare():
            return
        self._asked = True
        self._tasks.query(self._slice, self._took, self._stop)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _KEYS:
            self._since_key.start()
        return False

    # ------------------------------------------------------------------ in the worker

    def _before(self) -> Seen:
        """What the last whole check found wrong stands until another finds nothing."""
        last = self._proof.records.last_check()
        if last is None or last.ok:
            return Seen(over=False)
        return self._seen(over=False, ok=False, wrong=last.wrong)

    def _slice(self) -> Seen:
        if self._check is None:
            if not (self._due or self._proof.records.check_due()):
                return Seen(over=True)
            self._due = False
            self._check = self._proof.records.checking()
        found = self._check.step(self._proof.wanted)
        wrong = self._check.wrong
        if found is not None:
            self._check = None
        ok = wrong is None and (found is None or found.ok)
        return self._seen(over=found is not None, ok=ok, wrong=wrong)

    def _seen(self, *, over: bool, ok: bool, wrong: WrongPlace | None) -> Seen:
        return Seen(over, ok, "" if ok else self._proof.records.problem or "", wrong)

    # ------------------------------------------------------------------ on the main thread

    def _took(self, seen: Seen) -> None:
        self._asked = False
        if seen.over:
            self.stop()
        if seen.over or not seen.ok:
            self._show(seen)

    def _show(self, seen: Seen) -> None:
        said = ("", "") if seen.ok or not seen.problem else (seen.problem, wrong_words(seen.wrong))
        if said != self._told:
            self._told = said
            self._tell(*said)

    def _stop(self, _error: SchoolSafeError) -> None:
        """The disk does not answer: whoever saves or reads next says so; tomorrow is another day."""
        self._asked = False
        self.stop()
