"""Two to five answers as full-width rows with Alt+number keys.

Nothing is chosen until a person chooses.

A checkable, auto-exclusive button is announced as a radio button. Chosen is shown by a tick, weight
and ground, not
by colour alone; words wrap instead of being cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QShortcutEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.layout import one_stop
from schoolsafe.ui.widgets.paint import plain_tip
from schoolsafe.words import _

TALL = 9999


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: a stable id, its words, and a line of consequence of at most 26 letters."""

    id: str
    words: str
    detail: str = ""


class Choice(QAbstractButton):
    """One row."""

    def __init__(self, number: int, option: Option, *, keyed: bool = True) -> None:
        """One row.

        Args:
            number: shown, and its key with Alt.
            option: what it says.
            keyed: whether Alt+number presses it while it is visible.
        """
        super().__init__()
        self.number, self.option, self.terse = number, option, False
        self.setText(option.words)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        if keyed:
            self.setShortcut(f"Alt+{number}")
        self.setObjectName(f"choice-{option.id}")
        self.setAccessibleName(f"{number}. {option.words}")
        self.setAccessibleDescription(option.detail)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # why: with a Fixed vertical policy a nested row keeps the one-line height and clips wrapped
        # words.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_terse(terse=False)

    def show_option(self, option: Option) -> None:
        """Other words for the same answer; what is chosen stays."""
        self.option = option
        self.setText(option.words)
        self.setAccessibleName(f"{self.number}. {option.words}")
        self.setAccessibleDescription(option.detail)
        self.set_terse(terse=self.terse)

    def set_terse(self, *, terse: bool) -> None:
        """In a low window only the words are drawn; the detail stays as description and tooltip."""
        self.terse = terse
        said = self.option.detail if terse and self.option.detail else self.option.words
        tip = _("{words} (Alt+{number})").format(words=said, number=self.number)
        self.setToolTip(plain_tip(tip))
        self.updateGeometry()
        self.update()

    def _heavy(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _heights(self, width: int) -> tuple[int, int]:
        wide = max(style.scale(40), width - style.scale(40) - style.scale(12))
        room, wrap = QRect(0, 0, wide, TALL), Qt.TextFlag.TextWordWrap
        words = QFontMetrics(self._heavy()).boundingRect(room, wrap, self.text()).height()
        if self.terse or not self.option.detail:
            return words, 0
        plain = QFontMetrics(self.font())
        return words, plain.boundingRect(room, wrap, self.option.detail).height()

    def _draw_words(self, painter: QPainter, *, words: int, detail: int) -> None:
        chosen = self.isChecked()
        ink: Ink = "sel_text" if chosen else "text"
        quiet: Ink = "sel_text" if chosen else "muted"
        top, left = (self.height() - words - detail) // 2, style.scale(40)
        room = self.width() - left - style.scale(12)
        one_line = QFontMetrics(self._heavy()).height()
        painter.setFont(self._heavy())
        painter.setPen(style.colour(quiet))
        mark = QRectF(style.scale(10), top, style.scale(22), one_line)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "✓" if chosen else str(self.number))
        painter.setPen(style.colour(ink))
        wrap = Qt.TextFlag.TextWordWrap
        painter.drawText(QRect(left, top, room, words), wrap, self.text())
        if detail:
            painter.setFont(self.font())
            painter.setPen(style.colour(quiet))
            painter.drawText(QRect(left, top + words, room, detail), wrap, self.option.detail)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            # why: Qt animates the press for 100 ms first, and Ctrl+Enter may come sooner; it also
            # takes the focus from the row the person is on.
            self.click()
            announce(self, _("Chosen: {words}").format(words=self.text()))
            return True
        return super().event(event)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(style.scale(34), sum(self._heights(width)) + style.scale(12))

    @override
    def sizeHint(self) -> QSize:
        width = self.width() if self.isVisible() else style.scale(400)
        return QSize(style.scale(180), self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.scale(120), style.scale(34))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, chosen = QPainter(self), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge: tuple[Ink, int] = ("primary", 2) if chosen else ("control", 1)
        if self.hasFocus():
            edge = ("focus", 3)
        painter.setPen(QPen(style.colour(edge[0]), edge[1]))
        painter.setBrush(
            style.colour("sel" if chosen else "sunken" if self.underMouse() else "surface")
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
        words, detail = self._heights(self.width())
        self._draw_words(painter, words=words, detail=detail)
        painter.end()


class ChoiceGroup(QWidget):
    """Two to five choices, one or two columns, with a chosen id or none."""

    chosen = Signal(str)
    """A person chose; the option's id."""

    def __init__(
        self,
        options: Sequence[Option],
        *,
        columns: int = 1,
        keyed: bool = True,
        spoken: str = "",
        object_name: str = "choices",
    ) -> None:
        """The rows.

        Args:
            options: two to five.
            columns: one, or two when there is room.
            keyed: Alt+1 to Alt+5 while visible. At most one keyed group may be on a screen.
            spoken: the question, for a screen reader.
            object_name: for tests.
        """
        super().__init__()
        self.options = tuple(options)
        self.setObjectName(object_name)
        self.setAccessibleName(spoken)
        self._columns = columns
        self._buttons = QButtonGroup(self)
        self.choices = tuple(
            Choice(n, option, keyed=keyed) for n, option in enumerate(self.options, 1)
        )
        for choice in self.choices:
            self._buttons.addButton(choice)
        self._buttons.buttonClicked.connect(self._clicked)
        self._buttons.buttonToggled.connect(lambda _one, on: one_stop(self.choices) if on else None)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(style.scale(8))
        self.setLayout(self._grid)
        self._place(columns)
        one_stop(self.choices)

    def current(self) -> str | None:
        """The chosen id, or None while nobody chose."""
        button = self._buttons.checkedButton()
        return button.option.id if isinstance(button, Choice) else None

    def current_words(self) -> str:
        """The chosen words, or nothing."""
        button = self._buttons.checkedButton()
        return button.text() if isinstance(button, Choice) else ""

    def set_current(self, option_id: str | None) -> None:
        """Shows what was chosen before; says nothing."""
        self._buttons.setExclusive(False)
        for choice in self.choices:
            choice.setChecked(choice.option.id == option_id)
        self._buttons.setExclusive(True)
        one_stop(self.choices)

    def choose(self, number: int) -> None:
        """As if a person pressed Alt+number."""
        if 1 <= number <= len(self.choices):
            self.choices[number - 1].setChecked(True)
            self.chosen.emit(self.choices[number - 1].option.id)

    def set_terse(self, *, terse: bool) -> None:
        """Words only, where the window is low."""
        for choice in self.choices:
            choice.set_terse(terse=terse)

    def reword(self, options: Sequence[Option]) -> None:
        """The same answers in a school's own words."""
        self.options = tuple(options)
        for choice, option in zip(self.choices, self.options, strict=True):
            choice.show_option(option)

    def set_columns(self, columns: int) -> None:
        """One or two."""
        if columns != self._columns:
            self._columns = columns
            self._place(columns)

    def _place(self, columns: int) -> None:
        for n, choice in enumerate(self.choices):
            self._grid.addWidget(choice, n // columns, n % columns)
        for n in range(2):
            self._grid.setColumnStretch(n, 1 if n < columns else 0)

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, Choice):
            self.chosen.emit(button.option.id)
