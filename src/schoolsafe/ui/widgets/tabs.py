"""The parts of a file: a tab bar, announced as tabs."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar


class Tabs(QTabBar):
    """Parts by id, with a count beside the words where there is one."""

    chosen = Signal(str)

    def __init__(
        self, parts: Sequence[tuple[str, str]], *, spoken: str, object_name: str = "tabs"
    ) -> None:
        """The bar.

        Args:
            parts: id and words.
            spoken: what they are the parts of.
            object_name: for tests.
        """
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(spoken)
        self.setDrawBase(False)
        self.setExpanding(False)
        self._ids = [key for key, _words in parts]
        for _key, words in parts:
            self.addTab(words)
        self.currentChanged.connect(lambda n: self.chosen.emit(self._ids[n]))

    def current(self) -> str:
        """The id of the part in front."""
        return self._ids[self.currentIndex()]

    def set_current(self, key: str) -> None:
        """Brings a part to the front."""
        self.setCurrentIndex(self._ids.index(key))

    def set_words(self, key: str, words: str) -> None:
        """Other words, such as with a count."""
        self.setTabText(self._ids.index(key), words)
