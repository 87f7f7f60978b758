"""What we copy leaves the clipboard after 15 seconds, and on lock; and asks histories not to keep it.

The marks are those that the histories of Windows and of KDE honour. Whoever ignores them keeps a copy: a clipboard is
open to every program of the session. Never run on Windows: `installer/RELEASE.md`.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_MS: Final = 15_000


MARKS: Final = {
    # Qt hands a format of this name to Windows as it stands. Source: Microsoft, "Clipboard Formats",
    # Cloud Clipboard and Clipboard History formats; each holds a DWORD but the first, whose content is not looked at.
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
    # Klipper and those that follow it leave out what is marked as a secret.
    "x-kde-passwordManagerHint": b"secret",
}


def marked(mime: QMimeData) -> QMimeData:
    """The same words, with the marks that keep them out of a history."""
    made = QMimeData()
    for kind in mime.formats():
        made.setData(kind, mime.data(kind))
    for kind, mark in MARKS.items():
        made.setData(kind, mark)
    return made


def is_marked(mime: QMimeData) -> bool:
    """Whether it carries them all."""
    return all(mime.hasFormat(kind) for kind in MARKS)


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
        if not self._owns() or not self._clipboard.text():
            self._timer.stop()
            return
        self._timer.start()
        mime = self._clipboard.mimeData()
        if not is_marked(mime):
            self._clipboard.setMimeData(marked(mime))
