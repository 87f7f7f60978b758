"""The seven steps at the left: done, here, to come; each with the answer that was given."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from schoolsafe.ui.screens.first_run.steps import StepLine
from schoolsafe.ui.theme import style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.layout import clear, col, row, scroll
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel, Role
from schoolsafe.words import _

WIDTH = 280


class StepList(QFrame):
    """Not a way to jump: Back and Continue are."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(style.scale(WIDTH))
        self._lines = col(spacing=14)
        brand = row(
            Glyph("shield-check", "primary", 26), (PlainLabel(_("SchoolSafe"), "h3"), 1), spacing=10
        )
        foot = PlainLabel(
            _("About 10 minutes. You can stop after any step and come back."), "small", wrap=True
        )
        inside = col(brand, 20, self._lines, None, foot, margins=(24, 26, 20, 20), spacing=4)
        self.setLayout(col((scroll(inside), 1)))

    def show_lines(self, lines: Sequence[StepLine]) -> None:
        """Other steps, or other answers."""
        clear(self._lines)
        for n, line in enumerate(lines):
            lit = line.done or line.here
            icon = "circle-dot" if line.here else "circle-check" if line.done else "circle"
            ink: Ink = "primary" if lit else "control"
            role: Role = "strong" if line.here else "body" if line.done else "muted"
            words = PlainLabel(
                line.words, role, wrap=True, spoken=line.spoken, object_name=f"step-{n + 1}"
            )
            told = [PlainLabel(line.answer, "small", wrap=True)] if line.answer else []
            beside = col(words, *told, spacing=0)
            self._lines.addLayout(row(Glyph(icon, ink, 20, top=True), (beside, 1), spacing=10))
