"""The GOV.UK error summary: "There is a problem", focus, links to each field.

The same words beside the field.

Checks run on Save, not while typing; nothing typed is lost; the heading is announced; the window
title gains "Error: ".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets import paint
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.layout import clear, col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

LINK = 28
"""Px at 100 % text: the least height of a link."""


@dataclass(frozen=True, slots=True)
class FormError:
    """What to do, and the field to do it in."""

    words: str
    field: QWidget


class ErrorLink(QAbstractButton):
    """A link that wraps: a push button would make the whole page as wide as its longest sentence."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _font(self) -> QFont:
        font = paint.bold(self.font())
        font.setUnderline(True)
        return font

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(
            style.scale(LINK), paint.height(self._font(), self.text(), width) + style.scale(6)
        )

    @override
    def sizeHint(self) -> QSize:
        width = self.width() if self.isVisible() else style.scale(400)
        return QSize(style.scale(180), self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.scale(120), style.scale(LINK))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(style.colour("danger"))
        if self.hasFocus():
            painter.fillRect(self.rect(), style.colour("sel"))
            edge, tall = style.colour("focus"), 2
            painter.fillRect(QRect(0, 0, self.width(), tall), edge)
            painter.fillRect(QRect(0, self.height() - tall, self.width(), tall), edge)
            painter.setPen(style.colour("sel_text"))
        how = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), how, self.text())
        painter.end()


class ErrorSummary(QFrame):
    """The box over a form. Hidden while there is nothing wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("errors")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lines = col(spacing=2)
        heading = PlainLabel(_("There is a problem"), "h2")
        self.setLayout(col(heading, self._lines, margins=(16, 12, 16, 12), spacing=6))
        self.hide()

    def show_errors(self, errors: Sequence[FormError]) -> None:
        """Shows what is wrong and takes the focus; none hides the box."""
        clear(self._lines)
        self._title(wrong=bool(errors))
        self.setVisible(bool(errors))
        for error in errors:
            link = ErrorLink(error.words)
            link.clicked.connect(lambda _on=False, e=error: _go(e.field))
            self._lines.addWidget(link)
        if errors:
            words = _("There is a problem. {list}").format(list=". ".join(e.words for e in errors))
            self.setAccessibleName(words)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, words)

    def _title(self, *, wrong: bool) -> None:
        window, prefix = self.window(), _("Error: ")
        title = window.windowTitle().removeprefix(prefix)
        window.setWindowTitle((prefix if wrong else "") + title)


def _go(field: QWidget) -> None:
    field.setFocus(Qt.FocusReason.OtherFocusReason)
