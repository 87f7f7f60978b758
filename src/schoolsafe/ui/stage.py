"""The screens of the window: made when first wanted, kept, told what changed, and where the person came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from schoolsafe.ui.body import Body
from schoolsafe.ui.screen import Frame, Screen, ScreenFactory
from schoolsafe.ui.seams import Bus, Scope, TaskRunner

STEPS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A live screen with its panes, its own view of the tasks, and how it stops listening."""

    screen: Screen
    body: Body
    scope: Scope
    stop: Callable[[], None]


Step = tuple[str, dict[str, object]]


class Stage(QStackedWidget):
    """One screen in front."""

    def __init__(
        self,
        screens: Mapping[str, ScreenFactory],
        *,
        tasks: TaskRunner,
        bus: Bus,
        frame: Callable[[TaskRunner], Frame],
    ) -> None:
        """An empty stage.

        Args:
            screens: how to make each screen.
            tasks: the worker; each screen gets a view of it that ends with the screen.
            bus: says what changed.
            frame: what a screen is given, around its tasks.
        """
        super().__init__()
        self._screens, self._tasks, self._bus, self._frame = screens, tasks, bus, frame
        self._live: dict[str, Opened] = {}
        self._steps: list[Step] = []
        self.here = ""

    def front(self) -> Opened | None:
        """The screen in front."""
        return self._live.get(self.here)

    def body(self) -> Body | None:
        """Its panes."""
        opened = self.front()
        return opened.body if opened is not None else None

    def has(self, screen: str) -> bool:
        """Whether there is such a screen."""
        return screen in self._screens

    def can_go_back(self) -> bool:
        """Whether the person came from somewhere."""
        return len(self._steps) > 1

    def bring(self, screen: str, args: dict[str, object]) -> Opened:
        """Puts a screen in front; the one before keeps its drafts."""
        before = self.front()
        if before is not None and self.here != screen:
            before.screen.left()
        opened = self._live.get(screen) or self._make(screen)
        self.here = screen
        if not self._steps or self._steps[-1] != (screen, args):
            self._steps.append((screen, args))
            del self._steps[:-STEPS_KEPT]
        self.setCurrentWidget(opened.body)
        return opened

    def step_back(self) -> Step | None:
        """Where to go back to; forgets where the person is."""
        if not self.can_go_back():
            return None
        self._steps.pop()
        return self._steps.pop()

    def keep_drafts(self) -> None:
        """Every live screen keeps what is unsaved."""
        for opened in self._live.values():
            opened.screen.left()

    def clear(self) -> Step | None:
        """Lets every screen go; what was in front, to open again."""
        self.keep_drafts()
        for opened in self._live.values():
            opened.scope.close()
            opened.stop()
            self.removeWidget(opened.body)
            opened.body.deleteLater()
        self._live.clear()
        self.here = ""
        return self._steps.pop() if self._steps else None

    def _make(self, screen_id: str) -> Opened:
        scope = Scope(self._tasks)
        screen = self._screens[screen_id](self._frame(scope))
        body = Body(screen.panes())
        self.addWidget(body)
        stop = self._bus.listen(screen.topics, screen.changed)
        opened = Opened(screen, body, scope, stop)
        self._live[screen_id] = opened
        return opened
