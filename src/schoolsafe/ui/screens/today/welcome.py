"""What stands in the work pane when no notice does: an empty morning, a draft, what set-up lacks."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.today.presenter import DayShown
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import clear, col, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.words import N_, _

_MISSING: Final[Mapping[str, tuple[str, str]]] = {
    "recovery_drill": (N_("Test your recovery sheet"), "settings"),
    "second_holder": (N_("Name a second key holder"), "settings"),
    "calendar": (N_("Enter the term dates"), "settings"),
    "pupils": (N_("Bring in your pupil list"), "pupils"),
}


class Welcome(QWidget):
    """First what would be here, then the one thing to do."""

    go = Signal(str)
    """A screen a person asked for."""
    draft_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("work")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._glyph = Glyph("sun", "muted", 30)
        self.heading = PlainLabel("", "h2", wrap=True, object_name="welcome-heading")
        self.words = PlainLabel("", "muted", wrap=True, object_name="welcome-words")
        self.open_draft = button(
            _("Open the draft"),
            kind="primary",
            key=key_words("confirm"),
            object_name="open-draft",
        )
        self.open_draft.clicked.connect(self.draft_wanted)
        self.open_draft.hide()
        for label in (self.heading, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._missing = QVBoxLayout()
        self._missing.setSpacing(4)
        self.setLayout(
            col(
                None,
                row(None, self._glyph, None),
                self.heading,
                self.words,
                row(None, self.open_draft, None),
                12,
                row(None, self._missing, None),
                None,
                margins=(32, 16, 32, 16),
                spacing=8,
            )
        )

    def show_empty(self, day: DayShown | None) -> None:
        """Nothing is open: an empty morning, or everything before registration is done."""
        self._glyph.set_icon("sun", "muted")
        self.open_draft.hide()
        if day is not None and not day.nothing:
            self.heading.setText(_("Choose a row to open it"))
            self.words.setText("")
        else:
            self.heading.setText(_("Nothing before registration"))
            start = _("Police notifications you drop here, or log with Ctrl+N, start on this page.")
            self.words.setText("\n".join([start, *([day.mail] if day and day.mail else [])]))
        self._show_missing(day.setup if day is not None else ())

    def show_draft(self, name: str, about: str) -> None:
        """A form that was begun and not saved."""
        clear(self._missing)
        self._glyph.set_icon("pencil", "warn")
        self.heading.setText(name)
        self.words.setText(_("Draft. {about}").format(about=about))
        self.open_draft.set_words(_("Open the draft"))
        self.open_draft.show()

    def show_record(self, name: str, about: str) -> None:
        """A record of a child’s file that something is due about."""
        clear(self._missing)
        self._glyph.set_icon("list-checks", "muted")
        self.heading.setText(name)
        self.words.setText(about)
        self.open_draft.set_words(_("Open"))
        self.open_draft.show()

    def _show_missing(self, missing: tuple[str, ...]) -> None:
        clear(self._missing)
        if not missing:
            return
        self._missing.addWidget(PlainLabel(_("Still to do for the set-up"), "h3"))
        for code in missing:
            words, screen = _MISSING[code]
            link = button(_(words), kind="link", object_name=f"missing-{code}")
            link.clicked.connect(lambda _on=False, s=screen: self.go.emit(s))
            self._missing.addWidget(link)
