"""What a person sees and does in the manual, whole or beside the work."""

from PySide6.QtWidgets import QApplication, QWidget

from schoolsafe.ui.screens.help.reading import Reading
from schoolsafe.ui.widgets.row_list import Row, RowList
from ui.clip import settle
from ui.morning import texts


class HelpPage:
    """Verbs over anything that has a search, rows and a page."""

    def __init__(self, window: QWidget, *, search: QWidget, rows: RowList, reading: Reading):
        self.window, self.search, self.rows, self.reading = window, search, rows, reading

    def look_for(self, words: str) -> None:
        self.search.setText(words)
        settle(self.window)

    def titles(self) -> list[str]:
        return [line.title for line in self.rows.rows.lines if isinstance(line, Row)]

    def choose(self, title: str) -> None:
        """A row by its words, with Enter."""
        line = next(x for x in self.rows.rows.lines if isinstance(x, Row) and x.title == title)
        self.rows.select(line.key)
        self.rows.opened.emit(line.key)
        settle(self.window)

    def said(self) -> str:
        settle(self.window)
        return texts(self.reading)

    def at(self) -> str:
        """The section at the top of what is seen."""
        settle(self.window)
        top = self.reading.page.verticalScrollBar().value()
        places = {slug: w.y() for slug, w in self.reading._places.items() if w.y() <= top + 12}
        return max(places, key=places.__getitem__, default="")

    def focused(self) -> str:
        now = QApplication.focusWidget()
        return now.objectName() if now else ""
