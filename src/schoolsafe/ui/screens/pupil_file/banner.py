"""The banner of a file: who this is, what must be known first, what can be done, which part is shown."""

from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame
from typing_extensions import override

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.pupil_file.shown import Alert
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.banner import Banner, Strength
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.flow_layout import FlowLayout, flow
from schoolsafe.ui.widgets.layout import clear, col, row
from schoolsafe.ui.widgets.plain_label import Pill, PlainLabel, Tone
from schoolsafe.ui.widgets.tabs import Tabs
from schoolsafe.words import _

BESIDE_UNITS: Final = 620
"""Narrower than this, in px divided by the text scale, the buttons stand under the name."""

CHRONOLOGY, FAMILY, DOCUMENTS, TOLD = "chronology", "family", "documents", "told"


class FileBanner(QFrame):
    """In the same place for every child."""

    slip_wanted = Signal()
    print_wanted = Signal()
    entry_wanted = Signal()
    record_wanted = Signal()
    part_chosen = Signal(str)

    def __init__(self, *, may_print: bool) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.name = PlainLabel("", "h1", wrap=True, object_name="pupil-name")
        self.about = PlainLabel("", "muted", wrap=True, object_name="pupil-about")
        self.slip = button(
            _("Told slip"), icon="file-text", key=key_words("told-slip"), object_name="told-slip"
        )
        self.print = button(
            _("Print"), icon="printer", key=key_words("print"), object_name="print-file"
        )
        if not may_print:
            self.print.hide()  # never shown here: without a parent it would flash as a window of its own
        self.entry = button(
            _("Add entry"),
            kind="primary",
            icon="plus",
            key=key_words("add-entry"),
            object_name="add-entry",
        )
        self.record = button(
            _("Record"), icon="file-plus", key=key_words("record"), object_name="record-something"
        )
        self.record.clicked.connect(self.record_wanted)
        self.slip.clicked.connect(self.slip_wanted)
        self.print.clicked.connect(self.print_wanted)
        self.entry.clicked.connect(self.entry_wanted)
        self._buttons = row(self.slip, self.print, self.record, self.entry, None, spacing=10)
        self._head = row((col(self.name, self.about, spacing=2), 1), self._buttons, spacing=16)
        self._pills = flow()
        self._panels = col(spacing=6)
        self._own_alerts: tuple[Alert, ...] = ()
        self.tabs = Tabs(
            (
                (CHRONOLOGY, _("Chronology")),
                (FAMILY, _("Family")),
                (DOCUMENTS, _("Documents")),
                (TOLD, _("Told")),
            ),
            spoken=_("Parts of the file"),
            object_name="file-tabs",
        )
        self.tabs.chosen.connect(self.part_chosen)
        self.setLayout(
            col(
                self._head,
                self._pills,
                self._panels,
                2,
                self.tabs,
                margins=(24, 14, 20, 0),
                spacing=6,
            )
        )

    def show_child(self, name: str, about: str, alerts: Sequence[Alert]) -> None:
        """Another child, or other facts."""
        self.name.setText(name)
        self.about.setText(about)
        self._own_alerts = tuple(alerts)
        self._show_alerts(self._own_alerts)

    def show_more(self, alerts: Sequence[Alert]) -> None:
        """What the family says besides."""
        self._show_alerts((*self._own_alerts, *alerts))

    def _show_alerts(self, alerts: Sequence[Alert]) -> None:
        pills = cast("FlowLayout", self._pills.layout())
        clear(pills)
        clear(self._panels)
        for n, alert in enumerate(alerts):
            if alert.long:
                panel = Banner(cast("Strength", alert.tone), alert.words, object_name=f"alert-{n}")
                self._panels.addWidget(panel)
            else:
                tone = cast("Tone", alert.tone)
                pills.addWidget(Pill(alert.words, tone, object_name=f"alert-{n}"))
        self._pills.setVisible(pills.count() > 0)

    def show_counts(self, *, documents: int, told: int) -> None:
        """How many stand behind each tab."""
        words = (_("Documents"), _("Documents  {n}").format(n=documents))
        self.tabs.set_words(DOCUMENTS, words[bool(documents)])
        words = (_("Told"), _("Told  {n}").format(n=told))
        self.tabs.set_words(TOLD, words[bool(told)])

    def set_quiet(self, quiet: bool) -> None:  # noqa: FBT001  # a signal's value
        """One filled button a pane: a form that is open has it."""
        self.entry.set_kind("plain" if quiet else "primary")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= style.scale(BESIDE_UNITS)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._head.setDirection(way)
