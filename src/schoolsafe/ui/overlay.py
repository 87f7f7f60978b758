"""A panel over the window that goes with Esc or when the focus leaves it: the palette.

The list of keys, the menu.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.layout import focusables

WIDTH = 560
HEIGHT = 460


class Overlay(QFrame):
    """A child of the window, not a window of its own: it locks and covers with it."""

    dismissed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("palette")
        self._host = host
        self._before: QWidget | None = None
        host.installEventFilter(self)
        self.hide()

    def summon(self, words: str = "") -> None:
        """Opens, remembering where the focus was."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.prepare(words)
        self._place()
        self.show()
        self.raise_()
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Goes, and gives the focus back."""
        if self.isHidden():
            return
        had = self.isAncestorOf(QApplication.focusWidget() or self._host)
        self.hide()
        if had and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.dismissed.emit()

    def prepare(self, words: str) -> None:
        """For subclasses: fill in before it is shown."""

    def first_focus(self) -> QWidget | None:
        """Where typing goes."""
        stops = focusables(self)
        return stops[0] if stops else None

    def wanted_height(self) -> int:
        """Px; it gets no more than the window has."""
        return style.scale(HEIGHT)

    def _place(self) -> None:
        edge = style.scale(12)
        wide = min(style.scale(WIDTH), self._host.width() - 2 * edge)
        tall = min(self.wanted_height(), self._host.height() - 2 * edge)
        top = min(style.scale(56), self._host.height() - tall - edge)
        self.setGeometry((self._host.width() - wide) // 2, max(edge, top), wide, tall)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:  # Qt's own name
        stops = focusables(self)
        here = QApplication.focusWidget()
        if not stops:
            return False
        n = stops.index(here) if here in stops else -1
        stops[(n + (1 if next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True
