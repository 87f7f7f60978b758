"""The GOV.UK error summary: "There is a problem", focus, links to each field.

The same words beside the field.

Checks run on Save, not while typing; nothing typed is lost; the heading is announced; the window
title gains "Error: ".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import clear, col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


@dataclass(frozen=True, slots=True)
class FormError:
    """What to do, and the field to do it in."""

    words: str
    field: QWidget


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
            link = button(error.words, kind="errorlink")
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
