"""The head of the pane: kind and channel, whether in time, the name as the police wrote it."""

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.ui.screens.notification.card import Card
from schoolsafe.ui.screens.notification.signed_line import SignedLine
from schoolsafe.ui.theme import style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel, Role

_ICONS: dict[str, tuple[str, Ink, Role]] = {
    "ok": ("circle-check", "ok", "ok"),
    "danger": ("clock", "danger", "danger"),
    "warn": ("clock", "warn", "warn"),
    "muted": ("clock", "muted", "muted"),
}


class Beside(QWidget):
    """A name and what belongs to it: on one line where both fit, else one under the other."""

    def __init__(self, first: PlainLabel, second: PlainLabel) -> None:
        super().__init__()
        self._first, self._second = first, second
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(style.scale(2))
        self._line.addWidget(first)
        self._line.addWidget(second, 1)
        self.setLayout(self._line)

    def settle(self) -> None:
        """One line or two, for the words and the width there is."""
        across = sum(
            QFontMetrics(one.font()).horizontalAdvance(one.text())
            for one in (self._first, self._second)
        )
        fits = across + style.scale(16) < self.width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if way != self._line.direction():
            self._line.setDirection(way)
            self._line.setSpacing(style.scale(10 if fits else 2))
        self._first.setWordWrap(not fits)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()


class Head(QWidget):
    """What stands over the three steps."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = PlainLabel("", "muted", wrap=True, object_name="kind-line")
        self.timing_icon = Glyph("circle-check", "ok", 16)
        self.timing = PlainLabel("", "ok", object_name="timing")
        self.name = PlainLabel("", "h1", wrap=True, object_name="notified-name")
        self.born = PlainLabel("", "muted", wrap=True, object_name="notified-born")
        self._line = Beside(self.name, self.born)
        self.opened = PlainLabel("", "small", wrap=True, object_name="opened-by")
        self.going_home = PlainLabel("", "danger", wrap=True, object_name="going-home")
        self.signed = SignedLine()
        timed = row((self.kind, 1), self.timing_icon, self.timing, spacing=6)
        first = col(timed, self.signed, spacing=2)
        self.setLayout(col(first, self._line, self.going_home, self.opened, spacing=2))

    def show_card(self, card: Card) -> None:
        """Another notice or line."""
        self.kind.setText(card.kind_line)
        icon, ink, role = _ICONS[card.timing_tone]
        self.timing_icon.set_icon(icon, ink)
        self.timing_icon.setVisible(bool(card.timing))
        self.timing.set_role(role)
        self.timing.say(card.timing, spoken=card.timing_spoken)
        self.signed.show_signed(card.signed)
        self.name.setText(card.name)
        self.born.setText(card.born)
        self.going_home.setText(card.going_home)
        self.going_home.setVisible(bool(card.going_home))
        self.opened.setText(card.opened)
        self.opened.setVisible(bool(card.opened))
        self._line.settle()
