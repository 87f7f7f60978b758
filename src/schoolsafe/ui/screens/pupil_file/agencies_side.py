"""Beside a file: the level of need, the grades as they were sent, and what other agencies owe."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolsafe.domain.agency_clock import Urgency
from schoolsafe.ui.screens.pupil_file import shown
from schoolsafe.ui.screens.pupil_file.shown import FileFacts
from schoolsafe.ui.widgets.banner import Banner, Strength
from schoolsafe.ui.widgets.layout import clear, col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class AgenciesSide(QWidget):
    """Facts, never a score: each grade stands as its sender wrote it."""

    record_wanted = Signal(str, str)
    """The form and the record it opens."""

    def __init__(self) -> None:
        super().__init__()
        self._owed = col(spacing=6)
        self.level = PlainLabel("", wrap=True, object_name="file-level")
        self.risk_heading = PlainLabel(
            _("Police view of risk to the adult, as sent"), "h3", wrap=True
        )
        self._risks = col(spacing=2)
        self.setLayout(
            col(
                self._owed,
                PlainLabel(_("Level of need"), "h3"),
                self.level,
                self.risk_heading,
                self._risks,
                spacing=6,
            )
        )

    def show_facts(self, facts: FileFacts) -> None:
        """Another child, or other facts."""
        clear(self._owed)
        if facts.owed:
            self._owed.addWidget(PlainLabel(_("With other agencies"), "h3", wrap=True))
        for n, owed in enumerate(facts.owed):
            late = owed.urgency is Urgency.OVERDUE
            strength: Strength = "danger" if late else "warn"
            title = _("{what}: {words}").format(what=owed.what, words=owed.words)
            banner = Banner(
                strength, title, action=_("Open"), icon="clock", object_name=f"owed-{n}"
            )
            banner.pressed.connect(partial(self.record_wanted.emit, owed.form, owed.record))
            self._owed.addWidget(banner)
        self.level.setText(shown.level_words(facts.level))
        self.level.set_role("body" if facts.level else "muted")
        clear(self._risks)
        risks = shown.risks(facts.chronology.entries)
        self.risk_heading.setVisible(bool(risks))
        for n, (day, grade) in enumerate(risks):
            words = _("{grade}, {day}").format(grade=grade, day=day)
            self._risks.addWidget(PlainLabel(words, wrap=True, object_name=f"risk-as-sent-{n}"))
