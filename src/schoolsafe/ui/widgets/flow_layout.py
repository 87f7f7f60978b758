"""A row of buttons that wraps when words get longer: 200 % text, or another language.

A plain row of buttons cuts them off without a sign. Use this for every row of chips and buttons.
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override

from schoolsafe.ui.theme import style


class FlowLayout(QLayout):
    """Places widgets side by side and starts a new line where the next does not fit."""

    def __init__(self, *widgets: QWidget, spacing: int = 8) -> None:
        """A row that wraps.

        Args:
            widgets: in reading order.
            spacing: px at 100 % text, across and down.
        """
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(style.scale(spacing))
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def _place(self, room: QRect, *, move: bool) -> int:
        y = room.y()
        for n, line in enumerate(self._lines(room.width())):
            y += self.spacing() if n else 0
            x, tall = room.x(), max(size.height() for _item, size in line)
            for item, size in line:
                if move:  # a small word beside a heading stands on its line, not at its top
                    item.setGeometry(QRect(QPoint(x, y + tall - size.height()), size))
                x += size.width() + self.spacing()
            y += tall
        return y - room.y()

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            wide = min(hint.width(), room) if room > 0 else hint.width()
            if not lines or used + wide > room:
                lines.append([])
                used = 0
            lines[-1].append((item, QSize(wide, hint.height())))
            used += wide + self.spacing()
        return lines

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            widget = item.widget()
            if widget is None or not widget.isHidden():
                size = size.expandedTo(item.minimumSize())
        return size


def flow(*widgets: QWidget, spacing: int = 8) -> QWidget:
    """A widget that holds such a row."""
    holder = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    holder.setLayout(FlowLayout(*widgets, spacing=spacing))
    return holder
