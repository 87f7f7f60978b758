"""A child's chronology: date column, month headings, words, both dates.

Corrections struck through, origin by a band.

Nothing is hidden: what was corrected stays, struck through, with who and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from schoolsafe.ui.theme import icons, style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets import paint
from schoolsafe.ui.widgets.paint import Index
from schoolsafe.ui.widgets.row_list import ListView
from schoolsafe.words import _

ENTRY = Qt.ItemDataRole.UserRole
FIRST_OF_MONTH = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class ChronologyRow:
    """One entry, in words ready to be shown."""

    key: str
    day: str
    """Such as "Sat 7"."""
    month: str
    """Such as "November 2026": a heading where it changes."""
    time: str
    """Such as "10:40pm" or "Night", or nothing."""
    title: str
    words: str
    icon: str = "file-text"
    kind: str = ""
    """What the icon means, spoken before the title."""
    who: str = ""
    second_date: str = ""
    """Such as "Received Mon 9 Nov, 7:12am" or "Corrected Thu 5 Nov: wrong date"."""
    struck: str = ""
    """Earlier words that a correction replaced."""
    source: str = ""
    """Where an imported entry came from."""
    hot: bool = False
    """A police notification or a danger."""

    @property
    def tail(self) -> str:
        """The last line."""
        return "  ·  ".join(part for part in (self.source, self.who, self.second_date) if part)

    @property
    def short_day(self) -> str:
        """Such as "Sat 7 Nov"."""
        return f"{self.day} {self.month[:3]}"

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        when = ", ".join(part for part in (f"{self.day} {self.month}", self.time) if part)
        named = self.kind and not self.title.startswith(self.kind)
        what = f"{self.kind}: {self.title}" if named else self.title
        struck = _("Earlier words, struck out: {words}").format(words=self.struck)
        parts = [when, what, self.words.rstrip(".")]
        parts += [struck] if self.struck else []
        parts += [part for part in (self.second_date, self.source) if part]
        parts += [_("By {who}").format(who=self.who)] if self.who else []
        return ". ".join(part for part in parts if part) + "."


class ChronologyModel(QAbstractListModel):
    """Frozen rows, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[ChronologyRow, ...] = ()

    def show_entries(self, entries: Sequence[ChronologyRow]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.entries):
            return None
        entry, n = self.entries[index.row()], index.row()
        if role == ENTRY:
            return entry
        if role == FIRST_OF_MONTH:
            return n == 0 or self.entries[n - 1].month != entry.month
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.sentence
        return None


@dataclass(frozen=True, slots=True)
class _Heights:
    head: int
    title: int
    words: int
    struck: int
    tail: int

    @property
    def total(self) -> int:
        return self.head + self.title + self.words + self.struck + self.tail


class ChronologyDelegate(QStyledItemDelegate):
    """Draws an entry, wide or compact."""

    def __init__(self, parent: ListView, *, compact: bool) -> None:
        super().__init__(parent)
        self.compact = compact
        self._known: dict[tuple[int, int, str], _Heights] = {}

    def forget(self) -> None:
        """Other rows: nothing that was measured holds any more."""
        self._known.clear()

    def _left(self) -> int:
        return style.scale(42 if self.compact else 184)

    def _width(self, option: QStyleOptionViewItem) -> int:
        return max(style.scale(100), paint.view_width(option) - self._left() - style.scale(20))

    def _title_width(self, option: QStyleOptionViewItem, entry: ChronologyRow) -> int:
        if not self.compact:
            return self._width(option)
        date = QFontMetrics(option.font).horizontalAdvance(entry.short_day) + style.scale(8)
        return self._width(option) - date

    def _measure(self, option: QStyleOptionViewItem, index: Index) -> _Heights:
        """How tall its parts are; measured once for each width and font, since a page asks for it many times."""
        key = (index.row(), self._width(option), option.font.key())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._measured(option, index)
        return known

    def _measured(self, option: QStyleOptionViewItem, index: Index) -> _Heights:
        entry: ChronologyRow = index.data(ENTRY)
        font, width = option.font, self._width(option)
        first = bool(index.data(FIRST_OF_MONTH)) and not self.compact
        return _Heights(
            head=QFontMetrics(font).height() + style.scale(16) if first else 0,
            title=paint.height(paint.bold(font), entry.title, self._title_width(option, entry)),
            words=paint.height(font, entry.words, width),
            struck=paint.height(font, entry.struck, width),
            tail=0 if self.compact else paint.height(paint.small(font), entry.tail, width),
        )

    def _dates(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        entry: ChronologyRow,
        *,
        top: int,
        chosen: bool,
    ) -> None:
        one, left = QFontMetrics(option.font).height(), option.rect.left()
        quiet: Ink = "sel_text" if chosen else "muted"
        painter.setFont(option.font)
        upright = Qt.AlignmentFlag.AlignVCenter
        if self.compact:
            painter.setPen(style.colour(quiet))
            room = QRect(left + self._left(), top, self._width(option), one)
            painter.drawText(room, upright | Qt.AlignmentFlag.AlignRight, entry.short_day)
            return
        painter.setPen(style.colour("sel_text" if chosen else "text"))
        painter.drawText(QRect(left + style.scale(24), top, self._left(), one), upright, entry.day)
        painter.setPen(style.colour(quiet))
        place = QRect(left + style.scale(84), top, style.scale(76), one)
        painter.drawText(place, upright, entry.time)

    def _body(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        entry: ChronologyRow,
        *,
        heights: _Heights,
        chosen: bool,
        top: int,
    ) -> None:
        left, width = option.rect.left() + self._left(), self._width(option)
        ink: Ink = "sel_text" if chosen else "text"
        quiet: Ink = "sel_text" if chosen else "muted"
        hot: Ink = "danger" if entry.hot else ink
        y = top
        struck = QFont(option.font)
        struck.setStrikeOut(True)
        lines = (
            (
                paint.bold(option.font),
                hot,
                entry.title,
                heights.title,
                self._title_width(option, entry),
            ),
            (option.font, ink, entry.words, heights.words, width),
            (struck, quiet, entry.struck, heights.struck, width),
            (paint.small(option.font), quiet, entry.tail, heights.tail, width),
        )
        for font, pen, words, tall, wide in lines:
            if tall:
                painter.setFont(font)
                painter.setPen(style.colour(pen))
                how = paint.wrapping(font, words, wide)
                painter.drawText(QRect(left, y, wide, tall), how, words)
                y += tall

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._measure(option, index).total + style.scale(16))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: ChronologyRow = index.data(ENTRY)
        heights, rect = self._measure(option, index), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if heights.head:
            painter.setFont(paint.bold(option.font))
            painter.setPen(style.colour("muted"))
            room = QRect(
                rect.left() + style.scale(24),
                rect.top(),
                rect.width(),
                heights.head - style.scale(4),
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom, entry.month)
        body = QRectF(rect).adjusted(style.scale(6), heights.head + 1.5, -style.scale(6), -1.5)
        chosen = paint.draw_ground(painter, option, body)
        if entry.source:
            band = QRectF(body.left(), body.top() + 6, style.scale(4), body.height() - 12)
            painter.fillRect(band, style.colour("info"))
        top = rect.top() + heights.head + style.scale(7)
        self._dates(painter, option, entry, top=top, chosen=chosen)
        ink: Ink = "danger" if entry.hot else "sel_text" if chosen else "muted"
        at = rect.left() + self._left() - style.scale(24)
        painter.drawPixmap(at, top + style.scale(1), icons.pixmap(entry.icon, ink, 16))
        self._body(painter, option, entry, heights=heights, chosen=chosen, top=top)
        painter.restore()


class ChronologyList(ListView):
    """The list. Compact leaves out months, times and the last line."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self, *, spoken: str = "", compact: bool = False, object_name: str = "chronology"
    ) -> None:
        super().__init__(spoken=spoken or _("Chronology, newest first"), object_name=object_name)
        self.entries = ChronologyModel()
        self.setModel(self.entries)
        self._delegate = ChronologyDelegate(self, compact=compact)
        self.setItemDelegate(self._delegate)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key(index)))

    def show_entries(self, entries: Sequence[ChronologyRow]) -> None:
        """Other entries, newest first; the current one stays."""
        key = self.current_key()
        self._delegate.forget()
        self.entries.show_entries(entries)
        for n, entry in enumerate(self.entries.entries):
            if entry.key == key:
                self.setCurrentIndex(self.entries.index(n))

    def current_key(self) -> str:
        """The key of the current entry, or nothing."""
        return self._key(self.currentIndex())

    def select(self, key: str) -> bool:
        """Makes an entry the current one; False if it is not there."""
        for n, entry in enumerate(self.entries.entries):
            if entry.key == key:
                self.setCurrentIndex(self.entries.index(n))
                return True
        return False

    def _key(self, index: QModelIndex) -> str:
        entry = index.data(ENTRY)
        return entry.key if isinstance(entry, ChronologyRow) else ""

    @override
    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """A page at a time by the heights of the rows.

        why: the list of Qt looks for the next page pixel by pixel where rows differ in height and are laid out in
        batches; on a file of 1,000 entries that took 38 seconds.
        """
        pages = {
            QAbstractItemView.CursorAction.MovePageDown: 1,
            QAbstractItemView.CursorAction.MovePageUp: -1,
        }
        current = self.currentIndex()
        if action not in pages or not current.isValid():
            return super().moveCursor(action, modifiers)
        step, last = pages[action], len(self.entries.entries) - 1
        row, room = current.row(), self.viewport().height()
        room -= self.sizeHintForRow(row)
        while 0 <= row + step <= last:
            room -= self.sizeHintForRow(row + step)
            if room < 0 and row != current.row():
                break
            row += step
        return self.entries.index(row)

    @override
    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # stub also allows persistent ones
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self._key(current))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if key and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(key)
            return
        super().keyPressEvent(event)
