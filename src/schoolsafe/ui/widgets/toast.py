"""The words "Saved. Undo" for ten seconds, said to screen readers.

It lies over nothing: the top bar keeps room for it, where otherwise the countdown and the sentence of sync stand.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.words import _

SHOWN_MS: Final = 10_000
LEAST: Final = 120
"""Px at 100 % text: narrower than this not even a word fits."""


class Toast(QFrame):
    """One message; a new one replaces it."""

    changed = Signal()
    """It came, went, or says something else."""

    def __init__(self, host: QWidget | None = None) -> None:
        super().__init__(host)
        self.setObjectName("toast")
        self.setProperty("panel", "toast")
        self._undo: Callable[[], None] | None = None
        self.words = PlainLabel("", wrap=True, object_name="toast-words")
        self.button = button(
            _("Undo"), kind="link", key=key_words("undo"), object_name="toast-undo"
        )
        self.button.clicked.connect(self.undo)
        self._glyph = Glyph("check", "ok", 16)
        inside = row(self._glyph, (self.words, 1), self.button, margins=(12, 2, 12, 2), spacing=10)
        self.setLayout(inside)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def show_words(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Shows a sentence for ten seconds, with Undo if it can be taken back."""
        self._undo = undo
        self.words.setText(words)
        self.button.setVisible(undo is not None)
        self.show()
        self._timer.start()
        self.changed.emit()
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
        self.changed.emit()

    def fit(self, room: int) -> None:
        """As wide as its words in one line, or as the room there is and then in several lines."""
        words = self.words.fontMetrics().horizontalAdvance(self.words.text()) + style.scale(4)
        other = self._glyph.width() + style.scale(24 + 10)
        if self._undo is not None:
            other += self.button.sizeHint().width() + style.scale(10)
        self.setFixedWidth(max(style.scale(LEAST), min(words + other, room)))
