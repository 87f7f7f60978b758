"""A keyboard that counts: a chord counts each key, letters typed to pick count, free text does not."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_CHORD = (
    (Qt.KeyboardModifier.ControlModifier, 1),
    (Qt.KeyboardModifier.AltModifier, 1),
    (Qt.KeyboardModifier.ShiftModifier, 1),
)


class Keyboard:
    """Presses keys where the focus is, as a person does."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.keys = 0

    def press(self, keys: str) -> None:
        """One key or chord by its portable name, such as "Ctrl+Return"."""
        combination = QKeySequence(keys)[0]
        held = combination.keyboardModifiers()
        self.keys += 1 + sum(n for modifier, n in _CHORD if held & modifier)
        QTest.keyClick(self.target(), combination.key(), held)

    def letters(self, words: str) -> None:
        """Letters typed to pick: they count."""
        self.keys += len(words)
        QTest.keyClicks(self.target(), words)

    def free_text(self, words: str) -> None:
        """What happened, in a person's own words: not counted."""
        QTest.keyClicks(self.target(), words)

    def target(self) -> QWidget:
        """What takes the keys: a list that popped up, else the focus, else the window."""
        return QApplication.focusWidget() or self.window
