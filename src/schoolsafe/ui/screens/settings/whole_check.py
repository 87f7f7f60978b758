"""A check of the whole record that a person asked for, slice by slice: screens and saves go between two. Qt-free.

Left to others: what a slice proves (services), the check nobody asked for (ui.checker).
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Final, Protocol

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.ports_upkeep import Verified
from schoolsafe.ui.seams import TaskRunner

QUIET_S: Final = 1.0
"""A check shorter than this, in seconds, shows no bar."""
QUARTERS: Final = 4


class Whole(Protocol):
    """A check on its way, in the worker."""

    @property
    def progress(self) -> tuple[int, int]:
        """Rows proved, and rows there are."""
        ...

    def step(self, wanted: Callable[[], bool] | None = None) -> Verified | None:
        """One slice; the verdict once the last is done."""
        ...

    def close(self) -> None:
        """Gives up."""
        ...


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told, on the main thread."""

    going: Callable[[int, int, bool], None]
    """Rows proved, rows there are, and whether another quarter is done."""
    done: Callable[[Verified], None]
    failed: Callable[[SchoolSafeError], None]


class AskedCheck:
    """One at a time."""

    def __init__(
        self,
        begin: Callable[[], Whole],
        tasks: TaskRunner,
        *,
        wanted: Callable[[], bool],
        quiet_s: float = QUIET_S,
    ) -> None:
        """Nothing is begun.

        Args:
            begin: begins a check; called in the worker.
            tasks: the worker.
            wanted: whether somebody waits for it; asked in the worker.
            quiet_s: from when on progress is told.
        """
        self._begin, self._tasks, self._wanted = begin, tasks, wanted
        self._quiet_s = quiet_s
        self._check: Whole | None = None
        self._hearers: Hearers | None = None
        self._since, self._quarter, self._run = 0.0, 0, 0

    def start(self, hearers: Hearers) -> None:
        """From the first row; nothing where one is under way."""
        if self._hearers is None:
            self._hearers, self._since, self._quarter = hearers, perf_counter(), 0
            self._run += 1
            self._next(self._run)

    def stop(self) -> None:
        """Gives up: nobody is told anything more."""
        self._hearers = None
        self._run += 1  # a slice that is still out answers to nobody
        self._tasks.query(self._let_go, lambda _nothing: None)

    def _slice(self) -> tuple[Verified | None, tuple[int, int]]:
        """In the worker."""
        check = self._check or self._begin()
        self._check = check
        found = check.step(self._wanted)
        if found is not None:
            self._check = None
        return found, check.progress

    def _let_go(self) -> None:
        if self._check is not None:
            self._check.close()
            self._check = None

    def _next(self, run: int) -> None:
        self._tasks.query(
            self._slice,
            lambda answer: self._took(run, *answer),
            lambda error: self._fail(run, error),
        )

    def _took(self, run: int, found: Verified | None, progress: tuple[int, int]) -> None:
        hearers, (done, of) = self._hearers, progress
        if hearers is None or run != self._run:
            return
        if found is not None:
            self._hearers = None
            hearers.done(found)
            return
        if perf_counter() - self._since >= self._quiet_s:
            quarter = QUARTERS * done // max(1, of)
            hearers.going(done, of, quarter > self._quarter)
            self._quarter = max(quarter, self._quarter)
        self._next(run)

    def _fail(self, run: int, error: SchoolSafeError) -> None:
        hearers = self._hearers
        if hearers is not None and run == self._run:
            self._hearers = None
            hearers.failed(error)
