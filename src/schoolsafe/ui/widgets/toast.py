"""The words "Saved. Undo" for ten seconds, said to screen readers.

It covers nothing a person is typing in.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.words import _

SHOWN_MS: Final = 10_000


class Toast(QFrame):
    """One message at the foot of a host; a new one replaces it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("toast")
        self.setProperty("panel", "toast")
        self._undo: Callable[[], None] | None = None
        self.words = PlainLabel("", object_name="toast-words")
        self.button = button(
            _("Undo"), kind="link", key=key_words("undo"), object_name="toast-undo"
        )
        self.button.clicked.connect(self.undo)
        glyph = Glyph("check", "ok", 16)
        self.setLayout(row(glyph, self.words, self.button, margins=(14, 6, 14, 6), spacing=10))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        host.installEventFilter(self)
        self.hide()

    def show_words(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Shows a sentence for ten seconds, with Undo if it can be taken back."""
        self._undo = undo
        self.words.setText(words)
        self.button.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        said = _("{words} Undo with Ctrl+Z").format(words=words) if undo else words
        announce(self, said)

    def can_undo(self) -> bool:
        """Whether the last thing can still be taken back here."""
        return self._undo is not None

    def undo(self) -> bool:
        """Takes the last thing back; False if there is nothing."""
        do = self._undo
        self.dismiss()
        if do is None:
            return False
        do()
        return True

    def dismiss(self) -> None:
        """Goes, and with it the Undo."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        self.adjustSize()
        width = min(self.sizeHint().width(), host.width() - style.scale(24))
        height = self.sizeHint().height()
        left, top = (host.width() - width) // 2, host.height() - height - style.scale(16)
        # A pinned bar stays free, because its buttons are the next thing to do; the foot of the list
        # is the one place where nobody types and nothing is decided.
        for bar in _visible(host, "footbar"):
            place = bar.mapTo(host, QPoint(0, 0))
            left = place.x() + (bar.width() - width) // 2
            top = place.y() - height - style.scale(10)
        for side in _visible(host, "side"):
            if side.width() >= width + style.scale(8):
                left = side.mapTo(host, QPoint(0, 0)).x() + (side.width() - width) // 2
                top = host.height() - height - style.scale(4)
        self.setGeometry(left, top, width, height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def _visible(host: QWidget, name: str) -> list[QFrame]:
    return [frame for frame in host.findChildren(QFrame, name) if frame.isVisible()]
