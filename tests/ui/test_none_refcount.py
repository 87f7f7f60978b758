"""PySide6 6.12.0 loses a reference to None at every void call on Python < 3.12 and aborts after about 5,000."""

import sys

from PySide6.QtWidgets import QLineEdit


def test_void_qt_calls_keep_their_reference_to_none(qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    line.setText("first")
    before = sys.getrefcount(None)
    for n in range(500):
        line.setText(str(n))
        line.resize(100 + n % 3, 30)
    assert abs(sys.getrefcount(None) - before) < 50
