"""The cumulative strip: how often in 30, 90 and 365 days, how close together, and a year drawn.

Numbers and a sentence first; the drawing second, with every date in its accessible description and
a table behind it.
Shapes differ, so colour is not the only sign. No score is ever computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import clear, col, row
from schoolsafe.ui.widgets.paint import small
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _, ngettext

YEAR: Final = 365
EVERY_MONTH_PX: Final = 560
WORDS_SHARE: Final = 4
DRAWN_SHARE: Final = 7


@dataclass(frozen=True, slots=True)
class StripFacts:
    """What is drawn. Counts and sentence come from the service; nothing is counted here."""

    today: date
    counts: tuple[tuple[int, int], ...]
    """(days, how many), such as (30, 2), (90, 2), (365, 3)."""
    sentence: str
    """Such as "151, then 27 days apart. Getting closer."."""
    notified: tuple[date, ...] = ()
    contacts: tuple[date, ...] = ()
    holidays: tuple[tuple[date, date], ...] = ()


def day_words(day: date) -> str:
    """A date in words, the same on every system: 7 November 2026."""
    return f"{day.day} {day:%B %Y}"


class YearDrawing(QWidget):
    """Twelve months: triangles are police notifications, dots school contact.

    Shaded are holidays.
    """

    def __init__(self) -> None:
        super().__init__()
        self.facts: StripFacts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("year-drawing")
        self.setAccessibleName(_("Twelve months, drawn"))

    def show_facts(self, facts: StripFacts) -> None:
        """Draws these, and says their dates."""
        self.facts = facts
        notified = "; ".join(day_words(day) for day in sorted(facts.notified)) or _("none")
        contacts = "; ".join(day_words(day) for day in sorted(facts.contacts)) or _("none")
        self.setAccessibleDescription(
            _("Police notifications: {notified}. School contact: {contacts}.").format(
                notified=notified, contacts=contacts
            )
        )
        self.update()

    def _x(self, facts: StripFacts, day: date) -> float:
        left, right = style.scale(8), self.width() - style.scale(8)
        return left + (right - left) * (1 - (facts.today - day).days / YEAR)

    def _holidays(self, painter: QPainter, facts: StripFacts, base: int) -> None:
        start = facts.today - timedelta(days=YEAR)
        brush = QBrush(style.colour("border"))
        if style.contrast():  # grounds are all one there: lines carry the holiday
            brush.setStyle(Qt.BrushStyle.BDiagPattern)
        for first, last in facts.holidays:
            if last > start and first < facts.today:
                left, right = (
                    self._x(facts, max(first, start)),
                    self._x(facts, min(last, facts.today)),
                )
                area = QRectF(left, style.scale(4), right - left, base - style.scale(4))
                painter.fillRect(area, brush)

    def _months(self, painter: QPainter, facts: StripFacts, base: int) -> None:
        font = QFont(small(self.font()))
        painter.setFont(font)
        painter.setPen(QPen(style.colour("control"), 1))
        start = facts.today - timedelta(days=YEAR)
        painter.drawLine(
            QPointF(self._x(facts, start), base), QPointF(self._x(facts, facts.today), base)
        )
        step = 1 if self.width() > style.scale(EVERY_MONTH_PX) else 2
        months = [date(y, m, 1) for y in (start.year, facts.today.year) for m in range(1, 13)]
        shown = [day for day in sorted(set(months)) if start <= day <= facts.today]
        for n, day in enumerate(shown):
            x = self._x(facts, day)
            painter.setPen(QPen(style.colour("control"), 1))
            painter.drawLine(QPointF(x, base), QPointF(x, base + style.scale(3)))
            if n % step == 0 and x < self.width() - style.scale(26):
                painter.setPen(style.colour("muted"))
                room = QRectF(x + 2, base + style.scale(2), style.scale(40), style.scale(18))
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft, f"{day:%b}")

    def _marks(self, painter: QPainter, facts: StripFacts, base: int) -> None:
        since = facts.today - timedelta(days=YEAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("primary"))
        radius = style.scale(3)
        for day in (d for d in facts.contacts if since <= d <= facts.today):
            painter.drawEllipse(QPointF(self._x(facts, day), base - style.scale(8)), radius, radius)
        painter.setBrush(style.colour("danger"))
        top, half = style.scale(6), style.scale(7)
        for day in (d for d in facts.notified if since <= d <= facts.today):
            x = self._x(facts, day)
            corners = [
                QPointF(x, top),
                QPointF(x + half, top + 1.7 * half),
                QPointF(x - half, top + 1.7 * half),
            ]
            painter.drawPolygon(QPolygonF(corners))
            stem = QRectF(x - 0.75, top + 1.7 * half, 1.5, base - top - 1.7 * half)
            painter.fillRect(stem, style.colour("danger"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.scale(240), style.scale(60))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.scale(160), style.scale(60))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.facts is None:
            return
        painter, base = QPainter(self), self.height() - style.scale(20)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._holidays(painter, self.facts, base)
        self._months(painter, self.facts, base)
        self._marks(painter, self.facts, base)
        painter.end()


class Strip(QFrame):
    """Three counts, one sentence, one drawing; narrow stacks them, wide sets them side by side."""

    table_wanted = Signal()
    """A person asks for the dates as a table."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.narrow = narrow
        self._counts = row(spacing=14 if narrow else 18)
        self._sentence = PlainLabel("", "strong", wrap=True)
        self.drawing = YearDrawing()
        self.legend = PlainLabel(
            _("▲ police notification     ● school contact     shaded: school holidays"),
            "small",
            wrap=True,
        )
        self.table = button(_("As a table"), kind="link", object_name="strip-table")
        self.table.clicked.connect(self.table_wanted)
        self.table.hide()
        if narrow:
            self.legend.hide()
            self.setLayout(
                col(self._counts, self._sentence, self.drawing, self.legend, self.table, spacing=6)
            )
        else:
            self._words = col(self._counts, self._sentence, self.table, None, spacing=6)
            drawn = col(self.drawing, self.legend, spacing=2)
            self._sides = row((self._words, WORDS_SHARE), (drawn, DRAWN_SHARE), spacing=24)
            self.setLayout(self._sides)

    def show_facts(self, facts: StripFacts) -> None:
        """Other facts."""
        clear(self._counts)
        for days, n in facts.counts:
            said = ngettext(
                "{n} police notification in {days} days",
                "{n} police notifications in {days} days",
                n,
            )
            number = PlainLabel(str(n), "number", spoken=said.format(n=n, days=days))
            under = PlainLabel(_("in {days} days").format(days=days), "small")
            self._counts.addLayout(col(number, under, spacing=0))
        self._counts.addStretch(1)
        self._sentence.setText(facts.sentence)
        self._sentence.setVisible(bool(facts.sentence))
        self.drawing.show_facts(facts)

    def set_terse(self, *, terse: bool) -> None:
        """In a low window counts and sentence stay and the drawing goes.

        Its dates are all in the chronology.
        """
        if not self.narrow:
            self.drawing.setVisible(not terse)
            self.legend.setVisible(not terse)
            way = QBoxLayout.Direction.LeftToRight if terse else QBoxLayout.Direction.TopToBottom
            self._words.setDirection(way)
            self._words.setStretch(1, WORDS_SHARE if terse else 0)
            self._words.setStretch(3, 0 if terse else 1)
            self._words.setSpacing(style.scale(24 if terse else 6))
            self._sides.setStretch(1, 0 if terse else DRAWN_SHARE)

    def offer_table(self, *, offer: bool = True) -> None:
        """Shows the link to the table."""
        self.table.setVisible(offer)


def strip_rows(facts: StripFacts) -> Sequence[tuple[str, str]]:
    """The table behind the drawing, newest first: date and what it was."""
    notified = [(day, _("Police notification")) for day in facts.notified]
    contacts = [(day, _("School contact")) for day in facts.contacts]
    return [(day_words(day), what) for day, what in sorted(notified + contacts, reverse=True)]
