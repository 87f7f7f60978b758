"""Locks when nobody has touched keyboard or mouse for a while: 5 minutes, at most 15, never off."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

USUAL_MINUTES: Final = 5
MOST_MINUTES: Final = 15
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


def allowed_minutes(wanted: int, most: int = MOST_MINUTES) -> int:
    """What a setting may be: from 1 minute to 15, or to what the school's IT fixed."""
    return max(1, min(MOST_MINUTES, most, wanted))


class IdleLock(QObject):
    """Install it as an event filter of the application."""

    expired = Signal()

    def __init__(self, minutes: int = USUAL_MINUTES) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.expired)
        self.set_minutes(minutes)

    def minutes(self) -> int:
        """Minutes until it locks."""
        return self._timer.interval() // 60_000

    def set_minutes(self, minutes: int) -> None:
        """From 1 to 15; it cannot be switched off."""
        self._timer.setInterval(allowed_minutes(minutes) * 60_000)
        self._timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._timer.start()
        return False
