"""While something is dragged over it, the whole window is the target: files, folders, mail, words.

A link is never followed, a picture never decoded: bytes go as they are to the reader behind its wall.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from schoolsafe.ui import mail_formats
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

PASTED: Final = "pasted"
"""The name of what has none."""


def files_in(mime: QMimeData) -> tuple[Path, ...]:
    """The local files and folders somebody drags; no link counts."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def copied() -> tuple[tuple[Path, ...], tuple[tuple[str, bytes], ...]]:
    """What the clipboard holds: files, or else messages and words."""
    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if mime is None:  # an empty clipboard has none
        return (), ()
    paths = files_in(mime)
    return paths, () if paths else brought_in(mime)


def brought_in(mime: QMimeData) -> tuple[tuple[str, bytes], ...]:
    """Messages and words handed over as bytes, with a name to show: by Outlook, Thunderbird, or a copy."""
    if promised := _promised(mime):
        return promised
    if data := _bytes(mime, mail_formats.MESSAGE):
        return ((PASTED, data),)
    if mime.hasUrls():
        return ()
    if mime.hasFormat(mail_formats.WORDS) and mail_formats.is_message(mime.text()):
        return ((PASTED, mime.text().encode("utf-8", "replace")),)
    others = (*mail_formats.RICH, mail_formats.PAGE, *mail_formats.PICTURES)
    return next(((((PASTED, data)),) for kind in others if (data := _bytes(mime, kind))), ())


def _promised(mime: QMimeData) -> tuple[tuple[str, bytes], ...]:
    """The files that a mail program promises; only those whose bytes it really hands over."""
    found: list[tuple[str, bytes]] = []
    for number, name in enumerate(mail_formats.promised(_bytes(mime, mail_formats.GROUP))):
        data = _bytes(mime, f"{mail_formats.CONTENTS};index={number}")
        if not data and number == 0:
            data = _bytes(mime, mail_formats.CONTENTS)
        if data:
            found.append((name, data))
    return tuple(found)


def _bytes(mime: QMimeData, kind: str) -> bytes:
    return bytes(mime.data(kind).data())


def empty_drop_words() -> str:
    """For a drop that carried nothing: the new Outlook is a web page and hands over no message."""
    return _(
        "Outlook did not hand over the message. Choose Save as in Outlook, then drop the file."
    )


class DropZone(QObject):
    """Watches a window for what is dropped on it."""

    dropped = Signal(object)
    """A tuple of paths."""
    brought = Signal(object)
    """A tuple of names with bytes: mail and words that are no file yet."""
    refused = Signal(str)
    """A sentence: what was dropped held nothing."""

    def __init__(self, host: QWidget, words: str = "", *, takes_words: bool = False) -> None:
        """Watches ``host``.

        Args:
            host: the whole window.
            words: shown while something is dragged over it.
            takes_words: whether mail and words count, and not only files.
        """
        super().__init__(host)
        self._host = host
        self._takes_words = takes_words
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
        mime = event.mimeData()
        if paths := files_in(mime):
            self.dropped.emit(paths)
        elif self._takes_words and (brought := brought_in(mime)):
            self.brought.emit(brought)
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
