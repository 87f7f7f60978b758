"""What a person sees and does in a child's file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from schoolsafe.ui.screens.pupil_file.view import PupilFileScreen
from schoolsafe.ui.shell import MainWindow
from ui.clip import settle
from ui.morning import find, texts
from ui.pages.keyboard import Keyboard


class FilePage:
    """Verbs over the file in front of the window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        screen = window.front()
        assert isinstance(screen, PupilFileScreen)
        self.screen = screen
        self.keyboard = Keyboard(window)

    def wake(self) -> None:
        """Brings the window to the front, as a person who types into it has it."""
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
        return texts(self.screen.work)

    def beside(self) -> str:
        settle(self.window)
        return texts(self.screen.side)

    def entries(self) -> list[str]:
        """As a screen reader says them."""
        model = self.screen.chronology.list.model()
        return [
            str(model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole))
            for n in range(model.rowCount())
        ]

    def choose(self, key: str) -> None:
        """Makes an entry the current one."""
        view = self.screen.chronology.list
        for n, entry in enumerate(view.entries.entries):
            if entry.key == key:
                view.setCurrentIndex(view.entries.index(n))
                return
        raise AssertionError(key)

    def chips(self) -> list[str]:
        settle(self.window)
        row = self.screen.chronology.chips
        return [b.text() for b in row.findChildren(QAbstractButton) if b.isVisibleTo(row)]

    def chip(self, key: str) -> None:
        self.screen.chronology.chips.chip(key).click()

    def look_for(self, words: str) -> None:
        self.screen.chronology.search.setText(words)

    def counted(self) -> str:
        return self.screen.chronology.count.text()

    def hidden(self) -> str:
        label = self.screen.chronology.hidden
        return label.text() if label.isVisibleTo(self.window) else ""

    def went(self) -> tuple[str, dict[str, object]]:
        """The screen a person was taken to, and with what."""
        return self.window.stage.here, self.window.front().args[-1]

    def toast(self) -> str:
        return self.window.toast.words.text()
