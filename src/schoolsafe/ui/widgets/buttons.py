"""Buttons: one filled one a pane (primary), plain, quiet, link and chip.

Icons follow the text size and the look. The key in a tooltip comes from the command table; the
window owns the key itself.
"""

from typing import Literal

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from schoolsafe.ui.theme import icons, style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.plain_label import repolish

Kind = Literal["plain", "primary", "quiet", "link", "chip"]

ICON_PX = 16


class Button(QPushButton):
    """A push button whose icon grows with the text and changes with the look."""

    def __init__(self, words: str, kind: Kind = "plain", icon: str = "") -> None:
        super().__init__((" " if icon and words else "") + words)
        self._icon = icon
        self.kind: Kind = kind
        self.setProperty("kind", kind)
        small = kind in {"link", "chip", "quiet"}
        across = QSizePolicy.Policy.Maximum if small else QSizePolicy.Policy.Minimum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._draw()

    def set_kind(self, kind: Kind) -> None:
        """Filled or not: the filled button is the next thing to do."""
        if kind != self.kind:
            self.kind = kind
            self.setProperty("kind", kind)
            repolish(self)
            self._draw()

    def set_words(self, words: str, *, spoken: str = "") -> None:
        """Other words on it, and for a screen reader."""
        self.setText((" " if self._icon and words else "") + words)
        self.setAccessibleName(spoken or words)

    def set_icon(self, icon: str) -> None:
        """Another drawing."""
        self._icon = icon
        self._draw()

    def _draw(self) -> None:
        if self._icon:
            ink: Ink = "on_primary" if self.kind == "primary" else "text"
            self.setIcon(icons.icon(self._icon, ink, ICON_PX))
            self.setIconSize(QSize(style.scale(ICON_PX), style.scale(ICON_PX)))

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.kind == "chip":
            # why: a marked chip is heavier and wider; without this its first letters are cut.
            heavy = QFont(self.font())
            heavy.setWeight(QFont.Weight.DemiBold)
            more = QFontMetrics(heavy).horizontalAdvance(self.text())
            more -= QFontMetrics(self.font()).horizontalAdvance(self.text())
            hint.setWidth(hint.width() + max(0, more) + 2)
        return hint

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "kind"):
            self._draw()


def button(
    words: str,
    *,
    kind: Kind = "plain",
    icon: str = "",
    key: str = "",
    spoken: str = "",
    object_name: str = "",
) -> Button:
    """A button with all its names.

    Args:
        words: what it does, as a verb: never OK, Yes, No.
        kind: primary once a pane.
        icon: beside the words.
        key: the key in words, from ``commands.key_words``; shown in the tooltip.
        spoken: what a screen reader says, if not the words.
        object_name: for tests.
    """
    made = Button(words, kind, icon)
    made.setAccessibleName(spoken or words)
    if key:
        made.setToolTip(f"{spoken or words} ({key})")
    if object_name:
        made.setObjectName(object_name)
    return made
