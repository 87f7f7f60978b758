"""The list pane: the day, what is done of it, how long there is, and the rows."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar
from typing_extensions import override

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.today.model import DONE_KEY
from schoolsafe.ui.screens.today.presenter import DayShown
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col, line, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import RowList
from schoolsafe.words import _

SENTENCE_UNITS = 420
"""In a pane lower than this, in px divided by the text scale, the sentence over the rows gives way."""

BESIDE_UNITS = 560
"""In a pane wider than this, which has the whole window, what stands over the rows stands side by side."""


class ListPane(QFrame):
    """The head, the rows, and where to drop files."""

    chosen = Signal(str)
    opened = Signal(str)
    call_wanted = Signal()
    batch_wanted = Signal()
    files_wanted = Signal()
    paste_wanted = Signal()
    rota_wanted = Signal()
    done_toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.heading = PlainLabel(_("Today"), "h2", object_name="today-heading")
        self.date = PlainLabel("", "muted", object_name="today-date")
        call = button(
            _("Log a call"),
            kind="primary",
            icon="phone",
            key=key_words("log-call"),
            object_name="log-call",
        )
        call.clicked.connect(self.call_wanted)
        self.progress = PlainLabel("", "strong", wrap=True, object_name="progress-words")
        self.countdown = PlainLabel("", "strong", object_name="today-countdown")
        self.bar = QProgressBar()
        self.bar.setObjectName("progress")
        self.bar.setTextVisible(False)
        self.since = PlainLabel("", "small", wrap=True, object_name="since")
        self.unopened = PlainLabel("", "warn", wrap=True, object_name="unopened")
        self.cover = PlainLabel("", "danger", wrap=True, object_name="cover-words")
        self.rota = button(
            _("Rota"), kind="link", spoken=_("Open the cover rota"), object_name="see-rota"
        )
        self.rota.clicked.connect(self.rota_wanted)
        self.batch = button("", kind="link", object_name="see-batch")
        self.batch.clicked.connect(self.batch_wanted)
        self.rows = RowList(spoken=_("Things to do today"), object_name="today-rows")
        self.rows.chosen.connect(self._chosen)
        self.rows.opened.connect(self._opened)
        self.rows.clicked.connect(lambda _index: self._clicked())
        drop = button(
            _("Drop mail or files here, or Ctrl+O"),
            kind="quiet",
            icon="inbox",
            object_name="drop-hint",
        )
        drop.clicked.connect(self.files_wanted)
        paste = button(
            _("Paste"),
            kind="quiet",
            spoken=_("Paste a message that was copied"),
            key=key_words("paste-notice"),
            object_name="paste-notice",
        )
        paste.clicked.connect(self.paste_wanted)
        self._title = col(self.heading, self.date, spacing=0)
        self._notices = col(
            (self.unopened, 1),
            (row((self.cover, 1), self.rota, spacing=6), 1),
            flow(self.batch),
            spacing=4,
        )
        head = col(
            row(self._title, None, call),
            6,
            row((self.progress, 1), self.countdown),
            self.bar,
            self.since,
            self._notices,
            margins=(16, 14, 12, 8),
            spacing=6,
        )
        foot = row(drop, None, paste, margins=(2, 4, 2, 4), spacing=2)
        self.setLayout(col(head, (self.rows, 1), line(), foot, spacing=0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # at 200 % on a small laptop one more row is worth more than a sentence the rows tell too
        self.since.setHidden(self.height() < style.scale(SENTENCE_UNITS))
        wide = self.width() >= style.scale(BESIDE_UNITS)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for part, gap in ((self._title, 10), (self._notices, 16)):
            part.setDirection(beside if wide else below)
            part.setSpacing(style.scale(gap if wide else 2))

    def show_day(self, day: DayShown) -> None:
        """Other rows and numbers."""
        self.date.setText(day.date)
        nothing = _("Nothing before registration.") if not day.total else day.progress
        self.progress.setText(nothing)
        self.countdown.setText(day.countdown)
        self.bar.setVisible(day.total > 0)
        self.bar.setRange(0, max(1, day.total))
        self.bar.setValue(day.done)
        self.bar.setAccessibleName(day.spoken)
        self.since.setText(day.since)
        self.unopened.setText(day.unopened)
        self.unopened.setVisible(bool(day.unopened))
        self.cover.setText(day.cover)
        self.cover.set_role("danger" if day.cover_missing else "small")
        for part in (self.cover, self.rota):
            part.setVisible(bool(day.cover))
        self.batch.set_words(_("See all {n} at once").format(n=day.new))
        self.batch.setVisible(day.new > 1)
        self.rows.show_rows(day.lines)

    def select(self, key: str) -> bool:
        """Makes a row the current one; False if it is not there."""
        return self.rows.select(key)

    def current(self) -> str:
        """The current row's key, or nothing."""
        return self.rows.current_key()

    def _chosen(self, key: str) -> None:
        if key != DONE_KEY:
            self.chosen.emit(key)

    def _opened(self, key: str) -> None:
        if key == DONE_KEY:
            self.done_toggled.emit()
        else:
            self.opened.emit(key)

    def _clicked(self) -> None:
        if self.current() == DONE_KEY:
            self.done_toggled.emit()
