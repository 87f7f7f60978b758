"""Under the kind of a sealed notice: who signed it and who checked the key, or that nobody did."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolsafe.ui.phrases import Tone
from schoolsafe.ui.screens.notification.signed import SignedShown
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel, Role

_LOOKS: Final[dict[Tone, tuple[str, Ink, Role]]] = {
    "ok": ("badge-check", "ok", "ok"),
    "warn": ("badge-help", "warn", "warn"),
    "danger": ("triangle-alert", "danger", "danger"),
    "muted": ("badge-help", "muted", "muted"),
}


class SignedLine(QWidget):
    """Hidden where a notice came by another way."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Glyph("badge-check", "ok", 16)
        self.words = PlainLabel("", "ok", wrap=True, object_name="signed-by")
        self.versions = PlainLabel("", "warn", wrap=True, object_name="other-versions")
        line = row(self._icon, (self.words, 1), spacing=6)
        line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(col(line, self.versions, spacing=2))
        self.show_signed(None)

    def show_signed(self, signed: SignedShown | None) -> None:
        """Of another notice."""
        self.setVisible(signed is not None)
        if signed is None:
            return
        icon, ink, role = _LOOKS[signed.tone]
        self._icon.set_icon(icon, ink)
        self.words.set_role(role)
        self.words.setText(signed.words)
        self.versions.setText(signed.versions)
        self.versions.setVisible(bool(signed.versions))
