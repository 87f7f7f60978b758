"""The one place that opens dialogs of the system: files to open and save, and the rare question.

Left to others: messages (banner, toast) and form errors (error summary). Tests use scripted answers
instead.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from schoolsafe.ui.seams import FileKind
from schoolsafe.words import _


def _filters(kinds: Sequence[FileKind]) -> str:
    rows = [f"{kind.words} ({' '.join(kind.patterns)})" for kind in kinds]
    return ";;".join([*rows, _("All files (*)")])


class SystemDialogs:
    """Dialogs over one window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent

    def set_parent(self, parent: QWidget) -> None:
        """The window they belong to."""
        self._parent = parent

    def open_files(
        self, title: str, kinds: Sequence[FileKind] = (), *, many: bool = False
    ) -> tuple[Path, ...]:
        """Files a person chose, or none."""
        filters = _filters(kinds)
        if many:
            names, _used = QFileDialog.getOpenFileNames(self._parent, title, "", filters)
            return tuple(Path(name) for name in names)
        name, _used = QFileDialog.getOpenFileName(self._parent, title, "", filters)
        return (Path(name),) if name else ()

    def open_folder(self, title: str) -> Path | None:
        """A folder a person chose, or None."""
        name = QFileDialog.getExistingDirectory(self._parent, title)
        return Path(name) if name else None

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """Where to save, or None; the system asks before a file is replaced."""
        name, _used = QFileDialog.getSaveFileName(self._parent, title, suggested, _filters(kinds))
        return Path(name) if name else None

    def ask(self, title: str, words: str, *, do: str, leave: str) -> bool:
        """True for ``do``. Esc and Enter leave."""
        box = QMessageBox(self._parent)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(words)
        yes = box.addButton(do, QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(leave, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.exec()
        return box.clickedButton() is yes
