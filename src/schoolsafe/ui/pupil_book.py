"""Every pupil's name in memory while a screen is open, so that typing a name waits for nothing.

Qt-free. Asked for in the worker, once and again when the roll changes.
"""

from schoolsafe.services.child import ChildRow
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.ranking import Pick, best
from schoolsafe.ui.seams import TaskRunner


class PupilBook:
    """Names, classes and who is who."""

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        self._services, self._tasks = services, tasks
        self._picks: tuple[Pick, ...] = ()
        self._rows: dict[str, ChildRow] = {}
        self._asked = False

    def load(self, *, again: bool = False) -> None:
        """Asks for the roll, the first time or ``again``."""
        if self._asked and not again:
            return
        self._asked = True
        self._tasks.query(self._services.children.list, self._keep)

    def find(self, words: str) -> tuple[Pick, ...]:
        """At most eight pupils for what was typed, best first."""
        return best(words, self._picks)

    def get(self, child: str) -> ChildRow | None:
        """One pupil, if the roll has come."""
        return self._rows.get(child)

    def pick(self, child: str) -> Pick | None:
        """One pupil as a picker shows it."""
        return next((pick for pick in self._picks if pick.id == child), None)

    def _keep(self, rows: tuple[ChildRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self._picks = tuple(
            Pick(row.id, row.name, phrases.class_words(row))
            for row in rows
            if row.status in {"on_roll", "possibly_left"}
        )
