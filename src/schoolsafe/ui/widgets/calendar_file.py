"""Term dates from a calendar file, looked at before they are saved. Set-up and the registers share it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolsafe.ui.calendar_words import CalendarShown
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import clear, col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _, ngettext

LINES_SHOWN = 12


class CalendarFilePart(QWidget):
    """A button; after it what the file says, and a way back to typing."""

    wanted = Signal()
    dropped = Signal()

    def __init__(self, shows: Callable[[bool], None], *, hint: str, away: str) -> None:
        """The part.

        Args:
            shows: hears whether a file stands in the place of typed dates.
            hint: under the button.
            away: words of the link that drops the file again.
        """
        super().__init__()
        self._shows = shows
        self.choose = button(
            _("Take the dates from a calendar file (.ics)"),
            icon="folder-open",
            object_name="choose-calendar",
        )
        self.hint = PlainLabel(hint, "muted", wrap=True)
        self.name = PlainLabel("", "strong", wrap=True, object_name="calendar-name")
        self._lines = col(spacing=2)
        self.away = button(away, kind="link", object_name="type-dates")
        self._found = QWidget()
        self._found.setLayout(col(self.name, self._lines, flow(self.away), spacing=6))
        self.setLayout(col(flow(self.choose), self.hint, self._found, spacing=6))
        self.choose.clicked.connect(self.wanted)
        self.away.clicked.connect(self.dropped)
        self.show_calendar(None)

    def show_calendar(self, shown: CalendarShown | None) -> None:
        """A file, or none."""
        self._found.setVisible(shown is not None)
        self.choose.setVisible(shown is None)
        self.hint.setVisible(shown is None)
        self._shows(shown is not None)
        clear(self._lines)
        if shown is None:
            return
        self.name.setText(shown.name)
        self._put(_("Terms"), shown.terms)
        self._put(_("Days without pupils"), shown.closed)
        self._put(_("Passed over"), shown.ignored)

    def _put(self, heading: str, lines: tuple[str, ...]) -> None:
        if not lines:
            return
        self._lines.addWidget(PlainLabel(heading, "h3", wrap=True))
        for words in lines[:LINES_SHOWN]:
            self._lines.addWidget(PlainLabel(words, wrap=True))
        rest = len(lines) - LINES_SHOWN
        if rest > 0:
            words = ngettext("And {n} more.", "And {n} more.", rest).format(n=rest)
            self._lines.addWidget(PlainLabel(words, "muted", wrap=True))
