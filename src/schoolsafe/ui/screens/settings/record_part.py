"""The record in Settings: has anything been changed or taken out?"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from schoolsafe.ui.screens.settings.school_parts import save_button
from schoolsafe.ui.screens.settings.shown import CANNOT_TELL, CheckShown, SettingsFacts
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import clear
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class RecordPart(FormPage):
    """Has anything been changed or taken out? What it was compared with, and what it cannot tell."""

    verify_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("The record"),
            _("Every entry is signed and holds a mark of the one before, so that nothing can be "
              "changed or taken out without a trace."),
        )  # fmt: skip
        self.problem = Banner("danger", icon="triangle-alert", object_name="record-problem")
        self.problem.hide()
        self.totals = Facts(label_width=150)
        self.verify = save_button(_("Verify"), "verify")
        self.verify.clicked.connect(self.verify_wanted)
        self.busy = PlainLabel("", "muted", wrap=True, object_name="verify-busy")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the check has come"))
        self.stop = button(_("Stop checking"), object_name="verify-stop")
        self.stop.clicked.connect(self.stop_wanted)
        self.answer = Banner("ok", object_name="verify-answer")
        self.answer.hide()
        self._compared = QVBoxLayout()
        self._compared.setContentsMargins(0, 0, 0, 0)
        for part in (self.bar, self.stop):
            part.hide()
        cannot = [PlainLabel(_(words), wrap=True) for words in CANNOT_TELL]
        self.fields["verify"] = self.verify
        self.put(
            self.problem,
            self.totals,
            8,
            flow(self.verify, self.stop),
            self.busy,
            self.bar,
            self.answer,
            self._compared,
            8,
            PlainLabel(_("What it cannot tell"), "h2", wrap=True),
            *cannot,
        )

    def show_record(self, facts: SettingsFacts) -> None:
        """In counts."""
        totals = facts.totals
        self.problem.say(
            facts.problem or "",
            _("You can read everything. Nothing can be written until your IT has looked at it.")
            if facts.problem
            else "",
        )
        pairs = [
            (_("Entries kept"), str(totals.rows)),
            (_("On this computer only"), str(totals.here)),
        ]
        if totals.conflicts:
            pairs.append((_("Two people changed"), str(totals.conflicts)))
        self.totals.show_facts(pairs)

    def show_check(self, check: CheckShown) -> None:
        """The answer first, then what it was compared with."""
        self.answer.set_strength("ok" if check.ok else "danger")
        detail = (
            ""
            if check.ok
            else _("Write nothing more. Leave this computer as it is and call your IT.")
        )
        self.answer.say(check.answer, detail, aloud=True)
        clear(self._compared)
        self._say(check.compared)
        self.verify.set_words(_("Verify again"))

    def _say(self, sentences: Sequence[str]) -> None:
        for words in sentences:
            self._compared.addWidget(PlainLabel(words, "muted", wrap=True))

    def set_busy(self, words: str) -> None:
        """While something slow runs; no words once it is over."""
        self.busy.setText(words)
        self.verify.setEnabled(not words)
        if not words:
            had = self.stop.hasFocus()
            for part in (self.bar, self.stop):
                part.hide()
            if had:
                self.verify.setFocus()

    def show_progress(self, words: str, done: int, of: int) -> None:
        """How far it has come, once it takes long enough to say; it can be stopped."""
        self.busy.setText(words)
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        for part in (self.bar, self.stop):
            part.show()
