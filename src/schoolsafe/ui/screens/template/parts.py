"""Pieces of the teaching screen: the message with its marks, the words beside a mark, what a word means."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.ui.screens.template.shown import MarkShown, MeaningShown
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import clear, col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Row, RowList
from schoolsafe.ui.widgets.select_box import SelectBox
from schoolsafe.words import _

MESSAGE_LINES = 14
MESSAGE_PX = 290
ROW_PX = 56
MOST_ROWS = 6


class MarkedText(LongText):
    """The message as text; words are selected by mouse or by Shift and the arrow keys."""

    def __init__(self) -> None:
        super().__init__(
            spoken=_("The message. Select words, then choose what they are."),
            lines=MESSAGE_LINES,
            object_name="example-text",
        )
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCursorWidth(2)
        self.setMaximumHeight(style.scale(MESSAGE_PX))

    @override
    def sizeHint(self) -> QSize:
        # why: a scroll area asks for little, and the style sheet takes its least height away
        return QSize(super().sizeHint().width(), style.scale(MESSAGE_PX))

    def selected(self) -> tuple[int, int]:
        """The selection as places in the text."""
        cursor, text = self.textCursor(), self.toPlainText()
        return _place(text, cursor.selectionStart()), _place(text, cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Selects a stretch of the text."""
        self.setTextCursor(self._cursor(start, end))

    def show_marks(self, places: Sequence[tuple[int, int]]) -> None:
        """Underlines what is marked, on another ground."""
        self.setExtraSelections([self._mark(start, end) for start, end in places])

    def point_at(self, start: int, end: int) -> None:
        """One place, in view."""
        self.show_marks([(start, end)])
        cursor = self._cursor(start, end)
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        text, last = self.toPlainText(), self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(_units(text, start), last))
        cursor.setPosition(min(_units(text, end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self, start: int, end: int) -> QTextEdit.ExtraSelection:
        mark, look = QTextEdit.ExtraSelection(), QTextCharFormat()
        look.setBackground(style.colour("sel"))
        look.setForeground(style.colour("sel_text"))
        look.setFontUnderline(True)  # colour is never the only sign
        mark.cursor, mark.format = self._cursor(start, end), look
        return mark


def _place(text: str, units: int) -> int:
    """Qt counts in UTF-16 units, we in characters."""
    if text.isascii():
        return units
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _units(text: str, place: int) -> int:
    return place if text.isascii() else len(text[:place].encode("utf-16-le")) // 2


def fit(rows: RowList, count: int) -> None:
    """As high as its rows, and no more than a few."""
    rows.setFixedHeight(style.scale(ROW_PX) * min(MOST_ROWS, max(1, count)) + style.scale(6))
    rows.setVisible(count > 0)


class BesideMarks(QWidget):
    """The words each mark goes by; they can be changed, and a mark can be dropped."""

    reworded = Signal(int, str, str)
    dropped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._marks: Sequence[MarkShown] = ()
        self.rows = RowList(spoken=_("Words beside each mark"), object_name="mark-words")
        self.before = TextField(spoken=_("Words before the value"), object_name="mark-before")
        self.after = TextField(spoken=_("Words after the value"), object_name="mark-after")
        self.use = button(_("Use these words"), object_name="use-mark-words")
        self.drop = button(_("Drop this mark"), object_name="drop-mark")
        self.form = QWidget()
        self.form.setLayout(
            col(
                row(
                    (Question(_("Words before the value, or the label"), self.before), 1),
                    (Question(_("Words after it"), self.after), 1),
                    spacing=16,
                ),
                flow(self.use, self.drop),
                spacing=8,
            )
        )
        self.setLayout(col(self.rows, self.form, spacing=8))
        self.rows.chosen.connect(self._fill)
        self.rows.opened.connect(lambda _key: self.before.setFocus())
        self.use.clicked.connect(self._use)
        self.before.returnPressed.connect(self._use)
        self.after.returnPressed.connect(self._use)
        self.drop.clicked.connect(self._drop)

    def show_marks(self, marks: Sequence[MarkShown]) -> None:
        """Other marks; the current one stays current."""
        key = self.rows.current_key()
        self._marks = marks
        self.rows.show_rows(
            [
                Row(str(m.number), m.title, m.beside, m.names, "warn" if m.names else "muted")
                for m in marks
            ]
        )
        fit(self.rows, len(marks))
        self.setVisible(bool(marks))
        if not self.rows.select(key):
            self.rows.select_first()
        self._fill(self.rows.current_key())

    def _fill(self, key: str) -> None:
        mark = next((each for each in self._marks if str(each.number) == key), None)
        self.form.setVisible(mark is not None)
        if mark is not None:
            self.before.setText(mark.before)
            self.after.setText(mark.after)

    def _use(self) -> None:
        key = self.rows.current_key()
        if key:
            self.reworded.emit(int(key), self.before.text(), self.after.text())

    def _drop(self) -> None:
        key = self.rows.current_key()
        if key:
            self.dropped.emit(int(key))


class Meanings(QWidget):
    """What this area's own words mean, a question each."""

    meant = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[MeaningShown, ...] = ()
        self.setLayout(
            col(PlainLabel(_("Words of this area"), "h2", wrap=True), self._rows, spacing=8)
        )
        self.hide()

    def show_meanings(self, meanings: tuple[MeaningShown, ...]) -> None:
        """Other words; a box that has the focus is not taken away for the same ones."""
        self.setVisible(bool(meanings))
        if meanings == self._shown:
            return
        self._shown = meanings
        clear(self._rows)
        for number, each in enumerate(meanings):
            box = SelectBox(each.options, spoken=each.words, object_name=f"meaning-{number}")
            box.set_current(each.chosen)
            box.chosen.connect(
                lambda means, each=each: self.meant.emit(each.field, each.says, means)
            )
            self._rows.addLayout(row((PlainLabel(each.words, wrap=True), 1), (box, 1)))
