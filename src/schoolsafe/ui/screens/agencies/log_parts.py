"""What was shared, the child's voice, strategy meetings: lists and figures that lead back to the record."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.services.share_log import ShareLine
from schoolsafe.services.voice import VoiceReport
from schoolsafe.ui.screens.agencies import shown
from schoolsafe.ui.screens.agencies.book_parts import PLACE
from schoolsafe.ui.screens.agencies.shown import AgenciesFacts
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _


class SharesPart(FormPage):
    """Every print, export, slip and telling."""

    record_wanted = Signal()
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            _(PLACE),
            _("What was shared"),
            _("Every print and every saved file makes a line by itself, and so does each told slip. "
              "What is told by phone or by hand you record."),
        )  # fmt: skip
        self.table = FittedTable(
            (_("When"), _("Child"), _("What"), _("With whom, and why"), _("Basis"), _("By")),
            spoken=_("What was shared"),
            object_name="shares",
            weights=(3, 3, 4, 4, 4, 3),
        )
        self.none = PlainLabel(_("Nothing has been shared yet."), "muted", wrap=True)
        self.cut = PlainLabel("", "muted", wrap=True, object_name="shares-cut")
        self.record = button(
            _("Record what was shared"), icon="file-plus", object_name="record-share"
        )
        self.file = button(_("Save as a table"), object_name="save-shares")
        self.record.clicked.connect(self.record_wanted)
        self.file.clicked.connect(self.file_wanted)
        self.fields["record"] = self.record
        self.put(flow(self.record, self.file), self.none, self.cut, self.table)

    def show_shares(self, shares: Sequence[ShareLine]) -> None:
        """The newest first."""
        self.table.show_rows([shown.share_row(one) for one in shares])
        self.table.setVisible(bool(shares))
        self.none.setVisible(not shares)
        whole = len(shares) < shown.SHARES_SHOWN
        words = _("The newest {n} lines. The saved table holds all of them.")
        self.cut.setText("" if whole else words.format(n=shown.SHARES_SHOWN))
        self.cut.setVisible(not whole)


class VoicePart(FormPage):
    """Who was heard, and every blank with a way to it."""

    child_wanted = Signal(str)
    meeting_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            _(PLACE),
            _("The child’s voice"),
            _("A case is open while a notification is not closed, or a level of need above the first "
              "holds. Enter on a line opens it."),
        )  # fmt: skip
        self.heard = PlainLabel("", "strong", wrap=True, object_name="voice-heard")
        self.silent = FittedTable(
            (_("Child"), _("Last heard"), _("Why not asked")),
            spoken=_("Children who were not heard in 30 days"),
            object_name="voice-silent",
            weights=(3, 2, 5),
        )
        self.changed = PlainLabel("", "strong", wrap=True, object_name="voice-changed")
        self.unchanged = FittedTable(
            (_("Day"), _("Child"), _("Meeting")),
            spoken=_("Meetings that do not say what changed"),
            object_name="voice-unchanged",
            weights=(2, 3, 5),
        )
        self.silent_heading = PlainLabel(_("Not heard in 30 days"), "h2", wrap=True)
        self.unchanged_heading = PlainLabel(_("What changed is not written down"), "h2", wrap=True)
        self.open_child = button(_("Open the file"), object_name="open-silent")
        self.open_meeting = button(_("Open the record"), object_name="open-unchanged")
        self.fields["silent"] = self.silent
        self.put(
            self.heard,
            self.changed,
            line(),
            self.silent_heading,
            self.silent,
            flow(self.open_child),
            self.unchanged_heading,
            self.unchanged,
            flow(self.open_meeting),
        )
        self.silent.opened.connect(self.child_wanted)
        self.unchanged.opened.connect(self.meeting_wanted)
        self.open_child.clicked.connect(lambda: self.child_wanted.emit(self.silent.current_key()))
        self.open_meeting.clicked.connect(
            lambda: self.meeting_wanted.emit(self.unchanged.current_key())
        )

    def show_voice(self, report: VoiceReport) -> None:
        """The figures and the blanks."""
        self.heard.setText(shown.heard_words(report))
        self.changed.setText(shown.changed_words(report))
        for table, rows, others in (
            (self.silent, shown.silent_rows(report), (self.silent_heading, self.open_child)),
            (
                self.unchanged,
                shown.unchanged_rows(report),
                (self.unchanged_heading, self.open_meeting),
            ),
        ):
            table.show_rows(rows)
            if rows and not table.current_key():
                table.select(rows[0].key)
            for part in (table, *others):
                part.setVisible(bool(rows))

    @override
    def first_field(self) -> QWidget | None:
        seen = (one for one in (self.silent, self.unchanged) if not one.isHidden())
        return next(seen, None)


class StrategyPart(FormPage):
    """Strategy meetings of the last year, counted."""

    def __init__(self) -> None:
        super().__init__(
            _(PLACE),
            _("Strategy meetings"),
            _("Meetings asked for in the last year. A meeting whose time nobody wrote down is not "
              "counted as in time."),
        )  # fmt: skip
        self.figures = FittedTable(
            (_("What"), _("How many")),
            spoken=_("Strategy meetings, counted"),
            object_name="strategy-figures",
            weights=(4, 3),
        )
        self.fields["figures"] = self.figures
        self.put(self.figures)

    def show_figures(self, facts: AgenciesFacts) -> None:
        """A line each."""
        self.figures.show_rows(
            [
                TableRow(words, (Cell(words), Cell(answer, strong=True)))
                for words, answer in shown.strategy_facts(facts.strategy, facts.settings)
            ]
        )
