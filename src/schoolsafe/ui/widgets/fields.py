"""Fields a person types into.

All let the program's keys through; only an undo that has something to undo keeps Ctrl+Z.
"""

from typing import Final, Literal

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from schoolsafe.ui.commands import window_keys
from schoolsafe.ui.theme import icons, style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel, repolish
from schoolsafe.words import _

UNDO: Final = "Ctrl+Z"
ICON_PX: Final = 16
ICON_ROOM: Final = 24


def mark_error(widget: QWidget, *, wrong: bool) -> None:
    """The red border of one field."""
    widget.setProperty("error", "true" if wrong else "false")
    repolish(widget)


def _left_to_window(event: QEvent, *, can_undo: bool) -> bool:
    """Whether a key belongs to the window although a text field would take it.

    On Linux a line edit takes Ctrl+K and Ctrl+E for itself, and every one takes Ctrl+Z with nothing
    to undo.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    pressed = QKeySequence(event.keyCombination()).toString(
        QKeySequence.SequenceFormat.PortableText
    )
    if pressed == UNDO:
        return not can_undo
    return pressed in window_keys()


class TextField(QLineEdit):
    """One line."""

    def __init__(
        self,
        value: str = "",
        *,
        spoken: str,
        hint: str = "",
        width: int = 0,
        icon: str = "",
        object_name: str = "",
    ) -> None:
        """One line.

        Args:
            value: what stands in it.
            spoken: its question, for a screen reader.
            hint: shown while it is empty; holds nothing that is nowhere else.
            width: fixed, in px at 100 % text; 0 takes what there is.
            icon: drawn at its left.
            object_name: for tests.
        """
        super().__init__(value)
        self.setPlaceholderText(hint)
        self.setAccessibleName(spoken)
        self.setCursorPosition(0)
        if object_name:
            self.setObjectName(object_name)
        self._icon, self._wide = icon, width
        self._fit()

    def mark_error(self, *, wrong: bool) -> None:
        """The red border."""
        mark_error(self, wrong=wrong)

    def looks_for_something(self) -> bool:
        """Whether it is a search with words in it: Esc clears them."""
        return self._icon == "search" and bool(self.text())

    def _fit(self) -> None:
        """Its width and the room for the icon, at the text size in use."""
        if self._wide:
            self.setFixedWidth(style.scale(self._wide))
        if self._icon:
            self.setTextMargins(style.scale(ICON_ROOM), 0, 0, 0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_icon"):
            self._fit()  # the palette and the help stay when the text size changes

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()  # a file belongs to the window, not as a path among the words
        else:
            super().dragEnterEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if _left_to_window(event, can_undo=self.isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # why: Qt's own icon action does not grow with the text and is a button without a name.
        if self._icon:
            drawing = icons.pixmap(self._icon, "muted", ICON_PX)
            painter, px = QPainter(self), style.scale(ICON_PX)
            painter.drawPixmap(style.scale(9), (self.height() - px) // 2, drawing)
            painter.end()


class LongText(QPlainTextEdit):
    """Several lines, at least five. Tab leaves it; the system's dictation works in it."""

    left = Signal()
    """The focus went elsewhere: time to keep the draft."""

    def __init__(
        self,
        value: str = "",
        *,
        spoken: str,
        hint: str = "",
        lines: int = 5,
        object_name: str = "",
    ) -> None:
        """Several lines.

        Args:
            value: what stands in it.
            spoken: its question, for a screen reader.
            hint: shown while it is empty.
            lines: lines shown at once, five or more for narrative.
            object_name: for tests.
        """
        super().__init__(value)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        if object_name:
            self.setObjectName(object_name)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * lines + style.scale(22))
        self.setMaximumHeight(self.fontMetrics().lineSpacing() * max(lines, 8) + style.scale(22))

    def text(self) -> str:
        """The words."""
        return self.toPlainText()

    def mark_error(self, *, wrong: bool) -> None:
        """The red border."""
        mark_error(self, wrong=wrong)

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    @override
    def event(self, event: QEvent) -> bool:
        if _left_to_window(event, can_undo=self.document().isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class PassphraseField(QWidget):
    """A passphrase: paste works, Show shows it, Caps Lock is said in the warn ink.

    Not as an error.
    """

    submitted = Signal()
    changed = Signal(str)

    def __init__(self, *, spoken: str = "", object_name: str = "passphrase") -> None:
        super().__init__()
        self.edit = TextField(spoken=spoken or _("Passphrase"), object_name=object_name)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.show_button = button(
            _("Show"), icon="eye", spoken=_("Show the passphrase"), object_name="show-passphrase"
        )
        self.caps = PlainLabel("", "warn", object_name="caps-lock", wrap=True)
        self._caps_row = QWidget()
        self._caps_row.setLayout(
            row(Glyph("triangle-alert", "warn", 16), (self.caps, 1), spacing=6)
        )
        self._caps_row.hide()
        self._last_letter = ""
        self.setLayout(col(row((self.edit, 1), self.show_button), self._caps_row, spacing=6))
        self.setFocusProxy(self.edit)
        self.show_button.clicked.connect(self._toggle)
        self.edit.returnPressed.connect(self.submitted)
        self.edit.textEdited.connect(self._typed)
        self.edit.textChanged.connect(self.changed)

    def text(self) -> str:
        """The passphrase as typed; spaces count."""
        return self.edit.text()

    def clear(self) -> None:
        """Empties it and forgets how it was typed, so that Ctrl+Z brings nothing back."""
        self.edit.setText("")

    def set_shown(self, *, shown: bool) -> None:
        """Plain letters or dots."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        if shown:
            self.show_button.set_words(_("Hide"), spoken=_("Hide the passphrase"))
        else:
            self.show_button.set_words(_("Show"), spoken=_("Show the passphrase"))
        self.show_button.set_icon("eye-off" if shown else "eye")

    def _toggle(self) -> None:
        self.set_shown(shown=self.edit.echoMode() == QLineEdit.EchoMode.Password)

    def _typed(self, text: str) -> None:
        place = self.edit.cursorPosition()
        letter = text[place - 1 : place]
        shift = bool(QGuiApplication.queryKeyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.note_letter(letter, shift=shift)

    def note_letter(self, letter: str, *, shift: bool) -> None:
        """Says Caps Lock when a letter came out as a capital without Shift, or small with it.

        Qt tells nobody the state of the lock; what a typed letter looks like does.
        """
        if not letter.isalpha() or letter.lower() == letter.upper():
            return
        self.show_caps(on=letter.isupper() != shift)

    def show_caps(self, *, on: bool) -> None:
        """The words, or nothing."""
        self.caps.setText(_("Caps Lock is on") if on else "")
        self._caps_row.setVisible(on)


class Question(QWidget):
    """A heading, an optional hint, the error words, and the field: the order of every form."""

    def __init__(
        self,
        words: str,
        field: QWidget,
        *,
        hint: str = "",
        role: Literal["h2", "h3"] = "h3",
    ) -> None:
        super().__init__()
        self.field = field
        self.heading = PlainLabel(words, role, wrap=True)
        self.heading.setBuddy(field)
        self.error = PlainLabel("", "danger", wrap=True)
        self.error.hide()
        parts: list[QWidget] = [self.heading]
        if hint:
            parts.append(PlainLabel(hint, "muted", wrap=True))
        self.setLayout(col(*parts, self.error, field, spacing=6))

    def show_error(self, words: str) -> None:
        """The same words as in the summary, beside the field; nothing takes them away."""
        self.error.setText(words)
        self.error.setVisible(bool(words))
        self.field.setAccessibleDescription(words)
        mark_error(self.field, wrong=bool(words))
