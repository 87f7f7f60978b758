"""What a person sees and does on the roll, and in the preview of a list."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView

from schoolsafe.ui.shell import MainWindow
from schoolsafe.ui.widgets.select_box import SelectBox
from ui.clip import settle
from ui.morning import find, texts
from ui.pages.keyboard import Keyboard


class RollPage:
    """Verbs over the screen in front."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.keyboard = Keyboard(window)

    @property
    def screen(self):
        return self.window.front()

    def wake(self) -> None:
        self.window.activateWindow()
        settle(self.window)
        self.window.focus_work()

    def find(self, name: str):
        settle(self.window)
        return find(self.window, name)

    def sees(self, name: str) -> bool:
        settle(self.window)
        return any(w.isVisibleTo(self.window) for w in self.window.findChildren(object, name))

    def click(self, name: str) -> None:
        widget = self.find(name)
        assert isinstance(widget, QAbstractButton)
        widget.click()

    def work(self) -> str:
        settle(self.window)
        return texts(self.window.stage.body().panes.work)

    def write(self, name: str, words: str) -> None:
        self.find(name).setText(words)

    def choose(self, name: str, key: str) -> None:
        """As if a person chose it from the list."""
        box = self.find(name)
        assert isinstance(box, SelectBox)
        box.set_current(key)
        box.activated.emit(box.currentIndex())

    def options(self, name: str) -> list[str]:
        box = self.find(name)
        return [box.itemText(n) for n in range(box.count())]

    def rows(self) -> list[str]:
        """The pupils as a screen reader says them."""
        model = self.find("pupil-rows").model()
        said = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(n, 0).data(said)) for n in range(model.rowCount())]

    def problems(self) -> list[str]:
        """The links of the summary."""
        settle(self.window)
        errors = self.screen.form.errors
        shown = errors.isVisibleTo(self.window)
        return [line for line in texts(errors).splitlines()[1:] if line] if shown else []

    # the preview ----------------------------------------------------------------------------------

    def take(self, path: Path) -> None:
        self.window.open("pupil_import", file=path)

    def counts(self) -> list[str]:
        settle(self.window)
        row = self.screen.counts
        return [b.text() for b in row.findChildren(QAbstractButton) if b.isVisibleTo(row)]

    def count(self, code: str) -> None:
        self.screen.counts.chip(code).click()

    def cells(self, name: str) -> list[tuple[str, ...]]:
        """Every row of a table."""
        view = self.find(name)
        assert isinstance(view, QTableView)
        model = view.model()
        return [
            tuple(str(model.index(n, c).data()) for c in range(model.columnCount()))
            for n in range(model.rowCount())
        ]

    def toast(self) -> str:
        return self.window.toast.words.text()

    def went(self):
        """The screen a person was taken to, and with what."""
        return self.window.stage.here, self.window.front().args[-1]
