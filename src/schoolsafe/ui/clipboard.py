"""What we copy leaves the clipboard after 15 seconds, and on lock."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_MS: Final = 15_000


class ClipboardGuard(QObject):
    """Watches the clipboard for copies of ours, however they were made."""

    def __init__(self, clipboard: QClipboard) -> None:
        super().__init__()
        self._clipboard = clipboard
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
        if self._clipboard.ownsClipboard() and self._clipboard.text():
            self._clipboard.clear()

    def _changed(self) -> None:
        if self._clipboard.ownsClipboard() and self._clipboard.text():
            self._timer.start()
        else:
            self._timer.stop()
