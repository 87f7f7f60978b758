"""The picture of a page that holds no text, as wide as its place; larger on demand.

Only pictures that our own reader drew anew come here (services.original), never a file as it was received.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from schoolsafe.ui.widgets.layout import clear, col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class PagePicture(QWidget):
    """One page."""

    def __init__(self, png: bytes, spoken: str) -> None:
        """Shows a page.

        Args:
            png: the picture.
            spoken: what a screen reader says: that it is a picture, and of which page.
        """
        super().__init__()
        self._picture = QImage()
        self._picture.loadFromData(png, "PNG")
        self.setObjectName("page-picture")
        self.setAccessibleName(spoken)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def is_drawn(self) -> bool:
        """Whether there is anything to see."""
        return not self._picture.isNull()

    def _tall(self, width: int) -> int:
        picture = self._picture
        return round(width * picture.height() / max(1, picture.width()))

    @override
    def heightForWidth(self, width: int) -> int:
        return self._tall(min(width, self._picture.width()))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._picture.width(), self._picture.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._tall(200))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        width = min(self.width(), self._picture.width())
        shown = QSize(width, self._tall(width)) * self.devicePixelRatioF()
        scaled = self._picture.scaled(
            shown, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawImage(0, 0, scaled)
        painter.end()


class Pages(QWidget):
    """The pages of one message, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = col(spacing=8)
        self.setLayout(self._column)
        self.hide()

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Other pages."""
        clear(self._column)
        for number, png in enumerate(pages, 1):
            words = _("Page {n} of {all}. It holds no text, only this picture.")
            told = words.format(n=number, all=len(pages))
            self._column.addWidget(PlainLabel(told, "muted", wrap=True))
            self._column.addWidget(PagePicture(png, told))
        self.setVisible(bool(pages))
