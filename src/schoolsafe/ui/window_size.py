"""How large the window was: the only thing QSettings keeps. No personal data, and never a place off the screen."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL: Final = QSize(1440, 900)
LEAST: Final = QSize(640, 480)
_SIZE: Final = "window/size"
_MAXIMIZED: Final = "window/maximized"


class WindowSize:
    """Remembers between starts, where there is a file to remember in."""

    def __init__(self, path: Path | None) -> None:
        """Nothing is written yet.

        Args:
            path: an ini file; its folder is not made. None remembers nothing.
        """
        self._path = path

    def apply(self, window: QWidget) -> None:
        """Gives a window the size of last time, within the screen there is now."""
        kept = self._kept()
        window.resize(fitting(kept))
        settings = self._settings()
        if settings is not None and settings.value(_MAXIMIZED, defaultValue=False, type=bool):
            window.setWindowState(window.windowState() | window.windowState().WindowMaximized)

    def keep(self, window: QWidget) -> None:
        """Notes it; a folder that is not there keeps nothing and stops nobody."""
        settings = self._settings()
        if settings is None:
            return
        maximized = window.isMaximized()
        settings.setValue(_MAXIMIZED, maximized)
        if not maximized:
            settings.setValue(_SIZE, window.size())
        settings.sync()

    def _kept(self) -> QSize:
        settings = self._settings()
        kept = settings.value(_SIZE) if settings is not None else None
        return kept if isinstance(kept, QSize) and kept.isValid() else USUAL

    def _settings(self) -> QSettings | None:
        if self._path is None or not self._path.parent.is_dir():
            return None
        return QSettings(str(self._path), QSettings.Format.IniFormat)


def fitting(size: QSize) -> QSize:
    """The size, no smaller than works and no larger than the screen."""
    screens = QGuiApplication.screens()
    room = screens[0].availableSize() if screens else USUAL
    return size.expandedTo(LEAST).boundedTo(room)
