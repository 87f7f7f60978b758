"""A panel in the pane: something to know, to decide, or a danger to a child. Nothing blinks."""

from typing import Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import Button, button
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel, Role, repolish

Strength = Literal["sunken", "info", "warn", "danger", "ok"]

_ICONS: Final[dict[Strength, tuple[str, Ink]]] = {
    "sunken": ("info", "info"),
    "info": ("info", "info"),
    "warn": ("triangle-alert", "warn"),
    "danger": ("ban", "danger"),
    "ok": ("circle-check", "ok"),
}
_ROLES: Final[dict[Strength, Role]] = {
    "sunken": "strong",
    "info": "strong",
    "warn": "strong",
    "danger": "danger",
    "ok": "strong",
}
ONE_LINE: Final = 60
"""Letters: with more under the sentence the icon stands beside the first line, else in the middle."""


class Banner(QFrame):
    """An icon, a sentence, a line under it, and at most one button."""

    pressed = Signal()

    def __init__(
        self,
        strength: Strength,
        words: str = "",
        detail: str = "",
        *,
        action: str = "",
        icon: str = "",
        object_name: str = "banner",
    ) -> None:
        """A panel.

        Args:
            strength: danger only for danger to a child, or damage.
            words: one sentence.
            detail: a second line.
            action: words of the button, or none.
            icon: another icon than the usual one.
            object_name: for tests.
        """
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("panel", strength)
        usual, ink = _ICONS[strength]
        self.words = PlainLabel(words, _ROLES[strength], wrap=True)
        self.detail = PlainLabel(detail, "small" if strength == "danger" else "body", wrap=True)
        if not detail:
            self.detail.hide()
        self.action: Button = button(action or " ", object_name=f"{object_name}-action")
        if not action:  # shown without a parent it would be a window of its own
            self.action.hide()
        self.action.clicked.connect(self.pressed)
        text = col(self.words, self.detail, spacing=1)
        self._glyph = Glyph(icon or usual, ink, top=len(detail) > ONE_LINE)
        inside = row(self._glyph, (text, 1), self.action, margins=(12, 8, 10, 8), spacing=10)
        self.setLayout(inside)

    def set_strength(self, strength: Strength) -> None:
        """Another ground, icon and ink."""
        self.setProperty("panel", strength)
        repolish(self)
        self._glyph.set_icon(*_ICONS[strength])
        self.words.set_role(_ROLES[strength])

    def say(self, words: str, detail: str = "", *, aloud: bool = False) -> None:
        """Other words; hidden when there are none."""
        self.words.setText(words)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setVisible(bool(words))
        self._glyph.set_top(top=len(detail) > ONE_LINE)
        if aloud:
            announce(self, f"{words} {detail}".strip())
