"""How this screen does something: in the worker, with a toast that takes it back. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.protocol_card import OtherwiseThanCard
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import _


@dataclass(frozen=True, slots=True)
class Tools:
    """The services and seams this screen works with."""

    services: Services
    tasks: TaskRunner
    go: Navigator

    def now(self) -> datetime:
        """The school's wall clock."""
        return self.services.desk.now()

    @property
    def me(self) -> str:
        """The name of the person at the screen."""
        return self.services.actor.name


class SaysMissing(Protocol):
    """A view that says what is missing where it is missing."""

    def say_missing(self, words: str, place: str) -> None:
        """What stands in the way, and where: match, choice, why, close, step or card."""
        ...


class Acts:
    """Commands of one notice."""

    def __init__(self, tools: Tools, view: SaysMissing) -> None:
        self._tools = tools
        self._view = view

    def do(
        self,
        fn: Callable[[], Changes],
        *,
        then: Callable[[Changes], None] | None = None,
        place: str = "",
        words: str = "",
    ) -> None:
        """Does it; a rule that said no is told at ``place``, or in a toast."""

        def done(changes: Changes) -> None:
            self.saved(words or _("Saved."), changes)
            if then is not None:
                then(changes)

        def failed(error: SchoolSafeError) -> None:
            if isinstance(error, OtherwiseThanCard) and place:
                self._view.say_missing(str(error), "card")
            elif place:
                self._view.say_missing(str(error), place)
            else:
                self._tools.go.say(str(error))

        self._tools.tasks.command(fn, done, failed)

    def saved(self, words: str, changes: Changes) -> None:
        """The toast, with Undo where there is something to take back."""
        if changes.undo is None:
            self._tools.go.saved(words)
            return
        taken_back, tools = changes.undo, self._tools

        def back() -> None:
            tools.tasks.command(lambda: tools.services.undo(taken_back))

        tools.go.saved(words, back)
