"""A table as tall as its rows: the page scrolls, not the table, and what belongs to it stands right under it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.table import Table, TableRow


class FittedTable(Table):
    """For tens of rows; a longer list scrolls by itself in a plain ``Table``."""

    def __init__(
        self,
        headings: Sequence[str],
        *,
        spoken: str,
        object_name: str = "table",
        weights: Sequence[int] = (),
    ) -> None:
        super().__init__(headings, spoken=spoken, object_name=object_name, weights=weights)
        # A bar of its own would come and go with the width it takes, for ever (seen: the window hung).
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def narrow_first(self) -> None:
        """The first column takes what its words need: a row number, a day."""
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    @override
    def show_rows(self, rows: Sequence[TableRow]) -> None:
        super().show_rows(rows)
        self._fit()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(n) for n in range(len(self.rows.rows)))
        header = self.horizontalHeader()
        sideways = header.length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if sideways else 0
        tall = header.sizeHint().height() + rows + bar + style.scale(6)
        if tall != self.height():
            self.setFixedHeight(tall)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()
