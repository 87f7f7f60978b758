"""A date as three boxes, day first, and chips that always agree with them. No calendar pop-up.

An impossible date is said on Save, not while typing. A two-digit year is taken as 20xx.
"""

import datetime as dt
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.chips import DateChips, tight
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

CENTURY = 2000
TWO_DIGITS = 99


class DateProblem(StrEnum):
    """What is wrong with the boxes."""

    NONE = "none"
    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    IMPOSSIBLE = "impossible"


def read_date(day: str, month: str, year: str) -> tuple[date | None, DateProblem]:
    """The date in three boxes, day first, or what is wrong with them."""
    parts = [part.strip() for part in (day, month, year)]
    if not any(parts):
        return None, DateProblem.EMPTY
    if not all(parts):
        return None, DateProblem.INCOMPLETE
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None, DateProblem.IMPOSSIBLE
    d, m, y = (int(part) for part in parts)
    try:
        return date(y if y > TWO_DIGITS else CENTURY + y, m, d), DateProblem.NONE
    except ValueError:
        return None, DateProblem.IMPOSSIBLE


class DateBoxes(QWidget):
    """Day, month, year, with chips over them."""

    changed = Signal()

    def __init__(
        self,
        days: Sequence[tuple[str, date]] = (),
        *,
        spoken: str = "",
        hint: str = "",
        object_name: str = "date",
    ) -> None:
        """The boxes.

        Args:
            days: chips: words and their date, such as "Last night".
            spoken: the question, said before each box.
            hint: an example with a day over 12; a standard one if empty.
            object_name: for tests; boxes are ``<name>-day``, ``-month``, ``-year``.
        """
        super().__init__()
        self.setObjectName(object_name)
        self.chips = DateChips(days)
        self.chips.picked.connect(self.set_date)
        boxes = QHBoxLayout()
        boxes.setSpacing(style.scale(12))
        made: list[TextField] = []
        for key, words, wide in (
            ("day", _("Day"), 52),
            ("month", _("Month"), 52),
            ("year", _("Year"), 76),
        ):
            said = f"{spoken}, {words}" if spoken else words
            field = TextField(spoken=said, width=wide, object_name=f"{object_name}-{key}")
            field.setMaxLength(4)
            caption = PlainLabel(words)
            caption.setBuddy(field)
            field.textChanged.connect(self._agree)
            boxes.addLayout(tight(caption, field))
            made.append(field)
        boxes.addStretch(1)
        self.day_box, self.month_box, self.year_box = made
        shown = hint or _("For example, 27 3 2026")
        self.setLayout(col(self.chips, PlainLabel(shown, "muted", wrap=True), boxes, spacing=6))
        self.setFocusProxy(self.day_box)

    def date(self) -> dt.date | None:
        """The date, or None if the boxes hold none."""
        return self._read()[0]

    def problem(self) -> DateProblem:
        """Why there is none."""
        return self._read()[1]

    def problem_words(self, what: str) -> str:
        """The sentence for the error summary, or nothing.

        Args:
            what: the date's name at the start of a sentence, such as "Date of the incident".
        """
        return {
            DateProblem.NONE: "",
            DateProblem.EMPTY: _("{what}: enter a day, month and year").format(what=what),
            DateProblem.INCOMPLETE: _("{what} must have a day, a month and a year").format(
                what=what
            ),
            DateProblem.IMPOSSIBLE: _("{what} must be a real date, such as 27 3 2026").format(
                what=what
            ),
        }[self.problem()]

    def set_date(self, day: dt.date | None) -> None:
        """Fills or empties the boxes."""
        values = ("", "", "") if day is None else (str(day.day), str(day.month), str(day.year))
        for field, value in zip(self._boxes(), values, strict=True):
            field.setText(value)

    def mark_error(self, *, wrong: bool) -> None:
        """The red border of all three."""
        for field in self._boxes():
            field.mark_error(wrong=wrong)

    def _boxes(self) -> tuple[TextField, TextField, TextField]:
        return self.day_box, self.month_box, self.year_box

    def _read(self) -> tuple[dt.date | None, DateProblem]:
        return read_date(self.day_box.text(), self.month_box.text(), self.year_box.text())

    def _agree(self) -> None:
        self.chips.agree(self.date())
        self.changed.emit()
