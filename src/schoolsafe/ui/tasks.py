"""The one module with threads: a single worker owns the vault, another runs errands that may take long.

Results come back by one queued signal.

Two verbs: *query* returns data, *command* returns what changed. No widget is touched inside either.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from schoolsafe.errors import SchoolSafeError
from schoolsafe.ui.seams import Bus, OnError

if TYPE_CHECKING:
    from schoolsafe.services.changes import Changes

T = TypeVar("T")

CLOSE_S: Final = 5.0
"""Longest wait for the worker at a lock."""


@dataclass(frozen=True, slots=True)
class _Job:
    fn: Callable[[], Any]
    then: Callable[[Any], None] | None
    on_error: OnError | None
    changes: bool


@dataclass(frozen=True, slots=True)
class _Done:
    job: _Job
    result: Any = None
    error: BaseException | None = None


class Tasks(QObject):
    """Work in the order it was asked for, off the main thread."""

    _done = Signal(object)
    idle = Signal()
    """Everything asked for so far was delivered."""

    def __init__(self, bus: Bus, on_error: OnError, *, name: str = "vault") -> None:
        """Starts the worker.

        Args:
            bus: hears the topics of every command.
            on_error: expected failures nobody else takes.
            name: of the worker: one keeps the vault, one runs errands that may take long.
        """
        super().__init__()
        self._bus, self._on_error = bus, on_error
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._waiting = 0
        self._closing = False
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._worker = threading.Thread(target=self._work, name=name, daemon=True)
        self._worker.start()

    def query(
        self, fn: Callable[[], T], then: Callable[[T], None], on_error: OnError | None = None
    ) -> None:
        """Asks for data; ``then`` runs on the main thread."""
        self._ask(_Job(fn, then, on_error, changes=False))

    def command(
        self,
        fn: "Callable[[], Changes]",
        then: "Callable[[Changes], None] | None" = None,
        on_error: OnError | None = None,
    ) -> None:
        """Changes something; ``then`` first, then everyone who listens to the topics."""
        self._ask(_Job(fn, then, on_error, changes=True))

    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._waiting == 0

    def spare(self) -> bool:
        """Whether there is time for something nobody waits for. Asked on the main thread."""
        return self._waiting == 0 and not self._closing

    def wanted(self) -> bool:
        """Whether more was asked for than what is under way: it should give way. Asked in the worker."""
        return self._waiting > 1 or self._closing

    def close(self, timeout_s: float | None = None) -> bool:
        """Ends the worker once it has done what it was asked; False if that took too long (``CLOSE_S`` unless told).

        What was asked is done, so a draft asked for at the lock is kept; its answers are not delivered any more.
        """
        self._closing = True
        self._jobs.put(None)
        self._worker.join(CLOSE_S if timeout_s is None else timeout_s)
        return not self._worker.is_alive()

    def _ask(self, job: _Job) -> None:
        self._waiting += 1
        self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                done = _Done(job, result=job.fn())
            except BaseException as error:  # noqa: BLE001  # carried to the main thread and raised there
                done = _Done(job, error=error)
            self._done.emit(done)

    @Slot(object)
    def _deliver(self, done: _Done) -> None:
        self._waiting -= 1
        try:
            self._hand_over(done)
        finally:
            if self._waiting == 0:
                self.idle.emit()

    def _hand_over(self, done: _Done) -> None:
        job = done.job
        if isinstance(done.error, SchoolSafeError):
            (job.on_error or self._on_error)(done.error)
            return
        if done.error is not None:
            raise done.error  # a bug: the crash page shows where, not what
        if job.then is not None:
            job.then(done.result)
        if job.changes:
            self._bus.changed(done.result.topics)
