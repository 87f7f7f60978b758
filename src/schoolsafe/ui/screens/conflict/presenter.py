"""What a person does about a conflict. Knows no Qt."""

from collections.abc import Sequence
from typing import Protocol

from schoolsafe.domain import say
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.conflict import ConflictView, Side
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import _


class ConflictScreenView(Protocol):
    """What the presenter tells the view."""

    def show_list(self, found: Sequence[ConflictView], *, select: str) -> None:
        """The worklist, one of them in front."""
        ...

    def show_problem(self, words: str) -> None:
        """Why it was not decided; nothing hides it."""
        ...

    def decided(self) -> None:
        """What was typed is on record."""
        ...


class ConflictPresenter:
    """One for the screen."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: ConflictScreenView
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._wanted = ""
        self._child = ""

    def open(self, *, record: str = "") -> None:
        """All of them; the one that is named in front."""
        self._wanted = record
        self.refresh()

    def refresh(self) -> None:
        """Asks again."""
        self._tasks.query(
            self._services.conflicts.list,
            lambda found: self._view.show_list(found, select=self._wanted),
            lambda error: self._go.say(str(error)),
        )

    def choose(self, conflict: ConflictView, side: Side, why: str) -> None:
        """This one stands, and why."""
        resolve = self._services.conflicts.resolve
        seen = tuple(one.row for one in conflict.sides)

        def done(_changes: Changes) -> None:
            self._view.decided()
            self._go.say(_("Decided. The other value stays in the record."))

        self._tasks.command(
            lambda: resolve(conflict.id, side.row, why=why, seen=seen), done, self._failed
        )

    def open_file(self, conflict: ConflictView) -> None:
        """The pupil's file."""
        if conflict.child:
            self._go.open("pupil_file", child=conflict.child)

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_problem(str(error))


def by_words(side: Side) -> str:
    """Who and when: "Sam Okafor, Monday 9 November 2026, 8:02am"."""
    who = _("You") if side.mine else side.who
    return _("{who}, {when}").format(who=who, when=say.moment_words(side.when))


def heading_words(side: Side) -> str:
    """Over one value."""
    return _("What you wrote") if side.mine else _("What {who} wrote").format(who=side.who)
