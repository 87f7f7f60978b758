"""Cover is for the parent who walks in: a plain screen, no passphrase for 60 seconds.

Then the lock.
"""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.words import _

BACK_MS: Final = 60_000


class CoverPage(QWidget):
    """Nothing about anybody."""

    uncovered = Signal()
    expired = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("work")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Covered"))
        words = PlainLabel("", "muted", wrap=True, object_name="cover-words")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words = words
        self.back = button(
            _("Show again"), icon="eye", key=key_words("cover"), object_name="uncover"
        )
        self.back.clicked.connect(self.uncover)
        logo = row(None, Glyph("shield-check", "muted", 48), None)
        self.setLayout(col(None, logo, words, 8, row(None, self.back, None), None, spacing=10))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BACK_MS)
        self._timer.timeout.connect(self.expired)

    def cover(self, *, why: str = "") -> None:
        """Starts the minute.

        Args:
            why: a sentence when the program covered by itself, such as a second screen.
        """
        within = _("Press {key} within a minute, or unlock after that.").format(
            key=key_words("cover")
        )
        self.words.setText(f"{why} {within}".strip())
        self._timer.start()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Back, without a passphrase, while the minute lasts."""
        if self._timer.isActive():
            self._timer.stop()
            self.uncovered.emit()

    def expire(self) -> None:
        """The minute is over."""
        self._timer.stop()
        self.expired.emit()
