"""Questions and answers in two columns. "Not told" is an answer and is shown, in the muted ink."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

Answer = str | QWidget | None
"""None is "Not told"."""


class Facts(QWidget):
    """A grid of label and value, one fact a line."""

    def __init__(self, pairs: Iterable[tuple[str, Answer]] = (), *, label_width: int = 0) -> None:
        """The grid.

        Args:
            pairs: label and value, in reading order.
            label_width: least width of the first column, px at 100 % text.
        """
        super().__init__()
        self._label_width = label_width
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.scale(20))
        grid.setVerticalSpacing(style.scale(6))
        grid.setColumnStretch(1, 1)
        if label_width:
            grid.setColumnMinimumWidth(0, style.scale(label_width))
        self._grid = grid
        self.setLayout(grid)
        self.show_facts(pairs)

    def show_facts(self, pairs: Iterable[tuple[str, Answer]]) -> None:
        """Other facts in the same place."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for place, (label, answer) in enumerate(pairs):
            self._grid.addWidget(PlainLabel(label, "muted"), place, 0, top)
            self._grid.addWidget(_shown(answer), place, 1)


def _shown(answer: Answer) -> QWidget:
    if isinstance(answer, QWidget):
        return answer
    if answer is None or answer == "":
        return PlainLabel(_("Not told"), "muted", wrap=True)
    return PlainLabel(answer, wrap=True).selectable()
