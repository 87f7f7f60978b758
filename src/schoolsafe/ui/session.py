"""The computer sleeps, locks its screen or changes its user: SchoolSafe locks too.

On Linux the login manager says so over D-Bus, on Windows a message to the window does. macOS tells nobody without
its own libraries. On every system a clock that jumped says the computer slept.
"""

import sys
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QCoreApplication,
    QDateTime,
    QElapsedTimer,
    QObject,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.ui import windows

LOOK_MS: Final = 15_000
JUMP_MS: Final = 60_000

WINDOWS_MESSAGE: Final = b"windows_generic_MSG"
LOGIN: Final = "org.freedesktop.login1"
SLEEP_SLOT: Final = b"1sleeping(bool)"
LOCK_SLOT: Final = b"1screen_locked()"
"""Qt's own spelling of a slot: 1 and its signature."""


def slept(*, wall_ms: int, counted_ms: int) -> bool:
    """Whether much more time went by than the program counted: it was not running."""
    return wall_ms - counted_ms > JUMP_MS


class _Messages(QAbstractNativeEventFilter):
    """Hears what Windows tells our windows."""

    def __init__(self, watch: "SessionWatch") -> None:
        super().__init__()
        self._watch = watch

    @override
    def nativeEventFilter(self, eventType: Any, message: int) -> object:
        if bytes(eventType) == WINDOWS_MESSAGE and windows.says_left(int(message)):
            self._watch.left.emit()
        return False, 0


class SessionWatch(QObject):
    """Says that the session was left."""

    left = Signal()

    def __init__(self, api: windows.User32 | None = None) -> None:
        """Not watching yet.

        Args:
            api: the calls of Windows; None takes this computer's own, if it has them.
        """
        super().__init__()
        self._api = api or windows.user32()
        self._messages: _Messages | None = None
        self._counted = QElapsedTimer()
        self._since_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self, window: QWidget) -> None:
        """Watches from now on.

        Args:
            window: the one Windows sends its messages to.
        """
        self._mark()
        self._timer.start()
        if sys.platform == "linux":
            self._ask_login_manager()
        if windows.ask_for_session_changes(self._api, int(window.winId())):
            self._listen()

    def stop(self) -> None:
        """Watches no longer."""
        self._timer.stop()
        app = QCoreApplication.instance()
        if self._messages is not None and app is not None:
            app.removeNativeEventFilter(self._messages)
        self._messages = None

    def _listen(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            self._messages = _Messages(self)
            app.installNativeEventFilter(self._messages)

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
