"""Look, text size and idle minutes: applied at once, kept by whoever keeps settings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtWidgets import QApplication

from schoolsafe.ui.idle import MOST_MINUTES, USUAL_MINUTES, allowed_minutes
from schoolsafe.ui.theme import style
from schoolsafe.ui.theme.tokens import TEXT_PERCENTS


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the program looks to one person at one computer."""

    look: str = "system"
    """system, light, dark or contrast."""
    percent: int = 100
    """Text size: 100, 120, 150 or 200."""
    idle_minutes: int = USUAL_MINUTES
    """From 1 to 15."""
    hide_from_capture: bool = True
    """Windows only. Off for people whose magnifier or reader works from pictures of the screen."""


class AppearanceKeeper(Protocol):
    """Keeps it between starts: the configuration file, made by bootstrap."""

    def load(self) -> Appearance:
        """What was kept; the usual one if nothing was."""
        ...

    def save(self, appearance: Appearance) -> None:
        """Keeps it."""
        ...


def sound(appearance: Appearance, *, most_minutes: int = MOST_MINUTES) -> Appearance:
    """The same, with anything a hand-edited file got wrong put right, and no longer idle than IT allows."""
    known = appearance.look in set(style.Look)
    return replace(
        appearance,
        look=appearance.look if known else "system",
        percent=appearance.percent if appearance.percent in TEXT_PERCENTS else 100,
        idle_minutes=allowed_minutes(appearance.idle_minutes, most_minutes),
    )


class Dresser:
    """Changes the appearance of the running program."""

    def __init__(
        self,
        app: QApplication,
        keeper: AppearanceKeeper | None = None,
        *,
        most_minutes: int = MOST_MINUTES,
    ) -> None:
        """Nothing is applied yet.

        Args:
            app: the running application.
            keeper: keeps it between starts.
            most_minutes: the longest idle time the school's IT allows.
        """
        self._app, self._keeper, self._most = app, keeper, most_minutes
        kept = keeper.load() if keeper is not None else Appearance()
        self.now = sound(kept, most_minutes=most_minutes)
        self.changed: Callable[[Appearance], None] = lambda _now: None

    def dress(self) -> None:
        """Applies what is kept."""
        style.current().apply(self._app, style.Look(self.now.look), self.now.percent)

    def change(
        self,
        *,
        look: str | None = None,
        percent: int | None = None,
        idle_minutes: int | None = None,
        hide_from_capture: bool | None = None,
    ) -> None:
        """Applies and keeps a change."""
        now = self.now
        now = replace(now, look=look) if look is not None else now
        now = replace(now, percent=percent) if percent is not None else now
        now = replace(now, idle_minutes=idle_minutes) if idle_minutes is not None else now
        if hide_from_capture is not None:
            now = replace(now, hide_from_capture=hide_from_capture)
        self.now = sound(now, most_minutes=self._most)
        if self._keeper is not None:
            self._keeper.save(self.now)
        self.changed(self.now)
        self.dress()
