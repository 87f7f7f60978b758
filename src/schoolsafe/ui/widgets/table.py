"""A table a person moves through cell by cell: the batch view, import previews.

The dates behind a drawing.

The current cell is a ring, so that its ground stays visible; no coloured grids.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets import paint
from schoolsafe.ui.widgets.paint import Index

CELL = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in an ink; strong for the one thing that matters in its row."""

    words: str = ""
    tone: Ink = "text"
    strong: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row by its key."""

    key: str
    cells: tuple[Cell, ...]
    spoken: str = ""


class TableModel(QAbstractTableModel):
    """Frozen rows under fixed headings."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self.headings = tuple(headings)
        self.rows: tuple[TableRow, ...] = ()

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def cell(self, index: Index) -> Cell | None:
        """The cell there."""
        if not 0 <= index.row() < len(self.rows):
            return None
        cells = self.rows[index.row()].cells
        return cells[index.column()] if index.column() < len(cells) else Cell()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.headings)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cell(index)
        if cell is None:
            return None
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return paint.plain_tip(cell.words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headings[index.column()]}: {cell.spoken or cell.words}"
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class CellDelegate(QStyledItemDelegate):
    """Words that wrap, a hairline under each row, a ring round the current cell."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell: Cell = index.data(CELL)
        font = paint.bold(option.font) if cell.strong else option.font
        view = self.parent()
        wide = view.columnWidth(index.column()) if isinstance(view, QTableView) else 120
        room = max(1, wide - style.scale(18))
        tall = max(paint.height(font, cell.words, room), QFontMetrics(font).height())
        return QSize(
            QFontMetrics(font).horizontalAdvance(cell.words) + style.scale(18),
            tall + style.scale(12),
        )

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, style.colour("sel"))
        painter.setPen(QPen(style.colour("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(style.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -2.5), 5, 5)
        painter.setFont(paint.bold(option.font) if cell.strong else option.font)
        plain = chosen and cell.tone in {"text", "muted"}
        painter.setPen(style.colour("sel_text" if plain else cell.tone))
        room = QRect(rect).adjusted(style.scale(8), 0, -style.scale(8), 0)
        how = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, how, cell.words)
        painter.restore()


def shares(room: int, weights: Sequence[int], least: Sequence[int]) -> list[int]:
    """How columns share a width: by weight, each its least, the others giving up what that takes.

    Where even the least of all is too much, every column gets its least.
    """
    short: set[int] = set()
    while True:
        left = room - sum(least[n] for n in short)
        whole = sum(weight for n, weight in enumerate(weights) if n not in short)
        wide = [
            least[n] if n in short else left * weight // max(1, whole)
            for n, weight in enumerate(weights)
        ]
        more = {n for n in range(len(weights)) if wide[n] < least[n]}
        if not more:
            return wide
        short |= more


class Table(QTableView):
    """A table of words."""

    chosen = Signal(str)
    opened = Signal(str)
    spaced = Signal(str)

    def __init__(
        self,
        headings: Sequence[str],
        *,
        spoken: str,
        object_name: str = "table",
        weights: Sequence[int] = (),
    ) -> None:
        """The table.

        Args:
            headings: words over the columns.
            spoken: what the table holds.
            object_name: for tests.
            weights: how the columns share the width; all alike if empty.
        """
        super().__init__()
        self._weights = tuple(weights)
        self.setObjectName(object_name)
        self.setAccessibleName(spoken)
        self.rows = TableModel(headings)
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        how = QHeaderView.ResizeMode
        header.setSectionResizeMode(how.Fixed if weights else how.Stretch)
        header.setHighlightSections(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setMinimumSectionSize(style.scale(60))
        header.sectionResized.connect(lambda *_sizes: self.resizeRowsToContents())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Columns share the width, but none is narrower than its longest word.

        Where that is too much, the table scrolls sideways: a name or a state is never cut.
        """
        if not self._weights:
            return
        least = [self._least(column) for column in range(len(self._weights))]
        for column, wide in enumerate(shares(self.viewport().width(), self._weights, least)):
            self.horizontalHeader().resizeSection(column, wide)

    def _least(self, column: int) -> int:
        """Px that the longest word of a column needs."""
        plain = QFontMetrics(paint.bold(self.font()))
        cells = [row.cells[column].words for row in self.rows.rows if column < len(row.cells)]
        words = [word for cell in cells for word in cell.split()]
        words.append(self.rows.headings[column])
        return max(plain.horizontalAdvance(word) for word in words) + style.scale(20)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Other rows; the current cell stays where its key still is."""
        key, column = self.current_key(), max(0, self.currentIndex().column())
        self.rows.show_rows(rows)
        self._share()
        for n, line in enumerate(self.rows.rows):
            if key and line.key == key:
                self.setCurrentIndex(self.rows.index(n, column))

    def current_key(self) -> str:
        """The key of the current row, or nothing."""
        n = self.currentIndex().row()
        return self.rows.rows[n].key if 0 <= n < len(self.rows.rows) else ""

    def select(self, key: str) -> bool:
        """Makes a row the current one."""
        for n, line in enumerate(self.rows.rows):
            if line.key == key:
                self.setCurrentIndex(self.rows.index(n, max(0, self.currentIndex().column())))
                return True
        return False

    @override
    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # stub also allows persistent ones
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(self.current_key())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if key and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(key)
        elif key and event.key() == Qt.Key.Key_Space:
            self.spaced.emit(key)
        else:
            super().keyPressEvent(event)
