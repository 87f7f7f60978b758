"""Rows of one line for the palette: name, what tells it apart, and a word at the right.

A name is still never cut.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from schoolsafe.ui.theme import icons, style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets import paint
from schoolsafe.ui.widgets.paint import Index
from schoolsafe.ui.widgets.row_list import ROW, Row, RowDelegate


class LineDelegate(RowDelegate):
    """Headings as in other lists; rows on one line where they fit.

    Else with the second part below.
    """

    def _room(self, option: QStyleOptionViewItem, row: Row) -> int:
        right = QFontMetrics(option.font).horizontalAdvance(row.state)
        return self._width(option) - (right + style.scale(12) if right else 0)

    def _one_line(self, option: QStyleOptionViewItem, row: Row) -> bool:
        wide = QFontMetrics(paint.bold(option.font)).horizontalAdvance(row.title)
        wide += QFontMetrics(option.font).horizontalAdvance(row.about) + style.scale(8)
        return wide <= self._room(option, row)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return super().sizeHint(option, index)
        tall = paint.height(paint.bold(option.font), row.title, self._room(option, row))
        if row.about and not self._one_line(option, row):
            tall += QFontMetrics(option.font).height()
        return QSize(100, tall + style.scale(14))

    @override
    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        area = QRectF(option.rect).adjusted(style.scale(2), 1, -style.scale(2), -1)
        chosen = paint.draw_ground(painter, option, area)
        ink: Ink = "sel_text" if chosen else "text"
        quiet: Ink = "sel_text" if chosen else "muted"
        one = QFontMetrics(option.font).height()
        x, y = int(area.left()) + style.scale(12), int(area.top()) + style.scale(6)
        if row.icon:
            painter.drawPixmap(x, y, icons.pixmap(row.icon, quiet, 18))
        x += style.scale(30)
        room = self._room(option, row)
        tall = paint.height(paint.bold(option.font), row.title, room)
        painter.setFont(paint.bold(option.font))
        painter.setPen(style.colour(ink))
        painter.drawText(QRect(x, y, room, tall), Qt.TextFlag.TextWordWrap, row.title)
        beside = QFontMetrics(paint.bold(option.font)).horizontalAdvance(row.title) + style.scale(8)
        painter.setFont(option.font)
        painter.setPen(style.colour(quiet))
        at = QRect(x + beside, y, room - beside, one)
        if not self._one_line(option, row):
            at = QRect(x, y + tall, room, one)
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, row.about)
        right = QRect(int(area.left()), y, int(area.width()) - style.scale(14), one)
        painter.drawText(
            right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.state
        )
