"""The list of a pane: rows of one child or thing each, under headings with counts.

One column, one sentence a row for a screen reader, the ring on the row, a name never cut, at most
one coloured word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from schoolsafe.ui.theme import icons, style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets import paint
from schoolsafe.ui.widgets.paint import Index
from schoolsafe.words import _

ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Heading:
    """A group's name and count. With a key it can be chosen and opened, such as a folded group."""

    words: str
    count: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    key: str
    title: str
    """The name as known. Wraps, never cut."""
    about: str = ""
    """What and when, at most 45 letters; may be elided.

    And is then in the tooltip and the sentence.
    """
    state: str = ""
    """At most one, in words; takes a line of its own rather than cut anything."""
    tone: Ink = "muted"
    icon: str = ""
    kind: str = ""
    """What the icon means, spoken."""
    unread: bool = False
    gone: bool = False
    """The record vanished meanwhile: a quiet line that cannot be chosen."""

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        parts = (_("New") if self.unread else "", self.title, self.kind, self.about, self.state)
        return ". ".join(part for part in parts if part) + "."


Line = Row | Heading


class RowModel(QAbstractListModel):
    """Frozen rows and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def line(self, index: Index) -> Line | None:
        """The row or heading there."""
        return self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None

    def place_of(self, key: str) -> int | None:
        """Where a key stands."""
        return next((n for n, line in enumerate(self.lines) if key and line.key == key), None)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == ROW:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words if isinstance(line, Heading) else line.title
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._said(line, role)
        return None

    @staticmethod
    def _said(line: Line, role: int) -> str:
        if isinstance(line, Heading):
            return f"{line.words}, {line.count}" if line.count else line.words
        tip = role == Qt.ItemDataRole.ToolTipRole
        return paint.plain_tip(line.sentence) if tip else line.sentence

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index)
        quiet = line.gone if isinstance(line, Row) else not (line and line.key)
        if quiet:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowDelegate(QStyledItemDelegate):
    """Draws a row.

    Every length comes from the font in use, so 200 % text needs no second layout.
    """

    def _width(self, option: QStyleOptionViewItem) -> int:
        return paint.view_width(option) - style.scale(62)

    def _below(self, font: QFont, row: Row, width: int) -> bool:
        wide = QFontMetrics(font).horizontalAdvance(row.about)
        wide += QFontMetrics(paint.bold(font)).horizontalAdvance(row.state) + style.scale(12)
        return bool(row.state and row.about) and wide > width

    def _heights(self, option: QStyleOptionViewItem, row: Row) -> tuple[int, int, int]:
        """Title, about, state: px each, the state only where it has a line of its own."""
        font, width = option.font, self._width(option)
        one = QFontMetrics(font).height()
        title = paint.height(paint.bold(font), row.title, width)
        second = one if row.about or row.state else 0
        below = self._below(font, row, width)
        return title, second, paint.height(paint.bold(font), row.state, width) if below else 0

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, line: Heading) -> None:
        area = QRectF(option.rect).adjusted(style.scale(6), 0, -style.scale(6), 0)
        if line.key:
            paint.draw_ground(painter, option, area)
        painter.setFont(paint.bold(paint.small(option.font)))
        painter.setPen(style.colour("muted"))
        rect = option.rect.adjusted(style.scale(16), 0, -style.scale(18), -style.scale(4))
        painter.drawText(rect, Qt.AlignmentFlag.AlignBottom, line.words)
        side = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect, side, line.count)

    def _icon(self, painter: QPainter, row: Row, *, x: int, y: int, ink: Ink) -> None:
        if row.icon:
            painter.drawPixmap(x, y + 1, icons.pixmap(row.icon, ink, 18))
        if row.unread:  # a dot and the word "New" in the sentence
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("warn" if style.contrast() else "primary"))
            dot = style.scale(8)
            painter.drawEllipse(QRectF(x + style.scale(13), y - style.scale(2), dot, dot))

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        area = QRectF(option.rect).adjusted(style.scale(6), 1.5, -style.scale(6), -1.5)
        chosen = paint.draw_ground(painter, option, area)
        font, width = option.font, self._width(option)
        title, second, third = self._heights(option, row)
        x, y = int(area.left()) + style.scale(12), int(area.top()) + style.scale(8)
        ink: Ink = "sel_text" if chosen else "muted" if row.gone else "text"
        quiet: Ink = "sel_text" if chosen else "muted"
        self._icon(painter, row, x=x, y=y, ink=quiet)
        x += style.scale(28)
        painter.setFont(paint.bold(font))
        painter.setPen(style.colour(ink))
        how = paint.wrapping(paint.bold(font), row.title, width)
        painter.drawText(QRect(x, y, width, title), how, row.title)
        y += title
        painter.setFont(font)
        painter.setPen(style.colour(quiet))
        upright = Qt.AlignmentFlag.AlignVCenter
        about = QFontMetrics(font).elidedText(row.about, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(x, y, width, second), upright, about)
        if row.state:
            side = (
                Qt.AlignmentFlag.AlignRight
                if row.about and not third
                else Qt.AlignmentFlag.AlignLeft
            )
            painter.setFont(paint.bold(font))
            painter.setPen(style.colour("sel_text" if chosen else row.tone))
            place = QRect(x, y + (second if third else 0), width, third or second)
            wrap = Qt.TextFlag.TextWordWrap if third else Qt.TextFlag.TextSingleLine
            painter.drawText(place, side | upright | wrap, row.state)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, one = index.data(ROW), option.fontMetrics.height()
        if isinstance(line, Heading):
            return QSize(100, one + style.scale(18 if index.row() else 8))
        if not isinstance(line, Row):
            return QSize(100, one)
        return QSize(100, sum(self._heights(option, line)) + style.scale(19))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._heading(painter, option, line)
        elif isinstance(line, Row):
            self._row(painter, option, line)
        painter.restore()


class ListView(QListView):
    """A one-column list: smooth scrolling, batched layout, heights follow the width."""

    def __init__(self, *, spoken: str, object_name: str) -> None:
        super().__init__()
        self.setAccessibleName(spoken)
        self.setObjectName(object_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(100)
        self.setMouseTracking(True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()


class RowList(ListView):
    """Rows a person moves through."""

    chosen = Signal(str)
    """The current row changed, by key or mouse or because rows came: its key."""
    opened = Signal(str)
    """Enter or a double click on a row: its key."""
    spaced = Signal(str)
    """Space on a row: its key."""

    def __init__(self, *, spoken: str, object_name: str = "rows") -> None:
        super().__init__(spoken=spoken, object_name=object_name)
        self.rows = RowModel()
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.doubleClicked.connect(self._double)
        self._quiet = False

    def show_rows(self, lines: Sequence[Line]) -> None:
        """Other rows.

        The current one stays if it is still there; ``chosen`` is not said again for it.
        """
        key, scrolled = self.current_key(), self.verticalScrollBar().value()
        self._quiet = True
        self.rows.show_lines(lines)
        place = self.rows.place_of(key)
        if place is not None:
            self.setCurrentIndex(self.rows.index(place))
            self.verticalScrollBar().setValue(scrolled)
        self._quiet = False

    def current_key(self) -> str:
        """The key of the current row, or nothing."""
        line = self.rows.line(self.currentIndex())
        return line.key if line is not None else ""

    def select(self, key: str) -> bool:
        """Makes a row the current one; False if it is not there."""
        place = self.rows.place_of(key)
        if place is None:
            return False
        self.setCurrentIndex(self.rows.index(place))
        self.scrollTo(self.currentIndex())
        return True

    def clear_current(self) -> None:
        """No row is the current one; says nothing."""
        self._quiet = True
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()
        self._quiet = False

    def select_first(self) -> bool:
        """The first row that can be chosen and is not a heading."""
        for line in self.rows.lines:
            if isinstance(line, Row) and not line.gone:
                return self.select(line.key)
        return False

    def key_after(self, key: str) -> str:
        """The row after this one, else the one before, else nothing: "open next"."""
        keys = [x.key for x in self.rows.lines if isinstance(x, Row) and not x.gone]
        if key not in keys:
            return keys[0] if keys else ""
        place = keys.index(key)
        rest = keys[place + 1 :] or keys[:place][::-1]
        return rest[0] if rest else ""

    def _double(self, index: QModelIndex) -> None:
        line = self.rows.line(index)
        if line is not None and line.key:
            self.opened.emit(line.key)

    @override
    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # stub also allows persistent ones
        super().currentChanged(current, previous)
        line = self.rows.line(current)
        if line is not None and line.key and not self._quiet:
            self.chosen.emit(line.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if key and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(key)
            return
        if key and event.key() == Qt.Key.Key_Space:
            self.spaced.emit(key)
            return
        super().keyPressEvent(event)
