"""Tasks that run at once on the calling thread.

With the same order and the same errors as the real ones.
"""

from collections.abc import Callable
from typing import TypeVar

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.ui.seams import Bus, OnError

T = TypeVar("T")


class SyncTasks:
    """Most screen tests need no waiting. ``hold`` keeps answers back until ``release``."""

    def __init__(self, bus: Bus | None = None) -> None:
        self.bus = bus or Bus()
        self.errors: list[SchoolSafeError] = []
        self._held: list[Callable[[], None]] | None = None

    def hold(self) -> None:
        """From now on nothing is answered: a slow disk."""
        self._held = []

    def release(self) -> None:
        """Answers what was asked meanwhile, in order."""
        held, self._held = self._held or [], None
        for deliver in held:
            deliver()

    def held(self) -> int:
        """How many answers are kept back."""
        return len(self._held or [])

    def spare(self) -> bool:
        """Whether nothing waits for an answer."""
        return not self._held

    def query(
        self, fn: Callable[[], T], then: Callable[[T], None], on_error: OnError | None = None
    ) -> None:
        self._later(lambda: self._run(fn, then, on_error))

    def command(
        self,
        fn: Callable[[], Changes],
        then: Callable[[Changes], None] | None = None,
        on_error: OnError | None = None,
    ) -> None:
        def done(changes: Changes) -> None:
            if then is not None:
                then(changes)
            self.bus.changed(changes.topics)

        self._later(lambda: self._run(fn, done, on_error))

    def _later(self, deliver: Callable[[], None]) -> None:
        if self._held is None:
            deliver()
        else:
            self._held.append(deliver)

    def _run(
        self, fn: Callable[[], T], then: Callable[[T], None], on_error: OnError | None
    ) -> None:
        try:
            result = fn()
        except SchoolSafeError as error:
            (on_error or self.errors.append)(error)
            return
        then(result)
