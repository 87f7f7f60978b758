"""Pictures of real windows, taken offscreen: for the demo without a screen, the README, a look before release.

Left to others: what is on the screens, which screens there are.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from schoolsafe.ui.tasks import Tasks

PATIENCE_MS = 20_000
_LOOK_MS = 15
_QUIET_LOOKS = 4
"""An answer may ask again: at rest is idle at four looks running."""

WriteFile = Callable[[Path, bytes], None]


class NotSettledError(RuntimeError):
    """The window was still at work when the picture was due."""


class Camera:
    """Waits until a window is at rest, presses keys as a person does, and takes pictures."""

    def __init__(self, folder: Path, *, tasks: Tasks, write: WriteFile) -> None:
        self._folder = folder
        self._tasks = tasks
        self._write = write

    def settle(self) -> None:
        """Returns when every question was answered and every answer painted."""
        quiet = 0
        for _look in range(PATIENCE_MS // _LOOK_MS):
            QTest.qWait(_LOOK_MS)
            quiet = quiet + 1 if self._tasks.is_idle() else 0
            if quiet >= _QUIET_LOOKS:
                return
        raise NotSettledError

    def press(self, *keys: str) -> None:
        """Keys in Qt's portable names ("Alt+1", "Return"), at whatever has the focus, then rest."""
        for key in keys:
            QTest.keySequence(self._target(), key)
            self.settle()

    def type(self, words: str) -> None:
        """Letters, at whatever has the focus."""
        QTest.keyClicks(self._target(), words)
        self.settle()

    def write(self, window: QWidget, name: str, words: str) -> None:
        """Letters into the field of that name."""
        field = window.findChild(QLineEdit, name) or window.findChild(QPlainTextEdit, name)
        if field is None:
            raise LookupError(name)
        field.setFocus()
        self.type(words)

    def shoot(self, window: QWidget, name: str) -> Path:
        """One picture of a window at rest; gives its path."""
        self.settle()
        path = self._folder / f"{name}.png"
        self._write(path, png_of(window))
        return path

    @staticmethod
    def _target() -> QWidget:
        """Whatever has the focus, else the window in front."""
        found = QApplication.focusWidget() or QApplication.activeWindow()
        if found is None:
            raise NotSettledError
        return found


def png_of(window: QWidget) -> bytes:
    """What a window shows, as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())


def is_painted(window: QWidget) -> bool:
    """Whether a window shows more than one colour: words were drawn."""
    picture = window.grab().toImage().scaled(64, 64, Qt.AspectRatioMode.IgnoreAspectRatio)
    colours = {picture.pixel(x, y) for x in range(64) for y in range(64)}
    return len(colours) > 1
