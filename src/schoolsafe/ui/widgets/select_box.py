"""A short closed list, such as the names of a shared computer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox


class SelectBox(QComboBox):
    """One of a few, by id."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]] = (), *, spoken: str, object_name: str = "select"
    ) -> None:
        """The list.

        Args:
            options: id and words.
            spoken: its question.
            object_name: for tests.
        """
        super().__init__()
        self.setAccessibleName(spoken)
        self.setObjectName(object_name)
        self.set_options(options)
        self.activated.connect(lambda _n: self.chosen.emit(self.current()))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Other options; the first is current."""
        self.clear()
        for key, words in options:
            self.addItem(words, key)

    def current(self) -> str:
        """The current id, or nothing."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def set_current(self, key: str) -> None:
        """Makes one current; says nothing."""
        self.setCurrentIndex(max(0, self.findData(key)))
