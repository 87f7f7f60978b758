"""What a person sees and does on Today: the list, the notice, the child."""

from PySide6.QtWidgets import QAbstractButton, QListView, QPlainTextEdit, QWidget

from schoolsafe.ui.widgets.plain_label import PlainLabel
from ui.morning import find, texts
from ui.pages.keyboard import Keyboard


class DayPage:
    """Verbs over the real window; widgets are found by their names for tests."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.keyboard = Keyboard(window)

    # looking --------------------------------------------------------------------------------------

    def find(self, name: str) -> QWidget:
        return find(self.window, name)

    def sees(self, name: str) -> bool:
        """Whether a widget of that name is visible."""
        found = self.window.findChildren(QWidget, name)
        return any(one.isVisibleTo(self.window) for one in found)

    def words(self, name: str) -> str:
        """The words of a label or field."""
        widget = self.find(name)
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        text = getattr(widget, "text", None)
        return text() if callable(text) else texts(widget)

    def reads(self, name: str) -> str:
        """Every visible word under a part."""
        return texts(self.find(name))

    def work(self) -> str:
        """Every word of the pane in front."""
        return texts(self._pane("work"))

    def beside(self) -> str:
        """Every word of the context pane."""
        return texts(self._pane("context"))

    def _pane(self, name: str) -> QWidget:
        return self.find(name)

    def rows(self) -> list[str]:
        """The rows of Today as a screen reader says them."""
        view = self.find("today-rows")
        assert isinstance(view, QListView)
        from PySide6.QtCore import Qt

        model = view.model()
        return [
            str(model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole))
            for n in range(model.rowCount())
        ]

    def heading(self) -> str:
        """The child as the police wrote it."""
        label = self.find("notified-name")
        assert isinstance(label, PlainLabel)
        return label.text()

    def toast(self) -> str:
        return self.words("toast-words")

    # doing ----------------------------------------------------------------------------------------

    def press(self, keys: str) -> None:
        self.keyboard.press(keys)

    def click(self, name: str) -> None:
        """Presses a button with the mouse."""
        widget = self.find(name)
        assert isinstance(widget, QAbstractButton), name
        widget.click()

    def write(self, name: str, words: str) -> None:
        """Puts the cursor in a field and types."""
        widget = self.find(name)
        widget.setFocus()
        self.keyboard.free_text(words)

    def choose(self, name: str) -> None:
        """Presses a chip or choice."""
        self.click(name)
