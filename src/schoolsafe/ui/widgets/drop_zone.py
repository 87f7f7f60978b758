"""While files are dragged over it, the whole window is the target.

Only files are taken, never links or pictures.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


def files_in(mime: QMimeData) -> tuple[Path, ...]:
    """The local files somebody drags; nothing else counts."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def empty_drop_words() -> str:
    """For a drop that carried nothing: the new Outlook is a web page and hands over no message."""
    return _(
        "Outlook did not hand over the message. Choose Save as in Outlook, then drop the file."
    )


class DropZone(QObject):
    """Watches a window for files."""

    dropped = Signal(object)
    """A tuple of paths."""
    refused = Signal(str)
    """A sentence: what was dropped held no file."""

    def __init__(self, host: QWidget, words: str = "") -> None:
        """Watches ``host``.

        Args:
            host: the whole window.
            words: shown while something is dragged over it.
        """
        super().__init__(host)
        self._host = host
        self._cover = QFrame(host)
        self._cover.setObjectName("drop-cover")
        label = PlainLabel(words or _("Drop mail or files anywhere here"), "h2")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cover.setLayout(col(label))
        self._cover.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cover.hide()
        host.setAcceptDrops(True)
        host.installEventFilter(self)

    def is_open(self) -> bool:
        """Whether something is being dragged over the window."""
        return self._cover.isVisible()

    def _entered(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        event.setDropAction(
            Qt.DropAction.CopyAction
        )  # never moved: the original stays with its owner
        event.accept()
        edge = style.scale(12)
        self._cover.setGeometry(self._host.rect().adjusted(edge, edge, -edge, -edge))
        self._cover.show()
        self._cover.raise_()

    def _dropped(self, event: QDropEvent) -> None:
        self._cover.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        paths = files_in(event.mimeData())
        if paths:
            self.dropped.emit(paths)
        else:
            self.refused.emit(empty_drop_words())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragMoveEvent):  # enter is a kind of move
            self._entered(event)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._cover.hide()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._dropped(event)
            return True
        return super().eventFilter(watched, event)
