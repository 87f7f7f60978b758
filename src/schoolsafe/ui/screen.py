"""What every screen is to the window: panes, topics, commands, a first focus.

And what the window lends it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from schoolsafe.services.changes import Topic
from schoolsafe.ui.seams import Bus, Dialogs, Navigator, TaskRunner

LIST_WIDTH = 330
CONTEXT_WIDTH = 344


@dataclass(frozen=True, slots=True)
class Panes:
    """Up to three panes; the work takes what the others leave."""

    work: QWidget
    list: QWidget | None = None
    context: QWidget | None = None
    list_width: int = LIST_WIDTH
    """Px at 100 % text."""
    context_width: int = CONTEXT_WIDTH
    """Px at 100 % text; 380 where the window is 1500 units or wider."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a screen gets in its constructor. ``tasks`` ends with the screen."""

    navigator: Navigator
    tasks: TaskRunner
    bus: Bus
    dialogs: Dialogs


class Screen:
    """One screen. Subclasses build their panes once and show what they are given."""

    title: str = ""
    """For the window title: the screen, never a child's name."""
    place: str = ""
    """The rail entry that is marked while this screen is in front."""
    topics: frozenset[Topic] = frozenset()
    """What it shows: it hears ``changed`` for these."""
    own_countdown: bool = False
    """Shows the countdown itself, so the top bar does not."""

    def panes(self) -> Panes:
        """Its panes, the same ones each time."""
        raise NotImplementedError

    def opened(self, **args: object) -> None:
        """Somebody came here, with the arguments of ``Navigator.open``."""

    def changed(self, topics: frozenset[Topic]) -> None:
        """Something it shows changed: query again."""

    def left(self) -> None:
        """Somebody goes elsewhere or locks: keep the draft now."""

    def closes(self) -> bool:
        """Esc: closes a form that is open inside it; False where there is none."""
        return False

    def first_focus(self) -> QWidget | None:
        """Where the work begins; None is the first field of the list or the work."""
        return None

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Commands of the table that it answers while it is in front."""
        return {}

    def dropped(self, paths: tuple[Path, ...]) -> bool:
        """Files were dropped or opened; False lets the window pass them to the home screen."""
        del paths
        return False

    def brought(self, files: tuple[tuple[str, bytes], ...]) -> bool:
        """Mail or words were dropped or pasted, each with a name to show; the answer as for ``dropped``."""
        del files
        return False


ScreenFactory = Callable[[Frame], Screen]
