"""Choosing one of many by typing: a line and its matches, in our own order.

Never a long combo box.
"""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.ui.ranking import Pick, best, fold, rank
from schoolsafe.ui.widgets.fields import TextField

__all__ = ["Pick", "Picker", "best", "fold", "rank"]


class _Matches(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.picks: tuple[Pick, ...] = ()

    def show_picks(self, picks: tuple[Pick, ...]) -> None:
        self.beginResetModel()
        self.picks = picks
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.picks)

    @override
    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        shown = {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }
        return self.picks[index.row()].line if role in shown else None


class Picker(QWidget):
    """A line that offers matches. Enter takes the first; what was typed stays if nothing fits."""

    picked = Signal(object)
    """The Pick a person chose."""
    typed = Signal(str)

    def __init__(
        self,
        find: Callable[[str], tuple[Pick, ...]],
        *,
        spoken: str,
        hint: str = "",
        object_name: str = "picker",
    ) -> None:
        """The line.

        Args:
            find: at most eight picks for what was typed, best first (``best`` over a list will do).
            spoken: the question, for a screen reader.
            hint: shown while it is empty.
            object_name: for tests.
        """
        super().__init__()
        self._find = find
        self._pick: Pick | None = None
        self.edit = TextField(spoken=spoken, hint=hint, object_name=object_name)
        self._model = _Matches()
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = QListView()
        popup.setObjectName("completions")
        popup.setAccessibleName(spoken)
        self._completer.setPopup(popup)
        self._popup = popup
        self.edit.setCompleter(self._completer)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit)
        self.setLayout(layout)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._typed)
        popup.clicked.connect(self._activated)
        self.edit.installEventFilter(self)
        popup.installEventFilter(self)

    def pick(self) -> Pick | None:
        """What was chosen, or None if the words were only typed."""
        return self._pick

    def text(self) -> str:
        """The words as they stand."""
        return self.edit.text().strip()

    def set_pick(self, pick: Pick | None) -> None:
        """Shows a choice; says nothing."""
        self._pick = pick
        self.edit.setText(pick.line if pick else "")
        self.edit.setCursorPosition(0)

    def set_text(self, words: str) -> None:
        """Words that were typed before, nothing chosen."""
        self._pick = None
        self.edit.setText(words)

    def matches(self) -> tuple[Pick, ...]:
        """What is on offer now."""
        return self._model.picks

    def mark_error(self, *, wrong: bool) -> None:
        """The red border."""
        self.edit.mark_error(wrong=wrong)

    def refresh(self) -> None:
        """Looks again: the answer of a slow search came in."""
        if self.edit.hasFocus() and self._pick is None:
            self._offer(self.edit.text())

    def _typed(self, text: str) -> None:
        self._pick = None
        self._offer(text)
        self.typed.emit(text)

    def _offer(self, text: str) -> None:
        picks = self._find(text) if text.strip() else ()
        self._model.show_picks(picks)
        if picks:
            self._completer.complete()
        else:
            self._popup.hide()

    def _activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._model.picks):
            self._take(self._model.picks[index.row()])

    def _take(self, pick: Pick) -> None:
        self.set_pick(pick)
        self._popup.hide()
        self.picked.emit(pick)

    def _take_first(self) -> bool:
        if self._pick is not None or not self._model.picks or not self.text():
            return False
        moved = self._popup.currentIndex() if self._popup.isVisible() else QModelIndex()
        self._take(self._model.picks[moved.row() if moved.isValid() else 0])
        return True

    @override
    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only widgets are watched
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self._take_first()
        ):
            return True
        return super().eventFilter(watched, event)
