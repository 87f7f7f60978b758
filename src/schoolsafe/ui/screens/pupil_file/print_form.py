"""Asked before a print where the file holds restricted papers: they stay out unless a person ticks them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _, ngettext


class PrintForm(QFrame):
    """How many stay out, a tick, and the reason for it."""

    wanted = Signal(bool, str)
    """Whether restricted papers print too, and why."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("print-form")
        self.setProperty("panel", "warn")
        self.count = PlainLabel("", "strong", wrap=True, object_name="print-restricted-count")
        self.tick = QCheckBox(_("Print them too"))
        self.tick.setObjectName("print-restricted")
        self.why = TextField(
            spoken=_("Why are the restricted papers printed?"), object_name="print-restricted-why"
        )
        self.asked = Question(_("Why are the restricted papers printed?"), self.why)
        self.asked.hide()
        self.go = button(_("Print"), kind="primary", icon="printer", object_name="print-now")
        self.leave = button(_("Leave it"), object_name="print-leave")
        self.tick.toggled.connect(self._ticked)
        self.go.clicked.connect(self.submit)
        self.leave.clicked.connect(self.left)
        self.setLayout(
            col(
                self.count,
                self.tick,
                self.asked,
                flow(self.go, self.leave),
                margins=(24, 12, 24, 12),
                spacing=8,
            )
        )
        self.hide()

    def ask(self, restricted: int) -> None:
        """For a file with so many restricted papers; nothing is ticked."""
        words = ngettext(
            "{n} restricted paper is not printed.",
            "{n} restricted papers are not printed.",
            restricted,
        )
        self.count.setText(words.format(n=restricted))
        self.tick.setText(ngettext("Print it too", "Print them too", restricted))
        self.tick.setChecked(False)
        self.why.setText("")
        self.asked.show_error("")
        self.show()
        self.go.setFocus()

    def submit(self) -> None:
        """Hands the answer over; a tick without a reason is asked about."""
        ticked, why = self.tick.isChecked(), self.why.text().strip()
        if ticked and not why:
            self.asked.show_error(_("Write why the restricted papers are printed"))
            self.why.setFocus()
            return
        self.wanted.emit(ticked, why)

    def _ticked(self, on: bool) -> None:  # noqa: FBT001  # a signal's value
        self.asked.setVisible(on)
        if on:
            self.why.setFocus()
