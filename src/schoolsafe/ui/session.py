"""The computer sleeps, locks its screen or changes its user: SchoolSafe locks too.

On Linux the login manager says so over D-Bus. On every system a clock that jumped says the computer slept.
"""

import sys
from typing import Final

from PySide6.QtCore import QDateTime, QElapsedTimer, QObject, QTimer, Signal, Slot

LOOK_MS: Final = 15_000
JUMP_MS: Final = 60_000

LOGIN: Final = "org.freedesktop.login1"
SLEEP_SLOT: Final = b"1sleeping(bool)"
LOCK_SLOT: Final = b"1screen_locked()"
"""Qt's own spelling of a slot: 1 and its signature."""


def slept(*, wall_ms: int, counted_ms: int) -> bool:
    """Whether much more time went by than the program counted: it was not running."""
    return wall_ms - counted_ms > JUMP_MS


class SessionWatch(QObject):
    """Says once that the session was left."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._counted = QElapsedTimer()
        self._since_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Watches from now on."""
        self._mark()
        self._timer.start()
        if sys.platform == "linux":
            self._ask_login_manager()

    def _ask_login_manager(self) -> None:
        # 9 ms that the unlock screen does not wait for, and other systems have no such bus
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415

        bus = QDBusConnection.systemBus()
        if bus.isConnected():
            manager, session = f"{LOGIN}.Manager", f"{LOGIN}.Session"
            bus.connect(
                LOGIN, "/org/freedesktop/login1", manager, "PrepareForSleep", self, SLEEP_SLOT
            )
            bus.connect(LOGIN, "", session, "Lock", self, LOCK_SLOT)

    @Slot(bool)
    def sleeping(self, about_to: bool) -> None:  # noqa: FBT001  # the signature D-Bus calls
        """The computer is about to sleep, or woke."""
        if about_to:
            self.left.emit()

    @Slot()
    def screen_locked(self) -> None:
        """The person locked the screen."""
        self.left.emit()

    def _mark(self) -> None:
        self._since_ms = QDateTime.currentMSecsSinceEpoch()
        self._counted.start()

    def _look(self) -> None:
        wall = QDateTime.currentMSecsSinceEpoch() - self._since_ms
        jumped = slept(wall_ms=wall, counted_ms=LOOK_MS)
        self._mark()
        if jumped:
            self.left.emit()
