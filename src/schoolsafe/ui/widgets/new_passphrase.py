"""A new passphrase: made for you or your own, its strength in words, typed twice.

The bar only repeats what the words say. Left to others: making and judging (ui.keys_seam).
"""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from schoolsafe.ui.keys_seam import Strength
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import PassphraseField, Question
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.words import _

_SHARES: Final = (15, 55, 85, 100)


class NewPassphrase(QWidget):
    """Two fields, a sentence about the first, and a button that makes one."""

    typed = Signal(str)
    """Other words stand in the first field."""
    another = Signal()
    """A person asks for one to be made."""

    def __init__(self, *, object_name: str = "new-passphrase") -> None:
        super().__init__()
        self.setObjectName(f"{object_name}-part")
        self.field = PassphraseField(object_name=object_name)
        self.again_field = PassphraseField(
            spoken=_("Type it again"), object_name=f"{object_name}-again"
        )
        self.again_field.show_button.setObjectName(f"show-{object_name}-again")
        self.again_field.show_button.setAccessibleName(_("Show what you typed again"))
        self.first = Question(
            _("Passphrase"),
            self.field,
            hint=_("15 letters or more, or five words. Spaces count. You may paste it."),
        )
        self.second = Question(_("Type it again"), self.again_field)
        self.bar = QProgressBar()
        self.bar.setObjectName("strength-bar")
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self._glyph = Glyph("circle", "muted", 16)
        self.words = PlainLabel("", "muted", wrap=True, object_name="strength")
        self.make = button(
            _("Make me one"), kind="chip", icon="refresh-cw", object_name="make-passphrase"
        )
        self._advice = PlainLabel(
            _("Five ordinary words. Say them, picture them, keep them out of a browser."),
            "muted",
            wrap=True,
        )
        said = row(self._glyph, (self.words, 1), spacing=6)
        self.setLayout(
            col(
                self.first,
                self.bar,
                said,
                flow(self.make, spacing=12),
                self._advice,
                6,
                self.second,
                spacing=8,
            )
        )
        self.setFocusProxy(self.field)
        self.field.changed.connect(self.typed)
        self.make.clicked.connect(self.another)
        self.show_strength(None)

    def text(self) -> str:
        """The passphrase as typed."""
        return self.field.text()

    def again(self) -> str:
        """What was typed the second time."""
        return self.again_field.text()

    def show_strength(self, strength: Strength | None) -> None:
        """The words, and a bar that repeats them; nothing while nothing is typed."""
        words = strength.words if strength is not None else _("Not typed yet")
        enough = strength is not None and strength.level > 0
        self.bar.setValue(_SHARES[strength.level] if strength is not None else 0)
        self.bar.setAccessibleName(_("Strength: {words}").format(words=words))
        self.words.setText(words)
        self.words.set_role("muted" if strength is None else "ok" if enough else "warn")
        icon = "circle-check" if enough else "circle"
        self._glyph.set_icon(icon, "ok" if enough else "warn" if strength else "muted")

    def show_made(self, words: str) -> None:
        """A passphrase made for this person, in plain letters so that it can be read."""
        self.field.set_shown(shown=True)
        self.field.edit.setText(words)
        self.field.edit.setCursorPosition(0)
        self.again_field.clear()
        self.make.set_words(_("Make me another"))
        self.again_field.edit.setFocus()

    def show_errors(self, first: str = "", second: str = "") -> None:
        """The words of the summary, beside each field."""
        self.first.show_error(first)
        self.field.edit.mark_error(wrong=bool(first))
        self.second.show_error(second)
        self.again_field.edit.mark_error(wrong=bool(second))

    def clear(self) -> None:
        """Empties both."""
        self.field.clear()
        self.again_field.clear()
        self.field.set_shown(shown=False)
        self.show_strength(None)
