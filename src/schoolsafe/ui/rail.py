"""Navigation as two lists, so that a screen reader hears "list item, Today, 4 to do".

Checkable buttons are announced as check boxes, which says "tick me" instead of "go there". Counts
are things to do,
never totals. When the window is narrow only icons are drawn; name and tooltip stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from schoolsafe.ui.commands import BY_ID, key_words
from schoolsafe.ui.theme import icons, style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.layout import col, line, row
from schoolsafe.ui.widgets.paint import Index
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.words import N_, _, ngettext

PLACE = Qt.ItemDataRole.UserRole
WIDE: Final = 200
NARROW: Final = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One section: a screen's id, its words, its icon and the command that goes there."""

    id: str
    words: str
    icon: str
    command: str
    foot: bool = False


PLACES: Final[tuple[Place, ...]] = (
    Place("today", N_("Today"), "sun", "go-today"),
    Place("pupils", N_("Pupils"), "users", "go-pupils"),
    Place("reports", N_("Reports"), "clipboard-list", "go-reports"),
    Place("settings", N_("Settings"), "settings", "settings", foot=True),
    Place("help", N_("Help"), "circle-help", "help", foot=True),
)
"""Sections that exist. Later ones are added here, in the order of the rail."""


class PlacesModel(QAbstractListModel):
    """Sections with their counts."""

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.places = tuple(places)
        self.counts: dict[str, int] = {}
        self.here = ""

    def show_counts(self, counts: dict[str, int], here: str) -> None:
        """Things to do, and where the person is."""
        self.counts, self.here = counts, here
        self.dataChanged.emit(self.index(0), self.index(max(0, len(self.places) - 1)))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.places)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.places):
            return None
        place = self.places[index.row()]
        todo = self.counts.get(place.id, 0)
        if role == PLACE:
            return place
        if role == Qt.ItemDataRole.DisplayRole:
            return _(place.words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = ngettext("{words}, {n} to do", "{words}, {n} to do", todo)
            words = said.format(words=_(place.words), n=todo) if todo else _(place.words)
            here = _("{words}, you are here").format(words=words)
            return here if place.id == self.here else words
        if role == Qt.ItemDataRole.ToolTipRole:
            key = key_words(BY_ID[place.command].id)
            return f"{_(place.words)} ({key})" if key else _(place.words)
        return None


class PlacesDelegate(QStyledItemDelegate):
    """Draws a section."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        tall = option.fontMetrics.height() + style.scale(15)
        return QSize(style.scale(44), max(style.scale(34), tall))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: Place = index.data(PLACE)
        model = index.model()
        here = isinstance(model, PlacesModel) and model.here == place.id
        todo = model.counts.get(place.id, 0) if isinstance(model, PlacesModel) else 0
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        if here:
            painter.setPen(QPen(style.colour("border"), 1))
            painter.setBrush(style.colour("rail_sel"))
            painter.drawRoundedRect(area, 7, 7)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(style.colour("rail_focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 7, 7)
        self._words(painter, option, place, here=here, todo=todo)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: Place,
        *,
        here: bool,
        todo: int,
    ) -> None:
        rect, px = option.rect, style.scale(18)
        narrow = rect.width() < style.scale(90)
        x = rect.center().x() - px // 2 if narrow else rect.left() + style.scale(10)
        ink: Ink = "rail_muted"
        if here:
            ink = "rail_text" if style.contrast() else "primary"
        painter.drawPixmap(x, rect.center().y() - px // 2 + 1, icons.pixmap(place.icon, ink, 18))
        if narrow:
            return
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if here else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(style.colour("rail_text"))
        left = x + px + style.scale(10)
        room = QRect(left, rect.top(), rect.right() - left, rect.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _(place.words))
        if todo:
            painter.setPen(style.colour("rail_text" if here else "rail_muted"))
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(rect.adjusted(0, 0, -style.scale(12), 0), side, str(todo))


class PlacesList(QListView):
    """Arrow keys move, Enter or a click goes there."""

    wanted = Signal(str)

    def __init__(self, places: Sequence[Place], *, spoken: str, object_name: str) -> None:
        super().__init__()
        self.setAccessibleName(spoken)
        self.setObjectName(object_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.places = PlacesModel(places)
        self.setModel(self.places)
        self.setItemDelegate(PlacesDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(1)
        self.setMouseTracking(True)
        self.clicked.connect(self._go)

    def mark(self, counts: dict[str, int], here: str) -> None:
        """Counts, and the place the person is at."""
        self.places.show_counts(counts, here)
        for n, place in enumerate(self.places.places):
            if place.id == here:
                self.setCurrentIndex(self.places.index(n))

    def _go(self, index: QModelIndex) -> None:
        place = index.data(PLACE)
        if isinstance(place, Place):
            self.wanted.emit(place.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._go(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        rows = range(self.places.rowCount())
        tall = sum(self.sizeHintForRow(n) + 2 for n in rows) + style.scale(6)
        return QSize(style.scale(190), tall)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.scale(40), self.sizeHint().height())


class Rail(QFrame):
    """Brand, sections, school sections, and who is signed in."""

    wanted = Signal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.brand = PlainLabel(_("SchoolSafe"), "h3")
        self.school = PlainLabel("", "small", wrap=True)
        self.work = PlacesList(
            [p for p in places if not p.foot], spoken=_("Sections"), object_name="sections"
        )
        self.rest = PlacesList(
            [p for p in places if p.foot],
            spoken=_("School and settings"),
            object_name="school- sections",
        )
        self.who = PlainLabel("", "strong", wrap=True, object_name="who")
        self.duty = PlainLabel("", "small", wrap=True)
        head = row(
            Glyph("shield-check", "primary", 26),
            (col(self.brand, self.school, spacing=0), 1),
            margins=(8, 0, 0, 0),
            spacing=10,
        )
        foot = row(
            Glyph("user", "rail_muted", 18),
            (col(self.who, self.duty, spacing=0), 1),
            margins=(12, 4, 0, 2),
            spacing=10,
        )
        parts = (head, 14, self.work, None, self.rest, 6, line(), 2, foot)
        self.setLayout(col(*parts, margins=(8, 14, 8, 10), spacing=2))
        for part in (self.work, self.rest):
            part.setFixedHeight(part.sizeHint().height())
            part.wanted.connect(self.wanted)
        self.fold(narrow=False)

    def show_person(self, *, school: str, who: str, duty: str) -> None:
        """The school, who is signed in, until when on duty."""
        self.school.setText(school)
        self.who.setText(who)
        self.duty.setText(duty)
        self.fold(narrow=self._narrow)

    def mark(self, counts: dict[str, int], here: str) -> None:
        """Things to do by section, and the section in front."""
        self.work.mark(counts, here)
        self.rest.mark(counts, here)

    def fold(self, *, narrow: bool) -> None:
        """Icons only, or words too."""
        self._narrow = narrow
        self.setFixedWidth(style.scale(NARROW if narrow else WIDE))
        for label in (self.brand, self.school, self.who, self.duty):
            label.setVisible(not narrow and bool(label.text()))
