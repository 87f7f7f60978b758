"""What we copy leaves the clipboard after 15 seconds, and on lock."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_MS: Final = 15_000


class ClipboardGuard(QObject):
    """Watches the clipboard for copies of ours, however they were made."""

    def __init__(self, clipboard: QClipboard, owns: Callable[[], bool] | None = None) -> None:
        """On guard at once.

        Args:
            clipboard: of the application.
            owns: whether what is on it is ours; the clipboard knows on every real system.
        """
        super().__init__()
        self._clipboard = clipboard
        self._owns = owns or clipboard.ownsClipboard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_MS)
        self._timer.timeout.connect(self.empty)
        clipboard.dataChanged.connect(self._changed)

    def waiting(self) -> bool:
        """Whether something of ours is on it."""
        return self._timer.isActive()

    def empty(self) -> None:
        """Takes back what is ours; what others copied since stays."""
        self._timer.stop()
        if self._owns() and self._clipboard.text():
            self._clipboard.clear()

    def _changed(self) -> None:
        if self._owns() and self._clipboard.text():
            self._timer.start()
        else:
            self._timer.stop()
