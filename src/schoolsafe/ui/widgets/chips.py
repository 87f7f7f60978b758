"""One of several on a row that wraps (ChipRow), and dates that fill boxes (DateChips)."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from schoolsafe.ui.widgets.buttons import Button, button
from schoolsafe.ui.widgets.flow_layout import FlowLayout
from schoolsafe.ui.widgets.layout import one_stop
from schoolsafe.ui.widgets.plain_label import repolish


def _wrapping(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


class ChipRow(QWidget):
    """One of several. Exclusive, so that a screen reader says radio button and not check box."""

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        chosen: str | None = None,
        spoken: str = "",
        object_name: str = "chips",
    ) -> None:
        """The chips.

        Args:
            options: id and words, in reading order.
            chosen: the id marked at first; None marks nothing.
            spoken: the question, for a screen reader.
            object_name: for tests.
        """
        super().__init__()
        _wrapping(self)
        self.setObjectName(object_name)
        self.setAccessibleName(spoken)
        self._group = QButtonGroup(self)
        self._chips: dict[str, Button] = {}
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self.set_options(options, chosen=chosen)
        self._group.buttonClicked.connect(self._clicked)
        self._group.buttonToggled.connect(
            lambda _one, on: one_stop(tuple(self._chips.values())) if on else None
        )

    def set_options(self, options: Sequence[tuple[str, str]], *, chosen: str | None = None) -> None:
        """Other chips, or other counts in their words.

        The chosen one stays unless told otherwise.
        """
        keep = chosen if chosen is not None else self.current() if self._chips else None
        for old in self._chips.values():
            self._group.removeButton(old)
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = {}
        for key, words in options:
            chip = button(words, kind="chip", object_name=f"chip-{key}")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            self._group.addButton(chip)
            self._flow.addWidget(chip)
            self._chips[key] = chip
        self.set_current(keep)

    def current(self) -> str | None:
        """The marked id, or None."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), None)

    def set_current(self, key: str | None) -> None:
        """Marks one; says nothing."""
        self._group.setExclusive(False)
        for own, chip in self._chips.items():
            chip.setAutoExclusive(False)
            chip.setChecked(own == key)
            chip.setAutoExclusive(True)
        self._group.setExclusive(True)
        one_stop(tuple(self._chips.values()))

    def chip(self, key: str) -> Button:
        """One chip, for its tooltip or focus."""
        return self._chips[key]

    def _clicked(self, pressed: QAbstractButton) -> None:
        for key, chip in self._chips.items():
            if chip is pressed:
                self.chosen.emit(key)


class DateChips(QWidget):
    """Plain push buttons that fill in a date.

    The one that agrees with the boxes is marked, not pressed.
    """

    picked = Signal(object)
    """The date."""

    def __init__(self, days: Sequence[tuple[str, date]]) -> None:
        """The chips.

        Args:
            days: words and the date they stand for, in reading order.
        """
        super().__init__()
        _wrapping(self)
        self._chips: list[tuple[date, Button]] = []
        row = FlowLayout()
        for words, day in days:
            chip = button(
                words,
                kind="chip",
                spoken=f"{words}, {day:%A} {day.day} {day:%B}",
                object_name=f"date-{day.isoformat()}",
            )
            chip.clicked.connect(lambda _on=False, d=day: self.picked.emit(d))
            self._chips.append((day, chip))
            row.addWidget(chip)
        self.setLayout(row)
        if not days:  # shown without a parent it would be a window of its own
            self.hide()

    def agree(self, day: date | None) -> None:
        """Marks the chip for that day, and no other."""
        for own, chip in self._chips:
            word = "true" if own == day else "false"
            if chip.property("chosen") != word:
                chip.setProperty("chosen", word)
                repolish(chip)


def tight(*parts: QWidget, spacing: int = 2) -> QVBoxLayout:
    """A caption straight over its box."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        made.addWidget(part)
    return made
