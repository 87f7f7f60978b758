"""The only class that shows text, always plain: a police e-mail is never guessed to be markup.

Also the icon beside words (Glyph) and the coloured word of a banner (Pill), which are labels too.
"""

from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from schoolsafe.ui.theme import icons, style
from schoolsafe.ui.theme.tokens import Ink

Role = Literal[
    "body", "h1", "h2", "h3", "number", "strong", "muted", "small", "danger", "warn", "ok", "info",
    "quote",
]  # fmt: skip
Tone = Literal["plain", "info", "warn", "danger", "ok"]


def repolish(widget: QWidget) -> None:
    """Makes the style sheet look again: a dynamic property has no effect until then."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class PlainLabel(QLabel):
    """Words, as they are."""

    def __init__(
        self,
        words: str = "",
        role: Role = "body",
        *,
        wrap: bool = False,
        spoken: str = "",
        object_name: str = "",
    ) -> None:
        """Words in a role of the type scale.

        Args:
            words: shown as they stand, whatever they contain.
            role: h1 once a window, then h2, h3; strong, muted, small; danger, warn, ok, info;
                quote.
            wrap: several lines; in a row beside a stretch give it the stretch factor.
            spoken: what a screen reader says instead.
            object_name: for tests.
        """
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if spoken:
            self.setAccessibleName(spoken)
        if object_name:
            self.setObjectName(object_name)

    def set_role(self, role: Role) -> None:
        """Another ink or size."""
        if self.property("role") != role:
            self.setProperty("role", role)
            repolish(self)

    def say(self, words: str, *, spoken: str = "") -> None:
        """New words, and what a screen reader says for them."""
        self.setText(words)
        self.setAccessibleName(spoken)

    def selectable(self) -> "PlainLabel":
        """Words a person may copy with the mouse; no tab stop.

        So that a page of facts stays quick by keyboard.
        """
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self


def bullet() -> PlainLabel:
    """The dot before one of several lines, beside its first line."""
    made = PlainLabel("•")
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made


class Pill(PlainLabel):
    """A state in the pupil banner. Nowhere else: in lists a state is a word in its ink."""

    def __init__(self, words: str, tone: Tone = "plain", *, object_name: str = "") -> None:
        super().__init__(words, object_name=object_name)
        self.setProperty("pill", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


def picture(pixmap: QPixmap, *, spoken: str) -> QLabel:
    """A page as a picture, with what a screen reader says for it."""
    made = QLabel()
    made.setPixmap(pixmap)
    made.setAccessibleName(spoken)
    return made


class Glyph(QLabel):
    """An icon beside words that already say the same, so it has no name of its own."""

    def __init__(self, name: str, ink: Ink = "muted", size: int = 18, *, top: bool = False) -> None:
        """An icon.

        Args:
            name: file name in resources/icons without its ending.
            ink: a token.
            size: px at 100 % text.
            top: beside words of more than one line.
        """
        super().__init__()
        self._name, self._ink, self._size = name, ink, size
        self.set_top(top=top)
        self._draw()

    def set_top(self, *, top: bool) -> None:
        """At the first line of the words beside it, or in their middle."""
        upright = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(upright | Qt.AlignmentFlag.AlignLeft)

    def set_icon(self, name: str, ink: Ink) -> None:
        """Another drawing."""
        self._name, self._ink = name, ink
        self._draw()

    def _draw(self) -> None:
        self.setFixedWidth(style.scale(self._size))
        self.setPixmap(icons.pixmap(self._name, self._ink, self._size))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # why: the style sheet reaches words, not pictures.
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_name"):
            self._draw()
