"""What a person sees and does in Settings."""

from PySide6.QtWidgets import QAbstractButton

from schoolsafe.ui.screens.settings.shown import Part
from schoolsafe.ui.screens.settings.view import SettingsScreen
from schoolsafe.ui.shell import MainWindow
from ui.clip import settle
from ui.morning import find, texts
from ui.pages.keyboard import Keyboard


class SettingsPage:
    """Verbs over Settings in front of the window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.keyboard = Keyboard(window)

    @property
    def screen(self) -> SettingsScreen:
        screen = self.window.front()
        assert isinstance(screen, SettingsScreen)
        return screen

    def wake(self) -> None:
        self.window.activateWindow()
        settle(self.window)
        self.window.focus_work()

    def go(self, part: Part) -> None:
        assert self.screen.rows.select(part.value)
        settle(self.window)

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

    def write(self, name: str, words: str) -> None:
        field = self.find(name)
        set_words = getattr(field, "setPlainText", None) or field.setText
        set_words(words)

    def save(self) -> None:
        self.window.run("save")

    def said(self) -> str:
        """Every visible word of the part in front."""
        settle(self.window)
        return texts(self.screen.stack.currentWidget())

    def parts(self) -> list[str]:
        """The list as a screen reader says it."""
        return [line.sentence for line in self.screen.rows.rows.lines]

    def problems(self) -> list[str]:
        """The links of the summary."""
        settle(self.window)
        page = self.screen.stack.currentWidget()
        shown = page.errors.isVisibleTo(self.window)
        return [line for line in texts(page.errors).splitlines()[1:] if line] if shown else []

    def toast(self) -> str:
        return self.window.toast.words.text()
