"""Status messages for screen readers (WCAG 4.1.3)."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(source: QWidget, words: str) -> None:
    """Says a sentence politely, without moving the focus: "Saved. 3 left before registration."."""
    if words:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, words))
